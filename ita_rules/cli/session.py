"""One agency from address to exit status: gather, judge, render, tell. `check` and `audit` both stand on it."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from crawlers.browser.renderer import Chromium
from crawlers.readers.interface import Limits
from crawlers.readers.sandbox import ReaderPool, limited
from crawlers.settings import CrawlSettings
from crawlers.site import Progress as Told
from crawlers.site import gather
from ita_rules import __version__
from ita_rules.across import Earlier
from ita_rules.acts import is_server_fault
from ita_rules.answers import AnswersFile, load_answers
from ita_rules.assemble import due_day
from ita_rules.cli import console
from ita_rules.cli.agenda import agenda
from ita_rules.cli.catalogs import noted, unasked, with_catalog
from ita_rules.cli.crawling import settings_of
from ita_rules.cli.delivery import Outcome, deliver, remember
from ita_rules.cli.earlier import earlier_year, setting_of
from ita_rules.cli.extras import Extras, told
from ita_rules.cli.nightly import as_before, evidence_keys, leave_basis, told_of_night
from ita_rules.cli.runs import Begun, open_earlier, sweep
from ita_rules.config import Agent, CatalogConfig, Crawl
from ita_rules.history import gathering
from ita_rules.judge import judge
from ita_rules.locate import Locator, SiteView
from ita_rules.messages import messages
from ita_rules.model import AgencyType, Report
from ita_rules.nights.basis import LOOKED, MOST_EVIDENCE, MOST_LISTS, Basis, same_verdict
from ita_rules.nights.failing import failing_of
from ita_rules.rulesets.load import forget_shared
from ita_rules.rulesets.types import RuleSet
from ita_rules.run.catalog import SETTING
from ita_rules.run.store import RunWriter, blobs_of, load_run
from ita_rules.run.types import RunData, RunMeta

logger = logging.getLogger(__name__)
_ANOTHER_NIGHT = frozenset({"blocked", "budget", "internal_error", "no_browser"})
"""Causes beside servers' faults that may be gone on another night."""


@dataclass(frozen=True, slots=True)
class Job:
    """One agency to check.

    `out` is the run's folder, made already, `blobs` the folder of bodies (within `out` when None); `started` the time in
    Thailand. `hosts` are the agency's further hosts, `catalog` is its data catalogue. `quiet` leaves the table out, `rehearse`
    tells row by row what the examiner will see at the answers. `begun` is the check that is gone on with; its folder is `out`.
    `earlier` is the folder of a run of an earlier night, `fresh` asks every address plainly all the same. `previous` is
    the check of an earlier year that was named to compare files with. `rules` is the folder
    of rules that was named, `code` the agency's own; `marks` are those by which the next night knows whether a light check
    will do (`ita_rules.nights.basis`), None where it is not to go by this one.
    """

    url: str
    name: str
    agency_type: AgencyType
    ruleset: RuleSet
    as_of: dt.date
    out: Path
    started: dt.datetime
    formats: tuple[str, ...]
    lang: str
    crawl: Crawl
    agent: Agent
    answers: Path | None = None
    hosts: tuple[str, ...] = ()
    catalog: CatalogConfig | None = None
    blobs: Path | None = None
    quiet: bool = False
    rehearse: bool = False
    extras: Extras = field(default_factory=Extras)
    begun: Begun | None = None
    earlier: Path | None = None
    fresh: bool = False
    previous: Earlier | None = None
    rules: Path | None = None
    code: str = ""
    marks: tuple[str, str] | None = None


def host_name(url: str) -> str:
    """The name of an agency that was given none: its site's host."""
    return urlsplit(url).hostname or url


def reader_pool(settings: CrawlSettings) -> ReaderPool:
    """The readers that a crawl's settings ask for."""
    return ReaderPool(settings.readers, Limits(ocr_pages=settings.ocr_pages))


def sandbox() -> str:
    """How the readers are held on this machine, as a run notes it: ``memory`` and time, or only ``time``."""
    return "memory" if limited() else "time"


def run_job(job: Job) -> Outcome:
    """Gather, judge, write the reports and print the result."""
    say = messages(job.lang)
    answers = AnswersFile(())
    if job.answers is not None:
        known = [item.id for item in job.ruleset.items]
        # A name made of the address is nobody's name in a sheet of answers.
        named = job.name if job.name != host_name(job.url) else None
        answers = load_answers(job.answers, known_items=known, agency=named)
    warnings = [say.say(w.message_id, **{"ruleset": job.ruleset.id, "line": w.line, **w.values}) for w in answers.warnings]
    catalog = noted(job.catalog)
    warnings += unasked(catalog, job.ruleset, job.agency_type, say)
    compared = job.previous or _earlier_year(job)
    meta = RunMeta(
        start_url=job.url,
        agency_name=job.name,
        agency_type=job.agency_type.value,
        ruleset=job.ruleset.id,
        as_of=job.as_of.isoformat(),
        lang=job.lang,
        started=job.started.isoformat(),
        tool_version=__version__,
        warnings=tuple(warnings),
        has_answers=job.answers is not None,
        settings={"sandbox": sandbox(), SETTING: catalog.as_text() if catalog else "", **setting_of(compared)},
        failing=failing_of(job.blobs.parent, job.out.parent.name, job.started.date()) if job.blobs is not None else (),
    )
    sweep(job.out)
    finished = job.begun is not None and bool(job.begun.meta.finished)
    run = load_run(job.out) if finished else _gather(job, meta, answers)
    report = as_before(job.out, run, job.earlier, job.as_of, job.marks[1]) if job.marks is not None else None
    if report is None:
        report = told(judge(run, job.ruleset, job.as_of, lang=job.lang), job.ruleset, job.as_of, job.extras)
    if job.blobs is not None:
        report = told_of_night(report, job.out, job.blobs.parent, job.rules)
    outcome = deliver(report, run, job.out, job.formats, job.lang, blobs=blobs_of(job.out), quiet=job.quiet)
    if job.blobs is not None and "json" in job.formats:
        if job.marks is not None:
            leave_basis(_basis(job, run, report, job.marks), job.out, outcome.pictures)
        remember(job.blobs.parent, job.out, job.code)
    if job.rehearse and job.answers is not None:
        # Imported where it is asked for: it makes a workbook.
        from ita_rules.cli import rehearsing

        rehearsing.tell(answers, job.answers, run, report, job.out)
    return outcome


