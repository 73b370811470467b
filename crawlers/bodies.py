"""Bodies as they were meant: unpacked, whatever layers the server laid around them, and never beyond a limit."""

from __future__ import annotations

import zlib

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


def unpack(raw: bytes, encoding: str, limit: int) -> tuple[bytes, bool]:
    """The body without its transport packing, at most one byte beyond `limit`, and whether it came to its end.

    Raises `TooLargeError` for a body in more layers or parts than any honest server makes, `UnknownPackingError` for a
    packing that cannot be undone. Some servers name a packing and do not pack: what does not look packed is taken as it is.
    """
    layers = [name for part in encoding.lower().split(",") if (name := part.strip()) not in _PLAIN]
    if len(layers) > MAX_LAYERS:
        raise TooLargeError(f"{len(layers)} layers of packing")
    whole = True
    for name in reversed(layers):
        raw, ended = _layer(raw, name, limit)
        whole = whole and ended
    return raw, whole


def _layer(raw: bytes, name: str, limit: int) -> tuple[bytes, bool]:
    if name in ("gzip", "x-gzip"):
        if raw[:2] == b"\x1f\x8b":
            return _gunzip(raw, limit)
        # A body cut within the two bytes is cut, any other that does not begin so was never packed.
        return raw, raw != b"\x1f"
    if name == "deflate":
        for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
            machine = zlib.decompressobj(window)
            try:
                body = machine.decompress(raw, limit + 1)
            except zlib.error:
                continue
            return body, machine.eof or len(body) > limit
        return raw, True
    if raw[:200].lstrip()[:1] in (b"<", b"{", b"[", b"%") or not raw:
        return raw, True
    raise UnknownPackingError(name[:40])


def _gunzip(raw: bytes, limit: int) -> tuple[bytes, bool]:
    """All members of a gzip body, one after the other; what follows the last one is no part of it."""
    out = bytearray()
    view, at = memoryview(raw), 0
    for _ in range(MAX_MEMBERS):
        machine = zlib.decompressobj(16 + zlib.MAX_WBITS)
        while not machine.eof:
            if at >= len(raw):
                return bytes(out), False
            piece = view[at : at + _STEP]
            try:
                out += machine.decompress(piece, limit + 1 - len(out))
            except zlib.error:
                return bytes(out), False
            if len(out) > limit:
                return bytes(out), True
            at += len(piece) - len(machine.unused_data)
        if raw[at : at + 2] != b"\x1f\x8b":
            return bytes(out), True
    raise TooLargeError(f"more than {MAX_MEMBERS} packed parts")
