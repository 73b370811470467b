"""Faults of servers that lasted: one bad night is nobody's gap, the same fault on two different days is (CONTRACT)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ita_rules.history.entry import Entry

_FAULTS = frozenset({"http_5xx", "http_4xx", "timeout", "dns", "refused", "reset", "tls", "redirect_loop"})
_OF_THE_PAGE = frozenset({"http_404", "http_410"})
_NUMBERED = re.compile(r"http_[45]\d\d")
_FEWEST_DAYS = 2


@dataclass(frozen=True, slots=True)
class Outage:
    """An address that failed on every look from `days[0]` to `days[-1]` (Thai days, each once, in order); `cause` is the last."""

    url: str
    cause: str
    days: tuple[dt.date, ...]


def is_fault(cause: str | None) -> bool:
    """Whether a cause is a server's fault, which one run alone leaves undecided."""
    return cause is not None and cause not in _OF_THE_PAGE and (cause in _FAULTS or bool(_NUMBERED.fullmatch(cause)))


def outages(runs: Iterable[Entry], *, not_counted: Iterable[dt.date] = ()) -> Mapping[str, Outage]:
    """The addresses of one agency that are failing on two or more different days without an answer in between, by address.

    `runs` in any order; the newest look at an address has to be a fault too. A look that says nothing of the server (a budget, a
    wall against robots) neither counts nor breaks the row. `not_counted` are days on which the fault lay with us, our own line
    down: what failed on them is no fault of the agency's.
    """
    ours = frozenset(not_counted)
    rows: dict[str, list[tuple[dt.date, str]]] = {}
    for run in sorted(runs, key=lambda entry: entry.time):
        for url, causes in _causes(run).items():
            if any(cause is None for cause in causes):
                rows.pop(url, None)
                continue
            fault = next((cause for cause in causes if is_fault(cause)), None)
            if fault is not None and run.day not in ours:
                rows.setdefault(url, []).append((run.day, fault))
            elif fault is None and any(cause in _OF_THE_PAGE or cause == "soft_404" for cause in causes):
                # The server is there and says that the page is not: another finding, and the end of the outage.
                rows.pop(url, None)
    found = {}
    for url, row in rows.items():
        days = tuple(sorted({day for day, _ in row}))
        if len(days) >= _FEWEST_DAYS:
            found[url] = Outage(url, row[-1][1], days)
    return found


def _causes(run: Entry) -> dict[str, set[str | None]]:
    """What came of each address in a run; the same address may serve several items."""
    found: dict[str, set[str | None]] = {}
    for item in run.items:
        for source in item.sources:
            found.setdefault(source.url, set()).add(source.cause)
    return found
