"""What came of plans and hearings, and what people are asked to do: told by form, whatever stands above it."""

from __future__ import annotations

import re

from ita_rules.checks.find.findings import Hit, joined
from ita_rules.checks.find.shapes.people import EMAIL, PHONE
from ita_rules.checks.find.shapes.sight import Sight, detector, hit
from ita_rules.checks.find.tables import Table, filled, tables
from ita_rules.locate.lines import Line
from ita_rules.thai.fold import clean, key

_ROWS = 3  # filled cells that make a column of results or measures
_DONE = re.compile(
    r"ครบ(?:ถ้วน|ทุก|ตาม|\s*\d|\s*ร้อยละ)|แล้ว(?:เสร็จ|\s*$|\s*\d)|เสร็จ(?:สิ้น|สมบูรณ์|ตาม|\s*$)|เรียบร้อย|สำเร็จ|บรรลุ|เพิ่มขึ้น|ลดลง|(?:ยัง)?ไม่(?:ได้)?ดำเนินการ|"
    r"(?:ผ่าน|ได้|เข้าร่วม|เข้าอบรม)(?:แล้ว|จริง|จำนวน|\s)*\d|ได้(?:ทุก|ครบ|ตาม|\s*$)|ร้อยละ\s*\d"
)
_NO_RESULTS = re.compile(
    "เป้า|แผน|ตัวชี้วัด|ค่า|เกณฑ์|คาด|งบ|บาท|เงิน|จ่าย|วัตถุประสงค์|ความเสี่ยง|ผู้|หน่วยงาน|ระยะ|เวลา|วันที่|วิธี|มาตรการ|คะแนน|ปัญหา|ข้อเสนอ|หมายเหตุ"
)
_MEASURE = re.compile(
    r"(?:ร้อยละ|จำนวน|อัตรา|สัดส่วน|ปริมาณ|ระดับ(?:ความ|คะแนน)|คะแนน|ค่าเฉลี่ย)\s?(?:ของ|ความ|การ|ผู้|คะแนน)?[ก-๙A-Za-z]{2,}"
)
_TARGET = re.compile(r"เป้า|ค่าฐาน|ฐานข้อมูลเดิม|target|goal", re.IGNORECASE)
_NUMBERS = re.compile(r"^[<>≥≤]?\s*(?:ร้อยละ|ไม่น้อยกว่า|ไม่เกิน|ไม่ต่ำกว่า|ระดับ)*\s*[0-9][0-9,.]*\s*\S{0,10}$")
_CHANGED = r"(?:ปรับ|แก้|เปลี่ยน|ลด|เพิ่ม|ขยาย|ย้าย|ยกเลิก|บรรจุ|กำหนด|เลื่อน|ติดตั้ง|จัดทำ|ออกแบบ|ทบทวน|ตัด|คง)"
_HEARD = (
    r"(?:มติ|ความเห็น|ความคิดเห็น|ข้อคิดเห็น|ข้อเสนอ|ข้อเรียกร้อง|ข้อสรุป|ข้อทักท้วง|เสียง(?:ของ|ส่วน|ประชา|ผู้)|"
    r"ผลการ(?:รับฟัง|ประชุม|หารือ|ประชาคม|สำรวจ)|ที่ชุมชน|ที่ชาวบ้าน|ที่ประชาชน)"
)
_ACTED = re.compile(
    rf"{_CHANGED}[^\n]{{0,60}}?(?:ตาม|จาก)\s?{_HEARD}|"
    rf"(?:นำ|ใช้|เอา)\s?{_HEARD}[^\n]{{0,60}}?(?:ไป|มา|เป็นข้อมูล|ประกอบการ)\s?(?:ใช้|ปรับ|แก้|กำหนด|จัดทำ|ทำ|วาง|ออกแบบ|บรรจุ|ประกอบ|พัฒนา|พิจารณา)"
)
_NOT_ACTED = re.compile(
    r"(?:ขอ|เสนอ|เห็นชอบ|เห็นควร|อยาก|ต้องการ|มีมติ|เห็นด้วย)\s?ให้|ควร|เพื่อ(?:ให้)?(?:นำ|ใช้|เอา|เป็น|รับฟัง)|ไม่ได้|ยังไม่|มิได้|ขั้นตอน|วัตถุประสงค์"
)
_OUTSIDER = re.compile(
    r"(?:ผู้ร้อง(?:เรียน)?|ผู้แจ้ง(?:เบาะแส)?|ผู้กล่าวหา|ผู้พบ(?:เห็น)?|ผู้ประสงค์|ผู้ใด|ท่าน|ประชาชน|บุคคล(?:ภายนอก|ทั่วไป|ใด)|ใคร)(?P<rest>.+)"
)
_TELLS = re.compile(
    r"(?:ให้|ต้อง|ควร|สามารถ|พึง|โดย|อาจ|จะ|โปรด|กรุณา)?\s?(?:ยื่น|ส่ง|ทำ(?:เป็น)?หนังสือ|ทำคำร้อง|โทร(?:ศัพท์)?\s?(?:แจ้ง|หา|ถึง|มา)|เขียน|ระบุ|บอก|กรอก|แจ้ง(?!ผล|กลับ|ให้))"
)
_WAY = re.compile(r"โทรศัพท์|ไปรษณีย์|ปณ\.|หนังสือ|เว็บไซต์|อีเมล|ด้วยตนเอง|จดหมาย|แบบฟอร์ม|ไลน์|(?<![A-Za-z])LINE(?![A-Za-z])|เคาน์เตอร์|ตู้")
_DETAILS = tuple(
    re.compile(words)
    for words in (
        r"ผู้ถูก(?:ร้อง|กล่าวหา)|ชื่อ(?!เสียง)",
        r"พฤติการณ์|พฤติกรรม|เหตุการณ์|การกระทำ|ข้อเท็จจริง|รายละเอียด",
        r"วัน\s?(?:และ\s?)?เวลา|วันที่|สถานที่",
        r"หลักฐาน|พยาน",
    )
)
_OFFICE_DOES = re.compile(
    r"แจ้งผล|ตอบกลับ|ไม่รับ|ไม่พิจารณา|ยุติเรื่อง|(?:เจ้าหน้าที่|ผู้รับเรื่อง|หน่วยงาน|คณะกรรมการ)(?:ที่รับ[ก-๙]*)?\s?(?:จะ|ต้อง|ให้|พึง)?\s?(?:รับ|บันทึก|ติดต่อ|แจ้ง|ส่ง|ตรวจ|ปกปิด|เก็บ)"
)
_SHALL_NOT = re.compile(r"ไม่|ห้าม|อย่า|งด|เว้น|เลี่ยง|don['’]?t|not", re.IGNORECASE)
_SHALL = re.compile(r"ควร|พึง|ทำ(?!งาน)|ปฏิบัติ(?!งาน|ราชการ)|(?<![a-z])do(?:'?s)?(?![a-z])", re.IGNORECASE)
_DEED = 6  # letters of a cell that names a deed


