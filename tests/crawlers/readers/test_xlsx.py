"""Workbooks: sheets, titles, tables, values as seen."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from crawlers.readers import xlsx
from crawlers.readers.interface import Limits, read
from ita_rules.run.types import Document


def book(*fills: Callable[[Worksheet], None], limits: Limits | None = None) -> Document:
    made = openpyxl.Workbook()
    for index, fill in enumerate(fills):
        fill(made.active if index == 0 else made.create_sheet(f"ชีต {index + 1}"))
    out = io.BytesIO()
    made.save(out)
    return read(out.getvalue(), limits=limits)


def report(sheet: Worksheet) -> None:
    sheet.title = "ตุลาคม"
    sheet["B1"] = "สรุปผลการจัดซื้อจัดจ้าง เดือนตุลาคม ๒๕๖๕"
    sheet.merge_cells("B1:E1")
    sheet["B2"] = "องค์การบริหารส่วนตำบล"
    for column, text in enumerate(("ที่", "งาน", "วงเงิน", "หมายเหตุ"), 2):
        sheet.cell(4, column, text).font = Font(bold=True)
    for row, values in enumerate([(1, "ซื้อหมึก", 12780.5, None), (2, "จ้างซ่อม", 500, "ไม่มี")], 5):
        for column, value in enumerate(values, 2):
            sheet.cell(row, column, value)
        sheet.cell(row, 4).number_format = "#,##0.00"


def test_titles_head_and_rows() -> None:
    document = book(report)
    (page,) = document.pages
    assert (page.name, page.method) == ("ตุลาคม", "office")
    assert [(b.kind, b.text) for b in page.blocks[:1]] == [("heading", "สรุปผลการจัดซื้อจัดจ้าง เดือนตุลาคม ๒๕๖๕")]
    assert [(b.header, b.cells) for b in page.blocks if b.kind == "row"] == [
        (True, ("ที่", "งาน", "วงเงิน", "หมายเหตุ")),
        (False, ("1", "ซื้อหมึก", "12,780.50", "")),
        (False, ("2", "จ้างซ่อม", "500.00", "ไม่มี")),
    ]


def test_each_visible_sheet_is_a_page() -> None:
    def hidden(sheet: Worksheet) -> None:
        report(sheet)
        sheet.title = "ซ่อน"
        sheet.sheet_state = "hidden"

    document = book(report, lambda s: s.append(["ก", "ข"]), hidden)
    assert [(p.number, p.name) for p in document.pages] == [(1, "ตุลาคม"), (2, "ชีต 2")]


def test_merged_cells_are_repeated() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (["ที่", "ผล", None], [None, "เป้า", "ทำได้"], [1, "ก", "ข"], [None, "ค", "ง"]):
            sheet.append(row)
        for area in ("B1:C1", "A1:A2", "A3:A4"):
            sheet.merge_cells(area)

    assert [(b.header, b.cells) for b in book(fill).pages[0].blocks] == [
        (True, ("ที่", "ผล", "ผล")), (True, ("ที่", "เป้า", "ทำได้")), (False, ("1", "ก", "ข")), (False, ("1", "ค", "ง")),
    ]  # fmt: skip


def test_table_goes_on_after_an_empty_row() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (["ที่", "งาน", "ผล"], [1, "ก", "5"], [], [2, "ข", "6"], [], ["ที่", "ชื่อ", "ทุน"], [1, "ค", "7"]):
            sheet.append(row)

    assert [(b.table, b.header) for b in book(fill).pages[0].blocks] == [(0, True), (0, False), (0, False), (1, True), (1, False)]


def test_formula_without_result_is_not_an_empty_cell() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["ที่", "งาน", "รวม"])
        sheet.append([1, "ก", "=SUM(A1:A2)"])

    assert book(fill).pages[0].blocks[1].cells == ("1", "ก", "=SUM(A1:A2)")


def test_one_cell_far_away_costs_nothing() -> None:
    def fill(sheet: Worksheet) -> None:
        report(sheet)
        sheet["XFD1048576"] = "ไกล"
        sheet["A1048576"] = "ล่าง"

    document = book(fill)
    assert document.pages[0].blocks[-1].text == "ล่าง"
    assert len(document.pages[0].blocks) < 10


def test_big_workbooks_are_streamed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "BIG", 10)
    rows = [(b.header, b.cells) for b in book(report).pages[0].blocks if b.kind == "row"]
    assert rows[0] == (True, ("ที่", "งาน", "วงเงิน", "หมายเหตุ"))
    assert rows[1][1][2] == "12,780.50"


def test_limits() -> None:
    def many(sheet: Worksheet) -> None:
        for n in range(50):
            sheet.append([n, "ก", "ข"])

    document = book(many, many, limits=Limits(rows=10))
    assert document.truncated
    assert sum(len(p.blocks) for p in document.pages) == 10
    assert book(report, limits=Limits(unpacked_bytes=100)).cause == "too_large"


def test_broken_workbook_is_unreadable() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<not>")
    assert read(out.getvalue()).cause == "unreadable"


def test_a_damaged_workbook_is_named_so() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("[Content_Types].xml", "<Types>")
        made.writestr("xl/workbook.xml", "<workbook")
    document = read(archive.getvalue())
    assert (document.cause, document.facts["failure"]) == ("unreadable", "damaged")
