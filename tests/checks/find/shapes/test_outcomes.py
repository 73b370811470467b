"""Results, measures, deeds after a hearing, ways to complain, and what to do and not to do: each by its form alone."""

from __future__ import annotations

import pytest

from tests.checks.find.test_detect import sees

RESULTS = "| เรื่อง | {} | ใช้เงิน |\n| สรรหาครู | ได้ 4 คน | 900 |\n| อบรมดับเพลิง | ผ่านแล้ว 18 คน | 7,000 |\n| ตรวจสุขภาพ | ครบทุกคน | 0 |"
MEASURES = "| งาน | {} | {} |\n| ถนน | ร้อยละของถนนที่ซ่อมเสร็จ | 80 |\n| น้ำ | จำนวนครัวเรือนที่มีน้ำใช้ | 500 |\n| ขยะ | ปริมาณขยะต่อวัน | 12 |"
DEEDS = "| {} | {} |\n| ออกใบเสร็จทุกครั้ง | รับเงินนอกเวลา |\n| เข้าแถวตามคิว | ลัดคิวให้ญาติ |"

SEEN = [
    ("result-column", RESULTS.format("เกิดอะไรขึ้นบ้าง")),
    ("result-column", RESULTS.format("ทำถึงไหน")),
    ("measure-column", MEASURES.format("รู้ได้จาก", "เป้าปี 2569")),
    ("measure-column", MEASURES.format("สิ่งที่นับ", "ค่าเป้าหมาย")),
    ("acted-on", "สำนักช่างย้ายป้ายรถเมล์ตามข้อเสนอของคนในซอย และเปิดใช้ตั้งแต่เดือนมีนาคม"),
    ("acted-on", "เทศบาลได้นำความเห็นของผู้ค้าไปปรับเวลาเปิดตลาดเป็นตีห้า"),
    ("acted-on", "ลดค่าเช่าแผงลงครึ่งหนึ่งตามมติของเวทีวันที่ 4"),
    ("how-to-tell", "ประชาชนที่พบการเรียกเงินให้ทำหนังสือส่งตู้ไปรษณีย์หน้าสำนักงาน"),
    ("how-to-tell", "ผู้ใดถูกเรียกรับเงิน โปรดโทรแจ้งนิติกร 0 4312 3456"),
    ("how-to-tell", "ผู้กล่าวหาต้องบอกชื่อผู้ถูกกล่าวหา เหตุการณ์ วันเวลา และพยาน"),
    ("opposed-columns", DEEDS.format("พึงทำ", "พึงเลี่ยง")),
    ("opposed-columns", DEEDS.format("Do", "Don't")),
]

UNSEEN = [
    ("result-column", RESULTS.format("เป้าหมาย")),  # what is to be reached
    ("result-column", RESULTS.format("ปัญหาที่พบ")),
    ("result-column", "| เรื่อง | กลุ่มที่ได้ประโยชน์ |\n| อบรม | ครู 4 คน |\n| ตรวจสุขภาพ | บุคลากร |\n| ศึกษาดูงาน | ผู้นำชุมชน |"),
    ("measure-column", MEASURES.format("ข้อมูลพื้นฐาน", "ปัจจุบัน")),  # figures of the place, nothing to be reached
    ("measure-column", MEASURES.format("รู้ได้จาก", "เป้าปี 2569").replace("| 80 |", "| กองช่าง |")),
    ("acted-on", "ชาวบ้านเสนอให้ย้ายป้ายรถเมล์ตามความเห็นของคนในซอย"),  # what was asked for
    ("acted-on", "จัดเวทีเพื่อนำความคิดเห็นไปประกอบการจัดทำแผน"),  # what the hearing is for
    ("acted-on", "ยังไม่ได้ปรับเวลาเปิดตลาดตามข้อเสนอของผู้ค้า"),
    ("acted-on", "ผู้เข้าร่วม 42 คน ให้ความเห็นหลายประการ"),
    ("how-to-tell", "แจ้งผลให้ผู้ร้องเรียนทราบทางโทรศัพท์"),  # what the office does
    ("how-to-tell", "เจ้าหน้าที่ติดต่อผู้ร้องเรียนเพื่อส่งหนังสือเชิญ"),
    ("how-to-tell", "ไม่รับบัตรสนเท่ห์ที่ผู้แจ้งไม่ระบุชื่อ เหตุการณ์ วันเวลา และหลักฐาน"),
    ("how-to-tell", "ประชาชนมีความพึงพอใจต่อการให้บริการ"),
    ("opposed-columns", DEEDS.format("ผ่าน", "ไม่ผ่าน")),
    ("opposed-columns", "| ทำได้ | ทำไม่ได้ |\n| 12 | 3 |"),  # counts, no deeds
    ("opposed-columns", DEEDS.format("พึงทำ", "ผู้ดูแล")),
]


@pytest.mark.parametrize(("name", "text"), SEEN)
def test_a_form_that_tells_it_whatever_stands_above(name: str, text: str) -> None:
    assert sees(name, text)


@pytest.mark.parametrize(("name", "text"), UNSEEN)
def test_a_form_like_it_that_tells_something_else(name: str, text: str) -> None:
    assert sees(name, text) == []


def test_the_quote_is_the_head_and_the_first_cell_that_tells() -> None:
    assert sees("result-column", RESULTS.format("ทำถึงไหน")) == ["ทำถึงไหน … ได้ 4 คน"]
