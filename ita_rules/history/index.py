"""``BASE/index.sqlite``: the runs below BASE, each in it whole or not at all.

A state of an item is kept once however many nights show it, so that a night on which nothing changed costs a row of some hundred
bytes. Nothing stands here alone: what cannot be read is put aside and made anew from the folders.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path, PurePosixPath
from types import TracebackType

from ita_rules.errors import OutputError, RunError
from ita_rules.history.entry import Entry, ItemState

FILE_NAME = "index.sqlite"
APPLICATION_ID = 0x4954_4158
"""Mark in the file's header by which an index is told from any other database."""
SCHEMA_VERSION = 1
_WAIT_SECONDS = 60.0
_CACHED = 20_000

_SCHEMA = """
CREATE TABLE agency (id INTEGER PRIMARY KEY, place TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, url TEXT NOT NULL,
    UNIQUE (place, code, name, url));
CREATE TABLE judged (id INTEGER PRIMARY KEY, ruleset TEXT NOT NULL, version TEXT NOT NULL, tool TEXT NOT NULL,
    UNIQUE (ruleset, version, tool));
CREATE TABLE state (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, data BLOB NOT NULL);
CREATE TABLE run (id INTEGER PRIMARY KEY, agency INTEGER NOT NULL REFERENCES agency, folder TEXT NOT NULL, stamp TEXT NOT NULL,
    judged INTEGER NOT NULL REFERENCES judged, started TEXT NOT NULL, finished TEXT NOT NULL, as_of TEXT NOT NULL,
    depth TEXT NOT NULL, stopped_by TEXT, complete INTEGER NOT NULL, low REAL NOT NULL, high REAL NOT NULL,
    requests INTEGER NOT NULL, pages INTEGER NOT NULL, documents INTEGER NOT NULL, states BLOB NOT NULL);
CREATE INDEX run_of_agency ON run (agency, folder);
"""
_ROW = """
SELECT agency.place, agency.code, agency.name, agency.url, run.folder, judged.ruleset, judged.version, judged.tool,
    run.started, run.finished, run.as_of, run.depth, run.stopped_by, run.complete, run.low, run.high,
    run.requests, run.pages, run.documents, run.states
FROM run JOIN agency ON agency.id = run.agency JOIN judged ON judged.id = run.judged
"""


