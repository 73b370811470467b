"""Digits of official papers, and names that cannot pass for a blank."""

from __future__ import annotations

import pytest

from ita_rules.messages import messages
from reports.papers.words import name_of, short_month, thai_digits


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ปีงบประมาณ พ.ศ. 2566", "ปีงบประมาณ พ.ศ. ๒๕๖๖"),
        ("ข้อ O13 มี 2 เงื่อนไข", "ข้อ O13 มี ๒ เงื่อนไข"),
        ("http://x.go.th/2566/1.pdf ปี 2566", "http://x.go.th/2566/1.pdf ปี ๒๕๖๖"),
        ("แผนปี 2566.pdf", "แผนปี 2566.pdf"),
        ("9.1 ข้อมูลพื้นฐาน", "๙.๑ ข้อมูลพื้นฐาน"),
        ("70.5 ถึง 100", "๗๐.๕ ถึง ๑๐๐"),
        ("E-Service 3 งาน", "E-Service ๓ งาน"),
        ("", ""),
    ],
)
def test_numbers_become_thai_and_names_stay(text: str, wanted: str) -> None:
    assert thai_digits(text) == wanted


def test_months_are_short_with_their_year() -> None:
    assert short_month("2023-01-06", messages("th")) == "ม.ค. 2566"
    assert short_month("2023-12-31", messages("th")) == "ธ.ค. 2566"
    assert short_month("2023-09-30", messages("en")) == "September 2023"


def test_a_name_asks_for_no_filling() -> None:
    assert name_of("กอง____คลัง\u202e") == "กอง…คลัง"
    assert len(name_of("ก" * 300)) == 160
