"""Faults of servers that lasted: one bad night is nobody's gap, the same fault on two different days is (CONTRACT).

What is known comes from two places: the runs of an agency, and the log of looks at whether its evidence is up. Both are looks at
an address at a moment; together, in the order of time, they tell whether it answered in between.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ita_rules.acts import is_server_fault
from ita_rules.history.entry import BANGKOK, Entry
from ita_rules.run.keys import url_key
from ita_rules.run.types import Failing
from ita_rules.uptime import Look

_OF_THE_PAGE = frozenset({"http_404", "http_410", "soft_404"})
_SITE_DOWN = "site_down"
_FEWEST_DAYS = 2
_MOST_ADDRESSES = 500
_MOST_DAYS = 30


@dataclass(frozen=True, slots=True)
class Outage:
    """An address that failed on every look from `days[0]` to `days[-1]` (Thai days, each once, in order); `cause` is the last."""

    url: str
    cause: str
    days: tuple[dt.date, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """One look: `up` where it answered, at `fault` (with its cause), or `gone`: the server is there, and the page is not."""

    time: dt.datetime
    url: str
    what: Literal["up", "fault", "gone"]
    cause: str = ""

    @property
    def day(self) -> dt.date:
        return self.time.astimezone(BANGKOK).date()


def is_fault(cause: str | None) -> bool:
    """Whether a cause is a server's fault, which one run alone leaves undecided."""
    return is_server_fault(cause)


def outages(runs: Iterable[Entry], looks: Iterable[Look] = (), *, not_counted: Iterable[dt.date] = ()) -> Mapping[str, Outage]:
    """The addresses of one agency that are failing on two or more different days without an answer in between, by address.

    `runs` and `looks` in any order; the newest look at an address has to be a fault too. A look that says nothing of the server
    (a budget, a wall against robots) neither counts nor breaks the row; a day on which it answered once is no day of an outage.
    `not_counted` are days on which the fault lay with us, our own line down: what failed on them is no fault of the agency's. A
    run that reached nothing of the site counts for no address: that may have been us as well.
    """
    rows = _rows(runs, looks, frozenset(not_counted))
    return {url: Outage(url, list(row.values())[-1], tuple(row)) for url, row in sorted(rows.items()) if len(row) >= _FEWEST_DAYS}


def failing(runs: Iterable[Entry], looks: Iterable[Look] = (), *, not_counted: Iterable[dt.date] = ()) -> tuple[Failing, ...]:
    """The addresses that are failing by what was known before a run, for the run to keep: judging it needs no history then.

    As `outages`, with those too that failed on one day so far. At most 500 addresses, of each its last thirty days.
    """
    rows = _rows(runs, looks, frozenset(not_counted))
    found = [
        Failing(url, tuple((day.isoformat(), cause) for day, cause in list(row.items())[-_MOST_DAYS:]))
        for url, row in sorted(rows.items())
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.days), one.url))[:_MOST_ADDRESSES])


def _rows(runs: Iterable[Entry], looks: Iterable[Look], ours: frozenset[dt.date]) -> dict[str, dict[dt.date, str]]:
    """The days on which each address failed since it last answered, with the cause of each day; addresses as seen first."""
    seen = [*_of_runs(runs), *_of_looks(looks)]
    names: dict[str, str] = {}
    rows: dict[str, dict[dt.date, str]] = {}
    answered: dict[str, set[dt.date]] = defaultdict(set)
    for one in sorted(seen, key=lambda each: each.time):
        key = url_key(one.url) or one.url
        names.setdefault(key, one.url)
        if one.what == "fault":
            if one.day not in ours and one.day not in answered[key]:
                rows.setdefault(key, {})[one.day] = one.cause
            continue
        rows.pop(key, None)
        if one.what == "up":
            answered[key].add(one.day)
    return {names[key]: dict(sorted(row.items())) for key, row in rows.items()}


def _of_runs(runs: Iterable[Entry]) -> Iterator[_Seen]:
    """The looks of runs. The same address may serve several items: where it answered for one of them, it was up."""
    for run in runs:
        if any(check.cause == _SITE_DOWN for item in run.items for check in item.checks):
            continue
        found: dict[str, set[str | None]] = {}
        for item in run.items:
            for source in item.sources:
                found.setdefault(source.url, set()).add(source.cause)
        for url, causes in found.items():
            fault = next((cause for cause in sorted(filter(None, causes)) if is_fault(cause)), None)
            if None in causes:
                yield _Seen(run.time, url, "up")
            elif fault is not None:
                yield _Seen(run.time, url, "fault", fault)
            elif causes & _OF_THE_PAGE:
                yield _Seen(run.time, url, "gone")


def _of_looks(looks: Iterable[Look]) -> Iterator[_Seen]:
    for look in looks:
        if look.up or look.up is False:
            what: Literal["up", "fault", "gone"] = "up" if look.up else "fault" if look.server_fault else "gone"
            yield _Seen(look.at, look.url, what, look.cause or "")
