import io

import openpyxl
import pytest
from rich.console import Console

from ita_rules.answers import load_answers
from ita_rules.errors import OutputError
from ita_rules.messages import messages
from ita_rules.rehearsed import Rehearsed, Remark
from reports.rehearsal import render, write_sheet

SAY = messages("th")
ROWS = (
    Rehearsed(2, "O1", "โครงสร้าง", "ready", (), True, ("http://a.go.th/1", "http://a.go.th/แผน 2"), "หน้าหลัก > โครงสร้าง"),
    Rehearsed(
        3,
        "O2",
        "=cmd|' /C calc'!A0",
        "mend",
        (Remark("mend", "\x1b[31mแดง", "+แก้"), Remark("unsure", "ยัง", "+แก้")),
        False,
        (),
        "@SUM(A1)",
    ),
    Rehearsed(0, "O3", "ข้อสาม", "mend", (Remark("mend", "ไม่มีข้อนี้"),), None),
)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_cleaned_sheet_can_be_handed_in_again(tmp_path, suffix, lang):
    path = write_sheet(ROWS, tmp_path, "answers-clean", suffix, messages(lang))
    rows = load_answers(path, known_items=["O1", "O2", "O3"]).rows
    assert [(r.item, r.urls, r.has) for r in rows] == [
        ("O1", ("http://a.go.th/1", "http://a.go.th/แผน 2"), True),
        ("O2", (), False),
        ("O3", (), None),
    ]
    assert rows[0].note == "หน้าหลัก > โครงสร้าง"


def test_nothing_in_a_sheet_is_a_formula(tmp_path):
    book = openpyxl.load_workbook(write_sheet(ROWS, tmp_path, "x", ".xlsx", SAY))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert "=cmd|' /C calc'!A0" in [cell.value for cell in cells]
    text = write_sheet(ROWS, tmp_path, "x", ".csv", SAY).read_text("utf-8-sig")
    assert "'=cmd|" in text
    assert "'@SUM" in text
    full_width = (Rehearsed(2, "O1", "＝1+1", "ready", (), True),)
    assert "'＝1+1" in write_sheet(full_width, tmp_path, "y", ".csv", SAY).read_text("utf-8-sig")
    assert "\x1b" not in text


def test_a_fix_that_serves_two_remarks_stands_once(tmp_path):
    book = openpyxl.load_workbook(write_sheet(ROWS, tmp_path, "x", ".xlsx", SAY))
    assert book.worksheets[0]["H3"].value == "+แก้"


def test_the_terminal_shows_every_row_and_no_escapes():
    out = io.StringIO()
    render(ROWS, Console(file=out, width=100), SAY)
    text = out.getvalue()
    assert "\x1b" not in text
    assert "O3 ข้อสาม (ไม่มีในไฟล์): ควรแก้ก่อนส่ง" in text
    assert text.splitlines()[-1] == "ซ้อมส่งคำตอบ 3 แถว: พร้อมส่ง 1 ควรแก้ก่อนส่ง 2 ควรเปิดดูเอง 0"


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError):
        write_sheet(ROWS, tmp_path / "file", "x", ".csv", SAY)
