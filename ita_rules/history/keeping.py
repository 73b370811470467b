"""Which runs of an agency are kept: every night of late, then one a week, then one a month; and those that show when a gap began
and when it was last there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ita_rules.history.entry import Entry
from ita_rules.model import Severity, Status

Reason = Literal["newest", "foreign", "unread", "night", "week", "month", "gap"]
"""Why a run is kept: the agency's newest (or its newest that reached the site); other files lie with it; what it says is not
known; its age; it shows the beginning or the end of a gap."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A run in the store. `day` is the Thai day on which it began; `order` sorts the runs of an agency, the newest last.

    `finished` tells that it was gathered to its end, `reached` that it saw the site. `entry` is what the history knows of it,
    None where it has no report. `foreign` tells that files lie with it which this program does not make anew.
    """

    folder: str
    day: dt.date
    order: tuple[str, ...]
    finished: bool
    reached: bool
    entry: Entry | None = None
    foreign: bool = False


def kept(runs: Iterable[Standing], today: dt.date, nights: int, weeks: int) -> Mapping[str, Reason | None]:
    """Why each run of one agency is kept, by its folder; None for those that may go.

    Runs of the last `nights` days are all kept; of those up to `weeks` days old the last of each week (Monday to Sunday), of
    older ones the last of each month. A run that a kill left unfinished goes once it is older than the nights.
    """
    rows = sorted(runs, key=lambda run: run.order)
    found: dict[str, Reason | None] = {run.folder: None for run in rows}
    whole = [run for run in rows if run.finished]
    for run in _last_of_each(whole, lambda run: run.day.strftime("%Y-%m")):
        found[run.folder] = "month"
    for run in _last_of_each(whole, lambda run: "{}-{}".format(*run.day.isocalendar()[:2])):
        if (today - run.day).days <= weeks:
            found[run.folder] = "week"
    for folder in _ends_of_gaps([run.entry for run in whole if run.entry is not None]):
        found[folder] = "gap"
    for run in rows:
        if (today - run.day).days <= nights:
            found[run.folder] = "night"
        if run.finished and run.entry is None:
            # Whether it shows a gap is not known, so that it stays.
            found[run.folder] = "unread"
        if run.foreign:
            found[run.folder] = "foreign"
    for chosen in (rows, whole, [run for run in whole if run.reached]):
        if chosen:
            found[chosen[-1].folder] = "newest"
    return found


def _last_of_each(runs: Sequence[Standing], period: Callable[[Standing], str]) -> list[Standing]:
    return list({period(run): run for run in runs}.values())


def _ends_of_gaps(runs: Sequence[Entry]) -> set[str]:
    """The runs that were the first or the last to show a gap of a criterion, for every time that it was there.

    An undecided night between two nights of a gap does not end it: nobody saw that it was mended.
    """
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    found: set[str] = set()
    for run in runs:
        for key, check in run.checks().items():
            if check.status is Status.GAP and check.severity is Severity.CRITERION:
                first.setdefault(key, run.folder)
                last[key] = run.folder
            elif check.status is not Status.UNDECIDED and key in first:
                found |= {first.pop(key), last.pop(key)}
    return found | set(first.values()) | set(last.values())
