"""Readers at a distance: warm child processes that may crash, hang or run out of memory without harm to the parent.

Parsers of foreign bytes abort the process they run in (pdfium at an inflated PDF, for one). So no body is parsed in the
crawler's own process: a child holds the parser, limited in memory and CPU time where the platform can (`resource`), and by
the parent's clock everywhere. A child that dies or is late is replaced, its document is `unreadable` with the failure named.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, TypeAlias, cast

import crawlers
from crawlers.readers.interface import Hints, Limits, failed, unrecognised
from crawlers.readers.ocr import engine
from crawlers.readers.page_picture import Picture, PictureAsk
from crawlers.readers.sniff import sniff
from crawlers.readers.worker import is_confined, receive, send
from ita_rules.run.types import Document

_LOG = logging.getLogger(__name__)
GRACE = 5.0
"""Seconds over a document's limit before the child is ended: the reader cuts itself off before, so this is for hangs."""

START_SECONDS = 30.0
"""Seconds that a new child may take in addition, for its imports."""

_ONE_THREAD = {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
# There are several children already: threads within one only wait for each other (Tesseract, numpy).

MAX_DOCUMENTS = 500
"""A child is replaced after so many documents, so that what a parser leaks stays bounded."""


def limited() -> bool:
    """Whether the memory and CPU time of children can be limited here; elsewhere (Windows) only their time is."""
    return is_confined()


Answer: TypeAlias = Document | Picture | str
"""What a child was asked for, or its failure in a word."""


class _Child:
    """One child process and its pipes."""

    def __init__(self, limits: Limits) -> None:
        roots = [str(Path(crawlers.__file__).parent.parent), *filter(None, sys.path)]
        environment = {
            **os.environ,
            **_ONE_THREAD,
            "PYTHONPATH": os.pathsep.join(dict.fromkeys(roots)),
            "PYTHONIOENCODING": "utf-8",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "crawlers.readers.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        self.documents = 0
        self._late = threading.Event()
        send(self._in, limits)

    @property
    def _in(self) -> BinaryIO:
        return cast(BinaryIO, self.process.stdin)

    @property
    def _out(self) -> BinaryIO:
        return cast(BinaryIO, self.process.stdout)

    def ask(self, data: bytes, hints: Hints, limits: Limits, task: Document | PictureAsk | None = None) -> Answer:
        """The document, or the failure in a word; after a failure the child is of no more use.

        With a document as `task` its pictures are recognised instead of reading `data` anew, with a `PictureAsk` a page is drawn.
        """
        seconds = limits.ocr_seconds + limits.seconds if isinstance(task, Document) else limits.seconds
        allowed = seconds + GRACE + (0 if self.documents else START_SECONDS)
        clock = threading.Timer(allowed, self._out_of_time)
        clock.daemon = True
        clock.start()
        self.documents += 1
        answer: object | None = None
        try:
            send(self._in, (data, hints, limits, task))
            answer = receive(self._out)
        except (OSError, ValueError, EOFError):
            pass
        finally:
            clock.cancel()
            clock.join()
        if isinstance(answer, Document | Picture) and not self._late.is_set():
            return answer
        return "timeout" if self._late.is_set() else self._failure()

    def _out_of_time(self) -> None:
        self._late.set()
        self.kill()

    def _failure(self) -> str:
        try:
            status = self.process.wait(timeout=GRACE)
        except subprocess.TimeoutExpired:
            return "no_answer"
        self.kill()  # programs that the dead child left behind
        if status == -getattr(signal, "SIGXCPU", 0):
            return "timeout"
        with contextlib.suppress(ValueError):
            return f"signal_{signal.Signals(-status).name}" if status < 0 else f"exit_{status}"
        return f"exit_{status}"

    def kill(self) -> None:
        """End the child and all that it started, at once."""
        if hasattr(os, "killpg"):
            # The child leads a session of its own, so its process group holds it and the programs that it started.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        else:
            with contextlib.suppress(OSError):
                self.process.kill()

    def close(self) -> None:
        """End the child and wait for it; safe to call again."""
        with contextlib.suppress(OSError, ValueError):
            self._in.close()
        if self.process.returncode is None:
            self.kill()
            self.process.wait()
        with contextlib.suppress(OSError, ValueError):
            self._out.close()


class ReaderPool:
    """A few warm children that read documents; usable from several threads at once.

        with ReaderPool(workers=2) as pool:
            document = pool.read(body, Hints(url=address))

    `limits` hold for each document. Never raises for what is in a body: a crash, a hang or a want of memory comes back as a
    `Document` of cause `unreadable`, its `facts["failure"]` one of ``timeout``, ``memory``, ``signal_SIGABRT`` and the like.
    After `close` it raises `RuntimeError`.
    """

    def __init__(self, workers: int = 2, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.workers = max(1, workers)
        self._free: queue.LifoQueue[_Child | None] = queue.LifoQueue()
        for _ in range(self.workers):
            self._free.put(None)
        self._lock = threading.Lock()
        self._children: set[_Child] = set()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @cached_property
    def ocr_version(self) -> str:
        """What recognises pictures here, with its version; ``""`` where nothing can, or where the limits allow no page of it."""
        return engine.version() if self.limits.ocr_pages else ""

    def read(self, data: bytes, hints: Hints | None = None) -> Document:
        """The document in `data`, read in a child. Waits for a free child."""
        answer = self._ask(data, hints or Hints())
        return answer if isinstance(answer, Document) else failed(data, sniff(data, hints or Hints()), "unreadable", str(answer))

    def recognise(self, data: bytes, hints: Hints, document: Document) -> Document:
        """`document` (what `read` made of `data`) with its pictures recognised in a child, within `limits.ocr_pages` and
        `limits.ocr_seconds`. Where the child fails, the pages that were to be recognised are `unreadable`."""
        answer = self._ask(data, hints, document)
        return answer if isinstance(answer, Document) else unrecognised(document, str(answer))

    def picture(self, data: bytes, ask: PictureAsk) -> Picture:
        """A page of the PDF in `data` as a picture, drawn in a child; empty with a `cause` where none could be made."""
        answer = self._ask(data, Hints(), ask)
        return answer if isinstance(answer, Picture) else Picture(cause=str(answer))

    def _ask(self, data: bytes, hints: Hints, task: Document | PictureAsk | None = None) -> Answer:
        child = self._free.get()
        keep: _Child | None = None
        try:
            started = time.monotonic()
            if child is None or child.process.poll() is not None:
                child = self._start(child)
            answer = child.ask(data, hints, self.limits, task)
            if isinstance(answer, Document | Picture):
                keep = child if child.documents < MAX_DOCUMENTS else None
            else:
                _LOG.warning("reader ended (%s) after %.1f s at %s", answer, time.monotonic() - started, hints.url)
            return answer
        finally:
            if child is not None and keep is None:
                self._end(child)
            self._free.put(keep)

    def map(self, bodies: Iterable[tuple[bytes, Hints]]) -> Iterator[Document]:
        """The documents of several bodies in their order, as many at once as there are workers."""
        with ThreadPoolExecutor(self.workers, thread_name_prefix="reader") as threads:
            waiting: deque[Future[Document]] = deque()
            # Bodies are taken as they are needed, so that a long row of them is not held in memory at once.
            for body in bodies:
                waiting.append(threads.submit(self.read, *body))
                if len(waiting) > 2 * self.workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def close(self) -> None:
        """End all children; documents that are being read come back as unreadable."""
        with self._lock:
            self._closed = True
            children: Sequence[_Child] = tuple(self._children)
            self._children.clear()
        for child in children:
            child.close()

    def _start(self, old: _Child | None) -> _Child:
        if old is not None:
            self._end(old)
        with self._lock:
            if self._closed:
                raise RuntimeError("the pool of readers is closed")
            child = _Child(self.limits)
            self._children.add(child)
        return child

    def _end(self, child: _Child) -> None:
        with self._lock:
            self._children.discard(child)
        child.close()
