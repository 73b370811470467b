"""What a site's robots.txt closes to us.

A site without one, or with one that cannot be had, is open: a robots.txt behind a sick server must not make a whole agency
unreadable. A closed page is never asked; its cause is `robots`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from protego import Protego

from crawlers.charset import decode
from crawlers.fetch import LEFT_ALONE, Fetched
from crawlers.urls import wire

MAX_BYTES = 512 * 1024
"""Bytes of a robots.txt that are read, as the standard (RFC 9309) asks."""

MAX_DELAY = 2.0
"""Seconds of a crawl-delay that are heeded; more would leave most sites unread in the time there is."""


class Robots:
    """Asks ``/robots.txt`` of each origin once, with `get`, and answers for `agent`. Safe for threads."""

    def __init__(self, get: Callable[[str], Fetched], agent: str) -> None:
        self._get = get
        self._agent = agent
        self._lock = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._rules: dict[str, Any] = {}

    def allows(self, url: str) -> bool:
        """Whether `url` may be asked."""
        rules = self._of(url)
        return rules is None or bool(rules.can_fetch(wire(url), self._agent))

    def delay(self, url: str) -> float:
        """Seconds between two requests that the site asks for, at most `MAX_DELAY`; 0 where it does not say."""
        rules = self._of(url)
        asked = rules.crawl_delay(self._agent) if rules is not None else None
        return min(float(asked), MAX_DELAY) if asked else 0.0

    def _of(self, url: str) -> Any:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            lock = self._locks.setdefault(origin, threading.Lock())
        with lock:
            if origin not in self._rules:
                got = self._get(f"{origin}/robots.txt")
                if got.detail == LEFT_ALONE:
                    return None  # it was not asked; what comes next will not be sent either
                self._rules[origin] = self._read(got)
            return self._rules[origin]

    @staticmethod
    def _read(got: Fetched) -> Any:
        if got.cause is not None or got.status != 200 or got.media_type == "text/html":
            return None
        try:
            return Protego.parse(decode(got.body[:MAX_BYTES])[0])
        except (ValueError, TypeError, AttributeError, IndexError):
            return None
