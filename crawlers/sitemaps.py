"""What a site lists for machines: sitemaps (XML, an index of them, packed, plain text) and feeds (RSS, Atom).

Their links say that a page exists, never that a visitor can click his way to it (kinds ``sitemap`` and ``feed``). A site without
a map lacks nothing: the addresses at which maps usually lie are tried, and are no pages of the agency where they are not.
"""

from __future__ import annotations

import io
import re
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from crawlers.charset import decode
from crawlers.fetch import Fetched
from crawlers.urls import resolve
from ita_rules.run.keys import url_key
from ita_rules.run.types import Link, LinkKind

MAX_URLS = 50_000
"""Addresses that are taken from all maps and feeds of a site together."""

MAX_BYTES = 50 * 1024**2
"""Bytes of one map, unpacked; both are what the format itself allows for one file."""

MAX_NESTING = 3
"""Maps within maps: an index, the maps it names, and what those name."""

MAX_ROOTS = 10
"""Maps that are taken from a robots.txt."""

_MAX_ENTRIES = 300
_XML = re.compile(rb"^\s*(?:<\?xml\b|<(?:urlset|sitemapindex|rss|feed|rdf:RDF)\b)", re.IGNORECASE)
_ROOTS: dict[str, LinkKind] = {"urlset": "sitemap", "sitemapindex": "sitemap", "rss": "feed", "feed": "feed", "RDF": "feed"}
_WORDS = 300


class Maps:
    """The maps of one site, as they are found. `covers` says what belongs to the site. Safe for threads."""

    def __init__(self, covers: Callable[[str], bool]) -> None:
        self._covers = covers
        self._lock = threading.Lock()
        self._levels: dict[str, int] = {}
        self._left = MAX_URLS

    def roots(self, home: str, named: Iterable[str]) -> list[tuple[str, str]]:
        """Where maps of the site at `home` may lie: (key, address) of those that robots.txt names, and of the usual place."""
        found: dict[str, str] = {}
        for place in [*list(named)[:MAX_ROOTS], "/sitemap.xml"]:
            url = resolve(home, place)
            if url and self._covers(url):
                found.setdefault(url_key(url), url)
        with self._lock:
            self._levels.update((key, 1) for key in found if key not in self._levels)
        return list(found.items())

    def knows(self, key: str) -> bool:
        """Whether an address is asked because a map may lie there, and not because some page leads to it."""
        return key in self._levels

    def links(self, key: str, got: Fetched) -> tuple[Link, ...] | None:
        """The links of a map or feed that was asked as `key`; None where the body is neither."""
        level = self._levels.get(key)
        body = _unpacked(got.body) if got.body[:2] == b"\x1f\x8b" and (level or _looks_packed(got)) else got.body
        source = url_key(got.final_url or got.url)
        if _XML.match(body[:1000].removeprefix(b"\xef\xbb\xbf")):
            kind, found, nested = _parsed(body)
        elif level and body and got.media_type.startswith("text/plain"):
            kind, nested = "sitemap", False
            found = ((line.strip(), "") for line in decode(body[:MAX_BYTES])[0].splitlines() if line.strip()[:4] == "http")
        else:
            return None
        if kind is None:
            return None
        links: list[Link] = []
        for place, words in found:
            url = resolve(got.final_url or got.url, place)
            target = url_key(url) if url else ""
            if not target or not self._covers(url) or (nested and not self._goes_deeper(target, level or 1)):
                continue
            if not self._has_room():
                break
            links.append(Link(source, target, url, kind, words[:_WORDS], zone="footer", order=len(links)))
        return tuple(links)

    def _has_room(self) -> bool:
        with self._lock:
            self._left -= 1
            return self._left >= 0

    def _goes_deeper(self, key: str, level: int) -> bool:
        """Take note of a map that another one names; false where that goes too deep, or has been seen."""
        with self._lock:
            if level >= MAX_NESTING or len(self._levels) >= _MAX_ENTRIES or key in self._levels:
                return False
            self._levels[key] = level + 1
            return True


def _looks_packed(got: Fetched) -> bool:
    return (got.final_url or got.url).partition("?")[0].lower().endswith(".xml.gz")


def _unpacked(body: bytes) -> bytes:
    """A packed body, as far as it can be unpacked and `MAX_BYTES` allow."""
    machine = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        return machine.decompress(body, MAX_BYTES)
    except zlib.error:
        return b""


def _parsed(body: bytes) -> tuple[LinkKind | None, Iterator[tuple[str, str]], bool]:
    """What kind of list a body is (None: none), its (address, words), and whether these are maps themselves."""
    stream = etree.iterparse(
        io.BytesIO(body[:MAX_BYTES]),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=True,
    )
    try:
        _, root = next(stream)
    except (etree.LxmlError, StopIteration):
        return None, iter(()), False
    name = _name(root)
    entries = _located(stream) if name in ("urlset", "sitemapindex") else _items(stream)
    return _ROOTS.get(name), entries, name == "sitemapindex"


def _events(stream: object) -> Iterator[tuple[str, etree._Element]]:
    """The events of a parser, as far as it gets."""
    try:
        yield from stream  # type: ignore[misc]
    except etree.LxmlError:
        return


def _located(stream: object) -> Iterator[tuple[str, str]]:
    for event, element in _events(stream):
        if event == "end" and _name(element) == "loc":
            parent = element.getparent()
            # A picture of a page has a ``loc`` of its own.
            if element.text and parent is not None and _name(parent) in ("url", "sitemap"):
                yield element.text.strip(), ""
        elif event == "end" and _name(element) in ("url", "sitemap"):
            _forget(element)


def _items(stream: object) -> Iterator[tuple[str, str]]:
    for event, element in _events(stream):
        if event != "end" or _name(element) not in ("item", "entry"):
            continue
        title, places = "", []
        for part in element:
            name = _name(part)
            if name == "title":
                title = " ".join("".join(map(str, part.itertext())).split())
            elif name == "link" and part.get("rel", "alternate") in ("alternate", "enclosure"):
                places.append((part.get("href") or part.text or "").strip())
            elif name == "enclosure":
                places.append((part.get("url") or "").strip())
        yield from ((place, title) for place in places if place)
        _forget(element)


def _forget(element: etree._Element) -> None:
    """Give back the memory of an entry that was read, and of those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
