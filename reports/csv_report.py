"""report.csv: a row for each check, for spreadsheets and statistics.

UTF-8 with the mark that tells Excel so, comma and CRLF as RFC 4180 has it, every field in quotes. The heads are fixed names in
English and statuses their short names, so that programs in any language read them; the sentences are in the report's language.
A field that a spreadsheet would take for a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from ita_rules.messages import messages
from ita_rules.model import CheckResult, ItemResult, Report, Status
from reports import view
from reports.cells import harmless
from reports.interface import write_whole
from reports.item_sheets import first

COLUMNS = (
    "agency",
    "agency_type",
    "website",
    "ruleset",
    "as_of",
    "item",
    "item_name",
    "indicator",
    "unit",
    "item_status",
    "item_worth",
    "check",
    "kind",
    "severity",
    "status",
    "cause",
    "confidence",
    "verified",
    "asks",
    "message",
    "fix",
    "effort",
    "url",
    "page",
    "quote",
    "waived_until",
    "decision",
    "decision_by",
)
"""The columns, in their order; new ones are added at the end only."""

_QUOTE = 2_000


class CsvRenderer:
    """See `reports.interface.Renderer`."""

    name = "csv"
    suffix = ".csv"

    def render(self, report: Report, folder: Path, stem: str) -> Path:
        """See `reports.interface.Renderer.render`."""
        return write_whole(folder, stem + self.suffix, table(report).encode("utf-8-sig"))


def table(report: Report) -> str:
    """The whole table as text, without the mark at its head; the same text every time."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for item in report.items:
        for check in item.checks:
            writer.writerow([harmless(field, _QUOTE) for field in _row(report, item, check)])
    return stream.getvalue()


def _row(report: Report, item: ItemResult, check: CheckResult) -> tuple[str, ...]:
    """The fields of one check, in the order of `COLUMNS`."""
    say = messages(report.lang)
    shown = first(check)
    wanted = check.status in (Status.GAP, Status.UNDECIDED)
    return (
        report.agency.name,
        report.agency.type.value,
        report.agency.url,
        report.ruleset.id,
        report.run.as_of,
        item.id,
        item.name,
        item.indicator,
        item.unit,
        item.status.value,
        "" if view.is_for_reviewer(report) else view.number(item.worth),
        check.id,
        check.kind,
        check.severity.value,
        check.status.value,
        check.cause or "",
        f"{check.confidence:.2f}",
        "true" if check.verified else "false",
        check.asks,
        view.message(check, report, say),
        (check.fix or "") if wanted else "",
        str(check.effort or ""),
        shown.url if shown else "",
        "" if shown is None or shown.page is None else str(shown.page),
        (shown.quote or "") if shown else "",
        check.waived.until if check.waived else "",
        item.decision.decision if item.decision else "",
        item.decision.who if item.decision else "",
    )
