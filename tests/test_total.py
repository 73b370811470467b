"""The whole total and its level, against a published result."""

from __future__ import annotations

import pytest

from ita_rules.data import data_folder
from ita_rules.messages import messages
from ita_rules.model import Range, Report, Scores
from ita_rules.rulesets.load import load_ruleset
from ita_rules.total import level, with_total
from tests.reports import factory

FOLDER = data_folder("rules")


def scored(low: float, high: float) -> Report:
    """A report with this range of OIT."""
    return factory.empty().model_copy(update={"scores": Scores(oit=Range(low=low, high=high), indicators=())})


def test_the_published_result_of_an_agency_and_its_level() -> None:
    """IIT 98.46 95.43 96.71 95.87 96.75, EIT 97.80 97.28 96.82, OIT (86.643 + 100) / 2: published as 95.51, level AA."""
    iit, eit = sum((98.46, 95.43, 96.71, 95.87, 96.75)) / 5, sum((97.80, 97.28, 96.82)) / 3
    found = with_total(scored(93.32, 93.32), load_ruleset("oit-2565", FOLDER), iit, eit, messages("th")).total
    assert found is not None
    assert (found.low, found.high) == (95.51, 95.51)
    assert found.level_low == found.level_high
    assert "AA" in str(found.level_low)
    assert found.verified


def test_an_open_range_may_span_two_levels_and_unverified_bounds_are_said_so() -> None:
    found = with_total(scored(60, 90), load_ruleset("oit-2566", FOLDER), 90, 90, messages("en")).total
    assert found is not None
    assert (found.low, found.high, found.passes) == (78, 90, 85)
    assert (found.level_low, found.level_high) == ("To be improved", "Good")
    assert not found.verified


@pytest.mark.parametrize(
    ("points", "tools", "name"),
    [
        (96, (96, 96, 96), "ผ่านดีเยี่ยม"),
        (96, (100, 100, 84.9), "ผ่าน"),
        (85, (85, 85, 85), "ผ่านดี"),
        (84.99, (85, 85, 85), "ต้องปรับปรุง"),
        (0, (0, 0, 0), "ต้องปรับปรุงโดยด่วน"),
    ],
)
def test_each_tool_counts_where_the_level_asks_it(points: float, tools: tuple[float, ...], name: str) -> None:
    levels = load_ruleset("oit-2566", FOLDER).levels
    assert levels is not None
    assert level(levels, points, tools, "th") == name


def test_a_year_without_levels_has_a_total_without_one() -> None:
    ruleset = load_ruleset("oit-2566", FOLDER).model_copy(update={"levels": None})
    found = with_total(scored(50, 50), ruleset, 50, 50, messages("th")).total
    assert found is not None
    assert (found.low, found.level_low, found.passes, found.verified) == (50, None, None, False)