@detector("result-column")
def result_column(sight: Sight) -> list[Hit]:
    """A column that tells in words what was done of each thing (อบรมแล้ว 2 รุ่น, ครบทุกคน), under whatever head but a plan's."""
    for table in sight.lines.once(tables):
        for index in range(1, len(table.heads)):
            cells = _column(table, index)
            done = [(row, cell) for row, cell in cells if _DONE.search(clean(cell))]
            if len(cells) >= _ROWS and len(done) * 3 >= len(cells) * 2 and not _NO_RESULTS.search(clean(table.heads[index])):
                return [hit(done[0][0], "result-column", joined(table.head(index), done[0][1]), 0.85)]
    return []


@detector("measure-column")
def measure_column(sight: Sight) -> list[Hit]:
    """A column of what is measured (ร้อยละของ …, จำนวน …), with one of targets behind it."""
    for table in sight.lines.once(tables):
        for index in range(len(table.heads)):
            cells = _column(table, index)
            measures = [(row, cell) for row, cell in cells if _MEASURE.match(clean(cell))]
            if len(cells) >= _ROWS and len(measures) * 3 >= len(cells) * 2 and _has_targets(table, index):
                return [hit(measures[0][0], "measure-column", joined(table.head(index), measures[0][1]), 0.85)]
    return []


def _column(table: Table, index: int) -> list[tuple[Line, str]]:
    return [(row, cell) for row, cell in table.column(index) if filled(cell)]


def _has_targets(table: Table, index: int) -> bool:
    """Whether a column of numbers that are to be reached stands behind another."""
    return any(_TARGET.search(clean(head)) and _is_numbers(table, at) for at, head in enumerate(table.heads) if at > index)


def _is_numbers(table: Table, index: int) -> bool:
    cells = [clean(cell).strip() for _, cell in _column(table, index)]
    return bool(cells) and all(_NUMBERS.match(cell) for cell in cells)


@detector("acted-on")
def acted_on(sight: Sight) -> list[Hit]:
    """What an agency changed after it had heard people: a deed, and what was said as its reason (แก้แบบตามมติของเวที)."""
    told = (x for x in sight.lines if not x.toc and _ACTED.search(x.clean) and not _NOT_ACTED.search(x.clean))
    return [hit(x, "acted-on", confidence=0.86) for x in told]


@detector("how-to-tell")
def how_to_tell(sight: Sight) -> list[Hit]:
    """A sentence in which an outsider is told what to do with a complaint: by what way to send it, or what to say in it."""
    found = []
    for line in sight.lines:
        said = None if line.toc or line.block.kind == "row" or _OFFICE_DOES.search(line.clean) else _OUTSIDER.search(line.clean)
        tells = said and _TELLS.search(said["rest"])
        if said is None or tells is None:
            continue
        after = said["rest"][tells.start() :]
        way = _WAY.search(after) or PHONE.search(after) or EMAIL.search(after)
        if way or sum(bool(p.search(after)) for p in _DETAILS) >= 3:
            found.append(hit(line, "how-to-tell", confidence=0.86))
    return found


@detector("opposed-columns")
def opposed_columns(sight: Sight) -> list[Hit]:
    """Two columns of a table, one of what to do and one of what not to do."""
    for table in sight.lines.once(tables):
        heads = {i: clean(head) for i, head in enumerate(table.heads) if len(head) <= 40 and _tells_deeds(table, i)}
        shall_not = [i for i, head in heads.items() if _SHALL_NOT.search(head)]
        shall = [i for i, head in heads.items() if i not in shall_not and _SHALL.search(head)]
        if len(shall) == len(shall_not) == 1:
            return [hit(table.head_lines[0], "opposed-columns", joined(table.head(shall[0]), table.head(shall_not[0])), 0.86)]
    return []


def _tells_deeds(table: Table, index: int) -> bool:
    cells = [cell for _, cell in _column(table, index)]
    return bool(cells) and all(len(key(cell)) >= _DEED and not _NUMBERS.match(clean(cell)) for cell in cells)
