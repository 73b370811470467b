"""Gather one agency's site: ask what is wanted, bring it, record it, ask again.

The only door of this package to the rest. `gather` ends when nothing is wanted any more, when the budget is spent, or when a
person interrupts; whatever was had until then is in the run.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import Any

from crawlers.interfaces import Earlier, Renderer
from crawlers.politeness import Politeness
from crawlers.readers.interface import unrecognised
from crawlers.settings import CrawlSettings
from crawlers.texts import Reader, Texts, given_up, is_pending
from crawlers.traps import is_endless
from crawlers.urls import Scope, variants
from crawlers.visit import Visit, Visitor, now
from ita_rules.errors import OutputError
from ita_rules.run.keys import url_key
from ita_rules.run.store import RunWriter, in_order, load_run
from ita_rules.run.types import Answer, Document, Exchange, Link, RunData, Want

MAX_LINKS = 600_000
"""Links that a run holds whole; 2,000 pages of 138 links (a usual menu) are half of that."""

_FEW_LINKS = 50
_LOG = logging.getLogger(__name__)
_READING_GRACE = 120.0
"""Seconds past the time budget in which what was fetched is still read: evidence in hand is not thrown away."""

_NOT_AGAIN = frozenset({"robots", "private_address", "external", "too_large", "needs_javascript", "budget"})
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
    politeness that several gatherings share; `resumed` what a gathering that was killed has left (`RunWriter.resume`): what
    stands in it is neither asked nor read again.

    `meta.settings` holds the settings, ``main`` (the key of the main page) and ``probe`` (the keys of made-up addresses that
    were asked to learn how the site says "not found"). Raises `OutputError` where the run cannot be written.
    """
    visitor = Visitor(
        start_url,
        settings,
        writer.blobs,
        [url for answer in answers for url in answer.urls],
        earlier=earlier,
        renderer=renderer,
        gate=gate,
    )
    return _Crawl(start_url, writer, wants, visitor, reader, progress or (lambda told: None), answers, resumed).run_all()


