"""Tables rebuilt from row lines: their heads (two levels joined) and bodies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from ita_rules.locate.lines import Line
from ita_rules.thai.fold import UNREAD, clean, key

_BLANK = re.compile(r"^[\s.…_\-–—]*$")
_DASHES = re.compile(r"^\s*[-–—]\s*$")
_NUMBERED = re.compile(r"^\s*[(]?[\d๐-๙]+[.)]?\s*$")
_SAYS = re.compile("[0-9A-Za-zก-ฮ]")  # a letter that every key keeps
_YEAR = re.compile(r"^\s*(?:25|20)\d\d\s*$")
_YEARS = 2  # years in a row that head columns
_MARKS = f"xX✓✔√●■▲◆*/{UNREAD}"


def filled(cell: str, zero: frozenset[str] = frozenset()) -> bool:
    """Whether a cell says something: letters or digits (unread ones too), or a mark that the rule allows as a zero (``-``)."""
    if _BLANK.match(cell):
        return bool(_DASHES.match(cell)) and "-" in zero
    return _SAYS.search(cell) is not None or bool(key(cell)) or any(c in _MARKS for c in cell)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `heads` holds the words of each column's head, `rows` the body's lines in order."""

    heads: tuple[str, ...]
    head_lines: tuple[Line, ...]
    rows: tuple[Line, ...]

    def head(self, index: int) -> str:
        """The head of a column as the source writes it: of several levels the first that says something."""
        cells = (h.block.cells[index] for h in self.head_lines if index < len(h.block.cells))
        return next((cell for cell in cells if cell.strip()), self.heads[index] if index < len(self.heads) else "")

    def column(self, index: int) -> list[tuple[Line, str]]:
        """The cells of a column with their lines, without rows that only group others."""
        return [(r, r.block.cells[index] if index < len(r.block.cells) else "") for r in self.rows if not is_group_row(r)]


def is_group_row(line: Line) -> bool:
    """Whether a row only groups others (one text over all columns, or words in one cell alone) or is empty.

    A number alone is a row whose other cells were left blank.
    """
    texts = {c.strip() for c in line.block.cells if c.strip()}
    return len(line.block.cells) > 1 and len(texts) <= 1 and not any(_NUMBERED.match(t) for t in texts)


def _looks_like_head(line: Line) -> bool:
    """Whether a row is one of short words; years that follow one upon another head columns too."""
    cells = [c for c in line.block.cells if c.strip()]
    years = [int(clean(c)) for c in cells if _YEAR.match(clean(c))]
    words = [c for c in cells if not (len(years) >= _YEARS and _YEAR.match(clean(c)))]
    if any(after - before != 1 for before, after in pairwise(years)):
        return False
    return len(words) >= 2 and not any(_NUMBERED.match(c) for c in words) and all(len(key(c)) <= 60 for c in words)


def tables(lines: Sequence[Line]) -> list[Table]:
    """Every table in some lines. A head is what the source marks as one, else a first row of short words.

    A table that goes on over a page break without its head (or with it repeated) is one with the table before it.
    """
    found: list[Table] = []
    for (_, number), group in groupby(lines, key=lambda x: (x.page.number, x.block.table if x.block.kind == "row" else -1)):
        rows = list(group)
        if number < 0:
            continue
        heads = [r for r in rows if r.block.header]
        width = max((len(r.block.cells) for r in rows), default=0)
        goes_on = bool(found) and len(found[-1].heads) == width and _follows(found[-1], rows)
        marked = goes_on and bool(found[-1].head_lines) and all(h.block.header for h in found[-1].head_lines)
        if heads:
            first = rows.index(heads[0])
            heads = [r for r in rows[first:] if r.block.header][: 3 if len(heads) > 1 else 1]
            heads = _leading(rows[first:], heads)
            body = [r for r in rows[first:] if r not in heads and not _same(r, heads)]
        elif rows and not marked and _looks_like_head(rows[0]):  # where the source marks heads, a row without one has none
            heads, body = rows[:1], rows[1:]
        else:
            heads, body = [], rows
        if (found and heads and found[-1].head_lines and _joined(heads, width) == found[-1].heads) or (
            goes_on and not heads and found[-1].heads
        ):
            found[-1] = Table(found[-1].heads, found[-1].head_lines, found[-1].rows + tuple(body))
        else:
            found.append(Table(_joined(heads, width), tuple(heads), tuple(body)))
    return found


def _leading(rows: list[Line], heads: list[Line]) -> list[Line]:
    lead = []
    for row in rows:
        if row not in heads:
            break
        lead.append(row)
    return lead


def _same(row: Line, heads: list[Line]) -> bool:
    return any(row.block.cells == h.block.cells for h in heads)


def _follows(table: Table, rows: list[Line]) -> bool:
    last = (table.rows or table.head_lines)[-1]
    return rows[0].page.number == last.page.number + 1


def _joined(heads: Sequence[Line], width: int) -> tuple[str, ...]:
    """Words of each column's head; words of two levels are joined unless they are the same (a merged cell)."""
    columns = []
    for i in range(width):
        words: list[str] = []
        for head in heads:
            cell = clean(head.block.cells[i]).strip() if i < len(head.block.cells) else ""
            if cell and cell not in words:
                words.append(cell)
        columns.append(" ".join(words))
    return tuple(columns)
