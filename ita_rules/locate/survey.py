"""What the pages of a run say of a rule set's items: each page is looked at once, so that asking again costs what is new."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from ita_rules.locate.titles import STRONG, WEAK, Titles, link_code
from ita_rules.run.links import Stem, stems_of
from ita_rules.run.types import Exchange, Link

if TYPE_CHECKING:
    from ita_rules.locate.memory import Memory

LEAST_OF_PART = 2
"""Items on the page of one sub-indicator, at least."""

LEAST_TITLES = 8
"""Items whose titles stand on a list of the form without codes, at least."""

_HEADING = 0.9  # how much less a page's title or heading tells than the words of a link
_TITLE_PARTS = re.compile(r"\s[-–—|:»>]+\s|[|»]")

Heads: TypeAlias = tuple[tuple[str, ...], tuple[tuple[str, float], ...]]
"""The parts of a page's title with its first heading, and the concepts that they name with how well."""


class Survey:
    """What the pages that a memory has taken in say of the items of one rule set.

    `lists` are the pages that may list items, were nothing of them the site's frame; `scored` the distinct links that name a
    concept well enough to tell, with how well, and `best` how well each distinct link names any (0: none).
    """

    def __init__(self, memory: Memory, titles: Titles) -> None:
        self.titles = titles
        self.lists: list[str] = []
        self.scored: list[tuple[Link, Mapping[str, float]]] = []
        self.best = array("d")
        self._memory = memory
        self._pages = 0
        self._same: dict[tuple[tuple[str, float], ...], Mapping[str, float]] = {}
        self._looked: dict[str, Exchange] = {}
        self._heads: dict[str, Heads] = {}

    def take_in(self) -> None:
        """Look at the pages that are new."""
        for key, links, places in self._memory.taken_in(self._pages, len(self.best)):
            stems = stems_of(links)
            for place in places:
                scores = self.titles.link_scores(stems[place])
                self.best.append(max(scores.values(), default=0.0))
                if self.best[-1] >= WEAK:
                    self.scored.append((links[place], self._same.setdefault(tuple(scores.items()), scores)))
            if _may_list(stems, self.titles):
                self.lists.append(key)
            self._pages += 1

    def headed(self) -> Iterator[tuple[str, Heads]]:
        """The HTML pages (final keys) whose own title or first heading names a concept."""
        for key, exchange in self._memory.run.exchanges.items():
            if self._looked.get(key) is not exchange:
                self._looked[key] = exchange
                self._heads.pop(key, None)
                heads = _heads(exchange) if key == exchange.final_key and _is_page(exchange) else ()
                named = tuple((c, _HEADING * score) for head in heads for c, score in self.titles.scores(head).items())
                if named:
                    self._heads[key] = heads, named
            if key in self._heads:
                yield key, self._heads[key]


def _is_page(exchange: Exchange) -> bool:
    return not exchange.cause and "html" in exchange.media_type


def _heads(exchange: Exchange) -> tuple[str, ...]:
    """The parts of a page's title, and its first heading."""
    parts = (p.strip() for p in _TITLE_PARTS.split(exchange.title))
    return tuple(dict.fromkeys(p for p in (*parts, *exchange.headings[:1]) if p))


def _may_list(stems: Sequence[Stem], titles: Titles) -> bool:
    """Whether a page with these links could be an ITA page: what holds whatever else of the site is found."""
    codes: set[int] = set()
    named: set[str] = set()
    for stem in stems:
        if stem.zone == "main":
            code = link_code(stem)
            codes.update(() if code is None else (code,))
            named |= titles.items_named(stem, STRONG)
            if len(codes) >= LEAST_OF_PART or len(named) >= LEAST_TITLES:
                return True
    return False
