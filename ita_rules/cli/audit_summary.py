"""What an audit tells at its end: a line for each agency, the causes that many share, the page and the workbook of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ita_rules.audit.causes import Group, grouped
from ita_rules.audit.record import Result
from ita_rules.cli import console, exits
from ita_rules.cli.audit_changes import changed
from ita_rules.errors import OutputError, RunError
from ita_rules.history.index import FILE_NAME, Index
from ita_rules.history.trends import trends
from ita_rules.model import Status
from reports import agencies_sheet, index_page
from reports.agencies_sheet import AgencyLine, ItemHead, failed_line
from reports.trend import Point

WORKBOOK = "xlsx"
"""The format that asks for the workbook of all agencies."""

_MOST_LINES = 60
_MOST_NAMES = 8


def summarise(
    results: Sequence[Result], base: Path, formats: Sequence[str], lang: str, addresses: Mapping[str, Sequence[str]]
) -> None:
    """Print the summary of an audit and write its page and workbook into `base`. Raises `OutputError`."""
    long = len(results) > _MOST_LINES
    for result in results:
        if not long or _is_untold(result):
            console.result(line_of(result))
    if long:
        console.result(console.words().say("cli.audit.long", count=len(results)))
    causes = [cause_of(group) for group in grouped(results, addresses)]
    for cause in causes:
        console.result(cause)
    for line in changed(results):
        console.result(line)
    console.result(_counts([result.code for result in results]))
    if not results:
        return
    lines = _lines(results, _trends(results, base))
    rows = [
        index_page.Row(line, f"{r.folder}/{r.page}" if r.page else "", r.reason) for r, line in zip(results, lines, strict=True)
    ]
    when = max(result.finished for result in results)
    console.result(console.words().say("cli.audit.index", path=index_page.write(rows, causes, when, base, lang)))
    if WORKBOOK in formats:
        console.result(console.words().say("cli.audit.workbook", path=agencies_sheet.write(lines, base, lang)))


def line_of(result: Result) -> str:
    """One line on what came of an agency."""
    if _is_untold(result):
        return console.words().say("cli.audit.failed", agency=result.name, reason=result.reason)
    return console.words().say(
        "cli.audit.proposed" if result.reviewer else "cli.audit.result",
        agency=result.name,
        passed=result.statuses.count(Status.PASS),
        gaps=result.statuses.count(Status.GAP),
        undecided=result.statuses.count(Status.UNDECIDED),
        low=f"{result.low:.2f}",
        high=f"{result.high:.2f}",
    )


def _is_untold(result: Result) -> bool:
    """Whether an agency has no report: its check failed, or was cut short before there was one."""
    return result.outcome == "failed" or not result.folder


def cause_of(group: Group) -> str:
    """A common cause in words, with the agencies behind it."""
    say = console.words()
    names = ", ".join(group.agencies[:_MOST_NAMES])
    more = len(group.agencies) - _MOST_NAMES
    return say.say(
        f"cli.audit.cause.{group.kind}",
        where=group.where,
        cause=say.cause(group.cause),
        count=len(group.agencies),
        agencies=f"{names} +{more}" if more > 0 else names,
        undecided=group.undecided,
    )


def _counts(codes: list[int]) -> str:
    return console.words().say(
        "cli.audit.summary",
        count=len(codes),
        passed=codes.count(exits.PASSED),
        gaps=codes.count(exits.GAPS),
        undecided=codes.count(exits.UNDECIDED),
        failed=sum(code in (exits.TOOL_FAILED, exits.USAGE, exits.NO_PAGE) for code in codes),
    )


def _trends(results: Sequence[Result], base: Path) -> Mapping[str, tuple[Point, ...]]:
    """The last nights of each agency by the folder of its run; nothing where there is no history, or none that can be read."""
    if not (base / FILE_NAME).is_file():
        return {}
    try:
        with Index(base) as index:
            found = trends(index, (result.folder for result in results if not _is_untold(result)))
    except (RunError, OutputError) as error:
        console.say("cli.audit.no_trend", reason=console.words().error(error))
        return {}
    return {
        folder: tuple(Point(night.day, night.low, night.high, night.gaps, night.undecided) for night in nights)
        for folder, nights in found.items()
    }


def _lines(results: Sequence[Result], known_trends: Mapping[str, tuple[Point, ...]]) -> list[AgencyLine]:
    """What page and workbook show of each agency; a list of items that many share is kept once."""
    known: dict[tuple[ItemHead, ...], tuple[ItemHead, ...]] = {}
    lines = []
    for result in results:
        if _is_untold(result):
            lines.append(failed_line(result.name, result.type, result.url, result.ruleset))
            continue
        heads = tuple(ItemHead(*head) for head in result.heads)
        lines.append(
            AgencyLine(
                name=result.name,
                type=result.type,
                url=result.url,
                ruleset=result.ruleset,
                heads=known.setdefault(heads, heads),
                statuses=result.statuses,
                low=result.low,
                high=result.high,
                complete=result.complete,
                finished=result.finished,
                reviewer=result.reviewer,
                trend=known_trends.get(result.folder, ()),
            )
        )
    return lines
