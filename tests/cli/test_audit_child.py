"""The child that checks one agency: its failures are results, and a run that it finds finished is only told again."""

from __future__ import annotations

from pathlib import Path

import pytest

from ita_rules.audit.record import Audit, Header
from ita_rules.cli import audit_full
from ita_rules.cli.audit_child import ChildTask, Lifeline, perform
from ita_rules.cli.session import Job
from ita_rules.config import AgencyConfig, Config
from tests.cli.site import site
from tests.cli.test_commands import answer
from tests.rulesets.folder import write_rules


@pytest.fixture
def task(tmp_path: Path) -> ChildTask:
    audit = Audit.create(tmp_path / "runs", Header(started="x", config="config.yaml", keys=("k",)), "20261121-020000")
    return ChildTask(
        key="k",
        agency=AgencyConfig(name="ก", url="http://127.0.0.1:9/"),
        settings=Config(formats=("json",)),
        config=tmp_path / "config.yaml",
        audit=audit.folder,
        base=tmp_path / "runs",
        lang="th",
        rules=write_rules(tmp_path / "rules"),
    )


def test_a_fault_of_ours_is_a_result_in_words(task: ChildTask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(job: Job) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr(audit_full, "run_job", broken)
    result = perform(task, Lifeline())
    assert (result.outcome, result.code) == ("failed", 1)
    assert "boom" in result.reason
    assert ChildTask.model_validate_json(task.model_dump_json()) == task


def test_what_a_killed_child_had_finished_is_not_asked_again(task: ChildTask) -> None:
    asked: list[str] = []

    def counted(path: str) -> tuple[int, str]:
        asked.append(path)
        return answer(path)

    with site(counted) as url:
        task = task.model_copy(update={"agency": AgencyConfig(name="ก", url=url)})
        first = perform(task, Lifeline())
        assert first.outcome == "judged"
        assert {host.answered > 0 for host in first.hosts} == {True}
        asked.clear()
        again = perform(task, Lifeline())
    assert asked == []
    assert (again.folder, again.statuses, again.code) == (first.folder, first.statuses, first.code)
    assert len(list(task.base.glob("ก/*/run.sqlite"))) == 1
