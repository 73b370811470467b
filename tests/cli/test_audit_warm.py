"""What the children of an audit have in common is loaded once, and runs are marked by what was loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from ita_rules.cli import audit_warm
from ita_rules.cli.audit_child import Common
from ita_rules.config import AgencyConfig, Config
from ita_rules.nights import basis
from ita_rules.rulesets import load
from tests.rulesets.folder import write_rules


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(basis, "_held", {})
    return write_rules(tmp_path / "rules")


def marked(rules: Path) -> str:
    agency = AgencyConfig(name="ก", url="http://a.example/")
    return basis.marks(agency, Config(), rules, ruleset=None, rules=rules, lang="th", persona=None, files=())[0]


def words(rules: Path, *rulesets: str | None) -> str:
    return Common(lang="th", formats=("json", "html"), rulesets=rulesets or (None,), rules=rules).model_dump_json()


def change(rules: Path) -> None:
    file = rules / "vocabulary" / "components.yaml"
    file.write_text(file.read_text("utf-8") + "\n# another line\n", "utf-8")


def test_rules_that_change_in_the_night_change_neither_verdicts_nor_marks(rules: Path) -> None:
    before = marked(rules)
    audit_warm.prepare(words(rules))
    known = load.load_ruleset("oit-2566", rules)
    change(rules)
    assert marked(rules) == before
    assert load.load_ruleset("oit-2566", rules) is known
    # Another process finds them changed.
    basis._held.clear()
    assert marked(rules) != before


def test_rules_that_change_while_they_are_loaded_are_marked_as_nobodys(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = marked(rules)
    monkeypatch.setattr(audit_warm, "judge", lambda *_, **__: change(rules))
    audit_warm.prepare(words(rules))
    found = marked(rules)
    basis._held.clear()
    assert found not in (before, marked(rules))


def test_what_cannot_be_loaded_is_left_to_the_child_that_needs_it(rules: Path) -> None:
    before = marked(rules)
    audit_warm.prepare(words(rules, "oit-1999"))
    assert marked(rules) == before
