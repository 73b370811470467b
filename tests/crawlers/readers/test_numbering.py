"""What office programs count by themselves."""

from __future__ import annotations

import pytest

from crawlers.readers.numbering import Numbering, labelled, number_text


def test_depths_are_counted_apart_and_begin_again() -> None:
    numbering = Numbering({"1": {0: ("thaiNumbers", "%1.", 1), 1: ("decimal", "%1.%2", 1), 2: ("bullet", "", 1)}})
    asked = [0, 1, 1, 0, 1, 2]
    assert [numbering.next(("1", depth)) for depth in asked] == ["๑.", "๑.1", "๑.2", "๒.", "๒.1", "•"]


def test_starts_and_lists_nobody_knows() -> None:
    numbering = Numbering({"1": {0: ("upperRoman", "(%1)", 4), 1: ("none", "x", 1)}})
    assert [numbering.next(("1", 0)), numbering.next(("1", 1)), numbering.next(("9", 0))] == ["(IV)", "", ""]


@pytest.mark.parametrize(
    ("count", "form", "text"),
    [
        (12, "thaiNumbers", "๑๒"), (2, "thaiLetters", "ข"), (3, "lowerLetter", "c"), (28, "upperLetter", "B"),
        (9, "lowerRoman", "ix"), (14, "upperRoman", "XIV"), (7, "unheard of", "7"),
    ],
)  # fmt: skip
def test_dress_of_numbers(count: int, form: str, text: str) -> None:
    assert number_text(count, form) == text


def test_bullets_are_left_out() -> None:
    assert labelled("•", "ก") == ("ก", True)
    assert labelled("๑.", "ก") == ("๑. ก", False)
    assert labelled("", "ก") == ("ก", False)
