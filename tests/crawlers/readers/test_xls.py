"""Old workbooks: values, merges, pictures, locks, and code pages that are wrong."""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import Any

import pytest

from crawlers.readers.interface import Limits, read
from tests.corpora.office import make
from tests.crawlers.readers.olemaker import compound

xlwt = pytest.importorskip("xlwt", reason="xlwt writes the workbooks of these tests; pip install xlwt")
PICTURE = Path(make.__file__).parent / "picture.xls"


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_values_heads_and_a_sheet_of_one_picture() -> None:
    document = read(PICTURE.read_bytes())
    first, second = document.pages
    assert first.name == "ตุลาคม"
    assert [(block.kind, block.header, block.cells or block.text) for block in first.blocks] == [
        ("heading", False, "สรุปผลการจัดซื้อจัดจ้าง ประจำเดือนตุลาคม ๒๕๖๕"),
        ("row", True, ("วันที่", "รายการ", "จำนวนเงิน")),
        ("row", False, ("05/10/2565", "ซื้อหมึกพิมพ์", "12,780.50")),
    ]
    assert (second.name, second.cause, len(second.images)) == ("สแกน", "no_ocr", 1)
    assert document.cause is None


def test_thai_taken_for_western_letters_is_mended() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    for row, text in enumerate(("ลำดับที่", "รายการจัดซื้อจัดจ้าง", "วงเงินงบประมาณ")):
        sheet.write(row, 0, text.encode("cp874").decode("latin-1"))
        sheet.write(row, 1, 5)
    assert [block.cells for block in read(saved(book)).pages[0].blocks][1] == ("รายการจัดซื้อจัดจ้าง", "5")


def test_hidden_sheets_are_left_out_unless_all_are() -> None:
    book = xlwt.Workbook()
    for name in "ab":
        book.add_sheet(name).write(0, 0, f"sheet {name}")
    book.get_sheet(0).visibility = 1
    book.set_active_sheet(1)
    assert [page.name for page in read(saved(book)).pages] == ["b"]


def test_locked_damaged_and_limited() -> None:
    start = struct.pack("<HHHHHHHH", 0x809, 8, 0x600, 5, 0, 0, 0, 0)[:12]
    locked = compound({"Workbook": start + struct.pack("<HHH", 0x2F, 6, 1) + bytes(4)})
    assert read(locked).cause == "encrypted"
    damaged = read(compound({"Workbook": b"no records here" * 100}))
    assert (damaged.cause, damaged.facts["failure"]) == ("unreadable", "damaged")
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    for row in range(60):
        sheet.write(row, 0, "x")
        sheet.write(row, 1, row)
    document = read(saved(book), limits=Limits(rows=10))
    assert document.truncated
    assert len(document.pages[0].blocks) == 10
