"""What is remembered of a run between two looks at it, so that asking again costs what is new and not the whole site.

All of it follows from the run's own data: a page's links are counted once, a text is prepared once. A run whose pages changed is
looked at afresh. What is remembered stands with the run (`RunData.derived`), so that runs gathered side by side do not take
each other's place, and goes with it.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar, cast

from ita_rules.locate.lines import Line, Lines, prepare
from ita_rules.locate.seen import Seen
from ita_rules.locate.titles import Titles
from ita_rules.run.links import Stem, stems_of
from ita_rules.run.packed import Recent
from ita_rules.run.types import Document, Link, RunData
from ita_rules.thai.fold import loose

_ROW = 120  # characters of a row of a list or table of links
_NAME = "locate.memory"

T = TypeVar("T")
_MOST_LINES = 8 * 1024**2  # bytes of the lines that stay prepared, about
_LINE = 260  # bytes of a line with its texts' heads
_PLACES = 20  # bits of a link's place on its page
_MOST_STEMS = 8192  # links known again at once: the menus of a site


def same_link(link: Link | Stem) -> tuple[str, str, str]:
    """By what a link on two pages is the same one: where it leads, its words, and the row around it where that is a real row
    (a row of a page's layout holds half the page, and differs on each)."""
    return link.target, link.text, link.row if len(link.row) <= _ROW else ""


def weight_of(lines: Sequence[Line]) -> int:
    """About how many bytes of memory prepared lines take, with the text that they hold on to."""
    return sum(_LINE + 6 * len(line.bare) for line in lines)


class Memory:
    """What was derived from one run so far."""

    def __init__(self, run: RunData) -> None:
        self.run = run
        self.pages: dict[str, Sequence[Link]] = {}
        self._keys: list[str] = []
        self._once = Seen()
        self._on_pages: Counter[int] = Counter()
        self._same: dict[Stem, int] = {}
        self._seen = Seen()
        self._first = array("Q")
        self._titles: Titles | None = None
        self._scored: list[tuple[Link, Mapping[str, float]]] = []
        self._next = 0
        self._of_page: dict[tuple[str, str], tuple[tuple[object, ...], object]] = {}
        self._lines: Recent[str, tuple[Document, Lines]] = Recent(_MOST_LINES)
        self._counted: dict[str, Document] = {}
        self._blocks: Counter[str] = Counter()
        self._blocks_once = Seen()

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
                self._count(page, links)

    def _count(self, page: str, links: Sequence[Link]) -> None:
        same = self._same
        if len(same) > _MOST_STEMS:
            same.clear()
        here = set()
        for place, stem in enumerate(stems_of(links)):
            if not stem.target:
                continue
            known = same.get(stem)
            if known is None:
                known = same[stem] = hash(same_link(stem))
                if stem.kind not in ("img", "form"):
                    at = hash((stem.target, stem.text, stem.heading if stem.zone == "main" else "", stem.section))
                    if self._seen.add(at):
                        self._first.append(len(self._keys) << _PLACES | place)
            here.add(known)
        self._keys.append(page)
        self._on_pages.update(known for known in here if not self._once.add(known))

    def pages_with(self, link: Link | Stem) -> int:
        """On how many pages a link stands; a page that is the only one does not count."""
        more = self._on_pages[hash(same_link(link))]
        return more + 1 if more else 0

    @property
    def distinct(self) -> int:
        """How many links there are of which no two agree in target, words and heading: menus stand on every page."""
        return len(self._first)

    def distinct_since(self, number: int) -> Iterator[Link]:
        """The distinct links from one number on (0: all), in the order in which they were found."""
        for at in self._first[number:]:
            yield self.pages[self._keys[at >> _PLACES]][at & ((1 << _PLACES) - 1)]

    def scored(self, titles: Titles) -> list[tuple[Link, Mapping[str, float]]]:
        """The distinct links that name a concept, with how well."""
        if self._titles is not titles:
            self._titles, self._scored, self._next = titles, [], 0
        for link in self.distinct_since(self._next):
            scores = titles.link_scores(link)
            if scores:
                self._scored.append((link, scores))
        self._next = self.distinct
        return self._scored

    def of_page(self, name: str, key: str, given: tuple[object, ...], make: Callable[[], T]) -> T:
        """What `make` gives for a page, made once for as long as the objects `given`, which it is made from, are the same."""
        known = self._of_page.get((name, key))
        if known is None or any(a is not b for a, b in zip(known[0], given, strict=True)):
            known = self._of_page[name, key] = (given, make())
        return cast(T, known[1])

    def lines(self, document: Document) -> Lines:
        """The lines of a document, the site's frame among them."""
        known = self._lines.get(document.sha256)
        if known is None or known[0] is not document:
            lines = prepare(document)
            known = self._lines.put(document.sha256, (document, lines), weight_of(lines))
        return known[1]

    def blocks_on(self, limit: float) -> frozenset[str]:
        """Loose keys of the blocks that stand in more than so many (at least one) of the HTML pages read."""
        texts = self.run.documents
        if any(texts.get(sha256) is not known for sha256, known in self._counted.items()):
            self._counted, self._blocks, self._blocks_once = {}, Counter(), Seen()
        for sha256, document in texts.items():
            if document.media_type == "text/html" and sha256 not in self._counted:
                self._counted[sha256] = document
                for words in {loose(block.text) for _, _, block in document.blocks()}:
                    if not self._blocks_once.add(hash(words)):
                        self._blocks[words] += 1
        # the first page that bears a block is not among those counted
        return frozenset(words for words, more in self._blocks.items() if words and more + 1 > limit)


def memory_of(run: RunData) -> Memory:
    """The memory of a run, up to date."""
    memory = run.derived.get(_NAME)
    if not isinstance(memory, Memory) or not memory.is_sound():
        memory = run.derived[_NAME] = Memory(run)
    memory.take_in()
    return memory
