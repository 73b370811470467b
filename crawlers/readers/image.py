"""Pictures: their size, from the first bytes. Text in a picture is not readable here, and the document says so."""

from __future__ import annotations

import hashlib

from crawlers.readers.interface import Hints, Limits
from crawlers.readers.sniff import sniff
from ita_rules.errors import ReaderError
from ita_rules.run.types import Document, Image, Page


def version() -> str:
    """Name and version of this reader."""
    return "image/1"


def read(data: bytes, hints: Hints, limits: Limits) -> Document:
    """One page with the picture and no text (cause `no_ocr`). Raises `ReaderError` where the size cannot be told."""
    media_type = sniff(data, hints)
    width, height = size_of(data)
    if media_type != "image/tiff" and not (width and height):
        raise ReaderError("unreadable", failure="truncated")
    page = Page(1, cause="no_ocr", trust=0.0, images=(Image(hints.url, "", width, height),))
    return Document(
        hashlib.sha256(data).hexdigest(), media_type, pages=(page,), readers=(version(),), cause="no_ocr",
        facts={"pages": "1", "image_only_pages": "1"},
    )  # fmt: skip


def size_of(data: bytes) -> tuple[int, int]:
    """Width and height in pixels of a PNG, GIF, BMP, WebP or JPEG; (0, 0) where they cannot be told."""
    if data.startswith(b"\x89PNG") and len(data) >= 24:
        return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    if data.startswith(b"GIF8") and len(data) >= 10:
        return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
    if data.startswith(b"BM") and len(data) >= 26:
        height = int.from_bytes(data[22:26], "little", signed=True)
        return int.from_bytes(data[18:22], "little"), abs(height)
    if data.startswith(b"RIFF") and len(data) >= 30:
        return _webp(data)
    return _jpeg(data) if data.startswith(b"\xff\xd8") else (0, 0)


def _webp(data: bytes) -> tuple[int, int]:
    kind = data[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF
    return 0, 0


def _jpeg(data: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 <= len(data):
        if data[at] != 0xFF:
            at += 1
            continue
        marker = data[at + 1]
        if marker == 0xFF or marker in (0x01, *range(0xD0, 0xD9)):
            at += 1 if marker == 0xFF else 2
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return 0, 0
