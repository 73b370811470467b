"""Only what no remaining run needs is deleted, whatever else is going on and whenever a kill comes."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ita_rules.errors import OutputError
from ita_rules.history import Index, collecting, enter, gathering
from ita_rules.history.holdings import bodies, referred
from ita_rules.history.lock import is_being_written
from ita_rules.history.runs import GONE
from ita_rules.history.sweep import SPARED_SECONDS, plan, sweep
from ita_rules.run.store import FILE_NAME, RunWriter, load_run
from ita_rules.run.types import Exchange, RunMeta
from tests.cli.site import ROOT
from tests.history.build import HOME, NIGHT, nights, save, simple

LATER = time.time() + 2 * SPARED_SECONDS
"""A time at which the bodies of a test are no longer young."""
SHARED = "ข้อความที่ทุกคืนมีเหมือนกัน"


def _store(base: Path, count: int = 40, status: str = "pass") -> list[Path]:
    """An agency's nights, each with a body of its own and one that all share."""
    folders = []
    for number, told in enumerate(nights(*[status] * count)):
        texts = {HOME: SHARED, f"{HOME}n": f"คืนที่ {number}"}
        folders.append(save(base, told, texts=texts))
        enter(base, folders[-1])
    return folders


def _day(after: int) -> dt.date:
    return (NIGHT + dt.timedelta(days=after)).date()


def test_nothing_is_deleted_by_planning(tmp_path: Path) -> None:
    folders = _store(tmp_path, 5)
    before = sorted(str(path) for path in tmp_path.rglob("*"))
    found = plan(tmp_path, _day(300), 0, 0, LATER)
    assert sorted(str(path) for path in tmp_path.rglob("*")) == before
    assert [held.path for _, held in found.runs] == folders[:4]  # the last of January is the newest too
    assert found.bytes > 0


def test_old_runs_go_with_the_bodies_that_only_they_had(tmp_path: Path) -> None:
    _store(tmp_path)
    planned = plan(tmp_path, _day(39), 3, 10, LATER)
    going = {held.standing.folder for _, held in planned.runs}
    assert len(planned.loose) == len(going) > 20
    done = sweep(tmp_path, planned, LATER)
    assert (done.runs, done.bodies, done.spared, done.blocked) == (len(going), len(going), 0, None)
    assert done.bytes == planned.bytes
    with Index(tmp_path) as index:
        left = [entry.folder for entry in index.entries()]
    assert len(left) == 40 - len(going)
    stored = set(bodies(tmp_path))
    for folder in left:
        assert referred(tmp_path / folder) <= stored
        assert len(load_run(tmp_path / folder).documents) == 2
    assert len(stored) == len(left) + 1
    assert plan(tmp_path, _day(39), 3, 10, LATER).bytes == 0
    assert not (tmp_path / GONE).exists()


def test_evidence_of_a_gap_stays(tmp_path: Path) -> None:
    for number, told in enumerate(nights("pass", "gap", "gap", "gap", "pass", "pass", "pass")):
        enter(tmp_path, save(tmp_path, told, texts={HOME: f"คืนที่ {number}"}))
    sweep(tmp_path, plan(tmp_path, _day(900), 0, 0, LATER), LATER)
    with Index(tmp_path) as index:
        assert [entry.items[0].status.value for entry in index.entries()] == ["gap", "gap", "pass"]
    assert len(bodies(tmp_path)) == 3


def test_young_bodies_stay(tmp_path: Path) -> None:
    _store(tmp_path, 5)
    done = sweep(tmp_path, plan(tmp_path, _day(300), 0, 0))
    assert (done.runs, done.bodies) == (4, 0)
    assert len(bodies(tmp_path)) == 6


def test_a_run_with_somebodys_files_stays(tmp_path: Path) -> None:
    folders = _store(tmp_path, 4)
    (folders[0] / "decisions.json").write_text("{}")
    (folders[1] / "evidence.zip").write_bytes(b"PK")
    planned = plan(tmp_path, _day(300), 0, 0, LATER)
    assert [held.path for _, held in planned.runs] == [folders[2]]
    assert planned.why["อบต.ไผ่เขียว/20260105-020000"] == "foreign"


def test_no_bodies_go_while_an_audit_writes(tmp_path: Path) -> None:
    _store(tmp_path, 4)
    planned = plan(tmp_path, _day(300), 0, 0, LATER)
    with gathering(tmp_path):
        done = sweep(tmp_path, planned, LATER)
    assert isinstance(done.blocked, OutputError)
    assert done.blocked.message_id == "store_in_use"
    assert (done.runs, done.bodies) == (3, 0)
    assert len(bodies(tmp_path)) == 5
    assert sweep(tmp_path, plan(tmp_path, _day(300), 0, 0, LATER), LATER).bodies == 3


