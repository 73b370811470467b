"""The words around a link: the row of its table, its list item, its card.

Cells that reach down over several rows (``rowspan``) count for each of them; a table that only lays out the page is no row.
A row in which several codes of the form stand is the frame of several entries and no row either.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeAlias

from lxml import etree

from ita_rules.thai.codes import leading_code

MAX_ROW = 300
"""Characters of a row, and of each of its cells, that are kept."""

_MAX_TEXT = 4000
_MAX_STEPS = 20_000
_MAX_DATA = 2000
_MAX_SPAN = 500
_CODE = re.compile(r"(?<![A-Za-z0-9])[Oo0๐][\s.-]*[0-9๐-๙]{1,2}")
_SPAN = re.compile(r"[0-9]{1,6}")

_BREAKS = frozenset({"br", "hr", "img"})
_BLOCKS = frozenset("p div li td th h1 h2 h3 h4 h5 h6 ul ol table option dd".split())

Grids: TypeAlias = dict[Any, dict[Any, list[str]]]
"""The cells of each row of the tables that were laid out already."""


@dataclass(slots=True)
class Row:
    """An element that may be the row of a link; its words are gathered once, when a link first asks."""

    element: Any
    level: int
    text: str | None = None
    cells: tuple[str, ...] = ()
    shared: dict[Any, str] = field(default_factory=dict)
    """Of a row of several entries: the code of each of its links, where there are as many of them as codes."""


def text_of(element: Any) -> str:
    """The words of an element, blanks folded; of a very large one the beginning."""
    if not len(element):
        return " ".join((element.text or "")[:_MAX_TEXT].split())
    pieces: list[str] = []
    room = _MAX_TEXT
    for event, inner in islice(etree.iterwalk(element, events=("start", "end")), _MAX_STEPS):
        if event == "end":
            if inner is element:
                break
            piece = after(inner, inner.tag)
        else:
            piece = before(inner, inner.tag)
        if piece:
            # The blank of a new line takes no room.
            led = piece[0] == " "
            pieces.append(piece[: room + led])
            room -= len(piece) - led
            if room <= 0:
                break
    return " ".join("".join(pieces).split())


def before(element: Any, tag: str) -> str:
    """The words that stand first in an element; a blank before them where a browser starts a new line, so that the words of two
    blocks do not grow together."""
    text: str = element.text or ""
    return f" {text}" if tag in _BLOCKS else text


def after(element: Any, tag: str) -> str:
    """The words behind an element, with a blank in the same way."""
    text: str = element.tail or ""
    return f" {text}" if tag in _BREAKS or (text and tag in _BLOCKS) else text


def fill(row: Row, grids: Grids) -> bool:
    """Gather the words of a row; false where it is no row of data (a table that lays out the page)."""
    if row.text is None:
        row.text = ""
        if row.element.tag == "tr":
            if row.element.find(".//table") is None:
                cells = _cells(row.element, grids)
                text = " | ".join(cells)
                if _is_frame(row.element, text):
                    row.shared = _shared(row.element)
                elif sum(map(len, cells)) <= _MAX_DATA:
                    row.cells = tuple(sys.intern(c[:MAX_ROW]) for c in cells)
                    row.text = sys.intern(text[:MAX_ROW])
        else:
            text = text_of(row.element)
            if not _is_frame(row.element, text):
                row.text = sys.intern(text[:MAX_ROW])
    return bool(row.text)


def _is_frame(element: Any, text: str) -> bool:
    """Whether lines that begin with several codes of the form stand in a row."""
    if len(set(_CODE.findall(text))) < 2:
        return False
    return len(_codes(element)) > 1


def _codes(element: Any) -> list[int]:
    """The different codes with which lines of an element begin, in their order."""
    return list(dict.fromkeys(code for words in element.itertext() if (code := leading_code(words))))


def _shared(tr: Any) -> dict[Any, str]:
    """The code of each link of a row that bears several entries one below the other ("O42, O43 | measures, report")."""
    codes, links = _codes(tr), [a for a in tr.iter("a") if a.get("href")]
    return dict(zip(links, (f"O{code}" for code in codes), strict=True)) if len(links) == len(codes) else {}


def _cells(tr: Any, grids: Grids) -> list[str]:
    """The words of the cells of a row, those that reach down from rows above included."""
    table = next(tr.iterancestors("table"), None)
    grid = grids.get(table)
    if grid is None:
        grid = grids[table] = {}
        if table is not None and table.find(".//*[@rowspan]") is not None:
            _lay_out(table, grid)
    return grid[tr] if tr in grid else [text_of(c) for c in tr if c.tag in ("td", "th")]


def _lay_out(table: Any, grid: dict[Any, list[str]]) -> None:
    """Put the cells of a table's rows into `grid`; `hanging` holds, by column, how many rows more a cell reaches down."""
    hanging: dict[int, tuple[int, str]] = {}
    for tr in table.iter("tr"):
        row: list[str] = []
        cells = [c for c in tr if c.tag in ("td", "th")]
        place = 0
        while cells or place in hanging:
            if place in hanging:
                left, text = hanging.pop(place)
                row.append(text)
                if left > 1:
                    hanging[place] = (left - 1, text)
                place += 1
                continue
            cell = cells.pop(0)
            text, down, across = text_of(cell), _number(cell.get("rowspan")), _number(cell.get("colspan"))
            row.append(text)
            for n in range(across):
                if down > 1:
                    hanging[place + n] = (down - 1, text if n == 0 else "")
            place += across
            if place > _MAX_SPAN:
                break
        grid[tr] = row


def _number(span: str | None) -> int:
    return max(1, min(int(span), _MAX_SPAN)) if span and _SPAN.fullmatch(span.strip()) else 1
