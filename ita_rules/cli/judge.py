"""``ita-rules judge RUN``: judge a saved run again, with no network."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from ita_rules.cli import extras, given, options
from ita_rules.cli.check_file import Engine, is_of_files, judge_files
from ita_rules.cli.delivery import deliver
from ita_rules.cli.nightly import told_of_night
from ita_rules.cli.units import units_of
from ita_rules.decisions import load_decisions, with_decisions
from ita_rules.errors import UsageError
from ita_rules.history.runs import store_of
from ita_rules.judge import judge as judge_run
from ita_rules.run.store import blobs_of, load_run

ENGINES: Mapping[str, Engine | None] = {"auto": None, "durable": "durable", "plain": "plain"}
"""Engine by its name on the command line; None is the first that this Python has."""


def judge(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="help.run", show_default=False)],
    ruleset: options.RuleSetId = None,
    as_of: options.AsOf = None,
    out: options.Out = None,
    formats: options.Formats = None,
    persona: extras.PersonaName = None,
    exceptions: extras.ExceptionsFile = None,
    scores: extras.ScoresFile = None,
    iit: extras.Iit = None,
    eit: extras.Eit = None,
    lang: options.Lang = None,
    config: options.ConfigFile = None,
    engine: options.Engine = "auto",
    rules: options.RulesFolder = None,
    previous: options.Previous = None,
) -> int:
    """Rule set, day and language are the run's own where the command line says nothing."""
    given.lang_of(lang)
    if engine not in ENGINES:
        raise UsageError("error.engine.unknown", engine=engine, known=", ".join(ENGINES))
    day = given.day_of(as_of)
    wanted = given.formats_of(formats)
    settings = given.config_of(config)
    more = extras.extras_of(settings, (config or Path()).parent, persona, exceptions, scores, iit, eit)
    data = load_run(run)
    spoken = given.lang_of(lang, data.meta.lang)
    asked = given.ruleset_of(ruleset or data.meta.ruleset or None, rules)
    more = replace(more, units=units_of(settings, config, data.meta.agency_name, data.meta.start_url, asked))
    decisions = load_decisions(run)
    day = day or (dt.date.fromisoformat(data.meta.as_of) if data.meta.as_of else given.now().date())
    earlier = given.previous_of(previous, asked.fiscal_year)
    folder = given.out_folder(out or run, run, "", given.now())
    by: Engine | None = ENGINES[engine]
    if is_of_files(data):
        report = judge_files(data, asked, day, spoken, by)
    else:
        report = judge_run(data, asked, day, lang=spoken, engine=by, previous=earlier)
    report = with_decisions(extras.told(report, asked, day, more), decisions)
    base = store_of(run)
    if base is not None and not is_of_files(data) and asked.id == data.meta.ruleset:
        # What changed since the run before is known to the store alone.
        report = told_of_night(report, run, base, rules)
    return deliver(report, data, folder, wanted, spoken, blobs=blobs_of(run)).code
