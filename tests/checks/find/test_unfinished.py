"""Words that stand where content is still to come."""

from __future__ import annotations

import pytest

from ita_rules.checks.find.printed import form_words
from ita_rules.checks.find.unfinished import is_to_come, is_unfinished, says_none
from ita_rules.rulesets.load import load_ruleset
from ita_rules.thai.fold import loose
from tests.build import AGENCY, lines

FORM = load_ruleset("oit-2566")


def unfinished(text: str) -> bool:
    return is_unfinished(lines(text, "text/html"), form_words(FORM), AGENCY)


@pytest.mark.parametrize(
    "text",
    [
        "อยู่ระหว่างปรับปรุง",
        "อยู่ระหว่างการปรับปรุงข้อมูล ขออภัยในความไม่สะดวก",
        "ขณะนี้เว็บไซต์อยู่ระหว่างดำเนินการปรับปรุงข้อมูล",
        "(อยู่ระหว่างดำเนินการจัดทำ)",
        "กำลังปรับปรุงข้อมูล...",
        "ข้อมูลกำลังอยู่ระหว่างการจัดทำครับ",
        "Coming Soon!",
        "This page is under construction",
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit",
    ],
)
def test_words_that_only_hold_a_place(text: str) -> None:
    assert is_to_come(loose(text))
    assert not says_none(loose(text))
    assert unfinished(f"# อำนาจหน้าที่\n{AGENCY}\n{text}")


@pytest.mark.parametrize("text", ["ไม่พบข้อมูล", "ยังไม่มีข้อมูล", "ไม่พบข้อมูลที่ค้นหา", "No data available in table"])
def test_the_word_of_an_empty_list(text: str) -> None:
    assert says_none(loose(text))
    assert not is_to_come(loose(text))
    assert unfinished(f"# อำนาจหน้าที่\n{text}")


@pytest.mark.parametrize(
    "text",
    [
        "อยู่ระหว่างจัดทำราคากลาง",
        "อยู่ระหว่างปรับปรุงถนนสายบ้านโคก",
        "ปรับปรุงข้อมูลผู้บริหารให้เป็นปัจจุบัน",
        "ไม่มีเรื่องร้องเรียน",
        "ไม่มี",
        "จัดทำ",
        "พัฒนาเว็บไซต์",
        "กำลังคน",
        "Dolor Company Limited",
    ],
)
def test_words_that_tell_something(text: str) -> None:
    assert not is_to_come(loose(text))
    assert not says_none(loose(text))
    assert not unfinished(f"# อำนาจหน้าที่\n{text}")


def test_how_far_a_project_got_is_told_unless_nothing_else_is() -> None:
    assert not is_to_come(loose("อยู่ระหว่างดำเนินการ"))
    assert unfinished("# อำนาจหน้าที่\nอยู่ระหว่างดำเนินการ")
    assert not unfinished("# โครงการก่อสร้างถนนคอนกรีตเสริมเหล็กสายบ้านโคกถึงบ้านหนอง\nอยู่ระหว่างดำเนินการ")


def test_a_filler_is_seen_in_every_paragraph_and_a_text_beside_it_is_none() -> None:
    filler = "Lorem ipsum dolor sit amet\nSed ut perspiciatis unde omnis iste natus error sit voluptatem"
    assert unfinished(f"# อำนาจหน้าที่\n{filler}")
    assert not unfinished(f"# อำนาจหน้าที่\n{filler}\nจัดให้มีและบำรุงรักษาทางน้ำและทางบกในเขตตำบล")


def test_an_answer_beside_the_word_is_an_answer() -> None:
    assert not unfinished("# อำนาจหน้าที่\nจัดให้มีและบำรุงรักษาทางน้ำและทางบกในเขตตำบล\nอยู่ระหว่างปรับปรุงข้อมูล")
    assert not unfinished("# ข้อมูลการติดต่อ\nโทร 043 123 456\nอยู่ระหว่างปรับปรุงข้อมูล")


def test_what_a_component_takes_for_a_stated_none_is_an_answer() -> None:
    stated = next(z for c in FORM.components.values() for z in c.zero if says_none(loose(z)))
    assert not unfinished(f"# อำนาจหน้าที่\n{stated}")


def test_many_words_that_may_be_read_in_several_ways_are_read_at_once() -> None:
    assert not is_to_come(loose("หน้านี้" * 22 + "ก")[:160])
