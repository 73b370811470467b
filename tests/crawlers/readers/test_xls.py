"""Old workbooks: values, merges, pictures, locks, and code pages that are wrong."""

from __future__ import annotations

import struct
from pathlib import Path

from crawlers.readers.interface import Limits, read
from tests.corpora.office import make
from tests.crawlers.readers.olemaker import compound

FOLDER = Path(make.__file__).parent


def data(name: str) -> bytes:
    return (FOLDER / f"{name}.xls").read_bytes()


def test_values_heads_and_a_sheet_of_one_picture() -> None:
    document = read(data("picture"))
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
    assert [block.cells for block in read(data("garbled")).pages[0].blocks][1] == ("รายการจัดซื้อจัดจ้าง", "5")


def test_hidden_sheets_are_left_out() -> None:
    assert [page.name for page in read(data("hidden")).pages] == ["b"]


def test_a_cell_far_away_costs_nothing() -> None:
    assert [block.text for block in read(data("far")).pages[0].blocks] == ["ต้น", "ท้าย"]


def test_locked_damaged_and_limited() -> None:
    start = struct.pack("<HHIII", 0x809, 8, 0x50600, 0, 0)[:12]
    locked = compound({"Workbook": start + struct.pack("<HHH", 0x2F, 6, 1) + bytes(4)})
    assert read(locked).cause == "encrypted"
    damaged = read(compound({"Workbook": b"no records here" * 100}))
    assert (damaged.cause, damaged.facts["failure"]) == ("unreadable", "damaged")
    document = read(data("long"), limits=Limits(rows=10))
    assert document.truncated
    assert len(document.pages[0].blocks) == 10
