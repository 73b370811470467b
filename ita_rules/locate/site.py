"""A run seen as a site: the link graph from the main page, what every page repeats, the text behind an address.

Everything is computed once from `RunData` and never changes: judging asks here and nowhere else.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Collection, Sequence, Set
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from ita_rules.locate.lines import Lines
from ita_rules.locate.memory import memory_of, weight_of
from ita_rules.locate.titles import is_step
from ita_rules.run.graph import LISTED, leading_to, targets_of
from ita_rules.run.keys import host_of, query_of, url_key
from ita_rules.run.links import Stem, stems_of
from ita_rules.run.packed import Recent
from ita_rules.run.services import is_shared_file
from ita_rules.run.types import Document, Exchange, Link, RunData
from ita_rules.thai.fold import loose

_VIEWER_PARAMETERS = ("file", "pdf", "url", "src", "doc", "document")
FILE_SUFFIXES = (
    ".pdf", ".doc", ".docx", ".docm", ".xls", ".xlsx", ".xlsm", ".ppt", ".pptx", ".pps", ".ppsx", ".odt", ".ods", ".odp", ".csv",
    ".rtf", ".zip", ".rar", ".7z", ".txt", ".mht", ".mhtml",
)  # fmt: skip
PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff")
SHOWN = frozenset({"frame", "iframe", "embed", "object", "meta-refresh", "onclick", "script", "viewer"})
"""Kinds of link by which a page itself shows or opens what they lead to."""

_CRUMB_REST = 3  # letters that separate breadcrumbs, at most
_FEW_LETTERS = 100  # letters of own content below which nothing of a page is taken for the site's frame
MOST_LINES = 8 * 1024**2  # bytes of the lines that stay prepared, about
_MOST_LINKS = 4_000  # content links that stay sorted out
_MOST_ENTRIES = 2_000  # links of lists of the form that stay read
_FRAME_SHARE, _FRAME_PAGES = 0.3, 5  # a link or block on this share of pages, and on this many, is the site's frame


def looks_like_file(url: str) -> bool:
    """Whether an address names a document by its suffix, or is the share link of one."""
    return urlsplit(url).path.lower().endswith(FILE_SUFFIXES) or is_shared_file(url)


def viewer_target(url: str) -> str:
    """The address of the file that a viewer's address carries (``?file=``, ``?pdf=``), ``""`` where there is none."""
    for name, value in query_of(url):
        if name.lower() in _VIEWER_PARAMETERS and looks_like_file(value.split("#")[0]):
            return urljoin(url, value)
    return ""


def _is_crumbs(text: str, back: Set[str], words: Sequence[str]) -> bool:
    """Whether a line (loose) is made of the words of links back, and of the page's own headings, and of no more."""
    if not any(b in text for b in back):
        return False
    for word in words:
        text = text.replace(word, "")
    return len(re.sub(r"[\W_]+", "", text)) <= _CRUMB_REST


