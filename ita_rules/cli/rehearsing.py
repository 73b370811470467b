"""``check --answers FILE --rehearse``: what the examiner will see at each row of the sheet, and the sheet cleaned."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ita_rules.answers import AnswersFile
from ita_rules.cli import console
from ita_rules.errors import UsageError
from ita_rules.messages import messages
from ita_rules.model import Report
from ita_rules.rehearsal import rehearse
from ita_rules.run.types import RunData

STEM = "answers-clean"
Rehearse = Annotated[bool, typer.Option("--rehearse", help="help.rehearse", show_default=False)]


def asked(wanted: bool, answers: Path | None) -> bool:
    """Whether to rehearse. Raises `UsageError` where there are no answers to rehearse with."""
    if wanted and answers is None:
        raise UsageError("error.rehearse.no_answers")
    return wanted


def tell(answers: AnswersFile, path: Path, run: RunData, report: Report, folder: Path) -> None:
    """Print the rehearsal of the sheet at `path` and write the cleaned one into `folder`, in the form that `path` has.

    Raises `OutputError` where it cannot be written.
    """
    # Imported where it is asked for: it makes a workbook, for which much is loaded.
    from reports import rehearsal

    say = messages(report.lang)
    rows = rehearse(answers.rows, run, report, say)
    suffix = ".xlsx" if path.suffix.lower() in (".xlsx", ".xlsm") else ".csv"
    written = rehearsal.write_sheet(rows, folder, STEM, suffix, say)
    rehearsal.render(rows, console.stdout(), say)
    console.say("rehearse.saved", path=written)
