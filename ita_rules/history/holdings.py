"""What lies in a store and how large it is: runs, reports, and the bodies and texts that they share."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ita_rules.decisions import FILE_NAME as DECISIONS
from ita_rules.decisions import load_decisions
from ita_rules.errors import RunError
from ita_rules.history.entry import BANGKOK, moment
from ita_rules.history.index import Index
from ita_rules.history.keeping import Standing
from ita_rules.history.runs import relative, run_folders, stamp_of
from ita_rules.run.codec import unpack
from ita_rules.run.store import EARLIER_NAME, FILE_NAME, load_meta, reading
from ita_rules.run.types import Exchange, RunMeta

BLOBS = "blobs"
"""Folder of bodies in a store, shared by its runs."""
_TEXTS = "texts"
_OWN_FOLDER = re.compile(r"\d{8}-\d{6}(?:-\d+)?")
_RUN_FILES = frozenset(f"{name}{suffix}" for name in (FILE_NAME, EARLIER_NAME) for suffix in ("", "-wal", "-shm", "-journal"))
_MADE = re.compile(
    r"basis\.json|report\.(?:json|html|xlsx|docx|csv|jsonl|junit\.xml)|\.(?:[0-9a-f]{16}|[0-9a-f]{32})\.tmp|run\.warc\.gz"
)
_SHA = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Held:
    """A run in the store with its sizes in bytes: `run` what was gathered, `reports` everything else in its folder."""

    path: Path
    standing: Standing
    run: int
    reports: int


@dataclass(slots=True)
class Body:
    """A body in the store with the texts that were read from it; sizes in bytes, `changed` the newest time (POSIX seconds)."""

    files: list[Path] = field(default_factory=list)
    blob: int = 0
    texts: int = 0
    changed: float = 0.0


def holdings(base: Path, index: Index) -> dict[str, list[Held]]:
    """The runs of every agency below the store, by the agency's folder (``.`` where ``--out`` put one beside the agencies)."""
    found: dict[str, list[Held]] = {}
    for path in run_folders(base):
        name = relative(base, path)
        if name is not None:
            place = name.rpartition("/")[0] or "."
            found.setdefault(place, []).append(_held(path, name, index))
    return found


def bodies(base: Path) -> dict[str, Body]:
    """The bodies and texts of the store by SHA-256; other files that lie there are not looked at."""
    found: dict[str, Body] = {}
    root = base / BLOBS
    for place, is_text in ((root, False), (root / _TEXTS, True)):
        for entry in _entries(place):
            if len(entry.name) != 2 or not entry.is_dir(follow_symlinks=False):
                continue
            for file in _entries(Path(entry.path)):
                sha = entry.name + (file.name.partition(".")[0] if is_text else file.name)
                if not _SHA.fullmatch(sha):
                    continue
                try:
                    known = file.stat(follow_symlinks=False)
                except OSError:
                    continue
                body = found.setdefault(sha, Body())
                body.files.append(Path(file.path))
                body.changed = max(body.changed, known.st_mtime)
                if is_text:
                    body.texts += known.st_size
                else:
                    body.blob += known.st_size
    return found


def referred(folder: Path) -> frozenset[str]:
    """The SHA-256 of every body that the run in `folder` refers to, an earlier one that it is to replace included.

    Raises `RunError` (`run_broken`) where that cannot be told; then nothing may be collected.
    """
    found: set[str] = set()
    for name in (FILE_NAME, EARLIER_NAME):
        path = folder / name
        if not path.is_file():
            continue
        try:
            with reading(path) as db:
                found.update(sha for (sha,) in db.execute("SELECT sha256 FROM document"))
                for (data,) in db.execute("SELECT data FROM exchange"):
                    exchange = unpack(Exchange, data)
                    found.update(sha for sha in (exchange.sha256, exchange.plain_sha256, exchange.screenshot) if sha)
        except RunError as error:
            if error.message_id != "run_missing":
                raise
        except (sqlite3.Error, ValueError, TypeError, OSError) as error:
            raise RunError("run_broken", path=str(path), reason=str(error)) from error
    return frozenset(found)


def references(
    folders: Iterable[Path], known: Mapping[Path, tuple[str, frozenset[str]]]
) -> dict[Path, tuple[str, frozenset[str]]]:
    """What each run refers to, with a mark of the file that says so; a run whose mark is `known` is not read again.

    Raises `RunError` as `referred` does.
    """
    found: dict[Path, tuple[str, frozenset[str]]] = {}
    for folder in folders:
        mark = _mark(folder)
        was = known.get(folder)
        found[folder] = was if was is not None and was[0] == mark else (mark, referred(folder))
    return found


def size_of(folder: Path, wanted: Callable[[str], bool] = lambda name: True) -> int:
    """The bytes of the files in a folder and below whose name is `wanted`."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            if wanted(name):
                try:
                    total += os.lstat(os.path.join(place, name)).st_size
                except OSError:
                    continue
    return total


def _held(path: Path, name: str, index: Index) -> Held:
    meta: RunMeta | None
    try:
        meta = load_meta(path)
    except RunError:
        meta = None
    entry = index.entry(name) if stamp_of(path) else None
    started = meta.started if meta is not None else entry.started if entry is not None else ""
    standing = Standing(
        folder=name,
        day=moment(started).astimezone(BANGKOK).date(),
        order=(started, path.name[:15], path.name[16:].zfill(6)),
        finished=meta is None or bool(meta.finished),
        reached=meta is not None and "main" in meta.settings,
        entry=entry,
        foreign=not _OWN_FOLDER.fullmatch(path.name) or meta is None or _has_foreign(path),
    )
    return Held(path, standing, size_of(path, _RUN_FILES.__contains__), size_of(path, lambda file: file not in _RUN_FILES))


def _has_foreign(path: Path) -> bool:
    """Whether anything lies in a run's folder that this program did not make from it: decisions, evidence packages, notes.

    Decisions that were only carried here from an earlier run are made by us: the run on which they were made keeps them.
    """
    return any(
        entry.name not in _RUN_FILES and not _MADE.fullmatch(entry.name) and not (entry.name == DECISIONS and _is_carried(path))
        for entry in _entries(path)
    )


def _is_carried(path: Path) -> bool:
    try:
        return all(decided.carried for decided in load_decisions(path))
    except RunError:
        return False


def _mark(folder: Path) -> str:
    marks = []
    for name in sorted(_RUN_FILES):
        try:
            found = (folder / name).stat()
        except OSError:
            continue
        marks.append(f"{name}:{found.st_mtime_ns}:{found.st_size}")
    return " ".join(marks)


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            yield from list(found)
    except OSError:
        return
