"""How often a host is asked: few connections, a pause between starts, more pause when it groans, none at all when it is dead.

Counted per host and per address: many agencies share one provider's server, and it is the server that suffers.
"""

from __future__ import annotations

import email.utils
import re
import statistics
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol
from urllib.parse import urlsplit

from crawlers.breaker import Breaker, LeftAloneError
from crawlers.guard import literal

MAX_WAIT = 30.0
"""Seconds of a Retry-After that are waited for; a server that asks for more is asked less often instead."""

MAX_INTERVAL = 5.0
"""Seconds between two starts at a host that answers with errors only, or ever more slowly."""

_FEWEST = 8
_SLOW_TIMES, _SLOW_SECONDS = 3.0, 0.5
"""An answer is slow that takes both so many times, and so many seconds more than the host's own median of late."""


class Gate(Protocol):
    """Who says when the next request to a host may start, and is told how it went."""

    def slot(
        self,
        url: str,
        *,
        last: bool = False,
        may_wait: Callable[[], bool] | None = None,
        find: Callable[[], str] | None = None,
    ) -> AbstractContextManager[object]:
        """Wait for a place at the host of `url`, and hold it. Raises `LeftAloneError` for a host that does not answer."""
        ...

    def told(
        self, url: str, status: int | None, retry_after: str, *, failed: str = "", since: float = 0.0, waited: float | None = None
    ) -> None:
        """Take note of an answer, or that none came."""
        ...

    def address_of(self, host: str) -> str:
        """The address at which a host was met first."""
        ...

    def knock(self, url: str) -> str:
        """The address to ask before the host of `url` is taken for dead, ``""`` for none."""
        ...


@dataclass(slots=True)
class _Host:
    """State of one host, or of one address that several hosts share."""

    free: int
    next_start: float = 0.0
    not_before: float = 0.0
    interval: float = 0.0
    least: float = 0.0
    waits: deque[float] = field(default_factory=lambda: deque(maxlen=50))
    changed: threading.Condition = field(default_factory=threading.Condition)


