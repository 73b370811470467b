"""The result of a check as lines of a terminal: a table of the items, the score, the counts, where the full report lies.

Text from a site is put in as plain `rich.text.Text`, cleaned: neither markup nor terminal escapes in it have any effect.
"""

from __future__ import annotations

from pathlib import Path

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from ita_rules.messages import Catalogue, clean, messages
from ita_rules.model import CheckResult, ItemResult, Range, Report, Status, Total
from reports import changes, view

WIDE = 120
"""Columns from which what was found and what to do stand side by side."""

_STYLES = {
    Status.PASS: "green",
    Status.GAP: "bold red",
    Status.UNDECIDED: "yellow",
    Status.NOT_DUE: "blue",
    Status.NOT_APPLICABLE: "dim",
}
_PLAIN_SYMBOLS = {Status.PASS: "+", Status.GAP: "x", Status.UNDECIDED: "?", Status.NOT_DUE: "o", Status.NOT_APPLICABLE: "-"}
_FOUND_LIMIT = 4
_TEXT_LIMIT = 240
_FIRST = 6

Line = tuple[str, Text]
"""A mark that hangs in the margin, and the words beside it."""


def render(report: Report, console: Console, lang: str | None = None, html: Path | None = None) -> None:
    """Print `report` on `console` in `lang` (the report's own when left out); `html` is where the full report lies.

    Colour is the console's affair: a pipe or a file gets plain text. Characters that the console's encoding lacks
    are replaced, so that an old Windows console (cp874) shows the table too.
    """
    lines = _Lines(console, messages(lang or report.lang), report)
    out = console.print
    if report.agency.name:
        out(lines.text(report.agency.name, "bold"))
    out(lines.text(lines.ruleset(report)))
    disclaimer = "report.proposed.disclaimer" if view.is_for_reviewer(report) else "report.disclaimer"
    out(lines.text(lines.say.say(disclaimer), "italic"))
    out()
    for opening in lines.to_open(report):
        out(opening)
    cause = view.one_cause(report)
    if cause:
        out(lines.text(lines.say.say("cli.all_undecided", count=len(report.items), cause=lines.say.cause(cause)), "yellow"))
        out(_hung([(lines.arrow, lines.text(lines.say.who(cause), "cyan"))]))
    elif report.items:
        out(lines.table(report, wide=console.width >= WIDE))
    else:
        out(lines.text(lines.say.say("report.items.none")))
    for line in lines.summary(report):
        out(line)
    if html is not None:
        # Never wrapped or shortened: people copy the path.
        out(lines.text(lines.say.say("cli.report", path=html), "bold"), soft_wrap=True)


