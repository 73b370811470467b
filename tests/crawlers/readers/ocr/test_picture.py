"""Slant, size, direction and leaders are told from the ink."""

from __future__ import annotations

import pytest

from crawlers.readers.ocr import picture
from tests.crawlers.readers.ocr.pictures import cv2, numpy, sheet, turned

WORDS = "รายงานผลการดำเนินงานประจำปีงบประมาณ ปัญหา อุปสรรค ข้อเสนอแนะ แนวทางแก้ไข มาตรการส่งเสริมคุณธรรม"
LINES = [(100 + 7 * i, 60 + 80 * i, WORDS[5 * i : 5 * i + 40]) for i in range(9)]


@pytest.mark.parametrize("degrees", [-4.0, -1.5, 0.8, 3.0])
def test_slant(degrees: float) -> None:
    assert picture.skew_of(turned(sheet(LINES), degrees)) == pytest.approx(-degrees, abs=0.25)


def test_level_print_is_left_alone() -> None:
    level = sheet(LINES)
    assert picture.straightened(level) is level


def test_a_pattern_has_no_slant() -> None:
    noise = numpy.random.default_rng(1).integers(0, 256, (600, 600)).astype(numpy.uint8)
    assert picture.skew_of(noise) == 0.0
    assert picture.skew_of(numpy.full((50, 50), 255, numpy.uint8)) == 0.0


def test_print_on_its_side() -> None:
    level = sheet(LINES)
    assert picture.upright(level)
    assert not picture.upright(numpy.ascontiguousarray(numpy.rot90(level)))


@pytest.mark.parametrize("size", [14, 90])
def test_print_is_brought_to_a_usual_size(size: int) -> None:
    drawn = sheet([(20, 20 + int(1.8 * size) * i, "รายงานผลการดำเนินงาน") for i in range(6)], size)
    made = picture.scaled(drawn)
    height = picture.letter_height(picture.spots_of(picture.ink_of(made)))
    assert 0.7 * picture.LETTER < height < 1.7 * picture.LETTER
    assert (made.shape[0] > drawn.shape[0]) is (size < 20)


def test_a_large_picture_is_bounded() -> None:
    assert picture.scaled(numpy.full((6000, 5000), 255, numpy.uint8)).size <= 1.01 * picture.MAX_WORK


def test_leaders_and_letters_among_many_dots() -> None:
    drawn = sheet([(100, 60 + 80 * i, "ผลการดำเนินงาน") for i in range(5)])
    for row in range(5):
        for dot in range(50):
            cv2.circle(drawn, (480 + 12 * dot, 108 + 80 * row), 2, 0, -1)
    spots = picture.spots_of(picture.ink_of(drawn))
    height = picture.letter_height(spots)
    assert 15 < height < 40
    found = sorted(picture.leaders_of(spots, height), key=lambda box: box[1])
    assert len(found) == 5
    assert all(abs(box[0] - 478) < 6 and abs(box[2] - 1071) < 6 for box in found)


def test_a_speckled_copy_is_cleaned() -> None:
    drawn = sheet(LINES)
    dice = numpy.random.default_rng(2)
    drawn[dice.integers(0, 900, 6000), dice.integers(0, 1240, 6000)] = 0
    spots = picture.spots_of(picture.ink_of(drawn))
    quiet = picture.despeckled(drawn, spots)
    assert len(picture.spots_of(picture.ink_of(quiet))) < len(spots) / 4
    assert picture.despeckled(quiet, picture.spots_of(picture.ink_of(quiet))) is quiet