class Politeness:
    """The places and pauses of a run. Safe for threads.

    At most `connections` requests at once and `interval` seconds between two starts, for each host and for each address. On
    loopback nothing is waited for, and no host is left alone.
    """

    def __init__(
        self,
        connections: int,
        interval: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        self._connections = max(1, connections)
        self._interval = interval
        self._clock = clock
        self._stopped = threading.Event()
        self._sleep = sleep or self._stopped.wait
        self._lock = threading.Lock()
        self._hosts: dict[str, _Host] = {}
        self._address: dict[str, str] = {}
        self._breakers: dict[str, Breaker] = {}

    def met(self, host: str, address: str) -> None:
        """Take note of the address at which a host was reached."""
        with self._lock:
            self._address.setdefault(host.rstrip(".").lower(), address)

    def address_of(self, host: str) -> str:
        """The address at which a host was met first, ``""`` where it was not met yet."""
        with self._lock:
            return self._address.get(host.rstrip(".").lower(), "")

    def at_least(self, url: str, seconds: float) -> None:
        """Let the pause at the host of `url` be no shorter than `seconds`, where there is a pause at all."""
        for host in self._of(url):
            with host.changed:
                host.least = max(host.least, seconds)
                host.interval = max(host.interval, seconds) if host.interval else 0.0

    def stop(self) -> None:
        """Let nobody wait any longer: the run is over."""
        self._stopped.set()

    @contextmanager
    def slot(
        self,
        url: str,
        *,
        last: bool = False,
        may_wait: Callable[[], bool] | None = None,
        find: Callable[[], str] | None = None,
    ) -> Iterator[None]:
        """Wait for a place at the host of `url` and hold it while the block runs.

        `find` gives the host's address where it was not met yet, so that hosts which share one are counted together from their
        first request on; what it raises comes out. `last` marks a request that will not be made again; `may_wait` tells, as
        often as it is asked, that the request may wait for a host that is left alone. Raises `LeftAloneError` where it is not
        sent for that.
        """
        breaker = self._breaker(url)
        if not last and may_wait is None and breaker.left():
            raise LeftAloneError(breaker.cause)
        taken: list[_Host] = []
        tries = False
        try:
            self._take(self._host(f"host {_name(url)}"), taken)
            tries = breaker.enter(url, last, lambda: not self._stopped.is_set() and (last if may_wait is None else may_wait()))
            self._find(url, find)
            # Always in one order, so that nobody waits in a ring.
            self._take(self._of(url)[1], taken)
            for host in taken:
                self._pause(host)
            yield
        finally:
            if tries:
                breaker.leave()
            for host in taken:
                with host.changed:
                    host.free += 1
                    host.changed.notify()

    def told(
        self, url: str, status: int | None, retry_after: str, *, failed: str = "", since: float = 0.0, waited: float | None = None
    ) -> None:
        """Take note of how a request went.

        429, 5xx and answers slower than this host's own lengthen the pause (and Retry-After is heeded), anything else eases it.
        `failed` is the cause where no answer came at all, `since` when it was sent, `waited` the seconds to its first line.
        """
        if failed:
            if not _is_loopback(_name(url)):
                self._breaker(url).bad(url, failed, since)
            return
        self._breaker(url).good(url)
        groans = status == 429 or (status is not None and status >= 500)
        wait = seconds_of(retry_after) if status in (429, 503) else 0.0
        hosts = self._of(url)
        is_slow = waited is not None and _is_slow(hosts[0], waited)
        for host in hosts:
            with host.changed:
                if not host.interval:
                    continue
                if groans:
                    host.interval = min(MAX_INTERVAL, 2 * host.interval)
                    if 0 < wait <= MAX_WAIT:
                        host.not_before = max(host.not_before, self._clock() + wait)
                elif is_slow:
                    host.interval = max(host.interval, min(MAX_INTERVAL, 1.5 * host.interval))
                elif status is not None:
                    host.interval = max(self._interval, host.least, 0.8 * host.interval)

    def knock(self, url: str) -> str:
        """The address at the host of `url` that should be asked at once, before the host is taken for dead; ``""`` for none.

        Who is told one asks it, and tells how it went.
        """
        return self._breaker(url).knock()

    def _pause(self, host: _Host) -> None:
        with host.changed:
            now = self._clock()
            start = max(now, host.next_start, host.not_before)
            host.next_start = start + host.interval
        if start > now:
            self._sleep(start - now)

    @staticmethod
    def _take(host: _Host, taken: list[_Host]) -> None:
        with host.changed:
            while host.free <= 0:
                host.changed.wait(1.0)
            host.free -= 1
        taken.append(host)

    def _find(self, url: str, find: Callable[[], str] | None) -> None:
        name = _name(url)
        if find is not None and literal(name) is None and not self.address_of(name):
            address = find()
            if address:
                self.met(name, address)

    def _of(self, url: str) -> list[_Host]:
        """The host of `url`, and its address where that is known (they are two even where the name is an address)."""
        name = _name(url)
        return [self._host(f"host {name}"), self._host(f"address {self.address_of(name) or name}")]

    def _host(self, name: str) -> _Host:
        with self._lock:
            found = self._hosts.get(name)
            if found is None:
                interval = 0.0 if _is_loopback(name.partition(" ")[2]) else self._interval
                found = self._hosts[name] = _Host(self._connections, interval=interval)
            return found

    def _breaker(self, url: str) -> Breaker:
        with self._lock:
            return self._breakers.setdefault(_name(url), Breaker(self._clock))


def seconds_of(retry_after: str) -> float:
    """Seconds that a Retry-After header asks for, as a number or a date; 0 where it says nothing."""
    text = retry_after.strip()
    if re.fullmatch(r"\d{1,9}", text):
        return float(text)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return 0.0


@lru_cache(maxsize=1024)
def _name(url: str) -> str:
    return (urlsplit(url).hostname or "").rstrip(".").lower()


def _is_loopback(host: str) -> bool:
    ip = literal(host)
    return ip.is_loopback if ip is not None else host == "localhost"


def _is_slow(host: _Host, waited: float) -> bool:
    """Whether an answer took far longer than this host's usual ones; it counts among them from then on."""
    with host.changed:
        usual = statistics.median(host.waits) if len(host.waits) >= _FEWEST else float("inf")
        host.waits.append(waited)
    return waited > _SLOW_TIMES * usual and waited > usual + _SLOW_SECONDS
