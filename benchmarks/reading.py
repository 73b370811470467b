"""How much of a document a reader gave back: phrases, phrases that are not in it, tables. Used by ``benchmarks.documents``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz

from ita_rules.run.types import Block, Document, Page
from ita_rules.thai.fold import key, loose

FUZZY = 87.5
"""Least ``partial_ratio`` at which a phrase counts as found in recognised text (measured: no false hit in 374)."""

FUZZY_FROM = 10
"""Characters of the key from which the comparison may be fuzzy; shorter ones must be there exactly."""


class Text:
    """The text of a document as it is searched: both readers' text, exactly or, where it was recognised, nearly.

    Nearly is asked of text that runs on (lines that follow one another, one cell), since a heading and the cell below it
    together are alike to phrases that nobody wrote. Pages with a cause are left out: their text is noise.
    """

    def __init__(self, document: Document) -> None:
        pages = [page for page in document.pages if page.cause is None]
        text = "\n".join(part for page in pages for part in (page.text, page.alternate) if part)
        self.recognised = any(page.method == "ocr" for page in pages)
        self.key, self.loose = key(text), loose(text)
        self.runs = [key(run) for page in pages if page.method == "ocr" for run in _runs(page)]

    def has(self, phrase: str) -> bool:
        """Whether a phrase is there: by its key, then by the looser one, then nearly."""
        return key(phrase) in self.key or loose(phrase) in self.loose or self._nearly(key(phrase))

    def _nearly(self, wanted: str) -> bool:
        runs = (run for run in self.runs if len(run) >= len(wanted) >= FUZZY_FROM)
        return any(fuzz.partial_ratio(wanted, run, score_cutoff=FUZZY) >= FUZZY for run in runs)


def _runs(page: Page) -> Iterator[str]:
    lines: list[str] = []
    for block in page.blocks:
        if block.kind == "row":
            yield "\n".join(lines)
            yield from block.cells
            lines = []
        else:
            lines.append(block.text)
    yield "\n".join(lines)


def has_number(phrase: str) -> bool:
    """Whether a phrase has digits, which models of Thai mistake (Thai ones) or cannot write at all."""
    return any(c.isdigit() for c in phrase)


def same(true: str, read: str, recognised: bool) -> bool:
    """Whether two cells say the same; recognised ones need only be alike."""
    if loose(true) == loose(read):
        return True
    return recognised and bool(read) and fuzz.ratio(key(true), key(read)) >= FUZZY


def headings(tables: Sequence[Mapping[str, Any]], document: Document, recognised: bool) -> tuple[int, int]:
    """How many of the true column headings stand in a row of column headings, and how many there are."""
    read = [cell for row in _rows(document) if row.header for cell in row.cells]
    wanted = [cell for table in tables for cell in table["head"]]
    return sum(any(same(cell, other, recognised) for other in read) for cell in wanted), len(wanted)


def empty_cells(tables: Sequence[Mapping[str, Any]], document: Document, recognised: bool) -> tuple[int, int]:
    """How many of the true empty cells are empty in the row that was read for theirs, and how many there are."""
    found = whole = 0
    rows = list(_rows(document))
    for row in (row for table in tables for row in table["rows"] if "" in row):
        empty = [place for place, cell in enumerate(row) if not cell]
        whole += len(empty)
        for read in rows:
            cells = (*read.cells, *[""] * (len(row) - len(read.cells)))
            # its two longest cells name the row: numbers of rows are often mistaken in scans
            named = sorted((place for place, cell in enumerate(row) if cell), key=lambda place: -len(row[place]))[:2]
            if all(same(row[place], cells[place], recognised) for place in named):
                found += sum(not cells[place].strip() for place in empty)
                break
    return found, whole


def _rows(document: Document) -> list[Block]:
    return [block for _, _, block in document.blocks() if block.kind == "row"]
