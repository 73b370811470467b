"""The one text that all files of this folder say, so that readers of different forms can be compared.

A disclosure report as agencies write them: numbered sections, lists, words with ำ, Thai digits, a table with a merged heading
over two columns and cells merged downwards, and a table with empty cells.
"""

from __future__ import annotations

TITLE = "รายงานผลการดำเนินงานประจำปีงบประมาณ พ.ศ. ๒๕๖๕"
AGENCY = "องค์การบริหารส่วนตำบลดอนสมมติ อำเภอเมืองสมมติ"

SECTIONS = (
    ("๑. บทนำ", ("สำนักงานปลัดจัดทำรายงานฉบับนี้ตามประกาศ ลงวันที่ ๓๑ มีนาคม ๒๕๖๖ เพื่อนำเสนอผลการดำเนินงาน",)),
    ("๒. ผลการดำเนินงาน", ("ตารางต่อไปนี้แสดงงบประมาณที่ได้รับจัดสรรและผลการเบิกจ่าย จำนวน ๓ โครงการ",)),
    ("๓. ปัญหา อุปสรรค", ("เจ้าหน้าที่มีจำนวนน้อย น้ำท่วมขังในเดือนกันยายน ทำให้งานล่าช้ากว่ากำหนด",)),
    ("๔. ข้อเสนอแนะ", ("ควรจัดทำแผนสำรองและจัดสรรกำลังคนเพิ่มเติม ดังนี้",)),
)
LIST = ("ทบทวนคู่มือการปฏิบัติงาน", "อบรมเจ้าหน้าที่ประจำศูนย์บริการ", "สำรวจความพึงพอใจของผู้มาติดต่อ")

# Rows of (text, columns, rows) for each cell that begins in the row.
BUDGET: tuple[tuple[tuple[str, int, int], ...], ...] = (
    (("ที่", 1, 2), ("โครงการ", 1, 2), ("งบประมาณ (บาท)", 2, 1), ("ปัญหา/อุปสรรค", 1, 2)),
    (("จัดสรร", 1, 1), ("เบิกจ่าย", 1, 1)),
    (("๑", 1, 1), ("ซ่อมแซมถนนลำคลอง", 1, 1), ("๑๒๐,๐๐๐", 1, 1), ("๑๑๙,๕๐๐", 1, 1), ("ไม่มี", 1, 1)),
    (("๒", 1, 1), ("อบรมอาชีพ", 1, 1), ("๕๐,๐๐๐", 1, 1), ("๐", 1, 1), ("เลื่อนกำหนดการ", 1, 1)),
    (("๓", 1, 1), ("ตรวจสุขภาพประจำปี", 1, 1), ("๓๐,๐๐๐", 1, 1), ("๒๙,๘๗๐", 1, 1), ("ไม่มี", 1, 1)),
)
CHANNELS: tuple[tuple[tuple[str, int, int], ...], ...] = (
    (("ช่องทาง", 1, 1), ("จำนวนเรื่อง", 1, 1), ("แล้วเสร็จ", 1, 1), ("หมายเหตุ", 1, 1)),
    (("ทางโทรศัพท์", 1, 1), ("๑๒", 1, 1), ("๑๒", 1, 1), ("", 1, 1)),
    (("ทางเว็บไซต์", 1, 1), ("๕", 1, 1), ("๔", 1, 1), ("", 1, 1)),
    (("รวม", 1, 1), ("๑๗", 1, 1), ("๑๖", 1, 1), ("", 1, 1)),
)
TABLES = (BUDGET, CHANNELS)


def grid(table: tuple[tuple[tuple[str, int, int], ...], ...]) -> list[list[str]]:
    """A table as rows of texts, a spanning cell repeated in every slot that it covers."""
    rows: list[dict[int, str]] = [{} for _ in table]
    for at, row in enumerate(table):
        column = 0
        for text, wide, high in row:
            while column in rows[at]:
                column += 1
            for below in range(high):
                for beside in range(wide):
                    rows[at + below][column + beside] = text
            column += wide
    return [[row[column] for column in sorted(row)] for row in rows]


def phrases() -> list[str]:
    """Every sentence, heading, item and cell that a file of the text must give back."""
    found = [TITLE, AGENCY, *LIST]
    for heading, sentences in SECTIONS:
        found += [heading, *sentences]
    found += [text for table in TABLES for row in table for text, _, _ in row if text]
    return found
