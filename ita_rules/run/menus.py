"""How the links of a page are packed while a run is worked with: those of its menu as numbers, the rest as themselves.

Of a page's links most stand on the page before it too. They stay in memory once, for all pages; packing and unpacking a page
is then the work of the few links of its own.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence

from ita_rules.run.codec import dumps, inflate, squeeze
from ita_rules.run.links import Links, Stem

MOST_STEMS = 4096
"""Links of menus that stay in memory; the largest portals have some hundreds. What comes after them is packed with its page."""

_COUNT = 4  # bytes of the number of links, at the head of a record


class Menus:
    """Packs pages' links and unpacks them. It holds the links that two pages that came one after the other had in common."""

    def __init__(self) -> None:
        self._stems: list[Stem] = []
        self._numbers: dict[Stem, int] = {}
        self._near: frozenset[Stem] = frozenset()

    def __len__(self) -> int:
        return len(self._stems)

    def pack(self, links: Links) -> bytes:
        """The links of a page as a record that this object can unpack."""
        stems, near = links.stems, self._near
        self._near = frozenset(stems)
        numbers = array("I")
        own: list[Sequence[object]] = []
        for stem in stems:
            number = self._numbers.get(stem, 0)
            if not number and stem in near and len(self._stems) < MOST_STEMS:
                self._stems.append(stem)
                number = self._numbers[stem] = len(self._stems)
            numbers.append(number)
            if not number:
                own.append(_row(stem))
        head = len(numbers).to_bytes(_COUNT, "little")
        return head + numbers.tobytes() + squeeze(dumps([links.orders, own]))

    def unpack(self, source: str, record: bytes) -> Links:
        """The links of the page with the key `source`."""
        numbers = array("I")
        end = _COUNT + numbers.itemsize * int.from_bytes(record[:_COUNT], "little")
        numbers.frombytes(record[_COUNT:end])
        orders, own = json.loads(inflate(record[end:]))
        rows = iter(own)
        return Links(source, [self._stems[number - 1] if number else _stem(next(rows)) for number in numbers], orders)


def _row(stem: Stem) -> Sequence[object]:
    return (stem.target, stem.url, stem.kind, stem.text, stem.row, stem.cells, stem.heading, stem.zone, stem.section)


def _stem(row: list[object]) -> Stem:
    target, url, kind, text, around, cells, heading, zone, section = row
    assert isinstance(cells, list)
    # Not by `stem_of`: what stands on one page alone would crowd out the menus there.
    return Stem(target, url, kind, text, around, tuple(cells), heading, zone, section)  # type: ignore[arg-type]
