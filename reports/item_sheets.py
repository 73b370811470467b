"""The sheets that hold a report whole: a row for each item, for each condition, and for each page or file that was looked at."""

from __future__ import annotations

from ita_rules.messages import Catalogue
from ita_rules.model import CheckResult, Evidence, ItemResult, Report, Status
from reports import decided, view
from reports.cells import Book, Cell, Link, Mark, columns, lines

_ITEMS = (
    ("item", 7, True),
    ("name", 34, False),
    ("indicator", 22, False),
    ("status", 16, True),
    ("found", 48, False),
    ("fix", 48, False),
    ("unit", 20, False),
    ("evidence", 38, False),
    ("worth", 9, True),
    ("due", 16, True),
    ("decision", 18, True),
    ("comment", 34, False),
    ("decided", 20, False),
)
_CHECKS = (
    ("check", 22, False),
    ("item", 7, True),
    ("name", 28, False),
    ("severity", 11, True),
    ("status", 16, True),
    ("asks", 38, False),
    ("message", 42, False),
    ("fix", 42, False),
    ("cause", 30, False),
    ("quote", 44, False),
    ("page", 10, True),
    ("url", 38, False),
    ("verified", 13, True),
    ("confidence", 10, True),
    ("kind", 18, False),
    ("waived", 24, False),
)
_SOURCES = (
    ("item", 7, True),
    ("title", 36, False),
    ("url", 46, False),
    ("path", 44, False),
    ("located", 22, False),
    ("read", 26, False),
    ("pages", 8, True),
    ("cause", 32, False),
    ("who", 36, False),
    ("http", 9, True),
    ("fetched", 22, True),
    ("sha256", 24, False),
)
_QUOTE = 2_000


def items(book: Book, report: Report, say: Catalogue) -> None:
    """A row for each item: its verdict, what was found, what to do, who answers for it, and what a person decided."""
    reviewer = view.is_for_reviewer(report)
    kept = [column for column in _ITEMS if not (reviewer and column[0] == "worth")]
    heading = say.say("report.book.items.heading", agency=report.agency.name or say.say("report.files"))
    sheet = book.sheet(say.say("report.book.items"), heading, columns("report.book.items", kept, say), frozen=2)
    names = {score.id: score.name for score in report.scores.indicators}
    for item in report.items:
        row: list[Cell] = [
            item.id,
            item.name,
            f"{item.indicator} {names.get(item.indicator, '')}",
            mark(item.status, report, say),
            found(item, report, say),
            lines(view.fixes(item)[:6]) or lines(say.who(cause) for cause in view.causes(item)),
            item.unit,
            _evidence(item),
        ]
        if not reviewer:
            row.append(round(item.worth, 4))
        row.append(say.day(item.due) if item.due else None)
        sheet.add(*row, *decided.cells(item, say))


def checks(book: Book, report: Report, say: Catalogue) -> None:
    """A row for each condition of each item, advice too, in the order of the rules."""
    heading = say.say("report.book.checks.heading", agency=report.agency.name or say.say("report.files"))
    sheet = book.sheet(say.say("report.book.checks"), heading, columns("report.book.checks", _CHECKS, say), frozen=2)
    for item in report.items:
        for check in item.checks:
            shown = first(check)
            sheet.add(
                check.id,
                item.id,
                item.name,
                say.say(f"severity.{check.severity.value}"),
                mark(check.status, report, say),
                check.asks,
                view.message(check, report, say),
                check.fix if check.status in (Status.GAP, Status.UNDECIDED) else None,
                say.cause(check.cause) if check.cause else None,
                lines([shown.quote or ""], _QUOTE) if shown else None,
                shown.page if shown else None,
                link(shown.url, shown.page) if shown else None,
                say.say("report.book.yes" if check.verified else "report.book.not_yet"),
                view.confidence_word(check.confidence, say),
                view.kind_word(check.kind, say),
                view.waived_words(check, say),
            )


def sources(book: Book, report: Report, say: Catalogue) -> None:
    """A row for each page or file that was looked at for an item, those that could not be had too."""
    heading = say.say("report.book.sources.heading", agency=report.agency.name or say.say("report.files"))
    sheet = book.sheet(say.say("report.book.sources"), heading, columns("report.book.sources", _SOURCES, say), frozen=2)
    for item in report.items:
        for source in item.sources:
            steps = view.click_steps(source, say)
            sheet.add(
                item.id,
                view.source_title(source),
                link(source.url),
                " > ".join(steps) if len(steps) > 1 else say.say("report.path.itself" if steps else "report.path.none"),
                say.say(f"located.{source.located_by.value}"),
                view.read_word(source, say),
                source.pages,
                say.cause(source.cause) if source.cause else None,
                say.who(source.cause) if source.cause else None,
                source.http_status,
                say.time(source.fetched_at) if source.fetched_at else None,
                source.sha256,
            )


def mark(status: Status, report: Report, say: Catalogue) -> Mark:
    """A status with its symbol, as it is told to this report's reader."""
    return Mark(f"{view.symbols(report)[status]} {view.status_word(status, report, say)}", status)


def link(url: str | None, page: int | str | None = None) -> Link | None:
    """An address to read, which leads to its page where that is safe; None where there is none."""
    return Link(view.readable_url(url), view.safe_href(view.page_href(url, page))) if url else None


def first(check: CheckResult) -> Evidence | None:
    """The evidence of a check that shows most: one with a quote before one that was only read."""
    return next((e for e in check.evidence if e.quote), check.evidence[0] if check.evidence else None)


def found(item: ItemResult, report: Report, say: Catalogue) -> str:
    """What keeps an item from passing, a line each; for one that passes, nothing."""
    wanted = [check for check in view.criteria(item) if check.status is item.status]
    if item.status is Status.GAP:
        return lines(_told(check, report, say) for check in wanted[:8])
    if item.status is Status.UNDECIDED:
        return lines(say.say("cli.undecided", count=count, cause=say.cause(cause)) for cause, count in view.causes(item).items())
    return ""


def _told(check: CheckResult, report: Report, say: Catalogue) -> str:
    """What a check found, with its remarks: never compared with the handbook, waived."""
    words = view.message(check, report, say)
    remarks = ["" if check.verified else say.say("explain.unverified"), view.waived_words(check, say)]
    return " ".join([words, *(f"({remark})" for remark in remarks if remark)])


def _evidence(item: ItemResult) -> Link | None:
    """The address on which an item's verdict rests most."""
    shown = [e for c in view.criteria(item) if (e := first(c)) is not None]
    best = next((e for e in shown if e.quote), shown[0] if shown else None)
    if best is not None:
        return link(best.url, best.page)
    return link(item.sources[0].url) if item.sources else None

