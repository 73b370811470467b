"""Old workbooks (Excel 5 to 2003): a page for each visible sheet, with titles above the tables, values as people see them."""

from __future__ import annotations

import hashlib
import io
import struct
from collections.abc import Iterator
from importlib.metadata import version as installed
from typing import Any

import xlrd

from crawlers.readers.assemble import page_of, sheet_parts
from crawlers.readers.interface import Budget, Hints, Limits
from crawlers.readers.lines import fold
from crawlers.readers.ole import SIGNATURE, Compound, properties
from crawlers.readers.tables import Cell
from crawlers.readers.thai_bytes import is_garbled, mend
from crawlers.readers.values import MAX_COLUMNS, laid_out, merge, shown
from ita_rules.errors import ReaderError
from ita_rules.run.types import Document, Image, Page

EXCEL_97 = "application/vnd.ms-excel"
_BOUNDSHEET, _BOF, _OBJECT, _FILEPASS = 0x85, 0x809, 0x5D, 0x2F
_PICTURE = 8
_DAMAGE = (struct.error, AssertionError, ArithmeticError, LookupError, ValueError, TypeError, AttributeError)
_SOLID = 1
_WHITE = (9, 64, 65)  # numbers of white and of "as the system has it" in the palette


def version() -> str:
    """Name and version of this reader and of the library behind it."""
    return f"xls/1 xlrd/{installed('xlrd')}"


def read(data: bytes, hints: Hints, limits: Limits) -> Document:
    """The workbook. Raises `ReaderError` (`encrypted`, `unreadable`)."""
    budget = Budget(limits)
    facts: dict[str, str] = {}
    stream = data
    if data.startswith(SIGNATURE):
        compound = Compound(data)
        facts = properties(compound)
        stream = compound.stream("Workbook") or compound.stream("Book") or b""
    pictures = _pictures(stream)
    book = _opened(stream)
    seen = [sheet for sheet in book.sheets() if sheet.visibility == 0] or book.sheets()
    garbled = is_garbled(" ".join(text for sheet in seen for text in _texts(sheet)))
    pages: list[Page] = []
    for sheet in seen[: limits.pages]:
        if budget.late():
            break
        rows = _rows(book, sheet, garbled, budget)
        name = mend(sheet.name) if garbled else sheet.name
        images = [Image("")] * pictures.get(sheet.number, 0)
        pages.append(page_of(len(pages) + 1, [*sheet_parts(rows), *images], budget, "office", name))
    budget.spent = budget.spent or len(pages) < len(seen)
    facts["pages"] = str(len(pages))
    return Document(
        hashlib.sha256(data).hexdigest(), EXCEL_97, title=facts.pop("title", ""), pages=tuple(pages), readers=(version(),),
        cause="no_ocr" if pages and all(page.cause == "no_ocr" for page in pages) else None,
        truncated=budget.spent, facts=facts,
    )  # fmt: skip


def _opened(stream: bytes) -> Any:
    quiet = io.StringIO()
    try:
        return xlrd.open_workbook(file_contents=stream, formatting_info=True, ragged_rows=True, logfile=quiet)
    except xlrd.XLRDError as error:
        if "ncrypted" in str(error):
            raise ReaderError("encrypted", failure="password") from error
        raise ReaderError("unreadable", failure="damaged") from error
    except _DAMAGE:
        pass
    # A style that is damaged should not hide the values: without styles, merged cells and bold print are not seen.
    try:
        return xlrd.open_workbook(file_contents=stream, ragged_rows=True, logfile=quiet)
    except (xlrd.XLRDError, *_DAMAGE) as error:
        raise ReaderError("unreadable", failure="damaged") from error


def _texts(sheet: Any) -> Iterator[str]:
    for row in range(min(sheet.nrows, 500)):
        yield from (str(value) for value in sheet.row_values(row)[:MAX_COLUMNS] if isinstance(value, str))


def _rows(book: Any, sheet: Any, garbled: bool, budget: Budget) -> list[list[Cell]]:
    values: dict[int, dict[int, Cell]] = {}
    for row in range(sheet.nrows):
        if budget.late():
            break
        for column, cell in enumerate(sheet.row(row)[:MAX_COLUMNS]):
            setting = book.xf_list[cell.xf_index] if cell.xf_index is not None and cell.xf_index < len(book.xf_list) else None
            text = _shown(book, cell, setting)
            if text:
                strong = setting is not None and _strong(book, setting)
                values.setdefault(row, {})[column] = Cell(mend(text) if garbled else text, strong=strong)
    merge(((top, end - 1, left, stop - 1) for top, end, left, stop in sheet.merged_cells), values)
    return laid_out(values, 0, budget)


def _shown(book: Any, cell: Any, setting: Any) -> str:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return fold(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return str(bool(cell.value)).upper()
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#"))
    form = book.format_map.get(setting.format_key) if setting is not None else None
    pattern = str(form.format_str) if form is not None else ""
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            moment = xlrd.xldate_as_datetime(cell.value, book.datemode)
        except (ValueError, OverflowError):
            return shown(cell.value, "")
        # A time of day alone counts from the day before the first.
        return shown(moment.time() if 0 <= cell.value < 1 else moment, pattern)
    return shown(cell.value, pattern) if cell.ctype == xlrd.XL_CELL_NUMBER else ""


def _strong(book: Any, setting: Any) -> bool:
    font = book.font_list[setting.font_index] if setting.font_index < len(book.font_list) else None
    ground = setting.background
    shaded = ground.fill_pattern == _SOLID and ground.pattern_colour_index not in _WHITE
    return shaded or (font is not None and bool(font.bold))


def _pictures(stream: bytes) -> dict[int, int]:
    """How many pictures stand on each sheet, by its number. Raises `ReaderError` where the file is locked."""
    sheets: dict[int, int] = {}
    found: dict[int, int] = {}
    at, here = 0, -1
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + length]
        if kind == _FILEPASS:
            raise ReaderError("encrypted", failure="password")
        if kind == _BOUNDSHEET and len(body) >= 6 and body[5] == 0:
            sheets[struct.unpack_from("<I", body)[0]] = len(sheets)
        elif kind == _BOF:
            here = sheets.get(at, here)
        elif kind == _OBJECT and len(body) >= 6 and here >= 0 and struct.unpack_from("<H", body, 4)[0] == _PICTURE:
            found[here] = found.get(here, 0) + 1
        elif kind == 0 and length == 0:
            break
        at += 4 + length
    return found