def _earlier_year(job: Job) -> Earlier | None:
    """The check of an earlier year that is at hand: in the run's own folder, in that of the night before, in the store."""
    before = [folder for folder in (job.out, job.earlier) if folder is not None]
    store = (job.blobs.parent, job.out.parent.name) if job.blobs is not None else None
    return earlier_year(job.ruleset, (job.name, job.url), before, store)


def _gather(job: Job, meta: RunMeta, answers: AnswersFile) -> RunData:
    settings = with_catalog(replace(settings_of(job.crawl, job.agent), hosts=job.hosts), job.catalog)
    console.say("cli.progress.start", url=job.url, ruleset=job.ruleset.id)
    forget_shared()
    with contextlib.ExitStack() as stack:
        if job.blobs is not None:
            stack.enter_context(gathering(job.blobs.parent))
        writer, resumed = _writer(job, meta, answers)
        stack.enter_context(writer)
        # What a light check found changed leads to more evidence at most; the rest of the site stands as it was.
        light = writer.meta.depth == "light"
        earlier = None if job.fresh else open_earlier(job.out, job.earlier, job.url)
        if earlier is not None:
            stack.enter_context(earlier)
        pool = stack.enter_context(reader_pool(settings))
        browser = stack.enter_context(Chromium(settings))
        tell = stack.enter_context(progress_bar(settings.max_pages))
        return gather(
            job.url,
            writer=writer,
            wants=lambda run: [w for w in agenda(run, job.ruleset) if not light or w.evidence or w.kind != "fetch"],
            settings=settings,
            reader=pool,
            progress=tell,
            answers=answers.answers,
            earlier=earlier,
            resumed=resumed,
            renderer=browser,
        )


def _basis(job: Job, run: RunData, report: Report, marks: tuple[str, str]) -> Basis:
    """What the next night goes by."""
    rules, day = job.ruleset, dt.timedelta(days=1)
    turning = [rules.window.opens, rules.window.closes + day, *(one.until + day for one in job.extras.exceptions)]
    turning += [due + day for item in rules.items if (due := due_day(item, rules)) is not None]
    turning += [due + day for due in rules.due.values()]
    first, last = same_verdict(turning, job.as_of)
    pages = Locator(SiteView(run), rules).ita
    urls = [url for answer in run.answers for url in answer.urls]
    return Basis(
        gathered_by=marks[0],
        judged_by=marks[1],
        first=first,
        last=last,
        complete=_is_enough(report),
        full_at=run.meta.full_at or run.meta.started,
        main=run.meta.settings.get("main", ""),
        lists=tuple(page.key for page in pages[:MOST_LISTS]),
        evidence=evidence_keys(report, run, urls)[: MOST_EVIDENCE + 1],
        report="",
        window=(rules.window.opens, rules.window.closes),
    )


def _is_enough(report: Report) -> bool:
    """Whether a light check can rest on a run: it came to its end, and what it lacks another night would lack as well."""
    again = any(is_server_fault(each.cause) or each.cause in _ANOTHER_NIGHT for each in report.run.unreached)
    return report.run.stopped_by is None and (report.run.complete or not again)


def _writer(job: Job, meta: RunMeta, answers: AnswersFile) -> tuple[RunWriter, RunData | None]:
    """Where the gathering goes, and what a killed one has left of it. What was asked for now holds; the start stays."""
    if job.begun is None:
        return RunWriter(job.out, meta, blobs=job.blobs), None
    writer, resumed = RunWriter.resume(job.out, start_url=job.url)
    if resumed.answers and resumed.answers != answers.answers:
        meta = replace(meta, warnings=(*meta.warnings, messages(job.lang).say("cli.resume.answers")))
    if resumed.meta.rests_on and LOOKED not in resumed.meta.settings:
        # A light check that was killed before it had looked at everything: the whole site is looked at, but for what it asked.
        writer.drop_carried()
        resumed = replace(writer.whole(), meta=replace(resumed.meta, rests_on="", full_at=""))
    was = resumed.meta
    settings = {**was.settings, **meta.settings}
    meta = replace(meta, started=was.started, settings=settings, rests_on=was.rests_on, full_at=was.full_at)
    writer.put_meta(meta)
    resumed.meta = meta
    return writer, resumed


@contextlib.contextmanager
def progress_bar(total: int) -> Iterator[Callable[[Told], None]]:
    """A progress bar on standard error where that is a terminal; silence elsewhere."""
    err = console.stderr()
    if not err.is_terminal:
        yield lambda told: None
        return
    from rich.markup import escape
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), BarColumn(bar_width=24), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("", total=total)
        say = console.words()

        def show(told: Told) -> None:
            known = min(total, told.fetched + told.waiting)
            text = say.say("cli.progress.gather", pages=told.fetched, queued=told.waiting)
            bar.update(task, total=max(known, 1), completed=told.fetched, description=escape(text))

        yield show
