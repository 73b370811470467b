"""The measurement end to end. The shipped weights know these fonts: a floor against breakage, no measure of skill."""

from __future__ import annotations

import pytest

pytest.importorskip("PIL", reason="the extra training is not installed")
pytest.importorskip("tesserocr", reason="the extra ocr is not installed")

import numpy as np
from PIL import features

from crawlers.readers.ocr.types import Symbol, TextRow
from training.digits import evaluate
from training.digits.engine import Engine, model
from training.digits.fonts import FOLDERS, faces
from training.digits.pages import SamplePage, Truth

DESIGNS = ("sarabun", "garuda", "norasi")


@pytest.mark.slow
def test_years_on_pages_in_fonts_of_the_system() -> None:
    if model() is None:
        pytest.skip("no Thai model of Tesseract")
    if not features.check("raqm"):
        pytest.skip("Pillow without libraqm cannot place Thai marks")
    engine, total = Engine(), evaluate.Score()
    for design in DESIGNS:
        own = faces(FOLDERS, only=[design])
        if not own:
            pytest.skip(f"the fonts of {design} are not installed (fonts-thai-tlwg)")
        for sample in evaluate.pages_of(own, 2, 11, evaluate.USUAL):
            total.add(evaluate.score(sample, engine.rows(sample.grey)))
    assert total.years >= 60
    assert total.years_right >= 0.97 * total.years_accepted
    assert total.years_accepted >= 0.85 * total.years
    assert total.others_right >= 0.93 * total.others_accepted
    assert total.false_reads <= 2


def page(*truths: Truth) -> SamplePage:
    """A white page that is said to have some numbers."""
    return SamplePage(np.full((200, 600), 255, np.uint8), truths)


def row(text: str, left: int = 100) -> TextRow:
    """A line of symbols twenty pixels wide."""
    symbols = tuple(Symbol(c, (left + 20 * i, 50, left + 20 * i + 18, 80), 0.9) for i, c in enumerate(text))
    return TextRow(symbols, (left, 50, left + 20 * len(text), 80))


def test_what_counts_as_accepted_right_and_false(monkeypatch: pytest.MonkeyPatch) -> None:
    def runs_of(*runs: evaluate.Run) -> None:
        monkeypatch.setattr(evaluate, "read_runs", lambda grey, row, network: list(runs))

    year = Truth("๒๕๖๖", 100, 40, 180, 90, True)
    counts = []
    for runs in (
        (evaluate.Run(0, 4, "๒๕๖๖", 0.9),),
        (evaluate.Run(0, 4, "๒๕๖๕", 0.9),),
        (evaluate.Run(0, 2, "๒๕", 0.9), evaluate.Run(2, 4, None, 0.0)),
        (evaluate.Run(0, 4, None, 0.0),),
        (evaluate.Run(5, 7, "๑๒", 0.9),),
    ):
        runs_of(*runs)
        s = evaluate.score(page(year), [row("๒๕๒๒กกก")])
        counts.append((s.years, s.years_accepted, s.years_right, s.false_reads))
    assert counts == [(1, 1, 1, 0), (1, 1, 0, 0), (1, 1, 0, 0), (1, 0, 0, 0), (1, 0, 0, 1)]


def test_a_span_printed_with_blanks_may_come_in_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    truths = (Truth("๒๕๖๖", 100, 40, 180, 90, True), Truth("๒๕๗๐", 200, 40, 280, 90, True))
    monkeypatch.setattr(evaluate, "read_runs", lambda grey, row, network: [evaluate.Run(0, 9, "๒๕๖๖-๒๕๗๐", 0.9)])
    s = evaluate.score(page(*truths), [row("๒๕๒๒-๒๕๓๐")])
    assert (s.years, s.years_right) == (2, 2)
