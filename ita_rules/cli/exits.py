"""Exit statuses: what the command line says to scripts."""

from __future__ import annotations

from collections.abc import Iterable

from ita_rules.model import Report, Status
from ita_rules.run.types import RunData

PASSED = 0
TOOL_FAILED = 1
USAGE = 2
NO_PAGE = 3
UNDECIDED = 10
GAPS = 12

WORST_FIRST = (TOOL_FAILED, USAGE, GAPS, UNDECIDED, NO_PAGE, PASSED)
"""The order in which `audit` takes the worst of its agencies."""

INTERNAL_SHARE = 0.05
"""Share of the sources above which faults of ours make the whole run worthless."""

INTERRUPT = "interrupt"


def of_report(report: Report, run: RunData | None = None) -> int:
    """The exit status that a report calls for. With the run also "not one page could be had"."""
    if internal_share(report) > INTERNAL_SHARE:
        return TOOL_FAILED
    interrupted = report.run.stopped_by == INTERRUPT
    if run is not None and not interrupted and not any(e.cause is None for e in run.exchanges.values()):
        return NO_PAGE
    statuses = {item.status for item in report.items}
    if Status.GAP in statuses:
        return GAPS
    return UNDECIDED if Status.UNDECIDED in statuses or interrupted else PASSED


def internal_share(report: Report) -> float:
    """The share of sources on which we failed ourselves, 0-1."""
    causes = {s.url: s.cause for item in report.items for s in item.sources}
    return sum(cause == "internal_error" for cause in causes.values()) / len(causes) if causes else 0.0


def worst(codes: Iterable[int]) -> int:
    """The worst of several exit statuses."""
    found = set(codes)
    return next((code for code in WORST_FIRST if code in found), PASSED)
