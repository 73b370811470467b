"""What follows from a log, by pure functions: outages, availability, certificates that run out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from ita_rules.uptime.entry import Look

WARN_DAYS = (3, 14, 30)
"""Days before a certificate's end from which it is warned of, the most urgent first."""


@dataclass(frozen=True, slots=True)
class Availability:
    """How often evidence was up: of `looks` that could tell, `up` found it there; `unknown` could not tell and do not count."""

    looks: int = 0
    up: int = 0
    unknown: int = 0

    @property
    def share(self) -> float | None:
        """0-1; None where no look could tell."""
        return self.up / self.looks if self.looks else None


@dataclass(frozen=True, slots=True)
class Expiry:
    """A certificate that runs out: its host, its last moment, whole days left (below 0: over), the limit it fell below."""

    host: str
    until: dt.datetime
    days: int
    limit: int


def outages(looks: Iterable[Look]) -> Mapping[str, tuple[dt.date, ...]]:
    """Address → the days on which its server was at fault, in order.

    A day counts when a look failed by a server's fault and none of that day found the address up: an hour of maintenance is no
    outage. What we could not tell counts neither way. CONTRACT makes a gap of it only where there are two different days.
    """
    failed: dict[str, set[dt.date]] = {}
    fine: dict[str, set[dt.date]] = {}
    for look in looks:
        if look.up or look.server_fault:
            (fine if look.up else failed).setdefault(look.url, set()).add(look.at.date())
    found = {url: tuple(sorted(days - fine.get(url, set()))) for url, days in failed.items()}
    return {url: days for url, days in sorted(found.items()) if days}


def availability(looks: Iterable[Look]) -> Mapping[tuple[str, dt.date], Availability]:
    """(Item, day) → how often its evidence was up; the main page stands under ``""``. Sorted by item and day."""
    found: dict[tuple[str, dt.date], Availability] = {}
    for look in looks:
        for item in (*look.items, *([""] if look.main else [])):
            key = (item, look.at.date())
            had = found.get(key, Availability())
            found[key] = Availability(
                had.looks + (look.up is not None), had.up + (look.up is True), had.unknown + (look.up is None)
            )
    return dict(sorted(found.items()))


def expiries(looks: Iterable[Look], now: dt.datetime) -> tuple[Expiry, ...]:
    """The certificates with less than thirty days left at `now`, soonest first, as each host showed its own last."""
    newest: dict[str, Look] = {}
    for look in looks:
        host = urlsplit(look.url).hostname or ""
        if look.cert_until is not None and host and (host not in newest or newest[host].at <= look.at):
            newest[host] = look
    found = []
    for host, look in newest.items():
        if look.cert_until is None:
            continue
        days = (look.cert_until - now).days
        limit = next((limit for limit in WARN_DAYS if days < limit), None)
        if limit is not None:
            found.append(Expiry(host, look.cert_until, days, limit))
    return tuple(sorted(found, key=lambda one: (one.until, one.host)))
