"""What is drawn on a page: strokes, pictures and what they cover, outlines, hidden print."""

from __future__ import annotations

import pypdfium2
import pytest

from crawlers.readers import pdf_objects
from crawlers.readers.pdf_objects import Drawn, drawn_on
from crawlers.readers.pdf_text import Place
from tests.crawlers.readers.pdfmaker import Sheet, pdf


def drawn(sheet: Sheet) -> Drawn:
    document = pypdfium2.PdfDocument(pdf(sheet))
    try:
        page = document[0]
        return drawn_on(page, Place(*page.get_mediabox(), page.get_rotation()))
    finally:
        document.close()


def test_rules_and_thin_bars_are_strokes_and_boxes_are_not() -> None:
    found = drawn(Sheet().rule(10, 20, 110, 20).bar(50, 100, 51, 300).bar(200, 200, 300, 300))
    assert [tuple(round(v, 1) for point in segment for v in point) for segment in found.segments] == [
        (10, 20, 110, 20), (50.5, 100, 50.5, 300),
    ]  # fmt: skip
    assert (found.images, found.covered, found.outlines) == ([], 0.0, 0)


def test_strokes_lie_as_they_are_shown() -> None:
    # A page of 595 by 842 that is shown turned: what is written upright lies flat.
    (segment,) = drawn(Sheet(turn=90).rule(100, 42, 100, 142)).segments
    assert [tuple(round(v) for v in point) for point in sorted(segment)] == [(700, 100), (800, 100)]


@pytest.mark.parametrize("form", [False, True])
def test_pictures_cover_together(form: bool) -> None:
    sheet = Sheet()
    for n in range(10):
        sheet.picture_at(0, 42.1 * n, 595, 42.1, form)
    found = drawn(sheet)
    assert len(found.images) == 10
    assert found.covered == pytest.approx(0.5, abs=0.03)
    assert drawn(Sheet().picture_at(-100, -100, 90, 90)).covered == 0.0
    assert drawn(Sheet().picture_at(-1000, -1000, 9000, 9000)).covered == 1.0


def test_outlines_are_counted() -> None:
    assert drawn(Sheet().outlines(100)).outlines > 2 * drawn(Sheet().outlines(40)).outlines > 0


def test_print_is_hidden_where_most_of_it_is() -> None:
    def page(seen: int, hidden: int) -> Sheet:
        sheet = Sheet().image()
        for n in range(seen + hidden):
            sheet.text(71, 60 + 20 * n, f"word {n}", hidden=n >= seen)
        return sheet

    assert [drawn(page(*counts)).hidden for counts in ((0, 3), (1, 3), (3, 1), (3, 0))] == [True, True, False, False]


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = Sheet()
    for n in range(30):
        sheet.rule(10, 20 + n, 110, 20 + n)
    monkeypatch.setattr(pdf_objects, "MAX_PIECES", 20)
    assert 0 < len(drawn(sheet).segments) < 20
    monkeypatch.setattr(pdf_objects, "MAX_OBJECTS", 3)
    assert len(drawn(sheet).segments) == 3
