"""What is recognised by its shape: people, numbers, addresses, maps, forms, plans by months."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ita_rules.checks.find.detect import detect, detectors
from ita_rules.checks.find.shapes.sight import Sight
from ita_rules.locate.lines import Lines, prepare
from ita_rules.rulesets.casepages import parse_pages
from ita_rules.rulesets.kinds import DETECTORS
from ita_rules.run.types import Link
from tests.build import document


def sees(name: str, text: str, media: str = "text/html") -> list[str]:
    """The quotes of what a detector sees in a page."""
    made = document(text, media)
    links = tuple(Link("s", "t", x.url, text=x.text, heading=x.heading) for p in parse_pages(text) for x in p.links)
    return [h.quote for h in detect(name, Sight(prepare(made), made, links))]


PEOPLE = "# ผู้บริหาร\n![ก](a.jpg)\nนายสมชาย ใจดี\nนายกองค์การบริหารส่วนตำบล\n![ข](b.jpg)\nนางสาวสมศรี มีสุข\nปลัด"

SEEN = [
    ("person-name", "นายสมชาย ใจดี"),
    ("person-name", "ว่าที่ร้อยตรีสมชาย ใจดี"),
    ("person-name", "| นางสาวสมศรี มีสุข | ปลัด |"),
    ("person-photo", PEOPLE),
    ("person-contact", "นายสมชาย ใจดี\nโทร. 0 4312 3456"),
    ("person-contact", "นายสมชาย ใจดี\nsomchai@example.go.th"),
    ("phone", "โทรศัพท์ 043-123456"),
    ("phone", "โทร. ๐ ๔๓๑๒ ๓๔๕๖"),
    ("phone", "081-234-5678"),
    ("phone", "+66 43 123 456"),
    ("email", "saraban@example.go.th"),
    ("address", "เลขที่ 99 หมู่ 4 ตำบลไผ่เขียว อำเภอเมือง จังหวัดขอนแก่น 40000"),
    ("address", "เลขที่ ๙๙ หมู่ที่ ๔\nต.ไผ่เขียว อ.เมือง\nจ.ขอนแก่น ๔๐๐๐๐"),
    ("map", "# ที่ตั้ง\n[embed: https://www.google.com/maps/embed?pb=1]"),
    ("map", "# ที่ตั้ง\n![แผนที่ตั้งหน่วยงาน](m.png)"),
    ("org-chart", "# โครงสร้าง\n![แผนผังโครงสร้างการแบ่งส่วนราชการ](c.png)"),
    ("units", "สำนักปลัด\nกองคลัง\nกองช่าง"),
    ("steps", "# ขั้นตอน\nขั้นตอนที่ 1 ยื่นคำขอ\nขั้นตอนที่ 2 ตรวจเอกสาร"),
    ("steps", "# การขอใบแสดงผลการศึกษา\n1) กรอกคำร้อง\n2) ชำระค่าธรรมเนียม\n3) รับเอกสาร"),
    ("steps", "ผังการให้บริการ: ยื่นบัตร > คัดกรอง > ซักประวัติ > พบแพทย์ > รับยา"),
    ("time-limit", "แล้วเสร็จภายใน 15 วัน"),
    ("time-limit", "ตอบรับใน 3 วัน สอบเสร็จใน 30 วัน"),
    ("duties", "- จัดให้มีน้ำสะอาด\n- ส่งเสริมการศึกษา\n- กำกับดูแลสถานประกอบการ"),
    ("time-limit", "ระยะเวลาดำเนินการ ๓๐ นาที"),
    ("time-limit", "รับเรื่อง → กลั่นกรอง (3 วัน) → แจ้งผล"),
    ("steps", "ลำดับ 1 ยื่นคำขอ\nลำดับ 2 เจ้าหน้าที่สำรวจ\nลำดับ 3 ชำระเงิน"),
    ("address", "ถ.เทศบาล 1 ต.ในเมือง อ.เมือง จ.ยโสธร 35000"),
    ("month-columns", "| กิจกรรม | ต.ค. | พ.ย. | ธ.ค. |\n| อบรม | ✓ | | |"),
    ("month-columns", "| กิจกรรม | ไตรมาส 1 | ไตรมาส 2 | ไตรมาส 3 | ไตรมาส 4 |\n| อบรม | 5 | 5 | 5 | 5 |"),
    ("year-columns", "| โครงการ | ปี 2566 (บาท) | ปี 2567 (บาท) |\n| อบรม | 20,000 | 20,000 |"),
    ("month-range", "| อบรม | ต.ค. 65 - ก.ย. 66 |"),
    ("online-form", "# แจ้งเรื่อง\n[form: ชื่อ, เรื่อง -> ส่ง]"),
    ("online-form", "# แจ้งเรื่อง\n[link: แบบฟอร์ม -> https://forms.gle/x]"),
    ("question-form", "# ถาม\n[form: ชื่อ, คำถาม -> ส่งคำถาม]"),
    ("figures", "| รายการ | จำนวน |\n| เรื่องร้องเรียน | ๑๒ |"),
    ("dated-activity", "โครงการอบรมคุณธรรม\nเมื่อวันที่ 5 มกราคม 2566"),
    ("dated-activity", "นายกนำพนักงานประกาศเจตนารมณ์ No Gift Policy วันที่ 5 มกราคม 2566"),
    ("project-lines", "โครงการก่อสร้างถนน\nโครงการอบรมผู้สูงอายุ"),
    ("project-lines", "กิจกรรมที่ 1 ประกาศเจตจำนง\nกิจกรรมที่ 2 อบรมผลประโยชน์ทับซ้อน"),
]


@pytest.mark.parametrize(("name", "text"), SEEN)
def test_what_a_detector_sees(name: str, text: str) -> None:
    found = sees(name, text)
    assert found
    assert all(len(q) <= 240 for q in found)


UNSEEN = [
    ("person-name", "นายกองค์การบริหารส่วนตำบล"),
    ("person-name", "นายทะเบียน ท้องถิ่น"),
    ("person-photo", "นายสมชาย ใจดี\nปลัด"),
    ("person-photo", "![โลโก้](logo.png)\nนายสมชาย ใจดี\nนางสมศรี มีสุข\nนายสมหมาย ดีใจ"),
    ("person-contact", "โทร. 043-123456"),
    ("phone", "งบประมาณ 500,000 บาท"),
    ("phone", "เลขที่สัญญา 12/2566"),
    ("email", "อีเมล"),
    ("address", "ตำบลไผ่เขียว"),
    ("map", "# ที่ตั้ง\nเลขที่ 1"),
    ("units", "กองคลัง"),
    ("steps", "ปีงบประมาณ 2566"),
    ("steps", "# หน้าที่ความรับผิดชอบ\n1. รับหนังสือ\n2. ส่งหนังสือ\n3. ตรวจเอกสาร"),
    ("steps", "# หัวข้อ\n1. บทนำ\n2. ความหมาย\n3. สรุป"),
    ("steps", "หน้าแรก > ข้อมูลหน่วยงาน > คู่มือประชาชน"),
    ("year-columns", "| โครงการ | ปี 2566 |\n| อบรม | 20,000 |"),
    ("time-limit", "ภายในหน่วยงาน"),
    ("duties", "- จัดให้มีน้ำสะอาด\n- ส่งเสริมการศึกษา\n- ข่าววันนี้"),
    ("month-columns", "| กิจกรรม | ต.ค. | พ.ย. | ธ.ค. |\n| อบรม | | | |"),
    ("online-form", "# ค้นหา\n[form: q -> ค้นหา]"),
    ("online-form", "# เข้าสู่ระบบ\n[form: ชื่อ, password -> เข้าสู่ระบบ]"),
    ("question-form", "# สมัคร\n[form: ชื่อ, นามสกุล -> ส่ง]"),
    ("figures", "| รายการ | จำนวน |\n| เรื่องร้องเรียน | ไม่มี |"),
    ("dated-activity", "โครงการอบรมคุณธรรม"),
    ("dated-activity", "ข้าพเจ้าขอประกาศเจตนารมณ์ว่าจะไม่รับของขวัญ\nประกาศ ณ วันที่ 5 มกราคม 2566"),
    ("dated-activity", "เรื่อง ประกาศเจตนารมณ์นโยบาย No Gift Policy\nประกาศ ณ วันที่ 5 มกราคม 2566"),
    ("project-lines", "โครงการก่อสร้างถนน"),
]


@pytest.mark.parametrize(("name", "text"), UNSEEN)
def test_what_a_detector_does_not_take_for_it(name: str, text: str) -> None:
    assert sees(name, text) == []


@pytest.mark.parametrize("name", sorted(detectors()))
def test_no_detector_trips_over_an_empty_page(name: str) -> None:
    empty = replace(document(""), pages=())
    assert detect(name, Sight(Lines(), empty)) == []


def test_the_names_that_authors_may_write_are_those_there_are() -> None:
    assert set(DETECTORS) == set(detectors())
    assert detect("nothing", Sight(Lines(), document(""))) == []
