"""The reader on committed lines, and what it must never do: give part of a number, a number for letters, a year for a law's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from crawlers.readers.digits import read_runs
from crawlers.readers.digits.classify import CLASSES, THAI, Network
from crawlers.readers.digits.features import LENGTH
from crawlers.readers.ocr.types import Symbol, TextRow
from tests.crawlers.readers.digits.lines import LINES, Line

READ = ("budget", "day", "span", "amount", "telephone", "clause", "slanted", "glued", "typed", "bold", "looped", "serif", "thin")
"""Lines of which every number is read; of the others nothing wrong is."""


def spliced(line: Line) -> str:
    """The line with its numbers in the place of what the engine put; □ where one is not read."""
    parts = []
    for row in line.rows:
        at = 0
        for run in read_runs(line.grey, row):
            parts += [s.text for s in row.symbols[at : run.start]]
            parts.append(f"<{run.text or '□'}>")
            at = run.end
        parts += [s.text for s in row.symbols[at:]]
    return "".join(parts)


def texts(line: Line) -> list[str]:
    """The numbers given, spans that are printed with blanks taken apart."""
    found = [run.text for row in line.rows for run in read_runs(line.grey, row) if run.text is not None]
    return [part for text in found for part in (text.split("-") if text.startswith("๒๕") else [text])]


@pytest.mark.parametrize("name", READ)
def test_numbers_are_read_where_the_engine_cannot(name: str) -> None:
    assert texts(LINES[name]) == LINES[name].numbers


@pytest.mark.parametrize("name", sorted(LINES))
def test_nothing_wrong_is_read(name: str) -> None:
    line = LINES[name]
    truth = {part for n in line.numbers for part in (n, *n.split("-"))}
    assert set(texts(line)) <= truth


@pytest.mark.parametrize("name", sorted(LINES))
def test_runs_are_in_order_and_own_every_thai_digit_of_the_engine(name: str) -> None:
    for row in LINES[name].rows:
        runs = read_runs(LINES[name].grey, row)
        owned = [i for run in runs for i in range(run.start, run.end)]
        assert owned == sorted(set(owned))
        assert {i for i, s in enumerate(row.symbols) if s.text in THAI} <= set(owned)
        assert all(0 <= run.confidence <= 1 for run in runs)


def test_the_words_around_stay() -> None:
    assert spliced(LINES["budget"]).endswith("พ.ศ.<๒๕๖๕>")
    assert spliced(LINES["glued"]) == "ประจําปี<๒๕๖๖>และปี<๒๕๖๗>"


def test_a_year_of_a_law_is_not_bent_to_a_year_of_a_report() -> None:
    assert spliced(LINES["old"]).endswith("พ.ศ.<□>")


def test_arabic_digits_are_the_engines() -> None:
    assert read_runs(LINES["arabic"].grey, LINES["arabic"].rows[0]) == []


def test_letters_are_left_alone() -> None:
    assert read_runs(LINES["letters"].grey, LINES["letters"].rows[0]) == []


def test_reading_twice_gives_the_same() -> None:
    line = LINES["day"]
    assert read_runs(line.grey, line.rows[0]) == read_runs(line.grey, line.rows[0])


def test_letters_for_digits_after_a_word_that_calls_for_a_year() -> None:
    line = LINES["budget"]
    row = line.rows[0]
    masked = replace(row, symbols=tuple(replace(s, text="ว", confidence=0.5) if s.text in THAI else s for s in row.symbols))
    runs = read_runs(line.grey, masked)
    assert [(r.start, r.text) for r in runs] in ([(len(row.symbols) - 4, "๒๕๖๕")], [])
    lost = replace(row, symbols=tuple(replace(s, text="ว", confidence=0.5) for s in row.symbols))
    assert read_runs(line.grey, lost) == []


def test_part_of_a_number_is_not_given() -> None:
    line = LINES["budget"]
    row = line.rows[0]
    grey = line.grey.copy()
    box = row.symbols[-1].box
    grey[:, box[0] - 1 : box[2] + 1] = grey.max()  # the last digit is lost to the reader, and the engine still has one
    for run in read_runs(grey, row):
        assert run.text is None


def test_a_network_that_knows_nothing_reads_nothing() -> None:
    even = Network((((np.zeros((LENGTH, len(CLASSES)), np.float32), np.zeros(len(CLASSES), np.float32)),),))
    row = LINES["budget"].rows[0]
    runs = read_runs(LINES["budget"].grey, row, even)
    assert runs
    assert all(run.text is None for run in runs)


def test_boxes_outside_the_picture_and_empty_rows_do_no_harm() -> None:
    grey = np.full((40, 40), 255, np.uint8)
    row = TextRow((Symbol("๒", (100, 100, 120, 130), 0.9), Symbol("๕", (30, 30, 30, 30), 0.9)), (30, 30, 120, 130))
    assert [(r.start, r.end, r.text) for r in read_runs(grey, row)] == [(0, 2, None)]
    assert read_runs(grey, TextRow((), (0, 0, 10, 10))) == []


def test_an_empty_picture_under_digits_leaves_them_unread() -> None:
    row = LINES["budget"].rows[0]
    blank = np.full_like(LINES["budget"].grey, 255)
    runs = read_runs(blank, row)
    assert [r.text for r in runs] == [None]
    assert runs[0].end - runs[0].start == 4
