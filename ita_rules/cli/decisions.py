"""``ita-rules decisions``: what reviewers decided, taken from their sheets and kept beside the runs."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from ita_rules.cli import console, exits, given, options
from ita_rules.cli.delivery import drawn
from ita_rules.cli.runs import STEM
from ita_rules.cli.saved import load_report
from ita_rules.complaints import Complaint
from ita_rules.decided import Decided, read_decided
from ita_rules.decisions import FILE_NAME, Entry, added, dump, load_decisions, run_id, with_decisions
from ita_rules.errors import RunError
from ita_rules.model import Report
from ita_rules.run.store import blobs_of, load_run
from reports.interface import PagePicture, renderers, write_whole

logger = logging.getLogger(__name__)
app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keeps `import` a word of its own while it is the only one."""


@app.command("import", help="help.decisions.import")
def take_in(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="help.decisions_file", show_default=False)],
    runs: Annotated[list[Path] | None, typer.Argument(metavar="[RUN]...", help="help.decisions_runs", show_default=False)] = None,
    who: Annotated[str, typer.Option("--who", metavar="TEXT", help="help.decisions_who", show_default=False)] = "",
    when: Annotated[str | None, typer.Option("--when", metavar="DATE", help="help.decisions_when", show_default=False)] = None,
    lang: options.Lang = None,
) -> int:
    """Check the rows, keep the good ones beside their runs, tell the others by row, and write the runs' reports anew."""
    given.lang_of(lang)
    rows, faults = read_decided(file, who.strip(), given.day_of(when) or given.now().date())
    named = {run_id(report): folder for folder in runs or () for report in (load_report(folder),)}
    refused = list(faults)
    kept = 0
    for run, ours in _by_run(rows).items():
        folder = named.get(run) or (Path(ours[0].run) if ours[0].run and not runs else None)
        kept += _keep(run, folder, ours, str(file), refused)
    for fault in sorted(refused, key=lambda fault: fault.line):
        console.tell(console.complaint(fault))
    console.result(console.words().say("cli.decisions.kept", count=kept, refused=len(refused)))
    return exits.USAGE if refused else exits.PASSED


def _by_run(rows: Iterable[Decided]) -> dict[str, list[Decided]]:
    found: dict[str, list[Decided]] = {}
    for row in rows:
        found.setdefault(row.run_id, []).append(row)
    return found


def _keep(run: str, folder: Path | None, rows: Sequence[Decided], file: str, refused: list[Complaint]) -> int:
    """Keep the decisions on one run; how many were kept. What cannot be is added to `refused`."""
    report: Report | None = None
    if folder is not None:
        try:
            report = load_report(folder)
        except RunError:
            report = None
    # A sheet names the folder itself, so nothing is written where the report is not the very one that was decided on.
    if folder is None or report is None or run_id(report) != run:
        place = folder.as_posix() if folder is not None else ""
        refused += [Complaint(file, row.row, "error.decisions.no_run", {"item": row.item, "path": place}) for row in rows]
        return 0
    items = {item.id: item for item in report.items}
    entries: list[Entry] = []
    for row in rows:
        item = items.get(row.item)
        if item is None:
            refused.append(Complaint(file, row.row, "error.decisions.no_item", {"item": row.item}))
        elif item.status is not row.on:
            say = console.words()
            values = {"item": row.item, "old": say.say(f"status.{row.on.value}"), "new": say.say(f"status.{item.status.value}")}
            refused.append(Complaint(file, row.row, "error.decisions.moved_on", values))
        else:
            entries.append(_entry(report, row))
    if entries:
        before = load_decisions(folder)
        after = added(before, entries)
        if after != before:
            write_whole(folder, FILE_NAME, dump(after))
        _tell_again(with_decisions(report, after), folder)
    return len(entries)


def _entry(report: Report, row: Decided) -> Entry:
    data = {"decision": row.decision, "on": row.on, "who": row.who, "when": row.when.isoformat(), "comment": row.comment}
    return Entry.model_validate({"ruleset": report.ruleset.id, "item": row.item, **data})


def _tell_again(report: Report, folder: Path) -> None:
    """Write the reports that stand in the folder anew, with the decisions in them."""
    there = {name for name, renderer in renderers().items() if (folder / f"{STEM}{renderer.suffix}").is_file()}
    pictures: tuple[PagePicture, ...] = ()
    if "html" in there:
        try:
            pictures = drawn(report, load_run(folder), blobs_of(folder))
        except RunError:
            # The report was copied without its run: its page goes without pictures of the evidence.
            logger.info("no run beside %s to draw pages from", folder)
    for name, renderer in renderers(pictures).items():
        if name in there:
            renderer.render(report, folder, STEM)
