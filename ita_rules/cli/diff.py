"""``ita-rules diff RUN RUN``: what is new, mended, still open and newly undecided between two runs of an agency, and why.

Exit status: 0 nothing became worse · 12 new gaps · 10 conditions newly undecided, or changes that cannot be told from those of
the rules. Only criteria count, and only what the site or the calendar changed.
"""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from ita_rules.cli import console, exits, given, options
from ita_rules.cli.comparing import compared, same_agency
from ita_rules.cli.saved import NAME, load_report
from ita_rules.errors import RunError, UsageError
from ita_rules.history.confirm import HOURS, confirmed
from ita_rules.history.differences import Change, Difference
from ita_rules.history.entry import moment
from ita_rules.history.index import read
from ita_rules.history.runs import relative, store_of
from ita_rules.history.texts import changed_evidence
from ita_rules.history.told import data_of, lines_of
from ita_rules.model import Report, Severity
from reports.interface import write_whole
from reports.json_report import encoded

logger = logging.getLogger(__name__)

FORMATS = ("text", "json")
_LONGEST = 24.0 * 366


def diff(
    one: Annotated[Path, typer.Argument(metavar="RUN", help="help.diff_runs", show_default=False)],
    other: Annotated[Path, typer.Argument(metavar="RUN", help="help.diff_runs", show_default=False)],
    form: Annotated[str, typer.Option("--format", metavar="text|json", help="help.diff_format", show_default=False)] = "text",
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="help.diff_out", show_default=False)] = None,
    hours: Annotated[float, typer.Option("--hours", metavar=options.NUMBER, help="help.diff_hours", show_default=False)] = HOURS,
    sure: Annotated[bool, typer.Option("--confirmed", help="help.diff_confirmed", show_default=False)] = False,
    lang: options.Lang = None,
    rules: options.RulesFolder = None,
) -> int:
    """The run that began first is the older one, in whichever order they are named."""
    given.lang_of(lang)
    if form not in FORMATS:
        raise UsageError("error.diff.format", format=form, known=", ".join(FORMATS))
    if not 0 <= hours <= _LONGEST:
        raise UsageError("error.number.wrong", option="--hours", low=0, high=int(_LONGEST), found=hours)
    (old, before), (new, after) = sorted(((f, load_report(f)) for f in map(_folder, (one, other))), key=_began)
    if not same_agency(before, after):
        raise UsageError("error.diff.agencies", before=before.agency.name or "-", after=after.agency.name or "-")
    given.lang_of(lang, after.lang)
    found = _with_second_look(compared(old, new, before, after, rules), new, hours)
    if sure:
        found = replace(found, changes=tuple(change for change in found.changes if change.confirmed))
    evidence = changed_evidence(found.before, found.after, old, new)
    if form == "json":
        text = encoded(data_of(found, evidence, old, new), indent=1)
    else:
        text = "\n".join(lines_of(found, evidence, console.words()))
    if out is not None:
        written = write_whole(out.parent, out.name, f"{text}\n".encode("utf-8", "replace"))
        console.say("cli.diff.written", path=written)
    else:
        for line in text.split("\n"):
            console.result(line)
    return exit_of(found)


def exit_of(difference: Difference) -> int:
    """The exit status that a difference calls for."""

    def has(changes: tuple[Change, ...], *kinds: str) -> bool:
        return any(change.severity is Severity.CRITERION and change.kind in kinds for change in changes)

    if has(difference.changes, "new_gap"):
        return exits.GAPS
    mixed = not difference.separated and has(difference.by_rules, "new_gap", "newly_undecided")
    return exits.UNDECIDED if mixed or has(difference.changes, "newly_undecided") else exits.PASSED


def _folder(run: Path) -> Path:
    return run.parent if run.name == NAME and run.is_file() else run


def _began(run: tuple[Path, Report]) -> dt.datetime:
    return moment(run[1].run.started)


def _with_second_look(found: Difference, new: Path, hours: float) -> Difference:
    """The difference with what other runs of the store confirm of it; without a store nothing but the two runs is known."""
    base = store_of(new)
    name = relative(base, new) if base is not None else None
    index = read(base) if base is not None else None
    if index is None or name is None:
        return confirmed(found, (), hours)
    with index:
        try:
            return confirmed(found, index.entries(name.rpartition("/")[0] or "."), hours)
        except RunError as error:
            logger.info("the index of %s is of no use: %s", base, error)
            return confirmed(found, (), hours)