class _Crawl:
    """One gathering. Everything here runs in the caller's thread; only visits and readings run elsewhere."""

    def __init__(
        self,
        start_url: str,
        writer: RunWriter,
        wants: Wants,
        visitor: Visitor,
        reader: Reader,
        progress: Callable[[Progress], None],
        answers: Sequence[Answer],
        resumed: RunData | None = None,
    ) -> None:
        settings = visitor.settings
        self.start_url, self.writer, self.wants, self.settings, self.visitor = start_url, writer, wants, settings, visitor
        self.texts, self.progress = Texts(reader, writer.blobs), progress
        meta = writer.meta
        self.run = RunData(
            replace(
                meta,
                start_url=start_url,
                started=meta.started or now(),
                settings={**meta.settings, **settings.as_strings(), "ocr": reader.ocr_version},
                has_answers=meta.has_answers or bool(answers),
            ),
            answers=tuple(answers),
        )
        self.end = time.monotonic() + 60 * settings.max_minutes
        self.fetching = ThreadPoolExecutor(settings.connections_per_host + 2, thread_name_prefix="fetch")
        self.reading = ThreadPoolExecutor(max(1, settings.readers), thread_name_prefix="read")
        self.visits: dict[Future[Visit], Want] = {}
        self.reads: dict[Future[Document], Exchange] = {}
        self.to_fetch: deque[Want] = deque()
        self.to_read: deque[Exchange] = deque()
        self.to_ocr: deque[Exchange] = deque()
        self.recognising: set[Future[Document]] = set()
        self.asked_for: set[str] = set()
        self.evidence: set[str] = set()
        self.again: set[str] = set()
        self.depth: dict[str, int] = {}
        self.doors: set[str] = set()
        self.news = 0
        self.fetched = 0
        self.links = 0
        self.stopped_by: str | None = None
        if resumed is not None:
            self._take_up(resumed)

    def _take_up(self, resumed: RunData) -> None:
        """Go on where a gathering that was killed has left off."""
        self.run.exchanges, self.run.links, self.run.documents = resumed.exchanges, resumed.links, resumed.documents
        probes = self.run.meta.settings.get("probe", "").split()
        for found in list(resumed.exchanges.values()):
            self.asked_for.update((found.key, found.final_key))
            if found.cause is None and found.final_key and found.final_key not in resumed.exchanges:
                self._store(replace(found, key=found.final_key, url=found.final_url, hops=()), None)
            if found.attempts > 1:
                self.again.add(found.key)
            for link in resumed.links.get(found.final_key, ()):
                self.depth[link.target] = min(found.depth + 1, self.depth.get(link.target, 1 << 30))
        self.asked_for.update(f"read {sha256}" for sha256 in resumed.documents)
        self.fetched = len(resumed.exchanges) - len(probes)
        self.links = sum(map(len, resumed.links.values()))
        for key in probes:
            found = resumed.exchanges[key]
            self.visitor.know_probe(found.url, self.visitor.seen_before(found) if found.cause == "soft_404" else None)
        main = resumed.exchanges.get(self.run.meta.settings.get("main", ""))
        if main is not None:
            self.doors.add(main.key)
            self.depth[main.final_key] = 0
            self.visitor.home = self.visitor.seen_before(main)
            self.visitor.scope = Scope([self.start_url, main.final_url])

    def run_all(self) -> RunData:
        """Gather, whatever happens; see `gather`."""
        try:
            self.writer.put_meta(self.run.meta)
            self.writer.put_answers(self.run.answers)
            self._open()
            self._work()
            while self._try_again():
                self._work()
            self._settle_depths()
        except KeyboardInterrupt:
            self.stopped_by = "interrupt"
            self._keep_what_is_done()
        except BaseException:
            self.writer.close()
            raise
        finally:
            self._end()
        meta = replace(self.run.meta, finished=now(), requests=self.visitor.requests, stopped_by=self.stopped_by)
        self.writer.finish(meta)
        if self.stopped_by == "interrupt":
            # The interrupt may have fallen between the file and its picture in memory; the file is right.
            return load_run(self.writer.folder)
        self.run.meta = meta
        return in_order(self.run)

    def _open(self) -> None:
        """Fetch the main page, under another spelling of its address where the one given brings nothing."""
        for url in [self.start_url, *variants(self.start_url)] if "main" not in self.run.meta.settings else ():
            key = url_key(url)
            if not key or key in self.run.exchanges:
                continue
            self.doors.add(key)
            visit = self.visitor.visit(key, url)
            self._record(visit)
            cause = visit.exchange.cause
            if cause is None or (cause not in _OTHER_SPELLING and not cause.startswith("http_")):
                return

    def _enter(self, visit: Visit) -> None:
        """Take note of the main page: the first door that opened."""
        found = visit.exchange
        self.depth[found.final_key] = 0
        self.visitor.home = visit.view
        self.visitor.scope = Scope([self.start_url, found.final_url])
        self._set(main=found.final_key)

    def _work(self) -> None:
        """Bring what is wanted until nothing more is, or may be."""
        self.news += 1
        while True:
            idle = not (self.to_fetch or self.to_read or self.to_ocr)
            if self.news and (idle or self.news > max(24, len(self.run.exchanges) // 8)):
                self._ask()
            self._submit()
            if not (self.visits or self.reads):
                return
            running: list[Future[Any]] = [*self.visits, *self.reads]
            wait(running, timeout=1.0, return_when=FIRST_COMPLETED)
            for visit in [f for f in self.visits if f.done()]:
                self._take_visit(visit)
            for read in [f for f in self.reads if f.done()]:
                self._take_read(read)

    def _ask(self) -> None:
        """Ask what is wanted now; keep what is not had yet and can be had."""
        self.news = 0
        fetches: dict[str, Want] = {}
        reads: dict[str, Exchange] = {}
        pictures: dict[str, Exchange] = {}
        for want in self.wants(self.run):
            key = want.key or url_key(want.url)
            found = self.run.exchanges.get(key)
            if want.kind == "fetch":
                if want.evidence:
                    self.evidence.add(key)
                if key and found is None and key not in self.asked_for:
                    fetches.setdefault(key, replace(want, key=key, url=want.url or key))
            elif want.kind == "render":
                if found is not None and not found.rendered and f"render {key}" not in self.asked_for:
                    fetches.setdefault(key, replace(want, key=key, url=found.url))
            elif found is not None and found.sha256 and f"{want.kind} {found.sha256}" not in self.asked_for:
                (reads if want.kind == "read" else pictures).setdefault(found.sha256, found)
        self.to_fetch = deque(fetches.values())
        self.to_read = deque(found for sha256, found in reads.items() if sha256 not in self.run.documents)
        self.to_ocr = deque(found for sha256, found in pictures.items() if self._is_pending(sha256))

    def _submit(self) -> None:
        """Start as much of the plan as there are hands for; what the budget forbids is dropped."""
        late = time.monotonic() - self.end
        if late > 0 and self.to_fetch:
            self.stopped_by = "budget"
            self.to_fetch.clear()
        if late > _READING_GRACE and self.to_read:
            self.stopped_by = "budget"
            self.to_read.clear()
        while late > _READING_GRACE and self.to_ocr:
            self.stopped_by = "budget"
            self._keep(given_up(self.run.documents[self.to_ocr.popleft().sha256 or ""]))
        while self.to_fetch and len(self.visits) < self.settings.connections_per_host + 2:
            want = self.to_fetch.popleft()
            if self.depth.get(want.key, 0) > self.settings.max_depth and not want.evidence:
                # Nobody misses the thirteenth month of a calendar.
                self.stopped_by = self.stopped_by if is_endless(want.url) else "budget"
                continue
            if self.fetched + 1 >= self.settings.max_pages:
                self.stopped_by = "budget"
                continue
            render = want.kind == "render"
            self.asked_for.add(f"render {want.key}" if render else want.key)
            self.fetched += 1
            depth = self.depth.get(want.key, 1)
            visit = self.fetching.submit(
                self.visitor.visit, want.key, want.url, depth=depth, evidence=want.key in self.evidence, render=render
            )
            self.visits[visit] = want
        while self.to_read and len(self.reads) < 2 * self.settings.readers:
            found = self.to_read.popleft()
            self.asked_for.add(f"read {found.sha256}")
            self.reads[self.reading.submit(self.texts.read, found)] = found
        # Pictures come after texts and never take all hands at once: they cost seconds where texts cost milliseconds.
        while self.to_ocr and not self.to_read and len(self.recognising) < self.settings.ocr_processes:
            found = self.to_ocr.popleft()
            self.asked_for.add(f"ocr {found.sha256}")
            future = self.reading.submit(self.texts.recognise, found, self.run.documents[found.sha256 or ""])
            self.recognising.add(future)
            self.reads[future] = found

    def _is_pending(self, sha256: str) -> bool:
        """Whether a text waits for its pictures to be recognised, and something here can do it."""
        document = self.run.documents.get(sha256)
        return document is not None and bool(self.texts.reader.ocr_version) and is_pending(document)

    def _take_visit(self, future: Future[Visit]) -> None:
        """Record what a visit brought; a fault of ours in it is a cause like any other."""
        want = self.visits.pop(future)
        error = future.exception()
        if isinstance(error, OutputError):
            raise error
        if error is not None:
            _LOG.error("visiting %s", want.url, exc_info=error)
            failed = Exchange(want.key, want.url, cause="internal_error", detail=type(error).__name__, fetched_at=now())
            self._record(Visit(failed))
        else:
            self._record(future.result())

    def _take_read(self, future: Future[Document]) -> None:
        """Record the text that a reader made of a body."""
        found = self.reads.pop(future)
        was_read = future in self.recognising
        self.recognising.discard(future)
        error = future.exception()
        if isinstance(error, OutputError):
            raise error
        if error is not None:
            _LOG.error("reading %s", found.url, exc_info=error)
            failed = Document(found.sha256 or "", found.media_type, cause="internal_error")
            # What was read before its pictures were to be recognised is not lost with them.
            self._keep(unrecognised(self.run.documents[found.sha256 or ""], "internal_error") if was_read else failed)
        else:
            self._keep(future.result())
        self._tell(found.url)

    def _keep(self, document: Document) -> None:
        """Put a text on disk and into memory; a recognised one takes the place of what was read first."""
        self.writer.put_document(document)
        self.run.documents[document.sha256] = document

    def _record(self, visit: Visit) -> None:
        """Put a visit on disk and into memory."""
        found = visit.exchange
        earlier = self.run.exchanges.get(found.key)
        if earlier is not None:
            found = replace(found, attempts=earlier.attempts + found.attempts, depth=earlier.depth)
        self.asked_for.add(found.key)
        links = self._within_bounds(visit.links)
        self._store(found, links)
        if found.cause is None and found.final_key and found.final_key not in self.asked_for:
            # The end of a redirect was asked too, and this is what it answered.
            self.asked_for.add(found.final_key)
            self._store(replace(found, key=found.final_key, url=found.final_url, hops=()), None)
        if found.cause is None and found.key in self.doors and "main" not in self.run.meta.settings:
            self._enter(visit)
        for link in links or ():
            if link.target and self.depth.get(link.target, 1 << 30) > found.depth + 1:
                self.depth[link.target] = found.depth + 1
        for data in visit.beside:
            if data.key not in self.run.exchanges:
                self._store(data, None)
        for probe in visit.probes:
            self._store(probe, None)
            self._set(probe=" ".join([*self.run.meta.settings.get("probe", "").split(), probe.key]))
        self._tell(found.url)

    def _within_bounds(self, links: tuple[Link, ...] | None) -> tuple[Link, ...] | None:
        """Fewer links of a page where the run holds more than any honest site has."""
        if links is not None and self.links + len(links) > MAX_LINKS:
            links = links[:_FEW_LINKS]
            self.stopped_by = "budget"
        self.links += len(links or ())
        return links

    def _store(self, exchange: Exchange, links: Sequence[Link] | None) -> None:
        self.writer.put_exchange(exchange, links)
        self.run.exchanges[exchange.key] = exchange
        if links is not None:
            self.run.links[exchange.final_key or exchange.key] = tuple(links)

    def _set(self, **settings: str) -> None:
        self.run.meta = replace(self.run.meta, settings={**self.run.meta.settings, **settings})
        self.writer.put_meta(self.run.meta)

    def _tell(self, url: str) -> None:
        self.news += 1
        waiting = len(self.to_fetch) + len(self.to_read) + len(self.to_ocr) + len(self.visits) + len(self.reads)
        self.progress(Progress(len(self.run.exchanges), waiting, len(self.run.documents), url))

    def _try_again(self) -> bool:
        """Start a second try of what failed and matters, or failed by a bad moment; false where there is nothing to try."""
        keys = [e.key for e in self.run.exchanges.values() if e.cause and e.key not in self.again and self._is_worth(e)]
        keys = sorted(keys, key=lambda key: (key not in self.evidence, key))[: max(0, _MAX_AGAIN - len(self.again))]
        if not keys or time.monotonic() > self.end:
            return False
        self.again.update(keys)
        if self.visitor.reach.kind != "loopback":
            time.sleep(min(self.settings.retry_seconds, max(0.0, self.end - time.monotonic())))
        for key in keys:
            found = self.run.exchanges[key]
            evidence = key in self.evidence
            future = self.fetching.submit(self.visitor.visit, key, found.url, depth=found.depth, slow=True, evidence=evidence)
            self.visits[future] = Want("fetch", key, found.url)
        return True

    def _is_worth(self, found: Exchange) -> bool:
        cause = found.cause or ""
        if cause in _NOT_AGAIN or found.key in self.run.meta.settings.get("probe", "").split():
            return False
        return found.key in self.evidence or cause in _AGAIN or cause.startswith("http_5")

    def _settle_depths(self) -> None:
        """Give every address the fewest clicks from the main page, whatever order the answers came in."""
        depths = {self.run.meta.settings.get("main", ""): 0}
        waiting = deque(depths)
        while waiting:
            source = waiting.popleft()
            found = self.run.exchanges.get(source)
            page = found.final_key if found and found.final_key else source
            depths.setdefault(page, depths[source])
            for bearer in dict.fromkeys((source, page)):
                for link in self.run.links.get(bearer, ()):
                    if link.target and link.target not in depths:
                        depths[link.target] = depths[source] + 1
                        waiting.append(link.target)
        for key, found in list(self.run.exchanges.items()):
            depth = depths.get(key, found.depth)
            if depth != found.depth:
                self._store(replace(found, depth=depth), None)

    def _keep_what_is_done(self) -> None:
        """Record what threads have brought already; what they are at is lost."""
        for visit in [f for f in self.visits if f.done()]:
            self._take_visit(visit)
        for read in [f for f in self.reads if f.done()]:
            self._take_read(read)

    def _end(self) -> None:
        """Leave nothing running behind."""
        if self.visits:
            self.visitor.abort()
        self.fetching.shutdown(wait=True, cancel_futures=True)
        self.reading.shutdown(wait=False, cancel_futures=True)
        self.visitor.close()
