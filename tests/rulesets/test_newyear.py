"""The skeleton of the next form."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ita_rules.judge import judge
from ita_rules.rulesets.cases import run_cases
from ita_rules.rulesets.diff import compare
from ita_rules.rulesets.lint import lint
from ita_rules.rulesets.load import load_ruleset
from ita_rules.rulesets.newyear import skeleton
from ita_rules.yamlfile import load_yaml_text

RULES = Path(__file__).resolve().parents[2] / "rules"


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rules") / "rules"
    shutil.copytree(RULES, folder)
    (folder / "oit-2570").mkdir()
    for name, text in skeleton(load_ruleset("oit-2569", folder), 2570).items():
        (folder / "oit-2570" / name).write_text(text, encoding="utf-8")
    return folder


def test_the_skeleton_is_sound_and_asks_the_same(drafted: Path) -> None:
    assert lint("oit-2570", drafted) == []
    old, new = load_ruleset("oit-2569", drafted), load_ruleset("oit-2570", drafted)
    assert all(c.same for c in compare(old, new))
    assert (new.fiscal_year, new.window.opens.year, len(new.items)) == (2570, 2027, 26)


def test_no_line_is_verified_and_no_year_is_left_behind(drafted: Path) -> None:
    new = load_ruleset("oit-2570", drafted)
    assert not [c.id for item in new.items for c in item.checks if c.verified]
    assert new.levels is not None
    assert not new.levels.verified
    assert not [s for s in new.calendar if s.verified]
    assert [s.closes.isoformat() for s in new.calendar if s.closes][1] == "2027-06-30"
    assert [s.answers for s in new.calendar] == [s.answers for s in load_ruleset("oit-2569", drafted).calendar]
    plan = new.item("O23")
    assert plan is not None
    asks = [c.asks.th for c in plan.checks if c.key == "period" and c.asks]
    assert asks == ["แผนครอบคลุมปี พ.ศ. 2570"]


def test_every_file_is_yaml_with_its_marks(drafted: Path) -> None:
    files = skeleton(load_ruleset("oit-2569", drafted), 2570)
    assert len(files) == 27
    for name, text in files.items():
        assert isinstance(load_yaml_text(text, Path(name)).value, dict)
        assert "unverified" in text
    assert "  period: {verified: false}  # ยังไม่ได้ตรวจ unverified: เป็นรายงานของปี พ.ศ. 2569" in files["O7-annual-report.yaml"]


def test_days_when_data_is_due_are_moved(drafted: Path) -> None:
    old = load_ruleset("oit-2569", drafted)
    due = old.model_copy(update={"due": {"O6": old.window.opens}, "calendar": (), "levels": None})
    head = skeleton(due, 2570)["ruleset.yaml"]
    assert "  O6: 2027-01-01" in head
    assert "calendar" not in head
    assert "levels" not in head


def test_its_inherited_cases_hold(drafted: Path) -> None:
    results = run_cases(load_ruleset("oit-2570", drafted), lambda r, s, d: judge(r, s, d, engine="plain"), drafted, ["O7", "O13"])
    assert len(results) > 20
    assert [r.placed.case.name for r in results if not r.ok] == []
