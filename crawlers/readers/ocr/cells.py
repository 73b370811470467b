"""Ruled tables of a picture: the rules found by their length, the grid they make, and each cell recognised by itself.

On a whole page a heading wrapped in a narrow column is torn apart by its neighbours (21 of 60 found whole, by cells 58 of
60). A cell without ink is not recognised, so that an empty cell stays empty; a cell with ink that says nothing to the
engine is `UNREAD`, so that it is never taken for empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from crawlers.readers.ocr.engine import DPI, LINE, Engine
from crawlers.readers.ocr.types import Box, Symbol, TextRow
from crawlers.readers.pdf_tables import Grid, Stroke, find_grids
from ita_rules.thai.fold import UNREAD

POINT = 72 / DPI
"""Points a pixel, at the resolution that all pictures are brought to."""

MIN_ACROSS, MIN_DOWN = 60, 45
"""Pixels from which a straight piece of ink is a rule: longer than any stroke of print of up to 24 points."""

LONG = 150
"""Pixels from which a rule stands for itself."""

MAX_RULES = 3_000
"""Rules of one picture; a picture with more (a drawing, a pattern) has no tables."""

MAX_CELLS = 3_000
"""Cells of one picture that are recognised by themselves."""

MARGIN = 10
"""Pixels of white that a cell's picture has around it."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a picture as strokes in points, and the mask (255) of their pixels."""

    across: list[Stroke]
    down: list[Stroke]
    mask: Any


def rules_of(ink: Any) -> Rules:
    """The straight level and upright rules in `ink` (255 ink, 0 ground).

    Short pieces count only where they run from one long rule to another: strokes of large print are as long.
    """
    import cv2
    import numpy

    def pieces(kernel: tuple[int, int], bridge: tuple[int, int], level: bool) -> list[tuple[Box, Any]]:
        # Small breaks of a scanned rule are bridged first; letters stand further apart.
        whole = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, bridge))
        opened = cv2.morphologyEx(whole, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, kernel))
        found = []
        outlines, _ = cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for outline in outlines[:MAX_RULES]:
            x, y, width, height = cv2.boundingRect(outline)
            thick, long = (height, width) if level else (width, height)
            if thick <= 14 or thick < 0.04 * long:
                found.append(((x, y, x + width, y + height), outline))
        return found

    flat = pieces((MIN_ACROSS, 1), (3, 1), True)
    tall = pieces((1, MIN_DOWN), (1, 3), False)
    long_flat = [box for box, _ in flat if box[2] - box[0] >= LONG]
    long_tall = [box for box, _ in tall if box[3] - box[1] >= LONG]
    flat = [(box, line) for box, line in flat if box[2] - box[0] >= LONG or _between(box, long_tall, across=True)]
    tall = [(box, line) for box, line in tall if box[3] - box[1] >= LONG or _between(box, long_flat, across=False)]
    mask = numpy.zeros_like(ink)
    cv2.drawContours(mask, [outline for _, outline in (*flat, *tall)], -1, 255, cv2.FILLED)
    mask = cv2.dilate(mask, numpy.ones((3, 3), numpy.uint8))
    across = [Stroke((y0 + y1) / 2 * POINT, x0 * POINT, x1 * POINT) for (x0, y0, x1, y1), _ in flat]
    down = [Stroke((x0 + x1) / 2 * POINT, y0 * POINT, y1 * POINT) for (x0, y0, x1, y1), _ in tall]
    return Rules(across, down, mask)


def _between(piece: Box, rules: Sequence[Box], *, across: bool) -> bool:
    """Whether a short piece runs from one long rule to another that crosses it: the border of a single cell."""
    x0, y0, x1, y1 = piece
    if across:
        ends, level = (x0, x1), (y0 + y1) // 2
        crossed = [(rule[0], rule[2]) for rule in rules if rule[1] - 6 <= level <= rule[3] + 6]
    else:
        ends, level = (y0, y1), (x0 + x1) // 2
        crossed = [(rule[1], rule[3]) for rule in rules if rule[0] - 6 <= level <= rule[2] + 6]
    return all(any(low - 5 <= end <= high + 5 for low, high in crossed) for end in ends)


