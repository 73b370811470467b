"""Blanks by the ink, letters put together, leaders in their place."""

from __future__ import annotations

import pytest

from crawlers.readers.ocr.cells import POINT
from crawlers.readers.ocr.picture import spots_of
from crawlers.readers.ocr.spelling import LEADER, Sheet, composed, leader_lines, spelt
from crawlers.readers.ocr.types import Symbol, TextRow
from ita_rules.thai.fold import UNREAD
from tests.crawlers.readers.ocr.pictures import numpy


def _row(*letters: tuple[str, int]) -> tuple[TextRow, Sheet]:
    """A row whose letters (text, left) are boxes of 20 x 24 pixels, and the sheet that it stands on."""
    ink = numpy.zeros((80, 1000), numpy.uint8)
    symbols = []
    for text, left in letters:
        ink[30:54, left : left + 20] = 255
        symbols.append(Symbol(text, (left, 30, left + 20, 54), 0.98, gap=True))
    return TextRow(tuple(symbols), (letters[0][1], 24, letters[-1][1] + 20, 60)), Sheet(255 - ink, ink, spots_of(ink), 24.0)


def test_blanks_stand_where_the_ink_has_them() -> None:
    found = spelt(*_row(("ก", 0), ("า", 24), ("ร", 48), ("ง", 90), ("บ", 114)))
    assert found is not None
    assert found.line.text == "การ งบ"
    assert [span.text for span in found.line.spans] == ["การ", "งบ"]
    assert found.line.spans[1].x0 == 90 * POINT
    assert found.confidence == pytest.approx(0.98)


def test_no_blank_before_a_mark_or_after_a_leading_vowel() -> None:
    found = spelt(*_row(("ก", 0), ("ะ", 40), ("เ", 64), ("ก", 100)))
    assert found is not None
    assert found.line.text.replace(" ", "") == "กะเก"
    assert "ก ะ" not in found.line.text
    assert "เ ก" not in found.line.text


def test_am() -> None:
    assert composed("ดํา น้ํา จํ้านวน เเผน") == "ดำ น้ำ จ้ำนวน แผน"


def test_unread_digits_do_not_count_as_doubt() -> None:
    row, sheet = _row(("ก", 0), ("ข", 24))
    doubted = TextRow((row.symbols[0], Symbol(UNREAD, row.symbols[1].box, 0.0)), row.box)
    found = spelt(doubted, sheet)
    assert found is not None
    assert found.confidence == pytest.approx(0.98)


def test_dots_within_and_beside_a_row() -> None:
    row, sheet = _row(("ก", 0), ("ข", 600))
    within = Sheet(sheet.grey, sheet.ink, sheet.spots, 24.0, [(100, 50, 500, 54)])
    found = spelt(row, within)
    assert found is not None
    assert found.line.text == f"ก {LEADER} ข"
    assert leader_lines(within, [row]) == []
    beside = Sheet(sheet.grey, sheet.ink, sheet.spots, 24.0, [(700, 50, 900, 54)])
    (line,) = leader_lines(beside, [row])
    assert line.line.text == LEADER
    assert abs((line.line.box[1] + line.line.box[3]) / 2 - 42 * POINT) < 1.5


def test_nothing() -> None:
    _, sheet = _row(("ก", 0))
    assert spelt(TextRow((), (0, 0, 0, 0)), sheet) is None
