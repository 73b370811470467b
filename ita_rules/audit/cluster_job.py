"""The job that a worker of a cluster does for one agency: the same child as on one machine, in a folder that is gone afterwards.

    1. What was done before is not done again: where the storage has a manifest for this agency and audit, that is the result.
    2. The worker lays out what the night needs: the inputs, the newest run of the agency that the storage has, the excerpt of the
       history that the driver sent. Bodies come when they are asked for.
    3. The child works (`ita_rules.audit.pool`), tried again after a crash, asked to end when its time is over. Where the driver
       says what many agencies have in common, it is forked from a process that has loaded that (`ita_rules.audit.cluster_warm`).
    4. New bodies are laid on the storage, then the run, then the manifest that makes it count.

The child lives as long as this process: it hangs on a pipe. And this process lets go of it as soon as nobody wants its result
any more, because the driver is gone or has given up. Everything here may run twice.
"""

from __future__ import annotations

import base64
import contextlib
import functools
import hashlib
import json
import logging
import shutil
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ita_rules import __version__
from ita_rules.audit.cluster_warm import Keeper, Lent, Shared
from ita_rules.audit.pool import Pool, spawn
from ita_rules.audit.record import Audit, Result
from ita_rules.audit.runner import CHILD, Task
from ita_rules.audit.space import demand, is_full
from ita_rules.audit.warm import CAN_FORK
from ita_rules.data import data_folder
from ita_rules.errors import ItaRulesError, OutputError, RunError
from ita_rules.run.store import FILE_NAME, reading
from ita_rules.saved import NAME as REPORT
from ita_rules.storage import bodies, inputs, nights
from ita_rules.storage.nights import Manifest
from ita_rules.storage.places import MARK, Storage, open_storage

logger = logging.getLogger(__name__)

_LOG_BYTES = 20_000
_MOST_SEED = 50_000_000
_LOOK_BACK = 10
"""Nights of an agency that are looked through for a run that reached its site."""

_stopped: set[str] = set()
_keeper = Keeper()


class ClusterJob(BaseModel):
    """One agency for a worker. `words` is the `ChildTask` of the child as a mapping, its files by their names in `inputs`.

    `night` is the name of agency and audit, `folder` that of the agency's runs, `session` the driver's own: by it a job is asked
    to end. `seconds` is the agency's budget. `seed` are small files of the driver's OUT by their names below it, packed: what is
    to be known of earlier nights. `version` is the driver's `mark`, `storage_mark` what its storage is known by. `shared` is what
    the job has in common with many others, None where they are too few to load it for all.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    night: str
    folder: str
    session: str
    storage: str
    storage_mark: str
    version: str
    seconds: float
    words: dict[str, Any]
    inputs: tuple[str, ...] = ()
    seed: dict[str, str] = Field(default_factory=dict)
    shared: Shared | None = None


class Answer(BaseModel):
    """What a job tells the driver.

    `manifest` is what came of the agency. Without one it came to nothing: `refused` says why this worker cannot do the driver's
    jobs (its `version` is another one, it does not see the `storage`, its own disk has no `space`; `found` tells which),
    otherwise the child crashed (`status`), its time was over (`overdue`), or a person `stopped` it before there was anything to
    tell. `log` is what the child said last.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    manifest: Manifest | None = None
    refused: Literal["", "version", "storage", "space"] = ""
    found: str = ""
    overdue: bool = False
    stopped: bool = False
    status: int | None = None
    log: str = ""


