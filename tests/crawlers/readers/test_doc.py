"""Old Word files: what their structures say, made by hand where LibreOffice does not write it."""

from __future__ import annotations

import struct

import pytest

from crawlers.readers.interface import Limits, read
from ita_rules.run.types import Block
from tests.crawlers.readers.olemaker import compound, word

THAI = "รายงานผลการดำเนินงานประจำปี\rปัญหา อุปสรรค\rเจ้าหน้าที่มีจำนวนน้อย\r"
IN_TABLE = struct.pack("<HB", 0x2416, 1)
ROW_END = IN_TABLE + struct.pack("<HB", 0x2417, 1)
DEEPER = IN_TABLE + struct.pack("<Hi", 0x6649, 2)


def blocks(data: bytes) -> tuple[Block, ...]:
    document = read(data)
    assert document.cause is None
    return document.pages[0].blocks


def texts(data: bytes) -> list[str]:
    return [block.text for block in blocks(data)]


def row(edges: tuple[int, ...], flags: tuple[int, ...] = ()) -> bytes:
    """The property list of a row's end, with its cells."""
    cells = b"".join(struct.pack("<H", flag).ljust(20, b"\x00") for flag in flags or (0,) * (len(edges) - 1))
    body = bytes([len(edges) - 1]) + struct.pack(f"<{len(edges)}h", *edges) + cells
    return ROW_END + struct.pack("<HH", 0xD608, len(body) + 1) + body


def table(*rows: tuple[tuple[str, ...], bytes], after: str = "") -> bytes:
    """A file of one table."""
    text, settings = "", []
    for cells, end in rows:
        text += "".join(cell + "\x07" for cell in cells) + "\x07"
        settings += [(len(cell) + 1, IN_TABLE) for cell in cells] + [(1, end)]
    return word(text + after, paragraphs=settings)


def test_paragraphs() -> None:
    assert texts(word(THAI)) == THAI.split("\r")[:-1]


def test_thai_in_pieces_of_one_byte_a_character() -> None:
    assert texts(word(THAI, "cp874")) == THAI.split("\r")[:-1]


def test_western_in_pieces_of_one_byte_a_character() -> None:
    assert texts(word("café “x” – 50 €\r", "cp1252")) == ["café “x” – 50 €"]


def test_thai_taken_for_western_letters_is_mended() -> None:
    garbled = THAI.encode("cp874").decode("latin-1")
    assert texts(word(garbled)) == THAI.split("\r")[:-1]


def test_cells_are_apart_and_empty_ones_stay() -> None:
    edges = (0, 1000, 4000, 6000)
    data = table(
        (("ที่", "ปัญหา", "ข้อเสนอแนะ"), row(edges)), (("1", "ไม่มี", ""), row(edges)), (("2", "", ""), row(edges)), after="ท้าย\r"
    )
    assert [block.cells or block.text for block in blocks(data)] == [
        ("ที่", "ปัญหา", "ข้อเสนอแนะ"), ("1", "ไม่มี", ""), ("2", "", ""), "ท้าย",
    ]  # fmt: skip
    assert [block.header for block in blocks(data)] == [True, False, False, False]


def test_cells_over_columns_and_rows() -> None:
    data = table(
        (("ที่", "งบประมาณ"), row((0, 1000, 5000), (0x60, 0))),
        (("", "ได้รับ", "ใช้ไป"), row((0, 1010, 3000, 5000), (0x20, 0, 0))),
        (("1", "5", "4"), row((0, 1000, 3000, 5000))),
    )
    assert [block.cells for block in blocks(data)] == [
        ("ที่", "งบประมาณ", "งบประมาณ"), ("ที่", "ได้รับ", "ใช้ไป"), ("1", "5", "4"),
    ]  # fmt: skip


def test_rows_too_long_for_their_page_are_described_elsewhere() -> None:
    wide, narrow = row((0, 1000, 3000)), row((0, 1000, 2000, 3000))
    more = struct.pack("<H", len(wide)) + wide + struct.pack("<H", len(narrow)) + narrow
    ends = [struct.pack("<HI", 0x6646, at) for at in (0, 2 + len(wide))]
    settings = [(2, IN_TABLE)] * 2 + [(1, ends[0])] + [(2, IN_TABLE)] * 3 + [(1, ends[1])]
    data = word("a\x07b\x07\x07c\x07d\x07e\x07\x07", paragraphs=settings, more=more)
    assert [block.cells for block in blocks(data)] == [("a", "b", "b"), ("c", "d", "e")]


def test_table_with_a_table_in_a_cell_only_arranges_the_page() -> None:
    inner_cell = DEEPER + struct.pack("<HB", 0x244B, 1)
    inner_end = inner_cell + struct.pack("<HB", 0x244C, 1)
    cells = [("ที่", inner_cell), ("ผล", inner_cell), ("", inner_end), ("1", inner_cell), ("ดี", inner_cell), ("", inner_end)]
    settings = [
        (len("หัวข้อ") + 1, IN_TABLE),
        *((len(text) + 1, data) for text, data in cells),
        (1, IN_TABLE),
        (1, row((0, 50, 90))),
    ]
    text = "หัวข้อ\x07" + "".join(f"{text}\r" for text, _ in cells) + "\x07\x07"
    assert [block.cells or block.text for block in blocks(word(text, paragraphs=settings))] == [
        "หัวข้อ", ("ที่", "ผล"), ("1", "ดี"),
    ]  # fmt: skip


def test_fields_show_their_result() -> None:
    assert texts(word('ดู \x13 HYPERLINK "http://x" \x14ที่นี่\x15 ต่อ\rหน้า \x13 PAGE \x15จบ\r')) == ["ดู ที่นี่ ต่อ", "หน้า จบ"]


def test_field_that_never_closes_hides_no_other_paragraph() -> None:
    assert texts(word("ก่อน \x13 TOC\rปัญหา\rข้อเสนอแนะ\r")) == ["ก่อน", "ปัญหา", "ข้อเสนอแนะ"]


def test_breaks_and_signs() -> None:
    assert texts(word("บรรทัดหนึ่ง\x0bบรรทัดสอง\r\x0cหน้าใหม่\x1eก\x1fข\r")) == ["บรรทัดหนึ่ง", "บรรทัดสอง", "หน้าใหม่-กข"]


def test_locked_and_older_files() -> None:
    assert read(word(THAI, flags=0x100)).cause == "encrypted"
    old = compound({"WordDocument": struct.pack("<HH", 0xA5DC, 101).ljust(4096, b"\x00")})
    assert (read(old).cause, read(old).facts["failure"]) == ("unreadable", "word95")


def test_limits() -> None:
    document = read(word("คำ\r" * 5000), limits=Limits(text_chars=200))
    assert document.truncated
    assert sum(len(block.text) for block in document.pages[0].blocks) <= 200


@pytest.mark.parametrize("place", range(0x9A, 0x1AA, 8))
def test_places_that_lead_nowhere(place: int) -> None:
    """Any entry of the list of places may point anywhere: a cause or less text, never an exception."""
    data = bytearray(word(THAI))
    start = data.index(struct.pack("<HH", 0xA5EC, 0xC1))
    struct.pack_into("<II", data, start + place, 0xFFFFFF0, 0xFFFFFF)
    assert "Error@" not in read(bytes(data)).facts.get("failure", "")
