"""A worker's job, done here: once for an agency and an audit, from what an earlier night left, in a folder that is gone after."""

from __future__ import annotations

import errno
import json
import pickle
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ita_rules.audit import cluster_job, space
from ita_rules.audit.cluster import refusal
from ita_rules.audit.cluster_job import Answer, ClusterJob, Greeting, UnwantedError, greet, mark, packed, unpacked, work
from ita_rules.audit.cluster_warm import Keeper, Lent, Shared
from ita_rules.audit.pool import Child
from ita_rules.audit.record import Audit, Result
from ita_rules.audit.runner import ATTEMPTS
from ita_rules.audit.warm import CAN_FORK, Forked
from ita_rules.cli.audit_child import ChildTask, Common
from ita_rules.config import AgencyConfig, Config
from ita_rules.errors import OutputError
from ita_rules.storage import inputs, nights
from ita_rules.storage.places import MARK, mark_of, open_storage
from tests.audit.night import answer
from tests.cli.site import site
from tests.rulesets.folder import write_rules


@pytest.fixture(autouse=True)
def own_scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    return tmp_path / "scratch"


def job_of(folder: Path, url: str, audit: str = "20261121-020000-aaaaaaaa", **more: Any) -> ClusterJob:
    storage = open_storage((folder / "shared").as_uri())
    rules = folder / "rules"
    if not rules.exists():
        write_rules(rules)
    task = ChildTask(
        key="k",
        agency=AgencyConfig(name="ก", url=url, code="001"),
        settings=Config.model_validate({"format": ["json"], "as_of": "2023-04-28"}),
        config=Path("config.yaml"),
        audit=Path("audit"),
        base=Path("runs"),
        lang="en",
        rules=Path("rules"),
    )
    return ClusterJob.model_validate(
        {
            "night": nights.night_name(audit, "k"),
            "folder": "ก",
            "session": "s",
            "storage": storage.url,
            "storage_mark": mark_of(storage),
            "version": mark(),
            "seconds": 60.0,
            "words": task.model_dump(mode="json"),
            "inputs": (inputs.lay(storage, {"rules": rules}),),
            **more,
        }
    )


def done(job: ClusterJob) -> Answer:
    return Answer.model_validate_json(work(job.model_dump_json()))


def test_a_job_leaves_a_whole_run_and_is_done_once(tmp_path: Path, own_scratch: Path) -> None:
    asked: list[str] = []

    def counted(path: str) -> tuple[int, str]:
        asked.append(path)
        return answer(path)

    with site(counted) as url:
        first = done(job_of(tmp_path, url))
        assert first.manifest is not None
        found = Result.model_validate(first.manifest.result)
        assert (found.outcome, first.manifest.agency, first.manifest.code) == ("judged", "ก", "001")
        run = tmp_path / "shared" / str(first.manifest.folder)
        with closing(sqlite3.connect(run / "run.sqlite")) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            shas = {sha for (sha,) in db.execute("SELECT sha256 FROM exchange WHERE sha256 IS NOT NULL")}
        assert all((tmp_path / "shared" / "blobs" / sha[:2] / sha[2:]).is_file() for sha in shas)
        assert list(own_scratch.iterdir()) == []
        asked.clear()
        # A worker that does it again finds it done, and asks nobody.
        assert done(job_of(tmp_path, url)) == first
        assert asked == []
        # Another night is another one; it rests on what the first one left.
        second = done(job_of(tmp_path, url, "20261122-020000-bbbbbbbb"))
    assert second.manifest is not None
    assert second.manifest.folder != first.manifest.folder
    assert len(list((tmp_path / "shared" / "ก").iterdir())) == 2


def test_a_night_rests_on_the_run_before_and_on_what_the_driver_knows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}

    def look(self: Any) -> Answer:
        self._prepare()
        words = self._words(None)
        seen["files"] = {path.relative_to(self.base).as_posix() for path in self.base.rglob("*") if path.is_file()}
        seen["origin"] = json.loads((self.base / "blobs" / ".origin").read_text("utf-8"))
        seen["rules"] = (Path(words["rules"]) / "rulesets").is_dir() or any(Path(words["rules"]).iterdir())
        return Answer()

    with site(answer) as url:
        first = done(job_of(tmp_path, url))
        monkeypatch.setattr(cluster_job._Work, "done", look)
        done(
            job_of(
                tmp_path, url, "20261122-020000-bbbbbbbb", seed={"ก/decisions.json": packed(b"[]"), "index.sqlite": packed(b"x")}
            )
        )
    assert first.manifest is not None
    assert {f"{first.manifest.folder}/run.sqlite", f"{first.manifest.folder}/report.json"} <= seen["files"]
    assert {"ก/decisions.json", "index.sqlite"} <= seen["files"]
    assert seen["origin"]["known"]
    assert seen["rules"]
    assert unpacked(packed(b"abc")) == b"abc"


