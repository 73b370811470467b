"""One audit at a time in a folder of runs: a lock that the system itself drops when its holder is gone, however it went.

The file names its holder only so that people can be told; whether it is held is asked of the system. So a lock that a killed
process left is no lock, even when another process has its number by now.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from ita_rules.errors import OutputError, UsageError

NAME = "lock"
_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP})
"""What a file system says that has no locks: nobody holds one there, and nobody can."""

_FAR = 1 << 30  # Windows forbids reading locked bytes; the words stand before this one


@contextlib.contextmanager
def held(folder: Path, since: str) -> Iterator[None]:
    """Hold the lock of a folder; `since` is the time, for whom it may concern.

    Raises:
        UsageError: another process holds it (`pid`, `since`).
        OutputError: the folder cannot be written, or lies where there are no locks.
    """
    path = folder / NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Unbuffered: what could not be written must not be tried again when the file is closed.
        file = path.open("a+b", buffering=0)
    except OSError as error:
        raise OutputError("error.output.not_writable", path=str(path), detail=error.strerror or str(error)) from error
    with file:
        if not _taken(file):
            file.seek(0)
            pid, _, begun = file.read(200).decode("utf-8", "replace").partition(" ")
            raise UsageError("error.audit.running", path=str(folder.parent), pid=pid or "?", since=begun.strip() or "?")
        try:
            file.truncate(0)
            file.write(f"{os.getpid()} {since}".encode())
        except OSError as error:
            raise OutputError("error.output.not_writable", path=str(path), detail=error.strerror or str(error)) from error
        yield
        file.truncate(0)


def _taken(file: IO[bytes]) -> bool:
    """Take the lock if nobody has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(_FAR)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _NO_LOCKS:
            raise OutputError("error.output.not_writable", path=str(file.name), detail=error.strerror or str(error)) from error
        return False
    return True
