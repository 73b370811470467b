"""The child of an audit that checks one agency: ``python -m ita_rules.cli.audit_child``, told what to do on its standard input.

The first line is a `ChildTask`. Later lines ask it to end; the end of the input means that the parent is gone, and then nothing
here may go on: another audit may be about to continue the same run.
"""

from __future__ import annotations

import _thread
import contextlib
import datetime as dt
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from ita_rules.audit.causes import tally
from ita_rules.audit.pool import OVERDUE
from ita_rules.audit.record import Audit, Result
from ita_rules.audit.space import is_full
from ita_rules.cli import console, exits, extras, given, runs
from ita_rules.cli.sample import serve_sample
from ita_rules.cli.session import Job, Outcome, run_job
from ita_rules.config import SAMPLE_URL, AgencyConfig, Config
from ita_rules.errors import ItaRulesError, OutputError, RunError
from ita_rules.run.store import load_meta
from reports.agencies_sheet import Heads

logger = logging.getLogger(__name__)
_PARENT_GONE = 70
_OTHER_ENDS_SECONDS = 15.0


class ChildTask(BaseModel):
    """One agency to check, with everything that the command line and the configuration say of it.

    `settings` is the configuration without its agencies, `config` its path. `audit` is the folder of the audit, `resume` goes on
    with an unfinished run of an earlier night, `quiet` leaves the table of items out, `full` checks the whole site where a light
    check would do.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    agency: AgencyConfig
    settings: Config
    config: Path
    audit: Path
    base: Path
    lang: str
    ruleset: str | None = None
    rules: Path | None = None
    day: dt.date | None = None
    persona: str | None = None
    exceptions: Path | None = None
    scores: Path | None = None
    resume: bool = False
    fresh: bool = False
    full: bool = False
    quiet: bool = True


@dataclass(slots=True)
class Lifeline:
    """The pipe to the parent. `asked` is the word by which it asked to end, ``b""`` while it did not."""

    asked: bytes = b""

    def watch(self) -> None:
        """Obey the parent, and end with it. Runs in a thread of its own."""
        while word := os.read(0, 4096):
            self.asked = self.asked or word
            if hasattr(signal, "pthread_kill"):
                signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
            else:
                _thread.interrupt_main()
        os._exit(_PARENT_GONE)


def main() -> int:
    """Check the agency that the first line of standard input names; the exit status of the check."""
    # Read past Python's own stream: a thread that waits in it would keep the program from ending.
    line = b""
    while not line.endswith(b"\n"):
        part = os.read(0, 1)
        if not part:
            return _PARENT_GONE
        line += part
    lifeline = Lifeline()
    threading.Thread(target=lifeline.watch, daemon=True).start()
    task = ChildTask.model_validate_json(line)
    console.prepare()
    console.use_lang(task.lang)
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(name)s: %(message)s")
    try:
        result = perform(task, lifeline)
    except KeyboardInterrupt:
        return exits.TOOL_FAILED
    try:
        Audit(task.audit).finish(result)
    except ItaRulesError as error:
        console.tell(console.words().error(error))
        return exits.TOOL_FAILED
    return result.code


def perform(task: ChildTask, lifeline: Lifeline) -> Result:
    """Gather, judge and report one agency. A failure is a result too, with its reason in words."""
    begun, clock = given.now(), time.monotonic()
    agency, words = task.agency, console.words()
    result = Result(
        key=task.key,
        name=agency.name,
        type=agency.type.value,
        url=agency.url,
        outcome="failed",
        code=exits.USAGE,
        started=begun.isoformat(),
        ruleset=task.ruleset or agency.ruleset or task.settings.ruleset or "",
    )
    try:
        outcome = _checked(task)
    except ItaRulesError as error:
        result = result.model_copy(update={"reason": words.error(error)})
        if is_full(error):
            # No fault of this agency's: it has its turn again once there is room.
            result = result.model_copy(update={"outcome": "interrupted", "code": exits.TOOL_FAILED})
    except Exception as error:
        # A fault of ours with one agency must not cost the others their night; its log tells the whole.
        logger.exception("the check of %s failed", agency.url)
        reason = words.say("error.internal", detail=f"{type(error).__name__}: {error}")
        result = result.model_copy(update={"code": exits.TOOL_FAILED, "reason": reason})
    else:
        result = _told(result, outcome, task.base)
        if outcome.report.run.stopped_by == exits.INTERRUPT and lifeline.asked != OVERDUE:
            result = result.model_copy(update={"outcome": "interrupted"})
    return result.model_copy(update={"finished": given.now().isoformat(), "seconds": round(time.monotonic() - clock, 2)})


def _checked(task: ChildTask) -> Outcome:
    """The check itself, begun again for a while where a child whose parent is gone has not quite let go of the run."""
    end = time.monotonic() + _OTHER_ENDS_SECONDS
    while True:
        try:
            with job_of(task) as job:
                Audit(task.audit).begin(task.key, job.out)
                return run_job(job)
        except OutputError as error:
            if error.message_id != "run_in_use" or time.monotonic() > end:
                raise
            time.sleep(0.5)


def _told(result: Result, outcome: Outcome, base: Path) -> Result:
    """The result with what the report says."""
    report, line = outcome.report, Heads().line(outcome.report)
    page = outcome.written.get("html")
    return result.model_copy(
        update={
            "outcome": "judged",
            "code": outcome.code,
            "folder": _beside(outcome.folder, base),
            "page": page.name if page is not None else "",
            "requests": report.run.requests,
            "ruleset": line.ruleset,
            "url": line.url,
            "heads": tuple((head.id, head.name, head.indicator) for head in line.heads),
            "statuses": line.statuses,
            "low": line.low,
            "high": line.high,
            "complete": line.complete,
            "reviewer": line.reviewer,
            "hosts": tally(list(outcome.run.exchanges.values())),
        }
    )


def _beside(folder: Path, base: Path) -> str:
    try:
        return folder.resolve().relative_to(base.resolve()).as_posix()
    except ValueError:
        return folder.resolve().as_posix()


@contextlib.contextmanager
def job_of(task: ChildTask) -> Iterator[Job]:
    """The job of an agency. The sample agency is served for as long as it is checked, at another address each time."""
    agency, settings, base = task.agency, task.settings, task.base
    asked = given.ruleset_of(task.ruleset or agency.ruleset or settings.ruleset, task.rules)
    url = agency.url if agency.url == SAMPLE_URL else given.url_of(agency.url)
    found = _left(task, url) or (runs.going_on(None, base, agency.name, url, settings.formats) if task.resume else None)
    started = runs.started_of(found) or given.now()
    folder = found.folder if found else given.out_folder(None, base, agency.name, started)
    more = extras.extras_of(settings, task.config.parent, task.persona, task.exceptions, task.scores)
    job = Job(
        url=url,
        name=agency.name,
        agency_type=agency.type,
        ruleset=asked,
        as_of=task.day or agency.as_of or settings.as_of or started.date(),
        out=folder,
        blobs=base / given.BLOBS,
        started=started,
        formats=settings.formats,
        lang=task.lang,
        crawl=settings.crawl,
        agent=settings.agent,
        answers=task.config.parent / agency.answers if agency.answers else None,
        begun=found,
        earlier=runs.newest_finished(base, agency.name, url, folder),
        hosts=agency.hosts,
        quiet=task.quiet,
        fresh=task.fresh,
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


if __name__ == "__main__":
    sys.exit(main())
