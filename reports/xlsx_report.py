"""report.xlsx: the report as a workbook to work with: summary, items, conditions, sources, fixes by unit, answers for ITAS."""

from __future__ import annotations

from pathlib import Path

from ita_rules.messages import Catalogue, messages
from ita_rules.model import Report, Status
from reports import answers_sheet, fixes_sheet, item_sheets, view
from reports.cells import Book, Cell, Column, Link, Mark
from reports.interface import write_whole


class XlsxRenderer:
    """See `reports.interface.Renderer`."""

    name = "xlsx"
    suffix = ".xlsx"

    def render(self, report: Report, folder: Path, stem: str) -> Path:
        """See `reports.interface.Renderer.render`."""
        return write_whole(folder, stem + self.suffix, workbook(report))


def workbook(report: Report) -> bytes:
    """The workbook of one report, in its language; the same bytes every time."""
    say = messages(report.lang)
    book = Book(f"{say.say('report.title')} {report.agency.name}", report.run.finished)
    _summary(book, report, say)
    item_sheets.items(book, report, say)
    fixes_sheet.add(book, report, say)
    answers_sheet.add(book, report, say)
    item_sheets.checks(book, report, say)
    item_sheets.sources(book, report, say)
    return book.content()


def _summary(book: Book, report: Report, say: Catalogue) -> None:
    """What was judged by what, how many items came to which status and what that means, and the estimated score."""
    reviewer, files = view.is_for_reviewer(report), view.of_files(report)
    columns = (
        Column(say.say("report.book.summary.what"), 34),
        Column(say.say("report.book.summary.value"), 22, centred=True),
        Column(say.say("report.book.summary.means"), 80),
    )
    name = report.agency.name or say.say("report.files")
    sheet = book.sheet(say.say("report.summary"), f"{say.say('report.title')} – {name}", columns)
    info, run = report.ruleset, report.run
    sheet.add(say.say("report.agency"), None, name)
    sheet.add(say.say("report.agency_type"), None, say.say(f"agency.{report.agency.type.value}"))
    if not files:
        url = report.agency.url
        sheet.add(say.say("report.website"), None, Link(view.readable_url(url), view.openable(url)))
    value = say.say("report.ruleset.value", year=info.fiscal_year, id=info.id, version=info.version)
    sheet.add(say.say("report.ruleset"), None, value)
    sheet.add(say.say("report.as_of"), None, say.day(run.as_of))
    sheet.add(say.say("report.gathered"), None, say.time(run.started))
    sheet.add(say.say("report.book.summary.note"), None, say.say(f"report.{'proposed.' if reviewer else ''}disclaimer"))
    for status, count in view.counts(report).items():
        mark = f"{view.symbols(report)[status]} {view.status_word(status, report, say)}"
        proposed = reviewer and status is Status.GAP
        means = say.say("report.proposed.means" if proposed else f"status.{status.value}.means")
        sheet.add(mark, Mark(say.say("report.book.summary.items", count=count), status), means)
    if not reviewer and not files:
        sheet.add(say.say("report.score"), view.score_words(report.scores.oit, say), say.say("report.score.explain"))
        if report.total:
            level = view.level_words(report.total, say)
            sheet.add(say.say("report.total"), view.score_words(report.total, say), level or None)
        for group in view.overview(report):
            score: Cell = view.score_words(group.score, say) if group.score else None
            sheet.add(say.say("report.indicator", id=group.id), score, group.name)
    complete = say.say(f"report.coverage.{'complete' if run.complete else 'incomplete'}")
    sheet.add(say.say("report.coverage"), None, complete)
    for warning in run.warnings[:50]:
        sheet.add(say.say("report.coverage.warnings"), None, warning)
