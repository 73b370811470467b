"""Drafts become pages: tables go on over pages, headings are told from company and print."""

from __future__ import annotations

import time
from typing import Any

import pytest

from crawlers.readers.interface import Budget, Limits
from crawlers.readers.ocr.engine import engine
from crawlers.readers.ocr.page import Draft, draft_of, pages_of
from crawlers.readers.pdf_tables import Grid, Stroke, find_grids
from crawlers.readers.pdf_text import Span, TextLine
from ita_rules.run.types import Image
from tests.crawlers.readers.ocr.pictures import needs_engine, sheet


def line(text: str, x: float, y: float, bold: bool = False) -> TextLine:
    return TextLine([Span(text, x, y - 10, x + 8 * len(text), y + 10)], bold=bold)


def table(top: float, rows: list[list[str]], bold: bool = False) -> tuple[Grid, list[TextLine]]:
    xs = [60.0, 200.0, 400.0, 540.0]
    ys = [top + 30 * i for i in range(len(rows) + 1)]
    (grid,) = find_grids([Stroke(y, xs[0], xs[-1]) for y in ys], [Stroke(x, ys[0], ys[-1]) for x in xs])
    lines = [
        line(text, xs[c] + 4, ys[r] + 15, bold and r == 0) for r, row in enumerate(rows) for c, text in enumerate(row) if text
    ]
    return grid, lines


def draft(lines: list[TextLine], tables: list[tuple[Grid, list[TextLine]]]) -> Draft:
    return Draft(lines, tables, 595, 842, 0.9)


HEAD = ["ลำดับ", "โครงการ", "ปัญหา อุปสรรค"]


def test_a_table_goes_on_over_the_page() -> None:
    first = draft([line("ตารางผลการดำเนินงาน", 60, 60)], [table(100, [HEAD, ["1", "ถนน", ""]], bold=True)])
    second = draft([], [table(60, [["2", "น้ำ", "ไม่มี"]])])
    pages = pages_of([(1, first), (2, second)], {2: (Image(""),)}, Budget(Limits()))
    assert [block.header for block in pages[1].blocks] == [True, False]
    assert pages[1].blocks[0].cells == tuple(HEAD)
    assert pages[0].blocks[2].cells == ("1", "ถนน", "")
    assert pages[1].images == (Image(""),)
    assert (pages[0].method, pages[0].trust) == ("ocr", 0.9)


def test_a_table_after_a_gap_of_pages_or_under_words_stands_alone() -> None:
    first = draft([], [table(100, [HEAD, ["1", "ถนน", ""]], bold=True)])
    later = draft([], [table(60, [["2", "น้ำ", "ไม่มี"]])])
    pages = pages_of([(1, first), (3, later)], {}, Budget(Limits()))
    assert [block.header for block in pages[1].blocks] == [False]
    under = draft([line("อีกเรื่องหนึ่ง", 60, 40)], [table(60, [["2", "น้ำ", "ไม่มี"]])])
    pages = pages_of([(1, first), (2, under)], {}, Budget(Limits()))
    assert not any(block.header for block in pages[1].blocks)


def test_lines_with_dots_do_not_run_on() -> None:
    lines = [line(f"ผลการดำเนินงานของหน่วยงานในปีที่ผ่านมา ........ {n}", 60, 60 + 22 * n) for n in range(3)]
    (page,) = pages_of([(1, draft(lines, []))], {}, Budget(Limits()))
    assert len(page.blocks) == 3
    assert {block.kind for block in page.blocks} == {"text"}


def test_past_the_bound_of_characters() -> None:
    budget = Budget(Limits(text_chars=10))
    (page,) = pages_of([(1, draft([line("ก" * 30, 60, 60)], []))], {}, budget)
    assert page.blocks == ()
    assert budget.spent


def test_digits_are_asked_of_the_digit_reader() -> None:
    needs_engine()
    asked: list[str] = []

    def reader(grey: Any, row: Any) -> list[Any]:
        asked.append(row.text.replace(" ", ""))
        return []

    made = draft_of(sheet([(100, 100, "ประจำปี พ.ศ. ๒๕๖๕")]), engine(), time.monotonic() + 30, reader)
    assert any("พ.ศ." in text for text in asked)
    assert "□" in made.text
    assert not set(made.text) & set("๐๑๒๓๔๕๖๗๘๙")


def test_no_time_left() -> None:
    needs_engine()
    with pytest.raises(TimeoutError):
        draft_of(sheet([(100, 100, "ประจำปี")]), engine(), time.monotonic() - 1, lambda grey, row: [])
