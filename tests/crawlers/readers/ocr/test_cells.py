"""Rules, cells and their ink; an empty cell stays empty, a filled one never becomes so."""

from __future__ import annotations

from crawlers.readers.ocr import cells
from crawlers.readers.ocr.engine import LINE
from crawlers.readers.ocr.picture import ink_of, spots_of
from crawlers.readers.ocr.types import Symbol, TextRow
from ita_rules.thai.fold import UNREAD
from tests.crawlers.readers.ocr.pictures import cv2, grid, numpy, sheet, turned

XS, YS = [100, 400, 800, 1100], [100, 200, 300, 400]
HEIGHT = 24.0


class Deaf:
    """An engine that says what it is told to; it keeps the pictures that it was shown."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.shown: list[object] = []

    def show(self, grey: object, squeeze: float = 1.0) -> None:
        self.shown.append(grey)

    def read(self, mode: int, seconds: float = 60.0) -> list[TextRow]:
        assert mode == LINE
        return [TextRow((Symbol(self.text, (12, 13, 20, 30), 0.99),), (12, 13, 20, 30))] if self.text else []


def _without_rules(picture: object) -> tuple[cells.Rules, object, object]:
    ink = ink_of(picture)
    rules = cells.rules_of(ink)
    ink[rules.mask > 0] = 0
    return rules, ink, spots_of(ink)


def test_grid_and_its_cells() -> None:
    rules, _, _ = _without_rules(turned(grid(sheet([]), XS, YS), 0.2))
    (found,) = cells.grids_of(rules)
    boxes = list(cells.cells_of(found))
    assert len(boxes) == 9
    assert all(abs(a - b) <= 5 for a, b in zip(boxes[0], (100, 100, 400, 200), strict=True))


def test_a_merged_cell_is_one() -> None:
    drawn = grid(sheet([]), XS, YS)
    drawn[104:197, 395:405] = 255
    (found,) = cells.grids_of(_without_rules(drawn)[0])
    boxes = list(cells.cells_of(found))
    assert len(boxes) == 8
    assert abs(boxes[0][2] - 800) <= 3


def test_large_print_is_no_table() -> None:
    rules, _, _ = _without_rules(sheet([(60, 60, "ประกาศ LHTE")], 200))
    assert cells.grids_of(rules) == []
    drawn = grid(sheet([(120, 110, "ตัวชี้วัด")], 60), XS, YS)
    (found,) = cells.grids_of(_without_rules(drawn)[0])
    assert len(found.xs) == 4


def test_ink_of_cells() -> None:
    drawn = grid(sheet([(120, 120, "งบประมาณ")]), XS, YS)
    cv2.line(drawn, (900, 250), (916, 250), 0, 3)
    drawn[350, 600] = 0  # a speck
    rules, _, spots = _without_rules(drawn)
    (found,) = cells.grids_of(rules)
    filled = [cells.ink_in(spots, box, HEIGHT) is not None for box in cells.cells_of(found)]
    assert filled == [True, False, False, False, False, True, False, False, False]


def test_a_dash_is_told_by_its_shape() -> None:
    picture = numpy.full((40, 60), 255, numpy.uint8)
    picture[18:21, 20:36] = 0
    (row,) = cells.read_cell(Deaf("x"), picture, ink_of(picture), (20, 18, 36, 21), HEIGHT, 5)  # type: ignore[arg-type]
    assert row.text == "-"


def test_ink_that_says_nothing_is_unread() -> None:
    picture = sheet([(10, 5, "กข")], wide=100, high=70)
    (row,) = cells.read_cell(Deaf(), picture, ink_of(picture), (10, 5, 90, 60), HEIGHT, 5)  # type: ignore[arg-type]
    assert row.text == UNREAD
    assert row.box == (10, 5, 90, 60)


def test_lines_of_a_cell_are_read_one_by_one() -> None:
    picture = sheet([(10, 0, "วิธีจัดซื้อ"), (10, 70, "จัดจ้าง")], wide=260, high=150)
    height = 26.0
    deaf = Deaf("ก")
    rows = cells.read_cell(deaf, picture, ink_of(picture), (0, 0, 260, 150), height, 5)  # type: ignore[arg-type]
    assert len(rows) == len(deaf.shown) == 2
    assert rows[0].box[1] < 40 < rows[1].box[1]
    assert rows[0].symbols[0].box[0] == 12 - cells.MARGIN


def test_white_print_on_a_dark_cell_is_turned() -> None:
    dark = 255 - sheet([(10, 5, "ลำดับที่")], wide=200, high=70)
    ((picture, down),) = cells.lines_in(dark, ink_of(dark), 26.0)
    assert down == 0
    assert picture.mean() > 180


def test_a_rule_to_fill_in_and_an_underline() -> None:
    drawn = sheet([(100, 100, "ลงชื่อ"), (100, 300, "หัวข้อ")])
    cv2.line(drawn, (260, 140), (700, 140), 0, 2)
    cv2.line(drawn, (100, 352), (260, 352), 0, 2)
    rules, _, spots = _without_rules(drawn)
    found = cells.lone_rules(rules, [], spots, 24.0)
    assert [(abs(b[0] - 260) < 5, abs(b[2] - 700) < 5) for b in found] == [(True, True)]
