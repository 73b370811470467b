"""Paragraphs and marks of cells become tables in their places."""

from __future__ import annotations

from crawlers.readers.assemble import Part, Table
from crawlers.readers.edges import Row
from crawlers.readers.flow import MAX_NESTING, Flow
from crawlers.readers.interface import Budget, Limits
from crawlers.readers.lines import Line
from ita_rules.run.types import Image


def shape(parts: list[Part]) -> list[object]:
    return [
        [[cell.text for cell in row] for row in part.rows] if isinstance(part, Table) else getattr(part, "text", "picture")
        for part in parts
    ]


def rows(flow: Flow, *told: tuple[str, ...], depth: int = 1) -> None:
    for cells in told:
        for text in cells:
            flow.add([Line(text)] if text else [], depth)
            flow.end_cell()
        flow.end_row(Row())


def test_tables_stand_between_the_lines() -> None:
    flow = Flow(Budget(Limits()))
    flow.add([Line("a")], 0)
    rows(flow, ("b", ""), ("c", "d"))
    flow.add([Line("e")], 0)
    assert shape(flow.finish()) == ["a", [["b", ""], ["c", "d"]], "e"]


def test_one_column_and_tables_in_cells_arrange_the_page() -> None:
    flow = Flow(Budget(Limits()))
    rows(flow, ("a",), ("b",))
    flow.add([Line("-")], 0)
    flow.add([Line("c")], 1)
    rows(flow, ("d", "e"), depth=2)
    flow.end_cell()
    flow.add([Line("f")], 1)
    flow.end_cell()
    flow.end_row(Row())
    assert shape(flow.finish()) == ["a", "b", "-", "c", [["d", "e"]], "f"]


def test_words_after_the_last_cell_and_tables_that_never_close_are_kept() -> None:
    flow = Flow(Budget(Limits()))
    rows(flow, ("a", "b"))
    flow.add([Line("c")], 1)
    flow.end_row(Row())
    flow.add([Line("d")], 1)
    assert shape(flow.finish()) == [[["a", "b"], ["c"]], "d"]


def test_pictures_in_cells_follow_their_table() -> None:
    flow = Flow(Budget(Limits()))
    flow.add([Line("a"), Image("")], 1)
    flow.end_cell()
    rows(flow, ("b",))
    assert shape(flow.finish()) == [[["a", "b"]], "picture"]


def test_marks_outside_tables_and_too_many_of_them() -> None:
    budget = Budget(Limits(rows=3))
    flow = Flow(budget)
    flow.end_cell()
    flow.end_row(Row())
    rows(flow, *[("a", "b")] * 9)
    flow.add([Line("deep")], 10_000)
    (table, deep) = shape(flow.finish())
    assert (table, deep) == ([["a", "b"]] * 4, "deep")
    assert budget.spent
    assert MAX_NESTING < 100
