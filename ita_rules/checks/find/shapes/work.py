"""Work that is done in steps, and the time that it takes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ita_rules.checks.find.findings import Hit, joined
from ita_rules.checks.find.shapes.sight import Sight, detector, hit, matching
from ita_rules.checks.find.tables import Table, filled, tables
from ita_rules.locate.lines import Line, Lines, strip_number
from ita_rules.thai.fold import clean

_STEP = re.compile(r"^\s*(?:ขั้นตอน(?:ที่)?|ลำดับ(?:ที่)?|ขั้นที่)?\s*\d+[.)\s]|^\s*\(\d+\)|→|⇒|➔|↓|ขั้นตอนที่\s*\d")
_NUMBERED = re.compile(r"^\s*(?:(?:ขั้น(?:ตอน)?|ลำดับ)(?:ที่)?\s*)?\(?(?P<n>\d{1,2})(?:[.)]\s*|\s+)(?P<rest>[ก-๙].*)")
_DOING = re.compile(
    r"(?:ผู้[ก-๙]{2,12}|เจ้าหน้าที่|เจ้าพนักงาน|ประชาชน|นักศึกษา|คณะ(?:อนุ)?กรรมการ|คณะทำงาน|หัวหน้า[ก-๙]{2,12})?\s*(?:จะ|ต้อง|ให้|สามารถ)?"
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

_DOING_OFFICIALLY = re.compile("ลงรับ|วิเคราะห์|สืบสวน|สอบ(?:ข้อเท็จจริง|ถาม|ปากคำ)|(?:แต่ง)?ตั้งคณะ|สั่งการ|ดำเนินการ|จัดทำ|วินิจฉัย|แสวงหา")
"""More deeds by which a step in a table may begin; lists of duties begin so too."""

_FIRST = re.compile("ยื่น|รับ|กรอก|ตรวจ|นัด|คัดกรอง|กลั่นกรอง|วิเคราะห์|ลงทะเบียน")
_LATER = re.compile("เสนอ|พิจารณา|วินิจฉัย|อนุมัติ|อนุญาต|ลงนาม|แจ้ง|ออก|สรุป|รายงาน|จ่าย|ส่งมอบ|บันทึก|สั่ง|ตัดสิน|ยุติ")
"""With what work begins, and with what it ends: a list of services, each with its time, has not the one before the other."""

_NO_STAGES = re.compile("บริการ|กระบวนงาน|งบประมาณ|บาท|ตัวชี้วัด|เป้าหมาย|ความเสี่ยง|มาตรการ|โครงการ|หลักสูตร|ประเภท")
_AMOUNT = re.compile(r"(?:ภายใน|ไม่เกิน|ประมาณ|ใช้เวลา|รวม)?\s*\d{1,3}(?:\s*[-–]\s*\d{1,3})?\s*(?:วัน|นาที|ชั่วโมง|ชม\.?|สัปดาห์)(?!ที่)")
_COUNTED = re.compile(r"(?:ภายใน|ไม่เกิน)?\s*\d{1,3}(?:\s*[-–]\s*\d{1,3})?\s*$")
_UNIT = re.compile(r"(?<!จำนวน)[(/]?\s*(?:วัน(?:ทำการ)?|นาที|ชั่วโมง|ชม\.)\s*\)?\s*$")
"""The end of a column's head that says in what its numbers are."""

_NO_LIMIT = re.compile("(?<!เว)ลา(?!ดำ|ที่|ใน|แล้ว|ของ|มาตร|รวม|การ)|ประกัน|เก็บ|อบรม|เปิด|ค้าง|ล่าช้า|อายุ|สะสม|พัก|วันที่|เข้าร่วม|มาทำงาน|ขาด")
_ENDS_IN_TIME = re.compile(r"[\s:=–—-]\s*(?:ภายใน\s*)?\d{1,3}\s*(?:วัน(?:ทำการ)?|นาที|ชั่วโมง)\s*[)]?\s*$")
_ROWS = 3  # rows that make a table of steps


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
    return _deeds(sight.lines) or sight.lines.once(_stages)


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


def _stages(lines: Lines) -> list[Hit]:
    """A table of deeds, each with the time that it takes, which begins as work begins and ends as work ends."""
    for table in lines.once(tables):
        times = _time_columns(table)
        if not times or any(_NO_STAGES.search(clean(head)) for head in table.heads):
            continue
        for index in range(max(len(row.block.cells) for row in table.rows)):
            cells = [(row, strip_number(cell)) for row, cell in table.column(index) if filled(cell)]
            deeds = [(row, c) for row, c in cells if _DOING.match(c) or _DOING_OFFICIALLY.match(c)]
            if index in times or len(cells) < _ROWS or len(deeds) * 3 < len(cells) * 2:
                continue
            if _is_course([c for _, c in cells]):
                return [hit(deeds[0][0], "steps", confidence=0.88)]
    return []


def _is_course(deeds: Sequence[str]) -> bool:
    """Whether deeds begin as work begins, and the last ends as it ends."""
    first = next((at for at, deed in enumerate(deeds) if _FIRST.search(deed)), len(deeds))
    return first < len(deeds) - 1 and bool(_LATER.search(deeds[-1]))


@detector("time-limit")
def time_limit(sight: Sight) -> list[Hit]:
    """A time within which something is done: in words (ภายใน 15 วัน), in a column, or at the end of two entries of a list."""
    return matching(sight, _TIME_LIMIT, "time-limit", 0.9) or sight.lines.once(_times)


def _times(lines: Lines) -> list[Hit]:
    for table in lines.once(tables):
        for index in _time_columns(table):
            row, cell = next((row, cell) for row, cell in table.column(index) if filled(cell))
            return [hit(row, "time-limit", joined(table.head(index), cell), 0.88)]
    entries = [x for x in lines if not x.toc and x.block.kind != "row" and (x.numbered or x.block.kind == "item")]
    timed = [x for x in entries if _ENDS_IN_TIME.search(x.clean) and not _NO_LIMIT.search(x.clean)]
    return [hit(timed[0], "time-limit", confidence=0.85)] if len(timed) >= 2 else []


def _time_columns(table: Table) -> list[int]:
    """The columns of which two cells in three at least, and two at all, say how long something takes."""
    found = []
    for index in range(max((len(row.block.cells) for row in table.rows), default=0)):
        head = clean(table.heads[index]) if index < len(table.heads) else ""
        cells = [clean(cell).strip() for _, cell in table.column(index) if filled(cell)]
        counted = bool(_UNIT.search(head))
        times = sum(bool(_AMOUNT.match(cell) or (counted and _COUNTED.match(cell))) for cell in cells)
        if times >= 2 and times * 3 >= len(cells) * 2 and not _NO_LIMIT.search(head):
            found.append(index)
    return found
