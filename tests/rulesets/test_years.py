"""Moving the years of a form."""

from __future__ import annotations

import datetime as dt

import pytest

from ita_rules.rulesets.years import move_day, move_texts, move_years


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("รายงานของปี พ.ศ. 2565", "รายงานของปี พ.ศ. 2567"),
        ("ประจำปี ๒๕๖๖ (B.E. 2566, A.D. 2023)", "ประจำปี ๒๕๖๘ (B.E. 2568, A.D. 2025)"),
        ("แผน 2566-2570", "แผน 2568-2572"),
        ("ต.ค. 65 - มี.ค. ๖๖", "ต.ค. 67 - มี.ค. ๖๘"),
        ("9 มกราคม 66 สัญญา 15/2566 และ 3/66", "9 มกราคม 68 สัญญา 15/2568 และ 3/68"),
        ("https://www.example.go.th/ita-2566/", "https://www.example.go.th/ita-2568/"),
        ("พ.ร.บ. ข้อมูลข่าวสาร พ.ศ. 2540", "พ.ร.บ. ข้อมูลข่าวสาร พ.ศ. 2540"),
        ("12,566 บาท 2,566 และ 2566,000 กับ 25660", "12,566 บาท 2,566 และ 2566,000 กับ 25660"),
        ("อบรม 66 คน 5/12 และ 1/66/3", "อบรม 66 คน 5/12 และ 1/66/3"),
    ],
)
def test_years_of_the_form_are_moved_and_nothing_else(text: str, moved: str) -> None:
    assert move_years(text, 2, 2566) == moved
    assert move_years(moved, -2, 2568) == text


def test_nothing_moves_by_nothing() -> None:
    assert move_years("ปี 2566", 0, 2566) == "ปี 2566"


def test_texts_in_mappings_and_lists() -> None:
    value = {"th": "ปี 2566", "covers": "fiscal_year", "least": 3, "any_of": ["2565", ("2566",)], "on": True}
    moved = {"th": "ปี 2567", "covers": "fiscal_year", "least": 3, "any_of": ["2566", ("2567",)], "on": True}
    assert move_texts(value, 1, 2566) == moved


def test_days() -> None:
    assert move_day(dt.date(2023, 4, 28), 2) == dt.date(2025, 4, 28)
    assert move_day(dt.date(2024, 2, 29), 1) == dt.date(2025, 2, 28)
