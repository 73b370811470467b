"""A saved run asked piece by piece: an earlier night's while a new one is gathered, or one that is written into an archive.

Nothing is loaded before it is asked for, so a run of thousands of pages costs no memory beside the one that grows.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from ita_rules.errors import RunError
from ita_rules.run.codec import unpack
from ita_rules.run.store import FILE_NAME, links_of, meta_of, reading
from ita_rules.run.types import Answer, Exchange, Link, RunMeta

_KEPT = 256
_AT_ONCE = 200


class RunReader:
    """The run in the file `name` of `folder`, open until it is closed; the file is not changed. Safe for threads.

    `meta` holds its circumstances. Raises `RunError`: `run_missing`, `run_foreign`, `run_newer`, `run_broken`. Once it is open,
    a record that cannot be read is one that is not there: an earlier night is a help and never a condition.
    """

    meta: RunMeta

    def __init__(self, folder: Path, *, name: str = FILE_NAME) -> None:
        self.path = Path(folder) / name
        if not self.path.is_file():
            raise RunError("run_missing", path=str(folder))
        self._lock = threading.Lock()
        self._known: OrderedDict[str, Exchange | None] = OrderedDict()
        with ExitStack() as stack:
            try:
                self._db = stack.enter_context(reading(self.path))
                self.meta = meta_of(self._db)
            except (sqlite3.Error, ValueError, TypeError, OSError) as error:
                raise RunError("run_broken", path=str(self.path), reason=str(error)) from error
            self._open = stack.pop_all()

    def exchange(self, key: str) -> Exchange | None:
        """What came of an address; None where it was not asked."""
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
            try:
                row = self._db.execute("SELECT data FROM exchange WHERE key = ?", (key,)).fetchone()
                found = unpack(Exchange, row[0]) if row else None
            except (sqlite3.Error, ValueError, TypeError):
                found = None
            self._known[key] = found
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)
            return found

    def links(self, key: str) -> Sequence[Link] | None:
        """The links of a page, by its final key; None where it bore none because it was no page."""
        with self._lock:
            try:
                return links_of(self._db, key)
            except (sqlite3.Error, ValueError, TypeError):
                return None

    def answers(self) -> tuple[Answer, ...]:
        """The agency's own answers; none where they cannot be read."""
        with self._lock:
            try:
                return tuple(unpack(Answer, data) for (data,) in self._db.execute("SELECT data FROM answer ORDER BY place"))
            except (sqlite3.Error, ValueError, TypeError):
                return ()

    def has_text(self, sha256: str) -> bool:
        """Whether the run holds a text of a body."""
        with self._lock:
            try:
                return self._db.execute("SELECT 1 FROM document WHERE sha256 = ?", (sha256,)).fetchone() is not None
            except sqlite3.Error:
                return False

    def exchanges(self) -> Iterator[Exchange]:
        """Every exchange in the order of the keys, few of them in memory at once. Raises `RunError` (`run_broken`)."""
        after: tuple[str, ...] = ()
        while True:
            beyond = "WHERE key > ? " if after else ""
            try:
                with self._lock:
                    query = f"SELECT key, data FROM exchange {beyond}ORDER BY key LIMIT {_AT_ONCE}"
                    rows = self._db.execute(query, after).fetchall()
                found = [unpack(Exchange, data) for _, data in rows]
            except (sqlite3.Error, ValueError, TypeError) as error:
                raise RunError("run_broken", path=str(self.path), reason=str(error)) from error
            yield from found
            if not rows:
                return
            after = (rows[-1][0],)

    def close(self) -> None:
        """Let go of the file; a second call does nothing."""
        with self._lock:
            self._open.close()

    def __enter__(self) -> RunReader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
