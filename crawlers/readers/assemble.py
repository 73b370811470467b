"""From the parts that office and text readers find (lines, tables, pictures in their order) to a `Page`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crawlers.readers.interface import Budget
from crawlers.readers.lines import Line, classify
from crawlers.readers.pdf_lines import LARGE
from crawlers.readers.pdf_quality import FEW_CHARS
from crawlers.readers.tables import Cell, heading_rows, row_blocks, square
from ita_rules.run.types import Block, Image, Method, Page, Zone


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
    """The parts of a sheet or CSV file: titles above a table as lines, then the table; empty rows part tables.

    A stretch after an empty row that has no column headings of its own goes on with the table before. Columns without any
    word are left out at both sides.
    """
    parts: list[Part] = []
    width = 0
    tabled = any(len(_words(row)) > 1 for row in rows)
    for stretch in _stretches(rows):
        start = 0
        while start < len(stretch) and len(_words(stretch[start])) <= 1:
            start += 1
        titles, body = stretch[:start], stretch[start:]
        for row in titles:
            # None where all of a row is the lower part of merged cells.
            parts.extend(Line(cell.text, bold=cell.strong, large=tabled and not width) for cell in _words(row))
        if not body:
            continue
        table = Table(body)
        heads = heading_rows(square(body))
        if not heads and not titles and width and max(map(len, body)) <= width:
            table = Table(body, set(), goes_on=True)
        else:
            width = max(map(len, body))
            table.heads = heads
        parts.append(table)
    return parts


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
