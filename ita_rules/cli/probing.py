"""Looks at an agency's pages, lightly: one polite request each, nothing of it kept but whether it was up."""

from __future__ import annotations

import datetime as dt
import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urldefrag, urlsplit

from crawlers.fetch import Fetcher
from crawlers.guard import Reach
from crawlers.politeness import Politeness
from crawlers.robots import Robots
from crawlers.settings import CrawlSettings
from ita_rules.answers import AnswersFile
from ita_rules.cli import given
from ita_rules.model import ItemResult, LocatedBy, Report
from ita_rules.uptime import Look
from ita_rules.uptime.entry import verdict

logger = logging.getLogger(__name__)

MOST_ADDRESSES = 200
"""Addresses of one agency that are looked at."""

MOST_SECONDS = 600.0
"""Seconds that one agency may take; what was not asked by then stands in no line."""

_OF_AN_ITEM = 6
_PAGE_BYTES, _FILE_BYTES = 512 * 1024, 64 * 1024
_MOST_URL = 2_000


@dataclass(frozen=True, slots=True)
class Target:
    """An address to look at: `url` as the log names it, `ask` as it is asked, the items whose evidence it is.

    `typed` by a person, in the configuration or in the answers: only such an address may open a port (`crawlers.guard`).
    """

    url: str
    ask: str
    items: tuple[str, ...] = ()
    main: bool = False
    typed: bool = False


@dataclass(slots=True)
class Seen:
    """What came of one agency: its looks, and whether any host answered at all; `public` where it lies on the open internet."""

    looks: list[Look] = field(default_factory=list)
    answered: bool = False
    public: bool = True

    @property
    def hosts(self) -> set[str]:
        """The hosts that were asked."""
        return {urlsplit(look.url).hostname or "" for look in self.looks}


def targets(main: str, report: Report | None, answers: AnswersFile | None = None) -> list[Target]:
    """The main page and the evidence that the newest report and the answers name, each address once, at most `MOST_ADDRESSES`."""
    found: dict[str, list[str]] = {main: []}
    pairs = [(url, one.item) for one in (answers.answers if answers else ()) for url in one.urls]
    typed = {main, *(urldefrag(url.strip())[0] for url, _ in pairs)}
    pairs += [(url, item.id) for item in (report.items if report else ()) for url in _evidence(item)]
    for url, item in pairs:
        plain = urldefrag(url.strip())[0]
        if plain.lower().startswith(("http://", "https://")) and len(plain) <= _MOST_URL:
            items = found.setdefault(plain, [])
            if item not in items:
                items.append(item)
    every = [Target(url, url, tuple(items[:100]), url == main, url in typed) for url, items in found.items()]
    return every[:MOST_ADDRESSES]


def moved(found: Iterable[Target], old: str, new: str, name: str) -> list[Target]:
    """Addresses below `old` asked at `new` and named by `name`: the sample agency has another port each time."""
    return [
        replace(one, url=name + one.url[len(old) - 1 :], ask=new + one.url[len(old) :])
        for one in found
        if one.url.startswith(old)
    ]


