"""Steps and time limits in tables and lists whose heads do not call them so."""

from __future__ import annotations

import pytest

from tests.checks.find.test_detect import sees

COURSE = "| ที่ | {} | {} |\n| 1 | ผู้ขอยื่นคำร้อง | 5 นาที |\n| 2 | ตรวจสถานที่ | 3 วัน |\n| 3 | ปลัดลงนามในใบอนุญาต | 1 วัน |"
SERVICES = "| ที่ | {} | เวลา |\n| 1 | ชำระภาษี | 5 นาที |\n| 2 | รับแจ้งเกิด | 10 นาที |\n| 3 | ขอใช้น้ำ | 3 วัน |"


@pytest.mark.parametrize(
    "text",
    [
        COURSE.format("สิ่งที่ต้องทำ", "กี่วัน"),
        COURSE.format("รายการ", "เสร็จใน"),
        "| ช่วง | งาน | ใช้ |\n| ต้น | รับเรื่อง | 1 วัน |\n| กลาง | คณะทำงานสืบสวน | 20 วัน |\n| ท้าย | แจ้งผู้ร้อง | 7 วัน |",
    ],
)
def test_a_table_of_deeds_in_the_course_of_work_tells_the_steps(text: str) -> None:
    assert sees("steps", text)


@pytest.mark.parametrize(
    "text",
    [
        SERVICES.format("งานบริการ"),  # what may be asked for, each by itself
        SERVICES.format("เรื่อง"),
        COURSE.format("โครงการ", "กี่วัน"),
        "| ที่ | งาน | ผู้ทำ |\n| 1 | รับหนังสือ | ธุรการ |\n| 2 | ตรวจเอกสาร | ธุรการ |\n| 3 | ส่งหนังสือ | ธุรการ |",  # duties
        "| ที่ | เอกสาร | อายุ |\n| 1 | บัตรประชาชน | 7 วัน |\n| 2 | ทะเบียนบ้าน | 7 วัน |\n| 3 | แบบคำขอ | 7 วัน |",
    ],
)
def test_a_table_that_only_looks_like_steps(text: str) -> None:
    assert sees("steps", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "| งาน | เสร็จใน |\n| ลงรับ | 1 วันทำการ |\n| สอบสวน | 30 วัน |",
        "| งาน | นาน (นาที) |\n| ลงรับ | 5 |\n| ตรวจ | 15 |",
        "1. ลงรับเรื่อง – 1 วันทำการ\n2. สืบสวน – 30 วัน",
    ],
)
def test_times_in_a_column_or_at_the_end_of_entries_are_limits(text: str) -> None:
    assert sees("time-limit", text)


@pytest.mark.parametrize(
    "text",
    [
        "| ประเภท | วันลา |\n| ลาป่วย | 30 วัน |\n| ลากิจ | 10 วัน |",
        "| สินค้า | รับประกัน |\n| เครื่องพิมพ์ | 90 วัน |\n| จอ | 60 วัน |",
        "| หลักสูตร | อบรม (วัน) |\n| ดับเพลิง | 2 |\n| พัสดุ | 3 |",
        "| งาน | จำนวน |\n| ลงรับ | 5 |\n| ตรวจ | 15 |",
        "1. ลาป่วย 30 วัน\n2. ลากิจ 10 วัน",
        "1. สืบสวน – 30 วัน",
    ],
)
def test_times_of_something_else_are_no_limits(text: str) -> None:
    assert sees("time-limit", text) == []
