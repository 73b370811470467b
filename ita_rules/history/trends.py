"""How an agency stood on its last nights, in a few numbers for each: for pages of many agencies.

Only what was measured by one yardstick stands in a trend: the same rule set and version, and the same version of this program,
as on the newest night. A change of the rules would otherwise look like a change of the site. Nothing here reads a clock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from ita_rules.history.entry import Entry
from ita_rules.history.index import Index
from ita_rules.model import Status

MOST = 30
"""Nights that a trend looks back."""


@dataclass(frozen=True, slots=True)
class Night:
    """A night of an agency. `day` is its Thai day (ISO 8601), `low` and `high` the estimated OIT score (0-100), `gaps` and
    `undecided` how many items were that."""

    day: str
    low: float
    high: float
    gaps: int
    undecided: int


def trend(entries: Iterable[Entry], folder: str) -> tuple[Night, ...]:
    """The nights of one agency up to the run in `folder`, oldest first, `MOST` of them; its entries come in their order.

    Empty where the run in `folder` is not among them. A run of another address does not count: it was another site.
    """
    known = list(entries)
    place = next((n for n, entry in enumerate(known) if entry.folder == folder), None)
    if place is None:
        return ()
    last = known[place]
    ours = [entry for entry in known[: place + 1] if _yardstick(entry) == _yardstick(last)]
    return tuple(_night(entry) for entry in ours[-MOST:])


def trends(index: Index, folders: Iterable[str]) -> dict[str, tuple[Night, ...]]:
    """The trends of the runs in `folders` (relative to the store, with ``/``), by folder. Raises `RunError`."""
    return {folder: trend(index.lately(str(PurePosixPath(folder).parent), 2 * MOST), folder) for folder in folders}


def _yardstick(entry: Entry) -> tuple[str, ...]:
    return entry.url, entry.ruleset, entry.version, entry.tool


def _night(entry: Entry) -> Night:
    found = Counter(item.status for item in entry.items)
    return Night(entry.day.isoformat(), entry.low, entry.high, found[Status.GAP], found[Status.UNDECIDED])
