"""Labels that are made of a component's stems and of words that say nothing of their own."""

from __future__ import annotations

import pytest

from ita_rules.checks.find.composed import Parts, claimed, composed
from ita_rules.thai.fold import loose


def folded(words: str) -> frozenset[str]:
    return frozenset(loose(w) for w in words.split())


STEMS, BESIDE = folded("ปัญหา อุปสรรค ติดขัด"), folded("เหตุ")
OTHERS, RIVALS = folded("ข้อเสนอแนะ"), frozenset({Parts(folded("แนวทางแก้ไข"), folded("ปัญหา"))})


@pytest.mark.parametrize(
    "label",
    [
        "ปัญหาที่พบในการดำเนินงาน",
        "สิ่งที่ติดขัดระหว่างปฏิบัติงาน",
        "ปัญหา/อุปสรรค (ถ้ามี)",
        "ปัญหา อุปสรรค และข้อเสนอแนะ",
        "ปัญหา หรือ แนวทางแก้ไข",
        "ปัญหาของปีงบประมาณ พ.ศ. 2566",
    ],
)
def test_a_label_of_stems_and_plain_words_is_the_components(label: str) -> None:
    assert composed(label, STEMS, BESIDE, OTHERS, (), RIVALS)


@pytest.mark.parametrize(
    "label", ["ปัญหายาเสพติด", "การแก้ไขปัญหา", "ผลกระทบ", "ข้อเสนอแนะ", "ปัญหา และการประชาสัมพันธ์", "ปัญหา" * 30, ""]
)
def test_any_other_word_makes_another_label(label: str) -> None:
    assert not composed(label, STEMS, BESIDE, OTHERS, (), RIVALS)


def test_a_look_alike_counts_unless_a_stem_holds_it() -> None:
    assert not composed("สภาพปัญหา", STEMS, folded("สภาพ"), OTHERS, (loose("สภาพปัญหา"),))
    stems = STEMS | folded("สภาพปัญหาที่พบ")
    assert composed("สภาพปัญหาที่พบ", stems, BESIDE, OTHERS, (loose("สภาพปัญหา"),))


def test_a_label_that_is_wholly_a_rivals_is_the_rivals() -> None:
    assert claimed("แนวทางแก้ไขปัญหา", STEMS, BESIDE, RIVALS)
    assert not claimed("ปัญหา/แนวทางแก้ไข", STEMS, BESIDE, RIVALS)
    assert not claimed("ปัญหาที่พบ", STEMS, BESIDE, RIVALS)


def test_parts_may_be_joined_by_blanks_or_a_dash_alone() -> None:
    assert composed("ปัญหา-ข้อเสนอแนะ", STEMS, BESIDE, OTHERS, (), RIVALS)
    assert composed("ติดขัดตรงไหน แนวทางแก้ไข", STEMS, BESIDE, OTHERS, (), RIVALS)
    assert not composed("ปัญหา ประชาสัมพันธ์", STEMS, BESIDE, OTHERS, (), RIVALS)


def test_the_translation_in_brackets_names_it_too() -> None:
    stems = STEMS | folded("painpoint")
    assert composed("ขวากหนามระหว่างทาง (Pain Point)", stems, BESIDE, OTHERS, (), RIVALS)
    assert not composed("ขวากหนามระหว่างทาง (Pain Killer)", stems, BESIDE, OTHERS, (), RIVALS)


def test_what_comes_first_of_a_label_without_joints_keeps_it_from_a_rival() -> None:
    assert not claimed("ปัญหา แนวทางแก้ไขปัญหา", STEMS, BESIDE, RIVALS)
    assert claimed("แนวทางแก้ไข ปัญหา", STEMS, BESIDE, RIVALS)
