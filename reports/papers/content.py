"""What the papers say, arranged from a report: what is to be mended by whom, by when, and what nobody could tell.

Nothing is judged here. A gap that an exception waives is told apart and asks nothing of anybody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ita_rules.measures import Measure, Measures
from ita_rules.messages import Catalogue, clean
from ita_rules.model import CheckResult, ItemResult, Report, Severity, Status
from reports import view
from reports.papers.words import name_of, short_month

BLANK = "________"
"""What a person has to fill; `page.Page` draws it as a highlighted dotted line."""

_LIMIT = 400
_OWN = "integrity-measures"


@dataclass(frozen=True, slots=True)
class Resolved:
    """A row of the table of measures: what is resolved about one item, how, by whom, when, and how that is followed up."""

    item: ItemResult | None
    measures: tuple[str, ...]
    method: tuple[str, ...]
    unit: str
    time: str
    follow_up: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the agency with its items that ask for a hand: `mend` has gaps, `look` could not be decided, `ready` neither.

    `name` is empty for items that nobody was put in charge of.
    """

    name: str
    mend: tuple[ItemResult, ...]
    look: tuple[ItemResult, ...]
    ready: int


class Content:
    """A report with the measures and the words that papers are made of."""

    def __init__(self, report: Report, measures: Measures, say: Catalogue) -> None:
        self.report, self.measures, self.say = report, measures, say
        self.agency = name_of(report.agency.name)
        self.year = report.ruleset.fiscal_year - (0 if say.lang == "th" else 543)
        self.today = report.run.as_of[:10]
        self.reviewer = view.is_for_reviewer(report)

    def of(self, *statuses: Status) -> tuple[ItemResult, ...]:
        """The items of some statuses, in the form's order."""
        return tuple(item for item in self.report.items if item.status in statuses)

    def gaps(self, item: ItemResult) -> tuple[CheckResult, ...]:
        """The criterion gaps of an item that no exception waives."""
        return tuple(c for c in view.criteria(item) if c.status is Status.GAP and c.waived is None)

    def open(self, item: ItemResult) -> tuple[CheckResult, ...]:
        """The criterion checks of an item that could not be decided."""
        return tuple(c for c in view.criteria(item) if c.status is Status.UNDECIDED)

    def to_mend(self) -> tuple[ItemResult, ...]:
        """The items with gaps that are to be mended."""
        return tuple(item for item in self.report.items if self.gaps(item))

    def label(self, item: ItemResult, limit: int = 120) -> str:
        """An item's code and name."""
        return self.say.say("report.paper.item", item=clean(item.id, 20), name=clean(item.name, limit))

    def found(self, check: CheckResult) -> str:
        """What a check found, and whether its condition was ever compared with the handbook."""
        words = view.message(check, self.report, self.say, _LIMIT)
        return words if check.verified or check.status is not Status.GAP else self.say.say("report.paper.unverified", words=words)

    def mend(self, item: ItemResult) -> tuple[str, ...]:
        """The fixes of an item's gaps, each once."""
        return tuple(dict.fromkeys(clean(c.fix, _LIMIT) for c in self.gaps(item) if c.fix))

    def why_open(self, item: ItemResult) -> str:
        """Why an item could not be decided, and who acts."""
        causes = view.causes(item)
        return " ".join(f"{self.say.cause(cause)} ({self.say.who(cause)})" for cause in causes)

    def closing(self) -> dt.date | None:
        """The last day for answers, where the report knows it."""
        try:
            return dt.date.fromisoformat(self.report.ruleset.answers_by or "")
        except ValueError:
            return None

    def days_left(self) -> int | None:
        """Days from the day of judging to the closing day, negative when it is over; None where it is not known."""
        closing = self.closing()
        try:
            return None if closing is None else (closing - dt.date.fromisoformat(self.today)).days
        except ValueError:
            return None

    def closing_words(self) -> str:
        """The closing day in a sentence; a blank where it is not known."""
        closing, left = self.closing(), self.days_left()
        if closing is None or left is None:
            return self.say.say("report.paper.closing.unknown")
        message = "over" if left < 0 else "today" if left == 0 else "left"
        words = self.say.say(f"report.paper.closing.{message}", day=self.say.day(closing.isoformat()), days=abs(left))
        return words if self.report.ruleset.answers_by_verified else f"{words} {self.say.say('report.paper.closing.unverified')}"

    def closing_day(self) -> str:
        """The closing day alone; a blank where it is not known or over."""
        closing, left = self.closing(), self.days_left()
        return self.say.day(closing.isoformat()) if closing and left is not None and left >= 0 else BLANK

    def time(self) -> str:
        """When measures are carried out: up to the closing day, else to the end of the fiscal year; blank when both are over."""
        closing, left = self.closing(), self.days_left()
        last = dt.date(self.report.ruleset.fiscal_year - 543, 9, 30).isoformat()
        if closing is not None and left is not None and left >= 0:
            day = f"{closing.day} {short_month(closing.isoformat(), self.say)}"
            return self.say.say("report.paper.time.closing", day=day, last=short_month(last, self.say))
        try:
            over = dt.date.fromisoformat(self.today).isoformat() > last
        except ValueError:
            over = True
        if over:
            return BLANK
        return self.say.say("report.paper.time.months", first=short_month(self.today, self.say), last=short_month(last, self.say))

    def units(self) -> tuple[Unit, ...]:
        """The units of the agency, most to mend first; the items of nobody last. Units with nothing to do are there too."""
        held: dict[str, list[ItemResult]] = {}
        for item in self.report.items:
            held.setdefault(name_of(item.unit), []).append(item)
        found = []
        for name, items in held.items():
            mend = tuple(item for item in items if self.gaps(item))
            look = tuple(item for item in items if not self.gaps(item) and self.open(item))
            found.append(Unit(name, mend, look, sum(item.status is Status.PASS for item in items)))
        return tuple(sorted(found, key=lambda unit: (not unit.name, -len(unit.mend), -len(unit.look))))

    def unit_name(self, unit: Unit) -> str:
        """The unit's name; in words where there is none."""
        return unit.name or self.say.say("report.paper.unit.none")

    def resolved(self) -> tuple[Resolved, ...]:
        """The table of measures: one row an item with gaps, then one for what could not be decided; what is kept where nothing
        lacks."""
        rows = [self._row(item) for item in self.to_mend()]
        look = [item for item in self.report.items if not self.gaps(item) and self.open(item)]
        if look:
            rows.append(self._general(self.measures.look, look))
        if not rows and self.report.items:
            rows.append(self._general(self.measures.keep, ()))
        return tuple(rows)

    def _row(self, item: ItemResult) -> Resolved:
        lang, name = self.say.lang, clean(item.name, 200)
        gaps = self.gaps(item)
        chosen = [(check, self.measures.of(_concepts(item, check), check.component, check.kind)) for check in gaps]
        measures = dict.fromkeys(m.measure.say(lang, name, clean(check.asks, 200)) for check, m in chosen)
        steps = dict.fromkeys((*self.mend(item), *(step.say(lang, name) for _, m in chosen for step in m.method)))
        seen = dict.fromkeys(m.follow_up.say(lang, name) for _, m in chosen)
        return Resolved(item, tuple(measures), tuple(steps), name_of(item.unit), self.time(), tuple(seen))

    def _general(self, measure: Measure, items: Sequence[ItemResult]) -> Resolved:
        lang = self.say.lang
        steps = [step.say(lang) for step in measure.method]
        if items:
            steps.insert(0, self.say.say("report.paper.look.items", items=codes(items)))
        units = dict.fromkeys(name_of(item.unit) for item in items)
        unit = ", ".join(units) if units and all(units) else ""
        return Resolved(
            None, (measure.measure.say(lang),), tuple(steps), clean(unit, 200), self.time(), (measure.follow_up.say(lang),)
        )

    def indicators(self) -> tuple[tuple[str, str, tuple[view.Group, ...]], ...]:
        """The indicators that a website shows: id, name, and their sub-indicators with items, in the form's order."""
        held: dict[str, list[view.Group]] = {}
        for group in view.groups(self.report):
            held.setdefault(group.id.partition(".")[0], []).append(group)
        names = {score.id: clean(score.name, 120) for score in self.report.scores.indicators}
        return tuple((clean(number, 10), names.get(number, ""), tuple(groups)) for number, groups in held.items())

    def advised(self, items: Iterable[ItemResult]) -> tuple[tuple[ItemResult, CheckResult], ...]:
        """The advice that found something to make better."""
        return tuple(
            (item, check)
            for item in items
            for check in item.checks
            if check.severity is Severity.ADVICE and check.status is Status.GAP and check.waived is None
        )

    def narrow(self) -> frozenset[str]:
        """Codes of the items that pass on slender evidence."""
        return frozenset(each.item for each in self.report.to_open)

    def own_item(self) -> ItemResult | None:
        """The item of the year that asks for the paper of analysis and measures itself."""
        return next((item for item in self.report.items if _OWN in item.concepts), None)


def _concepts(item: ItemResult, check: CheckResult) -> tuple[str, ...]:
    """What a check is about: its own concept where an item has several (``O6.annual-plan.budget``)."""
    own = check.id.split(".")[1:2]
    return tuple(own) if set(own) & set(item.concepts) else item.concepts


def codes(items: Iterable[ItemResult], most: int = 43) -> str:
    """The codes of items, bounded: ``O2, O13``."""
    found = [clean(item.id, 20) for item in items]
    return ", ".join(found[:most]) + (" …" if len(found) > most else "")
