"""The cases that come along with an inherited item."""

from __future__ import annotations

from pathlib import Path

from ita_rules.model import Status
from ita_rules.rulesets.caseruns import PlacedCase, mini_run
from ita_rules.rulesets.cases import read_cases
from ita_rules.rulesets.lint import lint
from ita_rules.rulesets.load import load_ruleset
from ita_rules.run.keys import url_key
from tests.rulesets.test_inherit import HEAD, year

BELOW = "item: O7\nextends: oit-2566/O13\n"


def cases(folder: Path, own: str | None = None, item: str = BELOW, head: str = HEAD) -> list[PlacedCase]:
    year(folder, item, head=head)
    if own is not None:
        (folder / "oit-2568/O7-annual-report.cases.yaml").write_text(own, encoding="utf-8")
    return read_cases(load_ruleset("oit-2568", folder), folder, _raise)


def _raise(complaint: object) -> None:
    raise AssertionError(complaint)


def names(found: list[PlacedCase]) -> list[tuple[str, str]]:
    return [(p.outcome, p.case.name) for p in found]


def test_cases_are_inherited_with_their_years_moved(tmp_path: Path) -> None:
    found = cases(tmp_path)
    assert names(found) == [("passes", "ครบ"), ("gaps", "ขาด"), ("undecided", "เปิดไม่ได้")]
    assert found[0].item == "O7"
    assert "พ.ศ. 2567" in found[0].case.page
    assert found[1].case.expect == {"problems": Status.GAP, "period": Status.PASS}
    assert (Path(found[1].file).parent.name, found[1].line) == ("oit-2566", 9)


def test_own_cases_choose_what_is_inherited(tmp_path: Path) -> None:
    own = "item: O7\ninherit: [passes, gaps]\ndrop: [ขาด]\nmoved_by: -1\ngaps: [{name: ใหม่, page: x}]\n"
    found = cases(tmp_path, own)
    assert names(found) == [("passes", "ครบ"), ("gaps", "ใหม่")]
    assert "พ.ศ. 2566" in found[0].case.page


def test_a_gap_of_which_nothing_is_left_to_expect_is_left_behind(tmp_path: Path) -> None:
    assert ("gaps", "ขาด") in names(cases(tmp_path / "a", item=BELOW + "checks: {problems: ~}\n"))
    text = BELOW + "checks: {problems: ~, period: ~}\n"
    assert ("gaps", "ขาด") not in names(cases(tmp_path / "b", item=text))


def test_a_name_that_no_inherited_case_has_is_told(tmp_path: Path) -> None:
    year(tmp_path, BELOW)
    (tmp_path / "oit-2568/O7-annual-report.cases.yaml").write_text("item: O7\ndrop:\n  - ครบถ้วน\n", encoding="utf-8")
    assert [(c.message_id, c.line) for c in lint("oit-2568", tmp_path)] == [("error.unknown_case_near", 3)]


def test_a_merged_item_takes_passing_evidence_of_its_other_concepts_along(tmp_path: Path) -> None:
    head = HEAD.replace("[O7]", "[O7, O8]")
    year(tmp_path, "item: O7\nextends: [oit-2568/O8, oit-2566/O13]\n", head=head)
    (tmp_path / "oit-2568/O8-structure.yaml").write_text("item: O8\nconcepts: [structure]\nsource: paper\n", encoding="utf-8")
    own = """\
item: O8
passes:
  - {name: ผัง, page: "# โครงสร้าง"}
  - {name: ผังของกรม, page: "# โครงสร้าง", agency: {name: กรม, type: department}}
gaps: [{name: ไม่มี, cause: http_404, expect: {answered: gap}}]
"""
    (tmp_path / "oit-2568/O8-structure.cases.yaml").write_text(own, encoding="utf-8")
    ruleset = load_ruleset("oit-2568", tmp_path)
    found = [p for p in read_cases(ruleset, tmp_path, _raise) if p.item == "O7"]
    # a department has no annual report among the cases, so that its chart is left behind
    assert names(found) == [("passes", "ผัง"), ("gaps", "ไม่มี"), ("passes", "ครบ"), ("gaps", "ขาด"), ("undecided", "เปิดไม่ได้")]
    assert found[1].case.expect == {"structure.answered": Status.GAP}
    assert found[3].case.expect == {"annual-report.problems": Status.GAP, "annual-report.period": Status.PASS}
    assert [c.name for c in found[3].beside] == ["ผัง"]
    run = mini_run(ruleset, found[3], ruleset.window.closes)
    assert len(run.answers[0].urls) == 2
    home = run.links[url_key(run.meta.start_url)]
    assert [link.text for link in home] == ["รายงานผลการดำเนินงานประจำปี", "โครงสร้าง"]


def test_an_item_that_has_a_part_of_one_above_has_none_of_its_cases(tmp_path: Path) -> None:
    found = cases(tmp_path, item="item: O7\nextends: oit-2566/O1\nconcepts: [structure]\n")
    assert found == []
