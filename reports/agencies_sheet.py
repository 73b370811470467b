"""agencies.xlsx: many agencies at a glance, a row for each and a column for each item, one pair of sheets per rule set.

An item's code means another thing in another year, so agencies judged by different rule sets never share a sheet. What is
kept of a report is one line (`AgencyLine`), so that thousands of agencies need little memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ita_rules.messages import Catalogue, messages
from ita_rules.model import Report, Status
from reports import view
from reports.cells import Book, Cell, Column, Link, Mark, Sheet
from reports.interface import write_whole
from reports.trend import Point

STEM = "agencies"
"""The workbook's name without its suffix."""


@dataclass(frozen=True, slots=True)
class ItemHead:
    """What a column is about: the item's code, name and indicator."""

    id: str
    name: str
    indicator: str


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """What the workbook shows of one report. `low` and `high` are the estimated OIT score (0-100); `trend` are the agency's last
    nights by the same rules, the newest last, none where they are not known."""

    name: str
    type: str
    url: str
    ruleset: str
    heads: tuple[ItemHead, ...]
    statuses: tuple[Status, ...]
    low: float
    high: float
    complete: bool
    finished: str
    reviewer: bool
    failed: bool = False
    trend: tuple[Point, ...] = ()

    @property
    def before(self) -> Point | None:
        """The agency on the night before, by the same rules."""
        return self.trend[-2] if len(self.trend) > 1 else None


def failed_line(name: str, agency_type: str, url: str, ruleset: str) -> AgencyLine:
    """The line of an agency that could not be judged; an empty `ruleset` puts it among those of the newest one."""
    return AgencyLine(name, agency_type, url, ruleset, (), (), 0, 0, complete=False, finished="", reviewer=False, failed=True)


class Heads:
    """Keeps one copy of each rule set's list of items, however many agencies were judged by it."""

    def __init__(self) -> None:
        self._known: dict[tuple[ItemHead, ...], tuple[ItemHead, ...]] = {}

    def line(self, report: Report) -> AgencyLine:
        """What the workbook keeps of a report."""
        heads = tuple(ItemHead(item.id, item.name, item.indicator) for item in report.items)
        return AgencyLine(
            name=report.agency.name or report.agency.url,
            type=report.agency.type.value,
            url=report.agency.url,
            ruleset=report.ruleset.id,
            heads=self._known.setdefault(heads, heads),
            statuses=tuple(item.status for item in report.items),
            low=report.scores.oit.low,
            high=report.scores.oit.high,
            complete=report.run.complete,
            finished=report.run.finished,
            reviewer=view.is_for_reviewer(report),
        )


def write(agencies: Iterable[AgencyLine], folder: Path, lang: str) -> Path:
    """Write ``folder/agencies.xlsx`` in `lang`, agencies in the order given; the path. Raises `OutputError`."""
    return write_whole(folder, f"{STEM}.xlsx", workbook(agencies, lang))


def workbook(agencies: Iterable[AgencyLine], lang: str) -> bytes:
    """The workbook of many agencies; the same bytes every time."""
    say = messages(lang)
    given = list(agencies)
    newest = max((line.ruleset for line in given), default="")
    ours = sorted(given, key=lambda line: line.ruleset or newest, reverse=True)
    book = Book(say.say("report.book.agencies"), max((line.finished for line in ours), default=""))
    for ruleset in dict.fromkeys(line.ruleset or newest for line in ours):
        _grid(book, [line for line in ours if (line.ruleset or newest) == ruleset], ruleset, say)
    if not ours:
        book.sheet(say.say("report.book.agencies"), say.say("report.book.agencies"), [Column(say.say("report.agency"), 40)])
    return book.content()


