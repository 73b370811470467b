"""Features: their length, what they keep and what they leave out."""

from __future__ import annotations

import numpy as np

from crawlers.readers.digits.cut import cut
from crawlers.readers.digits.features import LENGTH, SIDE, features, picture, place
from tests.crawlers.readers.digits.test_cut import box, paper


def one(top: int, right: int, bottom: int) -> np.ndarray:
    """Features of the first of two frames; the second is 25 high and stands on line 45."""
    grey = paper()
    box(grey, 20, top, right, bottom)
    for left in (80, 120):
        box(grey, left, 20, left + 20, 45)
    found = cut(grey, 5, 15, 190, 50)
    assert found is not None
    return features(found.segments, found.strip)[0]


def test_one_row_for_each_segment() -> None:
    grey = paper()
    box(grey, 20, 20, 40, 45)
    found = cut(grey, 5, 15, 190, 50)
    assert found is not None
    assert features(found.segments, found.strip).shape == (len(found.segments), LENGTH)
    assert features([], found.strip).shape == (0, LENGTH)


def test_the_picture_keeps_proportions() -> None:
    grey = paper()
    box(grey, 20, 20, 34, 45)
    found = cut(grey, 5, 15, 60, 50)
    assert found is not None
    square = picture(found.segments[0])
    assert square.shape == (SIDE, SIDE)
    columns = np.flatnonzero(square.max(axis=0) > 0.3)
    rows = np.flatnonzero(square.max(axis=1) > 0.3)
    assert len(rows) in (28, 27)
    assert abs(len(columns) / len(rows) - 14 / 25) < 0.1


def test_size_in_the_line_tells_a_small_circle_from_a_large_one() -> None:
    large, small = one(20, 40, 45), one(33, 32, 45)
    assert large[-4] > small[-4] + 0.3


def test_place_is_bounded() -> None:
    grey = paper(200, 300)
    box(grey, 20, 20, 30, 30)
    box(grey, 60, 20, 70, 30)
    box(grey, 100, 5, 180, 195)
    found = cut(grey, 0, 10, 300, 190)
    assert found is not None
    assert all(-1 <= v <= 2 for s in found.segments for v in place(s, found.strip))


def test_a_glyph_has_the_same_features_beside_any_other() -> None:
    grey = paper()
    box(grey, 20, 20, 40, 45)
    box(grey, 80, 20, 100, 45)
    found = cut(grey, 5, 15, 190, 50)
    assert found is not None
    alone = features(found.segments[:1], found.strip)
    together = features(found.segments, found.strip)
    assert np.allclose(alone[0], together[0])