def test_audits_share_the_store_and_wait_for_the_collector(tmp_path: Path) -> None:
    with gathering(tmp_path), gathering(tmp_path, seconds=0.1):
        pass
    with collecting(tmp_path):
        with pytest.raises(OutputError, match="store_collecting"), gathering(tmp_path, seconds=0.1):
            pass
        with pytest.raises(OutputError, match="store_in_use"), collecting(tmp_path, seconds=0.1):
            pass
    with gathering(tmp_path, seconds=0.1):
        pass


def test_what_came_in_since_the_plan_is_looked_at_again(tmp_path: Path) -> None:
    """A body that was loose when it was planned is evidence of a run by the time of deletion: it stays."""
    folders = _store(tmp_path, 3)
    planned = plan(tmp_path, _day(300), 0, 0, LATER)
    lost = next(iter(referred(folders[0]) - referred(folders[2])))
    with RunWriter(tmp_path / "b" / "20270101-020000", RunMeta(HOME), blobs=tmp_path / "blobs") as writer:
        writer.put_exchange(Exchange("k", "k", sha256=lost))
    sweep(tmp_path, planned, LATER)
    assert lost in bodies(tmp_path)
    assert not folders[0].exists()


def test_a_run_that_cannot_be_read_stops_the_collecting_of_bodies(tmp_path: Path) -> None:
    folders = _store(tmp_path, 4)
    (folders[3] / FILE_NAME).write_bytes(b"broken" * 400)
    planned = plan(tmp_path, _day(300), 0, 0, LATER)
    assert planned.blocked is not None
    assert planned.loose == ()
    assert sweep(tmp_path, planned, LATER).bodies == 0
    assert len(bodies(tmp_path)) == 5


def test_a_run_that_is_being_written_is_left_alone(tmp_path: Path) -> None:
    _store(tmp_path, 2)
    old = save(tmp_path, simple("gap", NIGHT - dt.timedelta(days=9)), finished=False)
    script = (
        "import sys; from pathlib import Path; from ita_rules.run.store import RunWriter\n"
        "writer, run = RunWriter.resume(Path(sys.argv[1])); print('open', flush=True); sys.stdin.readline()"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(old)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    )
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == b"open\n"
        assert is_being_written(old / FILE_NAME)
        planned = plan(tmp_path, _day(300), 0, 0, LATER)
        assert old in [held.path for _, held in planned.runs]
        assert sweep(tmp_path, planned, LATER).spared == 1
        assert old.is_dir()
    finally:
        child.communicate(b"\n", timeout=20)
    assert not is_being_written(old / FILE_NAME)
    sweep(tmp_path, planned, LATER)
    assert not old.exists()


def test_what_a_kill_left_is_finished_by_the_next_call(tmp_path: Path) -> None:
    folders = _store(tmp_path, 3)
    (tmp_path / GONE).mkdir()
    folders[0].rename(tmp_path / GONE / "x")
    planned = plan(tmp_path, _day(1), 30, 60, LATER)
    assert planned.left_over > 0
    done = sweep(tmp_path, planned, LATER)
    assert (done.runs, done.bodies) == (0, 1)
    assert not (tmp_path / GONE).exists()
    with Index(tmp_path) as index:
        assert len(list(index.entries())) == 2


@pytest.mark.slow
@pytest.mark.parametrize("after", [0.0, 0.02, 0.05, 0.12, 0.25])
def test_a_kill_while_sweeping_loses_nothing_that_is_needed(tmp_path: Path, after: float) -> None:
    _store(tmp_path, 60)
    script = (
        "import sys, datetime as dt; from pathlib import Path; from ita_rules.history.sweep import plan, sweep\n"
        "base, day, now = Path(sys.argv[1]), dt.date.fromisoformat(sys.argv[2]), float(sys.argv[3])\n"
        "planned = plan(base, day, 3, 10, now); print('ready', flush=True); sweep(base, planned, now)"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path), _day(59).isoformat(), str(LATER)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(after)
        child.send_signal(signal.SIGKILL)
    finally:
        child.kill()
        child.communicate()
    sweep(tmp_path, plan(tmp_path, _day(59), 3, 10, LATER), LATER)
    with Index(tmp_path) as index:
        left = [entry.folder for entry in index.entries()]
    stored = set(bodies(tmp_path))
    assert 5 < len(left) < 30
    assert stored == set().union(*(referred(tmp_path / folder) for folder in left))
    assert all((tmp_path / folder / "report.json").is_file() for folder in left)
