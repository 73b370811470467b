"""The cases of the rules over facts: the shipped ones hold by both engines, and faults of a file of cases are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from ita_rules.complaints import Complaint
from ita_rules.inference import engine
from ita_rules.inference.cases import RuleCase, read_rule_cases, run_rule_cases
from tests.inference.twins import SHIPPED, durable, rules

CASES = SHIPPED.with_name("inference.cases.yaml")
HEAD = "defaults:\n  site: {state: up}\ncases:\n"


def shipped() -> list[RuleCase]:
    faults: list[Complaint] = []
    found = read_rule_cases(rules("shipped"), CASES, faults.append)
    assert faults == []
    return found


def test_every_rule_has_cases_of_both_sorts_and_they_hold() -> None:
    cases = shipped()
    assert {c.rule for c in cases} == {r.name for r in rules("shipped").rules}
    assert run_rule_cases(rules("shipped"), cases, engine("plain")) == []


def test_they_hold_by_the_other_engine_too() -> None:
    assert run_rule_cases(rules("shipped"), shipped(), durable()) == []


def test_a_case_that_is_not_as_written_is_told_with_its_line() -> None:
    fires = next(c for c in shipped() if c.rule == "same-file" and c.fires)
    silent = RuleCase(fires.rule, fires.name, fires.facts, (), fires.file, fires.line)
    other = RuleCase(fires.rule, fires.name, fires.facts, ({"item": "O99"},), fires.file, fires.line)
    for wrong in (silent, other):
        (told,) = run_rule_cases(rules("shipped"), [wrong], engine("plain"))
        assert (told.message_id, told.line) == ("rules.fact_case_wrong", fires.line)
        assert "O13" in str(told.values["got"])


def test_facts_that_the_rules_refuse_are_told() -> None:
    wrong = RuleCase("same-file", "x", ({"id": "0", "fact": "site", "state": "asleep"},), (), "f", 7)
    (told,) = run_rule_cases(rules("shipped"), [wrong], engine("plain"))
    assert (told.message_id, told.line) == ("rules.fact_case_facts", 7)


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("", "error.", 1),
        ("defaults: [", "error.yaml_syntax", 2),
        (f"{HEAD}  - {{rule: no-such-rule, name: x, facts: []}}\n", "rules.fact_case_unknown", 4),
        (f"{HEAD}  - {{rule: same-file, facts: []}}\n", "error.", 4),
    ],
)
def test_faults_of_a_file_of_cases(tmp_path: Path, text: str, message: str, line: int) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text(text, encoding="utf-8")
    faults: list[Complaint] = []
    read_rule_cases(rules("shipped"), path, faults.append)
    assert (faults[0].message_id[: len(message)], faults[0].line) == (message, line)


def test_rules_without_cases_are_told(tmp_path: Path) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text("defaults: {}\ncases: []\n", encoding="utf-8")
    faults: list[Complaint] = []
    read_rule_cases(rules("shipped"), path, faults.append)
    assert {f.values["rule"] for f in faults} == {r.name for r in rules("shipped").rules}
    assert {f.message_id for f in faults} == {"rules.fact_case_fires", "rules.fact_case_silent"}
