"""Pictures: their size and nothing more."""

from __future__ import annotations

import struct
import zlib

import pytest

from crawlers.readers.image import size_of
from crawlers.readers.interface import Hints, read


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = (
    b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", 40, 30, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress((b"\0" + bytes(40)) * 30)) + _chunk(b"IEND", b"")
)  # fmt: skip
JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF"
    + bytes(10)
    + b"\xff\xff\xc4\x00\x04ab\xff\xc2\x00\x11\x08"
    + struct.pack(">HH", 30, 40)
    + bytes(20)
)
GIF = b"GIF89a" + struct.pack("<HH", 40, 30) + bytes(10)
BMP = b"BM" + struct.pack("<I", 60) + bytes(12) + struct.pack("<ii", 40, -30) + bytes(34)
WEBP = {
    "VP8X": b"RIFF" + bytes(4) + b"WEBPVP8X" + bytes(8) + (39).to_bytes(3, "little") + (29).to_bytes(3, "little") + bytes(8),
    "VP8L": b"RIFF" + bytes(4) + b"WEBPVP8L" + bytes(4) + b"\x2f" + (39 | 29 << 14).to_bytes(4, "little") + bytes(20),
    "VP8 ": b"RIFF" + bytes(4) + b"WEBPVP8 " + bytes(10) + struct.pack("<HH", 40, 30) + bytes(20),
}


@pytest.mark.parametrize("data", [PNG, JPEG, GIF, BMP, *WEBP.values()], ids=["png", "jpeg", "gif", "bmp", *WEBP])
def test_size(data: bytes) -> None:
    assert size_of(data) == (40, 30)


def test_document_says_that_nothing_was_read() -> None:
    document = read(PNG, Hints(url="http://a/b.png"))
    assert (document.cause, document.media_type) == ("no_ocr", "image/png")
    (page,) = document.pages
    assert (page.images[0].url, page.images[0].width, page.cause) == ("http://a/b.png", 40, "no_ocr")


def test_cut_picture_is_unreadable() -> None:
    assert read(JPEG[:25]).cause == "unreadable"
