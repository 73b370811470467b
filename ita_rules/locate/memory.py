"""What is remembered of a run between two looks at it, so that asking again costs what is new and not the whole site.

All of it follows from the run's own data: a page's links are counted once, a text is prepared once. A run that was replaced
or whose pages changed is looked at afresh.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from ita_rules.locate.lines import Line, prepare
from ita_rules.locate.titles import Titles
from ita_rules.run.types import Document, Link, RunData
from ita_rules.thai.fold import loose

_ROW = 120  # characters of a row of a list or table of links


def same_link(link: Link) -> tuple[str, str, str]:
    """By what a link on two pages is the same one: where it leads, its words, and the row around it where that is a real row
    (a row of a page's layout holds half the page, and differs on each)."""
    return link.target, link.text, link.row if len(link.row) <= _ROW else ""


class Memory:
    """What was derived from one run so far."""

    def __init__(self, run: RunData) -> None:
        self.run = run
        self.pages: dict[str, tuple[Link, ...]] = {}
        self.link_pages: Counter[tuple[str, str, str]] = Counter()
        self.distinct: list[Link] = []
        self._seen: set[tuple[str, str, str, str]] = set()
        self._titles: Titles | None = None
        self._scored: list[tuple[Link, Mapping[str, float]]] = []
        self._next = 0
        self._lines: dict[str, tuple[Document, tuple[Line, ...]]] = {}
        self._blocks: dict[str, tuple[Document, frozenset[str]]] = {}

    def is_sound(self) -> bool:
        """Whether every page that was counted still bears the same links."""
        links = self.run.links
        return all(links.get(page) is known for page, known in self.pages.items())

    def take_in(self) -> None:
        """Count the links of the pages that are new."""
        for page, links in self.run.links.items():
            if page in self.pages:
                continue
            self.pages[page] = links
            self.link_pages.update({same_link(link) for link in links if link.target})
            for link in links:
                if link.target and link.kind not in ("img", "form"):
                    at = (link.target, link.text, link.heading if link.zone == "main" else "", link.section)
                    if at not in self._seen:
                        self._seen.add(at)
                        self.distinct.append(link)

    def scored(self, titles: Titles) -> list[tuple[Link, Mapping[str, float]]]:
        """The distinct links that name a concept, with how well."""
        if self._titles is not titles:
            self._titles, self._scored, self._next = titles, [], 0
        for link in self.distinct[self._next :]:
            scores = titles.link_scores(link)
            if scores:
                self._scored.append((link, scores))
        self._next = len(self.distinct)
        return self._scored

    def lines(self, document: Document) -> tuple[Line, ...]:
        """The lines of a document, the site's frame among them."""
        known = self._lines.get(document.sha256)
        if known is None or known[0] is not document:
            known = self._lines[document.sha256] = (document, prepare(document))
        return known[1]

    def blocks(self, document: Document) -> frozenset[str]:
        """Loose keys of the blocks of a document."""
        known = self._blocks.get(document.sha256)
        if known is None or known[0] is not document:
            keys = frozenset(loose(block.text) for _, _, block in document.blocks())
            known = self._blocks[document.sha256] = (document, keys)
        return known[1]


_last: list[Memory] = []


def memory_of(run: RunData) -> Memory:
    """The memory of a run, up to date; only the last run's is kept."""
    if not (_last and _last[0].run is run and _last[0].is_sound()):
        _last[:] = [Memory(run)]
    _last[0].take_in()
    return _last[0]
