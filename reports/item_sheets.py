"""The sheets that hold a report whole: a row for each item, for each condition, and for each page or file that was looked at."""

from __future__ import annotations

from collections.abc import Mapping

from ita_rules.messages import Catalogue
from ita_rules.model import CheckResult, Evidence, ItemResult, Report, SourceResult, Status
from reports import decided, view
from reports.cells import Book, Cell, Link, Mark, lines, table

_ITEMS = (
    ("item", 6.5, True),
    ("name", 28, False),
    ("indicator", 18, False),
    ("status", 15, True),
    ("found", 40, False),
    ("fix", 40, False),
    ("unit", 16, False),
    ("evidence", 30, False),
    ("worth", 9, True),
    ("due", 14, True),
    ("decision", 16, True),
    ("comment", 30, False),
    ("decided", 18, False),
)
_CHECKS = (
    ("check", 20, False),
    ("item", 6.5, True),
    ("name", 24, False),
    ("severity", 11, True),
    ("status", 15, True),
    ("asks", 32, False),
    ("message", 36, False),
    ("fix", 36, False),
    ("cause", 26, False),
    ("quote", 40, False),
    ("page", 10, True),
    ("url", 32, False),
    ("verified", 12, True),
    ("confidence", 10, True),
    ("kind", 16, False),
    ("waived", 24, False),
)
_SOURCES = (
    ("item", 6.5, True),
    ("title", 32, False),
    ("url", 40, False),
    ("path", 36, False),
    ("located", 18, False),
    ("read", 20, False),
    ("pages", 8, True),
    ("cause", 28, False),
    ("who", 32, False),
    ("http", 9, True),
    ("fetched", 18, True),
    ("sha256", 22, False),
)
_QUOTE = 2_000


def items(book: Book, report: Report, say: Catalogue) -> None:
    """A row for each item: its verdict, what was found, what to do, who answers for it, and what a person decided."""
    names = {score.id: score.name for score in report.scores.indicators}
    rows: list[Mapping[str, Cell]] = []
    for item in report.items:
        decision, comment, by = decided.cells(item, say)
        rows.append(
            {
                "item": item.id,
                "name": item.name,
                "indicator": f"{item.indicator} {names.get(item.indicator, '')}",
                "status": mark(item.status, report, say),
                "found": found(item, report, say),
                "fix": lines(view.fixes(item)[:6]) or lines(say.who(cause) for cause in view.causes(item)),
                "unit": item.unit,
                "evidence": _evidence(item),
                "worth": None if view.is_for_reviewer(report) else round(item.worth, 4) or None,
                "due": say.day(item.due) if item.due else None,
                "decision": decision,
                "comment": comment,
                "decided": by,
            }
        )
    optional = ("unit", "worth", "due", "decision", "comment", "decided")
    table(book, "report.book.items", _heading("items", report, say), _ITEMS, rows, say, frozen=2, optional=optional)


def checks(book: Book, report: Report, say: Catalogue) -> None:
    """A row for each condition of each item, advice too, in the order of the rules."""
    rows = [_check(item, check, report, say) for item in report.items for check in item.checks]
    optional = ("cause", "waived")
    table(book, "report.book.checks", _heading("checks", report, say), _CHECKS, rows, say, frozen=2, optional=optional)


def _check(item: ItemResult, check: CheckResult, report: Report, say: Catalogue) -> Mapping[str, Cell]:
    """The row of one condition."""
    shown = first(check)
    return {
        "check": check.id,
        "item": item.id,
        "name": item.name,
        "severity": say.say(f"severity.{check.severity.value}"),
        "status": mark(check.status, report, say),
        "asks": check.asks,
        "message": view.message(check, report, say),
        "fix": check.fix if check.status in (Status.GAP, Status.UNDECIDED) else None,
        "cause": say.cause(check.cause) if check.cause else None,
        "quote": lines([shown.quote or ""], _QUOTE) if shown else None,
        "page": shown.page if shown else None,
        "url": link(shown.url, shown.page) if shown else None,
        "verified": say.say("report.book.yes" if check.verified else "report.book.not_yet"),
        "confidence": view.confidence_word(check.confidence, say),
        "kind": view.kind_word(check.kind, say),
        "waived": view.waived_words(check, say),
    }


def sources(book: Book, report: Report, say: Catalogue) -> None:
    """A row for each page or file that was looked at for an item, those that could not be had too."""
    rows = [_source(item, source, say) for item in report.items for source in item.sources]
    optional = ("pages", "cause", "who", "http")
    table(book, "report.book.sources", _heading("sources", report, say), _SOURCES, rows, say, frozen=2, optional=optional)


def _source(item: ItemResult, source: SourceResult, say: Catalogue) -> Mapping[str, Cell]:
    """The row of one page or file."""
    steps = view.click_steps(source, say)
    return {
        "item": item.id,
        "title": view.source_title(source),
        "url": link(source.url),
        "path": " > ".join(steps) if len(steps) > 1 else say.say("report.path.itself" if steps else "report.path.none"),
        "located": say.say(f"located.{source.located_by.value}"),
        "read": view.read_word(source, say),
        "pages": source.pages,
        "cause": say.cause(source.cause) if source.cause else None,
        "who": say.who(source.cause) if source.cause else None,
        "http": source.http_status,
        "fetched": say.time(source.fetched_at) if source.fetched_at else None,
        "sha256": source.sha256,
    }


def _heading(sheet: str, report: Report, say: Catalogue) -> str:
    return say.say(f"report.book.{sheet}.heading", agency=report.agency.name or say.say("report.files"))


def mark(status: Status, report: Report, say: Catalogue) -> Mark:
    """A status with its symbol, as it is told to this report's reader."""
    return Mark(f"{view.symbols(report)[status]} {view.status_word(status, report, say)}", status)


def link(url: str | None, page: int | str | None = None) -> Link | None:
    """An address to read, which leads to its page where that is safe; None where there is none."""
    return Link(view.readable_url(url), view.openable(view.page_href(url, page))) if url else None


def named(url: str, item: ItemResult, page: int | str | None = None) -> Link | None:
    """As `link`, with the name of the page or file for its words where it is one of the item's sources."""
    source = next((source for source in item.sources if source.url == url), None)
    plain = link(url, page)
    return Link(view.source_title(source), plain.href) if plain and source else plain


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
    """The page or file on which an item's verdict rests most, by its name."""
    shown = [e for c in view.criteria(item) if (e := first(c)) is not None]
    best = next((e for e in shown if e.quote), shown[0] if shown else None)
    if best is not None:
        return named(best.url, item, best.page)
    return named(item.sources[0].url, item) if item.sources else None
