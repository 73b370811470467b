"""Who uses the bodies of a store: audits that write share it, the one who collects has it alone.

A lock of SQLite's is let go by a kill and works on every system; its file holds nothing. It stands between processes that see the
same file system, so the youngest bodies are spared besides (`ita_rules.history.sweep`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ita_rules.errors import OutputError

FILE_NAME = ".store-lock.sqlite"
_WAIT_SECONDS = 900.0


@contextmanager
def gathering(base: Path, *, seconds: float = _WAIT_SECONDS) -> Iterator[None]:
    """Share the store `base` with everybody who writes runs into it; waits while it is being collected.

    Raises `OutputError`: `store_collecting` where that takes longer than `seconds`, `not_writable`.
    """
    with _open(base, seconds) as db:
        _take(db, base, ("BEGIN", "SELECT count(*) FROM sqlite_master"), "store_collecting")
        yield


@contextmanager
def collecting(base: Path, *, seconds: float = 2.0) -> Iterator[None]:
    """Have the store `base` alone. Raises `OutputError`: `store_in_use` where an audit writes to it, `not_writable`."""
    with _open(base, seconds) as db:
        _take(db, base, ("BEGIN EXCLUSIVE",), "store_in_use")
        yield


def is_being_written(file: Path) -> bool:
    """Whether another process has the run in `file` (a ``run.sqlite``) open for writing. A file that is gone is not."""
    if not file.is_file():
        return False
    try:
        with closing(sqlite3.connect(file, isolation_level=None, timeout=0.0)) as db:
            db.execute("BEGIN IMMEDIATE")
            db.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        return "locked" in str(error)
    except sqlite3.DatabaseError:
        return False
    return False


@contextmanager
def _open(base: Path, seconds: float) -> Iterator[sqlite3.Connection]:
    path = Path(base) / FILE_NAME
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=seconds)
    except (OSError, sqlite3.Error) as error:
        raise OutputError("not_writable", path=str(path), reason=str(error)) from error
    with closing(db):
        yield db


def _take(db: sqlite3.Connection, base: Path, statements: tuple[str, ...], busy: str) -> None:
    try:
        for statement in statements:
            db.execute(statement).fetchall()
    except sqlite3.Error as error:
        if "locked" in str(error):
            raise OutputError(busy, path=str(base)) from error
        raise OutputError("not_writable", path=str(base), reason=str(error)) from error