class Index:
    """The index of the store `base`, made when missing. Several processes may use it at once; each change is one transaction.

    Raises `RunError` (`history_broken`, `history_newer`) where the file is none of ours or of a later version, `OutputError`
    (`not_writable`) where it cannot be written, now or at a later call.
    """

    def __init__(self, base: Path) -> None:
        self.path = Path(base) / FILE_NAME
        self._states: dict[int, ItemState] = {}
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(self.path, isolation_level=None, timeout=_WAIT_SECONDS)
        except (OSError, sqlite3.Error) as error:
            raise OutputError("not_writable", path=str(self.path), reason=str(error)) from error
        try:
            self._prepare()
        except BaseException:
            self._db.close()
            raise

    @classmethod
    def anew(cls, base: Path) -> Index:
        """The index; a file that cannot be used as one is put aside under another name first."""
        try:
            return cls(base)
        except RunError:
            cls.aside(base)
            return cls(base)

    @staticmethod
    def aside(base: Path) -> Path:
        """Give the file of the index another name, and say which. Raises `OutputError` where that cannot be done."""
        path = Path(base) / FILE_NAME
        new = path.with_name(f"{FILE_NAME}.{uuid.uuid4().hex[:8]}.broken")
        try:
            os.replace(path, new)
        except OSError as error:
            raise OutputError("not_writable", path=str(path), reason=str(error)) from error
        return new

    def enter(self, entry: Entry, stamp: str = "") -> None:
        """Remember a run, in place of what was known of its folder. `stamp` tells the state of the report that it comes from."""
        folder = PurePosixPath(entry.folder)
        with self._transaction():
            self._forget(entry.folder)
            agency = self._id("agency", {"place": str(folder.parent), "code": entry.code, "name": entry.name, "url": entry.url})
            judged = self._id("judged", {"ruleset": entry.ruleset, "version": entry.version, "tool": entry.tool})
            states = [self._state(item) for item in entry.items]
            self._db.execute(
                f"INSERT INTO run VALUES (NULL{',?' * 16})",
                (
                    *(agency, folder.name, stamp, judged, entry.started, entry.finished, entry.as_of, entry.depth),
                    *(entry.stopped_by, int(entry.complete), entry.low, entry.high),
                    *(entry.requests, entry.pages, entry.documents, _bytes(states)),
                ),
            )

    def drop(self, folder: str) -> None:
        """Forget the run in `folder`; one that is not known is no fault."""
        with self._transaction():
            self._forget(folder)

    def tidy(self) -> None:
        """Drop the states and agencies that no run shows any more, and give their room back."""
        with self._transaction():
            shown: set[int] = set()
            for (packed,) in self._db.execute("SELECT states FROM run"):
                shown.update(_ids(packed))
            gone = [(i,) for (i,) in self._db.execute("SELECT id FROM state") if i not in shown]
            self._db.executemany("DELETE FROM state WHERE id = ?", gone)
            self._db.execute("DELETE FROM agency WHERE id NOT IN (SELECT agency FROM run)")
            self._db.execute("DELETE FROM judged WHERE id NOT IN (SELECT judged FROM run)")
            self._states.clear()
        # Room is a comfort: another process that reads at this moment must not make it an error.
        with contextlib.suppress(sqlite3.OperationalError):
            self._db.execute("VACUUM")

    def stamps(self) -> dict[str, str]:
        """The stamp of every run by its folder."""
        query = "SELECT place, folder, stamp FROM run JOIN agency ON agency.id = run.agency"
        with self._reading():
            return {_joined(place, folder): stamp for place, folder, stamp in self._db.execute(query)}

    def entry(self, folder: str) -> Entry | None:
        """What is known of the run in `folder`; None where it is not known."""
        path = PurePosixPath(folder)
        with self._reading():
            row = self._db.execute(f"{_ROW} WHERE place = ? AND folder = ?", (str(path.parent), path.name)).fetchone()
            return self._entry(row) if row else None

    def entries(self, place: str | None = None, *, newest: int | None = None, items: bool = True) -> Iterator[Entry]:
        """The runs whose folders lie in `place` (relative to the store, with ``/``), or all; by place, oldest first. With
        `newest` only so many, those that began last. Without `items` they come without their states, which are most of the work.
        """
        where = "" if place is None else "WHERE place = ?"
        order = "ORDER BY place, started, folder"
        query = f"{_ROW} {where} {order}"
        if newest is not None:
            query = f"SELECT * FROM ({_ROW} {where} ORDER BY started DESC, folder DESC LIMIT {int(newest)}) {order}"
        # Who stops early, or meets a broken row, leaves no statement open that would hold the file.
        with self._reading(), closing(self._db.execute(query, () if place is None else (place,))) as rows:
            for row in rows:
                yield self._entry(row if items else (*row[:-1], b""))

    def lately(self, place: str, most: int) -> list[Entry]:
        """The last `most` runs whose folders lie in `place`, oldest first."""
        with self._reading():
            rows = self._db.execute(
                f"{_ROW} WHERE place = ? ORDER BY started DESC, folder DESC LIMIT ?", (place, most)
            ).fetchall()
            return [self._entry(row) for row in reversed(rows)]

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _prepare(self) -> None:
        with self._transaction():
            mark, version = (self._db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
            if mark == 0 and not self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                for statement in _SCHEMA.split(";"):
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA application_id={APPLICATION_ID}")
                self._db.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
            elif mark != APPLICATION_ID:
                raise RunError("history_broken", path=str(self.path))
            elif version > SCHEMA_VERSION:
                raise RunError("history_newer", path=str(self.path), version=version)

    def _forget(self, folder: str) -> None:
        path = PurePosixPath(folder)
        where = "folder = ? AND agency IN (SELECT id FROM agency WHERE place = ?)"
        self._db.execute(f"DELETE FROM run WHERE {where}", (path.name, str(path.parent)))

    def _id(self, table: str, values: dict[str, str]) -> int:
        names = list(values)
        self._db.execute(
            f"INSERT OR IGNORE INTO {table} ({','.join(names)}) VALUES ({','.join('?' * len(names))})", tuple(values.values())
        )
        where = " AND ".join(f"{name} = ?" for name in names)
        return int(self._db.execute(f"SELECT id FROM {table} WHERE {where}", tuple(values.values())).fetchone()[0])

    def _state(self, item: ItemState) -> int:
        data = item.packed()
        digest = hashlib.sha256(data).digest()[:16]
        self._db.execute("INSERT OR IGNORE INTO state (digest, data) VALUES (?, ?)", (digest, data))
        return int(self._db.execute("SELECT id FROM state WHERE digest = ?", (digest,)).fetchone()[0])

    def _entry(self, row: tuple[object, ...]) -> Entry:
        place, code, name, url, folder, ruleset, version, tool, started, finished, as_of, depth, stopped_by, complete = row[:14]
        low, high, requests, pages, documents, states = row[14:]
        return Entry(
            folder=_joined(str(place), str(folder)),
            name=str(name),
            url=str(url),
            started=str(started),
            finished=str(finished),
            as_of=str(as_of),
            ruleset=str(ruleset),
            version=str(version),
            tool=str(tool),
            stopped_by=None if stopped_by is None else str(stopped_by),
            complete=bool(complete),
            low=float(str(low)),
            high=float(str(high)),
            requests=int(str(requests)),
            pages=int(str(pages)),
            documents=int(str(documents)),
            items=tuple(self._item(i) for i in _ids(states if isinstance(states, bytes) else b"")),
            code=str(code),
            depth=str(depth),
        )

    def _item(self, state: int) -> ItemState:
        found = self._states.get(state)
        if found is None:
            row = self._db.execute("SELECT data FROM state WHERE id = ?", (state,)).fetchone()
            if row is None:
                raise ValueError(f"no state {state}")
            found = ItemState.unpacked(row[0])
            if len(self._states) >= _CACHED:
                self._states.clear()
            self._states[state] = found
        return found

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise OutputError("not_writable", path=str(self.path), reason=str(error)) from error
        except sqlite3.DatabaseError as error:
            raise RunError("history_broken", path=str(self.path)) from error

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, ValueError) as error:
            raise RunError("history_broken", path=str(self.path)) from error


def read(base: Path) -> Index | None:
    """The index of a store that has one and that can be used; None otherwise, for those whom it only helps."""
    if not (Path(base) / FILE_NAME).is_file():
        return None
    try:
        return Index(base)
    except (RunError, OutputError):
        return None


def _joined(place: str, folder: str) -> str:
    return str(PurePosixPath(place) / folder)


def _bytes(ids: list[int]) -> bytes:
    return b"".join(i.to_bytes(4, "little") for i in ids)


def _ids(packed: bytes) -> list[int]:
    return [int.from_bytes(packed[n : n + 4], "little") for n in range(0, len(packed) - 3, 4)]
