"""The reviewer's sheet read back: good rows are taken, bad ones are told by row, whatever program saved the file."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ita_rules.decided import read_decided
from ita_rules.doubt import queue
from ita_rules.errors import AnswersError
from ita_rules.messages import messages
from ita_rules.model import Status
from reports.queue_sheet import Place, workbook
from tests.reports import factory
from tests.reports.test_cells import FORMULA

TODAY = dt.date(2026, 11, 21)
RUN = "0123456789abcdef"


def sheet(lang: str = "th") -> openpyxl.Workbook:
    report = factory.realistic(persona="reviewer")
    found = queue([report])
    return openpyxl.load_workbook(io.BytesIO(workbook([Place(report, "runs/ก", RUN)], found, lang)))


def filled(folder: Path, fill: dict[str, dict[str, Any]], lang: str = "th") -> Path:
    """The sheet with cells filled in, by item and column."""
    book, say = sheet(lang), messages(lang)
    page = book.worksheets[0]
    heads = {cell.value: cell.column for cell in page[2]}
    for item, cells in fill.items():
        row = next(r for r in range(3, page.max_row + 1) if page.cell(r, heads[say.say("report.book.queue.item")]).value == item)
        for name, value in cells.items():
            page.cell(row, heads[say.say(f"report.book.queue.{name}")]).value = value
    path = folder / "queue.xlsx"
    book.save(path)
    return path


def test_the_sheet_asks_what_is_to_be_decided() -> None:
    page = sheet().worksheets[0]
    heads = [cell.value for cell in page[2]]
    rows = [dict(zip(heads, row, strict=True)) for row in page.iter_rows(min_row=3, values_only=True)]
    assert (rows[0]["ผลของโปรแกรม"], rows[0]["ความไม่แน่ใจ (0 ถึง 1)"]) == ("? ยังตัดสินไม่ได้", 1)
    assert {row["ผลของโปรแกรม"] for row in rows} <= {"? ยังตัดสินไม่ได้", "! เสนอให้ตรวจ", "✓ ผ่าน"}
    row = next(row for row in rows if row["ข้อ"] == "O21")
    assert row["ผลของโปรแกรม"] == "! เสนอให้ตรวจ"
    assert "กุมภาพันธ์ 2566" in row["สิ่งที่พบ"]
    assert "สขร.1" in row["วิธีปรับปรุง"]
    assert row["รหัส (ห้ามแก้)"] == f"{RUN}:O21:gap"
    assert [page.column_dimensions[letter].hidden for letter in "ABC"] == [True, True, False]
    offered = page.data_validations.dataValidation[0]
    assert offered.formula1 == '"ยืนยันตามโปรแกรม,ให้ผลเป็น ผ่าน,ให้ผลเป็น ต้องแก้ไข,ต้องดูเพิ่ม"'
    assert str(offered.sqref).startswith(f"{page.cell(2, heads.index('ผลที่ตัดสิน') + 1).column_letter}3:")


@pytest.mark.parametrize("lang", ["th", "en"])
def test_rows_come_back_as_they_were_filled_in(tmp_path: Path, lang: str) -> None:
    say = messages(lang).say
    fill = {
        "O21": {"decision": say("report.decision.confirm"), "who": "=นาย ก", "when": dt.datetime(2026, 11, 20)},
        "O12": {"decision": say("report.decision.gap"), "comment": "'=SUM(A1) ไม่มีตาราง", "when": "๒๐/๑๑/๒๕๖๙"},
        "O31": {"decision": "more"},
    }
    found, faults = read_decided(filled(tmp_path, fill, lang), "นาง ข", TODAY)
    assert faults == ()
    by_item = {one.item: one for one in found}
    assert set(by_item) == {"O21", "O12", "O31"}
    assert (by_item["O12"].decision, by_item["O12"].on, by_item["O12"].who) == ("gap", Status.UNDECIDED, "นาง ข")
    assert by_item["O12"].comment == "=SUM(A1) ไม่มีตาราง"
    assert by_item["O12"].when == by_item["O21"].when == dt.date(2026, 11, 20)
    assert (by_item["O31"].when, by_item["O31"].run, by_item["O31"].run_id) == (TODAY, "runs/ก", RUN)


@pytest.mark.parametrize(
    ("cells", "message_id"),
    [
        ({"comment": "ดูแล้ว"}, "error.decisions.no_decision"),
        ({"decision": "ผ่านแน่นอน"}, "error.decisions.unknown"),
        ({"decision": "ให้ผลเป็น ผ่าน"}, "error.decisions.no_reason"),
        ({"decision": "ยืนยันตามโปรแกรม", "key": "O21"}, "error.decisions.key"),
        ({"decision": "ยืนยันตามโปรแกรม", "key": f"{RUN}:O21:great"}, "error.decisions.key"),
        ({"decision": "ยืนยันตามโปรแกรม", "when": "เมื่อวาน"}, "error.decisions.day"),
        ({"decision": "ยืนยันตามโปรแกรม", "when": "31/02/2569"}, "error.decisions.day"),
        ({"decision": "ต้องดูเพิ่ม", "comment": "ก" * 6_000}, "error.decisions.long"),
    ],
)
def test_a_bad_row_is_told_by_its_number_and_the_others_are_taken(tmp_path: Path, cells: dict[str, Any], message_id: str) -> None:
    path = filled(tmp_path, {"O21": cells, "O31": {"decision": "ต้องดูเพิ่ม"}})
    found, faults = read_decided(path, "ก", TODAY)
    assert [one.item for one in found] == ["O31"]
    assert [fault.message_id for fault in faults] == [message_id]
    page = openpyxl.load_workbook(path).worksheets[0]
    assert "O21" in [cell.value for cell in page[faults[0].line]]
    for lang in ("th", "en"):
        values = {"file": faults[0].file, "line": faults[0].line, **faults[0].values}
        told = messages(lang).say(message_id, **values)
        assert "–" not in told
        assert str(faults[0].line) in told


def test_nobody_and_nothing_to_confirm(tmp_path: Path) -> None:
    path = filled(tmp_path, {"O31": {"decision": "ยืนยันตามโปรแกรม"}, "O21": {"decision": "ยืนยันตามโปรแกรม"}})
    found, faults = read_decided(path, "", TODAY)
    assert found == ()
    assert sorted(fault.message_id for fault in faults) == ["error.decisions.nobody", "error.decisions.nothing_to_confirm"]


def test_the_same_item_twice(tmp_path: Path) -> None:
    path = filled(tmp_path, {"O21": {"decision": "ต้องดูเพิ่ม"}})
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    row = next(row for row in page.iter_rows(min_row=3, values_only=True) if "O21" in row)
    page.append(row)
    book.save(path)
    found, faults = read_decided(path, "ก", TODAY)
    assert len(found) == 1
    assert (faults[0].message_id, faults[0].line) == ("error.decisions.twice", page.max_row)


@pytest.mark.parametrize(
    ("name", "content", "message_id"),
    [
        ("none.xlsx", None, "error.decisions.sheet_missing"),
        ("a.xlsx", b"PK\x03\x04broken", "error.decisions.sheet_unreadable"),
        ("a.csv", "ข้อ,URL\nO1,x\n".encode(), "error.decisions.no_sheet"),
        ("a.xlsx", b"\x00\x01\x02", "error.decisions.sheet_encoding"),
        ("big.csv", b"a\n" * 3_000_000, "error.decisions.sheet_too_large"),
    ],
)
def test_what_is_no_sheet_of_ours(tmp_path: Path, name: str, content: bytes | None, message_id: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(AnswersError) as caught:
        read_decided(tmp_path / name, "ก", TODAY)
    assert caught.value.message_id == message_id
    assert name in messages("th").error(caught.value)


def test_nothing_from_a_site_runs_in_the_sheet() -> None:
    report = factory.hostile()
    found = queue([report])
    assert found
    for lang in ("th", "en"):
        content = workbook([Place(report, "=runs", RUN)], found, lang)
        for page in openpyxl.load_workbook(io.BytesIO(content)):
            for row in page.iter_rows():
                for cell in row:
                    assert cell.data_type in ("s", "n")
                    assert not FORMULA.match(str(cell.value or ""))
