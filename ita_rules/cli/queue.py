"""``ita-rules queue RUN…``: the items of saved runs that a person has to decide, as a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from ita_rules.cli import console, exits, given, options
from ita_rules.cli.saved import load_report
from ita_rules.decided import read_decided
from ita_rules.decisions import load_decisions, run_id, with_decisions
from ita_rules.doubt import queue as in_order
from ita_rules.errors import AnswersError, UsageError
from ita_rules.model import Report
from reports.interface import write_whole
from reports.queue_sheet import Place, workbook

FILE_NAME = "queue.xlsx"
MOST = 4_000
"""Rows of one workbook: `decisions import` reads no more."""

_REPORT = "report.json"
_MOST_RUNS = 20_000


def queue(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN...", help="help.queue_runs", show_default=False)],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="help.queue_out", show_default=False)] = Path(FILE_NAME),
    most: Annotated[int, typer.Option("--most", metavar=options.NUMBER, help="help.queue_most", show_default=False)] = MOST,
    lang: options.Lang = None,
) -> int:
    """Write the workbook: most doubtful and weightiest first. A folder of runs stands for the newest run of each agency in it."""
    given.lang_of(lang)
    if not 1 <= most <= MOST:
        raise UsageError("error.number.wrong", option="--most", low=1, high=MOST, found=most)
    if out.suffix.lower() != ".xlsx":
        raise UsageError("error.queue.suffix", path=out)
    places = [_place(folder) for folder in _folders(runs)]
    spoken = given.lang_of(lang, places[0].report.lang)
    _spare(out, places)
    found = in_order([place.report for place in places])
    path = write_whole(out.parent, out.name, workbook(places, found[:most], spoken))
    console.result(console.words().say("cli.queue.written", count=min(most, len(found)), runs=len(places), path=path))
    if len(found) > most:
        console.result(console.words().say("cli.queue.left", count=len(found) - most))
    return exits.PASSED


def _spare(out: Path, places: Iterable[Place]) -> None:
    """Leave a sheet alone that holds work not imported yet. Raises `UsageError` for one."""
    if not out.is_file():
        return
    try:
        rows, faults = read_decided(out, "-", given.now().date())
    except AnswersError:
        return  # not a reviewer's sheet: written over, as any file named for the result
    kept = {(place.run_id, e.item, e.decision, e.comment) for place in places for e in load_decisions(Path(place.folder))}
    waiting = [row for row in rows if (row.run_id, row.item, row.decision, row.comment) not in kept]
    if waiting or faults:
        raise UsageError("error.queue.filled", path=out, count=len(waiting) + len(faults))


def _place(folder: Path) -> Place:
    """A run for the queue, told to a reviewer: a gap is a proposal there, and decisions made before are known."""
    report: Report = with_decisions(load_report(folder), load_decisions(folder))
    return Place(report.model_copy(update={"persona": "reviewer"}), folder.as_posix(), run_id(report))


def _folders(runs: Iterable[Path]) -> list[Path]:
    """The runs' folders, each once. Raises `UsageError` for a folder in which there is no report."""
    found: dict[Path, None] = {}
    for run in runs:
        folder = run.parent if run.name == _REPORT and run.is_file() else run
        if (folder / _REPORT).is_file():
            found[folder] = None
            continue
        newest: dict[Path, Path] = {}
        for number, report in enumerate(sorted(folder.glob(f"*/{_REPORT}")) + sorted(folder.glob(f"*/*/{_REPORT}"))):
            if number >= _MOST_RUNS:
                raise UsageError("error.queue.too_many", path=run, limit=_MOST_RUNS)
            # Runs are named by their time, so the last of an agency's folder is its newest.
            newest[report.parent.parent] = report.parent
        if not newest:
            raise UsageError("error.queue.no_report", path=run)
        found |= dict.fromkeys(newest.values())
    return list(found)