class SiteView:
    """The questions that locating and checking ask of a run."""

    def __init__(self, run: RunData, *, most_lines: int = MOST_LINES) -> None:
        """`most_lines` is what the lines that stay prepared may weigh, in bytes, about."""
        self.run = run
        self.start_key = url_key(run.meta.start_url)
        self._lines: Recent[str, Lines] = Recent(most_lines)
        self._letters: dict[str, int] = {}
        self._content_links: Recent[str, tuple[Link, ...]] = Recent(_MOST_LINKS)
        self.memory = memory_of(run)
        self._said: dict[frozenset[str], bool] = {}
        self.entries: Recent[tuple[str, int, object], object] = Recent(_MOST_ENTRIES)
        self.repeated_pictures: Counter[str] | None = None

    # ---------------------------------------------------------------- addresses

    def final(self, key: str) -> str:
        """The key that `key` led to by redirects; itself where it was not asked."""
        found = self.run.exchanges.get(key)
        return found.final_key or key if found else key

    def exchange(self, key: str) -> Exchange | None:
        """What came of an address."""
        return self.run.exchanges.get(key)

    def document(self, key: str) -> Document | None:
        """The text behind an address."""
        return self.run.document(key)

    def is_home(self, key: str) -> bool:
        """Whether an address is the site's main page."""
        return bool(key) and self.final(key) == self.final(self.start_key)

    def is_page(self, key: str) -> bool:
        """Whether an address gave an HTML page."""
        found = self.run.exchanges.get(key)
        return bool(found and "html" in found.media_type)

    def own_host(self, url: str) -> bool:
        """Whether an address lies on the site's own host, one that was named as the agency's, or a subdomain of these."""
        host = host_of(url).removeprefix("www.")
        return any(host == own or host.endswith("." + own) for own in self._own_hosts)

    @cached_property
    def _own_hosts(self) -> tuple[str, ...]:
        named = self.run.meta.settings.get("hosts", "").split()
        hosts = [host_of(self.run.meta.start_url), *(host_of(f"http://{host}/") for host in named)]
        return tuple(dict.fromkeys(host.removeprefix("www.") for host in hosts))

    # ---------------------------------------------------------------- the link graph

    def links(self, key: str) -> Sequence[Link]:
        """The links of the page that an address gave."""
        return self.run.links.get(self.final(key), ())

    def content_links(self, key: str) -> tuple[Link, ...]:
        """The links of a page that belong to its own content: what it shows, and what is not the site's frame or a step aside."""
        page = self.final(key)
        known = self._content_links.get(page)
        if known is not None:
            return known
        links = self.run.links.get(page, ())
        found = tuple(
            links[place]
            for place, stem in enumerate(stems_of(links))
            if stem.target
            and stem.kind not in ("img", "form")
            and not is_step(stem)
            and (stem.kind in SHOWN or not self.is_frame_link(stem))
        )
        return self._content_links.put(page, found, len(found))

    @cached_property
    def _frame_limit(self) -> float:
        return max(_FRAME_PAGES, _FRAME_SHARE * sum(not self._is_list(page) for page in self.run.links))

    def _is_list(self, key: str) -> bool:
        """Whether an address gave a list for machines and no page."""
        links, found = self.run.links.get(key, ()), self.run.exchanges.get(key)
        return bool(found and links and "html" not in found.media_type and links[0].kind in LISTED)

    def is_frame_link(self, link: Link | Stem) -> bool:
        """Whether a link belongs to the site's frame: menus, header, footer, what nearly every page repeats."""
        return link.zone != "main" or self.memory.pages_with(link) > self._frame_limit

    @cached_property
    def _steps(self) -> dict[str, tuple[str, int]]:
        """For every address reachable from the main page: the page before it and the place there of the link taken (breadth
        first); ``""`` for the main page itself."""
        start = self.final(self.start_key)
        steps: dict[str, tuple[str, int]] = {self.start_key: ("", 0), start: ("", 0)}
        queue = deque([start])
        while queue:
            page = queue.popleft()
            for place, target in targets_of(self.run.links, page):
                if target in steps:
                    continue
                steps[target] = (page, place)
                after = self.final(target)
                if after not in steps:
                    steps[after] = (page, place)
                queue.append(after)
        return steps

    def is_linked(self, key: str) -> bool:
        """Whether a chain of links leads from the main page to an address."""
        return key in self._steps or self.final(key) in self._steps

    def click_path(self, key: str) -> tuple[tuple[str, str], ...]:
        """The way from the main page to an address: (address, words of the link) of each step; empty where there is none."""
        at = key if key in self._steps else self.final(key)
        if at not in self._steps:
            return ()
        path = [(link.url, link.text or link.heading) for link in self.way(at)]
        return ((self.run.meta.start_url, ""), *reversed(path))

    def way(self, key: str) -> tuple[Link, ...]:
        """The links clicked from the main page to an address, the last one first."""
        links: list[Link] = []
        at = key if key in self._steps else self.final(key)
        while at in self._steps:
            at, place = self._steps[at]
            if not at:
                break
            links.append(self.run.links[at][place])
        return tuple(links)

    def above(self, key: str) -> frozenset[str]:
        """The pages on the way from the main page to an address (final keys): a link to one of them leads back."""
        return frozenset(self.final(link.source) for link in self.way(key))

    def incoming(self, keys: Collection[str]) -> dict[str, list[Link]]:
        """The links that lead to each of some addresses, in the order of the pages that bear them."""
        found: dict[str, list[Link]] = {key: [] for key in keys}
        for page in leading_to(self.run.links, found):
            for place, target in targets_of(self.run.links, page):
                if target in found:
                    found[target].append(self.run.links[page][place])
        return found

    # ---------------------------------------------------------------- text

    @cached_property
    def frame(self) -> frozenset[str]:
        """Loose keys of blocks that many HTML pages repeat: menus, banners, footers without marks of their own."""
        pages = sum(d.media_type == "text/html" for d in self.run.documents.values())
        return self.memory.blocks_on(max(_FRAME_PAGES, _FRAME_SHARE * pages))

    def lines(self, document: Document) -> Lines:
        """The content lines of a document, prepared once; a page's breadcrumbs are not among them."""
        lines = self._lines.get(document.sha256)
        if lines is None:
            full = self.memory.lines(document)
            html = document.media_type == "text/html"
            lines = self._without_crumbs(document, Lines(x for x in full if x.loose not in self.frame) if html else full)
            if sum(len(line.key) for line in lines) < _FEW_LETTERS:
                # a list that every page repeats in a box (the latest news) is this page's content all the same
                full = self._without_crumbs(document, full)
                lines = full if sum(len(line.key) for line in full) > 3 * _FEW_LETTERS else lines
            self._lines.put(document.sha256, lines, weight_of(lines))
        return lines

    def letters(self, document: Document) -> int:
        """How many letters of own text a document has; a line that stands twice counts once."""
        if document.sha256 not in self._letters:
            left_out = (self.frame, self._back(document)) if document.media_type == "text/html" else ()
            self._letters[document.sha256] = self.memory.letters(document, left_out, self.lines)
        return self._letters[document.sha256]

    @cached_property
    def _pages_of(self) -> dict[str, str]:
        """The address (final key) of each HTML body."""
        return {e.sha256: e.final_key or e.key for e in self.run.exchanges.values() if e.sha256 and "html" in e.media_type}

    def _without_crumbs(self, document: Document, lines: Lines) -> Lines:
        """The lines but those that only lead back up: breadcrumbs, "previous" and "next"."""
        back = self._back(document)
        if not back:
            return lines
        own = {loose(line.text) for line in lines if line.block.kind == "heading"} | self._own_heads(document)
        words = sorted(back | own, key=len, reverse=True)
        return Lines(x for x in lines if x.block.kind == "heading" or not _is_crumbs(loose(x.text), back, words))

    def _own_heads(self, document: Document) -> set[str]:
        """The first heading (loose) of an HTML page, which may stand in the page's head and not among its lines."""
        found = self.exchange(self._pages_of.get(document.sha256, ""))
        return {words for head in (found.headings[:1] if found else ()) if (words := loose(head))}

    def _back(self, document: Document) -> frozenset[str]:
        """The words (loose) of a page's links that lead back up, to the main page, or a step aside."""
        page = self._pages_of.get(document.sha256, "") if document.media_type == "text/html" else ""
        if not page:
            return frozenset()
        above = self.above(page)
        links = self.run.links.get(page, ())
        back = (s for s in stems_of(links) if s.text and (is_step(s) or self.final(s.target) in above or self.is_home(s.target)))
        return frozenset(words for stem in back if (words := loose(stem.text)))

    def says(self, names: frozenset[str]) -> bool:
        """Whether any page's title or heading, or any text read, bears one of some names (loose keys)."""
        if names not in self._said:
            heads = (loose(t) for e in self.run.exchanges.values() for t in (e.title, *e.headings) if t)
            texts = (loose(b.text) for d in self.run.documents.values() for _, _, b in d.blocks())
            self._said[names] = any(n in text for group in (heads, texts) for text in group for n in names)
        return self._said[names]

    @cached_property
    def complete(self) -> bool:
        """Whether the crawl saw the whole site: nothing that was wanted was left for want of time or pages, and at most 2 % of
        the site's addresses gave nothing for a cause that may hide evidence. Where a page leads that was had without verifying
        its certificate was not followed, nor what has to be sent for."""
        if self.run.meta.stopped_by or any(e.insecure and "html" in e.media_type for e in self.run.exchanges.values()):
            return False
        probes = set(self.run.meta.settings.get("probe", "").split())
        asked = [e for e in self.run.exchanges.values() if e.key not in probes and self.own_host(e.url)]
        lost = sum(e.cause not in _SEEN or e.holds_back for e in asked)
        return bool(asked) and lost <= 0.02 * len(asked)


_SEEN = frozenset({None, "http_404", "http_410", "soft_404", "login", "robots", "empty_link", "external", "unreadable"})
"""Causes that leave no doubt about what lies behind an address, or that close it for good manners (CONTRACT: complete)."""
