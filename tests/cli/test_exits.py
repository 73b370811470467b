"""Exit statuses of reports."""

from __future__ import annotations

import pytest

from ita_rules.cli.exits import of_report, worst
from ita_rules.model import (
    AgencyInfo,
    ItemResult,
    LocatedBy,
    Range,
    Report,
    RuleSetInfo,
    RunInfo,
    Scores,
    SourceResult,
    Status,
    ToolInfo,
)
from ita_rules.run.types import Exchange, RunData, RunMeta


def report(*statuses: Status, causes: tuple[str | None, ...] = (), stopped_by: str | None = None) -> Report:
    sources = tuple(SourceResult(url=str(n), cause=cause, located_by=LocatedBy.CODE) for n, cause in enumerate(causes))
    items = tuple(
        ItemResult(id=f"O{n}", concepts=("x",), name="", indicator="9.1", status=s, score=None, sources=sources)
        for n, s in enumerate(statuses)
    )
    return Report(
        tool=ToolInfo(version="0"),
        ruleset=RuleSetInfo(id="oit-2566", version="1", fiscal_year=2566),
        agency=AgencyInfo(name="", type="local", url=""),
        run=RunInfo(started="", finished="", as_of="", requests=0, pages=0, documents=0, stopped_by=stopped_by),
        items=items,
        scores=Scores(oit=Range(low=0, high=0), indicators=()),
    )


@pytest.mark.parametrize(
    ("statuses", "code"),
    [
        ((), 0),
        ((Status.PASS, Status.NOT_APPLICABLE), 0),
        ((Status.PASS, Status.NOT_DUE), 0),
        ((Status.PASS, Status.UNDECIDED), 10),
        ((Status.UNDECIDED, Status.GAP), 12),
    ],
)
def test_the_worst_item_decides(statuses: tuple[Status, ...], code: int) -> None:
    assert of_report(report(*statuses)) == code


def test_faults_of_ours_above_five_in_a_hundred_sources_are_the_tools_failure() -> None:
    assert of_report(report(Status.GAP, causes=("internal_error", *[None] * 9))) == 1
    assert of_report(report(Status.GAP, causes=("internal_error", *[None] * 19))) == 12


def test_no_page_at_all_is_told_apart_unless_a_person_stopped_it() -> None:
    down = RunData(RunMeta("http://a/"), exchanges={"x": Exchange("x", "x", cause="dns")})
    up = RunData(RunMeta("http://a/"), exchanges={"x": Exchange("x", "x")})
    assert of_report(report(Status.UNDECIDED), down) == 3
    assert of_report(report(Status.UNDECIDED), up) == 10
    assert of_report(report(Status.UNDECIDED, stopped_by="interrupt"), down) == 10
    assert of_report(report(Status.PASS, stopped_by="interrupt"), up) == 10


def test_an_audit_takes_the_worst_in_its_order() -> None:
    assert worst([0, 3, 10, 12, 1]) == 1
    assert worst([0, 3, 10, 12]) == 12
    assert worst([0, 3, 10]) == 10
    assert worst([0, 3]) == 3
    assert worst([]) == 0
