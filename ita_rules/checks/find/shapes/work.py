"""Work that is done in steps, and the time that it takes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ita_rules.checks.find.findings import Hit
from ita_rules.checks.find.shapes.sight import Sight, detector, hit, matching
from ita_rules.locate.lines import Line

_STEP = re.compile(r"^\s*(?:ขั้นตอน(?:ที่)?|ลำดับ(?:ที่)?|ขั้นที่)?\s*\d+[.)\s]|^\s*\(\d+\)|→|⇒|➔|↓|ขั้นตอนที่\s*\d")
_NUMBERED = re.compile(r"^\s*(?:(?:ขั้น(?:ตอน)?|ลำดับ)(?:ที่)?\s*)?\(?(?P<n>\d{1,2})(?:[.)]\s*|\s+)(?P<rest>[ก-๙].*)")
_DOING = re.compile(
    r"(?:ผู้[ก-๙]{2,12}|เจ้าหน้าที่|เจ้าพนักงาน|ประชาชน|นักศึกษา|คณะกรรมการ|หัวหน้า[ก-๙]{2,12})?\s*(?:จะ|ต้อง|ให้|สามารถ)?"
    r"(?:ยื่น|กรอก|รับ(?!ผิดชอบ)|ชำระ|ตรวจ|ส่ง|เสนอ|แจ้ง|ติดต่อ|ลงทะเบียน|ลงรับ|ลงนาม|พิจารณา|อนุมัติ|อนุญาต|บันทึก|ออก(?:ใบ|เลข|คำสั่ง)|พบ|ซัก|คัดกรอง|"
    r"พิมพ์|นัด|สอบสวน|สำรวจ|ประกาศ|เตรียม|เบิก|ล้าง|นำ(?:ส่ง|เสนอ)|สรุป|รวบรวม|รายงาน|แสดง|กด|เลือก|กลั่นกรอง|เข้า(?:พบ|รับ|สู่)|จัดส่ง|เรียก|ประเมิน)"
)
_NO_STEPS = re.compile("หน้าที่|รับผิดชอบ|วัตถุประสงค์|เอกสาร|หลักฐาน|ขอบเขต|ภารกิจ|หลักเกณฑ์|เงื่อนไข|สารบัญ|อำนาจ")
_ARROWS = re.compile(r"→|⇒|➔|➜|>>|->|»|\s>\s")
_TIME_LIMIT = re.compile(
    r"(?:ภายใน|ใช้เวลา|ไม่เกิน|ระยะเวลา|รวมเวลา|เวลาที่ใช้|(?:เสร็จ|ตอบรับ|ตอบกลับ|แจ้งผล|รู้ผล|ได้รับผล|ทราบผล)\s?ใน|(?:ใช้|รอ)(?=\s*\d))[^\d\n]{0,30}"
    r"(?:\d+|หนึ่ง|สอง|สาม|ห้า|เจ็ด|สิบ|สิบห้า|สามสิบ|ครึ่ง)\s*(?:\([^)]*\)\s*)?(?:วัน|นาที|ชั่วโมง|ชม\.?|เดือน|สัปดาห์)"
    r"|\(\s*(?:ภายใน\s*|ไม่เกิน\s*)?\d{1,3}\s*(?:วัน(?:ทำการ)?|นาที|ชั่วโมง|ชม\.?)\s*\)"
)


@detector("steps")
def steps(sight: Sight) -> list[Hit]:
    """Two or more steps that are called so, three or more numbered deeds in order, or deeds joined by arrows in one line."""
    lines = [x for x in sight.lines if not x.toc and x.block.kind != "heading"]
    said = [x for x in lines if _STEP.search(x.clean) and ("ขั้นตอน" in x.clean or "→" in x.text)]
    if len(said) >= 2:
        return [hit(said[0], "steps")]
    for line in lines:
        parts = [p.strip() for p in _ARROWS.split(line.clean.partition(":")[2] or line.clean)]
        if len(parts) >= 3 and sum(bool(_DOING.match(p)) for p in parts) >= 2:
            return [hit(line, "steps", confidence=0.88)]
    return _deeds(sight.lines)


def _deeds(lines: Sequence[Line]) -> list[Hit]:
    """Lines numbered 1, 2, 3 … of which most begin with a deed, not under a heading of duties, aims or papers to bring."""
    heading, run, deeds = "", list[Line](), 0
    for line in lines:
        found = None if line.toc or line.block.kind == "row" else _NUMBERED.match(line.clean)
        if found is None or line.block.kind == "heading":
            if line.block.kind == "heading" or line.text.rstrip().endswith(":"):
                heading, run, deeds = line.clean, [], 0
            continue
        if int(found["n"]) != len(run) + 1:
            run, deeds = [], 0
            if int(found["n"]) != 1:
                continue
        run.append(line)
        deeds += bool(_DOING.match(found["rest"]))
        if len(run) >= 3 and deeds * 3 >= len(run) * 2 and not _NO_STEPS.search(heading):
            return [hit(run[0], "steps", confidence=0.88)]
    return []


@detector("time-limit")
def time_limit(sight: Sight) -> list[Hit]:
    """A time within which something is done (ภายใน 15 วัน)."""
    return matching(sight, _TIME_LIMIT, "time-limit", 0.9)
