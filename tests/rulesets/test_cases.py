"""Running cases: the mini run that the judge gets, and what is said of its verdict."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ita_rules.errors import RuleSetError
from ita_rules.model import (
    AgencyInfo,
    CheckResult,
    ItemResult,
    Range,
    Report,
    RuleSetInfo,
    RunInfo,
    Scores,
    Severity,
    Status,
    ToolInfo,
)
from ita_rules.rulesets.cases import run_cases
from ita_rules.rulesets.load import load_ruleset
from ita_rules.rulesets.types import RuleSet
from ita_rules.run.keys import url_key
from ita_rules.run.types import RunData
from tests.rulesets.folder import spoil, write_rules


def report_of(run: RunData, ruleset: RuleSet, as_of: dt.date, status: Status, checks: dict[str, Status]) -> Report:
    """A report on the one item of `ruleset`."""
    item = ruleset.items[0]
    results = tuple(
        CheckResult(
            id=f"{item.id}.{key}",
            component=key,
            kind="component",
            status=became,
            confidence=1,
            message="",
            severity=Severity.CRITERION,
            verified=True,
        )
        for key, became in checks.items()
    )
    judged = ItemResult(
        id=item.id, concepts=item.concepts, name="", indicator=item.indicator, status=status, score=None, checks=results
    )
    return Report(
        tool=ToolInfo(version="0"),
        ruleset=RuleSetInfo(id=ruleset.id, version=ruleset.version, fiscal_year=2566),
        agency=AgencyInfo(name=run.meta.agency_name, type="local", url=run.meta.start_url),
        run=RunInfo(started="", finished="", as_of=as_of.isoformat(), requests=0, pages=0, documents=0),
        items=(judged,),
        scores=Scores(oit=Range(low=0, high=0), indicators=()),
    )


class Obedient:
    """A judge that says what it is told, and keeps the runs that it saw."""

    def __init__(self, status: Status, checks: dict[str, Status]) -> None:
        self.status, self.checks = status, checks
        self.seen: list[tuple[RunData, RuleSet, dt.date]] = []

    def __call__(self, run: RunData, ruleset: RuleSet, as_of: dt.date) -> Report:
        self.seen.append((run, ruleset, as_of))
        return report_of(run, ruleset, as_of, self.status, self.checks)


def test_each_case_is_judged_and_differences_are_told(tmp_path: Path) -> None:
    ruleset = load_ruleset("oit-2566", write_rules(tmp_path))
    judge = Obedient(Status.GAP, {"problems": Status.GAP, "period": Status.UNDECIDED})
    results = run_cases(ruleset, judge, tmp_path, only=["O13"])
    assert [(r.placed.case.name, r.placed.outcome, r.ok) for r in results] == [
        ("ครบ", "passes", False),
        ("ขาด", "gaps", False),
        ("เปิดไม่ได้", "undecided", False),
    ]
    assert [p.message_id for p in results[1].problems] == ["rules.case_check_status"]
    assert results[1].problems[0].values == {"check": "period", "wanted": "pass", "got": "undecided"}
    assert results[0].problems[0].line == 3
    assert [i.id for i in judge.seen[0][1].items] == ["O13"]
    assert judge.seen[0][2] == dt.date(2023, 9, 30)


def test_a_case_becomes_a_run_with_main_page_answer_and_evidence(tmp_path: Path) -> None:
    ruleset = load_ruleset("oit-2566", write_rules(tmp_path))
    judge = Obedient(Status.PASS, {})
    run_cases(ruleset, judge, tmp_path, only=["O13"])
    run = judge.seen[0][0]
    home = url_key(run.meta.start_url)
    link = run.links[home][0]
    assert link.text == "รายงานผลการดำเนินงานประจำปี"
    assert run.answers[0].urls == (link.url,)
    evidence = run.document(link.target)
    assert evidence is not None
    assert evidence.title == "รายงานผล พ.ศ. 2565"
    assert "ไม่มี" in evidence.pages[0].text
    failed = judge.seen[2][0]
    assert failed.exchange(failed.links[home][0].target).cause == "timeout"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("new", "check"),
    [
        ("media: document, page: 'x'", lambda run, key: run.document(key).media_type == "application/pdf"),
        ("linked: false, page: 'x'", lambda run, key: run.links[url_key(run.meta.start_url)] == ()),
        ("answered: false, page: 'x'", lambda run, key: run.answers == () and not run.meta.has_answers),
        ("link: 'คำอื่น', page: 'x'", lambda run, key: run.links[url_key(run.meta.start_url)][0].text == "คำอื่น"),
        ("agency: {name: กรม, type: department}", lambda run, key: run.meta.agency_type == "department"),
        ("as_of: 2023-01-02", lambda run, key: run.meta.as_of == "2023-01-02"),
        ("cause: http_404", lambda run, key: run.exchange(key).status == 404),
        ('page: "[link: ดู -> /x]\\n[link: fb -> https://facebook.com/x]"', lambda run, key: len(run.links[key]) == 3),
        ('page: "# ก\\n=== page ===\\n# ข"', lambda run, key: len(run.answers[0].urls) == 2),
    ],
)
def test_keys_of_a_case(tmp_path: Path, new: str, check) -> None:  # type: ignore[no-untyped-def]
    spoil(tmp_path, "oit-2566/O1-structure.cases.yaml", "{name: ก, page: x}", f"{{name: ก, {new}}}")
    judge = Obedient(Status.PASS, {})
    run_cases(load_ruleset("oit-2566", tmp_path), judge, tmp_path, only=["O1"])
    run = judge.seen[0][0]
    media = ".pdf" if "document" in new else "-1"
    key = url_key(f"https://www.example.go.th/evidence{media}")
    assert check(run, key)


def test_a_fault_in_a_cases_file_is_an_error_with_file_and_line(tmp_path: Path) -> None:
    spoil(tmp_path, "oit-2566/O1-structure.cases.yaml", "page: y", "pagee: y")
    with pytest.raises(RuleSetError) as caught:
        run_cases(load_ruleset("oit-2566", tmp_path), Obedient(Status.PASS, {}), tmp_path)
    assert caught.value.values["line"] == 3
    assert caught.value.values["near"] == "page"
