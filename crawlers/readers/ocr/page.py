"""From a picture to a `Page`: ruled tables by their cells, the rest as lines in reading order, and how far to trust it.

`draft_of` recognises one picture, `pages_of` makes the pages of a document of its drafts together, since series of headings
and tables run over pages.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from crawlers.readers.interface import Budget
from crawlers.readers.lines import Line, classify
from crawlers.readers.ocr.cells import POINT, cells_of, grids_of, ink_in, lone_rules, read_cell, rules_of
from crawlers.readers.ocr.engine import SPARSE, Engine
from crawlers.readers.ocr.numerals import DigitReader, settled
from crawlers.readers.ocr.order import in_order
from crawlers.readers.ocr.picture import (
    despeckled,
    ground_of,
    ink_of,
    leaders_of,
    letter_height,
    paint_out,
    spots_of,
    straightened,
    upright,
)
from crawlers.readers.ocr.spelling import LEADER, Sheet, Spelt, leader_lines, spelt
from crawlers.readers.ocr.trust import is_noise, passed_over, says_something, trust_in
from crawlers.readers.ocr.types import Box, TextRow
from crawlers.readers.pdf_lines import column_of, paragraphs
from crawlers.readers.pdf_tables import Grid, fill
from crawlers.readers.pdf_text import TextLine
from crawlers.readers.tables import Cell, heading_rows, row_blocks
from ita_rules.run.types import Block, Image, Page, Zone

SQUEEZE = 0.8
"""How narrow a page is made for the engine; see `Engine.show`."""

BOLD = 1.25
"""Print is bold whose strokes are so many times as wide as those of most of the page."""

POOR = 0.5
"""A page of less trust may stand on its side or head; it is read in the other directions too, and the best is kept."""


@dataclass(slots=True)
class Draft:
    """A recognised picture: its lines in reading order, its tables, its size in points, and the trust in it (0-1).

    `text` is all of its text, one line of print a line.
    """

    lines: list[TextLine]
    tables: list[tuple[Grid, list[TextLine]]]
    width: float
    height: float
    trust: float
    symbols: int = 0
    text: str = ""


@dataclass(slots=True)
class _Table:
    rows: list[list[Cell]]
    heads: set[int]
    xs: list[float]
    top: float
    parts: list[list[Cell]] = field(default_factory=list)


def draft_of(grey: Any, engine: Engine, until: float, digits: DigitReader) -> Draft:
    """What stands in a picture (numpy uint8, height x width, about 200 dpi), turned upright and straightened first.

    Boxes that `digits` is given lie in the straightened picture without its rules.

    `until` is the moment of `time.monotonic` at which `TimeoutError` is raised; `digits` reads the Thai digits of a row.
    """
    straight = upright(grey)
    best: Draft | None = None
    for turn in (0, 2, 1, 3) if straight else (1, 3, 0, 2):
        made = _draft(straightened(_turned(grey, turn)), engine, until, digits)
        best = made if best is None or (made.symbols > 0, made.trust) > (best.symbols > 0, best.trust) else best
        if best.trust >= POOR and (best.symbols or straight):
            break
    assert best is not None
    return best


def _turned(grey: Any, turns: int) -> Any:
    """The picture turned so many quarters anticlockwise."""
    import numpy

    return numpy.ascontiguousarray(numpy.rot90(grey, turns)) if turns else grey


def _draft(grey: Any, engine: Engine, until: float, digits: DigitReader) -> Draft:
    height, width = grey.shape
    ink = ink_of(grey)
    if (quiet := despeckled(grey, spots_of(ink))) is not grey:
        grey, ink = quiet, ink_of(quiet)
    rules = rules_of(ink)
    grids = grids_of(rules)
    ground = ground_of(grey)
    clean = grey.copy()
    if rules.across or rules.down:
        clean[rules.mask > 0] = ground
        ink[rules.mask > 0] = 0
    spots = spots_of(ink)
    usual = letter_height(spots) or 22.0
    if leaders := leaders_of(spots, usual):
        paint_out(clean, leaders, ground)
        paint_out(ink, leaders, 0)
        spots = spots_of(ink)
    leaders += lone_rules(rules, grids, spots, usual)
    sheet = Sheet(clean, ink, spots, usual, leaders)

    def read(rows: Iterable[TextRow]) -> list[Spelt]:
        made = (spelt(settled(row, digits(clean, row)), sheet) for row in rows)
        return [line for line in made if line is not None]

    boxes: list[Box] = []
    noise: list[Spelt] = []
    celled: list[tuple[Grid, list[Spelt]]] = []
    for grid in grids:
        rows = [row for box in _inked(grid, sheet) for row in read_cell(engine, clean, ink, box, usual, _left(until))]
        found = read(rows)
        boxes.append(_area(grid))
        if says_something(found):
            celled.append((grid, found))
        else:
            noise += found  # the lines of a picture that cross
    loose: list[Spelt] = []
    if _any_outside(spots, boxes, usual):
        rest = clean
        if boxes:
            rest = clean.copy()
            paint_out(rest, boxes, ground)
        engine.show(rest, SQUEEZE)
        rows = engine.read(SPARSE, _left(until))
        boxes += [row.box for row in rows]
        loose = [*read(rows), *leader_lines(sheet, rows)]
    noise += [line for line in loose if is_noise(line)]
    ordered = in_order([line for line in loose if not is_noise(line)], width * POINT)
    lines = [line for line in ordered if line.line.text.strip(f"{LEADER} ")]
    everything = [*lines, *(line for _, found in celled for line in found)]
    _mark_bold(everything)
    text = "\n".join(line.line.text for line in everything)
    return Draft(
        [line.line for line in lines],
        [(grid, [line.line for line in found]) for grid, found in celled],
        width * POINT,
        height * POINT,
        trust_in(everything, noise, passed_over(spots, boxes, usual)),
        len("".join(text.split())) + sum(len(line.line.text) for line in noise),
        text,
    )


def _left(until: float) -> float:
    """Seconds left. Raises `TimeoutError` where none is."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _inked(grid: Grid, sheet: Sheet) -> list[Box]:
    """The boxes of the ink in the cells of a grid that are not empty."""
    return [box for cell in cells_of(grid) if (box := ink_in(sheet.spots, cell, sheet.height)) is not None]


