"""One file packed with GZIP: unpacked within bounds and read as what it is."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import replace

from crawlers.readers.interface import Hints, Limits
from crawlers.readers.interface import read as read_any
from ita_rules.errors import ReaderError
from ita_rules.run.types import Document

_CHUNK = 1 << 20


def version() -> str:
    """Name and version of this reader and of the library behind it."""
    return f"gzipped/1 zlib/{zlib.ZLIB_RUNTIME_VERSION}"


def read(data: bytes, hints: Hints, limits: Limits) -> Document:
    """The document inside. Raises `ReaderError` (`too_large`, `unreadable`)."""
    if limits.nesting <= 0:
        raise ReaderError("unreadable", failure="nesting")
    body = _unpacked(data, limits.unpacked_bytes)
    name = hints.filename or hints.url.partition("?")[0].rpartition("/")[2]
    inner = replace(hints, media_type="", filename=name.removesuffix(".gz"))
    document = read_any(
        body, inner, replace(limits, nesting=limits.nesting - 1, unpacked_bytes=limits.unpacked_bytes - len(body))
    )
    return replace(document, sha256=hashlib.sha256(data).hexdigest(), readers=(version(), *document.readers))


def _unpacked(data: bytes, limit: int) -> bytes:
    """The bytes inside. Raises `ReaderError` for a file that is damaged, cut short, or more than `limit` bytes."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    parts, size, rest = [], 0, data
    while rest and not unpacker.eof:
        try:
            part = unpacker.decompress(rest, _CHUNK)
        except zlib.error as error:
            raise ReaderError("unreadable", failure="damaged") from error
        rest = unpacker.unconsumed_tail
        size += len(part)
        if size > limit:
            raise ReaderError("too_large", failure="unpacked")
        parts.append(part)
    if not unpacker.eof:
        raise ReaderError("unreadable", failure="truncated")
    return b"".join(parts)
