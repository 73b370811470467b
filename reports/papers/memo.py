"""Paper (b): the memo (บันทึกข้อความ) to the head of the agency, with the findings and what each unit is asked to do."""

from __future__ import annotations

from collections.abc import Iterable

from ita_rules.model import Status
from reports import view
from reports.papers.content import Content, Unit, codes
from reports.papers.page import Page
from reports.papers.words import digits_of

_MOST_UNITS = 30


def memo(content: Content) -> bytes:
    """The memo as a Word file."""
    say = content.say
    page = Page(say.lang, say.say("report.paper.memo.subject", year=content.year), digits_of(say.lang))
    page.draft(say.say("report.paper.draft"))
    page.numbered()
    page.memo_title(say.say("report.paper.memo.title"))
    page.memo_line((say.say("report.paper.memo.office"), ""))
    page.memo_line((say.say("report.paper.memo.number"), ""), (say.say("report.paper.memo.day"), ""))
    page.memo_line((say.say("report.paper.memo.about"), say.say("report.paper.memo.subject", year=content.year)))
    page.line(say.say("report.paper.memo.to"), before=6)
    if say.lang == "en":
        page.line(say.say("report.paper.reading_copy"))
    _story(page, content)
    _asked(page, content)
    _proposal(page, content)
    page.signature(*(say.say(f"report.paper.sign.{line}") for line in ("hand", "name", "post")))
    for who in ("first", "second", "head"):
        page.line(say.say(f"report.paper.memo.opinion.{who}"), before=12, keep=True)
        page.line(say.say("report.paper.executive.sign"), align="right", before=6)
    return page.data()


def _story(page: Page, content: Content) -> None:
    say, report = content.say, content.report
    count = view.counts(report)
    page.heading(say.say("report.paper.memo.story.title"))
    page.words(say.say("report.paper.memo.story", agency=content.agency, year=content.year, closing=content.closing_words()))
    page.heading(say.say("report.paper.memo.found.title"))
    about = {"day": say.day(content.today), "items": len(report.items)}
    page.words(say.say("report.paper.memo.found.files" if view.of_files(report) else "report.paper.memo.found", **about))
    lines = [say.say("report.paper.memo.count.pass", count=count[Status.PASS])]
    for status in (Status.GAP, Status.UNDECIDED, Status.NOT_DUE):
        items = content.of(status)
        if items:
            key = "proposed" if status is Status.GAP and content.reviewer else status.value
            lines.append(say.say(f"report.paper.memo.count.{key}", count=len(items), items=codes(items)))
    for number, line in enumerate(lines, 1):
        page.line(f"{number}) {line}", align="thai", drawn_in=True)
    if not content.reviewer and not view.of_files(report) and report.items:
        page.words(say.say("report.paper.memo.score", score=view.score_words(report.scores.oit, say)))


def _asked(page: Page, content: Content) -> None:
    say = content.say
    page.heading(say.say("report.paper.memo.asked.title"))
    busy = [unit for unit in content.units() if unit.mend or unit.look]
    if not busy:
        page.words(say.say("report.paper.memo.asked.none"))
        return
    page.words(say.say("report.paper.memo.asked"), keep=True)
    head = [say.say(f"report.paper.memo.asked.{column}") for column in ("unit", "what", "until")]
    rows = [(content.unit_name(unit), tuple(_what(content, unit)), content.closing_day()) for unit in busy]
    page.table(head, rows[:_MOST_UNITS], (4.0, 8.8, 3.2), centred=(2,))


def _what(content: Content, unit: Unit) -> Iterable[str]:
    """What a unit is asked, in two sentences; its own sheet says more."""
    if unit.mend:
        key = "report.paper.memo.asked.examine" if content.reviewer else "report.paper.memo.asked.mend"
        yield content.say.say(key, count=len(unit.mend), items=codes(unit.mend))
    if unit.look:
        yield content.say.say("report.paper.memo.asked.look", count=len(unit.look), items=codes(unit.look))
    if not unit.name:
        yield content.say.say("report.paper.memo.asked.appoint")


def _proposal(page: Page, content: Content) -> None:
    say = content.say
    page.heading(say.say("report.paper.memo.proposal.title"))
    page.words(say.say("report.paper.memo.proposal"))
    asked = ["assign", "measures", "again"] if content.to_mend() else ["look", "again"]
    for number, key in enumerate(asked, 1):
        words = say.say(f"report.paper.memo.proposal.{key}", year=content.year, day=content.closing_day())
        page.line(f"{number}. {words}", align="thai", drawn_in=True)
