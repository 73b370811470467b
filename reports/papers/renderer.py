"""``--format docx``: four papers from one report, the analysis under the report's own name and the others beside it."""

from __future__ import annotations

from pathlib import Path

from ita_rules.measures import load_measures
from ita_rules.messages import messages
from ita_rules.model import Report
from reports.interface import write_whole
from reports.papers.analysis import analysis
from reports.papers.content import Content
from reports.papers.executive import executive
from reports.papers.memo import memo
from reports.papers.units import units

PAPERS = {"": analysis, "-memo": memo, "-executive": executive, "-units": units}
"""What is added to the report's name → what makes the paper of that name."""


class DocxRenderer:
    """See `reports.interface.Renderer`."""

    name = "docx"
    suffix = ".docx"

    def render(self, report: Report, folder: Path, stem: str) -> Path:
        """See `reports.interface.Renderer.render`. Also writes ``stem-memo``, ``stem-executive`` and ``stem-units`` (``.docx``).

        All are made before the first is written. Raises `RuleSetError` or `YamlError` where the shipped measures are broken.
        """
        content = Content(report, load_measures(), messages(report.lang))
        made = {ending: paper(content) for ending, paper in PAPERS.items()}
        paths = [write_whole(folder, f"{stem}{ending}{self.suffix}", data) for ending, data in made.items()]
        return paths[0]
