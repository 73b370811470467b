"""What an item of one year takes over from an item of another, and what is told of faults in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ita_rules.errors import RuleSetError
from ita_rules.rulesets.lint import lint
from ita_rules.rulesets.load import load_ruleset
from ita_rules.rulesets.types import Check, Item
from tests.rulesets.folder import spoil, write_rules

HEAD = """\
id: oit-2568
extends: oit-2566
fiscal_year: 2568
name: {th: แบบวัด 2568, en: Form 2568}
window: {opens: 2025-01-01, closes: 2025-12-31}
indicators:
  - id: "9"
    name: {th: เก้า, en: Nine}
    subs:
      - {id: "9.2", name: {th: ข, en: b}, items: [O7]}
"""
PERIOD = """
  period:
    covers: previous_fiscal_year
    verified: true
    asks: {th: รายงานของปี พ.ศ. 2565, en: Of B.E. 2565}
    fix: {th: เผยแพร่ของปี ๒๕๖๕, en: Publish that of 2565}
"""


BELOW = "item: O7\nextends: oit-2566/O13\n"


def year(folder: Path, item: str, head: str = HEAD, code: str = "O7", base: str = "") -> Path:
    """The folder of rules with a form of 2568 of one item; `base` is put among the checks of the item of 2566."""
    write_rules(folder)
    path = folder / "oit-2566/O13-annual-report.yaml"
    text = path.read_text(encoding="utf-8")
    if base:
        path.write_text(text.replace("  period: {covers: previous_fiscal_year, verified: false}\n", base.lstrip("\n")), "utf-8")
    (folder / "oit-2568").mkdir()
    (folder / "oit-2568/ruleset.yaml").write_text(head, encoding="utf-8")
    (folder / f"oit-2568/{code}-annual-report.yaml").write_text(item, encoding="utf-8")
    return folder


def item(folder: Path, code: str = "O7", ruleset_id: str = "oit-2568") -> Item:
    found = load_ruleset(ruleset_id, folder).item(code)
    assert found is not None
    return found


def checks(found: Item) -> dict[str, Check]:
    return {c.id.removeprefix(f"{found.id}."): c for c in found.checks}


def test_everything_is_inherited_with_its_years_moved(tmp_path: Path) -> None:
    found = item(year(tmp_path, "item: O7\nextends: oit-2566/O13\n", base=PERIOD))
    old = item(tmp_path, "O13", "oit-2566")
    assert (found.concepts, found.name, found.titles) == (old.concepts, old.name, old.titles)
    assert (found.indicator, found.extends, found.file) == ("9.2", ("oit-2566/O13",), "oit-2568/O7-annual-report.yaml")
    assert list(checks(found)) == list(checks(old))
    period = checks(found)["period"]
    assert period.asks is not None
    assert period.fix is not None
    assert (period.asks.th, period.asks.en, period.fix.th) == ("รายงานของปี พ.ศ. 2567", "Of B.E. 2567", "เผยแพร่ของปี ๒๕๖๗")
    assert checks(found)["problems"].options == checks(old)["problems"].options
    assert checks(found)["posts"].source == "handbook"


def test_nothing_is_verified_for_another_year(tmp_path: Path) -> None:
    text = "item: O7\nextends: oit-2566/O13\nchecks:\n  problems: {verified: true}\n"
    found = checks(item(year(tmp_path, text, base=PERIOD)))
    assert {key for key, check in found.items() if check.verified} == {"problems"}
    (tmp_path / "b").mkdir()
    found = checks(item(year(tmp_path / "b", "item: O7\nextends: oit-2566/O13\nverified: true\n")))
    assert all(check.verified for check in found.values())


def test_a_source_of_the_child_stands_for_all_that_it_inherits(tmp_path: Path) -> None:
    text = "item: O7\nextends: oit-2566/O13\nsource: paper\nchecks:\n  posts: {source: handbook}\n"
    found = checks(item(year(tmp_path, text)))
    assert {key for key, check in found.items() if check.source == "handbook"} == {"answered", "posts"}


def test_checks_are_overridden_dropped_and_added_by_key(tmp_path: Path) -> None:
    text = """\
