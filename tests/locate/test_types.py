"""Why a piece gives no text, and how people are told of it."""

from __future__ import annotations

from dataclasses import replace

from ita_rules.locate.types import Candidate, Piece
from ita_rules.model import LocatedBy
from ita_rules.run.types import Document, Exchange, Link, Page
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


def test_a_piece_is_called_by_what_a_person_wrote() -> None:
    opens = document("# คู่มือขอใช้น้ำ\nขั้นตอน")
    link = Link("k", "f", "https://a.go.th/f.pdf", text="ดาวน์โหลด")

    def called(title: str, given: Document = opens, leads: Link | None = link) -> str:
        return Piece("k", "https://a.go.th/f.pdf", "file", document=replace(given, title=title), link=leads).called

    assert called("คู่มือประชาชน") == "คู่มือประชาชน"
    assert called("about:blank") == called("Microsoft Word - เอกสาร1") == "คู่มือขอใช้น้ำ"
    bare = document("ข้อความเฉย ๆ ที่ไม่มีหัวข้อ")
    assert called("Untitled", bare) == "ดาวน์โหลด"
    assert called("Untitled", bare, None) == "f.pdf"
