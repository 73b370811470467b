"""Compound files and old Word files made by hand, sound and unsound."""

from __future__ import annotations

import struct
from collections.abc import Sequence

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(streams: dict[str, bytes], *, circle: bool = False) -> bytes:
    """A compound file of some streams in its root, each in whole sectors. `circle` lets every chain run back into itself."""
    bodies = [body.ljust(max(4096, -(-len(body) // SECTOR) * SECTOR), b"\x00") for body in streams.values()]
    lengths = [len(body) // SECTOR for body in bodies]
    entries = 1 + len(streams)
    folder = -(-entries * 128 // SECTOR)
    tables = 1
    while tables * 128 < tables + folder + sum(lengths):
        tables += 1
    numbers: list[int] = [FAT] * tables
    starts = []
    for length in (folder, *lengths):
        first = len(numbers)
        starts.append(first)
        numbers += [*range(first + 1, first + length), first if circle else END]
    numbers += [FREE] * (tables * 128 - len(numbers))
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, tables, starts[0], 0, 4096, END, 0, END, 0)
    head += struct.pack("<109I", *range(tables), *[FREE] * (109 - tables))
    directory = entry("Root Entry", 5, child=1 if streams else FREE)
    for at, (name, body) in enumerate(streams.items(), start=1):
        right = at + 1 if at < len(streams) else FREE
        directory += entry(name, 2, right=right, start=starts[at], size=max(len(body), 4096))
    directory = directory.ljust(folder * SECTOR, b"\x00")
    return head + struct.pack(f"<{len(numbers)}I", *numbers) + directory + b"".join(bodies)


def entry(name: str, kind: int, *, right: int = FREE, child: int = FREE, start: int = END, size: int = 0) -> bytes:
    """An entry of the directory."""
    raw = (name + "\0").encode("utf-16-le")
    head = raw.ljust(64, b"\x00") + struct.pack("<HBBIII", len(raw), kind, 1, FREE, right, child)
    return head + bytes(36) + struct.pack("<II", start, size) + bytes(4)


def word(
    text: str, charset: str = "utf-16-le", *, paragraphs: Sequence[tuple[int, bytes]] = (), flags: int = 0, more: bytes = b""
) -> bytes:
    """A Word 97 file of one piece. `charset` of one byte a character makes it a narrow piece.

    `paragraphs` gives the length of some first paragraphs in characters, marks included, and their property lists. `more` is
    the data stream.
    """
    wide = 2 if charset == "utf-16-le" else 1
    raw = text.encode(charset)
    start = 0x600
    fkp = bytearray(512)
    places = [start]
    lists: list[bytes] = []
    for length, data in [*paragraphs, (len(text) - sum(length for length, _ in paragraphs), b"")]:
        places.append(places[-1] + length * wide)
        lists.append(b"\x00\x00" + data)
    struct.pack_into(f"<{len(places)}I", fkp, 0, *places)
    at = 510
    for index, data in enumerate(lists):
        body = data if len(data) % 2 else data + b"\x00"
        at -= len(body) + 1
        at -= at % 2
        fkp[at] = (len(body) + 1) // 2
        fkp[at + 1 : at + 1 + len(body)] = body
        fkp[4 * len(places) + 13 * index] = at // 2
    fkp[511] = len(lists)
    piece = struct.pack("<HIH", 0, start if wide == 2 else (start * 2) | 0x40000000, 0)
    plc = struct.pack("<II", 0, len(text)) + piece
    clx = b"\x02" + struct.pack("<I", len(plc)) + plc
    pages = struct.pack("<III", start, places[-1], 2)
    fib = bytearray(0x400)
    struct.pack_into("<HH", fib, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", fib, 10, 0x200 | flags)
    struct.pack_into("<I", fib, 0x4C, len(text))
    struct.pack_into("<H", fib, 0x98, 0x5D)
    struct.pack_into("<II", fib, 0x9A + 8 * 33, 0, len(clx))
    struct.pack_into("<II", fib, 0x9A + 8 * 13, len(clx), len(pages))
    return compound({"WordDocument": bytes(fib) + bytes(fkp) + raw, "1Table": clx + pages, "Data": more})
