"""Bodies as they were meant: unpacked, whatever layers the server laid around them, and never beyond a limit."""

from __future__ import annotations

import zlib
from typing import NamedTuple

MAX_LAYERS = 3
MAX_MEMBERS = 1000
"""Parts of one gzip body; a server that flushes often makes dozens."""

_STEP = 64 * 1024
_PLAIN = ("", "identity", "none", "utf-8", "binary", "8bit")


class CutError(Exception):
    """A body that ended before its end."""


class TooLargeError(Exception):
    """A body beyond the limit."""


class UnknownPackingError(Exception):
    """A body packed in a way that was not offered to the server."""


class Unpacked(NamedTuple):
    """A body without its transport packing, and whether it came to its end; `packed` is the same body as it came where that is
    one gzip member and nothing else, ``b""`` where it is not."""

    body: bytes
    whole: bool
    packed: bytes = b""


def unpack(raw: bytes, encoding: str, limit: int) -> Unpacked:
    """The body without its transport packing, at most one byte beyond `limit`.

    Raises `TooLargeError` for a body in more layers or parts than any honest server makes, `UnknownPackingError` for a
    packing that cannot be undone. Some servers name a packing and do not pack: what does not look packed is taken as it is.
    """
    layers = [name for part in encoding.lower().split(",") if (name := part.strip()) not in _PLAIN]
    if len(layers) > MAX_LAYERS:
        raise TooLargeError(f"{len(layers)} layers of packing")
    body, whole, packed = raw, True, b""
    for name in reversed(layers):
        body, ended, packed = _layer(body, name, limit)
        whole = whole and ended
    return Unpacked(body, whole, packed if len(layers) == 1 else b"")


def _layer(raw: bytes, name: str, limit: int) -> Unpacked:
    if name in ("gzip", "x-gzip"):
        if raw[:2] == b"\x1f\x8b":
            return _gunzip(raw, limit)
        # A body cut within the two bytes is cut, any other that does not begin so was never packed.
        return Unpacked(raw, raw != b"\x1f")
    if name == "deflate":
        for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
            machine = zlib.decompressobj(window)
            try:
                body = machine.decompress(raw, limit + 1)
            except zlib.error:
                continue
            return Unpacked(body, machine.eof or len(body) > limit)
        return Unpacked(raw, True)
    if raw[:200].lstrip()[:1] in (b"<", b"{", b"[", b"%") or not raw:
        return Unpacked(raw, True)
    raise UnknownPackingError(name[:40])


def _gunzip(raw: bytes, limit: int) -> Unpacked:
    """All members of a gzip body, one after the other; what follows the last one is no part of it."""
    out = bytearray()
    view, at = memoryview(raw), 0
    for member in range(MAX_MEMBERS):
        machine = zlib.decompressobj(16 + zlib.MAX_WBITS)
        while not machine.eof:
            if at >= len(raw):
                return Unpacked(bytes(out), False)
            piece = view[at : at + _STEP]
            try:
                out += machine.decompress(piece, limit + 1 - len(out))
            except zlib.error:
                return Unpacked(bytes(out), False)
            if len(out) > limit:
                return Unpacked(bytes(out), True)
            at += len(piece) - len(machine.unused_data)
        if raw[at : at + 2] != b"\x1f\x8b":
            return Unpacked(bytes(out), True, raw if not member and at == len(raw) else b"")
    raise TooLargeError(f"more than {MAX_MEMBERS} packed parts")
