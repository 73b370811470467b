"""What is remembered of a run between two looks at it, so that asking again costs what is new and not the whole site.

All of it follows from the run's own data: a page's links are counted once, a text is prepared once. A run whose pages changed is
looked at afresh. What is remembered stands with the run (`RunData.derived`), so that runs gathered side by side do not take
each other's place, and goes with it.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from ita_rules.locate.lines import Line, Lines, prepare
from ita_rules.locate.seen import Seen
from ita_rules.locate.survey import Survey
from ita_rules.locate.titles import Titles
from ita_rules.run.links import Stem, stems_of
from ita_rules.run.packed import Recent
from ita_rules.run.types import Document, Link, RunData
from ita_rules.thai.many import fold_all

_ROW = 120  # characters of a row of a list or table of links
_NAME = "locate.memory"
_MOST_LINES = 2 * 1024**2  # bytes of the lines that stay prepared, about
_LINE = 260  # bytes of a line with its texts' heads
_PLACES = 20  # bits of a link's place on its page
_MOST_STEMS = 2048  # links known again at once: the menus of a site


def same_link(link: Link | Stem) -> tuple[str, str, str]:
    """By what a link on two pages is the same one: where it leads, its words, and the row around it where that is a real row
    (a row of a page's layout holds half the page, and differs on each)."""
    return link.target, link.text, link.row if len(link.row) <= _ROW else ""


def weight_of(lines: Sequence[Line]) -> int:
    """About how many bytes of memory prepared lines take, with the text that they hold on to."""
    return _LINE * len(lines) + 6 * sum([len(line.bare) for line in lines])


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
        self._survey: Survey | None = None
        self._lines: Recent[str, tuple[Document, Lines]] = Recent(_MOST_LINES)
        self._letters: dict[str, tuple[Document, object, int]] = {}
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
        return map(self.distinct_at, range(number, len(self._first)))

    def distinct_at(self, number: int) -> Link:
        """The distinct link with a number (from 0)."""
        at = self._first[number]
        return self.pages[self._keys[at >> _PLACES]][at & ((1 << _PLACES) - 1)]

    def page_of(self, number: int) -> str:
        """The key of the page on which a distinct link was found."""
        return self._keys[self._first[number] >> _PLACES]

    def taken_in(self, page: int, number: int) -> Iterator[tuple[str, Sequence[Link], list[int]]]:
        """The pages from one on (0: all) in the order in which they came, each with its links and the places of those that are
        distinct; `number` is that of the page's first distinct link."""
        for at in range(page, len(self._keys)):
            places = []
            while number < len(self._first) and self._first[number] >> _PLACES == at:
                places.append(self._first[number] & ((1 << _PLACES) - 1))
                number += 1
            yield self._keys[at], self.pages[self._keys[at]], places

    def survey(self, titles: Titles) -> Survey:
        """What the pages say of the items of a rule set, by its titles."""
        if self._survey is None or self._survey.titles is not titles:
            self._survey = Survey(self, titles)
        self._survey.take_in()
        return self._survey

    def lines(self, document: Document) -> Lines:
        """The lines of a document, the site's frame among them."""
        known = self._lines.get(document.sha256)
        if known is None or known[0] is not document:
            lines = prepare(document)
            known = self._lines.put(document.sha256, (document, lines), weight_of(lines))
        return known[1]

    def letters(self, document: Document, left_out: object, lines: Callable[[Document], Sequence[Line]]) -> int:
        """How many letters of own text `lines` gives of a document, each line once; `left_out` is what that depends on beside the
        document, and while it is the same the letters are not counted again."""
        known = self._letters.get(document.sha256)
        if known is None or known[0] is not document or known[1] != left_out:
            count = sum(map(len, {line.key for line in lines(document)}))
            known = self._letters[document.sha256] = document, left_out, count
        return known[2]

    def blocks_on(self, limit: float) -> frozenset[str]:
        """Loose keys of the blocks that stand in more than so many (at least one) of the HTML pages read."""
        texts = self.run.documents
        if any(texts.get(sha256) is not known for sha256, known in self._counted.items()):
            self._counted, self._blocks, self._blocks_once = {}, Counter(), Seen()
        for sha256, document in texts.items():
            if document.media_type == "text/html" and sha256 not in self._counted:
                self._counted[sha256] = document
                for words in set(fold_all([block.text for _, _, block in document.blocks()]).loose):
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
