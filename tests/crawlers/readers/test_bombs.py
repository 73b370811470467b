"""Bodies made to harm who reads them: the parent gets a document each time, bounded in time, and reads on."""

from __future__ import annotations

import io
import re
import struct
import time
import zipfile
import zlib
from collections.abc import Iterator

import pytest

from crawlers.readers.interface import Hints, Limits
from crawlers.readers.sandbox import ReaderPool
from ita_rules.run.types import Document
from tests.crawlers.readers.pdfmaker import Sheet, pdf

WORDS = "Words of a document that is read after the bomb"


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    with ReaderPool(workers=1, limits=Limits(seconds=15)) as made:
        yield made


def outlived(pool: ReaderPool, bomb: bytes, seconds: float = 25) -> Document:
    """What is made of a bomb; the next document must be read all the same."""
    began = time.monotonic()
    document = pool.read(bomb, Hints(url="http://a/b"))
    assert time.monotonic() - began < seconds
    assert pool.read(pdf(Sheet().text(71, 60, WORDS))).pages[0].text == WORDS
    return document


def packed(pattern: bytes, size: int) -> bytes:
    """`size` bytes of a repeated pattern, deflated."""
    machine = zlib.compressobj(9)
    block = pattern * (1 + (1 << 20) // len(pattern))
    parts = [machine.compress(block) for _ in range(size // len(block))]
    return b"".join([*parts, machine.flush()])


def objects(*bodies: bytes) -> bytes:
    """A PDF of the objects 1, 2, …; the first is the catalogue. Readers find the objects without a table of them."""
    out = b"%PDF-1.4\n"
    for number, body in enumerate(bodies, 1):
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    return out + b"trailer << /Root 1 0 R /Size %d >>\n%%%%EOF\n" % (len(bodies) + 1)


def stream(data: bytes, entries: bytes = b"/Filter /FlateDecode") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data)


PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << %s >> %s >>"
CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"


@pytest.mark.slow
@pytest.mark.parametrize("content", [b"0 0 m 9 9 l S ", b"BT /F1 9 Tf (a) Tj ET ", b" ", b"q ", b"[ "])
def test_page_that_inflates_to_420_megabytes(pool: ReaderPool, content: bytes) -> None:
    bomb = objects(CATALOGUE, PAGES, PAGE % (b"", b""), stream(packed(content, 420 << 20)))
    assert len(bomb) < 3 << 20
    document = outlived(pool, bomb)
    assert document.cause == "unreadable" or not document.pages[0].text


@pytest.mark.slow
def test_bomb_in_a_bomb(pool: ReaderPool) -> None:
    inner = zlib.compress(packed(b"0 0 m ", 420 << 20), 9)
    bomb = objects(CATALOGUE, PAGES, PAGE % (b"", b""), stream(inner, b"/Filter [/FlateDecode /FlateDecode]"))
    document = outlived(pool, bomb)
    assert document.cause == "unreadable" or not document.pages[0].text


@pytest.mark.slow
def test_font_that_inflates(pool: ReaderPool) -> None:
    font = b"/Font << /F1 << /Type /Font /Subtype /TrueType /BaseFont /A /FontDescriptor << /FontFile2 5 0 R >>"
    font += b" /ToUnicode 5 0 R >> >>"
    page = PAGE % (font, b"")
    text = stream(zlib.compress(b"BT /F1 12 Tf 71 700 Td (words) Tj ET"))
    outlived(pool, objects(CATALOGUE, PAGES, page, text, stream(packed(b"<00> <00> <0041> ", 420 << 20))))


def test_long_document_is_cut_and_says_so(pool: ReaderPool) -> None:
    data = pdf(*(Sheet().text(71, 60, f"Page of words number {n}") for n in range(5000)))
    document = outlived(pool, data)
    assert (len(document.pages), document.truncated, document.facts["pages"]) == (300, True, "5000")
    assert document.pages[299].text == "Page of words number 299"


def test_page_tree_in_a_circle(pool: ReaderPool) -> None:
    circle = objects(
        CATALOGUE, b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 9 >>", b"<< /Type /Pages /Kids [2 0 R] /Parent 3 0 R >>"
    )
    document = outlived(pool, circle)
    assert not any(page.text for page in document.pages)


def test_notes_and_forms_in_a_circle(pool: ReaderPool) -> None:
    page = PAGE % (b"/XObject << /X 5 0 R >>", b"/Annots [6 0 R 6 0 R]")
    form = stream(b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>")
    note = b"<< /Type /Annot /Subtype /Popup /Parent 6 0 R /Popup 6 0 R /Kids [6 0 R] /AP << /N 5 0 R >> /Rect [0 0 9 9] >>"
    document = outlived(pool, objects(CATALOGUE, PAGES, page, stream(b"/X Do", b""), form, note))
    assert document.cause is None


@pytest.mark.slow
def test_forms_that_double_at_every_step(pool: ReaderPool) -> None:
    # Thirty forms, each drawn twice by the one before: a thousand million drawings.
    forms = [
        stream(b"/X Do /X Do", b"/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>" % (6 + n))
        for n in range(30)
    ]
    last = stream(b"0 0 m 9 9 l S", b"/Subtype /Form /BBox [0 0 9 9]")
    page = PAGE % (b"/XObject << /X 5 0 R >>", b"")
    outlived(pool, objects(CATALOGUE, PAGES, page, stream(b"/X Do", b""), *forms, last))


@pytest.mark.parametrize("open_", [b"[", b"<<", b"<</A", b"("])
def test_deep_nesting(pool: ReaderPool, open_: bytes) -> None:
    deep = open_ * 200_000
    bomb = objects(CATALOGUE, PAGES, PAGE % (b"", b"/A " + deep), stream(deep, b""))
    document = outlived(pool, bomb)
    assert document.cause == "unreadable" or not document.pages[0].text


def test_page_of_many_strokes_is_bounded(pool: ReaderPool) -> None:
    lines = b"".join(b"0 %d m 595 %d l S %d 0 m %d 842 l S\n" % (n, n, n, n) for n in range(0, 842, 1))
    data = objects(CATALOGUE, PAGES, PAGE % (b"", b""), stream(zlib.compress(lines * 30)))
    assert outlived(pool, data, 10).cause is None


def test_picture_of_60000_by_60000(pool: ReaderPool) -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    picture = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed(b"\0", 60_000 * 7_501)) + chunk(b"IEND", b"")
    document = outlived(pool, picture)
    assert document.cause is not None
    assert not any(page.text for page in document.pages)


def archive(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in members.items():
            made.writestr(name, body)
    return out.getvalue()


LAUGHS = (
    b"<!DOCTYPE l [<!ENTITY a 'laughs'>"
    + b"".join(b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12))
    + b"]>"
)
DOCUMENT = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'


@pytest.mark.parametrize("form", ["word", "page", "xml"])
def test_entities_that_multiply(pool: ReaderPool, form: str) -> None:
    body = {
        "word": archive({"word/document.xml": LAUGHS + DOCUMENT % b"<w:p><w:r><w:t>&m;</w:t></w:r></w:p>"}),
        "page": b"<?xml version='1.0'?>" + LAUGHS + b"<html><body><p>&m;</p></body></html>",
        "xml": b"<?xml version='1.0'?>" + LAUGHS + b"<data>&m;</data>",
    }[form]
    document = outlived(pool, body)
    assert sum(len(page.text) for page in document.pages) < 10_000


def test_word_file_that_inflates(pool: ReaderPool) -> None:
    body = archive({"word/document.xml": DOCUMENT % (b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 4_000_000)})
    assert outlived(pool, body).cause == "too_large"


def test_word_file_that_lies_about_its_size(pool: ReaderPool) -> None:
    body = archive({"word/document.xml": DOCUMENT % (b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 4_000_000)})
    size = next(re.finditer(rb"PK\x01\x02", body)).start() + 24
    lied = body[:size] + struct.pack("<I", 1000) + body[size + 4 :]
    document = outlived(pool, lied)
    assert document.cause is not None


@pytest.mark.slow
def test_nested_elements_are_bounded(pool: ReaderPool) -> None:
    outlived(pool, b"<html><body>" + b"<div>" * 300_000 + b"words</body></html>")
    document = outlived(pool, archive({"word/document.xml": DOCUMENT % (b"<w:p>" * 100_000)}))
    assert not any(page.text for page in document.pages)
