"""Values of cells as people see them."""

from __future__ import annotations

import datetime

import pytest

from crawlers.readers.assemble import sheet_parts
from crawlers.readers.interface import Budget, Limits
from crawlers.readers.lines import Line
from crawlers.readers.tables import Cell
from crawlers.readers.values import laid_out, merge, shown


@pytest.mark.parametrize(
    ("value", "form", "seen"),
    [
        (datetime.datetime(2023, 1, 5), "dd/mm/yyyy", "05/01/2023"),
        (datetime.datetime(2023, 1, 5), "[$-107041E]d mmm yy", "05/01/2566"),
        (datetime.time(9, 5), "h:mm", "09:05"),
        (0.8664, "0.00%", "86.64%"),
        (1234.0, "General", "1234"),
        (1234.5, '#,##0.00" บาท"', "1,234.50"),
        (5, '"(2,000)"0', "5"),
        (True, "General", "TRUE"),
        ("  ไม่มี \n", "General", "ไม่มี"),
        (None, "General", ""),
    ],
)
def test_values_as_people_see_them(value: object, form: str, seen: str) -> None:
    assert shown(value, form) == seen


def test_merged_cells_stand_in_every_row_and_column_that_holds_something() -> None:
    values = {0: {0: Cell("ผล"), 2: Cell("หมายเหตุ")}, 1: {2: Cell("x")}}
    merge([(0, 9, 0, 1), (5, 6, 0, 0)], values)
    assert [cell.text for cell in values[1].values()] == ["x", "ผล", "ผล"]
    assert (values[0][1].across, values[1][0].down, values[1][1].down) == (True, True, True)
    assert set(values) == {0, 1}


def test_rows_between_that_hold_nothing_are_one_empty_row() -> None:
    budget = Budget(Limits(rows=2))
    values = {n: {1: Cell("ก")} for n in (3, 4, 900_000)}
    assert [len(row) for row in laid_out(values, 1, Budget(Limits()))] == [1, 1, 0, 1]
    assert len(laid_out({n: {0: Cell("ก")} for n in range(9)}, 0, budget)) == 3
    assert budget.spent


def test_a_title_merged_over_rows_is_one_line() -> None:
    rows = [["ชื่อรายงาน"], ["คำที่เซลล์ผสานบังไว้"], ["ที่", "งาน"], ["1", "ก"]]
    values = {at: {column: Cell(text) for column, text in enumerate(row)} for at, row in enumerate(rows)}
    merge([(0, 1, 0, 1)], values)
    parts = sheet_parts(laid_out(values, 0, Budget(Limits())))
    assert [part.text for part in parts if isinstance(part, Line)] == ["ชื่อรายงาน"]
    assert len(parts) == 2
