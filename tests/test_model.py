"""The report object: frozen, closed, and the same after a round over JSON."""

from __future__ import annotations

import json

import jsonschema
import pytest
from pydantic import ValidationError

from ita_rules.judge import judge
from ita_rules.model import CheckResult, Report, Severity, Status
from tests.build import DAY, REPORT, Site, check, item, rules


def report() -> Report:
    """A report on one item."""
    ruleset = rules(item("O13", "annual-report", check("answered"), check("component", "problems")))
    site = Site().page("/").link("/", "a.pdf", REPORT).file("a.pdf", f"# {REPORT}\n## ปัญหา\nฝนตก").fail("x", "timeout")
    return judge(site.data, ruleset, DAY)


def test_json_and_back_is_the_same_report() -> None:
    made = report()
    assert Report.model_validate_json(made.model_dump_json(by_alias=True)) == made


def test_the_json_form_holds_its_own_schema() -> None:
    made = json.loads(report().model_dump_json(by_alias=True))
    jsonschema.validate(made, Report.model_json_schema(by_alias=True))
    assert made["schema"] == "ita-rules/report/1"
    assert made["items"][0]["checks"][0]["id"] == "O13.answered"


def test_a_report_is_frozen_and_closed() -> None:
    made = report()
    with pytest.raises(ValidationError):
        made.items = ()  # type: ignore[misc]
    with pytest.raises(ValidationError):
        Report.model_validate({**made.model_dump(by_alias=True), "more": 1})


@pytest.mark.parametrize("confidence", [-0.1, 1.1])
def test_confidence_is_a_share(confidence: float) -> None:
    with pytest.raises(ValidationError):
        CheckResult(
            id="O1.x",
            component="x",
            kind="component",
            status=Status.PASS,
            confidence=confidence,
            message="",
            severity=Severity.CRITERION,
            verified=True,
        )


def test_the_words_of_the_contract() -> None:
    assert {s.value for s in Status} == {"pass", "gap", "undecided", "not_due", "not_applicable"}
    assert {s.value for s in Severity} == {"criterion", "advice"}