class Prober:
    """Looks for all agencies of one probe, so that hosts and addresses are counted together. Safe for threads."""

    def __init__(self, settings: CrawlSettings, now: Callable[[], dt.datetime] = given.now) -> None:
        self._settings = replace(settings, html_bytes=_PAGE_BYTES, file_bytes=_FILE_BYTES)
        self._gate = Politeness(settings.connections_per_host, settings.interval_seconds)
        self._now = now
        self._over = threading.Event()
        self._fetchers: set[Fetcher] = set()

    def look(self, found: Sequence[Target], most_seconds: float = MOST_SECONDS) -> Seen:
        """What comes of asking each once; the first is the agency's start, whose reach holds for all."""
        reach = Reach.of(found[0].ask, [one.ask for one in found if one.typed])
        seen, until = Seen(public=reach.kind == "public"), _Certificates()
        end = time.monotonic() + most_seconds
        with Fetcher(self._settings, reach, gate=self._gate, met=self._gate.met, certified=until.told) as fetcher:
            self._fetchers.add(fetcher)
            robots = Robots(fetcher.get, self._settings.robot)
            for one in found:
                if self._over.is_set() or time.monotonic() > end:
                    logger.info("no time left for %s", one.url)
                    break
                look = self._one(one, fetcher, robots, until, seen)
                # What we broke off ourselves looks like a timeout, and is none.
                if not self._over.is_set():
                    seen.looks.append(look)
        return seen

    def stop(self) -> None:
        """End everything under way at once; nothing more is asked."""
        self._over.set()
        for fetcher in list(self._fetchers):
            fetcher.abort()
        self._gate.stop()

    def _one(self, one: Target, fetcher: Fetcher, robots: Robots, until: _Certificates, seen: Seen) -> Look:
        at = self._now()
        if fetcher.reach.refuses(one.ask) is None and not robots.allows(one.ask):
            return Look(at=at, url=one.url, items=one.items, main=one.main, up=None, cause="robots")
        # A bad certificate is never held against an agency: behind it is looked once, as the audit does.
        got = fetcher.get(one.ask, insecure=True)
        seen.answered = seen.answered or got.status is not None or bool(got.insecure)
        up = verdict(got.cause, got.status)
        return Look(
            at=at,
            url=one.url,
            items=one.items,
            main=one.main,
            up=up,
            cause=None if up else got.cause,
            detail=(f"tls: {got.insecure}" if got.insecure else got.detail if not up else "")[:300],
            status=got.status,
            seconds=round(got.seconds, 3),
            cert_until=until.of(got.final_url or one.ask) or until.of(one.ask),
        )


class _Certificates:
    """Until when the certificates of the hosts hold, as their connections showed it."""

    def __init__(self) -> None:
        self._until: dict[str, dt.datetime] = {}

    def told(self, host: str, until: str) -> None:
        """Take note of one; a moment that cannot be read is none."""
        try:
            self._until[host.lower()] = dt.datetime.fromtimestamp(ssl.cert_time_to_seconds(until), dt.UTC)
        except (ValueError, OverflowError, OSError):
            logger.info("%s shows a certificate until %r", host, until)

    def of(self, url: str) -> dt.datetime | None:
        """The last moment of a host's certificate."""
        return self._until.get((urlsplit(url).hostname or "").lower())


def our_own_line(silent: Sequence[Seen], answered: bool, route: Callable[[], bool] | None = None) -> bool:
    """Whether agencies that did not answer at all are more likely our fault than theirs.

    `answered` tells that somebody else on the internet did. Nobody did, of two hosts and more: it is us. Of one host alone we
    cannot tell that, but that this machine has no way out at all.
    """
    if answered or not silent:
        return False
    hosts = set().union(*(one.hosts for one in silent))
    return len(hosts) > 1 or not (route or has_route)()


def unknown(looks: Iterable[Look]) -> list[Look]:
    """The looks as ones that tell nothing; what was met stays in them."""
    return [look.model_copy(update={"up": None}) for look in looks]


def has_route() -> bool:
    """Whether this machine has a way to the internet. Nothing is sent: the system only looks up its routes."""
    for family, address in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as sock:
                sock.connect((address, 9))
        except OSError:
            continue
        return True
    return False


def _evidence(item: ItemResult) -> list[str]:
    """The addresses at which an item's evidence lies: answered ones, quoted ones, else the first that was looked at."""
    answered = [source.url for source in item.sources if source.located_by is LocatedBy.ANSWER]
    quoted = [place.url for check in item.checks for place in check.evidence if place.quote]
    first = [source.url for source in item.sources[:1]]
    return list(dict.fromkeys([*answered, *quoted] or first))[:_OF_AN_ITEM]