def _grid(book: Book, ours: list[AgencyLine], ruleset: str, say: Catalogue) -> None:
    """The two sheets of one rule set: agencies by item, then items by status."""
    heads = list({head.id: head for line in ours for head in line.heads}.values())
    reviewer, since = any(line.reviewer for line in ours), any(line.before for line in ours)
    symbols = view.SYMBOLS | {Status.GAP: "!"} if reviewer else view.SYMBOLS
    words = {s: say.say("report.proposed" if reviewer and s is Status.GAP else f"status.{s.value}") for s in Status}
    marks = {status: Mark(symbols[status], status) for status in Status}
    legend = "  ".join(f"{symbols[status]} {words[status]}" for status in Status)
    told = say.say("report.book.agencies.heading", ruleset=ruleset, count=len(ours))
    columns = [
        Column(say.say("report.agency"), 40),
        Column(say.say("report.agency_type"), 18),
        Column(say.say("report.website"), 30),
        *(Column(say.say(f"report.book.agencies.{name}"), 10, centred=True) for name in ("low", "high") if not reviewer),
        *(Column(words[status], 9, centred=True) for status in (Status.PASS, Status.GAP, Status.UNDECIDED)),
        Column(say.say("report.book.agencies.complete"), 14, centred=True),
        *(Column(say.say(f"report.book.agencies.{name}"), 12, centred=True) for name in _since(reviewer) if since),
        *(Column(head.id, 5.5, centred=True) for head in heads),
    ]
    grid = book.sheet(say.say("report.book.agencies.sheet", ruleset=ruleset), f"{told}   {legend}", columns)
    place = {head.id: number for number, head in enumerate(heads)}
    counts: dict[str, Counter[Status]] = {head.id: Counter() for head in heads}
    for line in ours:
        statuses: list[Cell] = [None] * len(heads)
        for head, status in zip(line.heads, line.statuses, strict=True):
            statuses[place[head.id]] = marks[status]
            counts[head.id][status] += 1
        _line(grid, line, [*(_change(line, reviewer) if since else []), *statuses], reviewer, say)
    columns = [
        Column(say.say("report.book.items.item"), 7, centred=True),
        Column(say.say("report.book.items.name"), 60),
        Column(say.say("report.book.items.indicator"), 12, centred=True),
        *(Column(words[status], 14, centred=True) for status in Status),
    ]
    items = book.sheet(say.say("report.book.agencies.items", ruleset=ruleset), told, columns, frozen=2)
    for head in heads:
        items.add(head.id, head.name, head.indicator, *(counts[head.id][status] for status in Status))


def _since(reviewer: bool) -> tuple[str, ...]:
    """The columns about the night before; reviewers see no score."""
    scores = () if reviewer else ("low_before", "high_before", "low_change", "high_change")
    return ("before", *scores, "gaps_before", "gaps_change", "undecided_before", "undecided_change")


def _change(line: AgencyLine, reviewer: bool) -> list[Cell]:
    """What those columns say of an agency; nothing where the night before is not known."""
    was = line.before
    if was is None:
        return [None] * len(_since(reviewer))
    now = line.trend[-1]
    scores: list[Cell] = [round(n, 2) for n in (was.low, was.high, now.low - was.low, now.high - was.high)]
    return [
        was.day,
        *([] if reviewer else scores),
        *(round(n) for n in (was.gaps, now.gaps - was.gaps, was.undecided, now.undecided - was.undecided)),
    ]


def _line(grid: Sheet, line: AgencyLine, statuses: list[Cell], reviewer: bool, say: Catalogue) -> None:
    """The row of one agency."""
    score: list[Cell] = [] if reviewer else [None, None] if line.failed else [round(line.low, 2), round(line.high, 2)]
    seen = "failed" if line.failed else "whole" if line.complete else "part"
    found = Counter(line.statuses)
    grid.add(
        line.name,
        say.say(f"agency.{line.type}"),
        Link(view.readable_url(line.url), view.openable(line.url)),
        *score,
        *(None if line.failed else found[status] for status in (Status.PASS, Status.GAP, Status.UNDECIDED)),
        say.say(f"report.book.agencies.{seen}"),
        *statuses,
    )
