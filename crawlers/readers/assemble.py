"""From the parts that office and text readers find (lines, tables, pictures in their order) to a `Page`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crawlers.readers.interface import Budget
from crawlers.readers.lines import Line, classify, mark_of
from crawlers.readers.pdf_lines import LARGE
from crawlers.readers.pdf_quality import FEW_CHARS
from crawlers.readers.tables import Cell, heading_rows, is_usual_head, row_blocks, square
from ita_rules.run.types import Block, Image, Method, Page, Zone

_SENTENCE = 60  # letters from which the only cell of a row is a sentence
_WIDE = 3  # columns of a table from which a row with only its first cell filled is no row of it


@dataclass(slots=True)
class Table:
    """A table's rows. `heads` are the indices of its column headings, None where they have to be told from the rows.

    `goes_on` says that it is the table before, parted by an empty row.
    """

    rows: list[list[Cell]]
    heads: set[int] | None = None
    zone: Zone = "main"
    goes_on: bool = False


Part = Line | Table | Image


def page_of(number: int, parts: Sequence[Part], budget: Budget, method: Method, name: str | None = None) -> Page:
    """The page made of `parts`. A page that holds hardly more than pictures has the cause `no_ocr`."""
    told = iter(classify([part for part in parts if isinstance(part, Line)]))
    blocks: list[Block] = []
    images: list[Image] = []
    tables = -1
    for part in parts:
        if isinstance(part, Image):
            images.append(replace(part, before=len(blocks)))
            continue
        if isinstance(part, Line):
            made = [next(told)]
        else:
            tables += 0 if part.goes_on and tables >= 0 else 1
            made = row_blocks(part.rows, tables, part.zone, part.heads)
        blocks.extend(block for block in made if budget.take(block.text, row=block.kind == "row"))
        if budget.full:
            break
    letters = sum(len("".join(block.text.split())) for block in blocks if block.zone == "main")
    picture = bool(images) and letters < FEW_CHARS
    return Page(
        number,
        tuple(blocks),
        name=name,
        method="none" if picture or not blocks else method,
        trust=0.0 if picture else 1.0,
        cause="no_ocr" if picture else None,
        images=tuple(images),
    )


def sized(parts: Sequence[Part]) -> list[Part]:
    """The parts, with the lines marked whose print is larger than that of most of the text."""
    sizes: Counter[float] = Counter()
    for part in parts:
        if isinstance(part, Line) and part.zone == "main":
            sizes[part.size] += len(part.text)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    return [replace(p, large=True) if isinstance(p, Line) and 0 < LARGE * usual <= p.size else p for p in parts]


def sheet_parts(rows: Sequence[Sequence[Cell]]) -> list[Part]:
    """The parts of a sheet or CSV file: titles above a table and words below it as lines, then the table; empty rows part tables.

    A stretch after an empty row that has no column headings of its own goes on with the table before. Columns without any
    word are left out at both sides.
    """
    parts: list[Part] = []
    width = 0
    tabled = any(len(_words(row)) > 1 for row in rows)
    for stretch in _stretches(rows):
        said = False
        for body, is_table in _pieces(stretch):
            if not is_table:
                # None where all of a row is the lower part of merged cells.
                large = tabled and not width
                parts.extend(Line(cell.text, bold=cell.strong, large=large) for row in body for cell in _words(row))
                said = True
                continue
            table = Table(body)
            heads = heading_rows(square(body))
            if not heads and not said and width and max(map(len, body)) <= width:
                table = Table(body, set(), goes_on=True)
            else:
                width = max(map(len, body))
                table.heads = heads
            parts.append(table)
    return parts


def _pieces(rows: list[list[Cell]]) -> list[tuple[list[list[Cell]], bool]]:
    """A stretch parted into runs of titles and words (False) and tables (True).

    Rows of one cell belong to the table around them, which they group, unless no table begins before them, nothing of it
    comes after them, or another table with its own column headings does.
    """
    pieces: list[tuple[list[list[Cell]], bool]] = []
    table: list[list[Cell]] = []
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and len(_words(rows[end])) <= 1:
            end += 1
        run = rows[at:end]
        if run and (not table or (_is_said(run, table) and (end == len(rows) or _begins_table(rows[end:])))):
            if table:
                pieces.append((table, True))
            pieces.append((run, False))
            table = []
        else:
            table.extend(run)
        if end < len(rows):
            table.append(rows[end])
        at = end + 1
    return [*pieces, (table, True)] if table else pieces


def _is_said(run: Sequence[Sequence[Cell]], table: Sequence[Sequence[Cell]]) -> bool:
    """Whether rows of one cell are words below a table, not rows of it whose other cells are empty: the cell is the first, and
    the table is wide or the words look like a heading or a sentence."""
    if any(not row or not row[0].text for row in run):
        return False
    first = run[0][0]
    telling = first.strong or mark_of(first.text) is not None or any(len(row[0].text) > _SENTENCE for row in run)
    return telling or (len(run) > 1 and max(map(len, table)) >= _WIDE)


def _begins_table(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether rows begin with usual column headings."""
    return 0 in heading_rows(square(rows)) and any(is_usual_head(cell.text) for cell in rows[0])


def _stretches(rows: Sequence[Sequence[Cell]]) -> list[list[list[Cell]]]:
    """Runs of rows with words, cut to the columns that hold any."""
    used = [i for row in rows for i, cell in enumerate(row) if cell.text]
    if not used:
        return []
    first, last = min(used), max(used)
    result: list[list[list[Cell]]] = [[]]
    for row in rows:
        if any(cell.text for cell in row):
            result[-1].append(list(row[first : last + 1]))
        elif result[-1]:
            result.append([])
    return [stretch for stretch in result if stretch]


def _words(row: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in row if cell.text and not cell.across and not cell.down]
