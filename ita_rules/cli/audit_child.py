"""The child of an audit that checks one agency: ``python -m ita_rules.cli.audit_child``, told what to do on its standard input.

The first line is a `ChildTask`. Later lines ask it to end; the end of the input means that the parent is gone, and then nothing
here may go on: another audit may be about to continue the same run.
"""

from __future__ import annotations

import _thread
import datetime as dt
import logging
import os
import signal
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from ita_rules.audit.causes import tally
from ita_rules.audit.pool import OVERDUE
from ita_rules.audit.record import Audit, Result
from ita_rules.audit.space import is_full
from ita_rules.cli import console, exits, places, runs
from ita_rules.cli.delivery import Outcome, deliver, remember
from ita_rules.cli.light import before_of, look_again
from ita_rules.cli.nightly import leave_basis, pictures_of, told_of_night
from ita_rules.config import SAMPLE_URL, AgencyConfig, Config
from ita_rules.errors import ItaRulesError, OutputError
from ita_rules.model import Report, Severity
from ita_rules.nights.basis import marks
from ita_rules.run.store import blobs_of, load_meta

logger = logging.getLogger(__name__)
_PARENT_GONE = 70
_OTHER_ENDS_SECONDS = 15.0


class ChildTask(BaseModel):
    """One agency to check, with everything that the command line and the configuration say of it.

    `settings` is the configuration without its agencies, `config` its path. `audit` is the folder of the audit, `resume` goes on
    with an unfinished run of an earlier night, `quiet` leaves the table of items out, `full` checks the whole site where a light
    check would do. `previous` is an earlier year's check as text (`ita_rules.across.Earlier`), where only the machine that asks
    has the history.
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
    previous: str = ""

    def day_of(self, started: dt.datetime) -> dt.date:
        """The day on which the agency is judged; `started` is when its run began, in Thailand."""
        return self.day or self.agency.as_of or self.settings.as_of or started.date()


class Common(BaseModel):
    """What the agencies of an audit share: the language, the formats of reports, the rule sets by which they are judged (None
    stands for the newest), and the folder of rules that was named."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lang: str
    formats: tuple[str, ...]
    rulesets: tuple[str | None, ...]
    rules: Path | None = None


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
    begun, clock = places.now(), time.monotonic()
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
    return result.model_copy(update={"finished": places.now().isoformat(), "seconds": round(time.monotonic() - clock, 2)})


def _checked(task: ChildTask) -> Outcome:
    """The check itself, begun again for a while where a child whose parent is gone has not quite let go of the run."""
    end = time.monotonic() + _OTHER_ENDS_SECONDS
    while True:
        try:
            asked = _marks(task)
            light = _lightly(task, asked)
            if isinstance(light, Outcome):
                return light
            # A light night has no need of rules, readers and judging, which are long to load.
            from ita_rules.cli.audit_full import fully

            return fully(task, light, asked)
        except OutputError as error:
            if error.message_id != "run_in_use" or time.monotonic() > end:
                raise
            time.sleep(0.5)


def _marks(task: ChildTask) -> tuple[str, str]:
    """By what a run is gathered, and by what all of its report is told."""
    return marks(
        task.agency,
        task.settings,
        task.config.parent,
        ruleset=task.ruleset,
        rules=task.rules,
        lang=task.lang,
        persona=task.persona,
        files=(task.exceptions, task.scores),
    )


def _lightly(task: ChildTask, asked: tuple[str, str]) -> Outcome | runs.Begun | None:
    """A light check, where one will do: what came of it, or the run that is to be gone on with; None where none will do."""
    agency = task.agency
    # A run that a child of this audit has begun already is told or gone on with; the sample is at another address each time.
    if agency.url == SAMPLE_URL or Audit(task.audit).begun(task.key) is not None:
        return None
    url, started = agency.url.strip(), places.now()
    before = before_of(task, url, asked[0], started)
    if before is None:
        return None
    folder = places.out_folder(None, task.base, agency.place, started)
    Audit(task.audit).begin(task.key, folder)
    night = look_again(task, before, folder, started, task.day_of(started), asked[1])
    if night.report is None or night.run is None:
        return runs.Begun(folder, load_meta(folder))
    report = told_of_night(night.report, folder, task.base, task.rules)
    blobs, formats = blobs_of(folder), task.settings.formats
    shown = pictures_of(before.basis, blobs)
    outcome = deliver(report, night.run, folder, formats, task.lang, blobs=blobs, quiet=task.quiet, pictures=shown)
    if "json" in formats:
        leave_basis(before.basis, folder, outcome.pictures)
        remember(task.base, folder, agency.code)
    return outcome


def _told(result: Result, outcome: Outcome, base: Path) -> Result:
    """The result with what the report says."""
    report = outcome.report
    page = outcome.written.get("html")
    return result.model_copy(
        update={
            "outcome": "judged",
            "code": outcome.code,
            "folder": _beside(outcome.folder, base),
            "page": page.name if page is not None else "",
            "requests": report.run.requests,
            "depth": report.run.depth,
            **_changes(report),
            "ruleset": report.ruleset.id,
            "url": report.agency.url,
            "heads": tuple((item.id, item.name, item.indicator) for item in report.items),
            "statuses": tuple(item.status for item in report.items),
            "low": report.scores.oit.low,
            "high": report.scores.oit.high,
            "complete": report.run.complete,
            "reviewer": report.persona == "reviewer",
            "hosts": tally([exchange for exchange in outcome.run.exchanges.values() if not exchange.carried]),
        }
    )


def _changes(report: Report) -> dict[str, object]:
    """What changed since the run before, counted."""
    found = [c for c in (report.changes.site if report.changes else ()) if c.severity is Severity.CRITERION]
    new = [change for change in found if change.kind != "still_open"]
    kinds = Counter(change.kind for change in new)
    return {"changed": dict(sorted(kinds.items())), "to_confirm": sum(not change.confirmed for change in new)}


def _beside(folder: Path, base: Path) -> str:
    try:
        return folder.resolve().relative_to(base.resolve()).as_posix()
    except ValueError:
        return folder.resolve().as_posix()


if __name__ == "__main__":
    sys.exit(main())
