"""What goes to workers and what is taken in: no secrets out, each agency once in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ita_rules.across import earlier_of
from ita_rules.audit.cluster_job import Answer, ClusterJob, mark
from ita_rules.audit.record import Audit, Header, Result
from ita_rules.audit.runner import Task
from ita_rules.cli.audit_child import ChildTask, Common
from ita_rules.cli.audit_full import job_of
from ita_rules.cli.cluster_night import FarNight, far_of, storage_of, tls_of
from ita_rules.config import AgencyConfig, ClusterConfig, ClusterTls, Config, Notify
from ita_rules.errors import UsageError
from ita_rules.storage import nights
from ita_rules.storage.nights import Manifest
from ita_rules.storage.places import mark_of, open_storage
from tests.audit.test_plan import result
from tests.rulesets.folder import write_rules

Make = Callable[..., FarNight]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    audit = Audit.create(tmp_path / "runs", Header(started="x", config="config.yaml", keys=("k",)), "20261121-020000")

    def made(**files: Path | None) -> FarNight:
        def lost(task: Task, overdue: bool, status: int | None) -> Result:
            return result(task.key, outcome="failed")

        storage = open_storage((tmp_path / "shared").as_uri())
        return FarNight(storage, audit, tmp_path / "runs", tmp_path / "config.yaml", {"k": "ก"}, files, lost, "s", 60.0)

    return made


def task_of(folder: Path, settings: Config, **agency: object) -> Task:
    words = ChildTask(
        key="k",
        agency=AgencyConfig.model_validate({"name": "ก", "url": "http://127.0.0.1:9/", **agency}),
        settings=settings,
        config=folder / "config.yaml",
        audit=folder / "runs" / "audits" / "x",
        base=folder / "runs",
        lang="th",
        rules=folder / "rules",
    )
    return Task("k", "ก", words.model_dump_json().encode())


def test_a_job_holds_what_the_child_needs_and_no_password(make: Make, tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    for name in ("rules/a.yaml", "answers.csv", "scores.csv", "exceptions.yaml"):
        (tmp_path / name).write_bytes(name.encode())
    settings = Config(
        notify=Notify(channels=("mailto://user:secret@example.go.th",)),
        scores="scores.csv",
        storage="file:///secret",
        cluster=ClusterConfig(tls=ClusterTls(ca="secret", cert="secret", key="secret")),
    )
    night = make(rules=tmp_path / "rules", exceptions=None, scores=None)
    text = night.words(task_of(tmp_path, settings, answers="answers.csv", channels=["json://user:secret@x"]))
    assert "secret" not in text
    job = ClusterJob.model_validate_json(text)
    assert job.version == mark()
    assert job.storage_mark == mark_of(night.storage)
    ChildTask.model_validate_json(json.dumps(job.words))
    assert (job.words["rules"], job.words["settings"]["scores"]) == ("rules", "scores/scores.csv")
    assert job.words["agency"]["answers"] == "answers/answers.csv"
    found: set[str] = set()
    for number, name in enumerate(job.inputs):
        from ita_rules.storage import inputs

        inputs.unpack(night.storage, name, tmp_path / f"there{number}")
        found |= {p.relative_to(tmp_path / f"there{number}").as_posix() for p in (tmp_path / f"there{number}").rglob("*.*")}
    assert found == {"rules/a.yaml", "answers/answers.csv", "scores/scores.csv", "exceptions.yaml"}
    # Answers that are missing are a fault of one agency, which its child tells: the others have their night.
    assert len(ClusterJob.model_validate_json(night.words(task_of(tmp_path, settings, answers="gone.csv"))).inputs) == 1


def test_what_all_agencies_have_in_common_is_told_where_it_is_worth_it(make: Make, tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.yaml").write_bytes(b"a")
    for rules in (tmp_path / "rules", None):
        night = make(rules=rules)
        assert ClusterJob.model_validate_json(night.words(task_of(tmp_path, Config()))).shared is None
        night.common = Common(lang="th", formats=("json",), rulesets=("oit-2569",), rules=rules)
        job = ClusterJob.model_validate_json(night.words(task_of(tmp_path, Config())))
        assert job.shared is not None
        # Two agencies say the same, whatever else their jobs say, and nothing of this machine's folders.
        other = ClusterJob.model_validate_json(night.words(task_of(tmp_path, Config(), code="002")))
        assert job.shared == other.shared
        assert Common.model_validate(job.shared.words).rules == (Path("rules") if rules else None)
        assert job.shared.archive == (job.inputs[0] if rules else "")


def published(night: FarNight, folder: Path, **more: object) -> Manifest:
    run = folder / "scratch" / "20261121-020001"
    run.mkdir(parents=True, exist_ok=True)
    (run / "run.sqlite").write_bytes(b"run")
    manifest = Manifest(
        name=nights.night_name(night.name, "k"),
        agency="ก",
        folder="ก/20261121-020001",
        result=result("k").model_copy(update=more).model_dump(mode="json"),
    )
    return nights.publish(night.storage, manifest, run, keep=more.get("outcome") != "interrupted")


def test_the_earlier_years_check_that_only_the_driver_knows_goes_along(make: Make, tmp_path: Path) -> None:
    from tests.cli.test_earlier import of, remembered

    told = of(2565, name="ก", url="http://127.0.0.1:9/")
    remembered(tmp_path / "runs", told)
    rules = write_rules(tmp_path / "rules")
    job = ClusterJob.model_validate_json(make(rules=rules).words(task_of(tmp_path, Config())))
    child = ChildTask.model_validate(job.words)
    assert child.previous == earlier_of(told).as_text()
    with job_of(child.model_copy(update={"rules": rules, "base": tmp_path / "there"})) as made:
        assert made.previous == earlier_of(told)
    unknown = make(rules=rules).words(task_of(tmp_path, Config(ruleset="oit-9999")))
    assert ClusterJob.model_validate_json(unknown).words["previous"] == ""


def test_what_was_finished_while_nobody_listened_is_taken_in_once(make: Make, tmp_path: Path) -> None:
    night = make()
    published(night, tmp_path)
    assert night.made_up(["k"]) == 1
    found = night.audit.result("k")
    assert found is not None
    assert (found.outcome, found.folder) == ("judged", "ก/20261121-020001")
    assert night.made_up(["k"]) == 1
    assert len(list((tmp_path / "runs" / "ก").iterdir())) == 1
    # Of another audit of the same second nothing is taken in.
    other = Audit.create(tmp_path / "other", Header(started="x", config="other.yaml", keys=("k",)), "20261121-020000")
    assert other.id == night.audit.id
    assert other.unique() != night.audit.unique()


def test_a_run_that_is_broken_costs_its_agency_and_can_be_done_again(make: Make, tmp_path: Path) -> None:
    night = make()
    manifest = published(night, tmp_path)
    night.storage.put("ก/20261121-020001/run.sqlite", b"changed")
    task = Task("k", "ก", b"")
    failed = night.taken(task, Answer(manifest=manifest, log="what it said"))
    assert failed is not None
    assert failed.outcome == "failed"
    assert "run.sqlite" in failed.reason
    assert night.audit.log("k").read_text("utf-8") == "what it said"
    assert nights.find(night.storage, "ก", manifest.name) is None
    assert night.made_up(["k"]) == 0
    late = night.taken(task, Answer(overdue=True))
    assert late is not None
    assert late.outcome == "failed"
    # Of what was stopped before it came to anything nothing is kept: it is done with the next audit that goes on.
    assert night.taken(task, Answer(stopped=True)) is None


def test_where_the_cluster_is_and_what_it_shares(tmp_path: Path) -> None:
    with far_of(Config(), tmp_path / "config.yaml", tmp_path, None, (None, None, None)) as far:
        assert far is None
    named = Config(cluster=ClusterConfig(address="tls://10.0.0.1:8786"))
    with far_of(named, tmp_path / "config.yaml", tmp_path, "local", (None, None, None)) as far:
        assert far is None
    assert storage_of(Config(), tmp_path, True).folder == tmp_path
    with pytest.raises(UsageError, match="no_storage"):
        storage_of(Config(), tmp_path, False)
    tls = ClusterConfig(tls=ClusterTls(ca="a", cert="b", key="/c"))
    found = tls_of(tls, tmp_path / "config.yaml", (None, None, None))
    assert (found.ca, found.key) == (tmp_path / "a", Path("/c"))
    assert tls_of(ClusterConfig(), tmp_path, (None, None, None)) is None
    with pytest.raises(UsageError, match="tls_half"):
        tls_of(tls, tmp_path, (Path("a"), None, None))
