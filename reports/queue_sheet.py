"""queue.xlsx: the reviewer's sheet. A row for each item to decide, first what is most doubtful and weighs most.

The reviewer reads what is asked, what the program says and on what evidence, opens the link, chooses a decision from the list
and writes why. Hidden columns hold what `decisions import` needs to find the run and the item again; they are no formulas, and
sorting or filtering the sheet does them no harm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ita_rules.doubt import Queued, deciding
from ita_rules.messages import Catalogue, messages
from ita_rules.model import CheckResult, ItemResult, Report, Status
from reports import item_sheets, view
from reports.cells import Book, Column, columns, lines
from reports.decided import DECISIONS, decision_word

_SHOWN = (
    ("agency", 26, False),
    ("item", 7, True),
    ("name", 28, False),
    ("asks", 40, False),
    ("verdict", 15, True),
    ("found", 42, False),
    ("quote", 42, False),
    ("page", 9, True),
    ("evidence", 34, False),
    ("why", 60, False),
    ("fix", 40, False),
    ("doubt", 13, True),
    ("decision", 22, True),
    ("comment", 40, False),
    ("who", 20, False),
    ("when", 14, True),
)
_HIDDEN = (("key", 8), ("run", 8))
_DECISION = len(_HIDDEN) + next(place for place, column in enumerate(_SHOWN) if column[0] == "decision")
_CHECKS = 6
_WHY = 6


@dataclass(frozen=True, slots=True)
class Place:
    """A report in the queue: the run's folder as the user named it, and the id that `decisions import` knows it by."""

    report: Report
    folder: str
    run_id: str


def workbook(places: Sequence[Place], queued: Sequence[Queued], lang: str) -> bytes:
    """The workbook of the items to decide, in the order given; `Queued.place` is an index of `places`. Same bytes every time."""
    say = messages(lang)
    made = max((place.report.run.finished for place in places), default="")
    book = Book(say.say("report.book.queue"), made)
    hidden = [Column(say.say(f"report.book.queue.{name}"), width, hidden=True) for name, width in _HIDDEN]
    heading = say.say("report.book.queue.heading", count=len(queued))
    shown = [*hidden, *columns("report.book.queue", _SHOWN, say)]
    sheet = book.sheet(say.say("report.book.queue"), heading, shown, frozen=len(_HIDDEN) + 2)
    words = [decision_word(decision, say) for decision in DECISIONS]
    title = say.say("report.book.queue.decision")
    sheet.offer(_DECISION, words, title, say.say("report.book.queue.choose", known=words))
    for one in queued:
        place, item = places[one.place], one.item
        report = place.report
        checks = _to_look_at(item)
        shown_by = next((e for c in _quoted_first(checks) if (e := item_sheets.first(c)) is not None), None)
        url = shown_by.url if shown_by else next((s.url for s in item.sources), None)
        sheet.add(
            f"{place.run_id}:{item.id}:{item.status.value}",
            place.folder,
            report.agency.name or report.agency.url,
            item.id,
            item.name,
            lines(c.asks for c in checks),
            item_sheets.mark(item.status, report, say),
            item_sheets.found(item, report, say) or lines(view.message(c, report, say) for c in _quoted_first(checks)[:2]),
            shown_by.quote if shown_by else None,
            shown_by.page if shown_by else None,
            item_sheets.link(url, shown_by.page if shown_by else None),
            lines(_reasons(item, checks, say), 300),
            lines(view.fixes(item)),
            round(one.doubt, 2),
        )
    _help(book, say)
    return book.content()


def _to_look_at(item: ItemResult) -> tuple[CheckResult, ...]:
    """The checks that a reviewer has to look at: of an item that passes those that pass narrowly, else all that decide it."""
    checks = deciding(item)
    return (tuple(check for check in checks if check.narrow) or checks)[:_CHECKS]


def _quoted_first(checks: Sequence[CheckResult]) -> list[CheckResult]:
    return sorted(checks, key=lambda check: not any(each.quote for each in check.evidence))


def _reasons(item: ItemResult, checks: Sequence[CheckResult], say: Catalogue) -> list[str]:
    """Why the verdict is what it is, and why it is in doubt."""
    narrow = [say.say(f"report.open.reason.{reason}") for check in checks for reason in check.narrow]
    if item.status is Status.UNDECIDED:
        narrow += [say.who(cause) for cause in view.causes(item)]
    near = [say.say("why.near", label=n.label, wording=n.wording, likeness=n.likeness) for c in checks for n in c.near]
    return [*narrow, *near[:3], *(why for check in checks for why in check.why[:3])][:_WHY]


def _help(book: Book, say: Catalogue) -> None:
    """What the decisions mean, and what happens to them."""
    wide = (Column(say.say("report.book.queue.decision"), 34), Column(say.say("report.book.queue.meaning"), 100))
    sheet = book.sheet(say.say("report.book.queue.help"), say.say("report.book.queue.help"), wide)
    for decision in DECISIONS:
        sheet.add(decision_word(decision, say), say.say(f"report.decision.{decision}.means"))
    sheet.add(say.say("report.book.queue.order"), say.say("report.book.queue.order.means"))
    sheet.add(say.say("report.book.queue.back"), say.say("report.book.queue.back.means"))
