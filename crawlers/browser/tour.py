"""One page in the browser: load it, wait until it is quiet, open what is folded, write it down.

Whatever the page does, the tour ends in time: every step waits no longer than what is left, and keeps what there is.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urldefrag

from crawlers.browser.gate import Bounds, Gate
from crawlers.interfaces import Rendered

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Dialog, Page

T = TypeVar("T")
_LOG = logging.getLogger(__name__)
_WIDTH, _HEIGHT, _LONGEST = 1280, 800, 6000  # of a screenshot, in pixels
_QUIET = 0.5  # seconds without a request after which a page counts as loaded
_SETTLE = 0.12  # the same after a press
_LONG = 6.0  # seconds that a page is waited for to be quiet; some never cease to ask
_PATIENCE = 2.5  # seconds that what follows a press is waited for
_LOAD_SHARE, _OPEN_SHARE = 0.5, 0.75  # of the time: by when a page is loaded, and by when the opening ends


@cache
def script(name: str) -> str:
    """A script of this package."""
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


class Tour:
    """One page of one browser; `show` it once. Everything runs in the browser's event loop.

    `stuck` tells afterwards that the page could not be closed: its browser has to be ended.
    """

    def __init__(self, browser: Browser, gate: Gate, bounds: Bounds, seconds: float, agent: str) -> None:
        self._browser, self._gate, self._bounds, self._agent = browser, gate, bounds, agent
        self._start = time.monotonic()
        self._seconds = seconds
        self._crashed = asyncio.Event()
        self.stuck = False
        self._patience = _PATIENCE

    async def show(self) -> Rendered:
        """The page, with the cause where it gave nothing. Raises what playwright raises where the browser is gone."""
        context = await self._within(self._open(), self._seconds)
        try:
            return await self._tour(context)
        finally:
            try:
                await asyncio.wait_for(context.close(), 5)
            except Exception:  # noqa: BLE001 - what was seen counts, whatever becomes of the browser
                self.stuck = True

    async def _open(self) -> BrowserContext:
        context = await self._browser.new_context(
            user_agent=self._agent,
            viewport={"width": _WIDTH, "height": _HEIGHT},
            locale="th-TH",
            timezone_id="Asia/Bangkok",
            service_workers="block",
            accept_downloads=False,
            permissions=[],
            reduced_motion="reduce",
        )
        context.set_default_timeout(1000 * self._seconds)
        await context.add_init_script(script("guard.js"))
        await context.route("**/*", self._gate)
        await context.route_web_socket(lambda _: True, self._gate.refuse)
        return context

    async def _tour(self, context: BrowserContext) -> Rendered:
        browser = f"Chromium/{self._browser.version}"
        page = await self._within(context.new_page(), 5)
        context.on("page", _close)
        page.on("dialog", _dismiss)
        page.on("crash", lambda _: self._crashed.set())
        try:
            await self._within(page.goto(self._gate.url, wait_until="commit"), self._left(1.0))
            await self._loaded(page)
            await self._within(page.evaluate(script("tour.js")), self._left(1.0))
            await self._unfold(page)
            html = str(await self._within(page.evaluate("() => window.__ita.save()"), max(3.0, self._left(1.0))))
        except Exception as error:  # noqa: BLE001 - whatever ends a page early leaves a cause, and what can still be had of it
            if self._crashed.is_set() or not self._browser.is_connected():
                return Rendered(b"", self._gate.url, browser, cause="needs_javascript", detail="crashed")
            html = await self._plainly(page)
            if not html:
                return Rendered(b"", self._gate.url, browser, cause="needs_javascript", detail=_word(error, self._seconds))
        body = html.encode("utf-8", "replace")
        if len(body) > self._bounds.html:
            return Rendered(b"", self._gate.url, browser, cause="needs_javascript", detail=f"more than {self._bounds.html} bytes")
        links = self._gate.left
        if links and self._gate.first is not None:
            body += b"".join(_link(url) for url in dict.fromkeys(links) if urldefrag(url)[0] != urldefrag(self._gate.url)[0])
        shot = await self._picture(page)
        beside = tuple(self._gate.beside)
        return Rendered(body, self._gate.url, browser, shot, beside, missed=self._gate.missed)

    async def _loaded(self, page: Page) -> None:
        """Wait until the document is parsed and nothing has been asked for a while; scroll, for what waits to be seen."""
        with contextlib.suppress(Exception):
            await self._within(page.wait_for_load_state("domcontentloaded"), self._left(_LOAD_SHARE))
        if not await self._quiet(_QUIET, _LOAD_SHARE, _LONG):
            self._patience /= 4
        with contextlib.suppress(asyncio.TimeoutError):
            await self._within(page.evaluate("() => window.scrollTo(0, 1e6)"), self._left(_LOAD_SHARE))
            await self._quiet(2 * _SETTLE, _LOAD_SHARE, self._patience)

    async def _unfold(self, page: Page) -> None:
        """Open what is folded, one press after the other; where a press leads away, note the address and come back."""
        with contextlib.suppress(asyncio.TimeoutError):
            await self._within(page.evaluate("() => window.__ita.unfold()"), self._left(_OPEN_SHARE))
            noted = len(self._gate.left)
            for _ in range(self._bounds.clicks):
                if self._left(_OPEN_SHARE) <= 0.2 or not await self._within(page.evaluate("() => window.__ita.next()"), 3):
                    break
                before = page.url
                await self._within(page.evaluate("() => window.__ita.press()"), 3)
                await self._quiet(_SETTLE, _OPEN_SHARE, self._patience)
                led = [*self._gate.left[noted:], *await self._within(page.evaluate("() => window.__ita_left()"), 3)]
                if _is_view(before, page.url):
                    led.append(page.url)
                    await self._within(page.evaluate("() => history.back()"), 3)
                    await self._quiet(2 * _SETTLE, _OPEN_SHARE, self._patience)
                if led:
                    await self._within(page.evaluate("urls => window.__ita.led(urls)", [str(url)[:2000] for url in led[:10]]), 3)
                del self._gate.left[noted:]
            await self._within(page.evaluate("() => window.__ita.back()"), 3)
            await self._quiet(_SETTLE, _OPEN_SHARE, self._patience)

    async def _quiet(self, seconds: float, share: float, most: float) -> bool:
        """Wait until nothing was under way for so long, at `most` that long and no longer than this share of the time; whether
        it was quiet in the end."""
        end = time.monotonic() + min(most, self._left(share))
        await asyncio.sleep(min(seconds / 2, max(0.0, self._left(share))))
        while not self._gate.is_quiet(seconds) and time.monotonic() < end and not self._crashed.is_set():
            await asyncio.sleep(0.03)
        return self._gate.is_quiet(seconds)

    async def _plainly(self, page: Page) -> str:
        """The document as it stands, where our own script could not write it down; ``""`` where that fails too."""
        try:
            return await asyncio.wait_for(page.content(), 2)
        except Exception:  # noqa: BLE001 - the page does not answer any more
            return ""

    async def _picture(self, page: Page) -> bytes:
        """A picture of the page, smaller where it would be too large; empty where none can be had."""
        for height in (_LONGEST, _HEIGHT):
            try:
                clip = {"x": 0.0, "y": 0.0, "width": float(_WIDTH), "height": float(height)}
                tall = await asyncio.wait_for(page.evaluate("() => document.documentElement.scrollHeight"), 2)
                clip["height"] = float(max(1, min(height, int(tall))))
                shot = await asyncio.wait_for(
                    page.screenshot(full_page=True, clip=clip, animations="disabled", timeout=4000),  # type: ignore[arg-type]
                    5,
                )
            except Exception:  # noqa: BLE001 - a page without a picture is a page all the same
                return b""
            if len(shot) <= self._bounds.screenshot:
                return shot
        return b""

    def _left(self, share: float) -> float:
        """Seconds until this share of the time is over."""
        return self._start + share * self._seconds - time.monotonic()

    async def _within(self, what: Awaitable[T], seconds: float) -> T:
        """The outcome of a step that may take so long, and no longer than the page has. Raises `TimeoutError`."""
        waiting = asyncio.ensure_future(what)
        crash = asyncio.ensure_future(self._crashed.wait())
        try:
            await asyncio.wait({waiting, crash}, timeout=max(0.05, seconds), return_when=asyncio.FIRST_COMPLETED)
            if waiting.done():
                return waiting.result()
            raise ConnectionError("crashed") if crash.done() else TimeoutError
        finally:
            for one in (waiting, crash):
                if not one.done():
                    one.cancel()


def _is_view(before: str, after: str) -> bool:
    """Whether a change of the address leads to another view: another path or query, or a route in the fragment."""
    (one, _), (other, fragment) = urldefrag(before), urldefrag(after)
    return one != other or fragment.startswith(("/", "!/"))


def _link(url: str) -> bytes:
    """A link to where a page's script wanted to go."""
    safe = url.replace("&", "&amp;").replace('"', "%22").replace("<", "%3C").replace(">", "%3E")
    return f'<a href="{safe}" data-ita="script"></a>\n'.encode("utf-8", "replace")


def _word(error: Exception, seconds: float) -> str:
    return f"{seconds:.0f} s" if isinstance(error, TimeoutError) else type(error).__name__


async def _close(page: Page) -> None:
    with contextlib.suppress(Exception):
        await page.close()


async def _dismiss(dialog: Dialog) -> None:
    with contextlib.suppress(Exception):
        await dialog.dismiss()
