"""Choosing segments and grouping them."""

from __future__ import annotations

import numpy as np

from crawlers.readers.digits.classify import CLASSES, REJECT
from crawlers.readers.digits.cut import Cut, Segment, Strip
from crawlers.readers.digits.path import READ, best_path, groups

INK = np.zeros((10, 10), np.float32)
STRIP = Strip(INK, 20.0, 30.0, 0, 1)


def segment(first: int, last: int, left: int, right: int) -> Segment:
    """A segment of some pieces at some place."""
    return Segment(first, last, left, 10, right, 30, INK)


def chances(*signs: tuple[str, float]) -> np.ndarray:
    """A row for each sign with its probability; the rest goes to the reject class, or from it to the letter next to it."""
    table = np.full((len(signs), len(CLASSES)), 1e-5, np.float32)
    for row, (sign, chance) in enumerate(signs):
        table[row, CLASSES.index(REJECT)] += 1 - chance
        table[row, CLASSES.index(sign)] += chance
    return table


def test_a_digit_beats_its_halves() -> None:
    found = Cut(STRIP, 2, (segment(0, 1, 0, 8), segment(0, 2, 0, 17), segment(1, 2, 8, 17)))
    path = best_path(found, chances((REJECT, 1.0), ("๖", 0.9), (REJECT, 1.0)))
    assert [CLASSES[g.best] for g in path] == ["๖"]


def test_two_digits_beat_the_pair() -> None:
    found = Cut(STRIP, 2, (segment(0, 1, 0, 8), segment(0, 2, 0, 17), segment(1, 2, 8, 17)))
    path = best_path(found, chances(("๒", 0.95), (REJECT, 1.0), ("๕", 0.95)))
    assert [CLASSES[g.best] for g in path] == ["๒", "๕"]


def test_a_piece_without_segment_is_passed_over() -> None:
    found = Cut(STRIP, 3, (segment(0, 1, 0, 8), segment(2, 3, 20, 28)))
    path = best_path(found, chances(("๒", 0.95), ("๕", 0.95)))
    assert [CLASSES[g.best] for g in path] == ["๒", "๕"]


def test_groups_end_at_blanks_and_letters_and_drop_separators_at_their_end() -> None:
    places = [(0, 10), (12, 22), (24, 26), (28, 38), (60, 70), (72, 74), (76, 90)]
    found = Cut(STRIP, 7, tuple(segment(i, i + 1, *p) for i, p in enumerate(places)))
    signs = [("๑", 0.99), ("๒", 0.99), (".", 0.99), ("๓", 0.99), ("๔", 0.99), (".", 0.99), (REJECT, 1.0)]
    path = best_path(found, chances(*signs))
    assert path[-1].best == READ
    assert groups(path, STRIP) == [(0, 4), (4, 5)]
