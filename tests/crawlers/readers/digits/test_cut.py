"""Cutting: glyphs from strips drawn by hand, where every place is known."""

from __future__ import annotations

import numpy as np

from crawlers.readers.digits.cut import cut
from tests.crawlers.readers.digits.lines import LINES


def paper(rows: int = 60, columns: int = 200) -> np.ndarray:
    """White paper."""
    return np.full((rows, columns), 255, np.uint8)


def box(grey: np.ndarray, left: int, top: int, right: int, bottom: int, ink: int = 0) -> None:
    """A frame of four pixels: ink with a hole, as most digits have."""
    grey[top:bottom, left:right] = ink
    grey[top + 4 : bottom - 4, left + 4 : right - 4] = 255 - ink


def test_separate_glyphs_keep_their_places() -> None:
    grey = paper()
    for left in (20, 50, 80):
        box(grey, left, 20, left + 20, 45)
    found = cut(grey, 5, 15, 190, 50)
    assert found is not None
    single = [s for s in found.segments if s.last == s.first + 1]
    assert [round(found.strip.x_of(s.left)) for s in single] == [20, 50, 80]
    assert [round(found.strip.x_of(s.right)) for s in single] == [40, 70, 100]
    assert abs(found.strip.height / found.strip.zoom - 25) <= 1


def test_light_letters_on_a_dark_ground_are_cut_alike() -> None:
    dark = paper()
    box(dark, 20, 20, 40, 45)
    light = 255 - dark
    a, b = cut(dark, 5, 15, 60, 50), cut(light, 5, 15, 60, 50)
    assert a is not None
    assert b is not None
    assert [(s.left, s.top, s.right, s.bottom) for s in a.segments] == [(s.left, s.top, s.right, s.bottom) for s in b.segments]


def test_touching_glyphs_are_cut_where_the_ink_is_thin() -> None:
    grey = paper()
    box(grey, 20, 20, 42, 45)
    box(grey, 46, 20, 68, 45)
    grey[40:42, 42:46] = 0
    box(grey, 100, 20, 115, 45)
    found = cut(grey, 5, 15, 190, 50)
    assert found is not None
    spans = {(round(found.strip.x_of(s.left)), round(found.strip.x_of(s.right))) for s in found.segments}
    assert any(a == 20 and 41 <= b <= 47 for a, b in spans)
    assert any(b == 68 and 41 <= a <= 47 for a, b in spans)
    assert (100, 115) in spans


def test_a_broken_glyph_is_offered_whole() -> None:
    grey = paper()
    box(grey, 20, 20, 40, 45)
    grey[:, 30:31] = 255
    box(grey, 80, 20, 100, 45)
    found = cut(grey, 5, 15, 190, 50)
    assert found is not None
    assert (20, 40) in {(round(found.strip.x_of(s.left)), round(found.strip.x_of(s.right))) for s in found.segments}


def test_rules_of_a_table_and_leaders_below_are_no_part_of_a_glyph() -> None:
    grey = paper()
    box(grey, 60, 20, 80, 45)
    grey[52:54, :] = 0
    grey[:, 10:12] = 0
    grey[48:50, 68:70] = 0
    found = cut(grey, 0, 15, 200, 50)
    assert found is not None
    assert [round(s.bottom / found.strip.zoom) for s in found.segments] == [round(found.strip.base / found.strip.zoom)]
    assert [round(found.strip.x_of(s.left)) for s in found.segments] == [60]


def test_nothing_to_cut() -> None:
    assert cut(paper(), 5, 15, 60, 50) is None
    assert cut(paper(), 500, 15, 600, 50) is None
    assert cut(paper(), 5, 15, 6, 50) is None


def test_a_stretch_of_specks_is_no_line() -> None:
    rng = np.random.default_rng(1)
    grey = np.where(rng.random((60, 2000)) < 0.1, 0, 255).astype(np.uint8)
    assert cut(grey, 0, 10, 2000, 50) is None


def test_marks_stand_with_their_letter() -> None:
    line = LINES["letters"]
    row = line.rows[0]
    found = cut(line.grey, row.box[0], row.box[1], row.box[2], row.box[3])
    assert found is not None
    assert len("รายงานผลการดำเนินงานของหน่วยงาน") == 31
    assert found.pieces == 29  # two of them stand above others
