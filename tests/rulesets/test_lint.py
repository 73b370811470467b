"""Lint: what can be understood and would still judge badly."""

from __future__ import annotations

from pathlib import Path

import pytest

from ita_rules.rulesets.lint import lint
from tests.rulesets.folder import spoil, write_rules

ITEM = "oit-2566/O13-annual-report.yaml"
COMPONENTS = "vocabulary/components.yaml"


def test_a_sound_rule_set_has_no_complaint(tmp_path: Path) -> None:
    assert lint("oit-2566", write_rules(tmp_path)) == []


def test_every_fault_is_told_not_only_the_first(tmp_path: Path) -> None:
    spoil(tmp_path, ITEM, "locate:", "locat:")
    path = tmp_path / "oit-2566/O1-structure.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("source: paper", "source: papier"), encoding="utf-8")
    ids = {c.message_id for c in lint("oit-2566", tmp_path)}
    assert ids == {"error.unknown_key_near", "error.unknown_source_near"}


@pytest.mark.parametrize(
    ("name", "old", "new", "message_id", "line"),
    [
        (ITEM, "wordings: [อุปสรรคที่พบ]", "wordings: [ข้อเสนอแนะ]", "error.wording_shared", 10),
        (ITEM, "wordings: [อุปสรรคที่พบ]", "wordings: [ข้อ เสนอ-แนะ]", "error.wording_shared", 10),
        (ITEM, "wordings: [อุปสรรคที่พบ]", "wordings: [ผล]", "error.wording_short", 10),
        (COMPONENTS, "wordings: [ข้อเสนอแนะ]", "wordings: [ผล]", "error.wording_short", 11),
        ("oit-2566/O13-annual-report.cases.yaml", "passes:", "undecided:", "error.item_without_passes", 1),
        ("oit-2566/O1-structure.cases.yaml", "gaps:", "undecided:", "error.item_without_gaps", 1),
        ("oit-2566/O1-structure.yaml", "source: paper\n", "", "error.check_without_source", 13),
        ("oit-2566/O13-annual-report.cases.yaml", "{problems: gap,", "{problem: gap,", "error.unknown_check_near", 11),
        ("oit-2566/O13-annual-report.cases.yaml", "cause: timeout", "causes: timeout", "error.unknown_key_near", 14),
    ],
)
def test_each_fault_is_found_where_it_stands(tmp_path: Path, name: str, old: str, new: str, message_id: str, line: int) -> None:
    spoil(tmp_path, name, old, new)
    if message_id.startswith("error.item_without_passes"):
        path = tmp_path / name
        text = path.read_text(encoding="utf-8")
        path.write_text(text[: text.rindex("undecided:")], encoding="utf-8")
    found = [(c.message_id, c.line) for c in lint("oit-2566", tmp_path)]
    assert (message_id, line) in found


def test_a_shorter_wording_within_a_longer_one_is_no_fault(tmp_path: Path) -> None:
    spoil(tmp_path, COMPONENTS, "wordings: [ข้อเสนอแนะ]", "wordings: [ข้อเสนอแนะ, ปัญหา อุปสรรค เดิม]")
    assert lint("oit-2566", tmp_path) == []


def test_alternatives_of_one_group_may_share_words(tmp_path: Path) -> None:
    spoil(
        tmp_path,
        ITEM,
        "{kind: component, component: problems}]",
        "{kind: component, component: problems, wordings: [ข้อเสนอแนะ]}]",
    )
    assert [c.message_id for c in lint("oit-2566", tmp_path) if c.line == 12] == []


def test_a_cases_file_without_its_item_is_told(tmp_path: Path) -> None:
    write_rules(tmp_path)
    (tmp_path / "oit-2566/O99-none.cases.yaml").write_text("item: O99\n", encoding="utf-8")
    assert [c.message_id for c in lint("oit-2566", tmp_path)] == ["error.cases_without_item"]
