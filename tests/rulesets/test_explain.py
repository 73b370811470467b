"""What an item asks, in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from ita_rules.model import CheckResult, Evidence, ItemResult, LocatedBy, Severity, SourceResult, Status
from ita_rules.rulesets.explain import counts, explain_item
from ita_rules.rulesets.load import load_ruleset
from ita_rules.rulesets.types import RuleSet
from tests.rulesets.folder import write_rules


@pytest.fixture
def ruleset(tmp_path: Path) -> RuleSet:
    return load_ruleset("oit-2566", write_rules(tmp_path))


def explained(ruleset: RuleSet, lang: str, result: ItemResult | None = None) -> str:
    item = ruleset.item("O13")
    assert item is not None
    return "\n".join(explain_item(ruleset, item, lang=lang, result=result))


def test_every_word_that_a_check_accepts_is_told(ruleset: RuleSet) -> None:
    text = explained(ruleset, "th")
    for word in ("“ปัญหา อุปสรรค”", "“อุปสรรคที่พบ”", "“แก้ไขปัญหาความเดือดร้อน”", "“ไม่มี”", "เพิ่มหัวข้อ", "Paper"):
        assert word in text
    assert "30 เมษายน 2566" in text
    assert "องค์กรปกครองส่วนท้องถิ่น" in text


def test_groups_counts_periods_and_the_unverified_are_said_in_english_too(ruleset: RuleSet) -> None:
    text = explained(ruleset, "en")
    assert "at least 1 of these 2 must hold" in text
    assert "at least 3" in text
    assert "covers: the fiscal year before the one assessed" in text
    assert "O13.period (" in text
    assert "not yet compared with the handbook" in text.split("O13.period (")[1].splitlines()[0]
    assert "explain." not in text


def test_with_a_result_each_check_says_what_became_of_it_and_why(ruleset: RuleSet) -> None:
    became = CheckResult(
        id="O13.problems",
        component="problems",
        kind="component",
        status=Status.GAP,
        confidence=1,
        message="ไม่พบ",
        severity=Severity.CRITERION,
        verified=True,
        why=("อ่านครบแล้ว",),
    )
    result = ItemResult(
        id="O13", concepts=("annual-report",), name="", indicator="9.2", status=Status.GAP, score=0, checks=(became,)
    )
    text = explained(ruleset, "th", result)
    assert "ต้องแก้ไข" in text
    assert "ไม่พบ" in text
    assert "- อ่านครบแล้ว" in text


def test_how_many_conditions_and_how_many_unverified(ruleset: RuleSet) -> None:
    total, unverified = counts(ruleset)
    assert (total, unverified) == (10, 1)


def test_of_a_run_it_says_what_was_looked_at_and_the_words_found_before_what_is_asked(ruleset: RuleSet) -> None:
    passed = CheckResult(
        id="O13.problems",
        component="problems",
        kind="component",
        status=Status.PASS,
        confidence=1,
        message="พบ",
        severity=Severity.CRITERION,
        verified=True,
        evidence=(
            Evidence(url="https://a.go.th/r.pdf", page=7, quote="ปัญหา ฝนตก"),
            Evidence(url="https://a.go.th/x", quote="ไม่มี"),
        ),
    )
    sources = (
        SourceResult(url="https://a.go.th/%E0%B8%81.pdf", located_by=LocatedBy.CODE),
        SourceResult(url="https://a.go.th/z.pdf", title="แผน", located_by=LocatedBy.CODE, cause="timeout"),
    )
    result = ItemResult(
        id="O13",
        concepts=("annual-report",),
        name="",
        indicator="9.2",
        status=Status.PASS,
        score=100,
        sources=sources,
        checks=(passed,),
    )
    for lang, asks in (("th", "หัวข้อที่ยอมรับ"), ("en", "accepted headings")):
        text = explained(ruleset, lang, result)
        assert "ก.pdf https://a.go.th/ก.pdf" in text
        assert "แผน https://a.go.th/z.pdf" in text
        assert text.index("“ปัญหา ฝนตก”") < text.index("“ปัญหา อุปสรรค”", text.index("O13.problems"))
        assert "(https://a.go.th/x)" in text
        assert "explain." not in text
        assert asks.split(maxsplit=1)[0] in text