def grids_of(rules: Rules) -> list[Grid]:
    """The ruled tables, from the top, edges in points."""
    if len(rules.across) + len(rules.down) > MAX_RULES:
        return []
    return [grid for grid in find_grids(rules.across, rules.down) if _sound(grid)]


def _sound(grid: Grid) -> bool:
    """Whether a grid is a table and not a drawing: cells as high as print, on the whole."""
    heights = sorted(b - a for a, b in zip(grid.ys, grid.ys[1:], strict=False))
    widths = sorted(b - a for a, b in zip(grid.xs, grid.xs[1:], strict=False))
    return len(grid.origin) <= MAX_CELLS and heights[len(heights) // 2] >= 8 and widths[len(widths) // 2] >= 8


def cells_of(grid: Grid) -> Iterator[Box]:
    """The boxes of a grid's cells in pixels, row by row; a merged cell once."""
    ends: dict[tuple[int, int], tuple[int, int]] = {}
    for slot, start in grid.origin.items():
        row, column = ends.get(start, start)
        ends[start] = (max(row, slot[0]), max(column, slot[1]))
    for (row, column), (last_row, last_column) in sorted(ends.items()):
        yield (
            round(grid.xs[column] / POINT), round(grid.ys[row] / POINT),
            round(grid.xs[last_column + 1] / POINT), round(grid.ys[last_row + 1] / POINT),
        )  # fmt: skip


def lone_rules(rules: Rules, grids: Sequence[Grid], spots: Any, height: float) -> list[Box]:
    """The boxes in pixels of level rules outside of tables with no print on them: places to fill in, dots run together.

    `spots` are those of the picture without rules, `height` that of its letters. An underline has its print above.
    """
    found: list[Box] = []
    middle_x, foot = spots[:, 0] + spots[:, 2] / 2, spots[:, 1] + spots[:, 3]
    letters = spots[:, 3] >= 0.5 * height
    for stroke in rules.across:
        if any(g.xs[0] - 6 <= stroke.start <= g.xs[-1] + 6 and g.ys[0] - 6 <= stroke.at <= g.ys[-1] + 6 for g in grids):
            continue
        left, right, level = round(stroke.start / POINT), round(stroke.end / POINT), round(stroke.at / POINT)
        above = letters & (middle_x > left) & (middle_x < right) & (foot > level - 0.9 * height) & (foot < level + 0.5 * height)
        if not above.any():
            found.append((left, level - 2, right, level + 2))
    return found


def ink_in(spots: Any, cell: Box, height: float) -> Box | None:
    """The box of the ink in a cell, None where it is empty.

    `spots` are those of the picture without its rules, `height` that of its letters in pixels. Specks and what is left of a
    rule along the cell's edges are no ink.
    """
    left, top, right, bottom = cell
    x, y, width, tall, area = (spots[:, i] for i in range(5))
    middle_x, middle_y = x + width / 2, y + tall / 2
    large = (area >= max(8.0, 0.02 * height * height)) & ((width >= 0.2 * height) | (tall >= 0.2 * height))
    inside = (middle_x > left + 2) & (middle_x < right - 2) & (middle_y > top + 2) & (middle_y < bottom - 2) & large
    edge = ((y + tall <= top + 7) | (y >= bottom - 7)) & (tall <= 6) | ((x + width <= left + 7) | (x >= right - 7)) & (width <= 6)
    kept = inside & ~edge
    if not kept.any():
        return None
    return (
        max(left, int(x[kept].min())), max(top, int(y[kept].min())),
        min(right, int((x + width)[kept].max())), min(bottom, int((y + tall)[kept].max())),
    )  # fmt: skip


def read_cell(engine: Engine, grey: Any, ink: Any, inked: Box, height: float, seconds: float) -> list[TextRow]:
    """The rows of the ink at `inked`, each line recognised by itself; boxes count from the picture's corner.

    `grey` and `ink` are the picture and its ink without rules, `height` that of its letters. Never empty: a dash is told by
    its shape, what cannot be read is one `UNREAD`. Raises `TimeoutError`.
    """
    left, top, right, bottom = inked
    if bottom - top <= 0.6 * (right - left) and bottom - top <= max(7.0, 0.3 * height):
        return [TextRow((Symbol("-", inked, 0.9),), inked)]
    rows: list[TextRow] = []
    for picture, down in lines_in(grey[top:bottom, left:right], ink[top:bottom, left:right], height):
        engine.show(picture)
        rows += [moved(row, left - MARGIN, top + down - MARGIN) for row in engine.read(LINE, seconds)]
    return rows or [TextRow((Symbol(UNREAD, inked, 0.0),), inked)]


def lines_in(grey: Any, ink: Any, height: float) -> Iterator[tuple[Any, int]]:
    """The lines of a cell's print as pictures with a margin, and how many pixels below the cell's top each begins.

    Asked for a block, the engine takes the marks over and under a short line for lines of their own. So lines are told by
    their letters; marks go with the letters that they are nearest to, and the other lines' ink is painted out.
    """
    import cv2
    import numpy

    def framed(part: Any) -> Any:
        return cv2.copyMakeBorder(part, MARGIN, MARGIN, MARGIN, MARGIN, cv2.BORDER_CONSTANT, value=ground)

    ground = int(numpy.percentile(grey, 90))
    if grey.mean() < 110:  # white print on a dark cell; its ink was not told as such
        grey, ground = 255 - grey, 255 - int(numpy.percentile(grey, 10))
        ink = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1]
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    tops, ends = stats[:, 1], stats[:, 1] + stats[:, 3]
    bands = _bands([(t, e) for t, e in zip(tops[1:].tolist(), ends[1:].tolist(), strict=True)], height)
    if len(bands) < 2:
        yield framed(grey), 0
        return
    middle = (tops + ends) / 2
    away = numpy.stack([numpy.maximum(0, numpy.maximum(a - middle, middle - b)) for a, b in bands])
    owner = away.argmin(axis=0)
    for number in range(len(bands)):
        own = owner == number
        own[0] = False
        first, last = int(tops[own].min()), int(ends[own].max())
        others = (ink[first:last] > 0) & ~own[labels[first:last]]
        part = grey[first:last].copy()
        part[cv2.dilate(others.astype(numpy.uint8), numpy.ones((3, 3), numpy.uint8)) > 0] = ground
        yield framed(part), first


