"""report.jsonl: one check per line as JSON, for programs that read line by line and for loading into a database.

Each line stands alone: it names the agency, the rule set, the day and the item beside the check as report.json has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ita_rules.model import Report
from reports.interface import write_whole
from reports.json_report import encoded

SCHEMA = "ita-rules/check/1"
"""The form of a line; it may only grow."""

_OF_ITEM = {"id", "concepts", "name", "indicator", "status", "score", "due", "worth", "unit", "decision"}


class JsonlRenderer:
    """See `reports.interface.Renderer`."""

    name = "jsonl"
    suffix = ".jsonl"

    def render(self, report: Report, folder: Path, stem: str) -> Path:
        """See `reports.interface.Renderer.render`."""
        return write_whole(folder, stem + self.suffix, "".join(f"{line}\n" for line in checks(report)).encode("utf-8"))


def checks(report: Report) -> Iterator[str]:
    """The lines, without their ends: every check of every item, in the form's order."""
    head: dict[str, Any] = {
        "schema": SCHEMA,
        "lang": report.lang,
        "agency": report.agency.model_dump(mode="json"),
        "ruleset": {"id": report.ruleset.id, "version": report.ruleset.version, "fiscal_year": report.ruleset.fiscal_year},
        "as_of": report.run.as_of,
        "finished": report.run.finished,
    }
    for item in report.items:
        about = item.model_dump(mode="json", include=_OF_ITEM)
        for check in item.checks:
            yield encoded({**head, "item": about, "check": check.model_dump(mode="json")})
