"""What a person had better decide first: doubt times worth.

*Doubt* (0-1) says how likely a verdict is another one once somebody looks. Of a check it is what the judge was not sure of
(1 - confidence), and at least `UNVERIFIED` for a gap by a condition that nobody compared with the handbook, `NEAR` for a
gap beside a label that nearly is what was asked, `THIN` or `UNVERIFIED` for a narrow pass; 1 for what is undecided. An item
is a gap as soon as one check is one, so its doubt is that of its surest gap; it passes only when all do, so a pass has the
doubt of its most doubtful check. *Worth* is the item's points of the OIT score. Their product orders the queue: what is
undecided and weighs much comes first, a sure gap of little worth last. Ties are in the order of the runs and of the form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ita_rules.model import CheckResult, ItemResult, Report, Severity, Status

UNDECIDED = 1.0
NEAR = 0.5
THIN = 0.5
UNVERIFIED = 0.3
_THIN = frozenset({"ocr", "low_trust"})
_LEAST_WORTH = 0.01
"""Points that an item counts where the grid gives it none, so that files checked on their own are ordered by doubt."""


@dataclass(frozen=True, slots=True)
class Queued:
    """An item to decide: of which report (its place in the list given), how doubtful (0-1), and doubt times worth."""

    place: int
    item: ItemResult
    doubt: float
    weight: float


def of_check(check: CheckResult) -> float:
    """The doubt of a check (0-1); 0 for what is not due or does not apply."""
    if check.status is Status.UNDECIDED:
        return UNDECIDED
    unsure = 1 - check.confidence
    if check.status is Status.GAP:
        return max(unsure, NEAR if check.near else 0.0, 0.0 if check.verified else UNVERIFIED)
    if check.status is Status.PASS:
        floor = THIN if _THIN & set(check.narrow) else UNVERIFIED if check.narrow else 0.0
        return max(unsure, floor)
    return 0.0


def of_item(item: ItemResult) -> float:
    """The doubt of an item's verdict (0-1), from the checks that decide it."""
    if item.status is Status.UNDECIDED:
        return UNDECIDED
    found = [of_check(c) for c in deciding(item)]
    if not found:
        return 0.0
    return min(found) if item.status is Status.GAP else max(found)


def deciding(item: ItemResult) -> tuple[CheckResult, ...]:
    """The criteria that make an item's status what it is: its gaps, else what is undecided, else its passes."""
    return tuple(c for c in item.checks if c.severity is Severity.CRITERION and c.status is item.status)


def queue(reports: Sequence[Report]) -> tuple[Queued, ...]:
    """The items that a person has to decide, first what is most doubtful and weighs most.

    Every gap and everything undecided, and what passes narrowly; an item that a person has decided already is left out,
    unless that decision was to look again, or was made when the verdict was another one.
    """
    found = [
        Queued(place, item, doubt, doubt * max(item.worth, _LEAST_WORTH))
        for place, report in enumerate(reports)
        for item in report.items
        if _is_open(item)
        for doubt in (of_item(item),)
    ]
    return tuple(sorted(found, key=lambda q: -q.weight))


def _is_open(item: ItemResult) -> bool:
    decided = item.decision
    if decided is not None and decided.decision != "more" and decided.on is item.status:
        return False
    narrow = item.status is Status.PASS and any(c.narrow for c in deciding(item))
    return narrow or item.status in (Status.GAP, Status.UNDECIDED)
