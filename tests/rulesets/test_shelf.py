"""A folder of rules read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from ita_rules.complaints import Complaint
from ita_rules.rulesets import shelf as module
from ita_rules.rulesets.lint import lint
from ita_rules.rulesets.shelf import Shelf
from tests.rulesets.folder import spoil
from tests.rulesets.test_inherit import HEAD, year


def test_each_file_is_read_once_for_all_rule_sets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    year(tmp_path, "item: O7\nextends: oit-2566/O13\n")
    read: list[Path] = []
    load = module.load_yaml
    monkeypatch.setattr(module, "load_yaml", lambda path: (read.append(path), load(path))[1])
    shelf = Shelf(tmp_path)
    assert [lint(i, tmp_path, shelf) for i in shelf.rulesets()] == [[], []]
    assert len(read) == len(set(read)) == 10


def test_a_fault_is_told_each_time_it_is_met(tmp_path: Path) -> None:
    shelf = Shelf(spoil(tmp_path, "oit-2566/ruleset.yaml", "id: oit-2566", "[id"))
    told: list[Complaint] = []
    assert shelf.head("oit-2566", told.append) is None
    assert shelf.head("oit-2566", told.append) is None
    assert [c.message_id for c in told] == ["error.yaml_syntax"] * 2


def test_codes_are_those_of_files_and_of_items_inherited_whole(tmp_path: Path) -> None:
    head = HEAD.replace("fiscal_year", "inherit_items: true\nfiscal_year").replace("[O7]", "[O7, O13]")
    shelf = Shelf(year(tmp_path, "item: O7\nextends: oit-2566/O13\n", head=head))
    assert shelf.codes("oit-2568") == ["O7", "O13"]
    found = shelf.item("oit-2568", "O13", lambda _: None)
    assert found is not None
    assert (found.value, found.line(("extends",))) == ({"item": "O13", "extends": "oit-2566/O13"}, 3)
    assert shelf.item("oit-2568", "O99", lambda _: None) is None
    assert shelf.item("oit-2566", "O99", lambda _: None) is None


def test_a_file_that_is_no_mapping_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("- x\n", encoding="utf-8")
    told: list[Complaint] = []
    assert Shelf(tmp_path).read(tmp_path / "a.yaml", told.append) is None
    assert [c.message_id for c in told] == ["error.yaml_not_a_mapping"]
