"""One agency from address to exit status: gather, judge, render, tell. `check` and `audit` both stand on it."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from rich.markup import escape
from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from crawlers.browser.renderer import Chromium
from crawlers.readers.interface import Limits
from crawlers.readers.sandbox import ReaderPool, limited
from crawlers.settings import CrawlSettings
from crawlers.site import Progress, gather
from ita_rules import __version__
from ita_rules.answers import AnswersFile, load_answers
from ita_rules.cli import console, exits, rehearsing
from ita_rules.cli.agenda import agenda
from ita_rules.cli.catalogs import noted, unasked, with_catalog
from ita_rules.cli.extras import Extras, told
from ita_rules.cli.pictures import pictures_of
from ita_rules.cli.runs import STEM, Begun, open_earlier, sweep
from ita_rules.config import Agent, CatalogConfig, Crawl
from ita_rules.errors import ItaRulesError
from ita_rules.history import enter, gathering
from ita_rules.judge import judge
from ita_rules.messages import messages
from ita_rules.model import AgencyType, Report
from ita_rules.rulesets.types import RuleSet
from ita_rules.run.blobs import BlobStore
from ita_rules.run.catalog import SETTING
from ita_rules.run.store import RunWriter, blobs_of, load_run
from ita_rules.run.types import RunData, RunMeta
from reports import terminal
from reports.interface import PagePicture, renderers

logger = logging.getLogger(__name__)
_DRAWING = 2  # children that draw pages
_DRAWING_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Job:
    """One agency to check.

    `out` is the run's folder, made already, `blobs` the folder of bodies (within `out` when None); `started` the time in
    Thailand. `hosts` are the agency's further hosts, `catalog` is its data catalogue. `quiet` leaves the table out, `rehearse`
    tells row by row what the examiner will see at the answers. `begun` is the check that is gone on with; its folder is `out`.
    `earlier` is the folder of a run of an earlier night, `fresh` asks every address plainly all the same.
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job: its exit status, its report, the run that was judged, and the files written, by format."""

    code: int
    report: Report
    folder: Path
    run: RunData
    written: Mapping[str, Path]


def host_name(url: str) -> str:
    """The name of an agency that was given none: its site's host."""
    return urlsplit(url).hostname or url


def settings_of(crawl: Crawl, agent: Agent) -> CrawlSettings:
    """The crawler's settings: what the configuration says over the crawler's own defaults."""
    given = {name: value for name, value in crawl.model_dump().items() if value is not None}
    return replace(CrawlSettings(), user_agent=f"{agent.name}/{__version__}", contact=agent.contact, **given)


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
        settings={"sandbox": sandbox(), SETTING: catalog.as_text() if catalog else ""},
    )
    sweep(job.out)
    finished = job.begun is not None and bool(job.begun.meta.finished)
    run = load_run(job.out) if finished else _gather(job, meta, answers)
    report = told(judge(run, job.ruleset, job.as_of, lang=job.lang), job.ruleset, job.as_of, job.extras)
    outcome = deliver(report, run, job.out, job.formats, job.lang, blobs=blobs_of(job.out), quiet=job.quiet)
    if job.blobs is not None and "json" in job.formats:
        remember(job.blobs.parent, job.out)
    if job.rehearse and job.answers is not None:
        rehearsing.tell(answers, job.answers, run, report, job.out)
    return outcome


def remember(base: Path, folder: Path) -> None:
    """Enter a run whose reports are written into the index of its store. The run is whole without: a fault there is only told."""
    try:
        enter(base, folder)
    except ItaRulesError as error:
        say = console.words()
        console.tell(say.say("store.not_entered", reason=say.error(error)))


