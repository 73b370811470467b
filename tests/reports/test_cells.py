"""Cells: no text becomes a formula, whatever a site wrote; sheets are framed for work and for paper."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest

from ita_rules.model import Status
from reports.cells import Book, Column, Link, Mark, harmless, lines

DANGEROUS = (
    "=cmd|' /C calc'!A0",
    "+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\u200b=1+1",
    "\x1b[31m=1+1",
    "\u202e=1+1",
    "＝1+1",
    "  +1",
)
FORMULA = re.compile(r"^[=+\-@＝＋－＠\t\r]")


def loaded(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_begins_like_a_formula(text: str) -> None:
    assert not FORMULA.match(harmless(text))
    book = Book("t", "2026-11-21T02:00:00+07:00")
    sheet = book.sheet("s", text, [Column(text, 20), Column("b", 10), Column("c", 10)])
    sheet.add(text, Link(text, None), Mark(text, Status.GAP))
    sheet.offer(0, [text, 'a,b"c'], text, text)
    for row in loaded(book.content()).active.iter_rows():
        for cell in row:
            assert cell.data_type != "f"
            assert not FORMULA.match(str(cell.value or ""))


def test_text_that_reads_as_something_else_stays_text() -> None:
    book = Book("t", "")
    sheet = book.sheet("s", "h", [Column("a", 20), Column("b", 20), Column("c", 20)])
    sheet.add("#REF!", "_x003D_cmd", "1e9")
    content = book.content()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        raw = archive.read("xl/worksheets/sheet1.xml").decode()
    # `_x003D_` would be read as the character of that number: its first mark is written as a number itself.
    assert "_x005F_x003D_cmd" in raw
    assert 't="e"' not in raw
    assert [cell.data_type for cell in loaded(content).active[3]] == ["s", "s", "s"]


def test_what_a_file_cannot_hold_is_left_out_or_cut() -> None:
    book = Book("\x00\ud800", "never")
    sheet = book.sheet("a/b:[c]*?" * 9, "\x00h\ufffe", [Column("a", 20), Column("b", 20)])
    sheet.add("\x00\x08\x0b\ufffe\uffff\ud800x", "ก" * 100_000)
    page = loaded(book.content()).active
    assert page["A3"].value == "x"
    assert 30_000 < len(page["B3"].value) <= 32_767
    assert len(page.title) <= 31
    assert not set(page.title) & set("[]:*?/\\'")
    assert lines(["ก\nข", "", "ก\nข", "\x1b[2Jค"]) == "ก ข\nค"


def test_a_sheet_is_framed_for_work_and_for_paper() -> None:
    book = Book("t", "2026-11-21T02:00:00+07:00")
    sheet = book.sheet("รายข้อ", "หัวเรื่อง", [Column("key", 9, hidden=True), Column("ข้อ", 6), Column("ชื่อ", 20)], frozen=2)
    sheet.add("k", "O1", "สั้น")
    sheet.add("k", "O2", "ข้อความยาวที่ต้องตัดเป็นหลายบรรทัด " * 6)
    sheet.add("k", "O3")
    sheet.offer(2, ["ก", "ข"], "title", "words")
    page = loaded(book.content()).active
    assert page.freeze_panes == "C3"
    assert page.auto_filter.ref == "A2:C5"
    assert page.print_title_rows == "$1:$2"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.column_dimensions["A"].hidden
    assert page["B1"].value == "หัวเรื่อง"
    assert page["C4"].alignment.wrap_text
    assert page.row_dimensions[4].height > 3 * page.row_dimensions[3].height
    assert page["C5"].border.left.style == "thin"
    offered = page.data_validations.dataValidation[0]
    assert (offered.formula1, str(offered.sqref)) == ('"ก,ข"', "C3:C5")


def test_links_lead_only_where_they_were_let_to() -> None:
    book = Book("t", "")
    sheet = book.sheet("s", "h", [Column("a", 20)])
    sheet.add(Link("ที่อยู่", "https://www.example.go.th/a?b=1&c=2#page=3"))
    sheet.add(Link("javascript:alert(1)", None))
    page = loaded(book.content()).active
    assert page["A3"].hyperlink.target == "https://www.example.go.th/a?b=1&c=2#page=3"
    assert page["A3"].value == "ที่อยู่"
    assert page["A4"].hyperlink is None


def test_the_same_rows_give_the_same_bytes() -> None:
    def made() -> bytes:
        book = Book("t", "2026-11-21T02:00:00+07:00")
        book.sheet("s", "h", [Column("a", 20)]).add(Mark("✓", Status.PASS))
        return book.content()

    first = made()
    assert first == made()
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.read("docProps/core.xml").count(b"2026-11-20T19:00:00Z") == 2
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
