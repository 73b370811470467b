"""A light night: whether it will do for an agency, the look itself, and the verdict where it is the one of the run before.

`audit` chooses by itself. What a light look finds changed is judged by the whole machinery (`ita_rules.cli.session`), which goes
on with the run that was begun here; so does a full check where the look shows that one is needed. On the many nights on which
nothing changed, this module and little else is loaded.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from crawlers.interfaces import Renderer
from crawlers.light import Looked, look
from crawlers.settings import CrawlSettings
from crawlers.visit import now
from ita_rules import __version__
from ita_rules.cli import console
from ita_rules.cli.catalogs import with_catalog
from ita_rules.cli.crawling import settings_of
from ita_rules.cli.places import BLOBS
from ita_rules.cli.runs import newest
from ita_rules.history.lock import gathering
from ita_rules.model import Report
from ita_rules.nights.basis import LOOKED, MOST_EVIDENCE, Basis, load_basis
from ita_rules.nights.carry import carried_report
from ita_rules.run.keys import thai_day, url_key
from ita_rules.run.reader import RunReader
from ita_rules.run.store import RunWriter, load_run
from ita_rules.run.types import RunData, RunMeta

if TYPE_CHECKING:
    from ita_rules.cli.audit_child import ChildTask


@dataclass(frozen=True, slots=True)
class Before:
    """The run on which a light one can rest, and what it left for the night after it."""

    folder: Path
    meta: RunMeta
    basis: Basis


@dataclass(frozen=True, slots=True)
class Night:
    """What came of a light look: a `report` on its `run` where the verdict is the one of the run before, else nothing, and the
    run is to be gone on with."""

    report: Report | None = None
    run: RunData | None = None


def before_of(task: ChildTask, url: str, mark: str, started: dt.datetime) -> Before | None:
    """The run on which a light check can rest tonight; None where a full one is due. `mark` is that of what is gathered by."""
    every = task.settings.audit.full_every_days
    if task.full or task.fresh or not every:
        return None
    found = newest(task.base, task.agency.place, url)
    basis = load_basis(found.folder) if found is not None else None
    if found is None or basis is None:
        return None
    meta = found.meta
    whole = bool(meta.finished) and meta.stopped_by is None and basis.complete and basis.main
    if not whole or basis.gathered_by != mark or meta.tool_version != __version__ or len(basis.evidence) > MOST_EVIDENCE:
        return None
    try:
        age = (started.date() - dt.date.fromisoformat(thai_day(basis.full_at))).days
    except ValueError:
        return None
    return Before(found.folder, meta, basis) if 0 <= age < every else None


def look_again(task: ChildTask, before: Before, folder: Path, started: dt.datetime, day: dt.date, mark: str) -> Night:
    """Look lightly, into a run in `folder` that rests on the one before; judge it where that is only to say the same again.

    `day` is the day of judgement, `mark` that of all that decides the report. Where the night has no report, the run in the
    folder is unfinished and says by its own how it is gone on with: as a light one, or as a full one that has not to ask again
    what was asked here.
    """
    settings = replace(settings_of(task.settings.crawl, task.settings.agent), hosts=task.agency.hosts)
    settings = with_catalog(settings, task.agency.catalog)
    console.say("cli.progress.light", url=before.meta.start_url, before=console.words().time(before.meta.started))
    basis = before.basis
    meta = replace(
        before.meta,
        as_of=day.isoformat(),
        lang=task.lang,
        started=started.isoformat(),
        finished="",
        tool_version=__version__,
        rests_on=before.meta.started,
        full_at=basis.full_at,
        failing=(),
        settings={name: value for name, value in before.meta.settings.items() if name != LOOKED},
    )
    blobs = task.base / BLOBS
    with ExitStack() as stack:
        stack.enter_context(gathering(task.base))
        writer = stack.enter_context(RunWriter(folder, meta, blobs=blobs))
        writer.rest_on(before.folder)
        base = stack.enter_context(RunReader(before.folder))
        looked = look(
            meta.start_url,
            writer=writer,
            base=base,
            main=_door(base, meta.start_url, basis.main),
            lists=basis.lists,
            evidence=basis.evidence,
            settings=settings,
            typed=[url for answer in base.answers() for url in answer.urls],
            renderer=stack.enter_context(_browser(settings, base, basis)),
        )
        if looked.deeper:
            console.say(f"cli.progress.deeper.{looked.deeper}", url=meta.start_url)
            writer.drop_carried()
            writer.put_meta(replace(meta, rests_on="", full_at=""))
            return Night()
        # Judging reads all texts of a run: that of a page as it was no longer belongs to them.
        writer.drop_texts()
        known = {*meta.settings.get("probe", "").split(), *looked.probes}
        meta = replace(meta, settings={**meta.settings, LOOKED: str(looked.requests), "probe": " ".join(sorted(known))})
        writer.put_meta(meta)
        if looked.stopped_by is None and not _is_the_same(looked, before, day, mark):
            return Night()
        writer.finish(replace(meta, finished=now(), requests=looked.requests, stopped_by=looked.stopped_by))
    if looked.stopped_by is not None:
        return Night()
    return _carried(before, folder, day)


def _door(base: RunReader, start_url: str, main: str) -> str:
    """The key by which the main page is asked: that of the start address where it led there, redirects and all."""
    start = url_key(start_url)
    found = base.exchange(start)
    return start if found is not None and found.cause is None and found.final_key == main else main


def _is_the_same(looked: Looked, before: Before, day: dt.date, mark: str) -> bool:
    """Whether judging could only say what it said before. A fault of a server may be a gap by now."""
    basis = before.basis
    return looked.same and not looked.faults and basis.judged_by == mark and basis.holds_on(day)


def _carried(before: Before, folder: Path, day: dt.date) -> Night:
    from ita_rules.cli.nightly import told_before

    report, window = told_before(before.folder, before.basis), before.basis.window
    if report is None or window is None:
        return Night()
    run = load_run(folder)
    return Night(carried_report(report, run, day, window), run)


@contextlib.contextmanager
def _browser(settings: CrawlSettings, base: RunReader, basis: Basis) -> Iterator[Renderer | None]:
    """The browser, where some of the evidence is seen in one only."""
    keys = (basis.main, *basis.lists, *basis.evidence)
    if not any(found is not None and found.rendered for found in map(base.exchange, keys)):
        yield None
        return
    from crawlers.browser.renderer import Chromium

    with Chromium(settings) as browser:
        yield browser
