"""One address of a site, from the wish to the record: may we, what came, is it a page, what does it link.

Runs in worker threads and changes nothing but its own caches; what it found goes back as a `Visit`, to be recorded by one.
"""

from __future__ import annotations

import datetime
import hashlib
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from crawlers.causes import page_cause
from crawlers.fetch import LEFT_ALONE, Fetched, Fetcher
from crawlers.guard import Reach, literal
from crawlers.interfaces import Earlier, Renderer
from crawlers.links import PageView
from crawlers.nights import Before
from crawlers.politeness import Politeness
from crawlers.robots import Robots
from crawlers.screen import Screen, Shown, text_of, view_of
from crawlers.sending import held_back, may_send
from crawlers.settings import CrawlSettings
from crawlers.shares import follow
from crawlers.sitemaps import Maps
from crawlers.urls import Scope, wire
from ita_rules.errors import RunError
from ita_rules.run.blobs import BlobStore
from ita_rules.run.keys import host_of, url_key
from ita_rules.run.services import is_shared_file
from ita_rules.run.types import HELD_BACK, Exchange, Link

BANGKOK = datetime.timezone(datetime.timedelta(hours=7))
_MAX_PROBES = 20
_FAILED_BODY = 512 * 1024
_FEW_OPENED = 3
"""Pages of a host that opened where they were asked, by which it is known not to send every visitor to one place."""

MADE_UP = "a made-up address"
"""The word on an exchange that was only asked to learn how a host says "not found"."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What one visit brought: the exchange, the links of its page (None where it is no page), the probes made on the way, and the
    data that the page asked for when a browser showed it (`beside`)."""

    exchange: Exchange
    links: Sequence[Link] | None = None
    probes: tuple[Exchange, ...] = ()
    view: PageView | None = None
    beside: tuple[Exchange, ...] = ()


def now() -> str:
    """This moment in Thailand as ISO 8601, to the second."""
    return datetime.datetime.now(BANGKOK).isoformat(timespec="seconds")


