"""Tables rebuilt from rows: heads, two-level heads, tables over page breaks, filled cells."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ita_rules.checks.find.tables import Table, filled, is_group_row, tables
from ita_rules.locate.lines import prepare
from tests.build import document, lines


def with_heads(text: str, *heads: int) -> list[Table]:
    """The tables of a text whose rows (counted over all pages) are marked as heads as given."""
    made = document(text)
    count = 0
    pages = []
    for page in made.pages:
        blocks = []
        for block in page.blocks:
            if block.kind == "row":
                blocks.append(replace(block, header=count in heads))
                count += 1
            else:
                blocks.append(block)
        pages.append(replace(page, blocks=tuple(blocks)))
    return tables(prepare(replace(made, pages=tuple(pages))))


@pytest.mark.parametrize("cell", ["1", "๑", "ไม่มี", "ก", "✓", "●", "x", "0.00"])
def test_cells_that_say_something(cell: str) -> None:
    assert filled(cell)


@pytest.mark.parametrize("cell", ["", " ", "-", "–", "—", ".....", "…", "___", "- -"])
def test_cells_that_say_nothing(cell: str) -> None:
    assert not filled(cell)


def test_a_dash_says_something_only_where_the_rule_allows_it() -> None:
    assert filled("-", frozenset({"-"}))
    assert filled("–", frozenset({"-"}))
    assert not filled(".....", frozenset({"-"}))


def test_columns_by_their_heads() -> None:
    found = tables(lines("| โครงการ | ผล |\n| ถนน | เสร็จ |\n| ประปา | รอ |"))
    assert [t.heads for t in found] == [("โครงการ", "ผล")]
    assert [c for _, c in found[0].column(1)] == ["เสร็จ", "รอ"]


def test_two_levels_of_heads_are_joined_and_merged_cells_said_once() -> None:
    text = "| โครงการ | งบประมาณ | งบประมาณ |\n| โครงการ | ที่ตั้งไว้ | ที่ใช้ |\n| ถนน | 500 | 498 |"
    found = with_heads(text, 0, 1)
    assert found[0].heads == ("โครงการ", "งบประมาณ ที่ตั้งไว้", "งบประมาณ ที่ใช้")
    assert [r.block.cells[0] for r in found[0].rows] == ["ถนน"]


def test_a_table_that_goes_on_over_the_page_keeps_its_head() -> None:
    text = "| โครงการ | ผล |\n| ถนน | เสร็จ |\n=== page ===\n| ประปา | รอ |\n| ไฟ | เสร็จ |"
    found = with_heads(text, 0)
    assert [len(t.rows) for t in found] == [3]


def test_a_head_repeated_on_the_next_page_begins_no_new_table() -> None:
    text = "| โครงการ | ผล |\n| ถนน | เสร็จ |\n=== page ===\n| โครงการ | ผล |\n| ประปา | รอ |"
    found = with_heads(text, 0, 2)
    assert [(t.heads, len(t.rows)) for t in found] == [(("โครงการ", "ผล"), 2)]


def test_another_table_on_the_next_page_is_one_of_its_own() -> None:
    text = "| โครงการ | ผล |\n| ถนน | เสร็จ |\n=== page ===\n| ชื่อ | ตำแหน่ง | โทร |\n| ก | ข | 1 |"
    assert len(with_heads(text, 0, 2)) == 2


def test_rows_that_only_group_others() -> None:
    rows = lines("| ก | ข |\n| รวม | |\n| ยุทธศาสตร์ | ยุทธศาสตร์ |\n| ถนน | 1 |")
    assert [is_group_row(r) for r in rows] == [False, True, True, False]


def test_years_one_upon_another_head_columns_too() -> None:
    table = with_heads("| งาน | วัดจาก | ๒๕๖๖ | ๒๕๖๗ | ๒๕๖๘ |\n| ถนน | สายทางที่ดี | 61 | 65 | 69 |")[0]
    assert table.heads == ("งาน", "วัดจาก", "2566", "2567", "2568")
    for row in ("| ถนน | ปูน | 2566 | 7 |", "| ถนน | ปูน | 2566 | 2569 |", "| 2566 | 2567 | ถนน |"):
        assert with_heads(f"{row}\n| น้ำ | ท่อ | 3 | 4 |")[0].head_lines == ()


def test_the_head_of_a_column_as_it_stands() -> None:
    (two,) = with_heads("| งาน | ผู้มา | ผู้มา |\n| | ชาย | หญิง |\n| ก | ๓ | ๔ |", 0, 1)
    assert (two.heads[2], two.head(2)) == ("ผู้มา หญิง", "ผู้มา")
    assert Table((), (), ()).head(3) == ""
