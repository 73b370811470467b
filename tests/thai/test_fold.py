"""Search keys: every fault of text layers that was measured in agencies' PDFs, and texts that must stay apart."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_rules.thai.fold import clean, has, key, loose

THAI = "".join(chr(c) for c in range(0x0E01, 0x0E5C) if c not in range(0x0E3B, 0x0E3F))
MESSY = st.text(alphabet=THAI + " \n\t.-/…" + "25abXO\u200b\xad\uf70a\uf713\uf710\uf8ff\ufffd", max_size=60)


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("จํานวน", "จำนวน"),  # ำ split into นิคหิต and า
        ("นํ้า", "น้ำ"),  # นิคหิต before the tone before า
        ("น้ํา", "น้ำ"),  # the tone before a split ำ
        ("นำ้", "น้ำ"),  # the tone typed after ำ
        ("ท่ี", "ที่"),  # tone before vowel
        ("เมื่อ\u200bวาน", "เมื่อวาน"),
        ("การ\xadเงิน", "การเงิน"),
        ("องค์ การบริหารส่ วน", "องค์การบริหารส่วน"),
        ("ไทรย้ อย", "ไทรย้อย"),
        ("ที ่ตั ้ง", "ที่ตั้ง"),  # blanks before marks
        ("ที่่", "ที่"),
        ("ทีี่", "ที่"),  # doubled marks
        ("เเผน", "แผน"),  # two เ for one แ
        ("ดำาเนินการ", "ดำเนินการ"),
        ("ดําาเนินการ", "ดำเนินการ"),  # the า of ำ written once more
        ("ร า ย ง า น", "รายงาน"),  # OCR's blank after every glyph
        ("๒๕๖๖", "2566"),
        ("25๖๖", "2566"),
        ("O13", "o13"),
        ("ปัญหา/อุปสรรค", "ปัญหา อุปสรรค"),
        ("•  ข้อเสนอแนะ…", "ข้อเสนอแนะ"),
    ],
)
def test_a_fault_that_can_be_repaired_leaves_the_strict_key_whole(broken: str, whole: str) -> None:
    assert key(broken) == key(whole)
    assert loose(broken) == loose(whole)


PRIVATE_USE = {
    "\uf700": "ฐ",
    "\uf70f": "ญ",
    "\uf710": "ั",
    "\uf711": "ํ",
    "\uf712": "็",
    **dict(zip("\uf701\uf702\uf703\uf704", "ิีึื", strict=True)),
    **dict(zip("\uf705\uf706\uf707\uf708\uf709", "่้๊๋์", strict=True)),
    **dict(zip("\uf70a\uf70b\uf70c\uf70d\uf70e", "่้๊๋์", strict=True)),
    **dict(zip("\uf713\uf714\uf715\uf716\uf717", "่้๊๋์", strict=True)),
    **dict(zip("\uf718\uf719", "ุู", strict=True)),
    "\uf71a": "ฺ",
}


@pytest.mark.parametrize(("glyph", "letter"), PRIVATE_USE.items())
def test_private_use_glyphs_of_old_fonts_become_letters(glyph: str, letter: str) -> None:
    assert key(f"ก{glyph}") == key(f"ก{letter}")


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("สานักงาน", "สำนักงาน"),  # ำ lost: 18 of 19 real Word PDFs
        ("ประจาปี", "ประจำปี"),
        ("จัดทา", "จัดทำ"),
        ("กำรพัฒนำ", "การพัฒนา"),  # the opposite fault
        ("ด้ำนสุขภำพ", "ด้านสุขภาพ"),
        ("จ านวน", "จำนวน"),  # ำ as a blank and า
        ("องค์ การบริหารส่ วนตาบล", "องค์การบริหารส่วนตำบล"),
        ("ดาเนินงาน", "ดำเนินงาน"),
        ("ขอเสนอแนะ", "ข้อเสนอแนะ"),  # tones lost in OCR
    ],
)
def test_a_lost_am_or_tone_is_forgiven_by_the_looser_key_only(broken: str, whole: str) -> None:
    assert loose(broken) == loose(whole)
    assert key(broken) != key(whole)


def test_a_word_of_its_own_is_never_merged_by_the_strict_key() -> None:
    assert key("ปา") != key("ป่า") != key("ป้า")
    assert key("คำ") != key("คา")


def test_clean_text_stays_readable() -> None:
    assert clean("ข้อ ๑. สํานักงาน – พ.ศ. ๒๕๖๖") == "ข้อ 1. สำนักงาน – พ.ศ. 2566"


def test_short_wordings_are_compared_strictly_and_long_ones_loosely() -> None:
    assert has("สานักงานปลัด", "สำนักงาน")
    assert not has("คาน", "ค่า")
    assert has("ค่าใช้จ่าย", "ค่า")


@given(MESSY)
def test_folding_never_raises_and_folding_twice_changes_nothing(text: str) -> None:
    assert key(key(text)) == key(text)
    assert loose(loose(text)) == loose(text)
    assert clean(clean(text)) == clean(text)


@given(st.text(max_size=60))
def test_any_text_folds_to_letters_digits_and_marks(text: str) -> None:
    assert not any(c.isspace() or c in ".,/-|" for c in key(text))
    assert len(loose(text)) <= len(key(text))


@given(st.text(alphabet=THAI, min_size=1, max_size=20), st.integers(0, 20))
def test_blanks_between_letters_never_matter(text: str, at: int) -> None:
    assert key(f"{text[:at]} {text[at:]}") == key(f"{text[:at]}\n{text[at:]}")


@given(st.text(alphabet="กนำำา เเแ่้๊์ิีุูั๒5a. ", max_size=12))
def test_plain_text_takes_a_short_way_to_the_same_end(text: str) -> None:
    # What cannot be seen is dropped, but only on the long way.
    assert clean(text) == clean(text + "\u200b")


def test_long_blanks_cost_no_square_of_their_length() -> None:
    began = time.monotonic()
    assert key("ก" + " " * 60_000 + "ข") == "กข"
    assert clean("ก" + " " * 60_000 + "่") == "ก่"
    assert time.monotonic() - began < 5
