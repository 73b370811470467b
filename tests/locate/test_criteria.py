"""Criteria of the handbook copied into a document: what asks is marked, and what answers is not."""

from __future__ import annotations

import pytest

from tests.build import lines


def marked(text: str, media: str = "text/html") -> list[str]:
    return [x.bare for x in lines(text, media) if x.criterion]


@pytest.mark.parametrize(
    "sentence",
    [
        "แสดงแผนการดำเนินงานของหน่วยงาน มีข้อมูลรายละเอียดอย่างน้อยประกอบด้วย โครงการ งบประมาณ และระยะเวลา",
        "แสดงผลการดำเนินงาน มีข้อมูลรายละเอียด ยกตัวอย่างเช่น ผลการใช้จ่ายงบประมาณ ปัญหา อุปสรรค ข้อเสนอแนะ เป็นต้น",
        "โดยมีข้อมูลรายละเอียดอย่างน้อยประกอบด้วย ปัญหา อุปสรรค ข้อเสนอแนะ",
        "* กรณีไม่มีเรื่องร้องเรียน ให้ระบุว่าไม่มีเรื่องร้องเรียน",
    ],
)
def test_a_sentence_that_asks_is_a_criterion(sentence: str) -> None:
    text = f"# รายงาน\n{sentence}\nอบรมแล้ว 2 รุ่น"
    assert marked(text) == [sentence.removeprefix("* ")]


def test_the_list_that_a_sentence_asks_for_is_one_with_it() -> None:
    text = "# รายงาน\nแสดงผลการดำเนินงาน มีข้อมูลรายละเอียดอย่างน้อยประกอบด้วย\n(1) ผลการใช้จ่าย\n(2) ปัญหา อุปสรรค\n## ผลจริง\n(1) ก"
    assert marked(text)[1:] == ["ผลการใช้จ่าย", "ปัญหา อุปสรรค"]


def test_an_entry_over_words_of_its_own_is_the_answer() -> None:
    asked = "แสดงผลการดำเนินงาน มีข้อมูลรายละเอียดอย่างน้อยประกอบด้วย"
    text = f"# รายงาน\n{asked}\n(1) ผลการใช้จ่าย\n(2) ปัญหา อุปสรรค\nผู้รับจ้างส่งมอบงานล่าช้า\n(3) ข้อเสนอแนะ"
    assert marked(text) == [asked, "ผลการใช้จ่าย"]
    assert marked(f"# รายงาน\n{asked}\n(1) อบรม 3 ครั้ง") == [asked]


@pytest.mark.parametrize(
    "sentence",
    [
        "แผนนี้ประกอบด้วยโครงการ 12 โครงการ",
        "แสดงบัตรประชาชนต่อเจ้าหน้าที่ อย่างน้อยประกอบด้วยสำเนา 1 ฉบับ",
        "คณะทำงานอย่างน้อย 3 คน",
        "มีผู้เข้าร่วมอย่างน้อย 40 คน ได้แก่ ผู้นำชุมชน",
    ],
)
def test_a_sentence_that_tells_is_none(sentence: str) -> None:
    assert marked(f"# รายงาน\n{sentence}\n- ก\n- ข") == []
