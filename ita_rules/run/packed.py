"""Where the packed records of a run lie while it is worked with, and what of them was unpacked last.

The records are not read from the run's own file: that may be closed, moved or replaced while the run in memory is in use.
"""

from __future__ import annotations

import tempfile
import threading
import weakref
from collections import OrderedDict
from collections.abc import Hashable
from typing import IO, Generic, TypeVar

from ita_rules.errors import RunError

MOST_IN_MEMORY = 256 * 1024
"""Bytes of packed records that stay in memory; what comes after them goes to a temporary file."""

Place = bytes | tuple[int, int]
"""Where a record lies: the record itself, or its first byte and its length in the file."""

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Packed:
    """Packed records: the first in memory, the others in a temporary file that goes with this object. Safe for threads."""

    def __init__(self, most: int = MOST_IN_MEMORY) -> None:
        self._left = most
        self._lock = threading.Lock()
        self._file: IO[bytes] | None = None
        self._end = 0

    def put(self, data: bytes) -> Place:
        """Keep a record, and give back where it lies. Where no file can be written it stays in memory."""
        with self._lock:
            if len(data) <= self._left:
                self._left -= len(data)
                return data
            try:
                file = self._opened()
                file.seek(self._end)
                file.write(data)
                file.flush()
            except OSError:
                return data
            place = (self._end, len(data))
            self._end += len(data)
            return place

    def get(self, place: Place) -> bytes:
        """The record that lies at a place. Raises `RunError` (`run_broken`) where it cannot be read back."""
        if isinstance(place, bytes):
            return place
        at, length = place
        with self._lock:
            try:
                file = self._opened()
                file.seek(at)
                data = file.read(length)
            except OSError as error:
                raise RunError("run_broken", path=tempfile.gettempdir(), reason=str(error)) from error
        if len(data) != length:
            raise RunError("run_broken", path=tempfile.gettempdir(), reason="cut short")
        return data

    def _opened(self) -> IO[bytes]:
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="ita-rules-")  # noqa: SIM115  (it is closed with this object)
            weakref.finalize(self, self._file.close)
        return self._file


class Recent(Generic[K, V]):
    """What was used last, of a weight of at most `most` in all; the last one stays however heavy it is. Safe for threads."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.weight = 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[K, tuple[V, int]] = OrderedDict()

    def get(self, key: K) -> V | None:
        """What is kept under a key; None where it is no longer."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: K, value: V, weight: int) -> V:
        """Keep a value, in place of what was used longest ago; gives it back."""
        with self._lock:
            before = self._kept.pop(key, None)
            self.weight += weight - (before[1] if before else 0)
            self._kept[key] = (value, weight)
            while self.weight > self.most and len(self._kept) > 1:
                self.weight -= self._kept.popitem(last=False)[1][1]
        return value

    def __len__(self) -> int:
        return len(self._kept)
