"""Ruled tables of a PDF page: the grid drawn by lines and thin boxes, and the text that stands in each cell.

Word and LibreOffice draw each cell's border by itself, some printers a whole grid in one path, some doubled lines. All
strokes are gathered, those on one line merged, and strokes that meet make one table. A missing piece of border between two
slots makes them one cell. Borderless tables are not guessed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from crawlers.readers.lines import fold
from crawlers.readers.pdf_objects import Segment
from crawlers.readers.pdf_text import Span, TextLine, join, mend
from crawlers.readers.tables import Cell, join_wrapped

NEAR = 3.0
"""Strokes nearer than this (points) are on one line: double borders, rounding."""

MAX_STROKES = 6_000
"""A page with more strokes than this has no tables found."""


class Stroke(NamedTuple):
    """A straight piece of border: at `at` across, from `start` to `end` along."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Grid:
    """A table's grid: column edges `xs`, row edges `ys`, and for every slot the slot that its merged cell begins in."""

    xs: list[float]
    ys: list[float]
    origin: dict[tuple[int, int], tuple[int, int]]

    def slot(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of the cell at a point, None outside."""
        row, column = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        inside = 0 <= row < len(self.ys) - 1 and 0 <= column < len(self.xs) - 1
        return self.origin[row, column] if inside else None


def grids_of(segments: Sequence[Segment]) -> list[Grid]:
    """The grids that the straight strokes of a page make, from the top."""
    across: list[Stroke] = []
    down: list[Stroke] = []
    for (ax, ay), (bx, by) in segments:
        if abs(ay - by) <= 1.0 and abs(ax - bx) > 1.0:
            across.append(Stroke((ay + by) / 2, min(ax, bx), max(ax, bx)))
        elif abs(ax - bx) <= 1.0 and abs(ay - by) > 1.0:
            down.append(Stroke((ax + bx) / 2, min(ay, by), max(ay, by)))
    if not across or not down or len(across) + len(down) > MAX_STROKES:
        return []
    return find_grids(across, down)


def find_grids(across: Sequence[Stroke], down: Sequence[Stroke]) -> list[Grid]:
    """The grids that horizontal (`across`) and vertical (`down`) strokes make: two columns at least."""
    flat, tall = _merge(across), _merge(down)
    parent = list(range(len(flat) + len(tall)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    # Merged strokes come in the order of their places, so that those that a stroke can meet stand together.
    places = [v.at for v in tall]
    for i, h in enumerate(flat):
        for j in range(bisect_left(places, h.start - NEAR), bisect_right(places, h.end + NEAR)):
            if tall[j].start - NEAR <= h.at <= tall[j].end + NEAR:
                parent[root(i)] = root(len(flat) + j)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for i, stroke in enumerate([*flat, *tall]):
        groups.setdefault(root(i), ([], []))[i >= len(flat)].append(stroke)
    found = [grid for flats, talls in groups.values() if (grid := _grid(flats, talls)) is not None]
    return sorted(found, key=lambda g: (g.ys[0], g.xs[0]))


def _merge(strokes: Sequence[Stroke]) -> list[Stroke]:
    """Strokes on one line and touching, as one; what stays short is a dot or a tick."""
    merged: list[Stroke] = []
    lines: list[list[Stroke]] = []
    for stroke in sorted(strokes, key=lambda s: s.at):
        if lines and stroke.at - lines[-1][0].at <= NEAR:
            lines[-1].append(stroke)
        else:
            lines.append([stroke])
    for line in lines:
        at = sum(s.at for s in line) / len(line)
        start = end = None
        for stroke in sorted(line, key=lambda s: s.start):
            if start is None or end is None:
                start, end = stroke.start, stroke.end
            elif stroke.start <= end + NEAR:
                end = max(end, stroke.end)
            else:
                merged.append(Stroke(at, start, end))
                start, end = stroke.start, stroke.end
        if start is not None and end is not None:
            merged.append(Stroke(at, start, end))
    return [s for s in merged if s.end - s.start >= 6]


def _edges(strokes: Sequence[Stroke], low: float, high: float) -> list[float]:
    """The places of strokes, and the ends `low` and `high` of the strokes that cross them where no border is drawn."""
    places: list[float] = []
    for at in sorted(s.at for s in strokes):
        if not places or at - places[-1] > NEAR:
            places.append(at)
    if places and low < places[0] - 8:
        places.insert(0, low)
    if places and high > places[-1] + 8:
        places.append(high)
    return places


def _grid(flat: Sequence[Stroke], tall: Sequence[Stroke]) -> Grid | None:
    if not flat or not tall:
        return None
    xs = _edges(tall, min(s.start for s in flat), max(s.end for s in flat))
    ys = _edges(flat, min(s.start for s in tall), max(s.end for s in tall))
    rows, columns = len(ys) - 1, len(xs) - 1
    if columns < 2 or rows < 1 or rows * columns > 20_000:
        return None
    origin = {(r, c): (r, c) for r in range(rows) for c in range(columns)}

    def root(slot: tuple[int, int]) -> tuple[int, int]:
        while origin[slot] != slot:
            slot = origin[slot]
        return slot

    def tie(a: tuple[int, int], b: tuple[int, int]) -> None:
        first, second = sorted((root(a), root(b)))
        origin[second] = first

    at_x, at_y = [_at(tall, x) for x in xs], [_at(flat, y) for y in ys]
    for r in range(rows):
        middle = (ys[r] + ys[r + 1]) / 2
        for c in range(columns - 1):
            if not any(s.start <= middle <= s.end for s in at_x[c + 1]):
                tie((r, c), (r, c + 1))
    for c in range(columns):
        middle = (xs[c] + xs[c + 1]) / 2
        for r in range(rows - 1):
            if not any(s.start <= middle <= s.end for s in at_y[r + 1]):
                tie((r, c), (r + 1, c))
    settled = {slot: root(slot) for slot in origin}
    return Grid(xs, ys, settled) if len(set(settled.values())) > 1 else None


def _at(strokes: Sequence[Stroke], place: float) -> list[Stroke]:
    """The strokes on the line at `place`."""
    return [s for s in strokes if abs(s.at - place) <= NEAR]


def fill(grid: Grid, lines: Sequence[TextLine]) -> tuple[list[list[Cell]], set[int]]:
    """The rows of `grid` with the text of `lines`, and the indices of the lines that have a part in it.

    A line may run through several cells: its pieces are dealt out by where they stand.
    """
    held: dict[tuple[int, int], list[tuple[list[Span], bool]]] = {}
    used: set[int] = set()
    first, last = grid.ys[0], grid.ys[-1]
    for index, line in enumerate(lines):
        if not line.placed or line.box[3] < first or line.box[1] > last:
            continue
        parts: dict[tuple[int, int], list[Span]] = {}
        for span in line.spans:
            slot = grid.slot((span.x0 + span.x1) / 2, (span.top + span.bottom) / 2)
            if slot is not None:
                parts.setdefault(slot, []).append(span)
        for slot, spans in parts.items():
            held.setdefault(slot, []).append((spans, line.bold))
            used.add(index)
    ends: dict[tuple[int, int], float] = {}
    for (_, c), start in grid.origin.items() if held else ():
        ends[start] = max(ends.get(start, 0.0), grid.xs[c + 1])
    cells = {slot: _cell(ends[slot] - grid.xs[slot[1]], parts) for slot, parts in held.items()}
    rows = []
    for r in range(len(grid.ys) - 1):
        row = []
        for c in range(len(grid.xs) - 1):
            start = grid.origin[r, c]
            cell = cells.get(start, Cell(""))
            row.append(Cell(cell.text, strong=cell.strong, across=c > 0 and grid.origin[r, c - 1] == start, down=start[0] < r))
        rows.append(row)
    return rows, used


def _cell(wide: float, parts: Sequence[tuple[list[Span], bool]]) -> Cell:
    """The text of a cell of the width `wide` (points): its pieces, line by line."""
    printed = [line.spans for line in mend([TextLine(spans) for spans, _ in parts])]
    pieces = []
    for line, following in zip(printed, [*printed[1:], []], strict=True):
        # A line wrapped where the next word had no room; a word longer than two fifths of the cell can be parted.
        end = next((i for i, s in enumerate(following) if s.gap and i), len(following))
        word = following[end - 1].x1 - following[0].x0 if following else 0.0
        taken = max(s.x1 for s in line) - min(s.x0 for s in line)
        pieces.append((join(line), taken + min(word, 0.4 * wide) > wide - 12))
    return Cell(fold(join_wrapped(pieces)), strong=all(bold for _, bold in parts))
