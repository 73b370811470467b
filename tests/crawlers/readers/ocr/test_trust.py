"""What is noise, and how far a page is believed."""

from __future__ import annotations

import pytest

from crawlers.readers.ocr.spelling import Spelt
from crawlers.readers.ocr.trust import is_noise, passed_over, says_something, trust_in
from crawlers.readers.pdf_text import Span, TextLine
from ita_rules.thai.fold import UNREAD
from tests.crawlers.readers.ocr.pictures import numpy


def line(text: str, confidence: float) -> Spelt:
    return Spelt(TextLine([Span(text, 0, 0, 100, 20)]), confidence)


@pytest.mark.parametrize(
    ("text", "confidence", "noise"),
    [
        ("รายงานผล", 0.99, False),
        ("รายงานผลการดำเนินงาน", 0.90, False),
        ("ttuuBL ulg", 0.93, True),
        ("Annual report", 0.985, False),
        ("~ -", 0.5, True),
        ("-", 0.99, False),
        ("1,250.00", 0.93, False),
        (UNREAD * 4, 1.0, False),
        ("เาเาเาเา", 0.9, True),
    ],
)
def test_noise(text: str, confidence: float, noise: bool) -> None:
    assert is_noise(line(text, confidence)) is noise


def test_trust_falls_with_confidence_and_noise() -> None:
    good = line("รายงานผลการดำเนินงาน", 0.992)
    assert trust_in([good], [], 0.0) == 1.0
    assert trust_in([line("รายงานผลการดำเนินงาน", 0.965)], [], 0.0) < 0.6
    assert trust_in([line("รายงานผลการดำเนินงาน", 0.93)], [], 0.0) == 0.0
    assert trust_in([good], [line("x" * 40, 0.9)], 0.0) < 0.6
    assert trust_in([good], [], 0.8) < 0.6


def test_no_text() -> None:
    assert trust_in([], [], 0.0) == 1.0
    assert trust_in([], [line("Kyxw", 0.9)], 0.0) == 0.0
    assert trust_in([], [], 1.0) == 0.0


def test_print_that_was_passed_over() -> None:
    spots = numpy.array([[30 * i, 100 * (i % 2), 20, 24, 200] for i in range(40)])
    assert passed_over(spots, [(0, 0, 1300, 60)], 24) == pytest.approx(0.5)
    assert passed_over(spots[:5], [], 24) == 0.0


def test_a_table_of_noise() -> None:
    assert not says_something([line(UNREAD, 1.0), line("Hx", 0.9)])
    assert says_something([line("ที่", 0.99)])
