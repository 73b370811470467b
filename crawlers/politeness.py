"""How often a host is asked: few connections, a pause between starts, more pause when it groans.

Counted per host and per address: many agencies share one provider's server, and it is the server that suffers.
"""

from __future__ import annotations

import email.utils
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from crawlers.guard import literal

MAX_WAIT = 30.0
"""Seconds of a Retry-After that are waited for; a server that asks for more is asked less often instead."""

MAX_INTERVAL = 5.0
"""Seconds between two starts at a host that answers with errors only."""


@dataclass(slots=True)
class _Host:
    """State of one host, or of one address that several hosts share."""

    free: int
    next_start: float = 0.0
    not_before: float = 0.0
    interval: float = 0.0
    least: float = 0.0
    changed: threading.Condition = field(default_factory=threading.Condition)


class Politeness:
    """The places and pauses of a run. Safe for threads.

    At most `connections` requests at once and `interval` seconds between two starts, for each host and for each address
    (`met` tells it which address a host was reached at). On loopback nothing is waited for.
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

    def met(self, host: str, address: str) -> None:
        """Take note of the address at which a host was reached."""
        with self._lock:
            self._address.setdefault(host.lower(), address)

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
    def slot(self, url: str) -> Iterator[None]:
        """Wait for a place at the host of `url` and hold it while the block runs."""
        hosts = self._of(url)
        taken: list[_Host] = []
        try:
            for host in hosts:
                with host.changed:
                    while host.free <= 0:
                        host.changed.wait(1.0)
                    host.free -= 1
                taken.append(host)
            for host in hosts:
                self._pause(host)
            yield
        finally:
            for host in taken:
                with host.changed:
                    host.free += 1
                    host.changed.notify()

    def told(self, url: str, status: int | None, retry_after: str) -> None:
        """Take note of an answer: 429 and 5xx double the pause (and Retry-After is heeded), anything else eases it."""
        wait = seconds_of(retry_after) if status in (429, 503) else 0.0
        for host in self._of(url):
            with host.changed:
                if not host.interval:
                    continue
                if status == 429 or (status is not None and status >= 500):
                    host.interval = min(MAX_INTERVAL, 2 * host.interval)
                    if 0 < wait <= MAX_WAIT:
                        host.not_before = max(host.not_before, self._clock() + wait)
                elif status is not None:
                    host.interval = max(self._interval, host.least, 0.8 * host.interval)

    def _pause(self, host: _Host) -> None:
        with host.changed:
            now = self._clock()
            start = max(now, host.next_start, host.not_before)
            host.next_start = start + host.interval
        if start > now:
            self._sleep(start - now)

    def _of(self, url: str) -> list[_Host]:
        """The host of `url`, and its address where that is known; always in one order, so that nobody waits in a ring."""
        name = (urlsplit(url).hostname or "").lower()
        with self._lock:
            names = dict.fromkeys([f"host {name}", f"address {self._address.get(name, name)}"])
            return [self._hosts.setdefault(n, self._make(n)) for n in names]

    def _make(self, name: str) -> _Host:
        host = name.partition(" ")[2]
        ip = literal(host)
        is_loopback = ip.is_loopback if ip is not None else host == "localhost"
        return _Host(self._connections, interval=0.0 if is_loopback else self._interval)


def seconds_of(retry_after: str) -> float:
    """Seconds that a Retry-After header asks for, as a number or a date; 0 where it says nothing."""
    text = retry_after.strip()
    if re.fullmatch(r"\d{1,9}", text):
        return float(text)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return 0.0
