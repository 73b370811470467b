"""``ita-rules check URL``: one agency's main website against the form of a year."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from ita_rules.cli import extras, given, options, rehearsing, runs
from ita_rules.cli.session import Job, host_name, run_job
from ita_rules.cli.units import configured, units_of


def check(
    url: Annotated[str, typer.Argument(metavar="URL", help="help.url", show_default=False)],
    ruleset: options.RuleSetId = None,
    answers: options.Answers = None,
    rehearse: rehearsing.Rehearse = False,
    agency_name: options.AgencyName = None,
    agency_type: options.AgencyKind = None,
    as_of: options.AsOf = None,
    out: options.Out = None,
    formats: options.Formats = None,
    max_pages: options.MaxPages = None,
    max_depth: options.MaxDepth = None,
    max_minutes: options.MaxMinutes = None,
    persona: extras.PersonaName = None,
    exceptions: extras.ExceptionsFile = None,
    scores: extras.ScoresFile = None,
    iit: extras.Iit = None,
    eit: extras.Eit = None,
    resume: options.Resume = False,
    fresh: options.Fresh = False,
    lang: options.Lang = None,
    config: options.ConfigFile = None,
    rules: options.RulesFolder = None,
    previous: options.Previous = None,
) -> int:
    """Crawl, judge, report; the exit status tells the result."""
    given.lang_of(lang)
    settings = given.config_of(config)
    spoken = given.lang_of(lang, settings.lang)
    start = given.url_of(url)
    asked = given.ruleset_of(ruleset or settings.ruleset, rules)
    beside = (config or Path()).parent
    more = extras.extras_of(settings, beside, persona, exceptions, scores, iit, eit)
    name = agency_name or host_name(start)
    more = replace(more, units=units_of(settings, config, name, start, asked))
    ours = configured(settings, name, start)
    wanted = given.formats_of(formats, settings.formats)
    base = Path(settings.out)
    found = runs.going_on(out, base, name, start, wanted) if resume else None
    started = runs.started_of(found) or given.now()
    folder = found.folder if found else given.out_folder(out, base, name, started)
    job = Job(
        url=start,
        name=name,
        agency_type=given.type_of(agency_type),
        ruleset=asked,
        as_of=given.day_of(as_of) or settings.as_of or started.date(),
        out=folder,
        blobs=base / given.BLOBS if out is None else None,
        started=started,
        formats=wanted,
        lang=spoken,
        crawl=given.crawl_of(settings.crawl, max_pages, max_depth, max_minutes),
        agent=settings.agent,
        answers=given.answers_of(answers),
        rehearse=rehearsing.asked(rehearse, answers),
        extras=more,
        catalog=ours.catalog if ours else None,
        begun=found,
        earlier=runs.newest_finished(base, name, start, folder) if out is None else None,
        fresh=fresh,
        previous=given.previous_of(previous, asked.fiscal_year),
        rules=rules,
    )
    return run_job(job).code
