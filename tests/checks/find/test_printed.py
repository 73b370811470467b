"""Pages that print what the form asks, and no answer."""

from __future__ import annotations

import pytest

from ita_rules.checks.find.printed import form_words, says_nothing
from ita_rules.rulesets.load import load_ruleset
from tests.build import AGENCY, lines

FORM = load_ruleset("oit-2566")
ASKED = """# แผนการดำเนินงานและการใช้งบประมาณประจำปี พ.ศ. 2566
แสดงแผนการดำเนินงานของหน่วยงานที่มีระยะเวลา 1 ปี มีข้อมูลรายละเอียดอย่างน้อยประกอบด้วย
(1) โครงการหรือกิจกรรม
(2) งบประมาณที่ใช้
(3) ระยะเวลาในการดำเนินการ
"""


def silent(text: str) -> bool:
    return says_nothing(lines(text, "text/html"), form_words(FORM), AGENCY)


def test_the_question_alone_is_no_answer() -> None:
    assert silent(ASKED)
    assert silent(f"{ASKED}{AGENCY}\nดูไฟล์แนบ")


@pytest.mark.parametrize("code", ["O3", "O13", "O25", "O29", "O34"])
def test_every_condition_of_an_item_in_our_own_words_is_no_answer(code: str) -> None:
    item = FORM.item(code)
    assert item is not None
    asks = [c.asks.th for c in item.checks if c.asks]
    assert silent("\n".join((f"# {code} {item.name.th}", "องค์ประกอบด้านข้อมูล", *(f"- แสดง{a}" for a in asks))))
    rows = "\n".join(f"| {code} | {item.name.th} | แสดง{a} |" for a in asks)
    assert silent(f"# ITA 2566\n| ข้อ | ข้อมูล | องค์ประกอบด้านข้อมูล |\n{rows}")


@pytest.mark.parametrize(
    "answer",
    [
        "โครงการขุดลอกลำเหมืองสาธารณะ หมู่ที่ 4 บ้านทุ่งหลวง",
        "| โครงการ | งบประมาณที่ใช้ |\n| อบรมผู้สูงอายุ | 35,000 |",
        "จ้างเหมา 12,000 บาท",
    ],
)
def test_what_is_said_beside_the_question_is_an_answer(answer: str) -> None:
    assert not silent(f"{ASKED}## แผนของเรา\n{answer}")


def test_a_stated_none_is_an_answer() -> None:
    asked = "# สถิติเรื่องร้องเรียน\nแสดงข้อมูลสถิติเรื่องร้องเรียน หากไม่มีเรื่องร้องเรียนให้ระบุว่าไม่มีเรื่องร้องเรียน"
    assert silent(asked)
    assert not silent(f"{asked}\nไม่มีเรื่องร้องเรียน")


def test_labels_that_nobody_asks_for_are_no_question() -> None:
    """A short paper may be made of nothing but words of the form."""
    assert not silent("# นโยบายการบริหารทรัพยากรบุคคล พ.ศ. 2566\nการสรรหาและคัดเลือกบุคลากร การพัฒนาบุคลากร")


def test_the_words_of_a_rule_set_are_folded_once() -> None:
    assert form_words(FORM) is form_words(FORM)
    other = load_ruleset("oit-2569")
    assert form_words(other) is not form_words(FORM)


def test_what_a_number_counts_or_dates_is_no_figure() -> None:
    words = form_words(FORM)
    assert words.foreign("แสดงผลการดำเนินงาน รอบ 6 เดือน พ.ศ. 2566") == 0
    assert words.foreign("เผยแพร่เมื่อ 4 มกราคม 2566 เวลา 10.30 น.") == 0
    assert words.foreign("ผลการดำเนินงาน 42 ครั้ง") > 0
