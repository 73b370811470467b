"""The links of a whole run: each page's packed, unpacked when somebody looks at them; where they lead is at hand for all.

A run of five thousand pages has seven hundred thousand links. Whoever walks the site (how many clicks to a page, is it linked at
all) only asks where they lead, by `targets_of`; the words are looked at page by page. What was unpacked last stays unpacked.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from copy import copy
from itertools import count

from ita_rules.run.links import Links, Stem, held, stems_of
from ita_rules.run.menus import Menus
from ita_rules.run.packed import Packed, Place, Recent
from ita_rules.run.types import Link

MOST_LINKS = 30_000
"""Links that stay unpacked. One of a page's own takes about 400 bytes, one of a menu 8."""

LISTED = frozenset({"sitemap", "feed"})
"""Kinds of link in what is made for machines: they say that a page is there, not that a visitor can click his way to it."""

_LISTED = 1 << 31  # marks the number of a target to which only a list for machines leads


class StoredLinks(Links):
    """The links of a page that lie packed until one is asked for."""

    __slots__ = ("_graph", "_length", "_number", "_place")

    def __init__(self, source: str, length: int, place: Place, number: int, graph: LinkGraph) -> None:
        self.source = source
        self._length, self._place, self._number, self._graph = length, place, number, graph

    @property
    def stems(self) -> tuple[Stem, ...]:  # type: ignore[override]
        """The stems, unpacked."""
        return self._graph.whole(self).stems

    @property
    def orders(self) -> tuple[int, ...] | None:  # type: ignore[override]
        """The places where they are not simply 0, 1, 2, …, unpacked."""
        return self._graph.whole(self).orders

    def link(self, place: int) -> Link:
        """The link at a place (from 0), of links that are unpacked once for it."""
        return self._graph.whole(self).link(place)

    def __iter__(self) -> Iterator[Link]:
        return iter(self._graph.whole(self))

    def __len__(self) -> int:
        return self._length

    __hash__ = None  # type: ignore[assignment]


class LinkGraph(MutableMapping[str, Sequence[Link]]):
    """The links of pages by the key of the page, held packed. `most` is how many stay unpacked. Safe for threads that read."""

    def __init__(
        self, given: Mapping[str, Sequence[Link]] | Iterable[tuple[str, Sequence[Link]]] = (), *, most: int = MOST_LINKS
    ) -> None:
        self._packed, self._menus = Packed(), Menus()
        self._recent: Recent[int, Links] = Recent(most)
        self._pages: dict[str, Sequence[Link]] = {}
        self._leads: dict[str, array[int]] = {}
        self._targets: dict[str, int] = {}
        self._names: list[str] = []
        self._numbers = count(1)
        self.update(given)

    @classmethod
    def of(cls, links: Mapping[str, Sequence[Link]]) -> LinkGraph:
        """A mapping of its own with the links of some pages; those that are packed already lie where they are."""
        if not isinstance(links, LinkGraph):
            return cls(links)
        made = copy(links)
        made._pages, made._leads = dict(links._pages), dict(links._leads)
        return made

    def keep(self, page: str, links: Sequence[Link]) -> None:
        """Take in the links of a page."""
        links = held(links)
        number = next(self._numbers)  # one that is taken in again is another: who looks at the old one sees the old one
        self._leads[page] = array("I", map(self._lead, stems_of(links)))
        self._pages[page] = links
        if isinstance(links, Links):
            whole = Links(links.source, links.stems, links.orders) if isinstance(links, StoredLinks) else links
            self._pages[page] = StoredLinks(links.source, len(links), self._packed.put(self._menus.pack(whole)), number, self)
            self._recent.put(number, whole, len(links))

    def whole(self, stored: StoredLinks) -> Links:
        """The links of a page, unpacked. Raises `RunError` where they cannot be read back."""
        known = self._recent.get(stored._number)
        if known is not None:
            return known
        found = self._menus.unpack(stored.source, self._packed.get(stored._place))
        return self._recent.put(stored._number, found, len(found))

    def targets(self, page: str, *, listed: bool = False) -> Iterator[tuple[int, str]]:
        """The place and the target of each link of a page that leads somewhere; of lists for machines only where `listed`."""
        names = self._names
        for place, lead in enumerate(self._leads.get(page, ())):
            if lead and (listed or lead < _LISTED):
                yield place, names[(lead & ~_LISTED) - 1]

    def leading_to(self, keys: Collection[str]) -> Iterator[str]:
        """The pages with a link to any of some addresses, lists for machines among them."""
        numbers = [self._targets[key] for key in keys if key in self._targets]
        for page in self._pages:
            leads = self._leads[page]
            if any(number in leads or number | _LISTED in leads for number in numbers):
                yield page

    def allow(self, most: int) -> None:
        """Let so many links stay unpacked from now on."""
        self._recent.most = most

    def in_order(self) -> LinkGraph:
        """The same links in the order of their pages."""
        made = LinkGraph.of(self)
        made._pages = dict(sorted(self._pages.items()))
        return made

    def _lead(self, stem: Stem) -> int:
        """The number of a link's target, from 1 on; 0 where it leads nowhere."""
        if not stem.target:
            return 0
        number = self._targets.get(stem.target)
        if number is None:
            self._names.append(stem.target)
            number = self._targets[stem.target] = len(self._names)
        return number | _LISTED if stem.kind in LISTED else number

    def __getitem__(self, page: str) -> Sequence[Link]:
        return self._pages[page]

    def __setitem__(self, page: str, links: Sequence[Link]) -> None:
        self.keep(page, links)

    def __delitem__(self, page: str) -> None:
        del self._pages[page], self._leads[page]

    def __iter__(self) -> Iterator[str]:
        return iter(self._pages)

    def __len__(self) -> int:
        return len(self._pages)


def targets_of(links: Mapping[str, Sequence[Link]], page: str, *, listed: bool = False) -> Iterator[tuple[int, str]]:
    """As `LinkGraph.targets`, of any links by page."""
    if isinstance(links, LinkGraph):
        return links.targets(page, listed=listed)
    stems = stems_of(links.get(page, ()))
    return ((n, s.target) for n, s in enumerate(stems) if s.target and (listed or s.kind not in LISTED))


def leading_to(links: Mapping[str, Sequence[Link]], keys: Collection[str]) -> Iterator[str]:
    """As `LinkGraph.leading_to`, of any links by page."""
    if isinstance(links, LinkGraph):
        return links.leading_to(keys)
    return (page for page, found in links.items() if any(stem.target in keys for stem in stems_of(found)))
