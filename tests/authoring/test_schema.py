"""Schemas for editors: what is committed is what the models say, every shipped file is valid, and a slip is seen."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from ita_rules.authoring.schema import SUFFIX, schemas
from ita_rules.cli.app import run
from ita_rules.messages import LANGUAGES, messages
from ita_rules.rulesets.caseruns import Case, CasesFile
from ita_rules.rulesets.types import Component, Concept
from ita_rules.rulesets.written import ItemFile, RuleSetFile
from ita_rules.yamlfile import load_yaml

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "rules"


def schema_of(path: Path) -> str:
    """The schema by which a file is written."""
    if path.parent.name.startswith("oit-"):
        return "ruleset" if path.name == "ruleset.yaml" else "cases" if path.name.endswith(".cases.yaml") else "item"
    return path.stem


def plain(value: Any) -> Any:
    """A value as an editor sees it: days are texts, keys too."""
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [plain(v) for v in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((RULES / "schema" / f"{name}{SUFFIX}").read_text("utf-8")))


def faults(name: str, value: Any) -> list[str]:
    return [e.message for e in validator(name).iter_errors(plain(value))]


def test_the_committed_schemas_are_up_to_date() -> None:
    found = {p.name: p.read_text("utf-8") for p in (RULES / "schema").iterdir()}
    assert found == schemas()  # `ita-rules rules schema` writes them again


@pytest.mark.parametrize("name", [n.removesuffix(SUFFIX) for n in schemas() if n != f"exceptions{SUFFIX}"])
def test_each_is_a_schema_that_some_shipped_file_follows(name: str) -> None:
    Draft202012Validator.check_schema(validator(name).schema)
    files = [p for p in (*RULES.rglob("*.yaml"), ROOT / "config.yaml") if schema_of(p) == name]
    assert files
    asked = validator(name)
    wrong = {str(p): [e.message for e in asked.iter_errors(plain(load_yaml(p).value))] for p in files}
    assert {path: said for path, said in wrong.items() if said} == {}


ITEM = {"item": "O13", "concepts": ["annual-report"]}
WAIVED = {"agency": "ก", "item": "O13", "check": "problems", "reason": "ข", "who": "ค", "until": dt.date(2023, 12, 31)}
RULE = {"name": "a", "when": [{"fact": "x"}], "then": {"fact": "y"}, "because": {"th": "ก", "en": "a"}}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("item", {**ITEM, "locat": {}}),
        ("item", {**ITEM, "checks": {"problems": {"kind": "componet"}}}),
        ("item", {**ITEM, "checks": {"problems": {"wording": ["ก"]}}}),
        ("item", {**ITEM, "checks": {"problems": {"wordings": "ก"}}}),
        ("item", {**ITEM, "checks": {"problems": {"detect": ["figure"]}}}),
        ("item", {**ITEM, "checks": {"period": {"covers": "lately"}}}),
        ("item", {**ITEM, "checks": {"local": {"when": {"agency_type": ["village"]}}}}),
        ("item", {**ITEM, "checks": {"either": {"any_of": [{"kind": "x"}]}}}),
        ("item", {**ITEM, "name": {"th": "ก"}}),
        ("cases", {"item": "O13", "gaps": [{"name": "ก", "expect": {"problems": "fail"}}]}),
        ("cases", {"item": "O13", "passes": [{"page": "ก"}]}),
        ("ruleset", {"id": "oit-2570"}),
        ("components", {"problems": {"name": {"th": "ก", "en": "a"}}}),
        ("concepts", {"news": {"name": {"th": "ก", "en": "a"}, "titles": ["ก"], "fix": {"th": "ก", "en": "a"}, "form": "web"}}),
        ("sources", {"paper": {"url": "x"}}),
        ("inference", {"facts": {}, "rules": [{**RULE, "then": {}}]}),
        ("inference", {"facts": {"a": {"b": "words"}}, "rules": [RULE]}),
        ("config", {"agencies": [{"name": "ก", "url": "x", "type": "village"}]}),
        ("config", {"crawl": {"max_page": 3}}),
        ("exceptions", {"exceptions": [{**WAIVED, "untill": "2023-12-31"}]}),
        ("exceptions", {"exceptions": [{k: v for k, v in WAIVED.items() if k != "who"}]}),
    ],
)
def test_a_slip_is_seen(name: str, value: Any) -> None:
    assert len(faults(name, value)) >= 1


def test_what_may_be_written_is_valid() -> None:
    checks = {"post": None, "either": {"any_of": [{"kind": "period", "covers": "span"}, {"component": "news"}], "at_least": 1}}
    assert faults("item", {"item": "O1", "extends": "oit-2566/O13", "checks": checks}) == []
    assert faults("item", {"item": "O1", "extends": ["oit-2566/O13", "oit-2566/O14"]}) == []
    assert faults("inference", {"facts": {}, "rules": [{**RULE, "stratum": 1}]}) == []
    assert faults("exceptions", {"exceptions": [WAIVED]}) == []


def test_every_key_of_rules_is_explained_in_both_languages() -> None:
    models = (ItemFile, RuleSetFile, CasesFile, Case, Component, Concept)
    keys = {key for model in models for key in model.model_fields} - {"id"}
    assert {k for k in keys for lang in LANGUAGES if f"schema.{k}" not in messages(lang)} == set()
    item = validator("item").schema
    assert isinstance(item, dict)
    assert item["properties"]["concepts"]["description"].startswith(messages("th").say("schema.concepts"))


def test_the_command_writes_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "schema", "--out", str(tmp_path / "s"), "--lang", "en"]) == 0
    assert {p.name for p in (tmp_path / "s").iterdir()} == set(schemas())
    assert str(tmp_path / "s") in capsys.readouterr().out
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert run(["rules", "schema", "--out", str(tmp_path / "file")]) == 2
