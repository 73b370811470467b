"""Sheets: titles above a table, words below it, another table that begins; rows that group others stay rows."""

from __future__ import annotations

from crawlers.readers.assemble import Table, sheet_parts
from crawlers.readers.lines import Line
from crawlers.readers.tables import Cell, heading_rows

HEAD = ["ลำดับ", "โครงการ", "งบประมาณ"]
LONG = "ตารางที่ 2 แสดงผลการจัดซื้อจัดจ้างจำแนกตามวิธีการจัดซื้อจัดจ้างของทุกส่วนราชการ"


def parts(*rows: list[str]) -> list[str]:
    """What a sheet is made of: lines by their text, tables by their number of rows."""
    made = sheet_parts([[Cell(text) for text in row] for row in rows])
    return [part.text if isinstance(part, Line) else str(len(part.rows)) for part in made if isinstance(part, Line | Table)]


def test_words_above_and_below_a_table() -> None:
    below = [["ปัญหาและอุปสรรค", "", ""], ["ไม่มี", "", ""]]
    assert parts(["รายงาน", "", ""], HEAD, ["1", "ถนน", "500"], *below) == ["รายงาน", "2", "ปัญหาและอุปสรรค", "ไม่มี"]


def test_a_row_that_groups_others_stays_in_the_table() -> None:
    assert parts(HEAD, ["ยุทธศาสตร์ที่ 1", "", ""], ["1", "ถนน", "500"], ["ยุทธศาสตร์ที่ 2", "", ""], ["2", "ไฟฟ้า", "9"]) == ["5"]


def test_another_table_with_its_own_headings_begins() -> None:
    second = [[LONG, "", ""], ["ลำดับ", "วิธี", "จำนวน"], ["1", "คัดเลือก", "2"]]
    assert parts(HEAD, ["1", "ถนน", "500"], *second) == ["2", LONG, "2"]


def test_rows_of_a_narrow_table_with_empty_cells_stay_rows() -> None:
    assert parts(["โครงการ", "ปัญหา อุปสรรค"], ["ถนน", ""], ["ไฟฟ้า", ""]) == ["3"]


def test_merged_headings_that_came_apart_in_csv() -> None:
    rows = [["โครงการ", "ไตรมาส 1", "", ""], ["", "ต.ค. 65", "พ.ย. 65", "ธ.ค. 65"], ["ตรวจ", "201", "195", "188"]]
    assert heading_rows([[Cell(text) for text in row] for row in rows]) == {0, 1}
