"""The browser of a run: started when the first page needs it, one page at a time, ended with the run.

playwright lives in an event loop in a thread of its own. Not in its blocking form: that has no way to end a step that a page
never finishes, and it would bring the parts of a page one after the other.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import threading
import uuid
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any

from crawlers.browser import machine, memory
from crawlers.browser.gate import Bounds, Gate, Shelf
from crawlers.browser.tour import Tour
from crawlers.fetch import Fetched
from crawlers.interfaces import Rendered
from crawlers.settings import CrawlSettings

_LOG = logging.getLogger(__name__)
NO_BROWSER = "no_browser"
"""The detail of a page that a browser could have shown, had there been one."""

_STARTS = 2  # a browser that was lost is started once more, not for ever
_AT_ONCE = 6  # parts of a page that are fetched side by side; the fetcher's own politeness decides how many a host sees
_START_SECONDS = 30.0


class Chromium:
    """The machine's Chromium as a `crawlers.interfaces.Renderer`. Safe for threads; close it at the end.

    Nothing is started before the first page. Where playwright or the browser is missing, every page has the cause
    `needs_javascript` with the detail `no_browser`.
    """

    def __init__(self, settings: CrawlSettings, bounds: Bounds | None = None) -> None:
        self._agent = settings.agent
        self._bounds = bounds or Bounds(seconds=settings.render_seconds, html=settings.html_bytes)
        self._path = machine.find()
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._turn: asyncio.Lock | None = None
        self._playwright: Any = None
        self._browser: Any = None
        self._pid, self._mark = 0, ""
        self._starts = 0
        self._version = ""
        self._closed = False
        self._running: set[Future[Any]] = set()
        self._shelf = Shelf()
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="browser-fetch")

    @property
    def available(self) -> bool:
        """Whether there is a browser to start, and playwright to drive it."""
        return bool(self._path) and _playwright() is not None

    @property
    def version(self) -> str:
        """Name and version of the browser once a page was shown; ``""`` where none can be started."""
        return self._version

    def render(self, url: str, get: Callable[[str], Fetched], *, seconds: float = 0.0) -> Rendered:
        """The page at `url` after its scripts have run and its folds were opened. All of it comes through `get`. Never raises.

        `seconds` of wall-clock time at most, the bounds' own when 0; waiting for the page before is not counted.
        """
        if not self.available:
            return _failed(url, NO_BROWSER)
        with self._lock:
            if self._closed:
                return _failed(url, "stopped")
            future = self._submit(self._render(url, get, seconds or self._bounds.seconds))
            self._running.add(future)
        try:
            found: Rendered = future.result()
            return found
        except CancelledError:
            return _failed(url, "stopped")
        except Exception as error:  # noqa: BLE001 - a fault in here costs one page, never the run
            _LOG.warning("rendering %s", url, exc_info=True)
            return _failed(url, type(error).__name__)
        finally:
            with self._lock:
                self._running.discard(future)

    def close(self) -> None:
        """End the browser, whatever it is doing; pages under way get a cause. May be called again, and from any thread."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            loop, thread, running = self._loop, self._thread, list(self._running)
        for future in running:
            future.cancel()
        if loop is not None and thread is not None:
            with contextlib.suppress(Exception):
                asyncio.run_coroutine_threadsafe(self._end(), loop).result(timeout=15)
            loop.call_soon_threadsafe(loop.stop)
            thread.join(timeout=5)
            if not thread.is_alive():
                loop.close()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def __enter__(self) -> Chromium:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _submit(self, what: Coroutine[Any, Any, Any]) -> Future[Any]:
        """Hand a step to the browser's thread, which starts with the first."""
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._loop.set_exception_handler(lambda _, told: _LOG.debug("browser: %s", told.get("message")))
            self._thread = threading.Thread(target=self._loop.run_forever, name="browser", daemon=True)
            self._thread.start()
        return asyncio.run_coroutine_threadsafe(what, self._loop)

    async def _render(self, url: str, get: Callable[[str], Fetched], seconds: float) -> Rendered:
        if self._turn is None:
            self._turn = asyncio.Lock()
        async with self._turn:
            for _ in range(2):
                if not await self._started():
                    return _failed(url, "crashed" if self._version else NO_BROWSER)
                found = await self._show(url, get, seconds)
                # A page may have been in a browser that another one had worn out; it gets a fresh one, once.
                if found.detail != "crashed" or (self._browser is not None and self._browser.is_connected()):
                    return found
            return found

    async def _show(self, url: str, get: Callable[[str], Fetched], seconds: float) -> Rendered:
        gate = Gate(url, get, self._bounds, self._shelf, self._threads)
        watch = asyncio.ensure_future(self._watch())
        try:
            tour = Tour(self._browser, gate, self._bounds, seconds, self._agent)
            found = await asyncio.wait_for(tour.show(), seconds + 15)
            if tour.stuck:
                await self._lost()
            return found
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 - playwright's errors, and a context that did not close: the browser is lost
            _LOG.debug("browser lost at %s: %s", url, error)
            await self._lost()
            return _failed(url, "crashed")
        finally:
            watch.cancel()

    async def _watch(self) -> None:
        """End what takes more memory than a page may."""
        while self._pid:
            await asyncio.sleep(0.5)
            if memory.end_largest(self._pid, self._bounds.memory):
                _LOG.info("a page took more than %d bytes of memory", self._bounds.memory)

    async def _started(self) -> bool:
        """Have a browser that runs; false where none can be started (any more)."""
        if self._browser is not None and self._browser.is_connected():
            return True
        await self._lost()
        if self._starts >= _STARTS:
            return False
        self._starts += 1
        self._mark = f"--ita-rules={uuid.uuid4().hex}"
        try:
            start = _playwright()
            self._playwright = await asyncio.wait_for(start().start(), _START_SECONDS)
            self._browser = await asyncio.wait_for(
                self._playwright.chromium.launch(
                    executable_path=self._path,
                    headless=True,
                    args=[*machine.SWITCHES, self._mark],
                    proxy={"server": machine.NOWHERE},
                    chromium_sandbox=not machine.is_root(),
                    handle_sigint=False,
                    handle_sigterm=False,
                    handle_sighup=False,
                    timeout=1000 * _START_SECONDS,
                ),
                _START_SECONDS + 5,
            )
        except Exception as error:  # noqa: BLE001 - a browser that does not start is a browser that is missing
            _LOG.warning("Chromium does not start: %s", str(error)[:300])
            await self._lost()
            self._starts = _STARTS
            return False
        self._version = f"Chromium/{self._browser.version}"
        self._pid = await asyncio.to_thread(memory.marked, os.getpid(), self._mark)
        return True

    async def _lost(self) -> None:
        """Let go of a browser that is gone or does not answer."""
        browser, playwright, pid = self._browser, self._playwright, self._pid
        self._browser = self._playwright = None
        self._pid = 0
        if browser is not None:
            with contextlib.suppress(Exception):
                await asyncio.wait_for(browser.close(), 5)
            if pid and memory.marked(os.getpid(), self._mark) == pid:
                memory.end(pid)
        if playwright is not None:
            with contextlib.suppress(Exception):
                await asyncio.wait_for(playwright.stop(), 5)

    async def _end(self) -> None:
        await self._lost()
        rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)


def _failed(url: str, detail: str) -> Rendered:
    return Rendered(b"", url, "", cause="needs_javascript", detail=detail)


def _playwright() -> Any:
    """playwright's way in, None where it is not installed."""
    try:
        from playwright.async_api import async_playwright
    except ImportError:
        return None
    return async_playwright
