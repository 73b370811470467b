"""`rules/measures.yaml`: every kind of gap has a measure, what it names is known, and a fault is told with its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ita_rules.data import data_folder
from ita_rules.errors import RuleSetError
from ita_rules.measures import FILE, Said, complaints, load_measures
from ita_rules.messages import LANGUAGES, messages
from ita_rules.model import Severity
from ita_rules.rulesets.lint import lint
from ita_rules.rulesets.load import available, load_ruleset
from ita_rules.yamlfile import YamlError
from tests.rulesets.folder import write_rules

KNOWN = {"component": ["problems"], "concept": ["news"], "kind": ["linked", "component"], "source": ["paper"]}
ENTRY = "{measure: {th: ก, en: a}, follow_up: {th: ข, en: b}}"
HEAD = f"reporting: {{th: ก, en: a}}\nindicators: {{}}\nkeep: {ENTRY}\nlook: {ENTRY}\n"


def written(folder: Path, text: str) -> Path:
    (folder / FILE).write_text(HEAD + text, "utf-8")
    return folder


def test_every_criterion_of_every_year_has_a_measure_of_its_kind() -> None:
    measures = load_measures()
    kinds = set()
    for ruleset_id in available(data_folder("rules")):
        for item in load_ruleset(ruleset_id).items:
            kinds |= {c.kind for check in item.checks if check.severity is Severity.CRITERION for c in (check.any_of or (check,))}
    assert kinds - {"group"} <= set(measures.kinds)


def test_the_nearest_measure_is_taken() -> None:
    measures = load_measures()
    assert measures.of(("e-service",), "linked", "linked") is measures.concepts["e-service"]["linked"]
    assert measures.of(("annual-report",), "problems", "component") is measures.components["problems"]
    assert measures.of(("structure",), "org-chart", "component") is measures.kinds["component"]
    assert measures.of(("structure",), "linked", "linked") is measures.kinds["linked"]
    assert measures.of(("structure",), "new-kind", "new-kind") is measures.kinds["component"]


def test_places_are_filled_once() -> None:
    said = Said(th="ปรับปรุง{item} โดยเพิ่ม{asks}", en="{item}: {asks}")
    assert said.say("th", "รายงาน{asks}", "ปัญหา{item}") == "ปรับปรุงรายงาน{asks} โดยเพิ่มปัญหา{item}"
    assert said.say("en", "x", "y") == "x: y"


def test_the_shipped_measures_are_sound(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(data_folder("rules"), folder)
    assert [c for c in lint("oit-2569", folder) if c.file.endswith(FILE)] == []
    path = folder / FILE
    path.write_text(path.read_text("utf-8").replace("  problems:\n", "  problem:\n", 1), "utf-8")
    (fault,) = [c for c in lint("oit-2569", folder) if c.file.endswith(FILE)]
    assert fault.message_id == "error.unknown_component_near"
    assert path.read_text("utf-8").splitlines()[fault.line - 1] == "  problem:"


def test_rules_of_ones_own_need_no_measures(tmp_path: Path) -> None:
    assert lint("oit-2566", write_rules(tmp_path)) == []


@pytest.mark.parametrize(
    ("text", "message_id", "line"),
    [
        (f"kinds:\n  linkd: {ENTRY}\n", "error.unknown_kind_near", 6),
        (f"kinds: {{}}\ncomponents:\n  problem: {ENTRY}\n", "error.unknown_component_near", 7),
        (f"kinds: {{}}\nconcepts:\n  newz: {{linked: {ENTRY}}}\n", "error.unknown_concept_near", 7),
        (f"kinds: {{}}\nconcepts:\n  news:\n    lonked: {ENTRY}\n", "error.unknown_component", 8),
        (
            "kinds:\n  linked: {measure: {th: ก, en: a}, follow_up: {th: ข, en: b}, source: papers}\n",
            "error.unknown_source_near",
            6,
        ),
        ("kinds:\n  linked: {measure: {th: ก}, follow_up: {th: ข, en: b}}\n", "error.missing_key", 6),
        ("kinds: {}\nkidns: {}\n", "error.unknown_key_near", 6),
    ],
)
def test_a_fault_is_told_with_its_line(text: str, message_id: str, line: int, tmp_path: Path) -> None:
    (fault,) = complaints(written(tmp_path, text), KNOWN)
    assert (fault.message_id, fault.line) == (message_id, line)
    for lang in LANGUAGES:
        assert FILE in messages(lang).say(message_id, file=fault.file, line=fault.line, **fault.values)


def test_a_broken_file_is_refused_when_it_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(YamlError):
        load_measures(tmp_path / "none")
    with pytest.raises(RuleSetError) as caught:
        load_measures(written(tmp_path, "kinds: 3\n"))
    assert caught.value.message_id == "error.want_group"
    (tmp_path / FILE).write_text("kinds: [", "utf-8")
    assert [c.message_id for c in complaints(tmp_path, KNOWN)] == ["error.yaml_syntax"]
