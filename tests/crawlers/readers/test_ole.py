"""Compound files: streams by name, whatever the tables say."""

from __future__ import annotations

import struct

import pytest

from crawlers.readers.ole import Compound, properties
from ita_rules.errors import ReaderError
from tests.crawlers.readers.olemaker import compound


def summary(page: int = 874, title: bytes = "รายงาน".encode("cp874")) -> bytes:
    """A property set: code page, title, time of making, program."""
    values = [
        (1, struct.pack("<IH", 2, page) + b"\x00\x00"),
        (2, struct.pack("<II", 30, len(title) + 1) + title + b"\x00"),
        (12, struct.pack("<IQ", 64, (1_664_582_400 + 11_644_473_600) * 10**7)),
        (13, struct.pack("<IQ", 64, 5)),
        (18, struct.pack("<II", 31, 6) + "Word\0\0".encode("utf-16-le")),
    ]
    at, table, bodies = 8 + 8 * len(values), b"", b""
    for number, body in values:
        table += struct.pack("<II", number, at + len(bodies))
        bodies += body.ljust(-(-len(body) // 4) * 4, b"\x00")
    section = struct.pack("<II", at + len(bodies), len(values)) + table + bodies
    return b"\xfe\xff" + bytes(26) + bytes(16) + struct.pack("<I", 48) + section


def test_streams_by_name() -> None:
    made = Compound(compound({"WordDocument": b"a" * 5000, "1Table": b"b" * 4096}))
    assert made.names == {"worddocument", "1table"}
    assert made.stream("worddocument") == b"a" * 5000
    assert made.stream("1Table") == b"b" * 4096
    assert made.stream("Data") is None
    assert "1TABLE" in made


def test_chains_in_circles_end_with_the_stream() -> None:
    made = Compound(compound({"Workbook": b"x" * 6000}, circle=True))
    assert made.stream("Workbook") == b"x" * 6000


@pytest.mark.parametrize("cut", [600, 1600, 6000])
def test_what_is_cut_short_is_unreadable(cut: int) -> None:
    data = compound({"Workbook": b"x" * 20_000})
    with pytest.raises(ReaderError) as caught:
        Compound(data[:cut]).stream("Workbook") or pytest.fail("no stream at all is a fault too")
    assert caught.value.message_id == "unreadable"


def test_what_the_file_says_of_itself() -> None:
    found = properties(Compound(compound({"\x05SummaryInformation": summary()})))
    assert found == {"title": "รายงาน", "created": "2022-10-01T00:00:00Z", "producer": "Word"}
    assert properties(Compound(compound({"\x05SummaryInformation": summary(65001, "แผน".encode())})))["title"] == "แผน"
    assert properties(Compound(compound({"\x05SummaryInformation": summary(9999)})))["title"] == "รายงาน"


def test_damaged_or_missing_summary_says_nothing() -> None:
    assert properties(Compound(compound({"\x05SummaryInformation": b"\xfe\xff" + b"\xff" * 60}))) == {}
    assert properties(Compound(compound({"1Table": b"x"}))) == {}
