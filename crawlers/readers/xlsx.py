"""Workbooks: a page for each visible sheet, with titles above the tables, and values as people see them."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
import zipfile
import zlib
from importlib.metadata import version as installed
from typing import Any

from crawlers.readers.archive import open_archive, properties
from crawlers.readers.assemble import Part, page_of, sheet_parts
from crawlers.readers.interface import EXCEL, Budget, Hints, Limits
from crawlers.readers.lines import fold
from crawlers.readers.tables import Cell
from crawlers.readers.values import MAX_COLUMNS, laid_out, merge, shown
from ita_rules.errors import ReaderError
from ita_rules.run.types import Document, Image, Page

BIG = 25 * 1024**2
"""Bytes of sheets (unpacked) from which a workbook is read as a stream, without merged cells and bold print."""


def version() -> str:
    """Name and version of this reader and of the library behind it."""
    return f"xlsx/2 openpyxl/{installed('openpyxl')}"


def read(data: bytes, hints: Hints, limits: Limits) -> Document:
    """The workbook. Raises `ReaderError` (`too_large`, `encrypted`, `unreadable`)."""
    budget = Budget(limits)
    with open_archive(data, limits) as archive:
        facts = properties(archive)
        sheets = [entry for entry in archive.infolist() if entry.filename.startswith("xl/worksheets/")]
        big = sum(entry.file_size for entry in sheets) > BIG
        formulas = not big and any(_has_formula(archive, entry) for entry in sheets)
    with warnings.catch_warnings():
        # openpyxl warns of extensions that it drops; nothing that is read here depends on them.
        warnings.simplefilter("ignore")
        book = _loaded(data, read_only=big, data_only=True)
        written = _loaded(data) if formulas else None
        try:
            pages = _pages(book, written, budget)
        finally:
            book.close()
            if written is not None:
                written.close()
    facts["pages"] = str(len(pages))
    return Document(
        hashlib.sha256(data).hexdigest(), EXCEL, title=facts.pop("title", ""), pages=tuple(pages), readers=(version(),),
        cause="no_ocr" if pages and all(page.cause == "no_ocr" for page in pages) else None,
        truncated=budget.spent, facts=facts,
    )  # fmt: skip


def _loaded(data: bytes, **how: bool) -> Any:
    """The workbook by openpyxl. Raises `ReaderError` for a damaged file, of which openpyxl tells in many ways."""
    # Only a child that reads loads the library (19 MB); the crawler asks this module for its version alone.
    from openpyxl import load_workbook

    try:
        return load_workbook(io.BytesIO(data), **how)
    except (zipfile.BadZipFile, zlib.error, SyntaxError, KeyError, ValueError, TypeError, OSError, EOFError) as error:
        raise ReaderError("unreadable", failure="damaged") from error


def _has_formula(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    try:
        return re.search(rb"<(?:\w+:)?f[\s>]", archive.read(entry)) is not None
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError) as error:
        raise ReaderError("unreadable", failure="damaged") from error


def _pages(book: Any, written: Any, budget: Budget) -> list[Page]:
    seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or list(book.worksheets)
    pages: list[Page] = []
    for sheet in seen[: budget.limits.pages]:
        if budget.late():
            break
        formulas = written[sheet.title] if written is not None else None
        rows = _streamed(sheet, budget) if not hasattr(sheet, "_cells") else _rows(sheet, formulas, budget)
        parts: list[Part] = [*sheet_parts(rows), *_images(sheet)]
        pages.append(page_of(len(pages) + 1, parts, budget, "office", sheet.title))
    budget.spent = budget.spent or len(pages) < len(seen)
    return pages


def _images(sheet: Any) -> list[Image]:
    return [Image("", "", int(image.width or 0), int(image.height or 0)) for image in getattr(sheet, "_images", ())]


def _rows(sheet: Any, formulas: Any, budget: Budget) -> list[list[Cell]]:
    """The rows with values. Only cells that exist are looked at: one cell in the last row must not cost a million."""
    values: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sheet._cells.items():
        if column > MAX_COLUMNS:
            continue
        text = shown(cell.value, str(getattr(cell, "number_format", "") or ""))
        if (
            not text
            and formulas is not None
            and (found := formulas._cells.get((row, column))) is not None
            and found.data_type == "f"
        ):
            text = fold(str(found.value))  # a program wrote the formula and never its result: the cell is not empty
        if text:
            values.setdefault(row, {})[column] = Cell(text, strong=_strong(cell))
    areas = ((a.min_row, a.max_row, a.min_col, a.max_col) for a in sheet.merged_cells.ranges)
    merge(areas, values)
    return laid_out(values, 1, budget)


def _strong(cell: Any) -> bool:
    fill = getattr(cell, "fill", None)
    shaded = fill is not None and fill.fill_type == "solid" and fill.fgColor.rgb not in ("FFFFFFFF", "00FFFFFF")
    return shaded or bool(getattr(getattr(cell, "font", None), "b", False))


def _streamed(sheet: Any, budget: Budget) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for row in sheet.iter_rows(max_col=MAX_COLUMNS):
        if budget.late() or len(rows) > budget.limits.rows:
            budget.spent = True
            break
        cells = [Cell(shown(cell.value, str(getattr(cell, "number_format", "") or ""))) for cell in row]
        if any(cell.text for cell in cells) or (rows and rows[-1]):
            rows.append(cells if any(cell.text for cell in cells) else [])
    return rows
