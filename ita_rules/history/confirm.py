"""A change counts when it was seen twice, hours apart; until then it is to be confirmed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ita_rules.history.differences import Change, Difference
from ita_rules.history.entry import Entry, moment
from ita_rules.model import Status

HOURS = 6.0
"""Hours that have to lie between two looks."""


def confirmed(difference: Difference, runs: Iterable[Entry], hours: float = HOURS) -> Difference:
    """The same difference, with each change confirmed that another run of the agency shows as well.

    A change of `runs` (the agency's, in any order) is confirmed by a run `hours` or more away from the newer of the two that
    shows the same state, with no run in between that shows another, and not at or before the older one. A gap that is still open
    was seen twice where the two runs themselves lie that far apart. What the rules changed needs no second look.
    """
    start, end = (moment(report.run.started) for report in (difference.before, difference.after))
    apart = dt.timedelta(hours=hours)
    rows = sorted((run for run in runs if start < run.time != end), key=lambda run: run.time)
    earlier, later = [run for run in rows if run.time < end][::-1], [run for run in rows if run.time > end]

    def seen(change: Change) -> Change:
        if change.kind == "still_open":
            return replace(change, confirmed=end - start >= apart)
        twice = any(_shows(change, side, end, apart) for side in (earlier, later))
        return replace(change, confirmed=twice)

    return replace(
        difference,
        changes=tuple(seen(change) for change in difference.changes),
        by_rules=tuple(replace(change, confirmed=True) for change in difference.by_rules),
    )


def _shows(change: Change, runs: Sequence[Entry], end: dt.datetime, apart: dt.timedelta) -> bool:
    """Whether the runs on one side of the newer run, nearest first, show the new state until one far enough away."""
    for run in runs:
        check = run.checks().get(change.id)
        state: Status | None = check.status if check else None
        if state is not change.after:
            return False
        if abs(run.time - end) >= apart:
            return True
    return False
