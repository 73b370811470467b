"""Many agencies in one workbook: a row each, a column per item, one sheet per rule set."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from reports.agencies_sheet import Heads, failed_line, workbook, write
from reports.trend import Point
from tests.reports import factory
from tests.reports.test_cells import FORMULA

ROOT = Path(__file__).resolve().parents[2]


def test_a_row_for_each_agency_and_a_sheet_for_each_year(tmp_path: Path) -> None:
    heads = Heads()
    other = factory.realistic()
    other = other.model_copy(
        update={"ruleset": other.ruleset.model_copy(update={"id": "oit-2567"}), "items": other.items[:35], "persona": "webmaster"}
    )
    lines = [heads.line(factory.realistic()), heads.line(other), heads.line(factory.realistic())]
    assert lines[0].heads is lines[2].heads
    lines.append(failed_line("=cmd|'/C calc'!A0", "local", "sample", "oit-2566"))
    book = openpyxl.load_workbook(write(lines, tmp_path, "th"))
    assert book.sheetnames == ["หน่วยงาน oit-2567", "รายข้อ oit-2567", "หน่วยงาน oit-2566", "รายข้อ oit-2566"]
    page = book["หน่วยงาน oit-2566"]
    names = [cell.value for cell in page[2]]
    assert names[-43:] == [f"O{n}" for n in range(1, 44)]
    assert page.max_row == 5
    first = dict(zip(names, [cell.value for cell in page[3]], strict=True))
    assert (first["O1"], first["O21"], first["O12"], first["O37"], first["O41"]) == ("✓", "✕", "?", "◷", "–")
    assert (first["คะแนนต่ำสุด"], first["คะแนนสูงสุด"]) == (72.19, 85)
    failed = [cell.value for cell in page[5]]
    assert failed[0] == "'=cmd|'/C calc'!A0"
    assert failed[names.index("ดูเว็บไซต์")] == "ตรวจไม่สำเร็จ"
    assert not any(failed[-43:])
    # What the marks mean stands above them.
    assert "✕ ต้องแก้ไข" in page["A1"].value
    items = {row[0]: row for row in book["รายข้อ oit-2566"].iter_rows(min_row=3, values_only=True)}
    assert items["O21"][3:] == (0, 2, 0, 0, 0)


def test_the_night_before_stands_beside_this_one() -> None:
    trend = (Point("2026-11-19", 60, 90, 6, 2), Point("2026-11-20", 70, 88.5, 4, 3))
    lines = [replace(Heads().line(factory.realistic()), trend=trend), Heads().line(factory.realistic())]
    lines.append(failed_line("ข", "local", "http://x/", "oit-2566"))
    rows = list(openpyxl.load_workbook(io.BytesIO(workbook(lines, "en"))).active.iter_rows(min_row=2, values_only=True))
    known, unknown, failed = (dict(zip(rows[0], row, strict=True)) for row in rows[1:])
    assert (known["Check before"], known["Lowest score before"], known["Highest score before"]) == ("2026-11-19", 60, 90)
    assert (known["Lowest score, change"], known["Highest score, change"]) == (10, -1.5)
    assert (known["Gaps before"], known["Gaps, change"]) == (6, -2)
    assert (known["Undecided before"], known["Undecided, change"]) == (2, 1)
    assert known["O1"] == "✓"
    assert unknown["Check before"] is failed["Gaps, change"] is None
    reviewer = replace(Heads().line(factory.realistic(persona="reviewer")), trend=trend)
    heads = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(workbook([reviewer], "en"))).active[2]]
    assert "Gaps, change" in heads
    assert not any("score" in str(head) for head in heads)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the system does not say how much memory was held")
def test_eight_thousand_agencies_in_a_minute_and_half_a_gigabyte() -> None:
    done = subprocess.run([sys.executable, "-m", "benchmarks.workbook"], cwd=ROOT, capture_output=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()


def test_hostile_names_and_no_agencies_at_all() -> None:
    lines = [Heads().line(factory.hostile()), failed_line("\x00\ud800@" + "ก" * 5000, "other", "javascript:x", "")]
    for lang in ("th", "en"):
        for found in (lines, []):
            for sheet in openpyxl.load_workbook(io.BytesIO(workbook(found, lang))):
                for row in sheet.iter_rows():
                    assert not any(FORMULA.match(str(cell.value or "")) or cell.hyperlink for cell in row)


def test_reviewers_see_no_score() -> None:
    line = Heads().line(factory.realistic(persona="reviewer"))
    page = openpyxl.load_workbook(io.BytesIO(workbook([line], "en"))).active
    assert "Lowest score" not in [cell.value for cell in page[2]]
    assert "!" in [cell.value for cell in page[3]]
    assert "✕" not in str(page["A1"].value)