def _bands(spots: list[tuple[int, int]], height: float) -> list[tuple[int, int]]:
    """Top and end of the letters of each line, told from the tops and ends of a cell's spots of ink."""
    bands: list[list[int]] = []  # top, end, letters
    for top, end in sorted((t, e) for t, e in spots if 0.6 * height <= e - t <= 1.4 * height):
        if bands and top < bands[-1][1]:
            bands[-1][1] = max(bands[-1][1], end)
            bands[-1][2] += 1
        else:
            bands.append([top, end, 1])
    # Two marks one over the other are as high as a letter, but nearer to their line than lines are to each other.
    at = 1
    while at < len(bands):
        before, band = bands[at - 1], bands[at]
        if (band[0] + band[1] - before[0] - before[1]) / 2 < 1.45 * height:
            del bands[at if band[2] < before[2] else at - 1]
        else:
            at += 1
    return [(top, end) for top, end, _ in bands]


def moved(row: TextRow, right: int, down: int) -> TextRow:
    """The row with all its boxes so many pixels further."""

    def shift(box: Box) -> Box:
        return box[0] + right, box[1] + down, box[2] + right, box[3] + down

    return TextRow(tuple(Symbol(s.text, shift(s.box), s.confidence, s.gap) for s in row.symbols), shift(row.box))
