"""What may go from a store, shown first and deleted then, in an order that a kill at any moment does not spoil.

A run is moved into `runs.GONE` in one stroke, forgotten by the index, and deleted from there; bodies go last, when no run refers
to them. What a kill leaves in between is finished by the next call.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ita_rules.errors import OutputError, RunError
from ita_rules.history.holdings import Body, Held, bodies, holdings, references, size_of
from ita_rules.history.index import Index
from ita_rules.history.keeping import Reason, kept
from ita_rules.history.lock import collecting, is_being_written
from ita_rules.history.runs import GONE, refresh
from ita_rules.run.store import FILE_NAME

SPARED_SECONDS = 86_400.0
"""Bodies younger than this stay: another machine may be writing the run that refers to them."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would go. `runs` with their agency's folder; `why` says of every other run why it is kept; `loose` are the bodies that
    no remaining run refers to; `left_over` the bytes that a call which was killed left. `blocked` is why no bodies can be
    collected at all; None where they can.
    """

    runs: tuple[tuple[str, Held], ...]
    why: Mapping[str, Reason | None]
    loose: tuple[Body, ...]
    left_over: int
    blocked: RunError | OutputError | None = None

    @property
    def bytes(self) -> int:
        """What deleting all of it gives back."""
        return self.left_over + sum(h.run + h.reports for _, h in self.runs) + sum(b.blob + b.texts for b in self.loose)


@dataclass(frozen=True, slots=True)
class Swept:
    """What went: runs and bodies by number, bytes in all; `spared` are runs that turned out to be written to. `blocked` as in
    `Plan`."""

    runs: int
    bodies: int
    bytes: int
    spared: int
    blocked: RunError | OutputError | None = None


def plan(base: Path, today: dt.date, nights: int, weeks: int, now: float | None = None) -> Plan:
    """What pruning the store would delete; the index is brought up to the folders for that, and nothing else is changed.

    `now` is the time in POSIX seconds, by which bodies are young. Raises what `Index` raises.
    """
    with Index(base) as index:
        refresh(base, index)
        found = holdings(base, index)
    why: dict[str, Reason | None] = {}
    for runs in found.values():
        why.update(kept([held.standing for held in runs], today, nights, weeks))
    going = tuple((place, held) for place, runs in found.items() for held in runs if why[held.standing.folder] is None)
    paths = {held.path for _, held in going}
    stay = [held.path for runs in found.values() for held in runs if held.path not in paths]
    left_over = size_of(base / GONE)
    try:
        used = _used(references(stay, {}))
    except RunError as error:
        return Plan(going, why, (), left_over, error)
    return Plan(going, why, tuple(_loose(bodies(base), used, now).values()), left_over)


def sweep(base: Path, planned: Plan, now: float | None = None) -> Swept:
    """Delete what `planned` names, runs first; bodies only where nobody writes to the store, judged anew at that moment.

    Raises `OutputError` where a run cannot be moved or the index cannot be written, and what `Index` raises.
    """
    _empty(base / GONE)
    gone = spared = 0
    freed = planned.left_over
    with Index(base) as index:
        for _, held in planned.runs:
            if is_being_written(held.path / FILE_NAME):
                spared += 1
                continue
            moved = _move(base, held.path)
            index.drop(held.standing.folder)
            _empty(base / GONE)
            if not moved:
                continue
            gone += 1
            freed += held.run + held.reports
        index.tidy()
        # Reading what the runs refer to is the long part: done before the store is taken, and made up for what came since.
        try:
            before = references(_all_runs(base, index), {})
            with collecting(base):
                used = _used(references(_all_runs(base, index), before))
                count, size = _delete(_loose(bodies(base), used, now))
        except (RunError, OutputError) as error:
            return Swept(gone, 0, freed, spared, error)
    return Swept(gone, count, freed + size, spared)


def _all_runs(base: Path, index: Index) -> list[Path]:
    return [held.path for runs in holdings(base, index).values() for held in runs]


def _used(found: Mapping[Path, tuple[str, frozenset[str]]]) -> set[str]:
    return {sha for _, shas in found.values() for sha in shas}


def _loose(found: Mapping[str, Body], used: set[str], now: float | None) -> dict[str, Body]:
    oldest = (time.time() if now is None else now) - SPARED_SECONDS
    return {sha: body for sha, body in found.items() if sha not in used and body.changed < oldest}


def _delete(loose: Mapping[str, Body]) -> tuple[int, int]:
    count = size = 0
    for body in loose.values():
        with contextlib.suppress(OSError):
            # The texts first: a body without its text is read again, a text without its body is of no use.
            for file in sorted(body.files, key=lambda path: "." not in path.name):
                file.unlink(missing_ok=True)
            count += 1
            size += body.blob + body.texts
    return count, size


def _move(base: Path, folder: Path) -> bool:
    """Take a run out of the store in one stroke; False where somebody else has done so."""
    target = base / GONE / uuid.uuid4().hex
    try:
        target.parent.mkdir(exist_ok=True)
        os.replace(folder, target)
    except OSError as error:
        if not folder.exists():
            return False
        raise OutputError("not_writable", path=str(folder), reason=str(error)) from error
    return True


def _empty(folder: Path) -> None:
    """Delete what was moved here. What cannot be deleted now is tried by the next call."""
    shutil.rmtree(folder, ignore_errors=True)
