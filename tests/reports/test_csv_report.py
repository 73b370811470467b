"""The table: one row per check, read the same by programs and by Excel, and nothing in it runs."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from reports.csv_report import COLUMNS, CsvRenderer, table
from tests.reports import factory
from tests.reports.test_cells import FORMULA


def test_one_row_for_each_check(tmp_path: Path) -> None:
    report = factory.realistic()
    data = CsvRenderer().render(report, tmp_path, "report").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    found = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert tuple(found[0]) == COLUMNS
    assert [row["check"] for row in found] == [check.id for item in report.items for check in item.checks]
    row = next(row for row in found if row["check"] == "O21.months")
    assert (row["status"], row["item_status"], row["confidence"]) == ("gap", "gap", "0.97")
    assert "กุมภาพันธ์" in row["fix"]
    assert {row["fix"] for row in found if row["status"] == "pass"} == {""}


def test_a_hostile_site_runs_nothing_and_breaks_no_row() -> None:
    report = factory.hostile()
    rows = list(csv.reader(io.StringIO(table(report), newline="")))
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert len(rows) == 1 + sum(len(item.checks) for item in report.items)
    for row in rows:
        for field in row:
            assert not FORMULA.match(field)
            assert not set(field) & set("\r\n\t\x00\x1b\u202e")
            assert len(field) <= 2_001
    assert table(report) == table(report)


def test_a_reviewer_reads_proposals_and_no_points() -> None:
    rows = list(csv.DictReader(io.StringIO(table(factory.realistic(persona="reviewer")), newline="")))
    assert {row["item_worth"] for row in rows} == {""}
    assert all(row["message"].startswith("เสนอให้ตรวจ") for row in rows if row["status"] == "gap")
