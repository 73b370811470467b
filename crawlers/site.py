"""Gather one agency's site: ask what is wanted, bring it, record it, ask again.

The only door of this package to the rest. `gather` ends when nothing is wanted any more, when the budget is spent, or when a
person interrupts; whatever was had until then is in the run.
"""

from __future__ import annotations

import logging
import queue
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from crawlers import resume
from crawlers.frontier import bounds_of
from crawlers.heap import give_back, share_memory
from crawlers.interfaces import Earlier, Renderer
from crawlers.lanes import Lanes
from crawlers.ledger import Ledger
from crawlers.politeness import Politeness
from crawlers.readings import Readings
from crawlers.settings import CrawlSettings
from crawlers.texts import Reader, Texts
from crawlers.traps import is_endless
from crawlers.urls import Scope, variants
from crawlers.visit import Visit, Visitor, now
from ita_rules.errors import OutputError
from ita_rules.run.keys import url_key
from ita_rules.run.store import RunWriter
from ita_rules.run.types import Answer, Exchange, RunData, Want

_LOG = logging.getLogger(__name__)
_HANDS = 16
"""Threads that fetch, at most; as many as a host may use are started for it, so that a site alone needs a few."""

_ASKING_SHARE = 0.1
"""Share of the time that may go into asking what is wanted; where rules take long they are asked less often."""

_BLIND_SHARE = 8
"""Of a budget that will not do for all that waits, one part in so many is under way at once: each answer may show something
better to spend the rest on."""

_WORTH_OF_AN_ANSWER = 0.1
"""Seconds of asking that each answer is worth where the budget is short."""

_WORTH_ASKING = 32
"""One part in so many of a plan done makes it worth asking for a new one: what was found meanwhile may be better."""

_GIVING_BACK = 0.5
"""Seconds of work by this thread between two times that free memory is given back, at least."""

NOT_AGAIN = frozenset({"robots", "private_address", "external", "too_large", "needs_javascript", "budget"})
"""Causes that a second try would only show again."""

