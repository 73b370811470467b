"""Files of lines that only grow: several processes may append, a kill at any moment costs no whole line.

A line is written with its break in one go and forced to the disk. What a kill leaves is at most half a line at the very end;
whoever appends next finds it and says what it was, so that nothing is lost and nothing follows on the same line.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from ita_rules.errors import OutputError

LOCK_NAME = ".lock"
_WAIT = 30.0
_STEP = 0.02
_CHUNK = 64 * 1024


@contextlib.contextmanager
def held(folder: Path, seconds: float = _WAIT) -> Iterator[None]:
    """Hold the lock of a folder, which is made when missing, against every other process; the system lets go of it at a kill.

    Raises:
        OutputError: it cannot be had within `seconds` (`error.linefile.held`), or the folder cannot be written.
    """
    path = folder / LOCK_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b")
    except OSError as err:
        raise OutputError("error.output.not_writable", path=str(path), detail=err.strerror or str(err)) from err
    with file:
        end = time.monotonic() + seconds
        while not _take(file):
            if time.monotonic() > end:
                raise OutputError("error.linefile.held", path=str(path), seconds=int(seconds))
            time.sleep(_STEP)
        try:
            yield
        finally:
            _let_go(file)


def append(path: Path, lines: Sequence[bytes]) -> None:
    """Add whole lines, given without their breaks, to a file whose end is whole (see `torn`); the caller holds the lock.

    Raises `OutputError`; then the file is as long as before, where the disk lets it be.
    """
    data = b"".join(line + b"\n" for line in lines)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            size = file.tell()
            try:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                with contextlib.suppress(OSError):
                    os.truncate(path, size)
                raise
    except OSError as err:
        raise OutputError("error.output.not_writable", path=str(path), detail=err.strerror or str(err)) from err


def last_line(path: Path) -> bytes | None:
    """The last whole line without its break; None where there is none. Raises `OSError`, but not for a missing file."""
    tail = _tail(path, 2)
    rows = tail.split(b"\n")[:-1]
    return rows[-1] if rows else None


def torn(path: Path) -> bytes:
    """What stands behind the last break: half a line that a kill left, ``b""`` where the end is whole or there is no file."""
    tail = _tail(path, 1)
    return tail.rpartition(b"\n")[2]


def cut(path: Path, length: int) -> None:
    """Take `length` bytes off the end. Raises `OSError`."""
    os.truncate(path, path.stat().st_size - length)


def _tail(path: Path, breaks: int) -> bytes:
    """The end of a file with at least so many breaks in it, or all of it."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return b""
    with file:
        place = file.seek(0, os.SEEK_END)
        found = b""
        while place and found.count(b"\n") < breaks:
            step = min(_CHUNK, place)
            place -= step
            file.seek(place)
            found = file.read(step) + found
        return found


if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> bool:
        try:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _let_go(file: IO[bytes]) -> None:
        with contextlib.suppress(OSError):
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _let_go(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
