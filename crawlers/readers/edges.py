"""Tables whose cells know only where their edges lie (old Word, RTF, shapes of old slides): from edges to a grid."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from crawlers.readers.tables import MAX_SPAN, Cell

NEAR, FAR = 30, 150
"""Twentieths of a point. Rows drawn by hand differ: edges nearer than `NEAR` are always one, those farther than `FAR` never."""

Merge = Literal["", "first", "on"]


@dataclass(frozen=True, slots=True)
class Edged:
    """A cell with its left and right edge, in whatever unit its table has; `right` is 0 where the file does not say.

    `down` is ``first`` for a cell that goes on in the rows below and ``on`` for its continuation there; `beside` is the same
    along the row.
    """

    text: str
    left: int = 0
    right: int = 0
    down: Merge = ""
    beside: Merge = ""
    head: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a table's row: `edges` in twentieths of a point (one more than cells), merges by cell, heading row or not."""

    edges: tuple[int, ...] = ()
    down: tuple[Merge, ...] = ()
    beside: tuple[Merge, ...] = ()
    head: bool = False


def grid(rows: Sequence[Sequence[Edged]]) -> list[list[Cell]]:
    """The rows with a slot for every column. Rows of as many cells each need no edges: the order tells the columns."""
    same = len({len(row) for row in rows}) <= 1 or any(cell.right <= cell.left for row in rows for cell in row)
    lines = [] if same else _lines(rows)
    above: dict[int, Cell] = {}
    result = []
    for row in rows:
        slots: list[Cell] = []
        for cell in row:
            at, wide = len(slots), 1
            if lines:
                at = max(at, _nearest(lines, cell.left))
                wide = max(1, min(_nearest(lines, cell.right) - at, MAX_SPAN))
            slots += [Cell("")] * (min(at, MAX_SPAN) - len(slots))
            slots += _slots(cell, wide, slots, above)
        result.append(slots)
    return result


def _slots(cell: Edged, wide: int, before: Sequence[Cell], above: dict[int, Cell]) -> list[Cell]:
    at = len(before)
    if cell.beside == "on" and before and not cell.text:
        return [replace(before[-1], across=True)] * wide
    if cell.down == "on" and at in above:
        return [replace(above[at], across=i > 0, down=True) for i in range(wide)]
    first = Cell(cell.text, cell.head, cell.strong)
    for column in range(at, at + wide):
        above.pop(column, None)
    if cell.down == "first":
        above[at] = first
    return [first, *[replace(first, across=True)] * (wide - 1)]


def _lines(rows: Sequence[Sequence[Edged]]) -> list[int]:
    """The edges of all rows, those close together as one."""
    narrow = min(cell.right - cell.left for row in rows for cell in row)
    near = min(max(NEAR, narrow // 3), FAR)
    found: list[int] = []
    for edge in sorted({edge for row in rows for cell in row for edge in (cell.left, cell.right)}):
        if not found or edge - found[-1] > near:
            found.append(edge)
    return found


def _nearest(lines: Sequence[int], edge: int) -> int:
    at = bisect_left(lines, edge)
    return at - 1 if at == len(lines) or (at > 0 and edge - lines[at - 1] <= lines[at] - edge) else at