class Greeting(BaseModel):
    """What a worker says of itself before it is given work. `sees` tells whether it sees the driver's storage, else why not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    sees: bool
    why: str = ""


class UnwantedError(Exception):
    """Nobody wants the result of this job any more."""


@functools.cache
def mark() -> str:
    """What a driver and its workers must have in common: the tool's version, and the rule sets that ship with it."""
    digest = hashlib.sha256()
    root = data_folder("rules")
    for path in sorted(root.rglob("*.yaml")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return f"{__version__}+{digest.hexdigest()[:8]}"


def packed(data: bytes) -> str:
    """A small file as a word of a job."""
    return base64.b64encode(zlib.compress(data)).decode("ascii")


def unpacked(text: str) -> bytes:
    """What `packed` packed. Raises `ValueError` or `zlib.error` for anything else."""
    return zlib.decompressobj().decompress(base64.b64decode(text), _MOST_SEED)


def greet(storage: str, known_by: str) -> str:
    """A `Greeting` as JSON: the worker's version, and whether it sees the storage that is known by this mark."""
    try:
        sees, why = _sees(open_storage(storage), known_by), ""
    except ItaRulesError as error:
        sees, why = False, str(error)
    return Greeting(version=mark(), sees=sees, why=why).model_dump_json()


def stop(session: str) -> None:
    """Ask all jobs of a driver on this worker to make their reports of what there is."""
    _stopped.add(session)


def work(words: str) -> str:
    """Do a `ClusterJob` (as JSON) and tell an `Answer` (as JSON).

    Raises `UnwantedError`, and `RuntimeError` where the storage or this machine fail: then another worker may do the job.
    """
    try:
        job = ClusterJob.model_validate_json(words)
    except ValidationError:
        return Answer(refused="version", found=mark()).model_dump_json()
    if job.version != mark():
        return Answer(refused="version", found=mark()).model_dump_json()
    try:
        return _answer(job).model_dump_json()
    except ItaRulesError as error:
        # Ours do not survive the way between processes.
        raise RuntimeError(str(error)) from error


def _answer(job: ClusterJob) -> Answer:
    storage = open_storage(job.storage)
    if not _sees(storage, job.storage_mark):
        # A mount that is missing looks like an empty folder; a night laid there would be lost.
        return Answer(refused="storage", found=job.storage)
    found = nights.find(storage, job.folder, job.night)
    if found is not None:
        return Answer(manifest=found)
    with _scratch() as folder:
        try:
            demand(folder)
            return _Work(job, storage, folder).done()
        except (ItaRulesError, OSError, sqlite3.Error) as error:
            if not is_full(error) or _has_room(folder):
                raise
            # Another worker may have room; where it is the storage that has none, none of them would do.
            return Answer(refused="space", found=str(folder.parent))


@dataclass(slots=True)
class _Work:
    job: ClusterJob
    storage: Storage
    folder: Path
    ended: tuple[bool, int | None] | None = None

    @property
    def base(self) -> Path:
        """What the child takes for OUT."""
        return self.folder / "runs"

    @property
    def log(self) -> Path:
        return self.folder / "log.txt"

    def done(self) -> Answer:
        if self.job.shared is None or not CAN_FORK:
            return self._done(None)
        with _keeper.lent(self.job.shared, self.job.version, self.storage, _own_folder()) as lent:
            return self._done(lent)

    def _done(self, lent: Lent | None) -> Answer:
        self._prepare()
        audit = Audit(self.folder / "audit")
        key = str(self.job.words["key"])
        task = Task(key, key, json.dumps(self._words(lent), ensure_ascii=False).encode())
        pool = Pool(
            [task],
            1,
            self.job.seconds,
            lambda _: spawn(CHILD, self.log) if lent is None else lent.start(self.log),
            lambda _: audit.result(key),
            self._lost,
            tick=lambda: self._tick(pool),
        )
        pool.run()
        result = audit.result(key)
        if result is not None and result.outcome == "interrupted" and self.job.session not in _stopped:
            demand(self.folder)
        if self.ended is not None or result is None:
            overdue, status = self.ended or (False, None)
            return Answer(overdue=overdue, stopped=self.ended is None, status=status, log=self._said())
        return Answer(manifest=self._published(result), log=self._said() if result.outcome == "failed" else "")

    def _prepare(self) -> None:
        self.base.mkdir(parents=True)
        for sha256 in self.job.inputs:
            inputs.unpack(self.storage, sha256, self.folder / "inputs")
        bodies.name_origin(self.base / bodies.BLOBS, self.job.storage, self._earlier())
        for name, packed in self.job.seed.items():
            path = self.base / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(unpacked(packed))

    def _earlier(self) -> frozenset[str]:
        """Fetch the newest run of the agency, and where that did not reach its site the newest that did; of the one before it the
        report alone, which tells whether a change is seen twice. The bodies that they name."""
        known: set[str] = set()
        reached = False
        for manifest in islice(nights.nights(self.storage, self.job.folder), _LOOK_BACK):
            answered = any(one.get("answered") for one in manifest.result.get("hosts", ()))
            try:
                if reached:
                    nights.fetch(self.storage, manifest, self.base, {REPORT})
                    break
                run = nights.fetch(self.storage, manifest, self.base) if answered or not known else None
                if run is not None:
                    with reading(run / FILE_NAME) as db:
                        found = db.execute("SELECT DISTINCT sha256 FROM exchange WHERE sha256 IS NOT NULL")
                        known.update(str(sha) for (sha,) in found)
                    reached = answered
            except (RunError, sqlite3.Error) as error:
                logger.warning("the run of %s is of no use: %s", manifest.name, error)
        return frozenset(known)

    def _words(self, lent: Lent | None) -> dict[str, Any]:
        """What the child is told, with its files and folders on this machine. One that is forked is told of the rules where they
        were loaded from: by that folder it knows them."""
        here = self.folder / "inputs"
        words = {
            **self.job.words,
            "audit": str(self.folder / "audit"),
            "base": str(self.base),
            "config": str(here / "config.yaml"),
        }
        for name in ("rules", "exceptions", "scores"):
            if words.get(name) is not None:
                words[name] = str(here / str(words[name]))
        if lent is not None and lent.rules is not None:
            words["rules"] = str(lent.rules)
        return words

    def _tick(self, pool: Pool) -> None:
        if _is_unwanted():
            raise UnwantedError(self.job.night)
        if self.job.session in _stopped:
            pool.stop()

    def _lost(self, task: Task, overdue: bool, status: int | None) -> Result:
        self.ended = (overdue, status)
        # The pool wants a result; the driver makes the one that counts, in its reader's language.
        return Result(key=task.key, name="", type="", url="", outcome="failed", code=1)

    def _said(self) -> str:
        try:
            return self.log.read_bytes()[-_LOG_BYTES:].decode("utf-8", "replace")
        except OSError:
            return ""

    def _published(self, result: Result) -> Manifest:
        """Bodies, run, manifest: in this order, so that what counts is whole."""
        run = self.base / result.folder if result.folder else None
        folder = f"{self.job.folder}/{run.name}" if run is not None else None
        manifest = Manifest(
            name=self.job.night,
            agency=self.job.folder,
            folder=folder,
            result=result.model_dump(mode="json"),
            code=str(self.job.words["agency"].get("code", "")),
            tool=__version__,
        )
        if run is not None:
            bodies.upload(self.storage, self.base / bodies.BLOBS)
        # What a person stopped is done again by the audit that goes on: it must not count as done.
        return nights.publish(self.storage, manifest, run, keep=result.outcome != "interrupted")


def _sees(storage: Storage, known_by: str) -> bool:
    return storage.read(MARK) == known_by.encode()


def _has_room(folder: Path) -> bool:
    try:
        demand(folder)
    except OutputError:
        return False
    return True


def _is_unwanted() -> bool:
    """Whether the scheduler has taken this job back, because its driver is gone or has given it up; or is gone itself."""
    try:
        from distributed import get_worker

        worker = get_worker()
        if worker.status.name in ("stopping", "closing", "closed", "failed"):
            return True
        state = worker.state.tasks.get(worker.get_current_task())
    except (ImportError, ValueError):
        return False
    return state is None or state.state in ("cancelled", "released", "forgotten")


def _own_folder() -> str | None:
    """The worker's own folder, which goes with it; None where there is no worker."""
    with contextlib.suppress(ImportError, ValueError):
        from distributed import get_worker

        return str(get_worker().local_directory)
    return None


@contextlib.contextmanager
def _scratch() -> Iterator[Path]:
    """A folder for one job."""
    folder = Path(tempfile.mkdtemp(prefix="ita-rules-", dir=_own_folder()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
