"""One A4 page for the executive who approves the answers: ready, not ready, not sure, who is late, the closing day."""

from __future__ import annotations

from ita_rules.messages import clean
from ita_rules.model import Status
from reports import view
from reports.papers.content import Content, codes
from reports.papers.page import Page
from reports.papers.words import digits_of

_MOST_ITEMS = 3
_MOST_UNITS = 4
_MOST_CODES = 14
_SIZE = 13.0  # so that it is one page even in the larger fonts that stand in for TH Sarabun


def executive(content: Content) -> bytes:
    """The page as a Word file. Lists are cut so that it stays one page; what is cut is counted."""
    say, report = content.say, content.report
    page = Page(say.lang, say.say("report.paper.executive.title", year=content.year), digits_of(say.lang))
    page.narrow()
    page.draft(say.say("report.paper.draft"))
    page.heading(say.say("report.paper.executive.title", year=content.year), 1, "center")
    page.line(clean(content.agency, 60), align="center", bold=True)
    page.line(say.say("report.paper.executive.day", day=say.day(content.today)), align="center", size=14)
    page.line(content.closing_words(), align="center", bold=True)
    _counts(page, content)
    _first(page, content)
    _late(page, content)
    if report.items and all(item.status is Status.UNDECIDED for item in report.items):
        page.line(say.say("report.paper.site.nothing"), size=14, before=4)
    page.line(say.say("report.paper.executive.answer"), bold=True, before=4)
    for key in ("approve", "mend_first", "meet"):
        page.line(say.say(f"report.paper.executive.answer.{key}"), left=0.8, size=_SIZE)
    page.line(say.say("report.paper.executive.sign"), align="right", before=6, size=14)
    return page.data()


def _counts(page: Page, content: Content) -> None:
    say = content.say
    gap = "proposed" if content.reviewer else "gap"
    columns = (("pass", Status.PASS), (gap, Status.GAP), ("undecided", Status.UNDECIDED), ("not_due", Status.NOT_DUE))
    items = [content.of(status) for _, status in columns]
    numbers = [say.say("report.paper.executive.count", count=len(found)) for found in items]
    listed = ["–", *(codes(found, _MOST_CODES) or "–" for found in items[1:])]  # what is ready needs no list
    head = [say.say(f"report.paper.executive.{key}") for key, _ in columns]
    page.table(head, [numbers, listed], (2.2, 5.4, 5.0, 3.4), centred=range(4), size=_SIZE)


def _first(page: Page, content: Content) -> None:
    """What gives back most points for least work."""
    say = content.say
    planned = view.planned(content.report)
    if not planned or content.reviewer or view.of_files(content.report):
        return
    page.line(say.say("report.paper.executive.first"), bold=True, before=4, keep=True)
    head = [say.say(f"report.paper.executive.first.{column}") for column in ("item", "points", "unit")]
    rows = [
        (clean(content.label(item), 42), view.number(plan.points), clean(item.unit, 14) or "–")
        for item, plan in planned[:_MOST_ITEMS]
    ]
    page.table(head, rows, (11.0, 1.8, 3.2), centred=(1,), size=_SIZE)


def _late(page: Page, content: Content) -> None:
    """Which units still have work to do."""
    say = content.say
    left = content.days_left()
    busy = [unit for unit in content.units() if unit.mend or unit.look]
    late = left is not None and left < 0
    page.line(say.say(f"report.paper.executive.{'late' if late else 'open'}"), bold=True, before=4, keep=True)
    if not busy:
        page.line(say.say("report.paper.executive.nobody"), size=14)
        return
    head = [say.say(f"report.paper.executive.late.{column}") for column in ("unit", "mend", "look", "ready")]
    rows = [(clean(content.unit_name(u), 30), str(len(u.mend)), str(len(u.look)), str(u.ready)) for u in busy[:_MOST_UNITS]]
    page.table(head, rows, (8.8, 2.4, 2.4, 2.4), centred=(1, 2, 3), size=_SIZE)
    if len(busy) > _MOST_UNITS:
        page.line(say.say("report.paper.executive.more", count=len(busy) - _MOST_UNITS), size=14)
