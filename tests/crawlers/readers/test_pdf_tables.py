"""The grid that strokes make."""

from __future__ import annotations

from crawlers.readers.pdf_tables import Stroke, find_grids
from crawlers.readers.pdf_text import Place


def test_pieces_of_borders_make_one_grid() -> None:
    across = [Stroke(y + wobble, x, x + 50) for y, wobble in ((0, 0), (20, 0.7), (40, -0.5)) for x in (0, 50)]
    down = [Stroke(x, y, y + 20) for x in (0, 50, 100) for y in (0, 20)]
    (grid,) = find_grids(across, down)
    assert (len(grid.xs), len(grid.ys)) == (3, 3)
    assert grid.slot(75, 30) == (1, 1)
    assert grid.slot(150, 30) is None


def test_two_tables_are_two() -> None:
    def box(top: float) -> tuple[list[Stroke], list[Stroke]]:
        return [Stroke(top + y, 0, 100) for y in (0, 20, 40)], [Stroke(x, top, top + 40) for x in (0, 50, 100)]

    (a, b), (c, d) = box(0), box(200)
    assert [g.ys[0] for g in find_grids(c + a, b + d)] == [0, 200]


def test_open_sides_are_closed() -> None:
    # Three rules and one upright in the middle: no outer borders left and right.
    (grid,) = find_grids([Stroke(y, 0, 100) for y in (0, 20, 40)], [Stroke(50, 0, 40)])
    assert grid.xs == [0, 50, 100]


def test_missing_border_merges() -> None:
    across = [Stroke(0, 0, 100), Stroke(20, 0, 100), Stroke(40, 0, 100)]
    (grid,) = find_grids(across, [Stroke(0, 0, 40), Stroke(50, 20, 40), Stroke(100, 0, 40)])
    assert grid.slot(75, 10) == grid.slot(25, 10) == (0, 0)
    assert grid.slot(75, 30) == (1, 1)


def test_underlines_and_frames_are_no_tables() -> None:
    assert find_grids([Stroke(10, 0, 100)], []) == []
    assert find_grids([Stroke(0, 0, 100), Stroke(50, 0, 100)], [Stroke(0, 0, 50), Stroke(100, 0, 50)]) == []
    assert find_grids([Stroke(y, 0, 3) for y in (0, 9)], [Stroke(x, 0, 4) for x in (0, 2)]) == []


def test_places_turn_both_ways() -> None:
    for turn in (0, 90, 180, 270):
        place = Place(10, 20, 605, 862, turn)
        x, y = place.own(*place.shown(100, 200))
        assert (round(x, 6), round(y, 6)) == (100, 200)
    assert Place(0, 0, 595, 842, 90).shown(0, 0) == (0, 0)
    assert Place(0, 0, 595, 842, 0).shown(0, 842) == (0, 0)
    assert Place(0, 0, 595, 842, 90).width == 842