def _gather(job: Job, meta: RunMeta, answers: AnswersFile) -> RunData:
    settings = with_catalog(replace(settings_of(job.crawl, job.agent), hosts=job.hosts), job.catalog)
    console.say("cli.progress.start", url=job.url, ruleset=job.ruleset.id)
    with contextlib.ExitStack() as stack:
        if job.blobs is not None:
            stack.enter_context(gathering(job.blobs.parent))
        writer, resumed = _writer(job, meta, answers)
        stack.enter_context(writer)
        earlier = None if job.fresh else open_earlier(job.out, job.earlier, job.url)
        if earlier is not None:
            stack.enter_context(earlier)
        pool = stack.enter_context(reader_pool(settings))
        browser = stack.enter_context(Chromium(settings))
        tell = stack.enter_context(progress_bar(settings.max_pages))
        return gather(
            job.url,
            writer=writer,
            wants=lambda run: agenda(run, job.ruleset),
            settings=settings,
            reader=pool,
            progress=tell,
            answers=answers.answers,
            earlier=earlier,
            resumed=resumed,
            renderer=browser,
        )


def _writer(job: Job, meta: RunMeta, answers: AnswersFile) -> tuple[RunWriter, RunData | None]:
    """Where the gathering goes, and what a killed one has left of it. What was asked for now holds; the start stays."""
    if job.begun is None:
        return RunWriter(job.out, meta, blobs=job.blobs), None
    writer, resumed = RunWriter.resume(job.out, start_url=job.url)
    if resumed.answers and resumed.answers != answers.answers:
        meta = replace(meta, warnings=(*meta.warnings, messages(job.lang).say("cli.resume.answers")))
    meta = replace(meta, started=resumed.meta.started, settings={**resumed.meta.settings, **meta.settings})
    writer.put_meta(meta)
    resumed.meta = meta
    return writer, resumed


def deliver(
    report: Report,
    run: RunData,
    folder: Path,
    formats: Sequence[str],
    lang: str,
    *,
    blobs: BlobStore | None = None,
    quiet: bool = False,
) -> Outcome:
    """Write the report in every format, print the result, and tell the exit status.

    `blobs` are the bodies of the run, for pictures of pages; without them there are none.
    """
    known = renderers(drawn(report, run, blobs) if blobs is not None and "html" in formats else ())
    written = {name: known[name].render(report, folder, STEM) for name in formats}
    code = exits.of_report(report, run)
    for warning in report.run.warnings:
        console.tell(warning)
    if not quiet:
        try:
            terminal.render(report, console.stdout(), lang, html=written.get("html"))
        except BrokenPipeError:
            console.hush_stdout()
    if code == exits.TOOL_FAILED:
        console.say("error.internal_share", share=round(100 * exits.internal_share(report)))
    elif code == exits.NO_PAGE:
        cause = next((u.cause for u in report.run.unreached), None)
        console.say("error.site.down", url=report.agency.url, cause=messages(lang).cause(cause))
    elif report.run.stopped_by == exits.INTERRUPT:
        console.say("cli.interrupted")
    console.say("cli.saved", path=folder)
    return Outcome(code, report, folder, run, written)


def drawn(report: Report, run: RunData, blobs: BlobStore) -> tuple[PagePicture, ...]:
    """Pictures of the pages on which a report's evidence stands, drawn in the readers' children from the bodies of its run."""
    with ReaderPool(_DRAWING, Limits(seconds=_DRAWING_SECONDS)) as pool:
        return pictures_of(report, run, blobs, pool.picture)


@contextlib.contextmanager
def progress_bar(total: int) -> Iterator[Callable[[Progress], None]]:
    """A progress bar on standard error where that is a terminal; silence elsewhere."""
    err = console.stderr()
    if not err.is_terminal:
        yield lambda told: None
        return
    columns = (SpinnerColumn(), BarColumn(bar_width=24), TextColumn("{task.description}"), TimeElapsedColumn())
    with Bar(*columns, console=err, transient=True) as bar:
        task = bar.add_task("", total=total)
        say = console.words()

        def show(told: Progress) -> None:
            known = min(total, told.fetched + told.waiting)
            text = say.say("cli.progress.gather", pages=told.fetched, queued=told.waiting)
            bar.update(task, total=max(known, 1), completed=told.fetched, description=escape(text))

        yield show
