"""Values of cells as a sheet shows them, and the merging of cells: what the readers of workbooks share."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from crawlers.readers.interface import Budget
from crawlers.readers.lines import fold
from crawlers.readers.tables import Cell

MAX_COLUMNS = 200
"""Columns of a sheet that are read."""

Area = tuple[int, int, int, int]
"""A merged area: first row, last row, first column, last column, all of them in it."""

_MOST_AREAS, _MOST_ROWS, _MOST_REPEATS = 20_000, 2_000, 2_000_000
_BUDDHIST = re.compile(r"\[\$-[0-9A-F]*(?:D07041E|107041E|1070000|D070000|7041E|7070000)|b{2,4}", re.I)
_DECIMALS = re.compile(r"0\.(0+)")
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


def merge(areas: Iterable[Area], values: dict[int, dict[int, Cell]]) -> None:
    """Repeat merged cells in the rows and columns that hold something, as `tables.Cell` says."""
    widest = max((max(row) for row in values.values()), default=0)
    made = 0
    for count, (top, bottom, left, right) in enumerate(areas):
        if count >= _MOST_AREAS or made > _MOST_REPEATS:
            return
        first = values.get(top, {}).get(left)
        if first is None:
            continue
        for row in range(top, min(bottom, top + _MOST_ROWS) + 1):
            if row != top and row not in values:
                continue
            made += max(min(right, widest) + 1 - left, 0)
            for column in range(left, min(right, widest) + 1):
                if (row, column) != (top, left):
                    values[row][column] = Cell(first.text, strong=first.strong, across=column > left, down=row > top)


def laid_out(values: dict[int, dict[int, Cell]], first: int, budget: Budget) -> list[list[Cell]]:
    """The rows that hold something, from the column numbered `first`; an empty row where rows between them hold nothing."""
    rows: list[list[Cell]] = []
    before: int | None = None
    for row in sorted(values):
        if len(rows) > budget.limits.rows:
            budget.spent = True
            break
        if before is not None and row > before + 1:
            rows.append([])
        before = row
        rows.append([values[row].get(column, Cell("")) for column in range(first, max(values[row]) + 1)])
    return rows


def shown(value: object, form: str) -> str:
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
