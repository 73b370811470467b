"""Tables that people type in (CSV, XLSX) as plain rows of text: bounded, whatever program saved them.

Formulas are never computed: a workbook gives the value that was saved with the formula, and none where there is none.
"""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MAX_BYTES = 5_000_000
MAX_UNPACKED_BYTES = 100_000_000
MAX_ROWS = 5_000
MAX_COLUMNS = 60
MAX_CELL = 20_000
_LOOK_PAST = 100
DELIMITERS = (",", ";", "\t")


class SheetError(Exception):
    """A table cannot be read. `reason`: `missing`, `unreadable`, `encoding` or `too_large`; `detail` says more."""

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason = reason
        self.detail = detail
        super().__init__(reason, detail)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its 1-based number in the file, its cells as text, and the columns whose formula has no saved value.

    `links` holds addresses that cells are linked to without showing them, by column.
    """

    number: int
    cells: tuple[str, ...]
    unsaved: frozenset[int] = frozenset()
    links: dict[int, str] = field(default_factory=dict)

    def cell(self, column: int | None) -> str:
        """The text of a column, ``""`` where the row has none."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""


def read_tables(path: Path, most_rows: int = MAX_ROWS) -> Iterator[list[Row]]:
    """Every way to see the file as a table: each sheet of a workbook, or the CSV by each delimiter.

    Raises:
        SheetError: it is not there, is no CSV or XLSX, or is larger than 5 MB or `most_rows` rows.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SheetError("too_large", f"{MAX_BYTES} bytes")
        data = path.read_bytes()
    except FileNotFoundError as err:
        raise SheetError("missing") from err
    except OSError as err:
        raise SheetError("unreadable", err.strerror or str(err)) from err
    if data.startswith(b"PK"):
        yield from _workbook(data, most_rows)
    else:
        text = _decode(data)
        for delimiter in DELIMITERS:
            yield _csv(text, delimiter, most_rows)


def _decode(data: bytes) -> str:
    """UTF-8 with or without BOM, UTF-16 with BOM, else cp874 (what Excel in Thai Windows saves)."""
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp874"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise SheetError("encoding")


def _csv(text: str, delimiter: str, most: int) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[Row] = []
    try:
        for cells in reader:
            if len(rows) >= most:
                raise SheetError("too_large", f"{most} rows")
            rows.append(Row(reader.line_num, tuple(c[:MAX_CELL].strip() for c in cells[:MAX_COLUMNS])))
    except csv.Error as err:
        raise SheetError("unreadable", str(err)) from err
    return rows


def _workbook(data: bytes, most: int) -> Iterator[list[Row]]:
    # Long to load, and most agencies' tables are CSV or there are none.
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise SheetError("too_large", f"{MAX_UNPACKED_BYTES} bytes")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
            formulas = openpyxl.load_workbook(io.BytesIO(data), data_only=False)
    except SheetError:
        raise
    except Exception as err:
        raise SheetError("unreadable", type(err).__name__) from err
    try:
        for sheet in values.worksheets:
            yield _sheet(sheet, formulas[sheet.title], most)
    finally:
        values.close()
        formulas.close()


def _sheet(sheet: Any, formulas: Any, most: int) -> list[Row]:
    """The rows of a sheet. The value of merged cells stands in each of their rows."""
    last = min(sheet.max_row, most)
    # Formatting alone may reach the last row that a program knows; only values past the bound are too many.
    if any(any(cells) for cells in sheet.iter_rows(min_row=last + 1, max_row=last + _LOOK_PAST, values_only=True)):
        raise SheetError("too_large", f"{most} rows")
    below: dict[tuple[int, int], tuple[int, int]] = {}
    for merged in list(sheet.merged_cells.ranges):
        for row in range(merged.min_row + 1, min(merged.max_row, most) + 1):
            below[(row, merged.min_col)] = (merged.min_row, merged.min_col)
    rows = []
    width = min(sheet.max_column, MAX_COLUMNS)
    for number in range(1, last + 1):
        cells: list[str] = []
        unsaved: set[int] = set()
        links: dict[int, str] = {}
        for column in range(1, width + 1):
            row_at, column_at = below.get((number, column), (number, column))
            cell = sheet.cell(row_at, column_at)
            cells.append("" if cell.value is None else _text(cell.value))
            if cell.value is None and str(formulas.cell(row_at, column_at).value or "").startswith("="):
                unsaved.add(column - 1)
            target = getattr(getattr(cell, "hyperlink", None), "target", None)
            if target:
                links[column - 1] = str(target)[:MAX_CELL]
        rows.append(Row(number, tuple(cells), frozenset(unsaved), links))
    return rows


def _text(value: object) -> str:
    """A cell's value as it reads: whole numbers without a fraction."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)[:MAX_CELL].strip()
