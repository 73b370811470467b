"""The quotes of what was seen."""

from __future__ import annotations

from ita_rules.checks.find.findings import joined, shorten


def test_a_quote_is_cut_at_a_blank() -> None:
    text = "คำ " * 200
    assert len(shorten(text, 100)) <= 100
    assert shorten(text, 100).endswith("คำ")


def test_the_parts_of_a_quote_are_told_apart() -> None:
    assert joined("ปัญหา", "  ", "ฝนตก") == "ปัญหา … ฝนตก"
