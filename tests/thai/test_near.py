"""Phrases in recognised text: found though letters are mistaken, never made of other words."""

from __future__ import annotations

import pytest

from ita_rules.thai.fold import loose
from ita_rules.thai.near import is_alike, is_doubtful, is_label_alike, place

SUGGESTIONS = loose("ปัญหา อุปสรรค และข้อเสนอแนะ")


@pytest.mark.parametrize("text", ["๓. ปัญหา อุปสรรด และข้อเสนอแนะ", "ปัญหา อุปลรรค และข้อเสนอแนะ ในปี", "ปัญหาอุปสรรคและข้อเสนอแนะ"])
def test_a_long_phrase_is_found_with_letters_mistaken(text: str) -> None:
    assert is_alike(loose(text), SUGGESTIONS)


@pytest.mark.parametrize("text", ["แนะ", "แก้ไขปัญหาความเดือดร้อนของประชาชน", "ข้อเสนอราคา", "ปัญหาและแนวทางแก้ไข"])
def test_other_words_are_not_the_phrase(text: str) -> None:
    assert not is_alike(loose(text), SUGGESTIONS)


def test_a_short_word_needs_to_be_the_whole_label() -> None:
    assert is_label_alike(loose("งบประมาฌ"), loose("งบประมาณ"))
    assert not is_label_alike(loose("งบประมาฌที่ใช้"), loose("งบประมาณ"))
    assert not is_label_alike(loose("ผน"), loose("ผล"))
    assert not is_alike(loose("งบประมาฌที่ใช้"), loose("งบประมาณ"))


@pytest.mark.parametrize(
    ("text", "wanted", "stands"),
    [
        ("สรุป ปัญหา อุปสรรด และข้อเสนอแนะ :", "ปัญหา อุปสรรค และข้อเสนอแนะ", "ปัญหา อุปสรรด และข้อเสนอแนะ"),
        ("ปัญทา", "ปัญหา", "ปัญทา"),
        ("ปัญหา", "ปัญหา", None),
        ("โครงการปรับปรุงถนน", "ปัญหา อุปสรรค และข้อเสนอแนะ", None),
    ],
)
def test_the_place_of_a_phrase_in_the_text_as_it_stands(text: str, wanted: str, stands: str | None) -> None:
    found = place(text, loose(wanted))
    assert (text[found.start : found.end].strip() if found else None) == stands


def test_what_is_somewhat_alike_is_doubtful() -> None:
    assert is_doubtful(loose("งบปรมาฌ"), loose("งบประมาณ"))
    assert is_doubtful(loose("บัญทา อุบสรรค และขัอเสบอแนะ"), SUGGESTIONS)
    assert not is_doubtful(loose("ตัวชี้วัด"), loose("งบประมาณ"))
    assert not is_doubtful(loose("ปี"), loose("ผล"))
