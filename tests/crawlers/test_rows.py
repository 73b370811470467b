import pytest
from lxml import etree

from crawlers.rows import MAX_ROW, Row, fill, text_of


def row(html, path=".//a/ancestor::tr[1]"):
    (element,) = etree.HTML(html).xpath(path)
    made = Row(element, 0)
    return made, fill(made, {})


def test_cells_and_text():
    made, is_row = row("<table><tr><th>O1</th><td> ก\n ข </td><td><a>เปิด</a></td></tr></table>")
    assert is_row
    assert (made.text, made.cells) == ("O1 | ก ข | เปิด", ("O1", "ก ข", "เปิด"))


@pytest.mark.parametrize("span", ["", "0", "-1", "x", "²", "9" * 5000, "1.5"])
def test_spans_that_are_none(span):
    made, _ = row(f"<table><tr><td rowspan='{span}' colspan='{span}'>O1</td><td><a>x</a></td></tr></table>")
    assert made.cells == ("O1", "x")


def test_spans_of_several_columns_and_rows():
    rows = "<tr><td rowspan=3>O1</td><td>ก</td></tr><tr><td rowspan=2>ข</td></tr><tr><td><a>x</a></td></tr>"
    assert row(f"<table>{rows}</table>")[0].cells == ("O1", "ข", "x")


def test_a_row_too_large_is_no_row():
    assert not row(f"<table><tr><td>{'ก' * 2500}</td><td><a>x</a></td></tr></table>")[1]
    made, is_row = row(f"<li>{'ก' * 2500}<a>x</a></li>", ".//li")
    assert is_row
    assert len(made.text) == MAX_ROW


def test_text_is_bounded():
    assert len(text_of(etree.HTML("<p>" + "ก" * 100_000))) == 4000
    assert text_of(etree.HTML("<p>ก<b>ข</b> ค")) == "กข ค"


@pytest.mark.parametrize(
    ("body", "path", "is_row"),
    [
        ("<li><p>O1 ก</p><p>O2 ข <a>x</a></p></li>", ".//li", False),
        ("<li>O1 ก (ต่อจาก O2) <a>x</a></li>", ".//li", True),
        ("<li>O1 ก<ul><li>O1 ข <a>x</a></li></ul></li>", ".//li[1]", True),
        ("<table><tr><td>O1</td><td>ก</td><td>O2</td><td><a>x</a></td></tr></table>", ".//tr", False),
        ("<table><tr><td>O1</td><td>O1 ก</td><td><a>x</a></td></tr></table>", ".//tr", True),
    ],
)
def test_what_holds_several_entries_is_no_row(body, path, is_row):
    assert fill(Row(etree.HTML(body).find(path), 0), {}) == is_row
