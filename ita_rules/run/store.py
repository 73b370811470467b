"""The run on disk: ``RUN/run.sqlite``, and the blob store that it names.

Every call of `RunWriter` is one transaction: a kill at any moment loses what was in flight and leaves a run that loads. A
finished run is one file without a log beside it, so that judging can open it in a folder it may not write to. Bodies are
not in it: judging needs the texts, and they are.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

from ita_rules.errors import OutputError, RunError
from ita_rules.run.blobs import BlobStore
from ita_rules.run.codec import pack, unpack
from ita_rules.run.graph import LinkGraph
from ita_rules.run.links import pack_links, unpack_links
from ita_rules.run.texts import Documents
from ita_rules.run.types import Answer, Document, Exchange, Link, RunData, RunMeta

FILE_NAME = "run.sqlite"
EARLIER_NAME = "earlier.sqlite"
"""Name of the run that lay in a folder before, until the one that replaces it is finished."""

SCHEMA_VERSION = 1
"""Form of the file. A reader takes its own and older ones."""

APPLICATION_ID = 0x4954_4152
"""Mark in the file's header by which one of our runs is told from any other database."""

_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE exchange (key TEXT PRIMARY KEY, cause TEXT, sha256 TEXT, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE link (source TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE document (sha256 TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE answer (place INTEGER PRIMARY KEY, data BLOB NOT NULL);
"""
_CACHE = 512  # KiB of the file that stay in memory: what is written is seldom read back
_CARRIED = {"link": ("source", "data"), "document": ("sha256", "data"), "answer": ("place", "data")}


class RunWriter:
    """Writes a new run into `folder` (made when missing); a run of ours that lies there is replaced.

    A finished one is kept beside it as `EARLIER_NAME` until the new one is finished. No other process can write to the run
    meanwhile. `blobs` is the folder of bodies, ``folder/blobs`` when left out. `meta` can be stored anew at any time. Safe for
    threads. Raises `OutputError` (`not_writable`, `foreign_file`, `run_in_use`) where the folder cannot take a run, now or at a
    later call.
    """

    def __init__(self, folder: Path, meta: RunMeta, *, blobs: Path | None = None) -> None:
        self.folder = Path(folder)
        self.blobs = BlobStore(blobs if blobs is not None else self.folder / "blobs")
        self.meta = meta
        self._lock = threading.Lock()
        with _writing(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            _make_room(self.folder)
            self._db = _own(self.folder / FILE_NAME)
            try:
                # One stroke: a run has its circumstances or is none.
                self._db.executescript(
                    f"BEGIN; PRAGMA application_id={APPLICATION_ID}; PRAGMA user_version={SCHEMA_VERSION}; {_SCHEMA}"
                )
                self._insert("meta", ("name", "value"), [("blobs", self._named()), ("run", pack(meta))])
                self._db.execute("COMMIT")
            except BaseException:
                self._db.close()
                raise

    @classmethod
    def resume(cls, folder: Path, *, blobs: Path | None = None, start_url: str = "") -> tuple[RunWriter, RunData]:
        """Go on with a run that was killed: its writer, and all that it holds. Nothing that was stored is lost.

        `blobs` is the folder of bodies, the one that the run names when left out; `start_url` what the run has to be of.
        Raises `RunError`: what `load_run` raises, `run_finished`, `run_other_start`; and `OutputError` as a new writer does.
        """
        path = _file(folder)
        named = blobs_of(folder).folder
        with _writing(Path(folder)):
            db = _own(path)
            try:
                run = _loaded(db, path)
                if run.meta.finished:
                    raise RunError("run_finished", path=str(folder))
                if start_url and run.meta.start_url != start_url:
                    raise RunError("run_other_start", path=str(folder), url=run.meta.start_url)
                self = cls.__new__(cls)
                self.folder, self.blobs, self.meta = Path(folder), BlobStore(named if blobs is None else blobs), run.meta
                self._lock, self._db = threading.Lock(), db
                self._put("meta", ("name", "value"), [("blobs", self._named())])
            except BaseException:
                db.close()
                raise
        return self, run

    def put_meta(self, meta: RunMeta) -> None:
        """Store the circumstances as they are known now."""
        self.meta = meta
        self._put("meta", ("name", "value"), [("run", pack(meta))])

    def put_exchange(self, exchange: Exchange, links: Sequence[Link] | None = None, beside: Sequence[Exchange] = ()) -> None:
        """Store what came of an address (in place of an earlier try) and, in the same stroke, the links of its page and what else
        the visit brought."""
        rows = [(e.key, e.cause, e.sha256, pack(e)) for e in (exchange, *beside)]
        packed = None if links is None else pack_links(links)
        with self._transaction():
            self._insert("exchange", ("key", "cause", "sha256", "data"), rows)
            if packed is not None:
                self._insert("link", ("source", "data"), [(exchange.final_key or exchange.key, packed)])

    def put_document(self, document: Document) -> bytes:
        """Store the text of a body. Gives it back as it was packed."""
        packed = pack(document)
        self._put("document", ("sha256", "data"), [(document.sha256, packed)])
        return packed

    def put_answers(self, answers: Iterable[Answer]) -> None:
        """Store the agency's own answers, all at once."""
        rows = [(place, pack(answer)) for place, answer in enumerate(answers)]
        with self._transaction():
            self._db.execute("DELETE FROM answer")
            self._insert("answer", ("place", "data"), rows)

    def rest_on(self, folder: Path) -> None:
        """Take over all that the finished run in `folder` holds; its exchanges are marked as carried, until they are asked anew.

        Raises `RunError` as `load_run` does.
        """
        path = _file(folder)
        try:
            with reading(path) as db:
                rows = {t: db.execute(f"SELECT {','.join(columns)} FROM {t}").fetchall() for t, columns in _CARRIED.items()}
                found = [replace(unpack(Exchange, data), carried=True) for (data,) in db.execute("SELECT data FROM exchange")]
        except (sqlite3.Error, ValueError, TypeError, OSError) as error:
            raise RunError("run_broken", path=str(path), reason=str(error)) from error
        with self._transaction():
            for table, columns in _CARRIED.items():
                self._insert(table, columns, rows[table])
            self._insert("exchange", ("key", "cause", "sha256", "data"), [(e.key, e.cause, e.sha256, pack(e)) for e in found])

    def drop_carried(self) -> None:
        """Keep only what was asked in this run, so that the rest is asked as well."""
        with self._transaction():
            asked = {key: unpack(Exchange, data) for key, data in self._db.execute("SELECT key, data FROM exchange")}
            asked = {key: exchange for key, exchange in asked.items() if not exchange.carried}
            pages = {exchange.final_key or key for key, exchange in asked.items()}
            for table, column, kept in (
                ("exchange", "key", set(asked)),
                ("link", "source", pages),
                ("document", "sha256", set()),
            ):
                gone = [(key,) for (key,) in self._db.execute(f"SELECT {column} FROM {table}") if key not in kept]
                self._db.executemany(f"DELETE FROM {table} WHERE {column} = ?", gone)

    def drop_texts(self) -> None:
        """Drop the texts of bodies that no address of the run gives any more."""
        with self._transaction():
            given = "SELECT sha256 FROM exchange WHERE sha256 IS NOT NULL"
            self._db.execute(f"DELETE FROM document WHERE sha256 NOT IN ({given})")

    def whole(self) -> RunData:
        """All that the run holds by now. Raises `RunError` (`run_broken`)."""
        with self._lock:
            return _loaded(self._db, self.folder / FILE_NAME)

    def finish(self, meta: RunMeta | None = None) -> None:
        """Store the last circumstances, fold the log into the file and close it. Nothing can be stored after that.

        The run that lay in the folder before is dropped now.
        """
        if meta is not None:
            self.put_meta(meta)
        self.close()
        # Who still reads it holds it open on Windows; then the next run in this folder drops it.
        with contextlib.suppress(OSError):
            (self.folder / EARLIER_NAME).unlink(missing_ok=True)

    def close(self) -> None:
        """Close the file, whatever state the run is in; a second call does nothing."""
        with self._lock, _writing(self.folder), closing(self._db):
            try:
                self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                self._db.execute("PRAGMA journal_mode=DELETE")
            except sqlite3.ProgrammingError:
                return

    def __enter__(self) -> RunWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _named(self) -> bytes:
        """The folder of bodies as the run names it: relative, so that both can be moved together."""
        return _relative(self.blobs.folder, self.folder).encode()

    def _put(self, table: str, columns: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> None:
        with self._transaction():
            self._insert(table, columns, rows)

    def _insert(self, table: str, columns: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> None:
        marks = ",".join("?" * len(columns))
        self._db.executemany(f"INSERT OR REPLACE INTO {table} ({','.join(columns)}) VALUES ({marks})", rows)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock, _writing(self.folder):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")


def load_run(folder: Path) -> RunData:
    """The run in `folder`, everything in the order of its keys; not a byte of the folder is changed.

    Raises `RunError`: `run_missing`, `run_foreign` (another program's file), `run_newer` (a later version wrote it),
    `run_broken`.
    """
    path = _file(folder)
    try:
        with reading(path) as db:
            return _loaded(db, path)
    except (sqlite3.Error, OSError) as error:
        raise RunError("run_broken", path=str(path), reason=str(error)) from error


def load_meta(folder: Path) -> RunMeta:
    """The circumstances alone of the run in `folder`. Raises `RunError` as `load_run` does."""
    path = _file(folder)
    try:
        with reading(path) as db:
            return meta_of(db)
    except (sqlite3.Error, ValueError, TypeError, OSError) as error:
        raise RunError("run_broken", path=str(path), reason=str(error)) from error


def meta_of(db: sqlite3.Connection) -> RunMeta:
    """The circumstances of an open run. Raises `ValueError` or `TypeError` for broken data."""
    return unpack(RunMeta, _meta(db, "run"))


def links_of(db: sqlite3.Connection, source: str) -> Sequence[Link] | None:
    """The links of one page of an open run, None where it bore none. Raises `ValueError` or `TypeError` for broken data."""
    row = db.execute("SELECT data FROM link WHERE source = ?", (source,)).fetchone()
    return None if row is None else unpack_links(row[0])


def _loaded(db: sqlite3.Connection, path: Path) -> RunData:
    try:
        meta = meta_of(db)
        exchanges = {key: unpack(Exchange, data) for key, data in db.execute("SELECT key, data FROM exchange ORDER BY key")}
        links, documents = LinkGraph(), Documents()
        for source, data in db.execute("SELECT source, data FROM link ORDER BY source"):
            links.keep(source, unpack_links(data))
        for key, data in db.execute("SELECT sha256, data FROM document ORDER BY sha256"):
            documents.keep(key, unpack(Document, data), data)
        answers = tuple(unpack(Answer, data) for (data,) in db.execute("SELECT data FROM answer ORDER BY place"))
    except (sqlite3.Error, ValueError, TypeError) as error:
        raise RunError("run_broken", path=str(path), reason=str(error)) from error
    return RunData(meta, exchanges, links, documents, answers)


def blobs_of(folder: Path) -> BlobStore:
    """The store of bodies that the run in `folder` names. It may be gone: judging does without. Raises `RunError`."""
    path = _file(folder)
    try:
        with reading(path) as db:
            named = _meta(db, "blobs").decode()
    except (sqlite3.Error, ValueError, OSError) as error:
        raise RunError("run_broken", path=str(path), reason=str(error)) from error
    return BlobStore(path.parent / named)


def in_order(run: RunData) -> RunData:
    """The same run with everything in the order in which `load_run` gives it."""
    return RunData(
        run.meta,
        dict(sorted(run.exchanges.items())),
        run.links.in_order() if isinstance(run.links, LinkGraph) else dict(sorted(run.links.items())),
        run.documents.in_order() if isinstance(run.documents, Documents) else dict(sorted(run.documents.items())),
        run.answers,
    )


def _file(folder: Path) -> Path:
    path = Path(folder) / FILE_NAME
    if not path.is_file():
        raise RunError("run_missing", path=str(folder))
    return path


def _meta(db: sqlite3.Connection, name: str) -> bytes:
    row = db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    if row is None:
        raise ValueError(f"no {name}")
    return bytes(row[0])


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that leaves the folder of the run in the file `path` alone; threads may share it, one at a time.

    A run that was killed has its last pages in a log, and SQLite would write beside it to read them: such a run is copied
    to a temporary folder first.
    """
    log = path.with_name(path.name + "-wal")
    if log.is_file() and log.stat().st_size:
        with tempfile.TemporaryDirectory(prefix="ita-rules-") as aside:
            for source in (path, log):
                shutil.copyfile(source, Path(aside) / source.name)
            with closing(sqlite3.connect(Path(aside) / path.name, check_same_thread=False)) as db:
                _check(db, path)
                yield db
        return
    place = f"file:{quote(path.absolute().as_posix())}?mode=ro&immutable=1"
    with closing(sqlite3.connect(place, uri=True, check_same_thread=False)) as db:
        _check(db, path)
        yield db


def _check(db: sqlite3.Connection, path: Path) -> None:
    try:
        mark, version = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    except sqlite3.DatabaseError as error:
        raise RunError("run_foreign", path=str(path)) from error
    if mark == 0 and path.stat().st_size and not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise RunError("run_missing", path=str(path.parent))  # a kill before the run had begun leaves this
    if mark != APPLICATION_ID:
        raise RunError("run_foreign", path=str(path))
    if version > SCHEMA_VERSION:
        raise RunError("run_newer", path=str(path), version=version)


def _own(path: Path) -> sqlite3.Connection:
    """A connection that writes to `path`, made when missing, and keeps every other process from it until it is closed.

    Raises `OutputError` (`run_in_use`) where another has it.
    """
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=1.0)
    try:
        db.execute("PRAGMA locking_mode=EXCLUSIVE")
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        db.execute(f"PRAGMA cache_size=-{_CACHE}")
        db.execute("BEGIN EXCLUSIVE")
        db.execute("COMMIT")
    except sqlite3.OperationalError as error:
        db.close()
        if "locked" in str(error):
            raise OutputError("run_in_use", path=str(path.parent)) from error
        raise
    except BaseException:
        db.close()
        raise
    return db


def _make_room(folder: Path) -> None:
    """Make room for a new run: a finished one is put aside, one that was killed is dropped; other programs' files stay."""
    path = folder / FILE_NAME
    finished = False
    if path.exists():
        try:
            with reading(path) as db:
                finished = bool(meta_of(db).finished)
        except RunError as error:
            if error.message_id == "run_foreign" and path.stat().st_size:
                raise OutputError("foreign_file", path=str(path)) from error
        except (sqlite3.Error, ValueError, TypeError):
            pass  # ours, and broken
        else:
            db = _own(path)
            with closing(db):
                db.execute("PRAGMA journal_mode=DELETE")
    if finished:
        os.replace(path, folder / EARLIER_NAME)
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _relative(target: Path, start: Path) -> str:
    try:
        return Path(os.path.relpath(target, start)).as_posix()
    except ValueError:  # another drive on Windows
        return target.absolute().as_posix()


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        raise OutputError("not_writable", path=str(folder), reason=str(error)) from error
