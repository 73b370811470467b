"""How the links of many pages are held: what equal links share is there once.

Most links of a site are its menu, which stands on every page: a run of two thousand pages has three hundred thousand links and
some thousands of different ones. A `Stem` is what a link is apart from the page it stands on and its place there; `Links` is a
page's links as references to stems, and makes a `Link` when one is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any, overload

from ita_rules.run.codec import inflate, squeeze
from ita_rules.run.types import Link, LinkKind, Zone

_quoted = encode_basestring
"""A text as JSON, letters as they are: what `ita_rules.run.codec.dumps` makes of it, without an encoder for each."""


@dataclass(slots=True, eq=False)
class Stem:
    """A link without its page and place; the fields are those of `Link`. Compared by identity: equal ones are one (`stem_of`) as
    long as they are in use."""

    target: str
    url: str
    kind: LinkKind
    text: str
    row: str
    cells: tuple[str, ...]
    heading: str
    zone: Zone
    section: str


# A site's menu has some hundreds of links; fifty sites may be gathered at once. What falls out of here is only not shared.
@lru_cache(maxsize=2048)
def stem_of(
    target: str,
    url: str,
    kind: LinkKind = "a",
    text: str = "",
    row: str = "",
    cells: tuple[str, ...] = (),
    heading: str = "",
    zone: Zone = "main",
    section: str = "",
) -> Stem:
    """The one stem with these fields."""
    return Stem(target, url, kind, text, row, cells, heading, zone, section)


class Links(Sequence[Link]):
    """The links of one page: like a tuple of `Link`, equal to one that holds the same, made of shared stems.

    `source` is the key of the page, `stems` what stands there in its order, `orders` the places of the links where they are not
    simply 0, 1, 2, ….
    """

    __slots__ = ("orders", "source", "stems")

    def __init__(self, source: str, stems: Iterable[Stem], orders: Sequence[int] | None = None) -> None:
        self.source = source
        self.stems = tuple(stems)
        self.orders = None if orders is None or list(orders) == list(range(len(self.stems))) else tuple(orders)

    def link(self, place: int) -> Link:
        """The link at a place (from 0)."""
        stem = self.stems[place]
        order = place if self.orders is None else self.orders[place]
        return Link(
            self.source,
            stem.target,
            stem.url,
            stem.kind,
            stem.text,
            stem.row,
            stem.cells,
            stem.heading,
            stem.zone,
            order,
            stem.section,
        )

    @overload
    def __getitem__(self, index: int) -> Link: ...

    @overload
    def __getitem__(self, index: slice) -> Links: ...

    def __getitem__(self, index: int | slice) -> Link | Links:
        if isinstance(index, int):
            return self.link(range(len(self))[index])
        places = range(len(self))[index]
        return Links(self.source, self.stems[index], [p if self.orders is None else self.orders[p] for p in places])

    def __len__(self) -> int:
        return len(self.stems)

    def __iter__(self) -> Iterator[Link]:
        return map(self.link, range(len(self.stems)))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Links):
            return (
                (self.source == other.source or not self.stems)
                and len(self.stems) == len(other.stems)
                and self.orders == other.orders
                and all(a is b or astuple(a) == astuple(b) for a, b in zip(self.stems, other.stems, strict=True))
            )
        return tuple(self) == other if isinstance(other, tuple) else NotImplemented

    def __repr__(self) -> str:
        return f"Links({self.source!r}, {len(self.stems)} links)"


def held(links: Sequence[Link]) -> Sequence[Link]:
    """The same links in the form that shares; as they are where they stand on several pages."""
    if isinstance(links, Links):
        return links
    if len({link.source for link in links}) > 1:
        return tuple(links)
    return Links(links[0].source if links else "", map(stem_in, links), [link.order for link in links])


def stem_in(link: Link) -> Stem:
    """What a link is apart from its page and place."""
    return stem_of(link.target, link.url, link.kind, link.text, link.row, link.cells, link.heading, link.zone, link.section)


def stems_of(links: Sequence[Link]) -> Sequence[Stem]:
    """The stems of a page's links, in their order."""
    return links.stems if isinstance(links, Links) else [stem_in(link) for link in links]


@lru_cache(maxsize=1024)
def _around(stem: Stem) -> tuple[str, str]:
    """A stem as JSON, to stand before and behind the place of a link."""
    cells = ",".join(map(_quoted, stem.cells))
    ahead = map(_quoted, (stem.target, stem.url, stem.kind, stem.text, stem.row))
    section = f",{_quoted(stem.section)}]" if stem.section else "]"
    return f",{','.join(ahead)},[{cells}],{_quoted(stem.heading)},{_quoted(stem.zone)},", section


def pack_links(links: Sequence[Link]) -> bytes:
    """The links of a page as one compressed record: what `ita_rules.run.codec.pack_all` makes of them, with the stems written
    once and remembered."""
    kept = held(links)
    if not isinstance(kept, Links):
        return squeeze("[" + ",".join(_row(x) for x in kept) + "]")
    source = _quoted(kept.source)
    orders = range(len(kept)) if kept.orders is None else kept.orders
    around = map(_around, kept.stems)
    return squeeze(
        "[" + ",".join([f"[{source}{ahead}{order}{behind}" for (ahead, behind), order in zip(around, orders, strict=True)]) + "]"
    )


def _row(link: Link) -> str:
    ahead, behind = _around(stem_in(link))
    return f"[{_quoted(link.source)}{ahead}{link.order}{behind}"


_FIELDS = 11
_PLACE = 9  # of `order` among the fields of a link


def unpack_links(data: bytes) -> Sequence[Link]:
    """The links that `pack_links` or `pack_all` stored.

    Raises `ValueError` or `TypeError` for broken data.
    """
    sources: list[str] = []
    orders: list[int] = []
    stems: list[Stem] = []
    for row in json.loads(inflate(data)):
        if not isinstance(row, list) or not 3 <= len(row) <= _FIELDS:
            raise ValueError("no link")
        sources.append(row[0])
        orders.append(row[_PLACE] if len(row) > _PLACE else 0)
        stems.append(_stem([*row[1:_PLACE], *row[_PLACE + 1 :]]))
    if len(set(sources)) > 1:
        return tuple(Links(s, [stem], [order]).link(0) for s, stem, order in zip(sources, stems, orders, strict=True))
    return Links(sources[0] if sources else "", stems, orders)


def _stem(values: list[Any]) -> Stem:
    if len(values) > 5:
        values[5] = tuple(values[5])
    return stem_of(*values)
