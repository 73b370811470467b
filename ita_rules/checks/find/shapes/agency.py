"""What an agency is: where it lies, its chart, its units, its duties."""

from __future__ import annotations

import re

from ita_rules.checks.find.findings import Hit
from ita_rules.checks.find.shapes.sight import Sight, detector, hit
from ita_rules.locate.lines import Line
from ita_rules.thai.fold import loose

_MAPS = (
    "google.com/maps",
    "maps.google",
    "goo.gl/maps",
    "maps.app.goo.gl",
    "openstreetmap",
    "longdo",
    "bing.com/maps",
    "/maps/embed",
)
_UNIT = re.compile(
    r"(?:สำนักงานปลัด|สำนักปลัด|สำนักงาน(?=[ก-๙]{3})|สำนัก(?!งาน)|กอง(?!ทุน|บรรณ)|ศูนย์|ฝ่าย|ส่วน(?!ราชการ|ท้องถิ่น|ร่วม|ตำบล|กลาง|งาน|ใหญ่|ที่)|กลุ่ม(?:งาน)?|หน่วยตรวจสอบภายใน|แผนก|คณะ(?!กรรมการ|ผู้|ทำงาน)|งาน(?=บริหาร|ธุรการ|การ|แผน|นิติ))[ก-๙]{2,}"
)
_DUTY = re.compile(
    "(?:มี|ปฏิบัติ)?(?:อำนาจ)?(?:หน้าที่)?(?:ใน)?(?:การ)?(?:จัดให้มี|จัดทำ|จัดการ|จัดหา|จัดเก็บ|จัดระบบ|ดำเนิน|ส่งเสริม|สนับสนุน|ดูแล|รักษา|บำรุง|คุ้มครอง|ป้องกัน|ควบคุม|กำกับ|"
    "พัฒนา|ประสาน|ให้บริการ|ให้การ|ให้ความ|อำนวย|ปฏิบัติงาน|ปฏิบัติการ|ปฏิบัติหน้าที่|ศึกษา|วิเคราะห์|วิจัย|ผลิต|สอน|ตรวจสอบ|ติดตาม|เสนอ|บริหาร|สร้าง|เผยแพร่|"
    "ทะนุบำรุง|ทำนุบำรุง|ถ่ายทอด|แก้ไข|ช่วยเหลือ|สงเคราะห์|อนุรักษ์|ออก|รับผิดชอบ|ร่วม|วางแผน|กำหนด|เป็นศูนย์|รักษาพยาบาล|ฟื้นฟู|ให้คำ|รวบรวม|เฝ้าระวัง|แนะนำ)"
)
_DUTIES = 3  # entries that make a list of duties
_CHART = (
    "แผนผัง",
    "ผังโครงสร้าง",
    "โครงสร้างองค์กร",
    "โครงสร้างการบริหาร",
    "โครงสร้างการแบ่งส่วน",
    "โครงสร้างส่วนราชการ",
    "แผนภูมิโครงสร้าง",
    "โครงสร้างหน่วยงาน",
    "orgchart",
    "organizationchart",
)


def is_map(url: str) -> bool:
    """Whether an address is of a map that pages embed."""
    return any(mark in url.lower() for mark in _MAPS)


@detector("map")
def location_map(sight: Sight) -> list[Hit]:
    """A map embedded, linked, or shown as a picture that says so."""
    marks = [*sight.document.embeds, *(link.url for link in sight.links)]
    pictures = [f"{i.url} {i.alt}" for p in sight.document.pages for i in p.images]
    by_picture = any("map" in p.lower() or "แผนที่" in p for p in pictures)
    if any(map(is_map, marks)) or by_picture:
        shown = [x for x in sight.lines if "แผนที่" in x.text] or list(sight.lines[:1])
        return [hit(x, "map") for x in shown[:1]]
    return []


@detector("org-chart")
def org_chart(sight: Sight) -> list[Hit]:
    """A chart of the agency's structure: said so by a heading, a caption or the name of a picture."""
    for line in sight.lines:
        if not line.toc and len(line.key) <= 90 and any(loose(w) in line.loose for w in _CHART):
            return [hit(line, "org-chart")]
    for page in sight.document.pages:
        for image in page.images:
            if any(loose(w) in loose(f"{image.alt} {image.url}") for w in (*_CHART, "structure", "organization")):
                return [hit(x, "org-chart") for x in sight.lines[:1]]
    return []


@detector("units")
def units(sight: Sight) -> list[Hit]:
    """Two or more inner units (สำนัก กอง ศูนย์ ฝ่าย ส่วน กลุ่ม)."""
    seen: dict[str, Line] = {}
    for line in sight.lines:
        if not line.toc:
            for match in _UNIT.finditer(line.clean):
                seen.setdefault(match.group()[:14], line)
    lines = list(dict.fromkeys(seen.values()))
    return [hit(x, "units") for x in lines[:2]] if len(seen) >= 2 else []


@detector("duties")
def duties(sight: Sight) -> list[Hit]:
    """Three or more entries of a list that begin with what an agency is to do (จัดให้มี …, ส่งเสริม …, กำกับดูแล …)."""
    found = [x for x in sight.lines if not x.toc and (x.block.kind == "item" or x.numbered) and _DUTY.match(x.bare)]
    return [hit(found[0], "duties", confidence=0.85)] if len(found) >= _DUTIES else []
