"""What is remembered of a run between two looks at it, so that asking again costs what is new and not the whole site.

All of it follows from the run's own data: a page's links are counted once, a text is prepared once. A run whose pages changed is
looked at afresh. What is remembered stands with the run (`RunData.derived`), so that runs gathered side by side do not take
each other's place, and goes with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar, cast

from ita_rules.locate.lines import Line, prepare
from ita_rules.locate.titles import Titles
from ita_rules.run.links import Stem, stems_of
from ita_rules.run.types import Document, Link, RunData
from ita_rules.thai.fold import loose

_ROW = 120  # characters of a row of a list or table of links
_NAME = "locate.memory"

T = TypeVar("T")


def same_link(link: Link | Stem) -> tuple[str, str, str]:
    """By what a link on two pages is the same one: where it leads, its words, and the row around it where that is a real row
    (a row of a page's layout holds half the page, and differs on each)."""
    return link.target, link.text, link.row if len(link.row) <= _ROW else ""


class Memory:
    """What was derived from one run so far."""

    def __init__(self, run: RunData) -> None:
        self.run = run
        self.pages: dict[str, Sequence[Link]] = {}
        self.link_pages: Counter[tuple[str, str, str]] = Counter()
        self.distinct: list[Link] = []
        self._same: dict[Stem, tuple[str, str, str]] = {}
        self._seen: set[tuple[str, str, str, str]] = set()
        self._titles: Titles | None = None
        self._scored: list[tuple[Link, Mapping[str, float]]] = []
        self._next = 0
        self._of_page: dict[tuple[str, str], tuple[tuple[object, ...], object]] = {}
        self._lines: dict[str, tuple[Document, tuple[Line, ...]]] = {}
        self._blocks: dict[str, tuple[Document, frozenset[str]]] = {}

    def is_sound(self) -> bool:
        """Whether every page that was counted still bears the same links."""
        links = self.run.links
        return all(links.get(page) is known for page, known in self.pages.items())

    def take_in(self) -> None:
        """Count the links of the pages that are new."""
        if len(self.pages) == len(self.run.links):
            return
        for page, links in self.run.links.items():
            if page not in self.pages:
                self.pages[page] = links
                self._count(links)

    def _count(self, links: Sequence[Link]) -> None:
        same = self._same
        here = set()
        for place, stem in enumerate(stems_of(links)):
            if not stem.target:
                continue
            known = same.get(stem)
            if known is None:
                known = same[stem] = same_link(stem)
                if stem.kind not in ("img", "form"):
                    at = (stem.target, stem.text, stem.heading if stem.zone == "main" else "", stem.section)
                    if at not in self._seen:
                        self._seen.add(at)
                        self.distinct.append(links[place])
            here.add(known)
        self.link_pages.update(here)

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

    def of_page(self, name: str, key: str, given: tuple[object, ...], make: Callable[[], T]) -> T:
        """What `make` gives for a page, made once for as long as the objects `given`, which it is made from, are the same."""
        known = self._of_page.get((name, key))
        if known is None or any(a is not b for a, b in zip(known[0], given, strict=True)):
            known = self._of_page[name, key] = (given, make())
        return cast(T, known[1])

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


def memory_of(run: RunData) -> Memory:
    """The memory of a run, up to date."""
    memory = run.derived.get(_NAME)
    if not isinstance(memory, Memory) or not memory.is_sound():
        memory = run.derived[_NAME] = Memory(run)
    memory.take_in()
    return memory
