"""The key by which two spellings of an address are one, for the link graph, the frontier and the answers alike; and the day of
a moment, by which faults of servers are counted.

Fetch an address as it was found; compare by its key (some servers depend on the order of parameters).
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

_SESSION = re.compile(r"^(?:phpsessid|jsessionid|sid|sessionid|aspsessionid\w*|osCsid|cfid|cftoken)$", re.IGNORECASE)
_PATH_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_NO_HOST = re.compile(r"[\s\\%|]|^\.")
_ROUTE = re.compile(r"!?/[^/?#\s]")
_THAI = re.compile(r"[ก-๙]")
_BANGKOK = dt.timezone(dt.timedelta(hours=7))
_DEFAULT_PORT = {"http": 80, "https": 443}


@lru_cache(maxsize=4096)
def url_key(url: str) -> str:
    """The key of an absolute http(s) address: no fragment, session id or default port, query sorted, host in lower case.

    A fragment that an application takes for a page of its own (``#/ita/o1``, ``#!/ita/o1``) stays.
    Returns ``""`` for what is not an http(s) address.
    """
    try:
        parts = urlsplit(_PATH_SESSION.sub("", url.strip()))
        port = parts.port
    except ValueError:
        return ""
    host = (parts.hostname or "").rstrip(".").lower()
    if parts.scheme.lower() not in _DEFAULT_PORT or not host or _NO_HOST.search(host):
        return ""
    host = f"[{host}]" if ":" in host else host
    netloc = host if port in (None, _DEFAULT_PORT[parts.scheme.lower()]) else f"{host}:{port}"
    query = "&".join(p for p in parts.query.split("&") if p and not _SESSION.match(p.partition("=")[0]))
    route = parts.fragment if _ROUTE.match(parts.fragment) else ""
    try:
        return str(
            canonicalize_url(
                urlunsplit((parts.scheme.lower(), netloc, parts.path or "/", query, route)), keep_fragments=bool(route)
            )
        )
    except (ValueError, UnicodeError):
        return ""


def query_of(url: str) -> list[tuple[str, str]]:
    """Names and values in the query of an address, decoded: as UTF-8, else as the Thai code page, in which old pages write."""
    try:
        query = urlsplit(url).query
        pairs = parse_qsl(query, errors="replace")
        text = "".join(value for _, value in pairs)
        # bytes of the Thai code page may pass for letters of some other script
        if text.isascii() or (_THAI.search(text) and "\ufffd" not in text):
            return pairs
        old = parse_qsl(query, encoding="cp874", errors="replace")
        return old if _THAI.search("".join(value for _, value in old)) else pairs
    except ValueError:
        return []


def thai_day(moment: str) -> str:
    """The day in Thailand (ISO 8601) of a time with an offset; a time without one is Thai. ``""`` for what is no time."""
    try:
        found = dt.datetime.fromisoformat(moment)
    except ValueError:
        return ""
    return (found.astimezone(_BANGKOK) if found.tzinfo else found).date().isoformat()


@lru_cache(maxsize=2048)
def host_of(url: str) -> str:
    """Host name of an address in lower case, ``""`` where there is none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
