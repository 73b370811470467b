"""Bodies to texts: read once, recognised once, whatever run they come up in; what time did not allow is tried again."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from crawlers import texts
from crawlers.readers.interface import Hints
from crawlers.texts import Texts, given_up, is_pending, version_of
from ita_rules.errors import RunError
from ita_rules.run.blobs import BlobStore
from ita_rules.run.types import Document, Exchange, Page

SCAN = b"%PDF-1.4 scan"


class Reader:
    """A reader to whom every body is one picture, and that counts what it is asked."""

    def __init__(self, version: str = "ocr/1", **facts: str) -> None:
        self.ocr_version, self.facts = version, facts
        self.asked: list[str] = []

    def read(self, data: bytes, hints: Hints) -> Document:
        """A picture."""
        self.asked.append("read")
        return Document("", "application/pdf", pages=(Page(1, cause="no_ocr"),), readers=("pdf/1",), cause="no_ocr")

    def recognise(self, data: bytes, hints: Hints, document: Document) -> Document:
        """The picture with text."""
        self.asked.append("recognise")
        pages = (replace(document.pages[0], cause=None, method="ocr"),)
        return replace(document, pages=pages, cause=None, readers=("pdf/1", self.ocr_version), facts=self.facts)


def stored(folder: Path, data: bytes = SCAN) -> tuple[BlobStore, Exchange]:
    """A store with one body, and the exchange that brought it."""
    blobs = BlobStore(folder)
    url = "http://a.go.th/a.pdf"
    return blobs, Exchange(url, url, url, url, media_type="application/pdf", sha256=blobs.put(data))


def test_both_steps_are_done_once(tmp_path: Path) -> None:
    blobs, exchange = stored(tmp_path)
    first, second = Reader(), Reader()
    whole = Texts(first, blobs).whole(exchange)
    assert (whole.method, whole.sha256) == ("ocr", hashlib.sha256(SCAN).hexdigest())
    assert Texts(second, blobs).whole(exchange) == whole
    assert (first.asked, second.asked) == (["read", "recognise"], [])


def test_another_version_of_recognition_does_it_anew_and_none_leaves_it(tmp_path: Path) -> None:
    blobs, exchange = stored(tmp_path)
    Texts(Reader(), blobs).whole(exchange)
    better, without = Reader("ocr/2"), Reader("")
    assert Texts(better, blobs).whole(exchange).readers == ("pdf/1", "ocr/2")
    assert better.asked == ["recognise"]
    assert Texts(without, blobs).whole(exchange).cause == "no_ocr"
    assert without.asked == []


@pytest.mark.parametrize("fact", ["failure", "ocr_late"])
def test_what_failed_or_ran_out_of_time_is_not_remembered(tmp_path: Path, fact: str) -> None:
    blobs, exchange = stored(tmp_path)
    Texts(Reader(**{fact: "1"}), blobs).whole(exchange)
    again = Reader()
    Texts(again, blobs).whole(exchange)
    assert again.asked == ["recognise"]


def test_what_waits_for_recognition() -> None:
    picture = Document("", "application/pdf", pages=(Page(1, cause="no_ocr"),), readers=("pdf/1",), cause="no_ocr")
    assert is_pending(picture)
    assert not is_pending(replace(picture, readers=("pdf/1", "ocr/1 tesseract/5")))
    assert not is_pending(replace(picture, cause=None, pages=(Page(1, method="text-layer"),)))
    assert (given_up(picture).cause, given_up(picture).pages[0].cause) == ("budget", "budget")
    partly = replace(picture, cause=None, pages=(Page(1, method="text-layer"), Page(2, cause="no_ocr")))
    assert [page.cause for page in given_up(partly).pages] == [None, "budget"]
    assert given_up(partly).cause is None


def test_a_version_names_the_reader_and_a_web_pages_address(tmp_path: Path) -> None:
    assert version_of(SCAN, Hints()).startswith("pdf/")
    assert version_of(b"<html><body>x", Hints(base_url="http://a/")).endswith(" http://a/")
    assert version_of(b"\x00\x01", Hints()) == ""


def test_an_archives_version_changes_with_any_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("a.txt", "ก")
    before = version_of(archive.getvalue(), Hints())
    assert before.startswith("zipped/")
    monkeypatch.setattr(texts, "versions", lambda: ("pdf/99",))
    assert version_of(archive.getvalue(), Hints()) != before


def test_a_body_that_is_gone_is_said(tmp_path: Path) -> None:
    blobs, exchange = stored(tmp_path)
    with pytest.raises(RunError):
        Texts(Reader(), blobs).read(replace(exchange, sha256="0" * 64))
