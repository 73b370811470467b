"""The measures drafted from the sample agency's gaps say in substance what agencies' own papers resolved about the same findings.

Each row: the item of the sample with the gap, and the words that carry the substance of the agency's own measure (seed papers of
2563 to 2566, quoted with their source in docs/papers.md). All words must stand in the row of that item, spacing aside.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ita_rules.measures import load_measures
from ita_rules.model import Report
from tests.reports.papers import made

pytestmark = pytest.mark.slow

SUBSTANCE = {
    "O2": ("ปรับปรุง", "ข้อมูลผู้บริหารให้ครบถ้วนและเป็นปัจจุบัน", "รูปถ่าย"),
    "O7": ("ผลการดำเนินการ", "กิจกรรมของส่วนราชการ", "เว็บไซต์หลัก", "ทุกส่วนราชการ"),
    "O11": ("เผยแพร่และประชาสัมพันธ์แผน", "การใช้จ่ายงบประมาณประจำปี", "ประชุมชี้แจง", "อินโฟกราฟิก"),
    "O17": ("รายงานผลการสำรวจความพึงพอใจ", "เปรียบเทียบกับปีก่อน", "อินโฟกราฟิก"),
    "O18": ("จัดให้มีบริการผ่านระบบ E-Service บนเว็บไซต์หลักของหน่วยงาน", "เข้าถึงได้โดยง่าย", "ทุกช่วงเวลา", "ผ่าน URL บนเว็บไซต์หลักโดยตรง"),
    "O21": ("เปิดเผยข้อมูลการจัดซื้อจัดจ้าง", "รายเดือน", "ครบตามองค์ประกอบ"),
    "O26": ("ปรับปรุงรายงานผล", "โดยเพิ่มปัญหา อุปสรรค", "หากไม่มีปัญหาให้ระบุว่า “ไม่มี”"),
    "O28": ("พัฒนาและปรับปรุง", "ช่องทาง", "แจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ", "เข้าถึงหรือเชื่อมโยง", "จากเว็บไซต์หลักของหน่วยงาน"),
    "O29": ("ปรับปรุงการรายงานสถิติเรื่องร้องเรียนการทุจริตและประพฤติมิชอบของเจ้าหน้าที่", "เท่านั้น"),
    "O31": ("จัดทำ", "งดให้หรือรับของขวัญ", "No Gift Policy"),
}
DOCS = Path(__file__).resolve().parents[3] / "docs" / "papers.md"


def test_each_measure_has_the_substance_of_the_agencies_own(sample: Report) -> None:
    rows = {row.item.id: row for row in made.content(sample).resolved() if row.item is not None}
    assert set(SUBSTANCE) <= set(rows)
    for code, words in SUBSTANCE.items():
        text = "".join((*rows[code].measures, *rows[code].method)).replace(" ", "")
        assert [w for w in words if w.replace(" ", "") not in text] == [], code
        assert rows[code].follow_up


def test_follow_up_is_reported_as_the_agencies_do() -> None:
    told = load_measures().reporting.th
    assert "รายงานผลการดำเนินการให้ผู้บริหารทราบเป็นลายลักษณ์อักษร" in told
    assert "การประชุม" in told
    assert "ประจำเดือน" in told


def test_the_table_of_the_documentation_is_what_is_written(sample: Report) -> None:
    table = [line for line in DOCS.read_text("utf-8").splitlines() if line.startswith("| O")]
    said = {line.split("|")[1].strip().split()[0]: line.split("|")[4].strip() for line in table}
    rows = {row.item.id: row.measures[0] for row in made.content(sample).resolved() if row.item is not None}
    assert {code: rows[code] for code in said} == said
    assert set(said) == set(rows)


def test_the_sample_agencys_report_knows_its_closing_day(sample: Report) -> None:
    assert (sample.ruleset.answers_by, sample.ruleset.answers_by_verified) == ("2023-04-30", False)
