"""No Thai digit of the engine survives; what the digit reader says takes its place."""

from __future__ import annotations

from crawlers.readers.digits import Run
from crawlers.readers.ocr.numerals import settled
from crawlers.readers.ocr.types import Symbol, TextRow
from ita_rules.thai.fold import UNREAD


def row(text: str) -> TextRow:
    symbols = tuple(Symbol(c, (20 * i, 0, 20 * i + 18, 30), 0.99) for i, c in enumerate(text))
    return TextRow(symbols, (0, 0, 20 * len(text), 30))


def test_unread_digits() -> None:
    found = settled(row("ปี๒๕๒๕วันที่๓"), [Run(2, 6, None, 0.0)])
    assert found.text == f"ปี{UNREAD * 4}วันที่{UNREAD}"
    assert all(s.confidence == 0 for s in found.symbols if s.text == UNREAD)


def test_digits_that_were_read() -> None:
    given = row("ปี๒๕๒๒ว.")
    found = settled(given, [Run(2, 7, "๒๕๖๖", 0.9)])
    assert found.text == "ปี๒๕๖๖."
    assert [s.box for s in found.symbols][2][0] == given.symbols[2].box[0]
    assert [s.box for s in found.symbols][5][2] == given.symbols[6].box[2]
    assert found.symbols[3].confidence == 0.9


def test_runs_that_are_nonsense_are_passed_over() -> None:
    assert settled(row("๑๒ก"), [Run(1, 9, "๕", 1.0), Run(-1, 1, "๕", 1.0), Run(2, 2, "๕", 1.0)]).text == f"{UNREAD}{UNREAD}ก"


def test_arabic_digits_stay() -> None:
    assert settled(row("2565"), []).text == "2565"
