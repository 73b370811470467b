"""The sheet of what has to be mended, by the unit that answers for it: what is missing, what to do, and room to tick it off."""

from __future__ import annotations

from collections.abc import Iterator

from ita_rules.messages import Catalogue
from ita_rules.model import CheckResult, ItemResult, Report, Severity, Status
from reports import view
from reports.cells import Book, Cell, Link, columns

_COLUMNS = (
    ("unit", 24, False),
    ("item", 7, True),
    ("name", 30, False),
    ("kind", 13, True),
    ("missing", 40, False),
    ("fix", 46, False),
    ("where", 34, False),
    ("effort", 10, True),
    ("points", 9, True),
    ("who", 16, False),
    ("until", 14, True),
    ("done", 10, True),
)
_OF_SCORE = "points"


def add(book: Book, report: Report, say: Catalogue) -> None:
    """Add the sheet: units in the order of their weightiest fix, within a unit what gives most for least first."""
    reviewer = view.is_for_reviewer(report)
    kept = [column for column in _COLUMNS if not (reviewer and column[0] == _OF_SCORE)]
    sheet = book.sheet(
        say.say("report.book.fixes.proposed" if reviewer else "report.book.fixes"),
        say.say("report.book.fixes.heading", agency=report.agency.name),
        columns("report.book.fixes", kept, say),
        frozen=3,
    )
    for item, check in _to_mend(report):
        found = next((e for e in check.evidence if e.url), None) or next((s for s in item.sources if s.url), None)
        url = found.url if found else None
        row: list[Cell] = [
            item.unit or say.say("report.book.fixes.no_unit"),
            item.id,
            item.name,
            say.say("severity.advice") if check.severity is Severity.ADVICE else view.status_word(check.status, report, say),
            view.message(check, report, say),
            check.fix,
            Link(view.readable_url(url), view.safe_href(url)) if url else None,
            view.effort_word(check.effort, say) if check.effort else None,
        ]
        if not reviewer:
            row.append(round(item.worth, 4) if check.severity is Severity.CRITERION and item.worth else None)
        sheet.add(*row, None, None, None)


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
