"""Foreign text is made harmless, and stays readable."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ita_rules.messages import clean


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("\x1b[31;1mแดง\x1b[0m", "แดง"),
        ("\x1b]0;title\x07ข้อ", "ข้อ"),
        ("\x1b]8;;http://evil/\x1b\\คลิก\x1b]8;;\x1b\\", "คลิก"),
        ("\x9b31mก", "ก"),
        ("ก\x1bข", "กข"),
        ("abc\u202egnp.exe\u2066\u200f", "abcgnp.exe"),
        ("ก\x00\x07\x7f\x85ข", "ก ข"),
        ("ก\r\nข\t ค", "ก ข ค"),
        ("\ud800lone", "lone"),
        ("สำนักงาน ป.ป.ช. ที่ปรึกษา น้ำ กรุงเทพฯ", "สำนักงาน ป.ป.ช. ที่ปรึกษา น้ำ กรุงเทพฯ"),
        ("ก" + "\u0e49" * 50, "ก" + "\u0e49" * 4),
    ],
)
def test_clean(hostile: str, harmless: str) -> None:
    assert clean(hostile) == harmless


def test_length_is_bounded_with_an_ellipsis() -> None:
    assert clean("ก" * 10, 5) == "กกกก…"
    assert clean("ก" * 5, 5) == "กกกกก"
    assert len(clean("x" * 1_000_000)) == 300
    assert clean("\x00" * 1_000_000 + "tail", 10) == "…"
    assert clean("", 5) == ""


@settings(max_examples=200, deadline=None)
@given(text=st.text(), limit=st.integers(1, 50))
def test_nothing_harmful_survives(text: str, limit: int) -> None:
    cleaned = clean(text, limit)
    assert len(cleaned) <= limit
    assert not [c for c in cleaned if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")]
    assert not set(cleaned) & set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    cleaned.encode("utf-8")
