"""The tables of how far confidence can be believed."""

from __future__ import annotations

import pytest

from benchmarks.agencies import Row, by_confidence
from benchmarks.calibration import Said, document, groups, least, of_rows
from ita_rules.messages import messages
from ita_rules.model import CheckResult, Evidence, Severity, Status


def check(status: Status, confidence: float, *urls: str, why: str = "") -> CheckResult:
    return CheckResult(
        id="O1.problems",
        component="problems",
        kind="component",
        status=status,
        confidence=confidence,
        message="ก",
        severity=Severity.CRITERION,
        verified=True,
        evidence=tuple(Evidence(url=url) for url in urls),
        why=(why,),
    )


def test_a_check_is_told_by_how_its_words_matched_and_the_worst_way_of_reading() -> None:
    why = (
        messages("th")
        .say("why.matched", how="@", wording="ก", page=1, title="ข")
        .replace("@", messages("th").say("why.how.column"))
    )
    checks = ((check(Status.PASS, 0.97, "a", "b", why=why), True), (check(Status.GAP, 0.89, "c"), False))
    row = Row(
        "build", "town", "O1", ("laws",), "html", "", ("pass",), "gap", False, "", (), True, checks, {"a": "html", "b": "ocr"}
    )
    assert of_rows([row]) == [Said(0.97, True, "component pass", "column", "ocr"), Said(0.89, False, "component gap", "-", "-")]


def test_bins_hold_each_check_once() -> None:
    found = by_confidence([(1.0, True), (0.97, True), (0.9, False), (0.59, True), (0.0, False)])
    assert found == [("0.00-0.60", 2, 1), ("0.90-0.95", 1, 0), ("0.97-1.00", 2, 2)]


def test_the_document_tells_shares_of_both_parts_and_groups_of_the_building_part_only() -> None:
    building = [Said(0.97, True, "component pass", "column", "html")] * 9 + [
        Said(0.97, False, "component pass", "column", "html")
    ]
    text = document(building, [Said(0.5, True, "period pass", "-", "office")])
    assert "of 10 said with 0.90 or more 0.9000 are right" in text
    assert "| 0.97-1.00 | 10 | 9 | 0.9000 |" in text
    assert "| component pass | column | html | 10 | 0.970 | 0.9000 |" in text
    assert "office" not in text
    assert list(groups(building)) == [("component pass", "column", "html")]


def test_few_checks_prove_little() -> None:
    assert least(3, 3) == pytest.approx(0.368, abs=0.001)
    assert least(300, 300) > 0.98
