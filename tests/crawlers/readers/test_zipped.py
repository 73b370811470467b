"""Archives: every member by its own reader, in one row of pages."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from crawlers.readers import zipped
from crawlers.readers.interface import Limits, read
from ita_rules.run.types import Document
from tests.corpora.office import make
from tests.crawlers.readers.pdfmaker import Sheet, pdf


def packed(**members: bytes | str) -> bytes:
    """An archive; ``_`` before the form of a name stands for a point."""
    return of({name.replace("_", "."): body for name, body in members.items()})


def of(members: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return out.getvalue()


def named(data: bytes) -> list[str | None]:
    return [page.name for page in read(data).pages]


def whole(document: Document) -> str:
    return "\n".join(page.text for page in document.pages)


def test_pages_run_on_under_the_names_of_members() -> None:
    two = pdf(*(Sheet().text(71, 60, f"Words of the {which} page of the report") for which in ("first", "second")))
    members = {
        "a.docx": make.word(),
        "b.xlsx": make.workbook(),
        "c.pdf": two,
        "d.png": make.png(800, 900),
        "e.bin": b"\x00\x01" * 40,
    }
    document = read(of(members))
    assert [(page.number, page.name, page.cause) for page in document.pages] == [
        (1, "a.docx", None), (2, "b.xlsx › ผลการดำเนินงาน", None), (3, "b.xlsx › วันที่", None), (4, "c.pdf › 1", None),
        (5, "c.pdf › 2", None), (6, "d.png", "no_ocr"), (7, "e.bin", "unreadable"),
    ]  # fmt: skip
    assert (document.media_type, document.cause, document.truncated) == ("application/zip", None, False)
    assert (document.facts["pages"], document.facts["members"]) == ("7", "5")
    assert {page.method for page in document.pages} == {"office", "text-layer", "none"}
    assert document.pages[5].images[0].width == 800
    assert any(name.startswith("docx/") for name in document.readers)


def test_one_document_is_its_text() -> None:
    inner, document = read(make.word()), read(packed(a_docx=make.word()))
    assert document.title == inner.title
    assert document.pages[0].blocks == inner.pages[0].blocks
    assert document.facts["producer" if "producer" in inner.facts else "created"]


def test_all_unreadable_is_unreadable() -> None:
    assert read(packed(a_rar=b"Rar!\x1a\x07\x00x")).cause == "unreadable"
    assert read(packed(a_png=make.png(800, 900))).cause == "no_ocr"


@pytest.mark.parametrize(
    ("name", "raw", "utf8"),
    [
        ("แผน ๒๕๖๕.pdf", "แผน ๒๕๖๕.pdf".encode(), True),
        ("แผน ๒๕๖๕.pdf", "แผน ๒๕๖๕.pdf".encode(), False),
        ("แผน/งาน.pdf", "แผน\\งาน.pdf".encode("cp874"), False),
        ("résumé.pdf", "résumé.pdf".encode("cp437"), False),
    ],
    ids=["utf-8", "utf-8 not said", "thai windows", "dos"],
)
def test_names_as_people_wrote_them(name: str, raw: bytes, utf8: bool) -> None:
    plain = "x" * len(raw)
    data = bytearray(of({plain: "คำ"}).replace(plain.encode(), raw))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", data, data.index(mark) + place, 0x800 if utf8 else 0)
    assert named(bytes(data)) == [name]


def test_what_systems_leave_behind_is_no_member() -> None:
    own = {"__MACOSX/._a.txt": "x", "a/Thumbs.db": "x", "a/.DS_Store": "x", "a/": "", "a/~$b.docx": "x", "a/empty.txt": ""}
    assert named(of({**own, "a/b.txt": "คำ"})) == ["a/b.txt"]
    assert read(of(dict(own))).facts["failure"] == "empty"


def test_locked_members() -> None:
    def lock(data: bytes, count: int) -> bytes:
        made, at = bytearray(data), -1
        for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = -1
            for _ in range(count):
                at = made.index(mark, at + 1)
                struct.pack_into("<H", made, at + place, 1)
        return bytes(made)

    data = packed(a_txt="one word", b_txt="two words")
    assert read(lock(data, 2)).cause == "encrypted"
    assert [page.cause for page in read(lock(data, 1)).pages] == ["encrypted", None]


def test_archives_within_archives() -> None:
    inner = packed(a_txt="คำข้างใน")
    assert named(of({"b.zip": inner})) == ["b.zip › a.txt"]
    assert read(of({"b.zip": of({"c.zip": inner})}), limits=Limits(nesting=2)).cause == "unreadable"
    assert whole(read(of({"b.zip": of({"c.zip": inner})}), limits=Limits(nesting=3))) == "คำข้างใน"


def test_limits_hold_for_all_members_together() -> None:
    data = of({f"{n}.txt": "word " * 20 + "\n" + "more" for n in range(30)})
    assert read(data, limits=Limits(entries=10)).cause == "too_large"
    assert read(data, limits=Limits(unpacked_bytes=500)).cause == "too_large"
    few = read(data, limits=Limits(pages=5))
    assert (len(few.pages), few.truncated) == (5, True)
    short = read(data, limits=Limits(text_chars=250))
    assert short.truncated
    assert len(whole(short)) < 400


def test_a_member_of_more_bytes_than_said_ends_the_reading() -> None:
    data = bytearray(of({"a.txt": "คำแรก", "b.txt": "x" * 100_000, "c.txt": "คำท้าย"}))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark, data.index(mark) + 1)
        struct.pack_into("<I", data, at + place, 10)
    document = read(bytes(data), limits=Limits(unpacked_bytes=50_000))
    assert document.pages[0].text == "คำแรก"
    assert document.pages[1].cause in ("too_large", "unreadable")


def test_damaged_members_are_pages_with_the_cause() -> None:
    data = bytearray(of({"a.txt": "คำ" * 500, "b.txt": "คำ"}))
    at = data.index(b"a.txt") + 5
    data[at : at + 8] = b"\xff" * 8
    assert [page.cause for page in read(bytes(data)).pages] == ["unreadable", None]


def test_damaged_archives() -> None:
    assert read(packed(a_txt="คำ")[:-10]).facts["failure"] == "damaged"


def test_version() -> None:
    assert zipped.version() == "zipped/1"
