"""Why a piece gives no text."""

from __future__ import annotations

from dataclasses import replace

from ita_rules.locate.types import Candidate, Piece
from ita_rules.model import LocatedBy
from ita_rules.run.types import Exchange, Page
from tests.build import document

ASKED = Exchange("k", "u", sha256="s")
READ = document("# ก")


def test_causes_in_their_order() -> None:
    assert Piece("k", "u", "file").cause == "not_gathered"
    assert Piece("k", "u", "file", replace(ASKED, cause="timeout"), READ).cause == "timeout"
    assert Piece("k", "u", "file", ASKED).cause == "not_gathered"
    assert Piece("k", "u", "file", ASKED, replace(READ, cause="encrypted")).cause == "encrypted"
    pictures = replace(READ, pages=(Page(1, cause="no_ocr"), Page(2, cause="no_ocr")))
    assert Piece("k", "u", "file", ASKED, pictures).cause == "no_ocr"
    assert Piece("k", "u", "file", ASKED, READ).cause is None


def test_a_part_that_could_not_be_read() -> None:
    some = replace(READ, pages=(*READ.pages, Page(2, cause="no_ocr")))
    assert Piece("k", "u", "file", ASKED, some).cause is None
    assert Piece("k", "u", "file", ASKED, some).partial_cause == "no_ocr"
    assert Piece("k", "u", "file", ASKED, replace(READ, truncated=True)).partial_cause == "budget"
    assert Piece("k", "u", "file", ASKED, READ).partial_cause is None


def test_readable_pieces() -> None:
    good, bad = Piece("k", "u", "file", ASKED, READ), Piece("b", "b", "file")
    assert Candidate((bad, good), LocatedBy.TITLE).readable == (good,)
