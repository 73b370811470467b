"""What groups say, and the years they keep to."""

from __future__ import annotations

import pytest

from crawlers.readers.digits.classify import ARABIC, CLASSES, THAI
from crawlers.readers.digits.number import dated, plainly, script_of, well_formed, year
from crawlers.readers.digits.path import Glyph
from tests.crawlers.readers.digits.test_path import chances, segment


def group(text: str, sure: float = 0.99, second: dict[int, tuple[str, float]] | None = None) -> list[Glyph]:
    """Glyphs that read `text`; `second` gives the glyph at a place another sign with its probability."""
    table = chances(*[(c, sure) for c in text])
    for at, (sign, chance) in (second or {}).items():
        table[at, CLASSES.index(sign)] += chance
        table[at, -1] = max(0.0, 1 - float(table[at, :-1].sum()))
    return [Glyph(segment(i, i + 1, 10 * i, 10 * i + 9), table[i], CLASSES.index(c)) for i, c in enumerate(text)]


def test_the_least_sure_digit_counts() -> None:
    glyphs = group("๑๒") + group("๓", 0.6)
    reading = plainly(glyphs, THAI)
    assert reading.text == "๑๒๓"
    assert reading.digits == pytest.approx(0.6, abs=0.01)


def test_one_script_for_all_digits() -> None:
    glyphs = group("๒๕") + group("0", 0.55, {0: ("๐", 0.4)})
    assert script_of(glyphs) == THAI
    assert plainly(glyphs, THAI).text == "๒๕๐"
    assert script_of(group("2566")) == ARABIC
    assert plainly(group("2566"), ARABIC).text == "2566"


def test_a_year_chooses_between_two_readings_of_a_digit() -> None:
    # the third digit reads ๒ a little more than ๖; 2526 is no year of these documents
    glyphs = group("๒๕") + group("๒", 0.5, {0: ("๖", 0.45)}) + group("๖")
    reading = year(glyphs)
    assert reading.text == "๒๕๖๖"
    assert 0.5 < reading.year < 0.9


def test_a_number_that_is_no_year_is_not_made_one() -> None:
    assert year(group("๒๕๒๒")).year < 0.01
    assert year(group("๑๒๓๔")).year < 0.01
    assert year(group("๒๕๙๑")).year < 0.01
    assert year(group("๒๕๖๖")).year > 0.95


def test_spans_and_dates() -> None:
    assert dated(group("๒๕๖๖-๒๕๗๐"), strict=True).text == "๒๕๖๖-๒๕๗๐"
    assert dated(group("๒๕๖๖-๒๕๗๐"), strict=True).year > 0.9
    assert dated(group("๓๐/๙/๒๕๖๖"), strict=False).year > 0.9
    assert dated(group("๓๐/๙/๒๕๒๖"), strict=False).year < 0.1


def test_a_year_that_lost_a_digit_is_never_sure() -> None:
    assert dated(group("๒๕๖"), strict=False).year == 0
    assert dated(group("๒๕๖๖-๒๕๗"), strict=False).year == 0
    assert dated(group("๖๖"), strict=True).year == 0
    assert dated(group("๖๖"), strict=False).year > 0.9


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("๑๒,๓๔๕.๐๐", True), ("๑,๒๓๔,๕๖๗", True), ("๘๑๖,๙๓", False), ("๑๒๓๔,๕๖๗", False), ("๑..๒", False),
        ("๐-๒๑๒๓-๔๕๖๗", True), ("๓๐/๙/๒๕๖๖", True), ("๑.๒.๓", True), ("๐๐", False), ("๐", True), ("๐.๐", True),
    ],
)  # fmt: skip
def test_separators_stand_as_they_are_written(text: str, good: bool) -> None:
    assert well_formed(text) is good
