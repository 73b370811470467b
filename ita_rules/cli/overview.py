"""All agencies of an audit in one workbook, where the audit was asked for workbooks."""

from __future__ import annotations

from pathlib import Path

from ita_rules.config import AgencyConfig, Config
from ita_rules.model import Report
from reports.agencies_sheet import AgencyLine, Heads, failed_line, write

FORMAT = "xlsx"


class Overview:
    """Gathers a line for each agency as the audit goes on; `ruleset` is the one asked for on the command line, if any."""

    def __init__(self, settings: Config, ruleset: str | None) -> None:
        self._settings = settings
        self._ruleset = ruleset
        self._heads = Heads()
        self._lines: list[AgencyLine] = []

    def add(self, report: Report) -> None:
        """An agency that was judged."""
        self._lines.append(self._heads.line(report))

    def failed(self, agency: AgencyConfig) -> None:
        """An agency that could not be judged: it has a line that says so, so that nobody takes it for forgotten."""
        ruleset = self._ruleset or agency.ruleset or self._settings.ruleset or ""
        self._lines.append(failed_line(agency.name, agency.type.value, agency.url, ruleset))

    def write(self, folder: Path, lang: str) -> Path | None:
        """Write ``agencies.xlsx`` into `folder`; None where no workbook was asked for. Raises `OutputError`."""
        return write(self._lines, folder, lang) if FORMAT in self._settings.formats and self._lines else None
