"""What to mend first: the points that an item gives back, against the effort of mending it.

An item is 100 or 0, so its points come only when all its gaps are mended; in a small sub-indicator they weigh up to ten times
as much as in a large one (`ita_rules.scoring.worth`). Effort is a scale of three: 1 a setting or a link on the site, 2 an edit
of a document that exists, 3 material that has to be made or gathered, or a signature. An item's effort is the sum of its gaps'.
"""

from __future__ import annotations

from collections.abc import Iterable

from ita_rules.checks.interface import Observation
from ita_rules.model import CheckResult, FixPlan, ItemResult, Severity, Status
from ita_rules.scoring import WEIGHT_OIT, rounded

EFFORT = {
    "reachable": 1,
    "linked": 1,
    "permission": 1,
    "machine_readable": 1,
    "component": 2,
    "named": 2,
    "personal_data": 2,
    "catalog": 2,
    "consistent": 2,
    "answered": 3,
    "absent": 3,
    "period": 3,
    "coverage": 3,
    "count": 3,
    "two_way": 3,
    "signed": 3,
}
"""Effort of mending a gap by the kind of its check."""

EFFORT_OF_FIX = {"check.answered.fix_hint": 1, "check.answered.fix_replace": 1, "check.period.fix_mixed": 2}
"""Effort of fixes that differ from their kind's: the evidence is there, and only its address or its cover has to be mended."""

_UNKNOWN = 2


def effort(seen: Observation) -> int:
    """The effort (1-3) of mending what an observation found missing."""
    by_fix = EFFORT_OF_FIX.get(seen.fix[0]) if seen.fix is not None else None
    return by_fix or EFFORT.get(seen.check.kind, _UNKNOWN)


def plan(items: Iterable[ItemResult]) -> tuple[FixPlan, ...]:
    """The items to mend: most points per effort first, then most points, then the form's order.

    Gaps that an exception waives are left out, and an item of which every gap is waived.
    """
    made = [_plan(item, gaps) for item in items if (gaps := _gaps(item))]
    return tuple(sorted(made, key=lambda p: (-p.points / p.effort, -p.points)))


def _gaps(item: ItemResult) -> list[CheckResult]:
    gaps = [c for c in item.checks if c.severity is Severity.CRITERION and c.status is Status.GAP]
    return [c for c in gaps if c.waived is None]


def _plan(item: ItemResult, gaps: list[CheckResult]) -> FixPlan:
    return FixPlan(
        item=item.id,
        checks=tuple(c.id for c in gaps),
        fixes=tuple(dict.fromkeys(c.fix for c in gaps if c.fix)),
        points=rounded(item.worth),
        total_points=rounded(item.worth * float(WEIGHT_OIT)),
        effort=sum(c.effort or _UNKNOWN for c in gaps),
    )
