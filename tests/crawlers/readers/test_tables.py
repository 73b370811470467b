"""Rows and their column headings."""

from __future__ import annotations

from crawlers.readers.tables import Cell, heading_rows, join_wrapped, row_blocks, spread


def rows(*lines: str, strong: bool = False) -> list[list[Cell]]:
    return [[Cell(text.strip(), strong=strong and i == 0) for text in line.split("|")] for i, line in enumerate(lines)]


def test_first_row_of_words_heads_the_columns() -> None:
    blocks = row_blocks(rows("ที่|โครงการ|ปัญหา", "1|ถนน|", "2|ประปา|ไม่มี"), 4)
    assert [b.header for b in blocks] == [True, False, False]
    assert blocks[1].cells == ("1", "ถนน", "")
    assert blocks[1].text == "1 | ถนน | "
    assert {b.table for b in blocks} == {4}


def test_row_of_figures_heads_nothing() -> None:
    assert heading_rows(rows("1|ถนน|5,000", "2|ประปา|7,000")) == set()


def test_list_of_people_has_no_head() -> None:
    assert heading_rows(rows("นายสมชาย ใจดี|ปลัด|สำนักปลัด", "นางสาวสมหญิง มีสุข|ครู|กองการศึกษา")) == set()


def test_label_and_value_have_no_head() -> None:
    table = rows("ชื่องาน|ขออนุญาตก่อสร้าง", "ปัญหาอุปสรรค|ไม่มี", "ข้อเสนอแนะ|")
    assert heading_rows(rows("งานบริการ|ขออนุญาต", "ค่าธรรมเนียม|ไม่มี")) == set()
    assert heading_rows(table[1:]) == set()


def test_two_columns_with_usual_titles_or_bold() -> None:
    assert heading_rows(rows("รายการ|จำนวน", "รถ|2")) == {0}
    assert heading_rows(rows("มาตรการ|ผลการดำเนินงาน", "ก|ข", strong=True)) == {0}


def test_title_row_above_is_passed_over() -> None:
    table = [spread("แผนปี ๒๕๖๖", 3), *rows("ที่|โครงการ|งบ", "1|ถนน|5")]
    assert heading_rows(table) == {1}
    assert row_blocks(table, 0)[0].cells == ("แผนปี ๒๕๖๖",)


def test_two_levels_of_headings() -> None:
    top = [Cell("ที่"), *spread("ผล", 2)]
    below = [Cell("ที่", down=True), Cell("เป้าหมาย"), Cell("ทำได้")]
    blocks = row_blocks([top, below, *rows("1|ก|ข")], 0)
    assert [b.header for b in blocks] == [True, True, False]
    assert blocks[0].text == "ที่ | ผล"
    assert blocks[0].cells == ("ที่", "ผล", "ผล")
    assert blocks[1].cells == ("ที่", "เป้าหมาย", "ทำได้")


def test_row_of_column_numbers_belongs_to_the_head() -> None:
    assert heading_rows(rows("ที่|งาน|วงเงิน", "(1)|(2)|(3)", "1|ซื้อ|500")) == {0, 1}


def test_marked_rows_are_the_head() -> None:
    table = [[Cell("1", head=True), Cell("2", head=True)], [Cell("a"), Cell("b")]]
    assert heading_rows(table) == {0}


def test_empty_rows_go_and_ragged_rows_are_filled() -> None:
    blocks = row_blocks(rows("ที่|งาน|ผล", "||", "1|ก"), 0)
    assert [b.cells for b in blocks] == [("ที่", "งาน", "ผล"), ("1", "ก", "")]


def test_wrapped_cells() -> None:
    assert join_wrapped([("โครงการซ่อม", True), ("ประปา", False)]) == "โครงการซ่อมประปา"
    assert join_wrapped([("ไม่มี", False), ("ข้อเสนอแนะ", False)]) == "ไม่มี ข้อเสนอแนะ"
    assert join_wrapped([("8,412,000.0", True), ("0", False)]) == "8,412,000.00"
    assert join_wrapped([("๒๔", False), ("๘,๗๕๐", False), (".๐๐", False)]) == "๒๔๘,๗๕๐.๐๐"
    assert join_wrapped([("พ.ศ. 25", True), ("๖๒ และ", False)]) == "พ.ศ. 25๖๒ และ"
    assert join_wrapped([("2565", True), ("2566", False)]) == "2565 2566"
