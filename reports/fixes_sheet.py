"""The sheet of what has to be mended, by the unit that answers for it: what is missing, what to do, and room to tick it off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ita_rules.messages import Catalogue
from ita_rules.model import CheckResult, ItemResult, Report, Severity, Status
from reports import view
from reports.cells import Book, Cell, table
from reports.item_sheets import named

_COLUMNS = (
    ("unit", 18, False),
    ("item", 6.5, True),
    ("name", 24, False),
    ("kind", 12, True),
    ("missing", 32, False),
    ("fix", 40, False),
    ("where", 22, False),
    ("effort", 11, True),
    ("points", 9, True),
    ("who", 12, False),
    ("until", 11, True),
    ("done", 8, True),
)


def add(book: Book, report: Report, say: Catalogue) -> None:
    """Add the sheet: units in the order of their weightiest fix, within a unit what gives most for least first."""
    rows = [_row(item, check, report, say) for item, check in _to_mend(report)]
    heading = say.say("report.book.fixes.heading", agency=report.agency.name or say.say("report.files"))
    table(book, "report.book.fixes", heading, _COLUMNS, rows, say, frozen=2, optional=("points",))


def _row(item: ItemResult, check: CheckResult, report: Report, say: Catalogue) -> Mapping[str, Cell]:
    """The row of one thing to mend; the last three columns are for people to fill in."""
    advice = check.severity is Severity.ADVICE
    scored = not advice and not view.is_for_reviewer(report)
    found = next((e for e in check.evidence if e.url), None) or next(iter(item.sources), None)
    return {
        "unit": item.unit or say.say("report.book.fixes.no_unit"),
        "item": item.id,
        "name": item.name,
        "kind": say.say("severity.advice") if advice else view.status_word(check.status, report, say),
        "missing": view.message(check, report, say),
        "fix": check.fix,
        "where": named(found.url, item) if found else None,
        "effort": view.effort_word(check.effort, say) if check.effort else None,
        "points": round(item.worth, 4) or None if scored else None,
    }


def _to_mend(report: Report) -> Iterator[tuple[ItemResult, CheckResult]]:
    """The gaps that no exception waives, and the advice, by unit."""
    order = {plan.item: place for place, plan in enumerate(report.plan)}
    last = len(order)
    items = sorted(report.items, key=lambda item: order.get(item.id, last))
    units = list(dict.fromkeys(item.unit for item in items if item.unit))
    for unit in (*units, ""):
        ours = [item for item in items if item.unit == unit]
        for severity in (Severity.CRITERION, Severity.ADVICE):
            for item in ours:
                for check in item.checks:
                    if check.severity is severity and check.status is Status.GAP and check.waived is None:
                        yield item, check
