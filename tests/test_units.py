"""Units: whose an item is, by the closest key, and keys that the year does not know."""

from __future__ import annotations

from pathlib import Path

import pytest

from ita_rules.rulesets.load import load_ruleset
from ita_rules.units import unknown_keys, with_units
from tests.reports import factory
from tests.rulesets.folder import write_rules


@pytest.mark.parametrize(
    ("units", "of_o13", "of_o21"),
    [
        ({"9": "ก"}, "ก", "ก"),
        ({"9": "ก", "9.3": "ข"}, "ก", "ข"),
        ({"9.2": "ก", "annual-report": "ค"}, "ค", ""),
        ({"annual-report": "ค", "O13": " ง  จ ", "10.1": "ฉ"}, "ง จ", ""),
        ({}, "", ""),
    ],
)
def test_the_closest_key_counts(units: dict[str, str], of_o13: str, of_o21: str) -> None:
    report = factory.realistic()
    items = tuple(i.model_copy(update={"concepts": ("annual-report",)}) if i.id == "O13" else i for i in report.items)
    report = report.model_copy(update={"items": items})
    found = {item.id: item.unit for item in with_units(report, units).items}
    assert (found["O13"], found["O21"]) == (of_o13, of_o21)
    assert [item.status for item in with_units(report, units).items] == [item.status for item in report.items]


def test_concepts_of_a_merged_item_each_name_theirs() -> None:
    report = factory.realistic()
    items = tuple(i.model_copy(update={"concepts": ("a", "b", "c")}) for i in report.items[:1])
    found = with_units(report.model_copy(update={"items": items}), {"a": "ก", "b": "ข", "c": "ก"})
    assert found.items[0].unit == "ก, ข"


def test_keys_that_the_year_does_not_know(tmp_path: Path) -> None:
    ruleset = load_ruleset("oit-2566", write_rules(tmp_path / "rules"))
    assert unknown_keys(["O13", "annual-report", "9", "9.2"], ruleset) == ()
    assert unknown_keys(["O13", "O99", "9.9", "anual-report"], ruleset) == ("O99", "9.9", "anual-report")
