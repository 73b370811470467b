"""Loading: inheritance, ids, versions, and complaints with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ita_rules.errors import RuleSetError
from ita_rules.model import AgencyType, Severity
from ita_rules.rulesets.load import available, forget_shared, load_ruleset, only_items
from tests.rulesets.folder import spoil, write_rules

ITEM = "oit-2566/O13-annual-report.yaml"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return write_rules(tmp_path / "rules")


def test_available_lists_the_folders_that_hold_a_rule_set(rules: Path) -> None:
    (rules / "oit-2570").mkdir()
    assert available(rules) == ["oit-2566"]


def test_what_rule_sets_share_can_be_let_go_and_is_read_again(rules: Path) -> None:
    known = load_ruleset("oit-2566", rules)
    forget_shared()
    assert load_ruleset("oit-2566", rules) is known
    write_rules(rules.parent / "more")
    assert load_ruleset("oit-2566", rules.parent / "more").version == known.version


def test_a_component_check_inherits_from_the_vocabulary(rules: Path) -> None:
    item = load_ruleset("oit-2566", rules).item("O13")
    assert item is not None
    by_key = {c.key: c for c in item.checks}
    problems = by_key["problems"]
    assert problems.id == "O13.problems"
    assert problems.fix is not None
    assert problems.fix.th == "เพิ่มหัวข้อ"
    assert problems.asks is not None
    assert problems.source == "paper"
    assert problems.options == {"wordings": ["อุปสรรคที่พบ"], "detect": ["figures"]}
    assert by_key["period"].source == "handbook"
    assert by_key["period"].verified is False
    assert by_key["posts"].at_least == 3
    assert by_key["posts"].options == {"at_least": 3}
    assert by_key["local"].applies_to(AgencyType.LOCAL)
    assert not by_key["local"].applies_to(AgencyType.PROVINCE)
    assert item.titles == {"annual-report": ("รายงานผลการดำเนินงานประจำปี", "รายงานประจำปี")}


def test_every_item_has_the_common_checks_and_may_override_one(rules: Path) -> None:
    item = load_ruleset("oit-2566", rules).item("O13")
    assert item is not None
    readable = next(c for c in item.checks if c.kind == "machine_readable")
    assert readable.severity is Severity.ADVICE
    assert readable.verified is True
    answered = item.checks[0]
    assert answered.kind == "answered"
    assert answered.fix is not None
    assert answered.fix.th == "เผยแพร่รายงาน"


def test_a_group_is_one_check_with_branches(rules: Path) -> None:
    item = load_ruleset("oit-2566", rules).item("O13")
    assert item is not None
    group = next(c for c in item.checks if c.key == "either")
    assert (group.kind, group.component) == ("component", "suggestions")
    assert [b.id for b in group.any_of] == ["O13.either.suggestions", "O13.either.problems"]


def test_ids_in_an_item_of_several_concepts_name_the_concept(rules: Path) -> None:
    item = load_ruleset("oit-2566", rules).item("O1")
    assert item is not None
    assert [c.id for c in item.checks] == [
        "O1.structure.answered",
        "O1.structure.machine_readable",
        "O1.structure.problems",
        "O1.annual-report.answered",
        "O1.annual-report.machine_readable",
        "O1.annual-report.period",
    ]
    assert item.name.th == "โครงสร้าง"


def test_version_is_year_and_hash_of_the_content(tmp_path: Path) -> None:
    one = load_ruleset("oit-2566", write_rules(tmp_path / "a"))
    same = load_ruleset("oit-2566", write_rules(tmp_path / "b"))
    other = load_ruleset("oit-2566", spoil(tmp_path / "c", ITEM, "at_least: 3", "at_least: 4"))
    assert one.version.startswith("2566.")
    assert len(one.version) == len("2566.") + 8
    assert one.version == same.version != other.version


def test_loaded_once_per_process(rules: Path) -> None:
    assert load_ruleset("oit-2566", rules) is load_ruleset("oit-2566", rules)


def test_items_stand_in_the_order_of_the_grid(rules: Path) -> None:
    ruleset = load_ruleset("oit-2566", rules)
    assert [i.id for i in ruleset.items] == ["O1", "O13"]
    only = only_items(ruleset, ["O13"])
    assert [i.id for i in only.items] == ["O13"]
    assert [s.id for i in only.indicators for s in i.subs] == ["9.2"]


def test_an_unknown_rule_set_names_those_there_are(rules: Path) -> None:
    with pytest.raises(RuleSetError) as caught:
        load_ruleset("oit-2556", rules)
    assert caught.value.message_id == "error.ruleset.unknown_near"
    assert caught.value.values["known"] == caught.value.values["near"] == "oit-2566"
    with pytest.raises(RuleSetError) as caught:
        load_ruleset("form", rules)
    assert caught.value.message_id == "error.ruleset.unknown"


@pytest.mark.parametrize(
    ("name", "old", "new", "message_id", "line", "near"),
    [
        (ITEM, "locate:", "locat:", "error.unknown_key_near", 6, "locate"),
        (ITEM, "titles: [ราย", "title: [ราย", "error.unknown_key_near", 6, "titles"),
        (ITEM, "{kind: component, source", "{kid: component, source", "error.unknown_check", 10, ""),
        (
            ITEM,
            "detect: [figures]",
            "detect: [figure]",
            "error.unknown_detector_near",
            10,
            "figures",
        ),
        (ITEM, "previous_fiscal_year", "lately", "error.unknown_choice", 9, ""),
        (ITEM, "source: handbook", "source: hanbook", "error.unknown_source_near", 5, "handbook"),
        (
            ITEM,
            "component: problems",
            "component: problem",
            "error.unknown_component_near",
            12,
            "problems",
        ),
        (ITEM, "agency_type: [local]", "agency_type: [village]", "error.want_choice", 13, None),
        (ITEM, "item: O13", "item: O14", "error.unknown_item_near", 1, None),
        (
            ITEM,
            "[annual-report]",
            "[annual-raport]",
            "error.unknown_concept_near",
            2,
            "annual-report",
        ),
        (ITEM, 'indicator: "9.2"', 'indicator: "9.1"', "error.item_indicator", 4, None),
        (ITEM, "wordings: [อุปสรรคที่พบ]", "wordings: อุปสรรคที่พบ", "error.want_words", 10, None),
        (
            ITEM,
            "machine_readable: {verified: true}",
            "machine_readable: no",
            "error.want_group",
            8,
            None,
        ),
        ("oit-2566/O1-structure.yaml", "structure.problems", "struct.problems", "error.check_of_concept", 6, None),
        ("oit-2566/ruleset.yaml", "fiscal_year: 2566", "fiscal_year: many", "error.want_whole_number", 2, None),
        ("oit-2566/ruleset.yaml", "opens: 2022-10-01, ", "", "error.missing_key", 4, None),
        ("oit-2566/ruleset.yaml", "due: {O13:", "due: {O99:", "error.unknown_item", 14, None),
        ("oit-2566/ruleset.yaml", "items: [O1]", "items: [O1, O2]", "error.item_without_file", 9, None),
        ("vocabulary/components.yaml", "look_alikes:", "lookalikes:", "error.unknown_key_near", 5, "look_alikes"),
        ("vocabulary/components.yaml", "source: paper", "source: papier", "error.unknown_source_near", 8, "paper"),
        ("sources.yaml", "paper:", "paper: [", "error.yaml_syntax", None, None),
    ],
)
def test_complaints_name_file_line_and_the_nearest_word(
    tmp_path: Path, name: str, old: str, new: str, message_id: str, line: int | None, near: str | None
) -> None:
    with pytest.raises(RuleSetError) as caught:
        load_ruleset("oit-2566", spoil(tmp_path, name, old, new))
    values = caught.value.values
    assert caught.value.message_id == message_id
    assert str(values["file"]).endswith(name)
    if line is not None:
        assert values["line"] == line
    if near is not None:
        assert values["near"] == near


def test_a_yaml_bomb_is_refused(tmp_path: Path) -> None:
    write_rules(tmp_path)
    levels = "\n".join(f"b{n}: &b{n} [{', '.join([f'*b{n - 1}'] * 9)}]" for n in range(1, 9))
    (tmp_path / "sources.yaml").write_text(f"b0: &b0 [x]\n{levels}\n", encoding="utf-8")
    with pytest.raises(RuleSetError) as caught:
        load_ruleset("oit-2566", tmp_path)
    assert caught.value.message_id == "error.yaml_too_large"
