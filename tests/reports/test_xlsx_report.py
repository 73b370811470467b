"""The workbook of one report: every sheet, in both languages, for both readers, and of a hostile site."""

from __future__ import annotations

import io
import re
from itertools import groupby
from pathlib import Path

import openpyxl
import pytest

from ita_rules.model import Decision, Report, Status
from ita_rules.units import with_units
from reports.xlsx_report import XlsxRenderer, workbook
from tests.reports import factory
from tests.reports.test_cells import DANGEROUS, FORMULA

THAI = re.compile("[\u0e01-\u0e3a]")


def loaded(report: Report) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook(report)))


def rows(book: openpyxl.Workbook, sheet: str) -> list[dict[str, object]]:
    heads = [cell.value for cell in book[sheet][2]]
    return [dict(zip(heads, values, strict=True)) for values in book[sheet].iter_rows(min_row=3, values_only=True)]


def test_the_sheets_hold_the_report(tmp_path: Path) -> None:
    report = with_units(factory.realistic(), {"9.3": "กองคลัง", "9": "สำนักปลัด"})
    path = XlsxRenderer().render(report, tmp_path, "report")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["สรุปผล", "รายข้อ", "สิ่งที่ต้องแก้ไข", "คำตอบสำหรับ ITAS", "เงื่อนไข", "หลักฐานที่ดู"]
    items = {row["ข้อ"]: row for row in rows(book, "รายข้อ")}
    assert len(items) == 43
    assert items["O21"]["ผล"] == "✕ ต้องแก้ไข"
    assert items["O21"]["หน่วยงานที่รับผิดชอบ"] == "กองคลัง"
    assert "กุมภาพันธ์" in items["O21"]["สิ่งที่ควรทำ"]
    assert items["O12"]["ผล"] == "? ยังตัดสินไม่ได้"
    assert "OCR" in items["O12"]["สิ่งที่พบ"]
    # Nobody has decided anything, so nothing is said of decisions.
    assert "ผลที่ผู้ตรวจตัดสิน" not in items["O21"]
    assert len(rows(book, "เงื่อนไข")) == sum(len(item.checks) for item in report.items)
    assert len(rows(book, "หลักฐานที่ดู")) == sum(len(item.sources) for item in report.items)
    fixes = rows(book, "สิ่งที่ต้องแก้ไข")
    units = [row["หน่วยงานที่รับผิดชอบ"] for row in fixes]
    heads = [unit for unit, _ in groupby(units)]
    assert sorted(heads) == sorted(set(units)) == sorted(["กองคลัง", "สำนักปลัด", "ยังไม่ได้ระบุ"])
    # The weightiest fix of all leads; what nobody answers for stands at the end.
    assert fixes[0]["ข้อ"] == next(plan.item for plan in report.plan if plan.item in {f"O{n}" for n in range(1, 31)})
    assert heads[-1] == "ยังไม่ได้ระบุ"
    answers = {row["ข้อ"]: row for row in rows(book, "คำตอบสำหรับ ITAS")}
    assert answers["O1"]["มี/ไม่มี"] == "มี"
    assert answers["O1"]["คำอธิบาย"].startswith("หน้าหลัก > ")
    assert answers["O12"]["มี/ไม่มี"] is None


def test_decisions_stand_beside_the_verdict_and_change_nothing() -> None:
    report = factory.realistic()
    made = Decision(decision="pass", on=Status.GAP, who="=cmd", when="2026-11-22", comment="@เห็นแล้วที่หน้า 3")
    items = tuple(i.model_copy(update={"decision": made}) if i.id == "O13" else i for i in report.items)
    book = loaded(report.model_copy(update={"items": items}))
    row = next(row for row in rows(book, "รายข้อ") if row["ข้อ"] == "O13")
    assert row["ผล"] == "✕ ต้องแก้ไข"
    assert row["ผลที่ผู้ตรวจตัดสิน"] == "ให้ผลเป็น ผ่าน"
    assert row["เหตุผลของผู้ตรวจ"] == "'@เห็นแล้วที่หน้า 3"
    assert "22 พฤศจิกายน 2569" in row["ผู้ตัดสินและวันที่"]


def test_a_reviewer_sees_proposals_and_no_score() -> None:
    book = loaded(factory.realistic(persona="reviewer"))
    text = "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    assert "เสนอให้ตรวจ" in text
    assert "✕" not in text
    assert "72.19" not in text
    assert "คะแนนของข้อ" not in text


def test_in_english_every_word_of_ours_is_english() -> None:
    book = loaded(factory.empty().model_copy(update={"lang": "en"}))
    ours = [str(c.value) for sheet in book for c in sheet[2]] + book.sheetnames
    assert [word for word in ours if THAI.search(re.sub("“(ไม่)?มี”", "", word))] == []
    assert all(sheet.auto_filter.ref or sheet.max_row == 2 for sheet in book)


@pytest.mark.parametrize("report", [factory.hostile(), factory.undecided(), factory.empty(), factory.large()], ids=lambda r: "")
def test_whatever_a_site_says_no_cell_runs(report: Report) -> None:
    more = {"agency": report.agency.model_copy(update={"name": "=" + "ก/\"'<&>" * 40 + report.agency.name[:500]})}
    items = tuple(item.model_copy(update={"name": DANGEROUS[place % len(DANGEROUS)]}) for place, item in enumerate(report.items))
    content = workbook(report.model_copy(update=more | {"items": items}))
    assert len(content) < 3_000_000
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n")
                assert not FORMULA.match(str(cell.value or ""))
                assert "\x1b" not in str(cell.value)
                assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f]", str(cell.value))
                if cell.hyperlink is not None:
                    assert re.match(r"https?://", cell.hyperlink.target)
                    assert not cell.hyperlink.location
    assert content == workbook(report.model_copy(update=more | {"items": items}))
