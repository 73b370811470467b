"""What a page in the browser may ask for. Every request is answered here from the guarded fetcher, and none goes past it.

Only GET, only what shows text (documents, scripts, styles, data), so many, so large, so long. Where the page wants to go
somewhere else it stays, and the address is noted.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawlers.fetch import Fetched
from ita_rules.run.keys import host_of

if TYPE_CHECKING:
    from playwright.async_api import Request, Route, WebSocketRoute

_LOG = logging.getLogger(__name__)
_DATA = frozenset({"xhr", "fetch"})
_PARTS = frozenset({"script", "stylesheet"})
_DROPPED = frozenset(
    {
        "content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive", "set-cookie", "alt-svc", "link",
        "strict-transport-security", "report-to", "nel", "clear-site-data", "content-disposition", "refresh",
        "access-control-allow-origin", "access-control-allow-credentials", "access-control-expose-headers",
    }
)  # fmt: skip
# A counter that is not counted hides nothing.
_COUNTS = re.compile(
    r"(?i)(?:count|visit|stat(?:s|istic)?|hits?|logs?|track\w*|analytics?|ping|session|csrf\S*|token|online|views?)/?$"
)
_OFTEN = 6  # times that one address may be asked by one page; more is a clock, not a page


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one page may take: wall-clock `seconds`, `requests`, `bytes` of all answers, `html` bytes of the saved document,
    `clicks` to open what is folded, `screenshot` bytes, `memory` bytes of all the browser's processes."""

    seconds: float = 20.0
    requests: int = 150
    bytes: int = 40 * 1024**2
    html: int = 10 * 1024**2
    clicks: int = 40
    screenshot: int = 3 * 1024**2
    memory: int = 2 * 1024**3
    beside: int = 30
    beside_bytes: int = 4 * 1024**2


class Shelf:
    """Scripts and styles that the pages of one run share, so that a site is asked for each once. Not safe for threads."""

    def __init__(self, size: int = 24 * 1024**2) -> None:
        self._size = size
        self._kept: OrderedDict[str, Fetched] = OrderedDict()

    def get(self, url: str) -> Fetched | None:
        """What came of `url` before, None where it is not kept."""
        return self._kept.get(url)

    def put(self, url: str, got: Fetched) -> None:
        """Keep an answer; the oldest make room."""
        if got.cause is None and len(got.body) <= self._size // 4:
            self._kept[url] = got
            while sum(len(kept.body) for kept in self._kept.values()) > self._size:
                self._kept.popitem(last=False)


class Gate:
    """The requests of one page, of address `url`. Lives in the browser's event loop; `get` is called in `threads`.

    `beside` is the data that was brought, `left` the addresses that the page wanted to go to, `missed` how many requests for
    data of the page's own site brought nothing: they were no GET, went by a WebSocket, were beyond a bound, or failed.
    """

    def __init__(self, url: str, get: Callable[[str], Fetched], bounds: Bounds, shelf: Shelf, threads: Executor) -> None:
        self.url = url
        self.beside: list[Fetched] = []
        self.left: list[str] = []
        self.missed = 0
        self.first: Fetched | None = None
        self._get, self._bounds, self._shelf, self._threads = get, bounds, shelf, threads
        self._asked: Counter[str] = Counter()
        self._bytes = 0
        self._running = 0
        self._last = time.monotonic()

    def is_quiet(self, seconds: float) -> bool:
        """Whether nothing is under way and nothing was for so long."""
        return not self._running and time.monotonic() - self._last >= seconds

    async def __call__(self, route: Route, request: Request) -> None:
        """Answer one request. Never raises: a page that is gone needs no answer."""
        self._running += 1
        try:
            await self._answer(route, request)
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 - the browser may have gone away at any point
            _LOG.debug("answering %s: %s", request.url[:200], error)
            with contextlib.suppress(Exception):
                await route.abort()
        finally:
            self._running -= 1
            self._last = time.monotonic()

    async def refuse(self, socket: WebSocketRoute) -> None:
        """Close a WebSocket; one of the page's own site may have been to bring what it shows."""
        self.missed += _is_near(socket.url, self.url) and not _COUNTS.search(socket.url.partition("?")[0])
        await socket.close()

    async def _answer(self, route: Route, request: Request) -> None:
        kind, url = request.resource_type, request.url
        if request.is_navigation_request():
            # The first is the page itself, however the browser spells its address.
            if self.first is None and request.method == "GET" and _is_main(request):
                self.first = await self._fetch(self.url)
                await self._fulfil(route, request, self.first)
                return
            if request.method == "GET" and len(self.left) < 200 and _is_main(request):
                self.left.append(url)
            # "No content" leaves the page that stands where it is.
            await route.fulfill(status=204)
            return
        if kind not in _DATA | _PARTS:
            await route.abort("blockedbyclient")
            return
        got = await self._bring(request, url, kind)
        if got is None:
            await route.abort("blockedbyclient")
        else:
            await self._fulfil(route, request, got)

    async def _bring(self, request: Request, url: str, kind: str) -> Fetched | None:
        """What came of a request for a part of the page, None where it may not be asked or brought no answer."""
        self._asked[url] += 1
        is_own = kind in _DATA and _is_near(url, self.url) and not _COUNTS.search(url.partition("?")[0])
        if request.method != "GET" or sum(self._asked.values()) > self._bounds.requests or self._bytes > self._bounds.bytes:
            self.missed += is_own
            return None
        if self._asked[url] > _OFTEN:
            return None
        got = self._shelf.get(url) if kind in _PARTS else None
        if got is None:
            got = await self._fetch(url)
            if kind in _PARTS:
                self._shelf.put(url, got)
        self._bytes += len(got.body)
        if got.status is None or got.cause not in (None, f"http_{got.status}") or got.status >= 500:
            self.missed += is_own
            return got if got.status is not None and got.cause == f"http_{got.status}" else None
        if kind in _DATA and got.cause is None and self._asked[url] == 1:
            self._keep(got)
        return got

    def _keep(self, got: Fetched) -> None:
        told = got.header("content-type").lower()
        is_json = "json" in told or got.body[:200].lstrip()[:1] in (b"{", b"[")
        room = len(self.beside) < self._bounds.beside and sum(len(b.body) for b in self.beside) < 4 * self._bounds.beside_bytes
        if is_json and room and len(got.body) <= self._bounds.beside_bytes:
            self.beside.append(got)

    async def _fetch(self, url: str) -> Fetched:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._get, url)

    async def _fulfil(self, route: Route, request: Request, got: Fetched) -> None:
        if got.status is None:
            await route.abort("failed")
            return
        headers = {name.lower(): value for name, value in got.headers if name.lower() not in _DROPPED}
        # What anybody may read here a server may have opened to its own pages by name; nobody's cookies are in it.
        origin = request.headers.get("origin", "*")
        headers["access-control-allow-origin"] = origin
        headers["access-control-expose-headers"] = "*"
        if origin != "*":
            headers["access-control-allow-credentials"] = "true"
        await route.fulfill(status=got.status, headers=headers, body=got.body)


def _is_main(request: Request) -> bool:
    """Whether a navigation is that of a whole page and not of a frame in it."""
    try:
        return request.frame.parent_frame is None
    except Exception:  # noqa: BLE001 - a page that is only being opened has no frame yet, and is none of ours
        return True


def _is_near(url: str, page: str) -> bool:
    """Whether two addresses are of one site, by the last three labels of their hosts (``agency.go.th``)."""
    one, other = (host_of(address).split(".")[-3:] for address in (url, page))
    return one == other