@pytest.mark.skipif(not CAN_FORK, reason="children are started plainly here")
def test_children_of_jobs_with_much_in_common_are_forked_and_judge_the_same(
    tmp_path: Path, own_scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    children: list[Child] = []
    start = Lent.start

    def kept(lent: Lent, log: Path) -> Child:
        children.append(start(lent, log))
        return children[-1]

    monkeypatch.setattr(cluster_job, "_keeper", Keeper())
    monkeypatch.setattr(Lent, "start", kept)
    common = Common(lang="en", formats=("json",), rulesets=(None,), rules=Path("rules"))
    with site(answer) as url:
        plain = job_of(tmp_path, url)
        shared = Shared(words=common.model_dump(mode="json"), archive=plain.inputs[0])
        first = done(plain)
        later = [
            done(job_of(tmp_path, url, f"2026112{night}-020000-bbbbbbbb", shared=shared.model_dump(mode="json")))
            for night in (2, 3)
        ]
    cluster_job._keeper.end()
    told = [Result.model_validate(one.manifest.result) for one in (first, *later) if one.manifest is not None]
    assert [(one.outcome, one.statuses, one.code) for one in told] == 3 * [("judged", told[0].statuses, told[0].code)]
    # By the same rules in another folder a site that has not changed is only looked at again.
    assert [one.depth for one in told] == ["full", "light", "light"]
    assert [type(child) for child in children] == 2 * [Forked]
    assert list(own_scratch.iterdir()) == []


def test_another_version_is_refused_in_one_word(tmp_path: Path) -> None:
    job = job_of(tmp_path, "http://127.0.0.1:9/").model_copy(update={"version": "0.0"})
    assert (done(job).refused, done(job).found) == ("version", mark())
    # A driver of a later version may say more than this worker understands.
    assert Answer.model_validate_json(work(json.dumps({"version": "9", "more": 1}))).refused == "version"


def test_a_folder_that_is_not_mounted_is_no_storage(tmp_path: Path) -> None:
    job = job_of(tmp_path, "http://127.0.0.1:9/")
    (tmp_path / "shared").rename(tmp_path / "elsewhere")
    assert done(job).refused == "storage"
    assert not (tmp_path / "shared").exists()
    # Another storage under the same path is none either.
    (tmp_path / "shared" / ".cluster").mkdir(parents=True)
    (tmp_path / "shared" / MARK).write_bytes(b"another")
    assert done(job).refused == "storage"


def test_a_child_that_crashes_always_is_no_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_job, "CHILD", "tests.audit.no_such_module")
    found = done(job_of(tmp_path, "http://127.0.0.1:9/"))
    assert found.manifest is None
    assert found.status not in (None, 0)
    assert found.log.count("no_such_module") >= ATTEMPTS
    assert not (tmp_path / "shared" / ".cluster" / "nights").exists()


def test_who_is_not_wanted_lets_go_and_who_is_stopped_tells_what_there_is(
    tmp_path: Path, own_scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with site(answer, 0.3) as url:
        with monkeypatch.context() as patch:
            patch.setattr(cluster_job, "_is_unwanted", begun(own_scratch))
            with pytest.raises(UnwantedError):
                work(job_of(tmp_path, url).model_dump_json())
        assert list(own_scratch.iterdir()) == []
        stopping = begun(own_scratch)

        def ask() -> bool:
            if stopping():
                cluster_job.stop("s")
            return False

        monkeypatch.setattr(cluster_job, "_is_unwanted", ask)
        monkeypatch.setattr(cluster_job, "_stopped", set())
        found = done(job_of(tmp_path, url))
    assert found.manifest is not None
    assert found.manifest.result["outcome"] == "interrupted"
    # It does not count as done: the audit that goes on does it again.
    assert not (tmp_path / "shared" / ".cluster" / "nights").exists()


def test_a_storage_that_fails_is_told_in_an_error_that_travels(tmp_path: Path) -> None:
    job = job_of(tmp_path, "http://127.0.0.1:9/")
    with pytest.raises(RuntimeError, match=r"storage\.kind") as told:
        work(job.model_copy(update={"storage": "nothing://x"}).model_dump_json())
    assert str(pickle.loads(pickle.dumps(told.value))) == str(told.value)


def begun(scratch: Path) -> Callable[[], bool]:
    """Whether a run has begun below a folder and something of the site lies there."""
    return lambda: any(scratch.glob("*/runs/blobs/*/*"))


def test_a_worker_says_what_it_is_and_whether_it_sees_the_storage(tmp_path: Path) -> None:
    storage = open_storage((tmp_path / "shared").as_uri())
    known_by = mark_of(storage)
    assert mark_of(storage) == known_by
    assert Greeting.model_validate_json(greet(storage.url, known_by)).sees
    blind = Greeting.model_validate_json(greet((tmp_path / "elsewhere").as_uri(), known_by))
    assert not blind.sees
    assert blind.version == mark()
    assert "storage.kind" in Greeting.model_validate_json(greet("nothing://x", known_by)).why


@pytest.mark.parametrize("when", ["before", "while"])
def test_a_worker_without_room_on_its_disk_gives_the_agency_back(
    tmp_path: Path, own_scratch: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    def full(self: Any) -> None:
        monkeypatch.setattr(space, "LEAST", 1 << 62)
        raise OSError(errno.ENOSPC, "No space left on device")

    if when == "before":
        monkeypatch.setattr(space, "LEAST", 1 << 62)
    else:
        monkeypatch.setattr(cluster_job._Work, "_prepare", full)
    with site(answer) as url:
        found = done(job_of(tmp_path, url))
    assert (found.refused, found.found, found.manifest) == ("space", str(own_scratch), None)
    assert list(own_scratch.iterdir()) == []
    assert refusal("tcp://w", found).message_id == "error.cluster.space"


def test_a_storage_without_room_is_no_fault_of_the_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Any) -> None:
        raise OutputError("not_writable", path="x", reason="-") from OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(cluster_job._Work, "_prepare", full)
    with site(answer) as url, pytest.raises(RuntimeError):
        done(job_of(tmp_path, url))


def test_a_child_that_found_the_disk_full_is_not_taken_for_one_that_a_person_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found_full(audit: Audit, key: str) -> Result:
        monkeypatch.setattr(space, "LEAST", 1 << 62)
        return Result(key=key, name="ก", type="local", url="x", outcome="interrupted", code=1)

    monkeypatch.setattr(Audit, "result", found_full)
    with site(answer) as url:
        assert done(job_of(tmp_path, url)).refused == "space"
