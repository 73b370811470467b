"""Services under heads that tables on anything have."""

from __future__ import annotations

import pytest

from ita_rules.checks.find.shapes.services import is_listing
from ita_rules.locate.lines import Lines
from tests.build import lines
from tests.checks.find.test_detect import sees


@pytest.mark.parametrize(
    "text",
    [
        "| รายการ | ราย |\n| ขอเลขที่บ้าน | 12 |\n| ซ่อมท่อประปา | 40 |",
        "| ที่ | เรื่อง | ต.ค. | พ.ย. |\n| 1 | หนังสือรับรองการเกิด | 3 | 4 |\n| 2 | จดทะเบียนพาณิชย์ | 1 | 0 |",
        "| ประเภท | คน |\n| ผู้รับคำแนะนำ | 9 |\n| เด็กเล็ก | 30 |\n| กู้ชีพ | 2 |",
    ],
)
def test_deeds_under_a_head_of_anything_are_services(text: str) -> None:
    assert sees("services", text)


@pytest.mark.parametrize(
    "text",
    [
        "| ประเภท | ไร่ |\n| นาข้าว | 900 |\n| สวนยาง | 40 |",
        "| รายการ | คน |\n| ประชากรที่ย้ายเข้า | 12 |\n| นักท่องเที่ยวที่ลงทะเบียน | 40 |",
        "| รายการ | ครั้ง |\n| ผู้เข้าชมเว็บไซต์ที่ลงทะเบียน | 12 |",
    ],
)
def test_figures_of_a_place_or_a_website_are_none_and_leave_it_to_a_person(text: str) -> None:
    assert sees("services", text) == []
    assert is_listing(Lines(lines(text)))


def test_a_table_under_other_heads_or_an_empty_one_lists_nothing() -> None:
    assert not is_listing(Lines(lines("| เดือน | ชาย |\n| ตุลาคม | 12 |")))
    assert not is_listing(Lines(lines("| รายการ | ราย |\n|  | 12 |")))
