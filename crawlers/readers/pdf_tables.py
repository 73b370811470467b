"""Ruled tables of a PDF page: the grid drawn by lines and thin boxes, and the text that stands in each cell.

Word and LibreOffice draw each cell's border by itself, some printers a whole grid in one path, some doubled lines. All
strokes are gathered, those on one line merged, and strokes that meet make one table. A missing piece of border between two
slots makes them one cell. Borderless tables are not guessed.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from crawlers.readers.lines import fold
from crawlers.readers.pdf_text import Place, Span, TextLine, join, mend
from crawlers.readers.tables import Cell, join_wrapped

NEAR = 3.0
"""Strokes nearer than this (points) are on one line: double borders, rounding."""

MAX_OBJECTS = 20_000
MAX_STROKES = 6_000
"""Bounds of what is looked at on one page; a page past them has no tables found."""

_Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stroke:
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


def grids_of(page: Any, place: Place) -> list[Grid]:
    """The grids drawn on a page (a pypdfium2 page), from the top."""
    across: list[Stroke] = []
    down: list[Stroke] = []
    for (ax, ay), (bx, by) in _segments(page.raw, place):
        if abs(ay - by) <= 1.0 and abs(ax - bx) > 1.0:
            across.append(Stroke((ay + by) / 2, min(ax, bx), max(ax, bx)))
        elif abs(ax - bx) <= 1.0 and abs(ay - by) > 1.0:
            down.append(Stroke((ax + bx) / 2, min(ay, by), max(ay, by)))
        if len(across) + len(down) > MAX_STROKES:
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

    for i, h in enumerate(flat):
        for j, v in enumerate(tall, len(flat)):
            if h.start - NEAR <= v.at <= h.end + NEAR and v.start - NEAR <= h.at <= v.end + NEAR:
                parent[root(i)] = root(j)
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

    for r in range(rows):
        middle = (ys[r] + ys[r + 1]) / 2
        for c in range(columns - 1):
            if not any(abs(s.at - xs[c + 1]) <= NEAR and s.start <= middle <= s.end for s in tall):
                tie((r, c), (r, c + 1))
    for c in range(columns):
        middle = (xs[c] + xs[c + 1]) / 2
        for r in range(rows - 1):
            if not any(abs(s.at - ys[r + 1]) <= NEAR and s.start <= middle <= s.end for s in flat):
                tie((r, c), (r + 1, c))
    settled = {slot: root(slot) for slot in origin}
    return Grid(xs, ys, settled) if len(set(settled.values())) > 1 else None


def fill(grid: Grid, lines: Sequence[TextLine]) -> tuple[list[list[Cell]], set[int]]:
    """The rows of `grid` with the text of `lines`, and the indices of the lines that have a part in it.

    A line may run through several cells: its pieces are dealt out by where they stand.
    """
    held: dict[tuple[int, int], list[tuple[list[Span], bool]]] = {}
    used: set[int] = set()
    for index, line in enumerate(lines):
        if not line.placed:
            continue
        parts: dict[tuple[int, int], list[Span]] = {}
        for span in line.spans:
            slot = grid.slot((span.x0 + span.x1) / 2, (span.top + span.bottom) / 2)
            if slot is not None:
                parts.setdefault(slot, []).append(span)
        for slot, spans in parts.items():
            held.setdefault(slot, []).append((spans, line.bold))
            used.add(index)
    cells = {slot: _cell(grid, slot, parts) for slot, parts in held.items()}
    rows = []
    for r in range(len(grid.ys) - 1):
        row = []
        for c in range(len(grid.xs) - 1):
            start = grid.origin[r, c]
            cell = cells.get(start, Cell(""))
            row.append(Cell(cell.text, strong=cell.strong, across=c > 0 and grid.origin[r, c - 1] == start, down=start[0] < r))
        rows.append(row)
    return rows, used


def _cell(grid: Grid, slot: tuple[int, int], parts: Sequence[tuple[list[Span], bool]]) -> Cell:
    right = max(grid.xs[c + 1] for (_, c), start in grid.origin.items() if start == slot)
    wide = right - grid.xs[slot[1]]
    printed = [line.spans for line in mend([TextLine(spans) for spans, _ in parts])]
    pieces = []
    for line, following in zip(printed, [*printed[1:], []], strict=True):
        # A line wrapped where the next word had no room; a word longer than two fifths of the cell can be parted.
        end = next((i for i, s in enumerate(following) if s.gap and i), len(following))
        word = following[end - 1].x1 - following[0].x0 if following else 0.0
        taken = max(s.x1 for s in line) - min(s.x0 for s in line)
        pieces.append((join(line), taken + min(word, 0.4 * wide) > wide - 12))
    return Cell(fold(join_wrapped(pieces)), strong=all(bold for _, bold in parts))


def _segments(page: Any, place: Place) -> Iterator[tuple[_Point, _Point]]:
    """The straight pieces of all paths of a page as displayed; a thin filled box is a line."""
    left = [MAX_OBJECTS]
    for points, fat in _paths(
        page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0, left
    ):
        shown = [[place.shown(*point) for point in part] for part in points]
        flat = [point for part in shown for point in part]
        if not flat:
            continue
        x0, x1 = min(p[0] for p in flat), max(p[0] for p in flat)
        y0, y1 = min(p[1] for p in flat), max(p[1] for p in flat)
        if min(x1 - x0, y1 - y0) <= 3.5:
            if y1 - y0 <= x1 - x0:
                yield (x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2)
            else:
                yield ((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1)
            continue
        for part in shown:
            px0, px1 = min(p[0] for p in part), max(p[0] for p in part)
            py0, py1 = min(p[1] for p in part), max(p[1] for p in part)
            if min(px1 - px0, py1 - py0) <= 3.5 and len(part) > 2:
                if py1 - py0 <= px1 - px0:
                    yield (px0, (py0 + py1) / 2), (px1, (py0 + py1) / 2)
                else:
                    yield ((px0 + px1) / 2, py0), ((px0 + px1) / 2, py1)
            elif fat:
                yield from pairwise(part)


_Matrix = tuple[float, float, float, float, float, float]


def _paths(
    holder: Any, count: Any, get: Any, outer: _Matrix, depth: int, left: list[int]
) -> Iterator[tuple[list[list[_Point]], bool]]:
    """Points of every path, form by form, part by part, and whether the path is stroked (else only thin parts count)."""
    for index in range(count(holder)):
        left[0] -= 1
        if left[0] < 0:
            return
        thing = get(holder, index)
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < 3:
            yield from _paths(
                thing, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, _matrix(thing, outer), depth + 1, left
            )
        if kind != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(thing, fill, stroke)
        if not (fill.value or stroke.value):
            continue
        parts = list(_parts(thing, _matrix(thing, outer), left))
        if parts:
            yield parts, bool(stroke.value)


def _matrix(thing: Any, outer: _Matrix) -> _Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, found):
        return outer
    a, b, c, d, e, f = found.a, found.b, found.c, found.d, found.e, found.f
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc, a * ob + b * od, c * oa + d * oc, c * ob + d * od,
        e * oa + f * oc + oe, e * ob + f * od + of,
    )  # fmt: skip


def _parts(path: Any, matrix: _Matrix, left: list[int]) -> Iterator[list[_Point]]:
    """The straight parts of a path, each a chain of points; a curve ends a chain."""
    a, b, c, d, e, f = matrix
    chain: list[_Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(pdfium.FPDFPath_CountSegments(path)):
        left[0] -= 1
        if left[0] < 0:
            return
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if kind != pdfium.FPDF_SEGMENT_LINETO:
            if len(chain) > 1:
                yield chain
            chain = []
        chain.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment) and len(chain) > 1:
            chain.append(chain[0])
    if len(chain) > 1:
        yield chain
