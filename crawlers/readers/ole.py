"""Compound files (OLE2): the streams that an old Office file keeps in its root, and what the file says of itself.

The file is a small file system: chains of sectors, named by a table of successors. Tables in foreign bytes may run in circles
or point anywhere, so every chain is followed for as many sectors as the file has, and no further.
Layout after Microsoft's open specifications [MS-CFB] and [MS-OLEPS].
"""

from __future__ import annotations

import datetime
import struct
from array import array

from ita_rules.errors import ReaderError

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA  # numbers from here on are marks (end of chain, free), no sectors
_ENTRY = 128
_PROPERTIES = {2: "title", 12: "created", 13: "modified", 18: "producer"}


class Compound:
    """The root folder of a compound file. Raises `ReaderError` (`unreadable`) where the file's tables lead nowhere."""

    def __init__(self, data: bytes) -> None:
        if not data.startswith(SIGNATURE) or len(data) < 1536:
            raise ReaderError("unreadable", failure="truncated")
        self._data = data
        shift, small = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or small != 6:
            raise ReaderError("unreadable", failure="damaged")
        self._size = 1 << shift
        self._top = len(data) // self._size  # sectors, the header's own among them
        directory, self._limit, short_table = (struct.unpack_from("<I", data, at)[0] for at in (48, 56, 60))
        self._fat = self._table()
        entries = self._chain(directory)
        if not entries:
            raise ReaderError("unreadable", failure="damaged")
        root = _Entry(entries, 0)
        self._short_fat = _numbers(self._chain(short_table))
        self._short = self._chain(root.start)
        self._streams = {entry.name.lower(): entry for entry in _children(entries, root.child) if entry.kind == 2}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._streams

    @property
    def names(self) -> frozenset[str]:
        """The names of the root's streams, in small letters."""
        return frozenset(self._streams)

    def stream(self, name: str) -> bytes | None:
        """The bytes of a stream of the root, None where it has none of that name.

        Raises `ReaderError` where the file holds fewer than it says: what a file lacks that was cut short, nobody left out.
        """
        entry = self._streams.get(name.lower())
        if entry is None:
            return None
        if entry.size >= self._limit:
            body = self._chain(entry.start, entry.size)
        else:
            body = _follow(self._short, self._short_fat, 64, 0, entry.start, entry.size)
        if len(body) < entry.size:
            raise ReaderError("unreadable", failure="truncated")
        return body

    def _chain(self, start: int, size: int | None = None) -> bytes:
        return _follow(self._data, self._fat, self._size, self._size, start, len(self._data) if size is None else size)

    def _table(self) -> array[int]:
        """The table of successors, from the places that the header and its extensions name."""
        places = list(struct.unpack_from("<109I", self._data, 76))
        following = struct.unpack_from("<I", self._data, 68)[0]
        for _ in range(self._top):
            if following >= _LAST or (following + 2) * self._size > len(self._data):
                break
            *more, following = struct.unpack_from(f"<{self._size // 4}I", self._data, (following + 1) * self._size)
            places += more
        table = array("I")
        for place in [place for place in places if place < _LAST][: self._top]:
            at = (place + 1) * self._size
            part = self._data[at : at + self._size]
            table.extend(_numbers(part + b"\xff" * (self._size - len(part))))
        return table


class _Entry:
    """One entry of the directory."""

    def __init__(self, entries: bytes, number: int) -> None:
        raw = entries[number * _ENTRY : (number + 1) * _ENTRY].ljust(_ENTRY, b"\x00")
        length = min(struct.unpack_from("<H", raw, 64)[0], 64)
        self.name = raw[: max(length - 2, 0)].decode("utf-16-le", "replace")
        self.kind = raw[66]
        self.left, self.right, self.child = struct.unpack_from("<III", raw, 68)
        self.start, self.size = struct.unpack_from("<II", raw, 116)


def _children(entries: bytes, first: int) -> list[_Entry]:
    """The entries of one folder: a tree of left and right neighbours, each visited once."""
    found: dict[int, _Entry] = {}
    waiting = [first]
    while waiting:
        number = waiting.pop()
        if number < len(entries) // _ENTRY and number not in found:
            entry = found[number] = _Entry(entries, number)
            waiting += (entry.left, entry.right)
    return [found[number] for number in sorted(found)]


def _numbers(data: bytes) -> array[int]:
    return array("I", struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _follow(data: bytes, table: array[int], size: int, base: int, start: int, length: int) -> bytes:
    """At most `length` bytes of the chain from sector `start`; a chain in a circle ends when it is as long as the file."""
    parts = []
    left = min(length, len(data))
    while left > 0 and start < _LAST:
        at = base + start * size
        part = data[at : at + min(size, left)]
        if not part:
            break
        parts.append(part)
        left -= len(part)
        start = table[start] if start < len(table) else _LAST
    return b"".join(parts)


def properties(compound: Compound) -> dict[str, str]:
    """Title, times (ISO 8601, UTC) and program, as far as the file says: `title`, `created`, `modified`, `producer`."""
    found: dict[str, str] = {}
    try:
        data = compound.stream("\x05SummaryInformation") or b""
        (section,) = struct.unpack_from("<I", data, 44)
        (count,) = struct.unpack_from("<I", data, section + 4)
        places = dict(struct.unpack_from("<II", data, section + 8 + 8 * i) for i in range(min(count, 100)))
        page = struct.unpack_from("<H", data, section + places[1] + 4)[0] if 1 in places else 1252
        for number, key in _PROPERTIES.items():
            if number in places and (text := _value(data, section + places[number], page)):
                found[key] = text
    except (ReaderError, struct.error, IndexError):
        pass  # a damaged summary says no more, and the text does not depend on it
    return found


def _value(data: bytes, at: int, page: int) -> str:
    kind, length = struct.unpack_from("<II", data, at)
    if kind == 64:
        ticks = struct.unpack_from("<Q", data, at + 4)[0]
        if not 10**17 < ticks < 3 * 10**17:  # the years 1917 to 2551: no clock was set otherwise
            return ""
        moment = datetime.datetime(1601, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(microseconds=ticks // 10)
        return moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")
    if kind == 31:
        return " ".join(data[at + 8 : at + 8 + 2 * min(length, 1000)].decode("utf-16-le", "replace").split("\x00", 1)[0].split())
    if kind != 30:
        return ""
    raw = data[at + 8 : at + 8 + min(length, 2000)].split(b"\x00", 1)[0]
    name = {65001: "utf-8", 1200: "utf-16-le"}.get(page, f"cp{page}")
    try:
        return " ".join(raw.decode(name, "replace").split())
    except LookupError:
        return " ".join(raw.decode("cp874" if any(byte >= 0xA1 for byte in raw) else "ascii", "replace").split())