_AGAIN = frozenset({"timeout", "reset", "refused", "dns"})
_MAX_AGAIN = 300
_OTHER_SPELLING = frozenset({"timeout", "reset", "refused", "dns", "tls", "redirect_loop", "soft_404"})


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a gathering is: addresses asked, addresses known to be wanted still, documents read, the last address."""

    fetched: int
    waiting: int
    read: int
    url: str


Wants = Callable[[RunData], Sequence[Want]]


def gather(
    start_url: str,
    *,
    writer: RunWriter,
    wants: Wants,
    settings: CrawlSettings,
    reader: Reader,
    progress: Callable[[Progress], None] | None = None,
    answers: Sequence[Answer] = (),
    earlier: Earlier | None = None,
    renderer: Renderer | None = None,
    gate: Politeness | None = None,
    resumed: RunData | None = None,
) -> RunData:
    """Gather the site of `start_url` into `writer`, which is finished on return, and give back the run.

    `wants` is asked again and again for what is wanted next, best first; it is a pure function of the run and names each
    address and text until it is there. The main page comes first in any case. Failed addresses that a verdict depends on, and
    those that failed by the server's bad moment, are tried a second time at the end. Ctrl-C ends the gathering, not the run.
    `earlier` is last night's run, whose validators are sent; `renderer` the browser for pages that need one; `gate` the
    politeness that several gatherings share. `resumed` is what `writer` holds of the same gathering that was broken off: it is
    gone on with, and nothing of it asked again; the time begins anew.

    `meta.settings` holds the settings, ``main`` (the key of the main page) and ``probe`` (the keys of made-up addresses that
    were asked to learn how the site says "not found"); `meta.bounds` what the rules against traps cut off. Raises `OutputError`
    where the run cannot be written.
    """
    share_memory()
    visitor = Visitor(
        start_url,
        settings,
        writer.blobs,
        [url for answer in answers for url in answer.urls],
        earlier=earlier,
        renderer=renderer,
        gate=gate,
    )
    told = {**(resumed.meta.settings if resumed else {}), **writer.meta.settings, **settings.as_strings()}
    run = RunData(
        replace(
            writer.meta,
            start_url=start_url,
            started=(resumed and resumed.meta.started) or writer.meta.started or now(),
            finished="",
            stopped_by=None,
            settings={**told, "ocr": reader.ocr_version},
            has_answers=writer.meta.has_answers or bool(answers),
        ),
        answers=tuple(answers),
    )
    crawl = _Crawl(start_url, Ledger(writer, run), wants, visitor, Texts(reader, writer.blobs), progress or (lambda told: None))
    if resumed is not None:
        crawl.resume(resumed)
    return crawl.run_all()


class _Crawl:
    """One gathering. Everything here runs in the caller's thread; only visits and readings run elsewhere."""

    def __init__(
        self,
        start_url: str,
        ledger: Ledger,
        wants: Wants,
        visitor: Visitor,
        texts: Texts,
        progress: Callable[[Progress], None],
    ) -> None:
        settings = visitor.settings
        self.ledger, self.run = ledger, ledger.run
        self.start_url, self.wants, self.settings, self.visitor = start_url, wants, settings, visitor
        self.progress = progress
        self.end = time.monotonic() + 60 * settings.max_minutes
        self.fetching = ThreadPoolExecutor(max(_HANDS, settings.connections_per_host + 2), thread_name_prefix="fetch")
        self.done: queue.SimpleQueue[Future[Any]] = queue.SimpleQueue()
        self.readings = Readings(texts, ledger, settings, self.done)
        self.visits: dict[Future[Any], Want] = {}
        # Two more than may be under way at a host: while four are waited for, two can be taken apart.
        self.to_fetch = Lanes(settings.connections_per_host + 2)
        self.rendered: set[str] = set()
        self.evidence: set[str] = set()
        self.too_deep: set[str] = set()
        self.again: set[str] = set()
        # Asked besides what is wanted, out of no budget: the second tries.
        self.besides: dict[str, Want] = {}
        self.doors = dict.fromkeys(key for url in (start_url, *variants(start_url)) if (key := url_key(url)))
        self.news = 0
        self.asked_at = self.asking = self.given_back_at = 0.0
        self.fetched = 0
        self.requests = 0
        self.stopped_by: str | None = None

    def resume(self, kept: RunData) -> None:
        """Know again what follows from the part of this run that is there."""
        run, ledger = self.run, self.ledger
        ledger.take_over(kept)
        main, probes = resume.main_of(run, self.doors), resume.probes_of(run)
        self.visitor.resume(main, probes)
        settings = {name: value for name, value in run.meta.settings.items() if name not in ("main", "probe")}
        run.meta = replace(run.meta, settings=settings)
        if probes:
            ledger.set(probe=" ".join(sorted(p.key for p in probes)))
        if main is not None:
            self._enter(main)
        for found in list(run.exchanges.values()):
            ledger.asked.update((found.key, found.key if found.cause else found.final_key))
            ledger.follow(found)
            if found.rendered:
                self.rendered.add(found.key)
            if found.cause is None and found.hops and found.final_key not in run.exchanges:
                ledger.arrive(found)
        self.fetched = resume.fetched(run, self.doors)
        self.requests = resume.requests_of(run)
        self.again = resume.tried_again(run)
        self.evidence = resume.evidence_of(run, self.wants)

    def run_all(self) -> RunData:
        """Gather, whatever happens; see `gather`."""
        try:
            self.ledger.begin()
            if "main" not in self.run.meta.settings:
                self._open()
            self._work()
            while self._try_again():
                self._work()
            self.ledger.settle_depths()
        except KeyboardInterrupt:
            self.stopped_by = "interrupt"
            self._keep_what_is_done()
        except BaseException:
            self.ledger.writer.close()
            raise
        finally:
            self._end()
        if self.stopped_by is None and (self.ledger.full or self.too_deep - self.ledger.asked):
            self.stopped_by = "budget"
        return self.ledger.finish(
            finished=now(),
            requests=self.requests + self.visitor.requests,
            stopped_by=self.stopped_by,
            bounds=bounds_of(self.run),
        )

    def _open(self) -> None:
        """Fetch the main page, under another spelling of its address where the one given brings nothing."""
        for url in [self.start_url, *variants(self.start_url)]:
            key = url_key(url)
            if not key or key in self.run.exchanges:
                continue
            visit = self.visitor.visit(key, url)
            self._record(visit)
            cause = visit.exchange.cause
            if cause is None or (cause not in _OTHER_SPELLING and not cause.startswith("http_")):
                return

    def _enter(self, found: Exchange) -> None:
        """Take note of the main page: the first door that opened."""
        self.ledger.depth[found.final_key] = 0
        self.visitor.scope = Scope([self.start_url, found.final_url], self.settings.hosts)
        self.ledger.set(main=found.final_key)
        for key, url in self.visitor.maps_of(found.final_url):
            if key not in self.run.exchanges:
                self._fetch(Want("fetch", key, url))

    def _work(self) -> None:
        """Bring what is wanted until nothing more is, or may be."""
        self.news += 1
        while True:
            if self._is_time_to_ask():
                self._ask()
            self._submit()
            if not (self.visits or self.readings.running):
                return
            try:
                self._take(self.done.get(timeout=1.0))
                while True:
                    self._take(self.done.get_nowait())
            except queue.Empty:
                pass

    def _is_time_to_ask(self) -> bool:
        """Whether what came in is worth a new plan: always when the old one is done, before that as often as asking is cheap."""
        if not self.news:
            return False
        if not (self.to_fetch or self.readings.waiting):
            return True
        if self._hands() < _HANDS:
            return self.asking <= self.news * _WORTH_OF_AN_ANSWER
        worth = self.news > len(self.to_fetch) // _WORTH_ASKING
        return worth and time.monotonic() >= self.asked_at + self.asking / _ASKING_SHARE

    def _hands(self) -> int:
        """How many fetches may be under way: few where the budget is short, so that it goes to the best."""
        left = self.settings.max_pages - 1 - self.fetched
        return _HANDS if len(self.to_fetch) <= left else max(1, min(_HANDS, left // _BLIND_SHARE))

    def _ask(self) -> None:
        """Ask what is wanted now; keep what is not had yet and can be had."""
        self.news = 0
        began = time.thread_time()
        fetches, asked = dict(self.besides), self.ledger.asked
        others = []
        for want in self.wants(self.run):
            key = want.key or url_key(want.url)
            if want.kind == "fetch":
                if want.evidence:
                    self.evidence.add(key)
                if key and key not in asked and key not in fetches:
                    fetches[key] = want if want.key and want.url else replace(want, key=key, url=want.url or key)
            elif want.kind == "render":
                found = self.run.exchanges.get(key)
                is_new = found is not None and not found.rendered and key not in self.rendered
                if found is not None and is_new and self.visitor.screen.is_there:
                    fetches.setdefault(key, replace(want, key=key, url=found.url))
            else:
                others.append(want)
        self.to_fetch.plan(fetches.values())
        self.readings.plan(others)
        if began >= self.given_back_at + _GIVING_BACK:
            give_back()
            self.given_back_at = began
        # The first time rules are made ready as well; that tells nothing of the next.
        self.asking = time.thread_time() - began if self.asked_at else 0.0
        self.asked_at = time.monotonic()

    def _submit(self) -> None:
        """Start as much of the plan as there are hands for; what the budget forbids is dropped."""
        late = time.monotonic() - self.end
        if late > 0:
            if any(want.key not in self.besides for want in self.to_fetch):
                self.stopped_by = "budget"
            self.to_fetch.plan(())
            self.besides.clear()
        while len(self.visits) < self._hands() and (want := self.to_fetch.next()) is not None:
            if self._may_fetch(want):
                self._fetch(want)
        if self.readings.submit(late):
            self.stopped_by = "budget"

    def _may_fetch(self, want: Want) -> bool:
        """Whether the budget allows a fetch; what is asked besides costs none of it."""
        if want.key in self.besides:
            return True
        if self.ledger.depth.get(want.key, 0) > self.settings.max_depth and not want.evidence:
            # Nobody misses the thirteenth month of a calendar; and a shorter way may be found yet.
            if not is_endless(want.url):
                self.too_deep.add(want.key)
            return False
        if self.fetched + 1 >= self.settings.max_pages:
            self.stopped_by = "budget"
            return False
        self.fetched += 1
        return True

    def _fetch(self, want: Want) -> None:
        render = want.kind == "render"
        known = self.run.exchanges.get(want.key)
        depth = known.depth if known is not None else self.ledger.depth.get(want.key, 1)
        evidence, again = want.key in self.evidence, self.besides.pop(want.key, None) is not None and known is not None
        if render:
            self.rendered.add(want.key)
        self.ledger.asked.add(want.key)
        visit = self.fetching.submit(
            self.visitor.visit, want.key, want.url, depth=depth, slow=again, evidence=evidence, render=render
        )
        self.visits[visit] = want
        self.to_fetch.start(want)
        visit.add_done_callback(self.done.put)

    def _take(self, future: Future[Any]) -> None:
        """Record what came of a visit or a reading."""
        if future in self.readings.running:
            self._tell(self.readings.take(future))
        elif future in self.visits:
            self._take_visit(future)

    def _take_visit(self, future: Future[Any]) -> None:
        """Record what a visit brought; a fault of ours in it is a cause like any other."""
        want = self.visits.pop(future)
        self.to_fetch.end(want)
        error = future.exception()
        if isinstance(error, OutputError):
            raise error
        if error is not None:
            _LOG.error("visiting %s", want.url, exc_info=error)
            failed = Exchange(want.key, want.url, cause="internal_error", detail=type(error).__name__, fetched_at=now())
            self._record(Visit(failed))
        else:
            self._record(future.result())

    def _record(self, visit: Visit) -> None:
        """Put a visit on disk and into memory."""
        found = self.ledger.record(visit)
        if found.cause is None and found.key in self.doors and "main" not in self.run.meta.settings:
            self.visitor.home = visit.view
            self._enter(found)
        self._tell(found.url)

    def _tell(self, url: str) -> None:
        self.news += 1
        waiting = len(self.to_fetch) + len(self.visits) + len(self.readings)
        self.progress(Progress(len(self.run.exchanges), waiting, len(self.run.documents), url))

    def _try_again(self) -> bool:
        """Plan a second try of what failed and matters, or failed by a bad moment; false where there is nothing to try."""
        keys = [e.key for e in self.run.exchanges.values() if e.cause and e.key not in self.again and self._is_worth(e)]
        keys = sorted(keys, key=lambda key: (key not in self.evidence, key))[: max(0, _MAX_AGAIN - len(self.again))]
        if not keys or time.monotonic() > self.end:
            return False
        self.again.update(keys)
        if self.visitor.reach.kind != "loopback":
            time.sleep(min(self.settings.retry_seconds, max(0.0, self.end - time.monotonic())))
        self.besides = {key: Want("fetch", key, self.run.exchanges[key].url) for key in keys}
        return True

    def _is_worth(self, found: Exchange) -> bool:
        cause = found.cause or ""
        if cause == "robots" and found.detail and found.key in self.evidence:
            return True  # a redirect was not followed before a verdict depended on where it leads
        if cause in NOT_AGAIN or found.key in self.run.meta.settings.get("probe", "").split():
            return False
        return found.key in self.evidence or cause in _AGAIN or cause.startswith("http_5")

    def _keep_what_is_done(self) -> None:
        """Record what threads have brought already; what they are at is lost."""
        for future in [f for f in (*self.visits, *self.readings.running) if f.done()]:
            self._take(future)

    def _end(self) -> None:
        """Leave nothing running behind."""
        if self.visits:
            self.visitor.abort()
        self.fetching.shutdown(wait=True, cancel_futures=True)
        self.readings.close()
        self.visitor.close()
