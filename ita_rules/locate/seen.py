"""Which of very many things were seen before, at about twelve bytes each.

A set of a hundred thousand links holds on to their texts and takes tens of megabytes. `Seen` keeps a 64-bit mark of each (`hash`
of what it is made of). Two things with one mark would be taken for one: of a million things about one run in forty million.
"""

from __future__ import annotations

from array import array

_MASK = (1 << 64) - 1
_FULL = 0.7


class Seen:
    """A set of 64-bit marks that only grows: open addressing in one array."""

    def __init__(self) -> None:
        self._table = array("Q", bytes(8 * 64))
        self._count = 0

    def add(self, mark: int) -> bool:
        """Note a mark (any whole number; its last 64 bits count); false where it was noted before."""
        mark = (mark & _MASK) or 1
        at = self._place(mark)
        if self._table[at] == mark:
            return False
        self._table[at] = mark
        self._count += 1
        if self._count > _FULL * len(self._table):
            self._grow()
        return True

    def __len__(self) -> int:
        return self._count

    def _place(self, mark: int) -> int:
        """Where a mark stands, or may be put."""
        table = self._table
        last = len(table) - 1
        at = (mark ^ mark >> 32) & last
        while table[at] and table[at] != mark:
            at = at + 1 & last
        return at

    def _grow(self) -> None:
        before = self._table
        self._table = array("Q", bytes(16 * len(before)))
        for mark in before:
            if mark:
                self._table[self._place(mark)] = mark
