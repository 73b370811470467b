"""The whole check of one agency of an audit, in its child: a new one, or one that somebody has begun."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ita_rules.across import earlier_from
from ita_rules.audit.record import Audit
from ita_rules.cli import exits, extras, given, runs
from ita_rules.cli.delivery import Outcome
from ita_rules.cli.sample import serve_sample
from ita_rules.cli.session import Job, run_job
from ita_rules.config import SAMPLE_URL
from ita_rules.errors import RunError
from ita_rules.run.store import load_meta

if TYPE_CHECKING:
    from ita_rules.cli.audit_child import ChildTask


def fully(task: ChildTask, light: runs.Begun | None, by: tuple[str, str]) -> Outcome:
    """Gather, judge and report. `light` is the run that a light check has begun, `by` the marks of what the check goes by."""
    with job_of(task, light, by) as job:
        Audit(task.audit).begin(task.key, job.out)
        return run_job(job)


@contextlib.contextmanager
def job_of(task: ChildTask, light: runs.Begun | None = None, by: tuple[str, str] | None = None) -> Iterator[Job]:
    """The job of an agency. The sample agency is served for as long as it is checked, at another address each time.

    `light` is the run that a light check has begun, `by` the marks of what it goes by.
    """
    agency, settings, base = task.agency, task.settings, task.base
    asked = given.ruleset_of(task.ruleset or agency.ruleset or settings.ruleset, task.rules)
    url = agency.url if agency.url == SAMPLE_URL else given.url_of(agency.url)
    found = light or _left(task, url) or (runs.going_on(None, base, agency.place, url, settings.formats) if task.resume else None)
    started = runs.started_of(found) or given.now()
    folder = found.folder if found else given.out_folder(None, base, agency.place, started)
    more = extras.extras_of(settings, task.config.parent, task.persona, task.exceptions, task.scores)
    job = Job(
        url=url,
        name=agency.name,
        agency_type=agency.type,
        ruleset=asked,
        as_of=task.day_of(started),
        out=folder,
        blobs=base / given.BLOBS,
        started=started,
        formats=settings.formats,
        lang=task.lang,
        crawl=settings.crawl,
        agent=settings.agent,
        answers=task.config.parent / agency.answers if agency.answers else None,
        begun=found,
        earlier=runs.newest_finished(base, agency.place, url, folder),
        hosts=agency.hosts,
        catalog=agency.catalog,
        quiet=task.quiet,
        fresh=task.fresh,
        previous=earlier_from(task.previous, asked.fiscal_year),
        rules=task.rules,
        code=agency.code,
        marks=by,
        extras=replace(more, units=agency.units),
    )
    if agency.url != SAMPLE_URL:
        yield job
        return
    with serve_sample() as site:
        # The sample's own name and day: its documents bear that name, and were written for that day.
        as_of = job.as_of if task.day or agency.as_of or settings.as_of else site.as_of
        yield replace(job, url=site.url, name=site.name, as_of=as_of, answers=job.answers or site.answers_path)


def _left(task: ChildTask, url: str) -> runs.Begun | None:
    """The run that a child of this audit has begun for the agency and left; a finished one is judged and told again only."""
    folder = Audit(task.audit).begun(task.key)
    if folder is None:
        return None
    # A child that was killed before it had written anything leaves an empty folder.
    with contextlib.suppress(OSError):
        folder.rmdir()
    with contextlib.suppress(RunError):
        meta = load_meta(folder)
        if meta.start_url == url and meta.stopped_by != exits.INTERRUPT:
            return runs.Begun(folder, meta)
    return None
