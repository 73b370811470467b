"""The calendar of a fiscal year's form: what is due when, from the rule set alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from ita_rules.assemble import due_day
from ita_rules.model import AgencyType
from ita_rules.rulesets.types import Item, RuleSet, Step

Why = Literal["calendar", "first_half", "closing"]
"""What makes the day: the rule set's own list, the end of the fiscal year's first half, the closing of the form."""


@dataclass(frozen=True, slots=True)
class DueItem:
    """An item and the day by which its data has to be there; `days_left` is below 0 once it has passed.

    `verified` tells whether everything that makes the day was compared with a source.
    """

    item: str
    name: str
    day: dt.date
    days_left: int
    why: Why
    verified: bool


@dataclass(frozen=True, slots=True)
class DueStep:
    """A step of the year: its days where they are known, days left to its opening or, once open, to its closing (0 and more)."""

    name: str
    opens: dt.date | None
    closes: dt.date | None
    state: Literal["ahead", "open", "over"]
    days_left: int | None
    answers: bool
    verified: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """A year's days as seen from `as_of`: the window of the rule set, its steps, and the items by their days.

    `closes` is the day on which the form closes, None where the rule set does not know it; items that have no day of their own
    are due then, and stand in `undated` where it is not known.
    """

    ruleset: str
    fiscal_year: int
    as_of: dt.date
    opens: dt.date
    ends: dt.date
    closes: dt.date | None
    closes_verified: bool
    steps: tuple[DueStep, ...]
    items: tuple[DueItem, ...]
    undated: tuple[str, ...]

    @property
    def days_left(self) -> int | None:
        """Days until the form closes; below 0 once it has."""
        return (self.closes - self.as_of).days if self.closes is not None else None

    def next_due(self, most: int) -> tuple[DueItem, ...]:
        """The items due next that have a day before the form closes, and have not passed it."""
        ahead = (one for one in self.items if one.days_left >= 0 and one.why != "closing")
        return tuple(ahead)[:most]


def calendar(ruleset: RuleSet, as_of: dt.date, lang: str, agency_type: AgencyType = AgencyType.OTHER) -> Calendar:
    """The calendar of a rule set for a type of agency; names in `lang`. Items by their day, then in the form's order."""
    step = ruleset.answering(agency_type)
    closes = step.closes if step is not None else None
    items, undated = [], []
    for item in ruleset.items:
        own = due_day(item, ruleset)
        day = own or closes
        if day is None:
            undated.append(item.id)
            continue
        why: Why = "closing" if own is None else "calendar" if item.id in ruleset.due else "first_half"
        verified = step.verified if why == "closing" and step is not None else why == "first_half" and _half_is_verified(item)
        items.append(DueItem(item.id, item.name.say(lang), day, (day - as_of).days, why, verified))
    order = {item.id: place for place, item in enumerate(ruleset.items)}
    return Calendar(
        ruleset=ruleset.id,
        fiscal_year=ruleset.fiscal_year,
        as_of=as_of,
        opens=ruleset.window.opens,
        ends=ruleset.window.closes,
        closes=closes,
        closes_verified=step is not None and step.verified,
        steps=tuple(
            _seen(one, as_of, lang) for one in ruleset.calendar if one.when is None or agency_type in one.when.agency_type
        ),
        items=tuple(sorted(items, key=lambda one: (one.day, order[one.item]))),
        undated=tuple(undated),
    )


def _seen(step: Step, as_of: dt.date, lang: str) -> DueStep:
    # A step with one day known is open on that day only as far as we know.
    first, last = step.opens or step.closes, step.closes or step.opens
    if last is None or first is None:
        state: Literal["ahead", "open", "over"] = "ahead"
        left = None
    elif as_of > last:
        state, left = "over", None
    elif step.opens is not None and as_of < first:
        state, left = "ahead", (first - as_of).days
    else:
        state, left = "open", (last - as_of).days
    return DueStep(step.name.say(lang), step.opens, step.closes, state, left, step.answers, step.verified)


def _half_is_verified(item: Item) -> bool:
    """Whether the conditions by which an item is due with the first half were all compared with a source."""
    halves = [check for check in item.checks if check.kind == "coverage" or check.options.get("covers") == "first_half"]
    return item.verified and all(check.verified for check in halves)
