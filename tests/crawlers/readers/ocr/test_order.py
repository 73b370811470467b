"""Rows found in no order come out as people read them."""

from __future__ import annotations

import random

from crawlers.readers.ocr.order import in_order
from crawlers.readers.ocr.spelling import Spelt
from crawlers.readers.pdf_text import Span, TextLine


def row(text: str, x0: float, y: float, x1: float, size: float = 20) -> Spelt:
    return Spelt(TextLine([Span(text, x0, y - size / 2, x1, y + size / 2)]), 0.99)


def texts(rows: list[Spelt]) -> list[str]:
    random.Random(3).shuffle(rows)
    return [line.line.text for line in in_order(rows, 595)]


def test_from_the_top() -> None:
    assert texts([row(str(i), 60, 50 + 25 * i, 400) for i in range(6)]) == list("012345")


def test_pieces_of_one_line() -> None:
    assert texts([row("ก", 60, 50, 150), row("ข", 160, 51, 200), row("ค", 300, 50, 400)]) == ["ก ข", "ค"]


def test_columns() -> None:
    rows = [row("หัว", 60, 30, 500), row("ท้าย", 60, 400, 500)]
    rows += [row(f"ซ{i}", 60, 60 + 25 * i, 285) for i in range(8)] + [row(f"ข{i}", 310, 60 + 25 * i, 530) for i in range(8)]
    assert texts(rows) == ["หัว", *(f"ซ{i}" for i in range(8)), *(f"ข{i}" for i in range(8)), "ท้าย"]


def test_two_signatures_are_no_columns() -> None:
    rows = [row("ลงชื่อ", 60, 60, 160), row("ลงชื่อ2", 350, 60, 450), row("(นาย ก)", 60, 85, 160), row("(นาย ข)", 350, 85, 450)]
    assert texts(rows) == ["ลงชื่อ", "ลงชื่อ2", "(นาย ก)", "(นาย ข)"]
