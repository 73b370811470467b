"""The folders of runs below a store, and how they come into its index.

``check`` and ``audit`` lay a run into ``BASE/AGENCY/TIME``; ``--out`` may put one into ``BASE/FOLDER``. A run of files from disk
is no night of an agency and stays out.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ita_rules.errors import RunError
from ita_rules.history.entry import entry_of
from ita_rules.history.index import FILE_NAME as INDEX
from ita_rules.history.index import Index
from ita_rules.run.store import FILE_NAME, load_meta
from ita_rules.saved import NAME, load_report

logger = logging.getLogger(__name__)

GONE = ".gone"
"""Folder of the store into which a run is moved before it is deleted, so that no half of one is ever taken for a run."""
_NOT_AGENCIES = frozenset({"blobs", "uptime", "audits", GONE})


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of looking through a store: runs entered, as they were already, forgotten since their folder is gone, and the
    folders that hold a run without a report that could be read."""

    entered: int
    known: int
    dropped: int
    left_out: tuple[str, ...] = ()


def run_folders(base: Path) -> Iterator[Path]:
    """The folders below `base` that hold a run or a report, in the order of their names."""
    for place in _folders(base):
        if place.name in _NOT_AGENCIES:
            continue
        if _holds(place):
            yield place
        yield from (folder for folder in _folders(place) if _holds(folder))


def enter(base: Path, folder: Path, *, code: str = "", depth: str = "") -> bool:
    """Remember the run in `folder`, whose reports are written, in the index of the store `base`; doing it twice does no harm.

    `code` is the agency's own, `depth` how deep the audit looked (``light``, ``full``). False where there is nothing to
    remember: the folder does not lie below the store, or the run is one of files. Raises `RunError`: there is no report.json, or
    it or the index cannot be read; `OutputError`: the index cannot be written.
    """
    name = relative(base, folder)
    if name is None:
        return False
    with Index(base) as index:
        return _enter(index, folder, name, code, depth)


def refresh(base: Path, index: Index, told: Callable[[int], None] | None = None, *, anew: bool = False) -> Entered:
    """Bring the index up to the folders: what is new or was judged again is entered, what is gone is forgotten.

    `anew` enters every run again. `told` hears the number of runs looked at. A run that cannot be read is left out and named.
    Raises `RunError` and `OutputError` as `Index` does.
    """
    stamps = index.stamps()
    seen: set[str] = set()
    counts = {"entered": 0, "known": 0}
    left: list[str] = []
    for number, folder in enumerate(run_folders(base), start=1):
        if told is not None:
            told(number)
        name = relative(base, folder) or folder.name
        seen.add(name)
        if not anew and name in stamps and stamps[name] == stamp_of(folder):
            counts["known"] += 1
        else:
            try:
                was = index.entry(name)
                kept = (was.code, was.depth) if was else ("", "")
                counts["entered"] += _enter(index, folder, name, *kept)
            except RunError as error:
                if error.message_id.startswith("history_"):
                    raise
                index.drop(name)
                if _is_going_on(folder):
                    continue
                logger.info("%s is left out of the history: %s", folder, error)
                left.append(name)
    gone = [name for name in stamps if name not in seen]
    for name in gone:
        index.drop(name)
    return Entered(counts["entered"], counts["known"], len(gone), tuple(left))


def rebuild(base: Path, told: Callable[[int], None] | None = None) -> Entered:
    """Make the index anew from the folders; audits may go on meanwhile, and a kill leaves an index that can be used.

    A file that is no index is put aside. Raises `OutputError` where nothing can be written.
    """
    try:
        return _rebuilt(base, told)
    except RunError:
        # It opened, and is broken further in.
        logger.info("the index that could not be read lies in %s", Index.aside(base))
        return _rebuilt(base, told)


def relative(base: Path, folder: Path) -> str | None:
    """The folder of a run relative to its store, with ``/``; None where it does not lie in one or two folders below."""
    try:
        parts = folder.resolve().relative_to(base.resolve()).parts
    except (OSError, ValueError):
        return None
    return "/".join(parts) if 1 <= len(parts) <= 2 else None


def store_of(folder: Path) -> Path | None:
    """The store in which a run's folder lies: the nearest of the two folders above it that has an index."""
    above = folder.resolve().parents
    return next((base for base in above[:2] if (base / INDEX).is_file()), None)


def stamp_of(folder: Path) -> str:
    """By what a report is known to be the one that was entered: its time and size; ``""`` where there is none."""
    try:
        found = (folder / NAME).stat()
    except OSError:
        return ""
    return f"{found.st_mtime_ns}:{found.st_size}"


def _rebuilt(base: Path, told: Callable[[int], None] | None) -> Entered:
    with Index.anew(base) as index:
        found = refresh(base, index, told, anew=True)
        index.tidy()
        return found


def _enter(index: Index, folder: Path, name: str, code: str, depth: str) -> bool:
    stamp = stamp_of(folder)
    report = load_report(folder)
    if not report.agency.url:
        index.drop(name)
        return False
    index.enter(entry_of(report, name, code=code, depth=depth), stamp)
    return True


def _is_going_on(folder: Path) -> bool:
    """Whether the run in a folder has not come to its end: nothing is wrong with one that has no report yet."""
    try:
        return not load_meta(folder).finished
    except RunError:
        return False


def _folders(base: Path) -> list[Path]:
    try:
        return sorted(path for path in base.iterdir() if path.is_dir() and not path.is_symlink())
    except OSError:
        return []


def _holds(folder: Path) -> bool:
    return (folder / FILE_NAME).is_file() or (folder / NAME).is_file()
