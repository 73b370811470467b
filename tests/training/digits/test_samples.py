"""Labels of segments: what is drawn at a known place gets its name, halves and pairs get none."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("PIL", reason="the extra training is not installed")

from crawlers.readers.digits.classify import CLASSES, REJECT
from crawlers.readers.digits.cut import Cut, Segment, Strip
from training.digits.render import Drawn, Glyph
from training.digits.samples import labels_of
from training.digits.texts import number, thai, training_line

INK = np.zeros((4, 4), np.float32)
DRAWN = Drawn(
    np.full((60, 200), 255, np.uint8),
    (Glyph("ก", 10, 0, 30, 60), Glyph("๒", 40, 0, 60, 60), Glyph(".", 62, 0, 65, 60), Glyph("๕", 70, 0, 90, 60)),
)


def label(left: float, right: float) -> str:
    """The class that a segment between two places gets; ``?`` for none."""
    strip = Strip(INK, 25, 45, 0, 1)
    found = Cut(strip, 1, (Segment(0, 1, round(left), 10, round(right), 45, INK),))
    index = int(labels_of(found, DRAWN)[0])
    return CLASSES[index] if index >= 0 else "?"


def test_a_digit_that_is_covered_well_has_its_name() -> None:
    assert label(40, 60) == "๒"
    assert label(41, 61) == "๒"
    assert label(62, 65) == "."


def test_what_is_no_digit_is_a_reject() -> None:
    assert label(10, 30) == REJECT
    assert label(40, 49) == REJECT
    assert label(40, 90) == REJECT
    assert label(40, 65) == REJECT


def test_a_digit_that_is_covered_half_well_teaches_nothing() -> None:
    assert label(40, 56) == "?"


def test_texts_repeat_from_their_seed_and_have_thai_digits() -> None:
    lines = [[training_line(np.random.default_rng(seed)) for seed in range(40)] for _ in range(2)]
    assert lines[0] == lines[1]
    assert sum(any(c in "๐๑๒๓๔๕๖๗๘๙" for c in line) for line in lines[0]) > 25
    assert thai("2566/a") == "๒๕๖๖/a"
    assert all(number(np.random.default_rng(seed)) for seed in range(40))
