"""``ita-rules audit``: every agency of config.yaml, one after another."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from ita_rules.cli import console, exits, extras, given, options, runs
from ita_rules.cli.overview import Overview
from ita_rules.cli.sample import serve_sample
from ita_rules.cli.session import Job, Outcome, run_job
from ita_rules.cli.units import units_of_each
from ita_rules.config import FILE_NAME, SAMPLE_URL, AgencyConfig, Config
from ita_rules.data import shipped_config
from ita_rules.errors import ConfigError, ItaRulesError, UsageError
from ita_rules.model import Status

logger = logging.getLogger(__name__)

OnlyAgency = Annotated[list[str] | None, typer.Option("--agency", metavar="TEXT", help="help.only_agency", show_default=False)]
OnlyLabel = Annotated[list[str] | None, typer.Option("--label", metavar="TEXT", help="help.only_label", show_default=False)]


def audit(
    agency: OnlyAgency = None,
    label: OnlyLabel = None,
    ruleset: options.RuleSetId = None,
    as_of: options.AsOf = None,
    out: options.Out = None,
    formats: options.Formats = None,
    max_pages: options.MaxPages = None,
    max_depth: options.MaxDepth = None,
    max_minutes: options.MaxMinutes = None,
    persona: extras.PersonaName = None,
    exceptions: extras.ExceptionsFile = None,
    scores: extras.ScoresFile = None,
    resume: options.Resume = False,
    fresh: options.Fresh = False,
    lang: options.Lang = None,
    config: options.ConfigFile = None,
    rules: options.RulesFolder = None,
) -> int:
    """The exit status is that of the worst agency; one that fails does not stop the others."""
    given.lang_of(lang)
    path = config or Path(FILE_NAME)
    if config is None and not path.exists():
        raise ConfigError("error.audit.no_config", file=FILE_NAME, example=shipped_config())
    settings = given.config_of(path)
    spoken = given.lang_of(lang, settings.lang)
    if not settings.agencies:
        raise ConfigError("error.config.no_agencies", file=str(path))
    chosen = [a for a in settings.agencies if _wanted(a, agency, label)]
    if not chosen:
        raise UsageError("error.audit.none_chosen", file=str(path), known=", ".join(a.name for a in settings.agencies))
    crawl = given.crawl_of(settings.crawl, max_pages, max_depth, max_minutes)
    settings = settings.model_copy(update={"crawl": crawl, "formats": given.formats_of(formats, settings.formats)})
    day = given.day_of(as_of)
    more = extras.extras_of(settings, path.parent, persona, exceptions, scores)
    units = units_of_each(chosen, settings, path, ruleset, rules)
    overview = Overview(settings, ruleset)
    console.say("cli.audit.start", count=len(chosen), file=path)
    lines: list[str] = []
    codes: list[int] = []
    for number, one in enumerate(chosen, start=1):
        console.say("cli.audit.agency", number=number, count=len(chosen), agency=one.name)
        try:
            with _job(one, settings, path, ruleset, day, out, spoken, rules, resume) as job:
                outcome = run_job(replace(job, extras=replace(more, units=units[number - 1]), fresh=fresh))
            overview.add(outcome.report)
            codes.append(outcome.code)
            lines.append(_line(one, outcome))
            interrupted = outcome.report.run.stopped_by == exits.INTERRUPT
        except ItaRulesError as error:
            overview.failed(one)
            codes.append(exits.USAGE)
            lines.append(console.words().say("cli.audit.failed", agency=one.name, reason=console.words().error(error)))
            console.tell(lines[-1])
            interrupted = False
        except Exception as error:
            # A fault of ours with one agency must not cost the others their night.
            logger.debug("audit of %s failed", one.name, exc_info=True)
            overview.failed(one)
            codes.append(exits.TOOL_FAILED)
            reason = console.words().say("error.internal", detail=f"{type(error).__name__}: {error}")
            lines.append(console.words().say("cli.audit.failed", agency=one.name, reason=reason))
            console.tell(lines[-1])
            interrupted = False
        if interrupted:
            break
    for line in lines:
        console.result(line)
    console.result(_summary(codes))
    workbook = overview.write(out or Path(settings.out), spoken)
    if workbook is not None:
        console.result(console.words().say("cli.audit.workbook", path=workbook))
    return exits.worst(codes)


def _wanted(agency: AgencyConfig, names: list[str] | None, labels: list[str] | None) -> bool:
    """Whether an agency was chosen: by a part of its name or its code, and by a label."""
    by_name = not names or any(n == agency.code or n in agency.name for n in names)
    return by_name and (not labels or any(wanted in agency.labels for wanted in labels))


@contextlib.contextmanager
def _job(
    agency: AgencyConfig,
    settings: Config,
    path: Path,
    ruleset: str | None,
    day: dt.date | None,
    out: Path | None,
    lang: str,
    rules: Path | None,
    resume: bool,
) -> Iterator[Job]:
    """The job of one agency. The sample agency is served for as long as it is checked, at another address each time."""
    asked = given.ruleset_of(ruleset or agency.ruleset or settings.ruleset, rules)
    base = out or Path(settings.out)
    url = agency.url if agency.url == SAMPLE_URL else given.url_of(agency.url)
    found = runs.going_on(None, base, agency.name, url, settings.formats) if resume else None
    started = runs.started_of(found) or given.now()
    folder = found.folder if found else given.out_folder(None, base, agency.name, started)
    job = Job(
        url=url,
        name=agency.name,
        agency_type=agency.type,
        ruleset=asked,
        as_of=day or agency.as_of or settings.as_of or started.date(),
        out=folder,
        blobs=base / given.BLOBS,
        started=started,
        formats=settings.formats,
        lang=lang,
        crawl=settings.crawl,
        agent=settings.agent,
        answers=path.parent / agency.answers if agency.answers else None,
        begun=found,
        earlier=runs.newest_finished(base, agency.name, url, folder),
        hosts=agency.hosts,
    )
    if agency.url != SAMPLE_URL:
        yield job
        return
    with serve_sample() as site:
        # The sample's own name and day: its documents bear that name, and were written for that day.
        as_of = job.as_of if day or agency.as_of or settings.as_of else site.as_of
        yield replace(job, url=site.url, name=site.name, as_of=as_of, answers=job.answers or site.answers_path)


def _line(agency: AgencyConfig, outcome: Outcome) -> str:
    """One line on what came of an agency."""
    statuses = [item.status for item in outcome.report.items]
    score = outcome.report.scores.oit
    reviewer = outcome.report.persona == "reviewer"
    return console.words().say(
        "cli.audit.proposed" if reviewer else "cli.audit.result",
        agency=agency.name,
        passed=statuses.count(Status.PASS),
        gaps=statuses.count(Status.GAP),
        undecided=statuses.count(Status.UNDECIDED),
        low=f"{score.low:.2f}",
        high=f"{score.high:.2f}",
    )


def _summary(codes: list[int]) -> str:
    return console.words().say(
        "cli.audit.summary",
        count=len(codes),
        passed=codes.count(exits.PASSED),
        gaps=codes.count(exits.GAPS),
        undecided=codes.count(exits.UNDECIDED),
        failed=sum(code in (exits.TOOL_FAILED, exits.USAGE, exits.NO_PAGE) for code in codes),
    )
