"""The sheet from which answers are typed into ITAS: each item with its answer, addresses and explanation, and if it is ready."""

from __future__ import annotations

from ita_rules.messages import Catalogue
from ita_rules.model import Report, Status
from reports import view
from reports.answers import answers
from reports.cells import Book, Link, columns, lines
from reports.item_sheets import mark

_COLUMNS = (
    ("item", 7, True),
    ("name", 34, False),
    ("has", 8, True),
    ("url", 46, False),
    ("note", 46, False),
    ("status", 16, True),
    ("remark", 46, False),
)


def add(book: Book, report: Report, say: Catalogue) -> None:
    """Add the sheet; nothing where files from disk were checked, which have no addresses yet."""
    found = answers(report)
    if not found:
        return
    title = say.say("report.book.answers.heading", agency=report.agency.name)
    sheet = book.sheet(say.say("report.book.answers"), title, columns("report.book.answers", _COLUMNS, say), frozen=2)
    for answer in found:
        item = answer.item
        sheet.add(
            item.id,
            item.name,
            answer.has,
            Link(lines(answer.urls, 2_000), answer.urls[0] if len(answer.urls) == 1 else None),
            answer.note,
            mark(item.status, report, say),
            _remark(item.status, say) or lines(view.fixes(item)[:4]),
        )


def _remark(status: Status, say: Catalogue) -> str:
    """What to mind before the answer is typed; empty where the fixes say it."""
    if status is Status.PASS:
        return say.say("report.book.answers.ready")
    if status is Status.NOT_APPLICABLE:
        return say.say("status.not_applicable.means")
    if status is Status.UNDECIDED:
        return say.say("report.book.answers.look")
    return say.say("report.book.answers.wait") if status is Status.NOT_DUE else ""