item: O7
extends: oit-2566/O13
name: {th: ใหม่, en: New}
locate: {titles: [รายงานใหม่], without: [รายงานประจำปี]}
checks:
  posts: {at_least: 5}
  problems: ~
  answered: ~
  suggestions: {kind: component, source: paper}
"""
    found = item(year(tmp_path, text))
    assert found.name.en == "New"
    assert found.titles == {"annual-report": ("รายงานผลการดำเนินงานประจำปี", "รายงานใหม่")}
    assert checks(found)["posts"].at_least == 5
    assert list(checks(found)) == ["machine_readable", "period", "either", "local", "posts", "suggestions"]


def test_words_are_not_inherited_where_the_meaning_changed(tmp_path: Path) -> None:
    text = "item: O7\nextends: oit-2566/O13\nchecks:\n  period: {covers: %s}\n"
    same = checks(item(year(tmp_path, text % "previous_fiscal_year", base=PERIOD)))["period"]
    (tmp_path / "b").mkdir()
    other = checks(item(year(tmp_path / "b", text % "first_half", base=PERIOD)))["period"]
    assert same.asks is not None
    assert (other.asks, other.fix) == (None, None)


def test_a_merged_item_has_each_parent_s_checks_under_its_concept(tmp_path: Path) -> None:
    split = "item: O7\nextends: [oit-2568/O8, oit-2566/O13]\n"
    head = HEAD.replace("[O7]", "[O7, O8]")
    year(tmp_path, split, head=head)
    part = "item: O8\nextends: oit-2566/O1\nconcepts: [structure]\nchecks: {posts: {kind: count, source: paper}}\n"
    (tmp_path / "oit-2568/O8-structure.yaml").write_text(part, encoding="utf-8")
    found = item(tmp_path)
    assert found.concepts == ("structure", "annual-report")
    assert {"structure.problems", "structure.posts", "annual-report.period", "annual-report.posts"} <= set(checks(found))
    assert list(checks(item(tmp_path, "O8"))) == ["answered", "machine_readable", "problems", "posts"]
    parts = load_ruleset("oit-2568", tmp_path).parts(found)
    assert [(p.id, p.concepts, p.name.th) for p in parts] == [
        ("O7", ("structure",), "โครงสร้าง"),
        ("O7", ("annual-report",), "รายงานผลประจำปี"),
    ]
    assert all(c.concept == "structure" for c in parts[0].checks)


def test_checks_of_every_item_are_inherited_too(tmp_path: Path) -> None:
    head = HEAD + "every_item:\n  machine_readable: ~\n  named: {source: paper, verified: true}\n"
    found = checks(item(year(tmp_path, "item: O7\nconcepts: [annual-report]\nsource: paper\nverified: false\n", head=head)))
    assert list(found) == ["answered", "named"]
    assert (found["answered"].source, found["answered"].verified, found["named"].verified) == ("handbook", False, True)


def test_levels_are_inherited_and_not_verified(tmp_path: Path) -> None:
    levels = "levels:\n  source: paper\n  verified: true\n  passes: 85\n  steps: [{name: {th: A, en: A}, least: 85}]\n"
    year(tmp_path, "item: O7\nextends: oit-2566/O13\n")
    path = tmp_path / "oit-2566/ruleset.yaml"
    path.write_text(path.read_text(encoding="utf-8") + levels, encoding="utf-8")
    old, new = load_ruleset("oit-2566", tmp_path).levels, load_ruleset("oit-2568", tmp_path).levels
    assert old is not None
    assert new is not None
    assert (old.verified, new.verified, new.steps) == (True, False, old.steps)


def test_items_without_a_file_are_inherited_whole_where_the_form_says_so(tmp_path: Path) -> None:
    head = HEAD.replace("fiscal_year", "inherit_items: true\nfiscal_year").replace("[O7]", "[O7, O13]")
    year(tmp_path, "item: O7\nextends: oit-2568/O13\n", head=head)
    assert [i.id for i in load_ruleset("oit-2568", tmp_path).items] == ["O7", "O13"]
    assert item(tmp_path, "O13").file == "oit-2568/ruleset.yaml"
    assert lint("oit-2568", tmp_path) == []


def test_a_change_above_changes_the_version_below(tmp_path: Path) -> None:
    text = "item: O7\nextends: oit-2566/O13\n"
    one = load_ruleset("oit-2568", year(tmp_path / "a", text))
    other = load_ruleset("oit-2568", year(tmp_path / "b", text, base=PERIOD))
    assert one.version.startswith("2568.")
    assert one.version != other.version


@pytest.mark.parametrize(
    ("text", "message_id", "line", "near"),
    [
        ("item: O7\nextends: O13\n", "error.extends_form", 2, None),
        ("item: O7\nextends: oit-2567/O13\n", "error.unknown_extends_near", 2, None),
        ("item: O7\nextends: [oit-2566/O1,\n  oit-2566/O12]\n", "error.unknown_extends_near", 3, "O1"),
        ("item: O7\nextends: oit-2568/O7\n", "error.extends_cycle", 2, None),
        ("item: O7\n", "error.missing_key", 1, None),
        ("item: O7\nextends: oit-2566/O13\nchecks:\n  count: ~\n", "error.check_not_inherited", 4, None),
        (BELOW + "checks:\n  problems: {shares: [problem]}\n", "error.unknown_component_near", 4, "problems"),
        ("item: O7\nextends: [oit-2566/O1, oit-2566/O13]\nchecks:\n  problems: {}\n", "error.check_of_concept", 4, None),
        ("item: O7\nextends: oit-2566/O13\nchecks:\n  problems: {kind: coverage}\n", "error.unknown_key", 4, None),
    ],
)
def test_faults_are_told_with_file_and_line(tmp_path: Path, text: str, message_id: str, line: int, near: str | None) -> None:
    with pytest.raises(RuleSetError) as caught:
        load_ruleset("oit-2568", year(tmp_path, text))
    assert caught.value.message_id == message_id
    assert str(caught.value.values["file"]).endswith("oit-2568/O7-annual-report.yaml")
    assert caught.value.values["line"] == line
    if near is not None:
        assert caught.value.values["near"] == near


@pytest.mark.parametrize(
    ("head", "message_id", "line"),
    [
        (HEAD.replace("extends: oit-2566", "extends: oit-2567"), "error.unknown_extends_near", 2),
        (HEAD.replace("extends: oit-2566", "extends: oit-2568"), "error.extends_cycle", 2),
        (HEAD + "levels: {source: paper, passes: 85}\n", "error.missing_key", 11),
        (HEAD + "levels: {source: papier, passes: 85, steps: []}\n", "error.unknown_source_near", 11),
        (HEAD + "calendar: [{name: {th: ก, en: a}, source: papier}]\n", "error.unknown_source_near", 11),
    ],
)
def test_faults_of_the_head(tmp_path: Path, head: str, message_id: str, line: int) -> None:
    found = lint("oit-2568", year(tmp_path, "item: O7\nextends: oit-2566/O13\n", head=head))
    assert [(c.message_id, c.line) for c in found if c.file.endswith("oit-2568/ruleset.yaml")] == [(message_id, line)]


def test_a_fault_above_is_told_where_it_stands(tmp_path: Path) -> None:
    spoil(tmp_path, "oit-2566/O13-annual-report.yaml", "locate:", "locat:")
    (tmp_path / "oit-2568").mkdir()
    (tmp_path / "oit-2568/ruleset.yaml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "oit-2568/O7-annual-report.yaml").write_text("item: O7\nextends: oit-2566/O13\n", encoding="utf-8")
    found = lint("oit-2568", tmp_path)
    assert [(Path(c.file).parent.name, c.message_id, c.line) for c in found] == [("oit-2566", "error.unknown_key_near", 6)]


def test_the_same_heading_may_answer_two_checks_that_say_so(tmp_path: Path) -> None:
    text = "item: O7\nextends: oit-2566/O13\nchecks:\n  suggestions: {kind: component, wordings: [ปัญหา อุปสรรค]%s}\n"
    assert "error.wording_shared" in {c.message_id for c in lint("oit-2568", year(tmp_path / "a", text % ""))}
    assert lint("oit-2568", year(tmp_path / "b", text % ", shares: [problems]")) == []
