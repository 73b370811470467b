import pytest

from crawlers.readers.rtf_state import RowSetting, State


@pytest.mark.parametrize(
    ("words", "bold"),
    [
        ([("b", None)], True),
        ([("b", 0)], False),
        ([("ab", None)], True),
        ([("b", None), ("ab", 0)], True),
        ([("b", None), ("plain", None)], False),
    ],
)
def test_the_weight_of_complex_scripts_only_adds(words, bold):
    state = State()
    for word, number in words:
        state.character(word, number)
    assert state.bold is bold


def test_print_and_paragraph():
    state = State()
    for word, number in (("fs", 32), ("v", None), ("f", 3)):
        state.character(word, number)
    assert (state.size, state.hidden, state.font) == (32.0, True, 3)
    for word, number in (("qc", None), ("itap", 2), ("intbl", None), ("s", 5), ("outlinelevel", 0)):
        state.paragraph(word, number)
    assert (state.centred, state.depth, state.style, state.outline) == (True, 2, 5, 1)
    state.paragraph("outlinelevel", 9)
    assert state.outline == 0
    state.paragraph("pard", None)
    assert (state.centred, state.depth, state.style) == (False, 0, 0)


def test_cells_of_a_row_as_they_are_said():
    row = RowSetting()
    for word, number in (("trleft", -10), ("clvmgf", None), ("cellx", 100), ("clmrg", None), ("cellx", 200), ("trhdr", None)):
        row.say(word, number)
    made = row.row()
    assert (row.left, row.edges, row.down, row.beside, row.head) == (-10, [100, 200], ["first", ""], ["", "on"], True)
    assert made.edges == (-10, 100, 200)


def test_cells_have_an_end():
    row = RowSetting()
    for edge in range(500):
        row.say("cellx", edge)
    assert len(row.edges) == 200
