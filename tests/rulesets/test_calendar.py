"""The step of a year's calendar in which the form is answered."""

from __future__ import annotations

import datetime as dt

import pytest

from ita_rules.model import AgencyType
from ita_rules.rulesets.load import load_ruleset
from ita_rules.rulesets.types import RuleSet, Step


@pytest.mark.parametrize(
    ("ruleset_id", "closes", "verified"),
    [
        ("oit-2564", dt.date(2021, 4, 30), True),
        ("oit-2566", dt.date(2023, 4, 30), False),
        ("oit-2568", dt.date(2025, 4, 30), False),
        ("oit-2569", dt.date(2026, 6, 30), True),
    ],
)
def test_the_closing_day_is_that_of_the_answers(ruleset_id: str, closes: dt.date, verified: bool) -> None:
    for agency_type in AgencyType:
        step = load_ruleset(ruleset_id).answering(agency_type)
        assert step is not None
        assert (step.closes, step.verified) == (closes, verified)


@pytest.mark.parametrize("ruleset_id", ["oit-2563", "oit-2565", "oit-2567"])
def test_a_year_whose_closing_day_nobody_knows_says_none(ruleset_id: str) -> None:
    assert load_ruleset(ruleset_id).answering(AgencyType.LOCAL) is None


def test_a_step_of_other_agencies_is_passed_over() -> None:
    ruleset = load_ruleset("oit-2569")
    first, *rest = [step for step in ruleset.calendar if step.when is not None]
    theirs: Step = first.model_copy(update={"answers": True})
    changed: RuleSet = ruleset.model_copy(update={"calendar": (theirs, *rest)})
    assert changed.answering(AgencyType.LOCAL) is None
    assert changed.answering(AgencyType.DEPARTMENT) == theirs