class Visitor:
    """Visits addresses of the site of `start_url` within its reach. Safe for threads; close it at the end.

    `typed` are the addresses in the agency's answers: one on a private network is reached although the start is public, and
    what its page links there too, but no page of the public site ever leads there.
    """

    def __init__(
        self,
        start_url: str,
        settings: CrawlSettings,
        blobs: BlobStore,
        typed: Iterable[str] = (),
        *,
        earlier: Earlier | None = None,
        renderer: Renderer | None = None,
        gate: Politeness | None = None,
    ) -> None:
        self.settings = settings
        self.home: PageView | None = None
        self.scope = Scope([start_url], settings.hosts)
        self.maps = Maps(lambda url: self.scope.covers(url))
        self.gate = gate or Politeness(settings.connections_per_host, settings.interval_seconds)
        self._owns_gate = gate is None
        self.earlier, self.renderer = earlier, renderer
        self.screen = Screen(settings, renderer)
        self._blobs = blobs
        self._lock = threading.Lock()
        typed = [wire(url) or url for url in typed]
        near = [*typed, *(f"http://{host}/" for host in settings.hosts), *settings.services]
        self.reach = Reach.of(wire(start_url) or start_url, near)
        self._main = self._fetcher(self.reach)
        self._fetchers = [self._main]
        self._by_key: dict[str, Fetcher] = {}
        self._own_reaches(typed)
        self._robots = {id(f): Robots(f.get, settings.robot) for f in self._fetchers}
        self._probes: dict[str, PageView | None] = {}
        self._sent_to: dict[str, str] = {}
        self._opened: Counter[str] = Counter()
        self._probing: dict[str, threading.Lock] = {}

    @property
    def requests(self) -> int:
        """Requests sent so far, redirects, robots.txt and retries included."""
        return sum(f.requests for f in self._fetchers)

    def visit(
        self, key: str, url: str, *, depth: int = 0, slow: bool = False, evidence: bool = False, render: bool = False
    ) -> Visit:
        """What comes of `url`. `slow` gives it twice the time (a second try), `evidence` tells that a verdict depends on it,
        `render` that a browser is to show it.

        What an earlier night had of it is asked for only if it has changed. Evidence behind a bad certificate is fetched without
        verifying it at the second try, unless the main page itself could not be had.
        """
        fetcher = self._by_key.get(key, self._main)
        # The main page is always read anew: what the others are compared with must be known. So are maps, which name others.
        anew = self.home is None or render or self.maps.knows(key)
        before = None if anew else Before.of(self.earlier, key, self._blobs)
        ask = partial(
            self._ask,
            fetcher,
            seconds=2 * self.settings.response_seconds if slow else None,
            insecure=slow and evidence and self.home is not None,
            last=slow,
            patient=self.home is not None and self.scope.covers(url),
            # A redirect to a closed address is not followed, as a link there is not; what a verdict depends on is looked at.
            allows=None if evidence else partial(self._may_go_to, fetcher),
        )
        known = {before.exchange.asked or url: before.known} if before else {}
        found = follow(url, lambda address: ask(address, known=known.get(address)))
        if found.got.status == 304 and not (before and self._blobs.has(before.exchange.sha256 or "")):
            found = follow(url, ask)
        got = found.got
        listed = self._map(key, got, depth)
        if listed is not None:
            return listed
        if got.cause is None and before is not None and (got.status == 304 or before.is_still(got)):
            self._note(got, before.links or (), fetcher)
            return Visit(replace(before.again(key, got, depth, now()), asked=found.asked), before.links)
        if got.cause is not None or got.media_type != "text/html":
            if got.cause is None:
                self._note(got, (), fetcher)
            return Visit(replace(self._exchange(key, got, depth), asked=found.asked))
        visit = self._page(key, got, depth, fetcher, evidence=evidence, render=render)
        exchange = replace(visit.exchange, asked=found.asked) if found.asked else visit.exchange
        is_seen = bool(exchange.rendered) and not is_shared_file(got.final_url)  # a folder, as a browser shows it
        if exchange.cause is None and found.cause is not None and not is_seen:
            return replace(visit, exchange=replace(exchange, cause=found.cause, detail=found.detail), links=None)
        return replace(visit, exchange=exchange) if found.asked else visit

    def _ask(self, fetcher: Fetcher, url: str, **how: Any) -> Fetched:
        """What comes of one address where the run may reach it and robots.txt lets it; `how` are wishes of `Fetcher.get`."""
        refused = fetcher.reach.refuses(wire(url) or url)
        if refused:
            return Fetched(url, cause=refused[0], detail=refused[1])
        return fetcher.get(url, **how) if self._allows(fetcher, url) else Fetched(url, cause="robots")

    def _allows(self, fetcher: Fetcher, url: str) -> bool:
        """Whether the robots.txt of its host lets an address be asked; the pause that it asks for is kept from then on."""
        robots = self._robots[id(fetcher)]
        if not url.startswith(self.settings.closed_services) and not robots.allows(url):
            return False
        delay = robots.delay(url)
        if delay:
            self.gate.at_least(url, delay)
        return True

    def _may_go_to(self, fetcher: Fetcher, target: str) -> bool:
        """Whether a redirect to an address may be followed; where the run may not reach it, the fetcher says so itself."""
        return fetcher.reach.refuses(wire(target) or target) is not None or self._allows(fetcher, target)

    def _map(self, key: str, got: Fetched, depth: int) -> Visit | None:
        """The visit of a map of the site or a feed; None where it is neither, and nobody took it for one."""
        listed = self.maps.links(key, got) if got.cause is None else None
        if listed is not None:
            # A list may be sent, or be taken, as a page; it is none.
            got = replace(got, media_type="application/xml") if got.media_type == "text/html" else got
            return Visit(self._exchange(key, got, depth), listed)
        if self.maps.knows(key) and (got.cause is not None or got.media_type == "text/html"):
            # No map lies there: nothing of the agency's is missing.
            nothing = self._exchange(key, got, depth, None, got.cause or "soft_404", "no map of the site")
            return Visit(nothing, probes=(nothing,))
        return None

    def maps_of(self, home: str) -> list[tuple[str, str]]:
        """Where maps of the site may lie whose main page is at `home`: (key, address) of each."""
        return self.maps.roots(home, self._robots[id(self._main)].sitemaps(home))

    def resume(self, main: Exchange | None, probes: Iterable[Exchange]) -> None:
        """Know again what an earlier visitor of the same run had learned: the main page, and what made-up addresses showed."""
        if main is not None:
            self.home = self._seen(main)
        for probe in probes:
            if probe.detail != MADE_UP:
                continue
            parts = urlsplit(probe.url)
            shown = probe.cause == "soft_404" and probe.media_type == "text/html"
            self._probes[f"{parts.scheme}://{parts.netloc}"] = self._seen(probe) if shown else None
            if shown and probe.hops:
                self._sent_to[f"{parts.scheme}://{parts.netloc}"] = probe.final_key

    def _seen(self, found: Exchange) -> PageView:
        """A page as it was seen; where its body is gone, as far as the run knows it."""
        try:
            body = self._blobs.get(found.sha256 or "")
        except RunError:
            return PageView(title=found.title, headings=found.headings)
        got = Fetched(found.url, found.final_url, headers=found.headers, body=body)
        view = view_of(got)
        if may_send(body):
            held_back(view, text_of(got)[0])
        return view

    def abort(self) -> None:
        """End what is under way and send nothing more."""
        if self._owns_gate:
            self.gate.stop()
        for fetcher in self._fetchers:
            fetcher.abort()
        if self.renderer is not None:
            self.renderer.close()

    def close(self) -> None:
        """Close every connection."""
        for fetcher in self._fetchers:
            fetcher.close()

    def _fetcher(self, reach: Reach) -> Fetcher:
        return Fetcher(self.settings, reach, gate=self.gate, met=self.gate.met)

    def _own_reaches(self, typed: list[str]) -> None:
        """Give answers that lie on another private network than the start a fetcher that reaches that network only."""
        made: dict[str, Fetcher | None] = {}
        for url in typed:
            host = host_of(url)
            if not host or self.scope.covers(url) or (self.reach.kind != "public" and literal(host) is None):
                continue
            if host not in made:
                reach = Reach.of(url, typed, seconds=3.0)
                made[host] = None if reach.kind == "public" or reach == self.reach else self._fetcher(reach)
            fetcher = made[host]
            if fetcher is not None:
                self._by_key[url_key(url)] = fetcher
        self._fetchers += [f for f in made.values() if f is not None]

    def _page(self, key: str, got: Fetched, depth: int, fetcher: Fetcher, *, evidence: bool, render: bool) -> Visit:
        home = self.home if fetcher is self._main else None
        if got.insecure:
            shown = Shown(got, view_of(got))
        else:
            shown = self.screen.show(got, view_of(got), self._part(fetcher), home=home, asked=render, evidence=evidence)
        got, view = shown.got, shown.view
        probes: tuple[Exchange, ...] = ()
        made_up = None
        if self.home is not None and fetcher is self._main and self.scope.covers(got.final_url) and not got.insecure:
            made_up, probes = self._probe(got.final_url)
        origin = _origin(got.final_url)
        alike = bool(got.hops) and self._sent_to.get(origin) == url_key(got.final_url)
        if shown.cause or (alike and self._opened[origin] < _FEW_OPENED):
            # It may send everybody there, and an application answers every address with the same shell: that says nothing of
            # what is at this one.
            alike, made_up = False, None
        cause, detail = page_cause(got.url, got.final_url, view, made_up, self.home, sent_alike=alike)
        if got.insecure:
            # Its words may be quoted; where it leads is not followed, and what it refuses is held against nobody.
            cause, detail = ("tls", got.insecure) if cause is not None else (None, "")
            return Visit(self._exchange(key, got, depth, view, cause, detail))
        if shown.cause and cause in (None, shown.cause):
            cause, detail = shown.cause, shown.detail
        exchange = self._exchange(key, got, depth, view, cause, detail)
        if shown.by:
            plain, shot = self._blobs.put(shown.plain), self._blobs.put(shown.screenshot) if shown.screenshot else None
            exchange = replace(exchange, rendered=shown.by, plain_sha256=plain, screenshot=shot)
        beside = tuple(self._exchange(url_key(data.url), data, depth + 1) for data in shown.beside)
        if cause is not None:
            # The menus around what could not be seen are links all the same.
            return Visit(exchange, view.links if cause == "needs_javascript" else None, probes, view, beside)
        if may_send(got.body) and (way := held_back(view, text_of(got)[0], home)):
            exchange = replace(exchange, detail=f"{HELD_BACK}{way}")
        self._note(got, view.links, fetcher)
        return Visit(exchange, view.links, probes, view, beside)

    def _part(self, fetcher: Fetcher) -> Callable[[str], Fetched]:
        """How the parts of a page are brought: what lies on the site comes with its page, for others their robots are asked."""
        robots = self._robots[id(fetcher)]

        def get(url: str) -> Fetched:
            if not self.scope.covers(url) and fetcher.reach.refuses(wire(url) or url) is None and not robots.allows(url):
                return Fetched(url, cause="robots")
            return fetcher.get(url)

        return get

    def _note(self, got: Fetched, links: Sequence[Link], fetcher: Fetcher) -> None:
        """Take note of what opened: that it did where it was asked, and that a private page's own links may be followed."""
        with self._lock:
            self._opened[_origin(got.final_url)] += not got.hops
            if fetcher is not self._main:
                near = host_of(got.final_url)
                self._by_key.update((link.target, fetcher) for link in links if link.target and host_of(link.url) == near)

    def _probe(self, url: str) -> tuple[PageView | None, tuple[Exchange, ...]]:
        """What the host of `url` shows for an address that cannot exist (None where it says so); asked once a host."""
        origin = _origin(url)
        with self._lock:
            lock = self._probing.setdefault(origin, threading.Lock())
        with lock:
            if origin in self._probes or len(self._probes) >= _MAX_PROBES:
                return self._probes.get(origin), ()
            made_up = f"{origin}/{hashlib.sha256(origin.encode()).hexdigest()[:16]}/no-such-page.html"
            got = self._main.get(made_up)
            if got.detail == LEFT_ALONE:
                return None, ()
            view = view_of(got) if got.cause is None and got.media_type == "text/html" else None
            if view is not None and got.hops:
                self._sent_to[origin] = url_key(got.final_url)
            self._probes[origin] = view
            return view, (self._exchange(url_key(made_up), got, 0, view, got.cause or ("soft_404" if view else None), MADE_UP),)

    def _exchange(
        self, key: str, got: Fetched, depth: int, view: PageView | None = None, cause: str | None = None, detail: str = ""
    ) -> Exchange:
        cause = cause or got.cause
        keep = bool(got.body) and (cause is None or len(got.body) <= _FAILED_BODY)
        # Most addresses are their own keys and lead nowhere else: then one text serves for all four.
        url = key if got.url == key else got.url
        final = url if got.final_url in ("", url) else got.final_url
        final_key = url_key(final)
        return Exchange(
            key=key,
            url=url,
            final_url=final,
            final_key=key if final_key == key else final_key,
            status=got.status,
            media_type=got.media_type,
            sha256=self._blobs.put(got.body, got.packed) if keep else None,
            size=len(got.body),
            cause=cause,
            detail=detail or got.detail,
            fetched_at=now(),
            seconds=round(got.seconds, 3),
            attempts=got.attempts,
            depth=depth,
            hops=got.hops,
            headers=got.headers,
            title=view.title if view else "",
            headings=view.headings if view else (),
            filename=got.filename,
            protocol=got.protocol,
            reason=got.reason,
            insecure=got.insecure,
            hop_headers=got.hop_headers,
        )


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
