"""Parts of a text whose tables are told by marks in its run (old Word, RTF): ends of cells and rows, and how deep one stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawlers.readers.assemble import Part, Table
from crawlers.readers.edges import Edged, Row, grid
from crawlers.readers.interface import Budget
from crawlers.readers.lines import Line, fold
from ita_rules.run.types import Image, Zone

MAX_NESTING = 30
"""Tables nested deeper than this are read as part of the cell around them."""


@dataclass(slots=True)
class _Open:
    """A table that is being read: its rows so far, the cells of the row, the content of the cell."""

    rows: list[tuple[list[list[Part]], Row]] = field(default_factory=list)
    cells: list[list[Part]] = field(default_factory=list)
    content: list[Part] = field(default_factory=list)


class Flow:
    """Takes paragraphs in their order, and gives them back with the tables made."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._result: list[Part] = []
        self._tables: list[_Open] = []

    def add(self, parts: list[Part], depth: int) -> None:
        """A paragraph that stands in `depth` tables."""
        depth = max(0, min(depth, MAX_NESTING))
        self._close(depth)
        while len(self._tables) < depth:
            self._tables.append(_Open())
        (self._tables[-1].content if self._tables else self._result).extend(parts)

    def end_cell(self) -> None:
        """What was added last closes its cell."""
        if self._tables:
            table = self._tables[-1]
            table.cells.append(table.content)
            table.content = []

    def end_row(self, row: Row) -> None:
        """The row is whole. Words after its last cell belong to none, and are kept in one of their own."""
        if not self._tables:
            return
        table = self._tables[-1]
        if table.content:
            self.end_cell()
        if table.cells and len(table.rows) <= self._budget.limits.rows:
            table.rows.append((table.cells, row))
        elif table.cells:
            self._budget.spent = True
        table.cells = []

    def finish(self) -> list[Part]:
        """All parts. A table that was never closed is closed."""
        self._close(0)
        return self._result

    def _close(self, depth: int) -> None:
        while len(self._tables) > depth:
            table = self._tables.pop()
            loose = [part for content in (*table.cells, table.content) for part in content]
            (self._tables[-1].content if self._tables else self._result).extend([*_table(table), *loose])


def _table(table: _Open) -> list[Part]:
    """A table as one part; one of a single column, or with tables in its cells, only arranges the page: its content as parts."""
    every = [part for cells, _ in table.rows for content in cells for part in content]
    if max((len(cells) for cells, _ in table.rows), default=0) <= 1 or any(isinstance(part, Table) for part in every):
        return every
    zone: Zone = next((part.zone for part in every if isinstance(part, Line)), "main")
    made: list[Part] = [Table(grid([_edged(cells, row) for cells, row in table.rows]), zone=zone)]
    return [*made, *(part for part in every if isinstance(part, Image))]


def _edged(cells: list[list[Part]], row: Row) -> list[Edged]:
    known = len(row.edges) == len(cells) + 1
    made = []
    for index, content in enumerate(cells):
        lines = [part for part in content if isinstance(part, Line)]
        made.append(
            Edged(
                fold(" ".join(line.text for line in lines)),
                row.edges[index] if known else 0,
                row.edges[index + 1] if known else 0,
                row.down[index] if known and index < len(row.down) else "",
                row.beside[index] if known and index < len(row.beside) else "",
                row.head,
                bool(lines) and all(line.bold for line in lines),
            )
        )
    return made