def _area(grid: Grid) -> Box:
    return round(grid.xs[0] / POINT), round(grid.ys[0] / POINT), round(grid.xs[-1] / POINT), round(grid.ys[-1] / POINT)


def _any_outside(spots: Any, areas: Sequence[Box], height: float) -> bool:
    """Whether anything of the size of print stands outside the tables."""
    x, y = spots[:, 0] + spots[:, 2] / 2, spots[:, 1] + spots[:, 3] / 2
    print_ = (spots[:, 3] >= 0.4 * height) & (spots[:, 4] >= 8)
    for left, top, right, bottom in areas:
        print_ &= ~((x > left) & (x < right) & (y > top) & (y < bottom))
    return bool(print_.any())


def _mark_bold(lines: Sequence[Spelt]) -> None:
    """Mark the lines whose strokes are plainly wider than those of most of the page's print."""
    weights = sorted((line.weight, len(line.line.text)) for line in lines if line.weight)
    total, count = sum(n for _, n in weights), 0
    for usual, letters in weights:
        count += letters
        if 2 * count >= total:
            for line in lines:
                line.line.bold = line.weight >= BOLD * usual
            return


def pages_of(drafts: Sequence[tuple[int, Draft | None]], images: dict[int, tuple[Image, ...]], budget: Budget) -> list[Page]:
    """The pages of drafts, each with its number; a None is left out. `images` are the pictures of pages, by number.

    A table at the top of a page that goes on from the one that ended the page before gets its column headings again.
    """
    made: list[tuple[int, Draft, list[list[Line] | _Table]]] = []
    before: tuple[int, _Table | None] = (-1, None)
    for number, draft in drafts:
        if draft is None:
            continue
        parts = _parts(draft)
        first, last = (parts[0], parts[-1]) if parts else (None, None)
        if isinstance(first, _Table) and before[0] == number - 1 and before[1] is not None:
            _inherit(first, before[1])
        before = number, last if isinstance(last, _Table) else None
        made.append((number, draft, parts))
    told = iter(classify([line for _, _, parts in made for part in parts if isinstance(part, list) for line in part]))
    pages: list[Page] = []
    for number, draft, parts in made:
        blocks: list[Block] = []
        tables = 0
        for part in parts:
            if isinstance(part, list):
                found = [next(told) for _ in part]
            else:
                found = row_blocks(part.rows, tables, headings=part.heads)
                tables += 1
            blocks.extend(block for block in found if budget.take(block.text, row=block.kind == "row"))
        pages.append(Page(number, tuple(blocks), method="ocr", trust=draft.trust, images=images.get(number, ())))
    return pages


def _parts(draft: Draft) -> list[list[Line] | _Table]:
    """Paragraphs and tables of a page from the top."""
    tables = []
    for grid, lines in draft.tables:
        rows, used = fill(grid, lines)
        if used:
            tables.append(_Table(rows, heading_rows(rows), grid.xs, grid.ys[0]))
    column = column_of(draft.lines or [line for _, lines in draft.tables for line in lines], draft.width)
    parts: list[list[Line] | _Table] = []
    stretch: list[tuple[TextLine, Zone]] = []
    for line in draft.lines:
        while tables and tables[0].top < line.box[1]:
            parts += [paragraphs(stretch, column), tables.pop(0)]
            stretch = []
        stretch.append((line, "main"))
        if LEADER in line.text:  # neither places to fill in nor lines of a table of contents run on
            parts.append(paragraphs(stretch, column))
            stretch = []
    parts += [paragraphs(stretch, column), *tables]
    return [part for part in parts if part]


def _inherit(table: _Table, before: _Table) -> None:
    """Give `table` the column headings of `before` where it has the same columns and none of its own."""
    same = len(table.xs) == len(before.xs) and all(abs(a - b) < 12 for a, b in zip(table.xs, before.xs, strict=True))
    heads = [before.rows[i] for i in sorted(before.heads)]
    if not same or not heads:
        return
    own = [[cell.text for cell in table.rows[i]] for i in sorted(table.heads)]
    if own and own == [[cell.text for cell in row] for row in heads]:
        return
    if not own or not all(any(cell.strong for cell in table.rows[i]) for i in table.heads):
        table.rows[:0] = [[replace(cell) for cell in row] for row in heads]
        table.heads = set(range(len(heads)))
