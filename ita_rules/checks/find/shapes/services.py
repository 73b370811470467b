"""Services that a table names under a head that tables on anything have: what is done for those who come, and how often."""

from __future__ import annotations

import re

from ita_rules.checks.find.findings import Hit, joined
from ita_rules.checks.find.shapes.sight import Sight, detector, hit
from ita_rules.checks.find.tables import Table, filled, tables
from ita_rules.locate.lines import Lines, strip_number
from ita_rules.thai.fold import clean, loose

_ANY = frozenset(map(loose, ("รายการ", "ประเภท", "เรื่อง")))
"""Heads (folded) that say nothing of what stands below them."""

_DEED = re.compile(
    r"^(?:(?:การ|งาน|ผู้|จำนวน(?:ผู้)?|บริการ|คำ|ด้าน)\s*)*(?:ขอ|ออก|รับ|ต่อ|ชำระ|แจ้ง|ยื่น|ยืม|คืน|คัด|ทำ|จด|ขึ้น|ลง|ตรวจ|ให้|ซ่อม|ใช้|เช่า|จอง|สมัคร|โอน|ย้าย|"
    r"อนุญาต|รักษา|ฝึก|อบรม|จัดเก็บ|เก็บ|สนับสนุน|ติดตั้ง|สูบ|กำจัด|ปรึกษา|ส่ง|เยี่ยม|ฉีด|คลอด|ทันต|กายภาพ)"
    r"|ใบอนุญาต|ใบรับรอง|หนังสือรับรอง|รับรองสำเนา|จดทะเบียน|ขึ้นทะเบียน|ลงทะเบียน|ทะเบียนราษฎร|ทะเบียนพาณิชย์|คำร้อง|คำขอ|ให้คำปรึกษา|ฝึกอบรม|บริการ|"
    r"บัตรประ|ภาษี|ค่าธรรมเนียม|เบี้ยยังชีพ|เบี้ยความพิการ|ผู้ป่วย|คลินิก|ร้องทุกข์|ร้องเรียน|ขออนุญาต|ห้องสมุด|ประปา"
)
"""What is done for somebody, or given to them."""

_GENERAL = re.compile("ทั่วประเทศ|ทั้งประเทศ|ประชากร|ครัวเรือน|นักท่องเที่ยว|ผู้เข้าชม|เข้าชมเว็บ|เยี่ยมชมเว็บ|น้ำฝน|พื้นที่|จังหวัด")
"""Words of figures that tell of a place or a country, or of a website."""

_SHARE = 1 / 3
"""Of the cells of such a column those that have to name deeds, from which on it tells of services."""


@detector("services")
def services(sight: Sight) -> list[Hit]:
    """A column under a head of anything whose cells name deeds that are done for people."""
    for table, index in sight.lines.once(_listings):
        named = [(line, cell) for line, cell in table.column(index) if filled(cell)]
        deeds = [(line, cell) for line, cell in named if is_deed(cell)]
        if deeds and len(deeds) >= _SHARE * len(named):
            line, cell = deeds[0]
            return [hit(line, "services", joined(table.head(index), cell), 0.9)]
    return []


def is_listing(lines: Lines) -> bool:
    """Whether a table lists things under a head of anything: whether they are services, a person has to see."""
    return bool(lines.once(_listings))


def is_deed(words: str) -> bool:
    """Whether a cell names something that is done for people."""
    said = strip_number(clean(words)).strip()
    return _DEED.search(said) is not None and _GENERAL.search(said) is None


def _listings(lines: Lines) -> list[tuple[Table, int]]:
    """The filled columns under a head of anything, each with its table."""
    body = [x for x in lines if not x.toc and not x.criterion]
    found = [(t, i) for t in tables(body) for i, head in enumerate(t.heads) if loose(head) in _ANY]
    return [(t, i) for t, i in found if any(filled(cell) for _, cell in t.column(i))]
