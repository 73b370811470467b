"""From the edges of cells to a grid."""

from __future__ import annotations

from crawlers.readers.edges import Edged, grid


def texts(*rows: list[Edged]) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid(rows)]


def row(*cells: tuple[str, int, int]) -> list[Edged]:
    return [Edged(*cell) for cell in cells]


def test_rows_of_as_many_cells_need_no_edges() -> None:
    assert texts(row(("a", 0, 100), ("b", 100, 900)), row(("c", 0, 500), ("d", 500, 900))) == [["a", "b"], ["c", "d"]]


def test_a_wide_cell_stands_in_each_column_that_it_covers() -> None:
    found = grid([row(("a", 0, 1000), ("b", 1000, 3000)), row(("c", 0, 1010), ("d", 1005, 2000), ("e", 2000, 2990))])
    assert [[cell.text for cell in one] for one in found] == [["a", "b", "b"], ["c", "d", "e"]]
    assert [cell.across for cell in found[0]] == [False, False, True]


def test_cells_that_a_row_lacks_at_its_left_are_empty() -> None:
    assert texts(row(("a", 0, 500), ("b", 500, 1000)), row(("c", 500, 1000))) == [["a", "b"], ["", "c"]]


def test_cells_that_go_on_below() -> None:
    found = grid([
        [Edged("a", 0, 500, "first"), Edged("b", 500, 1000)],
        [Edged("", 0, 500, "on"), Edged("c", 500, 1000)],
        [Edged("d", 0, 500), Edged("e", 500, 1000)],
        [Edged("", 0, 500, "on"), Edged("f", 500, 1000)],
    ])  # fmt: skip
    assert [[cell.text for cell in one] for one in found] == [["a", "b"], ["a", "c"], ["d", "e"], ["", "f"]]
    assert [one[0].down for one in found] == [False, True, False, False]


def test_cells_that_go_on_beside() -> None:
    found = grid([[Edged("a", 0, 5, beside="first"), Edged("", 5, 9, beside="on"), Edged("b", 9, 12)]])
    assert [(cell.text, cell.across) for cell in found[0]] == [("a", False), ("a", True), ("b", False)]


def test_words_in_a_cell_that_should_go_on_are_kept() -> None:
    assert texts([Edged("a", 0, 5, beside="first"), Edged("b", 5, 9, beside="on")]) == [["a", "b"]]


def test_edges_that_are_missing_are_not_needed() -> None:
    assert texts(row(("a", 0, 0), ("b", 0, 0)), row(("c", 0, 0))) == [["a", "b"], ["c"]]
