"""Addresses: from a link as it is written to one that can be asked, and what belongs to the site.

Browsers are the model for reading links, because the sites were tried in browsers: blanks, backslashes, raw Thai and tabs
are mended, not refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from crawlers.guard import literal

_WHITE = re.compile(r"[\t\r\n\x00]")
_SCHEME = re.compile(r"(?i)^([a-z][a-z0-9+.-]*):")
_ABSOLUTE = re.compile(r"(?i)^(?:https?:[/\\]|(?!https?:)[a-z][a-z0-9+.-]*:)")
# Words that a script, or the server, should have filled in and did not.
_BLANK_FORM = re.compile(r"\{\{|\$\{|<%|<\?")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_PATH_SAFE = "%/:=~+!$&,;'@()*[]|^"
_QUERY_SAFE = "%/:=&?~+!$,;'@()*[]|^{}`\\"
MAX_LENGTH = 2000
"""Characters of the longest address that is taken for one."""


def resolve(base: str, href: str, encoding: str = "utf-8") -> str:
    """The absolute http(s) address that `href` on a page at `base` means; ``""`` where it means none.

    It stands as found, apart from what a browser mends in silence. Raw letters in a query are percent-encoded in the page's
    `encoding`, as a browser does; those in a path stay (they go out as UTF-8).
    """
    href = _WHITE.sub("", href).strip()
    if len(href) > MAX_LENGTH:
        return ""
    # Most links of a site are its menu: what a link means depends on little more than its own words.
    if href[:1] in ("/", "\\") or _ABSOLUTE.match(href):
        parts = base.split("/", 3)
        return _join("/".join(parts[:3]) + "/", href, encoding)
    if href[:1] in ("?", "#", ""):
        return _join(base, href, encoding)
    return _join(base.partition("?")[0].partition("#")[0].rpartition("/")[0] + "/", href, encoding)


@lru_cache(maxsize=2048)
def _join(base: str, href: str, encoding: str) -> str:
    scheme = _SCHEME.match(href)
    if (scheme and scheme[1].lower() not in ("http", "https")) or _BLANK_FORM.search(href):
        return ""
    if scheme:
        # "http:page" and "https:/host" are mended by browsers; urljoin takes neither.
        rest = href[scheme.end() :].replace("\\", "/")
        if not rest.strip("/"):
            return ""
        if not rest.startswith("//"):
            if not rest.startswith("/") and scheme[1].lower() == base.partition(":")[0].lower():
                return _join(base, rest, encoding)
            href = f"{scheme[1]}://{rest.lstrip('/')}"
    head, mark, query = href.partition("?")
    head = head.replace("\\", "/")
    if query and encoding not in ("utf-8", "ascii"):
        query = _NOT_ASCII.sub(lambda found: quote(found[0].encode(encoding, "replace")), query)
    try:
        url = urljoin(base, head + mark + query)
        parts = urlsplit(url)
        if "/." in parts.path and parts.path[:2] != "//":
            # urljoin leaves the dots of an address that is whole already; no browser does.
            url = urljoin(f"{parts.scheme}://{parts.netloc}/", urlunsplit(("", "", *parts[2:])))
        host, _ = parts.hostname, parts.port
    except (ValueError, UnicodeError):
        return ""
    return url if parts.scheme in ("http", "https") and host else ""


@lru_cache(maxsize=1024)
def wire(url: str) -> str:
    """`url` as it goes over the wire: ASCII, path and query percent-encoded, host in punycode, no fragment, no password.

    What is encoded already stays as it is. Returns ``""`` where it cannot be an address.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
        if not host.isascii():
            host = ".".join(label.encode("idna").decode("ascii") for label in host.split("."))
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme not in ("http", "https") or not host or not re.fullmatch(r"[A-Za-z0-9._:%-]+", host):
        return ""
    place = f"[{host}]" if ":" in host else host
    place = place if port is None else f"{place}:{port}"
    path, query = (_STRAY_PERCENT.sub("%25", text) for text in (parts.path, parts.query))
    path = quote(path or "/", safe=_PATH_SAFE, errors="replace")
    return urlunsplit((parts.scheme, place, path, quote(query, safe=_QUERY_SAFE, errors="replace"), ""))


def variants(url: str) -> list[str]:
    """Other spellings under which the same site may stand: https for http, with and without ``www.``."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port
    if literal(host) is not None or "." not in host:
        return []
    bare = host.removeprefix("www.")
    tail = "" if port is None else f":{port}"
    schemes = ["https", "http"] if port is None else [parts.scheme]
    made = [urlunsplit((s, h + tail, parts.path or "/", parts.query, "")) for h in (bare, "www." + bare) for s in schemes]
    return [v for v in made if urlsplit(v)[:3] != (parts.scheme, parts.netloc.lower(), parts.path or "/")]


# Addresses under which many sites live side by side, and how many path segments name one of them.
_SHARED = {"sites.google.com": 2, "drive.google.com": 9, "docs.google.com": 9, "www.facebook.com": 1, "facebook.com": 1}


class Scope:
    """What belongs to a site: the hosts of its start addresses, with and without ``www.``, any scheme, and subdomains; and so the
    further `hosts` that the operator named.

    An IP address or a single name is its own port only. On hosts that many share, the site is a folder.
    """

    def __init__(self, urls: Iterable[str], hosts: Iterable[str] = ()) -> None:
        self._hosts: set[str] = set()
        self._exact: set[tuple[str, int | None]] = set()
        self._folders: dict[str, set[str]] = {}
        for url in [*urls, *(f"{scheme}://{host}/" for host in hosts for scheme in ("http", "https"))]:
            self._add(url)

    def _add(self, url: str) -> None:
        try:
            parts = urlsplit(url)
            host, _ = (parts.hostname or "").lower(), parts.port
        except ValueError:
            return
        if not host:
            return
        if host in _SHARED:
            folder = "/".join(parts.path.split("/")[: _SHARED[host] + 1])
            self._folders.setdefault(host, set()).add(folder.rstrip("/") + "/")
        elif literal(host) is not None or "." not in host:
            self._exact.add((host, parts.port or (443 if parts.scheme == "https" else 80)))
        else:
            self._hosts.add(host.removeprefix("www."))

    def covers(self, url: str) -> bool:
        """Whether the address belongs to the site."""
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").lower().rstrip("."), parts.port
        except ValueError:
            return False
        if host in self._folders:
            return any((parts.path + "/").startswith(folder) for folder in self._folders[host])
        if (host, port or (443 if parts.scheme == "https" else 80)) in self._exact:
            return True
        return self._covers_host(host)

    def _covers_host(self, host: str) -> bool:
        while host:
            if host in self._hosts:
                return True
            host = host.partition(".")[2]
        return False
