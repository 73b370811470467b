"""Lint: what can be understood and would still judge badly."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ita_rules.messages import LANGUAGES, messages
from ita_rules.rulesets.lint import lint
from tests.rulesets.folder import spoil, write_rules

ROOT = Path(__file__).resolve().parents[2]
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


# Every kind of complaint that loading and lint know, by a fault that makes it: one text of a file of the sound folder replaced.
HEAD, SOURCES, CONCEPTS = "oit-2566/ruleset.yaml", "sources.yaml", "vocabulary/concepts.yaml"
O1, CASES, O1_CASES = "oit-2566/O1-structure.yaml", ITEM.replace(".yaml", ".cases.yaml"), "oit-2566/O1-structure.cases.yaml"
LOCAL = "when: {agency_type: [local]}"
SAME = "gaps: [{name: ข, page: x}]"
KINDS = {
    "error.at_least_alone": (ITEM, "covers: previous_fiscal_year,", "covers: previous_fiscal_year, at_least: 2,"),
    "error.case_against_itself": (O1_CASES, "page: x}", "page: x, expect: {structure.problems: gap}}"),
    "error.cases_contradict": (O1_CASES, "gaps: [{name: ข, page: y}]", SAME),
    "error.cases_without_item": ("oit-2566/O99-none.cases.yaml", "", "item: O99"),
    "error.check_not_inherited": (ITEM, "  posts: {kind: count, at_least: 3}", "  posts: ~"),
    "error.check_of_concept": (O1, "structure.problems", "struct.problems"),
    "error.check_without_fix": (COMPONENTS, "", ""),
    "error.check_without_source": (O1, "source: paper\n", ""),
    "error.component_of_kind": (ITEM, "posts: {kind: count,", "posts: {kind: count, component: problems,"),
    "error.extends_cycle": (HEAD, "id: oit-2566", "id: oit-2566\nextends: oit-2566"),
    "error.extends_form": (ITEM, "item: O13", "item: O13\nextends: O1"),
    "error.item_file_name": ("oit-2566/annual.yaml", "", "item: O13"),
    "error.item_indicator": (ITEM, 'indicator: "9.2"', 'indicator: "9.1"'),
    "error.item_twice": ("oit-2566/O13-again.yaml", "", "item: O13\nconcepts: [structure]"),
    "error.item_without_file": (HEAD, "items: [O1]", "items: [O1, O2]"),
    "error.item_without_gaps": (O1_CASES, "gaps:", "undecided:"),
    "error.item_without_passes": (O1_CASES, "passes: [{name: ก, page: x}]\n", ""),
    "error.missing_key": (HEAD, "opens: 2022-10-01, ", ""),
    "error.ruleset_id": (HEAD, "id: oit-2566", "id: oit-2567"),
    "error.unknown_case": (CASES, "passes:", "drop: [หายไป]\npasses:"),
    "error.unknown_case_near": ("oit-2567/O1-structure.cases.yaml", "", "item: O1\ndrop: [ครบทุกข้]"),
    "error.unknown_check": (ITEM, "{kind: component, source", "{kid: component, source"),
    "error.unknown_check_near": (CASES, "{problems: gap,", "{problem: gap,"),
    "error.unknown_choice": (ITEM, "previous_fiscal_year", "lately"),
    "error.unknown_choice_near": (ITEM, "previous_fiscal_year", "previous_year"),
    "error.unknown_component": (ITEM, "component: problems}", "component: xyz}"),
    "error.unknown_component_near": (ITEM, "component: problems}", "component: problem}"),
    "error.unknown_concept": (ITEM, "[annual-report]", "[xyz]"),
    "error.unknown_concept_near": (ITEM, "[annual-report]", "[annual-raport]"),
    "error.unknown_detector": (ITEM, "detect: [figures]", "detect: [xyz]"),
    "error.unknown_detector_near": (COMPONENTS, "zero: [ไม่มี]", "detect: [figure]"),
    "error.unknown_extends": (ITEM, "item: O13", "item: O13\nextends: oit-2566/O777"),
    "error.unknown_extends_near": (HEAD, "id: oit-2566", "id: oit-2566\nextends: oit-2556"),
    "error.unknown_item": (HEAD, "due: {O13:", "due: {X77:"),
    "error.unknown_item_near": (ITEM, "item: O13", "item: O14"),
    "error.unknown_key": (ITEM, "locate:", "xyz:"),
    "error.unknown_key_near": (ITEM, "locate:", "locat:"),
    "error.unknown_kind": (ITEM, "posts: {kind: count", "posts: {kind: xyz"),
    "error.unknown_kind_near": (ITEM, "posts: {kind: count", "posts: {kind: cuont"),
    "error.unknown_source": (ITEM, "source: handbook", "source: xyz"),
    "error.unknown_source_near": (ITEM, "source: handbook", "source: hanbook"),
    "error.want_choice": (ITEM, LOCAL, "when: {agency_type: [xyz]}"),
    "error.want_choice_near": (ITEM, LOCAL, "when: {agency_type: [lokal]}"),
    "error.want_date": (HEAD, "opens: 2022-10-01", "opens: soon"),
    "error.want_group": (ITEM, "machine_readable: {verified: true}", "machine_readable: no"),
    "error.want_list": (ITEM, "concepts: [annual-report]", "concepts: annual-report"),
    "error.want_number": (HEAD, "due:", "levels: {source: paper, passes: many, steps: []}\ndue:"),
    "error.want_text": (SOURCES, "title: Paper", "title: [Paper]"),
    "error.want_whole_number": (HEAD, "fiscal_year: 2566", "fiscal_year: many"),
    "error.want_words": (ITEM, "wordings: [อุปสรรคที่พบ]", "wordings: อุปสรรคที่พบ"),
    "error.want_yes_no": (ITEM, "verified: false", "verified: perhaps"),
    "error.wording_common": (ITEM, "wordings: [อุปสรรคที่พบ]", "wordings: [ประจำปี]"),
    "error.wording_shared": (ITEM, "wordings: [อุปสรรคที่พบ]", "wordings: [ข้อเสนอแนะ]"),
    "error.wording_short": (ITEM, "wordings: [อุปสรรคที่พบ]", "wordings: [ผล]"),
    "error.yaml_not_a_mapping": (ITEM, ITEM, "- O13"),
    "error.yaml_syntax": (SOURCES, "paper:", "paper: ["),
    "error.yaml_too_large": (SOURCES, "paper: {title: Paper}", "paper: " + "[" * 60 + "]" * 60),
    "error.yaml_twice": (SOURCES, "paper:", "handbook:"),
    "error.file_unreadable": (CONCEPTS, CONCEPTS, ""),
}


TOLD_IN = {
    "error.check_without_fix": O1,
    "error.check_without_source": HEAD,
    "error.item_twice": ITEM,
    "error.item_without_gaps": O1,
    "error.item_without_passes": O1,
}
"""The file that is complained of where it is not the one with the fault."""


@pytest.mark.parametrize("message_id", KINDS)
def test_every_kind_of_complaint_names_its_file_and_line(
    tmp_path: Path, message_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, old, new = KINDS[message_id]
    write_rules(tmp_path)
    path = tmp_path / name
    if name.startswith("oit-2567"):
        head = (tmp_path / HEAD).read_text(encoding="utf-8").replace("2566", "2567").replace("items: [O13]", "items: [O2]")
        path.parent.mkdir()
        (tmp_path / "oit-2567/ruleset.yaml").write_text(head.replace("due: {O13: 2023-04-30}", ""), encoding="utf-8")
        path.with_name("O1-structure.yaml").write_text("item: O1\nextends: oit-2566/O1\n", encoding="utf-8")
        path.with_name("O2-annual.yaml").write_text("item: O2\nextends: oit-2566/O13\n", encoding="utf-8")
        cases = tmp_path / O1_CASES
        cases.write_text(cases.read_text(encoding="utf-8").replace("name: ก", "name: ครบทุกข้อ"), encoding="utf-8")
    if message_id == "error.check_without_fix":  # every kind has a fix in the catalogue; one that lacked it would be told
        monkeypatch.setattr("ita_rules.rulesets.lint.messages", lambda _: frozenset())
    elif message_id == "error.file_unreadable":
        path.unlink()
    else:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        assert old in text or old == name
        path.write_text(new if old in ("", name) else text.replace(old, new, 1), encoding="utf-8")
    ruleset_id = name.partition("/")[0] if name.startswith("oit-") else "oit-2566"
    found = [c for c in lint(ruleset_id, tmp_path) if c.message_id == message_id]
    assert found
    path = tmp_path / TOLD_IN.get(message_id, name)
    assert found[0].file == str(path)
    assert 1 <= found[0].line <= 1 + len(path.read_text(encoding="utf-8").splitlines() if path.exists() else [])
    for lang in LANGUAGES:
        said = messages(lang).say(message_id, file=found[0].file, line=found[0].line, **found[0].values)
        assert path.name in said
        assert "–" not in said.replace(" – ", "")
    if message_id.endswith("_near"):
        assert found[0].values["near"]


def test_no_kind_of_complaint_is_left_out() -> None:
    """Those that the code can make are those above, but for bounds, which only the configuration has."""
    code = [ROOT / "ita_rules/complaints.py", ROOT / "ita_rules/yamlfile.py", *(ROOT / "ita_rules/rulesets").glob("*.py")]
    texts = [p.read_text(encoding="utf-8") for p in code]
    made = {m for text in texts for m in re.findall(r'"(error\.[a-z_]+)"', text)}
    for kind in {m for text in texts for m in re.findall(r'unknown_word\([^"]*?\([^"]*?"[^)]*\), "([a-z]+)"', text)}:
        made |= {f"error.unknown_{kind}", f"error.unknown_{kind}_near"}
    made |= {"error.item_without_passes", "error.item_without_gaps", "error.unknown_kind"}
    bounds = {f"error.want_{b}" for b in ("at_least", "at_most", "more_than", "less_than", "entries", "host", "other")}
    # those of rules over facts, which are read strictly, and of the file of measured accuracy have tests of their own
    assert made - bounds - {"error.yaml_quote_it", "error.accuracy_unreadable"} <= set(KINDS)
    assert set(KINDS) <= messages("th").ids()


def test_a_word_that_every_paper_has_is_no_wording(tmp_path: Path) -> None:
    spoil(tmp_path, COMPONENTS, "wordings: [ข้อเสนอแนะ]", "wordings: [ข้อเสนอแนะ, งบประมาณ, ดำเนิน, =บาท, รายงานของผู้ตรวจ]")
    found = [(c.values["wording"], c.values["word"]) for c in lint("oit-2566", tmp_path)]
    assert found == [("งบประมาณ", "ประจำปีงบประมาณ"), ("ดำเนิน", "ดำเนิน")]
    path = tmp_path / COMPONENTS
    text = path.read_text(encoding="utf-8").replace("งบประมาณ, ดำเนิน,", "งบประมาณ,")
    path.write_text(text.replace("  fix: {th: เพิ่มข้อเ", "  look_alikes: [ปีงบประมาณ]\n  fix: {th: เพิ่มข้อเ"), encoding="utf-8")
    assert lint("oit-2566", tmp_path) == []


def test_cases_of_the_same_evidence_may_agree(tmp_path: Path) -> None:
    spoil(tmp_path, O1_CASES, SAME.replace("page: x", "page: y"), SAME.replace("page: x", 'page: "x "'))
    found = lint("oit-2566", tmp_path)
    assert [(c.message_id, c.line, c.values["other"], c.values["check"]) for c in found] == [
        ("error.cases_contradict", 3, "ก", "O1")
    ]
    for differing in ("link: ก", "media: document", "as_of: 2023-01-01", "agency: {type: school}"):
        spoil(tmp_path, O1_CASES, SAME.replace("page: x", "page: y"), SAME.replace("page: x", f"page: x, {differing}"))
        assert lint("oit-2566", tmp_path) == []
    more = "gaps: [{name: ข, page: y, expect: {structure.problems: gap}}, {name: ค, page: y, expect: {structure.problems: pass}}]"
    spoil(tmp_path, O1_CASES, "gaps: [{name: ข, page: y}]", more)
    assert [c.values["check"] for c in lint("oit-2566", tmp_path)] == ["structure.problems"]
    spoil(tmp_path, O1_CASES, "gaps: [{name: ข, page: y}]", "gaps: [{name: ข, page: y}, {name: ค, page: y}]")
    assert lint("oit-2566", tmp_path) == []
