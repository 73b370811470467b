"""From a row of symbols to a line of words with places: blanks where the ink has them, ำ put together, leaders back in.

The engine writes a blank after nearly every Thai glyph and its boxes of narrow glyphs are guesses; so blanks are told by
the columns without ink.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crawlers.readers.ocr.cells import POINT
from crawlers.readers.ocr.types import Box, TextRow
from crawlers.readers.pdf_text import Span, TextLine
from ita_rules.thai.fold import UNREAD

BLANK = 0.42
"""A gap of so many heights of a letter is a blank: letters stand up to 0.3 apart, blanks are 0.45 and wider."""

LINE_HEIGHT = 2.4
"""Height of a line of print in heights of its letters: room for marks above and below."""

LEADER = "........"
"""Stands for a row of dots of any length."""

_MARK = re.compile("^[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0e33\u0e30\u0e32\u0e45]")
_NIKHAHIT_AA = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is known of a picture while its rows are spelt out: `ink` (255) without rules and leaders, `spots` of it.

    `height` is that of most of its letters, `leaders` the boxes of rows of dots, all in pixels.
    """

    grey: Any
    ink: Any
    spots: Any
    height: float
    leaders: Sequence[Box] = ()


@dataclass(frozen=True, slots=True)
class Spelt:
    """A printed line: `line` with places in points, how sure the engine is of it (0-1), and how heavy its print is.

    `UNREAD` digits are left out of `confidence`, since nothing is claimed of them.
    `weight` is the width of a stroke in heights of a letter, 0 where it was not measured.
    """

    line: TextLine
    confidence: float
    weight: float = 0.0


def spelt(row: TextRow, sheet: Sheet) -> Spelt | None:
    """The row as a line of words, None where it has no symbol."""
    if not row.symbols:
        return None
    left, top, right, bottom = _bounds(row)
    height, middle = _letters(sheet, (left, top, right, bottom))
    ink = sheet.ink[max(top, 0) : bottom, max(left, 0) : right] > 0
    starts = _blanks(row, ink.any(axis=0), max(left, 0), height)
    dots = _dotted(row, sheet.leaders)
    pieces: list[tuple[str, int, int]] = []
    for index, symbol in enumerate(row.symbols):
        if index in dots:
            box = dots[index]
            pieces.append((LEADER, box[0], box[2]))
        if not pieces or index in starts or index in dots:
            pieces.append((symbol.text, symbol.box[0], symbol.box[2]))
        else:
            text, x0, x1 = pieces[-1]
            pieces[-1] = text + symbol.text, min(x0, symbol.box[0]), max(x1, symbol.box[2])
    up, down = (middle - LINE_HEIGHT * height / 2) * POINT, (middle + LINE_HEIGHT * height / 2) * POINT
    spans = [
        Span(composed(text), x0 * POINT, up, x1 * POINT, down, gap=number > 0) for number, (text, x0, x1) in enumerate(pieces)
    ]
    sure = [s.confidence for s in row.symbols if s.text != UNREAD]
    return Spelt(TextLine(spans), sum(sure) / len(sure) if sure else 1.0, _weight(ink) / height)


def composed(text: str) -> str:
    """Text with ำ and แ as one letter each."""
    return _NIKHAHIT_AA.sub("\\1\u0e33", text).replace("\u0e40\u0e40", "\u0e41")


def _bounds(row: TextRow) -> Box:
    return (
        min(row.box[0], *(s.box[0] for s in row.symbols)), row.box[1],
        max(row.box[2], *(s.box[2] for s in row.symbols)), row.box[3],
    )  # fmt: skip


def _letters(sheet: Sheet, box: Box) -> tuple[float, float]:
    """Height of the letters in a box and the level of their middle, in pixels; the sheet's and the box's where none is plain."""
    import numpy

    left, top, right, bottom = box
    spots = sheet.spots
    x, y = spots[:, 0] + spots[:, 2] / 2, spots[:, 1] + spots[:, 3] / 2
    here = spots[(x >= left) & (x < right) & (y >= top) & (y < bottom) & (spots[:, 3] >= 0.3 * (bottom - top))]
    here = here[(here[:, 3] >= 7) & (here[:, 2] >= 0.25 * here[:, 3])]
    if not len(here):
        return min(sheet.height, float(bottom - top)) or 1.0, (top + bottom) / 2
    order = here[numpy.argsort(here[:, 3])]
    # The middle half of the letters: neither marks nor those that reach above or below the line.
    half = order[len(order) // 4 : max(len(order) // 4 + 1, 3 * len(order) // 4)]
    return float(half[:, 3].mean()), float((half[:, 1] + half[:, 3] / 2).mean())


def _blanks(row: TextRow, columns: Any, left: int, height: float) -> set[int]:
    """Indices of the symbols that a blank stands before; `columns` tells which columns of the row have ink."""
    import numpy

    turns = numpy.flatnonzero(numpy.diff(columns.astype(numpy.int8)))
    symbols = row.symbols
    # A blank stands where two symbols meet, neither before a mark or a following vowel nor after a leading one.
    places = [
        (i, (symbols[i - 1].box[2] + symbols[i].box[0]) / 2)
        for i in range(1, len(symbols))
        if not _MARK.match(symbols[i].text) and symbols[i - 1].text[-1] not in "เแโใไ"
    ]
    found: set[int] = set()
    for a, b in zip(turns[:-1].tolist(), turns[1:].tolist(), strict=True):
        if not columns[b] and b - a >= BLANK * height and places:
            middle = left + (a + b + 1) / 2
            found.add(min(places, key=lambda place: abs(place[1] - middle))[0])
    return found


def leader_lines(sheet: Sheet, rows: Sequence[TextRow]) -> list[Spelt]:
    """Lines for the rows of dots that stand outside of all `rows`: before, between or after them."""
    found: list[Spelt] = []
    for box in sheet.leaders:
        middle = (box[0] + box[2]) / 2
        if any(r.box[0] < middle < r.box[2] and r.box[1] <= (box[1] + box[3]) / 2 <= r.box[3] + 4 for r in rows):
            continue
        # Dots stand on the base line, half a letter below the middle of their neighbours.
        level, half = box[3] - sheet.height / 2, LINE_HEIGHT * sheet.height / 2
        span = Span(LEADER, box[0] * POINT, (level - half) * POINT, box[2] * POINT, (level + half) * POINT)
        found.append(Spelt(TextLine([span]), 1.0))
    return found


def _dotted(row: TextRow, leaders: Sequence[Box]) -> dict[int, Box]:
    """The rows of dots within this line, by the index of the symbol that follows."""
    found: dict[int, Box] = {}
    for box in leaders:
        middle = (box[0] + box[2]) / 2
        if row.box[0] < middle < row.box[2] and row.box[1] <= (box[1] + box[3]) / 2 <= row.box[3] + 4:
            found.setdefault(sum((s.box[0] + s.box[2]) / 2 < middle for s in row.symbols), box)
    return found


def _weight(ink: Any) -> float:
    """Mean width in pixels of the strokes in a picture of ink (True), measured along its rows."""
    import numpy

    edges = int(numpy.count_nonzero(ink[:, 1:] & ~ink[:, :-1])) + int(numpy.count_nonzero(ink[:, 0])) if ink.size else 0
    return float(ink.sum()) / edges if edges else 0.0
