"""Who must act on a cause: one word for each, by which reports group what could not be seen."""

from __future__ import annotations

import re
from typing import Literal, get_args

Acts = Literal["webmaster", "hosting", "external", "tool"]
"""The agency's webmaster; the provider of its server, name or certificate; the owner of a service outside the agency; whoever
uses this tool."""

ACTS: tuple[Acts, ...] = get_args(Acts)
"""The classes in the order in which reports show them."""

_ACTS: dict[str, Acts] = {
    "http_404": "webmaster",
    "http_410": "webmaster",
    "http_3xx": "webmaster",
    "soft_404": "webmaster",
    "login": "webmaster",
    "empty_link": "webmaster",
    "http_4xx": "webmaster",
    "redirect_loop": "webmaster",
    "private_address": "webmaster",
    "unreadable": "webmaster",
    "encrypted": "webmaster",
    "http_5xx": "hosting",
    "timeout": "hosting",
    "dns": "hosting",
    "refused": "hosting",
    "reset": "hosting",
    "tls": "hosting",
    "site_down": "hosting",
    "blocked": "tool",
    "robots": "tool",
    "budget": "tool",
    "too_large": "tool",
    "external": "tool",
    "needs_javascript": "tool",
    "no_browser": "tool",
    "no_ocr": "tool",
    "internal_error": "tool",
    "not_gathered": "tool",
    "uncertain": "tool",
    "no_year": "tool",
    "incomplete_crawl": "tool",
    "social_only": "tool",
    "social_wall": "tool",
    "truncated": "tool",
}
_HTTP = re.compile(r"http_([345])\d\d")
_SERVERS_OWN = frozenset({"redirect_loop", "http_3xx", "http_4xx"})
"""Causes beside the provider's that the owner of the server mends, whoever that is."""

_SERVER_FAULTS = frozenset({"http_5xx", "http_4xx", "timeout", "dns", "refused", "reset", "tls", "redirect_loop"})
_NO_FAULTS = frozenset({"http_404", "http_410", "http_429"})
"""Answers of a server that works: the page is not there, or we are to ask less often."""


def acts(cause: str, *, own: bool = True) -> Acts:
    """Who must act on `cause`; `own` tells whether the address lies on the agency's own site. A cause that is not known is for
    the user to look at."""
    known = cause if cause in _ACTS else _HTTP.sub(r"http_\1xx", cause)
    found = _ACTS.get(known, "tool")
    return "external" if not own and (found == "hosting" or known in _SERVERS_OWN) else found


def is_server_fault(cause: str | None) -> bool:
    """Whether a cause may be a server's bad night: one day leaves it undecided, and a gap it is when seen on two (CONTRACT)."""
    if cause is None or cause in _NO_FAULTS:
        return False
    return cause in _SERVER_FAULTS or (cause.startswith(("http_4", "http_5")) and bool(_HTTP.fullmatch(cause)))


def known_causes() -> frozenset[str]:
    """Every cause that has a class."""
    return frozenset(_ACTS)
