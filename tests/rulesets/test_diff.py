"""What is told of two forms side by side."""

from __future__ import annotations

from pathlib import Path

from ita_rules.rulesets.diff import compare, told
from ita_rules.rulesets.load import load_ruleset
from tests.rulesets.test_inherit import year

RULES = Path(__file__).resolve().parents[2] / "rules"
TEXT = """\
item: O7
extends: oit-2566/O13
checks:
  period: {covers: first_half}
  problems: {wordings: [ข้อติดขัด]}
  posts: {at_least: 5}
  local: {when: {agency_type: [province]}}
  either: ~
  machine_readable: {severity: criterion}
  suggestions: {kind: component}
"""


def test_changes_of_checks_are_seen_and_words_are_not(tmp_path: Path) -> None:
    year(tmp_path, TEXT)
    old, new = load_ruleset("oit-2566", tmp_path), load_ruleset("oit-2568", tmp_path)
    by_concept = {c.concept: c for c in compare(old, new)}
    assert by_concept["structure"].after is None
    change = by_concept["annual-report"]
    assert change.merged is False
    assert change.moved
    assert {(c.before or c.after).key for c in change.checks if c.before is None or c.after is None} == {"either", "suggestions"}  # type: ignore[union-attr]
    changed = {c.after.key for c in change.checks if c.before and c.after}
    assert changed == {"period", "problems", "posts", "local", "machine_readable"}


def test_lines_in_both_languages(tmp_path: Path) -> None:
    year(tmp_path, TEXT)
    old, new = load_ruleset("oit-2566", tmp_path), load_ruleset("oit-2568", tmp_path)
    thai, english = "\n".join(told(old, new)), "\n".join(told(old, new, "en"))
    for said in ("จาก 2 ข้อ เป็น 1 ข้อ", "เรื่องที่ไม่ถามแล้ว 1 เรื่อง", "โครงสร้าง (รหัส structure)", "เดิม 3 เป็น 5", "ถ้อยคำที่ยอมรับเปลี่ยน"):
        assert said in thai
    for said in ("from 2 items to 1", "asked no more: 1", "3 became 5", "added: Suggestions", "asked of: "):
        assert said in english


def test_a_form_against_itself_is_the_same() -> None:
    ruleset = load_ruleset("oit-2568", RULES)
    changes = compare(ruleset, ruleset)
    assert all(c.same for c in changes)
    assert f"เหมือนเดิมทุกอย่าง {len(changes)} เรื่อง" in list(told(ruleset, ruleset))


def test_2568_and_2569() -> None:
    old, new = load_ruleset("oit-2568", RULES), load_ruleset("oit-2569", RULES)
    changes = compare(old, new)
    assert {c.concept for c in changes if c.before is None} == {"hr-criteria", "no-gift-report"}
    assert {c.concept for c in changes if c.after is None} == {"asset-receipt-report"}
    monthly = next(c for c in changes if c.concept == "procurement-monthly")
    assert monthly.moved
    assert [c.after.key for c in monthly.checks if c.after] == ["bidders", "reason", "contract", "catalog"]
    assert "O12 ตัวชี้วัด 9.3 เป็น O11 ตัวชี้วัด 9.3" in "\n".join(told(old, new))
