"""Where numbers are looked for, and what the words before them call for."""

from __future__ import annotations

import pytest

from crawlers.readers.digits import cues
from crawlers.readers.digits.cues import Stretch
from crawlers.readers.ocr.types import Symbol, TextRow


def symbols(text: str) -> tuple[Symbol, ...]:
    """One symbol a character, ten pixels each; blanks become gaps."""
    made, gap = [], False
    for i, c in enumerate(text):
        if c == " ":
            gap = True
            continue
        made.append(Symbol(c, (10 * i, 0, 10 * i + 9, 20), 0.99, gap))
        gap = False
    return tuple(made)


def row(text: str) -> TextRow:
    """A line of them."""
    return TextRow(symbols(text), (0, 0, 10 * len(text), 20))


def test_the_engines_thai_digits_are_looked_at() -> None:
    assert cues.stretches(row("กกกกกกกกกกกก๒๕๒๕กกกกกกก")) == [Stretch(12, 16)]


def test_symbols_after_a_word_are_looked_at_whatever_they_are() -> None:
    found = cues.stretches(row("รายงานวันที่ลากันยายนและกกกกกกกก"))
    assert found[0].start == len("รายงานวันที่")
    assert len(found) == 2
    assert found[1].start == len("รายงานวันที่ลากันยายน")


def test_sara_am_in_two_pieces_shifts_nothing() -> None:
    text = "ประจําปีbbกกกกกกกกก"
    assert cues.stretches(row(text)) == [Stretch(8, 14)]


def test_plain_letters_are_not_looked_at_but_short_rows_are() -> None:
    assert cues.stretches(row("กกกกกกกกกกกกกกกกกกกก")) == []
    assert cues.stretches(row("HSIORYCE")) == [Stretch(0, 8)]
    assert cues.stretches(row("ระเบียบ")) == []
    assert cues.stretches(TextRow((), (0, 0, 1, 1))) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ประจำปีงบประมาณ พ.ศ. ", "strict"),
        ("แผน (พศ.", "strict"),
        ("ปีงบประมาณ ", "strict"),
        ("ประจําปี ", "likely"),
        ("๓๐ กันยายน ", "likely"),
        ("๑ ต.ค. ", "likely"),
        ("จำนวน ", "no"),
        ("พ.ศ. ของ ", "no"),
        ("วงเงินงบประมาณ ", "no"),
    ],
)
def test_words_before_a_year(text: str, wanted: str) -> None:
    assert cues.year_before(symbols(text)) == wanted


def test_a_number_right_after_its_word_and_a_little_later() -> None:
    assert cues.calls_for_a_number(symbols("ข้อ "), shortly=True)
    assert cues.calls_for_a_number(symbols("ข้อ กข "))
    assert not cues.calls_for_a_number(symbols("ข้อ กข "), shortly=True)


def test_what_may_touch_a_number() -> None:
    thai, bracket, latin, digit = symbols("ก(b๒")
    assert cues.may_touch(thai)
    assert cues.may_touch(bracket)
    assert not cues.may_touch(latin)
    assert not cues.may_touch(digit)
