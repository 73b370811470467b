"""A body is what its bytes say, whatever its name."""

from __future__ import annotations

import io
import zipfile

import pytest

from crawlers.readers.interface import EXCEL, WORD, Hints
from crawlers.readers.sniff import sniff
from tests.crawlers.readers.olemaker import compound


def zipped(*names: str, **contents: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
        for name, text in contents.items():
            archive.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "told", "expected"),
    [
        (b"%PDF-1.4\n...", "a.html", "text/html", "application/pdf"),
        (b"\n\njunk %PDF-1.4\n", "", "", "application/pdf"),
        (b"<!DOCTYPE html><html><body>404 %PDF-1.4", "a.pdf", "application/pdf", "text/html"),
        (b"<html><table><tr><td>1", "a.xls", "application/vnd.ms-excel", "text/html"),
        (b"<?xml version='1.0'?><html><body>x", "", "", "text/html"),
        (b"<?xml version='1.0'?><rss></rss>", "", "", "application/xml"),
        (b"\xef\xbb\xbf<!-- c --><!doctype html><p>x", "", "", "text/html"),
        (b"<div>a</div><p>b</p>", "x.txt", "text/plain", "text/html"),
        (b"a,b,c\n1,2,3\n4,5,6\n7,8,9\n", "x", "", "text/csv"),
        (b"a;b\n", "x.csv", "", "text/csv"),
        ("เรื่อง ประกาศ\nวันที่ 1\n".encode(), "x.doc", "application/msword", "text/plain"),
        (b'{"a": "<p>x</p>"}', "", "", "application/json"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "a.jpg", "", "image/png"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "a.pdf", "application/pdf", "image/jpeg"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "", "", "application/msword"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "", "", "application/x-ole-encrypted"),
        (b"{\\rtf1 x}", "a.doc", "", "application/rtf"),
        (b"\x00\x01\x02\x03" * 50, "a.txt", "text/plain", "application/octet-stream"),
        (b"  \n", "a.txt", "text/plain", "application/octet-stream"),
        (b"PK\x03\x04 cut", "a.docx", WORD, "application/zip"),
    ],
)
def test_kinds(data: bytes, name: str, told: str, expected: str) -> None:
    assert sniff(data, Hints(filename=name, media_type=told)) == expected


def test_zip_by_its_members() -> None:
    assert sniff(zipped("word/document.xml"), Hints(filename="a.zip")) == WORD
    assert sniff(zipped("xl/workbook.xml"), Hints(filename="a.docx")) == EXCEL
    assert sniff(zipped("a.pdf", "b.pdf"), Hints(filename="a.docx")) == "application/zip"
    assert sniff(zipped(mimetype="application/vnd.oasis.opendocument.text"), Hints()).endswith("opendocument.text")


@pytest.mark.parametrize(
    ("streams", "expected"),
    [
        (("PowerPoint Document", "Current User"), "application/vnd.ms-powerpoint"),
        (("Book",), "application/vnd.ms-excel"),
        (("WordDocument", "1Table"), "application/msword"),
        (("EncryptionInfo", "EncryptedPackage"), "application/x-ole-encrypted"),
        (("VisioDocument",), "application/x-ole-storage"),
    ],
)
def test_old_office_files_by_the_streams_of_their_root(streams: tuple[str, ...], expected: str) -> None:
    inside = "Workbook WordDocument PowerPoint Document".encode("utf-16-le") if expected.startswith("application/vnd") else b""
    assert sniff(compound(dict.fromkeys(streams, inside + bytes(9))), Hints(filename="a.bin")) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x", "multipart/related"),
        (
            b"From: <Saved>\nSubject: a\n folded line\nMIME-Version: 1.0\ncontent-type: Multipart/Related;\n\tx=y\n\n",
            "multipart/related",
        ),
        (b"Content-Type: text/plain\n\nwords", "text/plain"),
        (b"A note\nthat names Content-Type: multipart/related\n", "text/plain"),
    ],
)
def test_web_archives(data: bytes, expected: str) -> None:
    assert sniff(data, Hints(filename="a.doc", media_type="application/msword")) == expected


def test_office_packages_of_other_kinds_are_no_plain_archives() -> None:
    assert sniff(zipped("[Content_Types].xml", "xl/workbook.bin"), Hints()) == "application/x-ooxml-other"
