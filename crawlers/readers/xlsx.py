"""Workbooks: a page for each visible sheet, with titles above the tables, and values as people see them."""

from __future__ import annotations

import datetime
import hashlib
import io
import re
import warnings
import zipfile
from importlib.metadata import version as installed
from typing import Any

import openpyxl

from crawlers.readers.archive import open_archive, properties
from crawlers.readers.assemble import Part, page_of, sheet_parts
from crawlers.readers.interface import EXCEL, Budget, Hints, Limits
from crawlers.readers.lines import fold
from crawlers.readers.tables import Cell
from ita_rules.run.types import Document, Image, Page

MAX_COLUMNS = 200
"""Columns of a sheet that are read."""

BIG = 25 * 1024**2
"""Bytes of sheets (unpacked) from which a workbook is read as a stream, without merged cells and bold print."""

_BUDDHIST = re.compile(r"\[\$-[0-9A-F]*(?:D07041E|107041E|1070000|D070000|7041E|7070000)|b{2,4}", re.I)
_DECIMALS = re.compile(r"0\.(0+)")
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


def version() -> str:
    """Name and version of this reader and of the library behind it."""
    return f"xlsx/1 openpyxl/{installed('openpyxl')}"


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
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=big, data_only=True)
        written = openpyxl.load_workbook(io.BytesIO(data)) if formulas else None
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


def _has_formula(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    return re.search(rb"<(?:\w+:)?f[\s>]", archive.read(entry)) is not None


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
        text = _shown(cell.value, str(getattr(cell, "number_format", "") or ""))
        if (
            not text
            and formulas is not None
            and (found := formulas._cells.get((row, column))) is not None
            and found.data_type == "f"
        ):
            text = fold(str(found.value))  # a program wrote the formula and never its result: the cell is not empty
        if text:
            values.setdefault(row, {})[column] = Cell(text, strong=_strong(cell))
    _merge(sheet, values)
    rows: list[list[Cell]] = []
    before = 0
    for row in sorted(values):
        if len(rows) > budget.limits.rows:
            budget.spent = True
            break
        if before and row > before + 1:
            rows.append([])
        before = row
        rows.append([values[row].get(column, Cell("")) for column in range(1, max(values[row]) + 1)])
    return rows


def _strong(cell: Any) -> bool:
    fill = getattr(cell, "fill", None)
    shaded = fill is not None and fill.fill_type == "solid" and fill.fgColor.rgb not in ("FFFFFFFF", "00FFFFFF")
    return shaded or bool(getattr(getattr(cell, "font", None), "b", False))


def _merge(sheet: Any, values: dict[int, dict[int, Cell]]) -> None:
    """Repeat merged cells in the rows and columns that hold something, as `tables.Cell` says."""
    widest = max((max(row) for row in values.values()), default=0)
    for area in list(sheet.merged_cells.ranges)[:20_000]:
        first = values.get(area.min_row, {}).get(area.min_col)
        if first is None:
            continue
        for row in range(area.min_row, min(area.max_row, area.min_row + 2000) + 1):
            if row != area.min_row and row not in values:
                continue
            for column in range(area.min_col, min(area.max_col, widest) + 1):
                if (row, column) != (area.min_row, area.min_col):
                    across, down = column > area.min_col, row > area.min_row
                    values[row][column] = Cell(first.text, strong=first.strong, across=across, down=down)


def _streamed(sheet: Any, budget: Budget) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for row in sheet.iter_rows(max_col=MAX_COLUMNS):
        if budget.late() or len(rows) > budget.limits.rows:
            budget.spent = True
            break
        cells = [Cell(_shown(cell.value, str(getattr(cell, "number_format", "") or ""))) for cell in row]
        if any(cell.text for cell in cells) or (rows and rows[-1]):
            rows.append(cells if any(cell.text for cell in cells) else [])
    return rows


def _shown(value: object, form: str) -> str:
    """A value as the sheet shows it, by the plain cases of its number format."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime.datetime | datetime.date):
        year = value.year + 543 if _BUDDHIST.search(form) else value.year
        time = f" {value:%H:%M}" if isinstance(value, datetime.datetime) and (value.hour or value.minute) else ""
        return f"{value.day:02}/{value.month:02}/{year}{time}"
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    if isinstance(value, int | float):
        return _number(value, form)
    return fold(str(value))


def _number(value: float, form: str) -> str:
    plain = _NOT_FORMAT.sub("", form.split(";", 1)[0])
    places = len(found[1]) if (found := _DECIMALS.search(plain)) else 0
    if "%" in plain:
        return f"{value * 100:.{places}f}%"
    if "#,##" in plain or "," in plain:
        return f"{value:,.{places}f}"
    if places:
        return f"{value:.{places}f}"
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.10g}"
