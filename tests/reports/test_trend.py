"""The small drawing of the last nights, and the words that say the same."""

from __future__ import annotations

from lxml import etree

from ita_rules.messages import messages
from reports.trend import Point, changed, drawing, told, total


def points(*numbers: tuple[float, float, int, int]) -> list[Point]:
    return [Point(f"2026-11-{n + 1:02}", *one) for n, one in enumerate(numbers)]


def test_a_band_from_the_lowest_to_the_highest() -> None:
    svg = etree.fromstring(drawing(points((0, 100, 1, 1), (50, 50, 1, 1)), "<a & b>"))
    assert svg.get("aria-label") == "<a & b>"
    assert svg[0].get("d") == "M0 1L96 12L96 12L0 23Z"
    assert drawing(points((0, 100, 1, 1)), "x") == ""


def test_a_month_in_which_nothing_changed_takes_the_room_of_two_nights() -> None:
    still = drawing(points(*[(10, 20, 1, 1)] * 30), "x")
    assert len(still) == len(drawing(points(*[(10, 20, 1, 1)] * 2), "x"))
    moved = drawing(points(*[(10, 20, 1, 1)] * 15, *[(60, 80, 1, 1)] * 15), "x")
    # The step keeps its place: four corners above, four below.
    assert moved.count("L") == 7


def test_what_is_out_of_range_stays_within_the_drawing() -> None:
    assert "M0 1L96 1L96 23L0 23Z" in drawing(points((-5, 400, 1, 1), (-5, 400, 1, 1)), "x")


def test_a_change_is_told_with_its_sign() -> None:
    th, en = messages("th"), messages("en")
    found = points((50, 60, 5, 2), (55, 60, 3, 3))
    assert changed(found, False, en) == "Since the check before: gaps −2, undecided +1"
    assert "เสนอให้ตรวจ −2" in changed(found, True, th)
    assert "ต้องแก้ไข" not in changed(found, True, th)
    assert changed(found[:1], False, th) == ""
    assert changed([found[0], found[0]], False, th) == "จำนวนเท่าครั้งก่อน"
    assert "50.0–60.0" in told(found, th)
    assert "55.0–60.0" in told(found, th)


def test_the_mean_of_all_is_by_day_and_counts_an_agency_once() -> None:
    one = [Point("2026-11-01", 10, 20, 4, 0), Point("2026-11-01", 20, 40, 2, 2), Point("2026-11-02", 30, 50, 1, 1)]
    other = [Point("2026-11-02", 50, 70, 3, 1)]
    assert total([one, other, []]) == (Point("2026-11-01", 20, 40, 2, 2, 1), Point("2026-11-02", 40, 60, 2, 1, 2))
