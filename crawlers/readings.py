"""What of the bodies in hand is to be read as text, and whose pictures are to be recognised: planned, started, recorded."""

from __future__ import annotations

import logging
import queue
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from crawlers.ledger import Ledger
from crawlers.readers.interface import unrecognised
from crawlers.settings import CrawlSettings
from crawlers.texts import Texts, given_up, is_pending
from ita_rules.errors import OutputError
from ita_rules.run.types import Document, Exchange, Want

READING_GRACE = 120.0
"""Seconds past the time budget in which what was fetched is still read: evidence in hand is not thrown away."""

_LOG = logging.getLogger(__name__)


class Readings:
    """The readings of one gathering. `running` are those under way; each is put into `done` when it ends. Used by one thread."""

    def __init__(self, texts: Texts, ledger: Ledger, settings: CrawlSettings, done: queue.SimpleQueue[Future[Any]]) -> None:
        self.running: dict[Future[Any], Exchange] = {}
        self._texts, self._ledger, self._settings, self._done = texts, ledger, settings, done
        self._pool = ThreadPoolExecutor(max(1, settings.readers), thread_name_prefix="read")
        self._to_read: deque[Exchange] = deque()
        self._to_ocr: deque[Exchange] = deque()
        self._recognising: set[Future[Any]] = set()
        self._asked: set[str] = set()

    def __len__(self) -> int:
        return len(self._to_read) + len(self._to_ocr) + len(self.running)

    @property
    def waiting(self) -> bool:
        """Whether anything waits to be started."""
        return bool(self._to_read or self._to_ocr)

    def plan(self, wants: Iterable[Want]) -> None:
        """Put what of these wants can be read, best first, in the place of all that waits."""
        reads: dict[str, Exchange] = {}
        pictures: dict[str, Exchange] = {}
        run = self._ledger.run
        for want in wants:
            found = run.exchanges.get(want.key)
            if found is not None and found.sha256 and f"{want.kind} {found.sha256}" not in self._asked:
                (reads if want.kind == "read" else pictures).setdefault(found.sha256, found)
        self._to_read = deque(found for sha256, found in reads.items() if sha256 not in run.documents)
        self._to_ocr = deque(found for sha256, found in pictures.items() if self._is_pending(sha256))

    def submit(self, late: float) -> bool:
        """Start as much as there are hands for; true where there was no time for something. `late` is by how many seconds the
        time is over."""
        cut = late > READING_GRACE and self.waiting
        if cut:
            self._to_read.clear()
            while self._to_ocr:
                self._ledger.keep(given_up(self._ledger.run.documents[self._to_ocr.popleft().sha256 or ""]))
        while self._to_read and len(self.running) < 2 * self._settings.readers:
            found = self._to_read.popleft()
            self._asked.add(f"read {found.sha256}")
            self._start(found, self._pool.submit(self._texts.read, found))
        # Pictures come after texts and never take all hands at once: they cost seconds where texts cost milliseconds.
        while self._to_ocr and not self._to_read and len(self._recognising) < self._settings.ocr_processes:
            found = self._to_ocr.popleft()
            self._asked.add(f"ocr {found.sha256}")
            future = self._pool.submit(self._texts.recognise, found, self._ledger.run.documents[found.sha256 or ""])
            self._recognising.add(future)
            self._start(found, future)
        return cut

    def take(self, future: Future[Any]) -> str:
        """Record the text that a reader made of a body, and give back the body's address."""
        found = self.running.pop(future)
        was_read = future in self._recognising
        self._recognising.discard(future)
        error = future.exception()
        if isinstance(error, OutputError):
            raise error
        if error is not None:
            _LOG.error("reading %s", found.url, exc_info=error)
            failed = Document(found.sha256 or "", found.media_type, cause="internal_error")
            # What was read before its pictures were to be recognised is not lost with them.
            read = self._ledger.run.documents.get(found.sha256 or "")
            self._ledger.keep(unrecognised(read, "internal_error") if was_read and read is not None else failed)
        else:
            self._ledger.keep(future.result())
        return found.url

    def close(self) -> None:
        """Start nothing more; what runs is not waited for."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _start(self, found: Exchange, future: Future[Any]) -> None:
        self.running[future] = found
        future.add_done_callback(self._done.put)

    def _is_pending(self, sha256: str) -> bool:
        """Whether a text waits for its pictures to be recognised, and something here can do it."""
        document = self._ledger.run.documents.get(sha256)
        return document is not None and bool(self._texts.reader.ocr_version) and is_pending(document)
