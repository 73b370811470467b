"""Tables of web pages: which hold data and which only arrange the page, and the grid of those with data."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bs4 import Tag

from crawlers.readers.lines import fold
from crawlers.readers.tables import MAX_SPAN, Cell, spread

LONG_CELL = 400
"""Characters from which a cell with blocks of its own is a part of the page rather than a value."""

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SHADE = re.compile(r"background(?:-color)?\s*:\s*(?!\s*(?:#fff(?:fff)?\b|white|transparent|none|inherit|initial))", re.I)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.I)
_HEAD_CLASS = re.compile(r"^(?:t?head(?:er|ing)?|table-(?:head(?:er)?|primary|dark|info|success|warning|secondary))$", re.I)


def own_rows(table: Tag) -> list[Tag]:
    """The rows of `table` itself, not of tables in its cells."""
    rows: list[Tag] = []
    for child in table.find_all(("tr", "thead", "tbody", "tfoot"), recursive=False):
        rows.extend([child] if child.name == "tr" else child.find_all("tr", recursive=False))
    return rows


def is_layout(table: Tag, rows: Sequence[Tag]) -> bool:
    """Whether `table` only arranges the page.

    So it does when it says so, has one column, holds another table with words, a form that asks something, or cells that are
    whole parts of the page (headings, lists or several paragraphs, and long).
    """
    if str(table.get("role") or "").lower() in ("presentation", "none"):
        return True
    cells = [row.find_all(("td", "th"), recursive=False) for row in rows]
    if max((len(row) for row in cells), default=0) <= 1:
        return True
    if any(len(inner.find_all("tr")) > 1 or len(inner.find_all(("td", "th"))) > 3 for inner in table.find_all("table")):
        return True
    if any(len(form.find_all(("input", "select", "textarea"))) > 1 for form in table.find_all("form")):
        return True
    filled = [cell for row in cells for cell in row if cell.get_text(strip=True)]
    parts = [
        cell
        for cell in filled
        if len(cell.get_text()) > LONG_CELL and (cell.find(_HEADINGS) or len(cell.find_all(("p", "li", "div"))) > 3)
    ]
    if len(rows) <= 2:
        return bool(parts) or (len(rows) == 1 and any(cell.find(("ul", "ol", *_HEADINGS)) for cell in filled))
    return 2 * len(parts) > len(filled)


def grid_of(rows: Sequence[Tag], text_of: Callable[[Tag], str], most: int) -> list[list[Cell]]:
    """The cells of `rows` in their slots, spanning cells repeated; at most `most` rows."""
    carried: dict[int, tuple[int, Cell]] = {}
    grid: list[list[Cell]] = []
    for row in rows[: most + 1]:
        slots: list[Cell] = []
        head = row.parent is not None and row.parent.name == "thead"
        shaded = _shaded(row)
        for cell in row.find_all(("td", "th"), recursive=False):
            _fill(slots, carried)
            at = len(slots)
            text = fold(text_of(cell))
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            strong = shaded or _shaded(cell) or _bold(cell, text) or _bold(row, "")
            new = spread(text, across, head=head or cell.name == "th", strong=strong)
            slots.extend(new)
            if down > 1:
                for offset, slot in enumerate(new):
                    carried[at + offset] = (down - 1, Cell(slot.text, slot.head, slot.strong, slot.across, down=True))
            if len(slots) > 4 * MAX_SPAN:
                break
        _fill(slots, carried)
        grid.append(slots)
    return grid


def _fill(slots: list[Cell], carried: dict[int, tuple[int, Cell]]) -> None:
    """Put the cells that reach down from rows above into the next free slots."""
    while (found := carried.get(len(slots))) is not None:
        left, cell = found
        if left > 1:
            carried[len(slots)] = (left - 1, cell)
        else:
            del carried[len(slots)]
        slots.append(cell)


def _span(cell: Tag, key: str) -> int:
    value = str(cell.get(key) or "1").strip()
    return min(max(int(value), 1), MAX_SPAN) if value.isascii() and value.isdigit() else 1


def _shaded(node: Tag) -> bool:
    if node.get("bgcolor") and str(node["bgcolor"]).lower() not in ("#ffffff", "white", "#fff"):
        return True
    return bool(_SHADE.search(str(node.get("style") or ""))) or any(
        _HEAD_CLASS.match(c) for c in node.get_attribute_list("class") if c
    )


def _bold(node: Tag, text: str) -> bool:
    if _BOLD.search(str(node.get("style") or "")):
        return True
    if not text:
        return False
    heavy = sum(
        len(fold(b.get_text())) for b in node.find_all(("b", "strong", *_HEADINGS)) if b.find_parent(("b", "strong")) is None
    )
    return heavy >= 0.9 * len(text)