class _Lines:
    def __init__(self, console: Console, say: Catalogue, report: Report) -> None:
        self.say = say
        self.encoding = console.encoding or "utf-8"
        self.report = report
        self.symbols = view.symbols(report) if self.fit("✓✕◷") == "✓✕◷" else _PLAIN_SYMBOLS
        self.arrow, self.bullet = ("→", "·") if self.fit("→·") == "→·" else (">", "-")

    def fit(self, text: str) -> str:
        """`text` in the console's own characters."""
        return text.encode(self.encoding, "replace").decode(self.encoding, "replace")

    def text(self, words: str, style: str = "") -> Text:
        return Text(self.fit(clean(words, 1000)), style=style)

    def ruleset(self, report: Report) -> str:
        info = report.ruleset
        name = self.say.say("report.ruleset.value", year=info.fiscal_year, id=info.id, version=info.version)
        return f"{name} · {self.say.say('report.as_of')} {self.say.day(report.run.as_of)}"

    def status(self, status: Status) -> Text:
        return self.text(f"{self.symbols[status]} {view.status_word(status, self.report, self.say)}", _STYLES[status])

    def table(self, report: Report, wide: bool) -> Table:
        shape = box.SIMPLE_HEAD if self.fit("─") == "─" else box.ASCII2
        table = Table(box=shape, expand=True, pad_edge=False, header_style="bold")
        table.add_column(self.text(self.say.say("cli.column.code")), no_wrap=True)
        table.add_column(self.text(self.say.say("cli.column.status")), no_wrap=True)
        for column in ("name", "missing", "fix") if wide else ("detail",):
            table.add_column(self.text(self.say.say(f"cli.column.{column}")), ratio=1, overflow="fold")
        for item in report.items:
            found, fixes = self.found(item), self.fixes(item)
            name = self.text(clean(item.name, _TEXT_LIMIT), "bold" if item.status is Status.GAP else "")
            cells: list[RenderableType] = [name, _hung(found), _hung(fixes)] if wide else [Group(name, _hung([*found, *fixes]))]
            table.add_row(self.text(clean(item.id, 20)), self.status(item.status), *cells)
        return table

    def to_open(self, report: Report) -> list[RenderableType]:
        """The items that pass narrowly, each with its page and what to look for; an empty line after them."""
        told: list[Line] = []
        for item, each in view.opened(report):
            place = view.readable_url(view.page_href(each.url, each.page), 120)
            words = self.say.say(
                "cli.open", item=item.id, asks=clean(each.asks, 160), reasons=", ".join(clean(r, 120) for r in each.reasons[:4])
            )
            told += [(self.bullet, self.text(words)), (self.arrow, self.text(place, "cyan"))]
        if not told:
            return []
        return [self.text(self.say.say("report.open"), "bold"), _hung(told), Text("")]

    def found(self, item: ItemResult) -> list[Line]:
        """What keeps an item from passing, a line each."""
        if item.status is Status.NOT_DUE and item.due:
            return [("", self.text(self.say.say("report.item.due", due=self.say.day(item.due))))]
        if item.status not in (Status.GAP, Status.UNDECIDED):
            return []
        checks = view.criteria(item)
        if item.status is Status.GAP:
            gaps = [check for check in checks if check.status is Status.GAP]
            shown = [(self.bullet, self.text(self._found(check))) for check in gaps[:_FOUND_LIMIT]]
            return shown + self._more(len(gaps))
        return [(self.bullet, self.text(self._unseen(cause, count))) for cause, count in view.causes(item).items()]

    def _unseen(self, cause: str, count: int) -> str:
        """How many conditions could not be decided for one cause: a scan has one line, not one for each of its conditions."""
        return self.say.say("cli.undecided", count=count, cause=self.say.cause(cause))

    def _found(self, check: CheckResult) -> str:
        message = clean(check.message, _TEXT_LIMIT)
        remarks = [self.say.say("explain.unverified")] if check.status is Status.GAP and not check.verified else []
        if view.is_for_reviewer(self.report):
            remarks += [self.say.say("why.near", label=n.label, wording=n.wording, likeness=n.likeness) for n in check.near]
        waived = view.waived_words(check, self.say)
        return " ".join([message, *(f"({remark})" for remark in (*remarks, waived) if remark)])

    def fixes(self, item: ItemResult) -> list[Line]:
        """What to do about it, a line each."""
        if item.status not in (Status.GAP, Status.UNDECIDED):
            return []
        fixes = view.fixes(item)
        if not fixes and item.status is Status.UNDECIDED:
            fixes = tuple(dict.fromkeys(self.say.who(cause) for cause in view.causes(item)))
        shown = [(self.arrow, self.text(clean(fix, _TEXT_LIMIT), "cyan")) for fix in fixes[:_FOUND_LIMIT]]
        return shown + self._more(len(fixes))

    def _more(self, count: int) -> list[Line]:
        return [("", self.text(self.say.say("cli.more", more=count - _FOUND_LIMIT), "dim"))] if count > _FOUND_LIMIT else []

    def summary(self, report: Report) -> list[Text]:
        """The lines under the table."""
        run, score, say = report.run, report.scores.oit, self.say
        gaps, unverified = view.gap_checks(report)
        found = view.counts(report)
        parts = ", ".join(
            say.say("cli.count", status=view.status_word(status, report, say), count=found[status])
            for status in Status
            if found[status]
        )
        lines = [self.text(say.say("cli.counts", counts=parts))]
        if not view.of_files(report) and not view.is_for_reviewer(report):
            if report.total:
                lines.insert(0, self.text(self._total(report.total), "bold"))
            lines.insert(0, self.text(self._range("cli.score", score), "bold"))
        if unverified:
            told = "report.proposed.checks" if view.is_for_reviewer(report) else "report.gap_checks"
            remark = say.say("report.gap_checks.unverified", unverified=unverified)
            lines.append(self.text(f"{say.say(told, gaps=gaps)} · {remark}"))
        lines += [self.text(text) for text in self._first(report)]
        if view.waived(report):
            lines.append(self.text(say.say("report.gap_checks.waived", waived=len(view.waived(report)))))
        depth = changes.depth_words(report, say)
        if depth:
            lines.append(self.text(depth))
        lines += [self.text(text) for text in (*changes.summary(report, say), *changes.told(report, say))]
        lines.append(self.text(say.say("cli.coverage", pages=run.pages, documents=run.documents, unreached=len(run.unreached))))
        lines += [self.text(text) for text in self._unseen_by(report)]
        if run.stopped_by:
            lines.append(self.text(say.say("report.coverage.stopped", stop=view.stopped_word(run.stopped_by, say)), "yellow"))
        if not run.complete:
            lines.append(self.text(say.say("report.coverage.incomplete"), "yellow"))
        return lines

    def _unseen_by(self, report: Report) -> list[str]:
        """Who must act on what was not seen, and what was seen in part or without its certificate; a line each."""
        run, say = report.run, self.say
        groups = [say.say("cli.unreached.group", who=say.say(f"who.{one}"), count=n) for one, _, n in view.unreached(report, 0)]
        lines = [say.say("cli.unreached", groups=groups)] if groups else []
        if run.insecure:
            lines.append(say.say("cli.insecure", count=len(run.insecure)))
        if run.bounds:
            lines.append(say.say("cli.bounds", count=len(run.bounds)))
        return lines

    def _range(self, message_id: str, score: Range | Total) -> str:
        """A score from its lowest to its highest; one number where nothing is open."""
        low, high = view.number(score.low), view.number(score.high)
        return self.say.say(f"{message_id}.sure", score=low) if low == high else self.say.say(message_id, low=low, high=high)

    def _total(self, total: Total) -> str:
        """The whole result in words, with its level where the year's levels are known."""
        words = self._range("cli.total", total)
        level = view.level_words(total, self.say)
        return f"{words} · {self.say.say('report.total.level', level=level)}" if level else words

    def _first(self, report: Report) -> list[str]:
        """What to mend first, one line with the points of each; none to a reviewer, of files, or with one thing to mend."""
        plans = report.plan[:_FIRST]
        if len(report.plan) < 2 or view.is_for_reviewer(report) or view.of_files(report):
            return []
        worth = [self.say.say("cli.first.item", item=p.item, points=view.number(p.points)) for p in plans]
        return [self.say.say("cli.first", items=", ".join(worth))]


def _hung(lines: list[Line]) -> Table:
    """Lines with their marks in a margin: Thai has no blanks, so a long line would else leave its mark behind alone."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True, width=1)
    grid.add_column(overflow="fold")
    for mark, words in lines:
        grid.add_row(Text(mark, style=words.style), words)
    return grid
