"""Headings, items and lines of a table of contents, told by words and company."""

from __future__ import annotations

import time

import pytest

from crawlers.readers.lines import Line, classify, fold, is_contents_line, mark_of, starts_part


def kinds(*texts: str, **flags: bool) -> list[tuple[str, int]]:
    return [(b.kind, b.level) for b in classify([Line(t, **flags) for t in texts])]


def test_numbered_lines_with_content_are_headings() -> None:
    assert kinds("๑. บทนำ", "ความเป็นมาของรายงานนี้", "๒. ผลการดำเนินงาน", "๒.๑ โครงการถนน", "แล้วเสร็จ", "๓. ปัญหา อุปสรรค") == [
        ("heading", 2), ("text", 0), ("heading", 2), ("heading", 3), ("text", 0), ("heading", 2),
    ]  # fmt: skip


def test_numbered_lines_in_a_row_are_items() -> None:
    assert kinds("ให้มีโครงการดังนี้", "1. ก่อสร้างถนน", "2. ซ่อมประปา", "3. ขุดลอกคลอง", "4. ไฟฟ้า") == [("text", 0), *[("item", 0)] * 4]


def test_empty_sections_keep_being_headings_in_their_series() -> None:
    found = kinds("1. บทนำ", "ข้อความ", "2. ผล", "ข้อความ", "3. ปัญหา", "4. ข้อเสนอแนะ")
    assert found[4] == found[5] == ("heading", 2)


def test_parts_are_headings_of_the_first_level() -> None:
    assert kinds("ส่วนที่ ๓ ผลการดำเนินงาน", "บทที่ 1", "ภาคผนวก ก") == [("heading", 1)] * 3


def test_long_numbered_line_is_an_item() -> None:
    assert kinds("1. " + "ข้อความยาวมาก" * 10, "x") == [("item", 0), ("text", 0)]


def test_contents_are_no_headings() -> None:
    found = kinds("สารบัญ", "บทที่ 1 บทนำ 1", "บทที่ 2 ปัญหาอุปสรรค 13", "บทที่ 1 บทนำ", "เนื้อหายาวพอสมควรของบทนี้")
    assert [k for k, _ in found] == ["text", "text", "text", "heading", "text"]
    assert kinds("ปัญหาอุปสรรค ............ ๓")[0] == ("text", 0)


def test_print_tells_headings() -> None:
    assert kinds("ผลการใช้จ่ายงบประมาณ", bold=True) == [("heading", 0)]
    assert kinds("ผลการใช้จ่ายงบประมาณ", large=True) == [("heading", 0)]
    assert kinds("ผลการใช้จ่ายงบประมาณ") == [("text", 0)]
    assert kinds("ข้อความ" * 30, bold=True) == [("text", 0)]
    assert kinds("- 3 -", bold=True) == [("text", 0)]


def test_label_line_heads_what_follows() -> None:
    assert kinds("ปัญหา/อุปสรรค :") == [("heading", 0)]


def test_name_under_a_signature_heads_nothing() -> None:
    lines = ("ประกาศนโยบาย", "(ลงชื่อ) นายสมชาย ใจดี", "(นายสมชาย ใจดี)", "นายกองค์การบริหารส่วนตำบล", "ปลัดอำเภอ")
    assert [k for k, _ in kinds(*lines, centred=True)] == ["heading", "text", "text", "text", "text"]


def test_stated_level_and_item_win() -> None:
    assert classify([Line("ก", level=3)])[0].level == 3
    assert classify([Line("1. สั้น", item=True), Line("ข้อความ")])[0].kind == "item"


@pytest.mark.parametrize("text", ["5 ระดับ", "1. ตุลาคม", "10.5 ล้าน ๆ"[:4], "25. บาท", "2565"])
def test_amounts_and_dates_are_no_numbers_of_sections(text: str) -> None:
    assert mark_of(text) is None


def test_fold_mends_torn_marks_and_blanks() -> None:
    assert fold(" ส ่วนท ี่\u00a0 ๑ \n") == "ส่วนที่ ๑"


def test_leaders() -> None:
    assert is_contents_line("บทนำ . . . . . . . ๓")
    assert not is_contents_line("ชื่อ ......................")


def test_what_starts_a_part() -> None:
    assert all(map(starts_part, ("(๑) ก", "- ก", "ข้อ ๒ ให้", "ปัญหา อุปสรรค : มี", "ประกาศ ณ วันที่ ๑", "๒.๑ ก")))
    assert not starts_part("และรายงานให้ทราบ")


def test_long_dots_cost_no_square_of_their_length() -> None:
    began = time.monotonic()
    assert [is_contents_line(run * 60_000 + end) for run in (".", ". ", "_", "…") for end in ("x", "x7", " 7")] == [
        False,
        False,
        True,
    ] * 4
    assert time.monotonic() - began < 5


def test_bold_print_means_nothing_where_all_is_bold() -> None:
    long = "ความยาวพอสมควรของย่อหน้าหนึ่งที่เล่าเรื่องงานตลอดทั้งปีของหน่วยงาน " * 3
    lines = [Line("ผลการดำเนินงาน", bold=True), Line(long, bold=True), Line("ประชาชนพอใจ", bold=True), Line(long, bold=True)]
    assert {block.kind for block in classify(lines)} == {"text"}
    mixed = [*lines[:1], Line(long), *lines[2:3], Line(long)]
    assert [block.kind for block in classify(mixed)] == ["heading", "text", "heading", "text"]
