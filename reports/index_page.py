"""index.html: every agency of an audit on one page, a row for each and a column for each item, with a link to its report.

No script is needed or allowed, nothing is fetched from anywhere, and the same lines give the same bytes. Agencies judged by
different rule sets stand in different tables, because an item's code means another thing in another year. Where more than one
night is known, a column shows how each agency went, and a table the mean of all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from ita_rules.messages import clean, messages
from ita_rules.model import Status
from reports import trend, view
from reports.agencies_sheet import AgencyLine, ItemHead
from reports.interface import write_whole
from reports.trend import Point

NAME = "index.html"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""The page's own Content-Security-Policy."""


@dataclass(frozen=True, slots=True)
class Row:
    """An agency: its line, its report's path relative to the page (``""`` for none), and why it could not be judged, in words."""

    line: AgencyLine
    report: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The agencies of one rule set, with a status for each of `heads` (None where an agency has no such item). `since` tells that
    a night before is known of any; `total` are the means of all on their nights."""

    ruleset: str
    heads: tuple[ItemHead, ...]
    rows: tuple[tuple[Row, tuple[Status | None, ...]], ...]
    counts: tuple[tuple[Status, int], ...]
    reviewer: bool
    since: bool
    total: tuple[Point, ...]

    @property
    def width(self) -> int:
        """Columns besides that of the name."""
        return len(self.heads) + (0 if self.reviewer else 1) + self.since


def write(rows: Sequence[Row], causes: Sequence[str], when: str, folder: Path, lang: str) -> Path:
    """Write ``folder/index.html``: the path. `causes` are sentences on what agencies have in common, `when` is ISO 8601.

    Raises `OutputError`.
    """
    return write_whole(folder, NAME, page(rows, causes, when, lang).encode("utf-8"))


def page(rows: Sequence[Row], causes: Sequence[str], when: str, lang: str) -> str:
    """The whole page as text."""
    catalogue = messages(lang)
    env = Environment(
        loader=PackageLoader("reports"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    env.filters["clean"] = lambda value, limit=300: clean(str(value), limit)
    env.filters["href"] = view.safe_href
    env.filters["url"] = view.readable_url
    return env.get_template("index.html.j2").render(
        lang=lang,
        say=catalogue.say,
        when=catalogue.time(when),
        causes=causes,
        tables=_tables(rows),
        total=len(rows),
        policy=POLICY,
        css=resources.files("reports").joinpath("templates/index.css").read_text("utf-8"),
        symbols=view.SYMBOLS,
        statuses=list(Status),
        path=lambda text: quote(text, safe="/"),
        score=lambda value: f"{value:.1f}",
        drawing=lambda points: trend.drawing(points, trend.told(points, catalogue)) if len(points) > 1 else "",
        told=lambda points: trend.told(points, catalogue),
        changed=lambda points, reviewer: trend.changed(points, reviewer, catalogue),
        day=catalogue.day,
    )


def _tables(rows: Sequence[Row]) -> list[Table]:
    newest = max((row.line.ruleset for row in rows), default="")
    by_ruleset: dict[str, list[Row]] = {}
    for row in rows:
        by_ruleset.setdefault(row.line.ruleset or newest, []).append(row)
    return [_table(ruleset, ours) for ruleset, ours in sorted(by_ruleset.items(), reverse=True)]


def _table(ruleset: str, rows: list[Row]) -> Table:
    heads = tuple({head.id: head for row in rows for head in row.line.heads}.values())
    counts: Counter[Status] = Counter()
    found = []
    for row in rows:
        known = {head.id: status for head, status in zip(row.line.heads, row.line.statuses, strict=True)}
        counts.update(row.line.statuses)
        found.append((row, tuple(known.get(head.id) for head in heads)))
    return Table(
        ruleset,
        heads,
        tuple(found),
        tuple((status, counts[status]) for status in Status if counts[status]),
        any(row.line.reviewer for row in rows),
        any(row.line.before for row in rows),
        trend.total(row.line.trend for row in rows),
    )
