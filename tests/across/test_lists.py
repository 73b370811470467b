"""Names in tables: which columns hold them, and when another document plainly lacks one."""

from __future__ import annotations

import pytest

from ita_rules.across.lists import measures, missing, projects
from tests.build import lines

PLAN = """# แผนดำเนินงาน
| ที่ | โครงการ | งบประมาณ |
| 1 | โครงการขุดลอกคลองส่งน้ำสายหลัก | 100,000 |
| ๒ | โครงการอบรมเยาวชนต้านยาเสพติด | 50,000 |
| 3 | โครงการปรับปรุงถนนสายกลางหมู่ 4 | 900,000 |
| รวม | รวมทั้งสิ้นสามโครงการ | 1,050,000 |
"""
RISK = """# การประเมินความเสี่ยง
| เหตุการณ์ความเสี่ยง | มาตรการป้องกัน |
| เจ้าหน้าที่เรียกรับเงินพิเศษ | จัดทำป้ายอัตราค่าธรรมเนียมให้ชัดเจน |
| ใช้รถราชการในเรื่องส่วนตัว | บันทึกการใช้รถทุกครั้งและสุ่มตรวจ |
"""


def test_projects_stand_under_the_head_that_says_so() -> None:
    assert [x.text for x in projects(lines(PLAN))] == [
        "โครงการขุดลอกคลองส่งน้ำสายหลัก",
        "โครงการอบรมเยาวชนต้านยาเสพติด",
        "โครงการปรับปรุงถนนสายกลางหมู่ 4",
    ]


@pytest.mark.parametrize("head", ["ชื่อโครงการ/กิจกรรม", "แผนงาน/โครงการ", "โครงการ กิจกรรม", "กิจกรรม"])
def test_spellings_of_the_head(head: str) -> None:
    assert len(projects(lines(PLAN.replace("| โครงการ |", f"| {head} |")))) == 3


@pytest.mark.parametrize("head", ["จำนวนโครงการ", "ผลการดำเนินโครงการ", "วัตถุประสงค์", "หน่วยงานที่รับผิดชอบโครงการ"])
def test_heads_that_hold_no_names(head: str) -> None:
    assert projects(lines(PLAN.replace("| โครงการ |", f"| {head} |"))) == []


def test_names_recognised_from_a_picture_are_none() -> None:
    assert projects(lines(PLAN, page={"method": "ocr"})) == []


def test_unread_digits_make_no_name() -> None:
    assert len(projects(lines(PLAN.replace("หมู่ 4", "หมู่ □")))) == 2


def test_measures_come_with_the_risk_they_answer() -> None:
    first = measures(lines(RISK))[0]
    assert first.text == "จัดทำป้ายอัตราค่าธรรมเนียมให้ชัดเจน"
    assert len(first.keys) == 2


def test_a_name_worded_a_little_otherwise_is_not_missing() -> None:
    report = PLAN.replace("ขุดลอกคลองส่งน้ำสายหลัก", "ขุดลอกคลองส่งน้ำ (สายหลัก) ปี 66").replace("อบรม", "ฝึกอบรม")
    assert missing(projects(lines(report)), lines(PLAN)) == []


def test_a_measure_in_other_words_is_not_missing() -> None:
    risk = RISK.replace("จัดทำป้ายอัตราค่าธรรมเนียมให้ชัดเจน", "ติดประกาศกรอบเวลาอนุญาต")
    found = missing(measures(lines(risk)), lines("# รายงาน\nกำหนดกรอบเวลาการอนุญาตและติดประกาศ ดำเนินการแล้ว"))
    assert found is not None
    assert [x.text for x in found] == ["บันทึกการใช้รถทุกครั้งและสุ่มตรวจ"]


def test_a_name_in_running_text_is_not_missing() -> None:
    text = "# แผน\nในปีนี้จะขุดลอกคลองส่งน้ำสายหลัก อบรมเยาวชนต้านยาเสพติด และปรับปรุงถนนสายกลางหมู่ 4"
    assert missing(projects(lines(PLAN)), lines(text)) == []


def test_what_stands_nowhere_is_missing() -> None:
    other = PLAN.replace("โครงการอบรมเยาวชนต้านยาเสพติด", "โครงการจัดงานประเพณีลอยกระทง")
    found = missing(projects(lines(other)), lines(PLAN))
    assert found is not None
    assert [x.text for x in found] == ["โครงการจัดงานประเพณีลอยกระทง"]


def test_a_measure_is_reported_where_its_risk_is() -> None:
    report = "# รายงานผล\nผลการป้องกันกรณีเจ้าหน้าที่เรียกรับเงินพิเศษ: ไม่พบการกระทำผิด"
    found = missing(measures(lines(RISK)), lines(report))
    assert found is not None
    assert [x.text for x in found] == ["บันทึกการใช้รถทุกครั้งและสุ่มตรวจ"]


@pytest.mark.parametrize("page", [{"method": "ocr"}, {"cause": "no_ocr"}])
def test_nothing_is_missing_from_what_was_not_read_letter_by_letter(page: dict[str, str]) -> None:
    assert missing(projects(lines(PLAN)), lines("# แผนอื่น\nข้อความ", page=page)) is None


def test_nothing_is_missing_from_what_is_too_long_to_tell() -> None:
    assert missing(projects(lines(PLAN)), lines("# แผน\n" + "\n".join(f"ข้อความของแผนบรรทัดที่ {n}" for n in range(12_000)))) is None
