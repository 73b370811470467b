"""What counts as another menu or another list: not counters, dates of today or the order, but targets, words and years."""

import pytest

from crawlers.outlines import heads, menu, names_the_form, outline, plain
from ita_rules.run.types import Exchange, Link


def link(target: str, text: str = "", zone: str = "main", **more: object) -> Link:
    return Link("h", target, f"http://a.go.th/{target}", text=text, zone=zone, **more)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("เปิดอ่าน 12 ครั้ง", "เปิดอ่าน 1,345 ครั้ง", True),
        ("O13 รายงาน", "O14 รายงาน", False),
        ("รายงาน 2566", "รายงาน 2567", False),
        ("งบประมาณ ๒๕๖๖", "งบประมาณ ๒๕๖๗", False),
        ("ผู้ชม 5", "ผู้อ่าน 5", False),
    ],
)
def test_numbers_that_count_something_are_left_out(one, other, same):
    assert (plain(one) == plain(other)) is same


def test_the_order_and_counters_of_rows_do_not_count_but_targets_do():
    first = [link("a", "O1", cells=("O1", "อ่าน 5")), link("b", "O2", row="O2 ดาวน์โหลด 10 ครั้ง")]
    again = [link("b", "O2", row="O2 ดาวน์โหลด 99 ครั้ง"), link("a", "O1", cells=("O1", "อ่าน 6"))]
    assert outline(first) == outline(again)
    assert outline(first) != outline([link("c", "O1", cells=("O1", "อ่าน 5")), first[1]])
    assert outline(None) == outline([link("", "-")]) == frozenset()


def test_a_menu_is_known_by_its_marks_or_by_standing_elsewhere_too():
    page = [link("a", "แผน", "nav"), link("n", "ข่าวใหม่"), link("b", "ติดต่อ")]
    other = [link("b", "ติดต่อ")]
    assert menu(page, other) == {("a", "แผน"), ("b", "ติดต่อ")}
    assert menu([*page, link("m", "ข่าวอีก")], other) == menu(page, other)
    assert menu(page[:2], other) != menu(page, other)


def test_a_new_way_to_the_form_is_seen_wherever_it_stands():
    before = [link("a", "ITA 2565")]
    assert names_the_form([*before, link("b", "ITA 2566")], before)
    assert not names_the_form([*before, link("b", "วันเด็ก")], before)
    assert not names_the_form(before, before)


def test_heads_are_title_and_headings():
    assert heads(Exchange("k", "u", title="ITA 2566", headings=("ชม 3",))) == ("ITA 2566", "ชม #")
    assert heads(None) == ()
