"""Reading order: sparse recognition finds rows anywhere and in no order; here they become lines, top to bottom, by columns."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, median

from crawlers.readers.ocr.spelling import Spelt
from crawlers.readers.pdf_text import TextLine

MIN_LINES = 4
"""Lines that each of two columns must have; two signatures side by side are no columns."""

MIN_SHARE = 0.22
"""Share of the page's width that the lines of a column have at least, on the whole."""


def in_order(rows: Sequence[Spelt], width: float) -> list[Spelt]:
    """The rows as lines in reading order on a page so many points wide: rows side by side joined, columns one by one."""
    sorted_rows = sorted(rows, key=lambda r: (_middle(r), r.line.box[0]))
    split = _columns(sorted_rows, width)
    if split is None:
        return _joined(sorted_rows)
    first, last, gutter = split
    inside = sorted_rows[first:last]
    left = [row for row in inside if row.line.box[0] < gutter]
    right = [row for row in inside if row.line.box[0] >= gutter]
    return [line for part in (sorted_rows[:first], left, right, sorted_rows[last:]) for line in _joined(part)]


def _joined(rows: Sequence[Spelt]) -> list[Spelt]:
    """Rows that come from the top; pieces of one printed line stand side by side in one line where no wide gap parts them."""
    levels: list[list[Spelt]] = []
    for row in rows:
        near = next((level for level in reversed(levels[-3:]) if _level(level[-1], row)), None)
        if near is None:
            levels.append([row])
        else:
            near.append(row)
    result: list[Spelt] = []
    for level in levels:
        level.sort(key=lambda r: r.line.box[0])
        line = level[0]
        for piece in level[1:]:
            if piece.line.box[0] - line.line.box[2] <= 1.2 * line.line.size:
                line = _together(line, piece)
            else:
                result.append(line)
                line = piece
        result.append(line)
    return result


def _level(a: Spelt, b: Spelt) -> bool:
    return abs(_middle(a) - _middle(b)) < 0.22 * min(a.line.size, b.line.size)


def _middle(row: Spelt) -> float:
    return (row.line.box[1] + row.line.box[3]) / 2


def _together(a: Spelt, b: Spelt) -> Spelt:
    first, *rest = b.line.spans
    spans = [*a.line.spans, first._replace(gap=True), *rest]
    return Spelt(TextLine(spans), fmean((a.confidence, b.confidence)), max(a.weight, b.weight))


def _columns(rows: Sequence[Spelt], width: float) -> tuple[int, int, float] | None:
    """The longest stretch of rows (first, one past the last) that stands in two columns, and where the gutter lies."""
    best: tuple[int, int, float] | None = None
    for step in range(30, 71, 2):
        gutter = width * step / 100
        start = 0
        for at in range(len(rows) + 1):
            if at < len(rows) and not rows[at].line.box[0] < gutter < rows[at].line.box[2]:
                continue
            stretch = rows[start:at]
            if (best is None or at - start > best[1] - best[0]) and _two(stretch, gutter, width):
                best = start, at, gutter
            start = at + 1
    return best


def _two(lines: Sequence[Spelt], gutter: float, width: float) -> bool:
    sides: tuple[list[float], list[float]] = ([], [])
    for line in lines:
        left, _, right, _ = line.line.box
        sides[left >= gutter].append(right - left)
    return all(len(side) >= MIN_LINES and median(side) >= MIN_SHARE * width for side in sides)
