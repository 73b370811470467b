"""The driver, a child, what forks it, a worker and the scheduler killed outright: every agency ends audited once, with nothing
half written.

The moments are seeded and told by what has happened (a child at work, a run begun, agencies done), never by the clock.
"""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from ita_rules.audit.warm import CAN_FORK
from ita_rules.history import Index
from tests.audit.machines import PATIENCE, Machines
from tests.audit.night import answer, begin, configure, drafts, kill, processes, results, servers_of, wait
from tests.cli.site import site
from tests.rulesets.folder import write_rules

pytest.importorskip("distributed", reason="the extra cluster is not installed")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="processes are looked up in /proc"),
]
NAMES = ("ก", "ข", "ค")
TWO = NAMES[:2]
SEEDS = range(5)


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    found = Machines(tmp_path_factory.mktemp("cluster") / "machines")
    try:
        yield found
    finally:
        found.end()


@contextmanager
def agencies(folder: Path, names: tuple[str, ...]) -> Iterator[None]:
    """Agencies that take a while, and a storage beside OUT."""
    with ExitStack() as stack:
        urls = {name: stack.enter_context(site(answer, 0.1)) for name in names}
        configure(folder, urls, f"storage: '{(folder / 'shared').as_uri()}'\n")
        write_rules(folder / "rules")
        yield


@pytest.fixture
def night(tmp_path: Path) -> Iterator[None]:
    """More agencies than the machines have places."""
    with agencies(tmp_path, NAMES):
        yield


def moment(folder: Path, machines: Machines, audit: subprocess.Popen[bytes], seed: int) -> None:
    """Wait for a seeded moment of an audit."""
    chance = random.Random(seed)
    done = chance.randint(0, 1)
    sign: Callable[[], bool] = chance.choice(
        [lambda: bool(machines.children()), lambda: bool(machines.scratch()), lambda: any(folder.glob("shared/blobs/*/*"))]
    )
    came = wait(
        lambda: (bool(machines.children()) and len(results(folder)) >= done and sign()) or audit.poll() is not None, PATIENCE
    )
    assert came
    assert audit.poll() is None, audit.communicate()


def audited_once(folder: Path, names: tuple[str, ...] = NAMES, far: bool = True) -> None:
    """Each agency has one result and one run in OUT and its history; where all was done by the cluster, in the storage too."""
    found = results(folder)
    assert {name: [one["outcome"] for one in ones] for name, ones in found.items()} == {name: ["judged"] for name in names}
    for (one,) in found.values():
        run = folder / "runs" / str(one["folder"])
        assert json.loads((run / "report.json").read_text("utf-8"))["run"]["stopped_by"] is None
        with closing(sqlite3.connect(run / "run.sqlite")) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with Index(folder / "runs") as index:
        assert sorted(entry.name for entry in index.entries()) == sorted(names)
    for place in ("runs", "shared") if far else ("runs",):
        assert sorted(path.parent.parent.name for path in folder.glob(f"{place}/*/*/report.json")) == sorted(names)
    assert len(list(folder.glob("shared/.cluster/nights/*/*.json"))) == len(names) or not far
    assert drafts(folder) == []
    assert list(folder.glob("runs/.incoming-*")) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_driver_that_is_killed_loses_and_repeats_no_agency(tmp_path: Path, machines: Machines, night: None, seed: int) -> None:
    first = begin(tmp_path, tmp_path / "rules", "--cluster", machines.address)
    moment(tmp_path, machines, first, seed)
    kill(first.pid)
    first.communicate(timeout=60)
    # Nobody wants the results any more: workers let go of what they have in hand, or finish it for whoever comes.
    assert wait(lambda: not machines.children(), PATIENCE)
    begun = {path.name for path in tmp_path.glob("shared/.cluster/nights/*")}
    stamps = {path: path.stat().st_mtime_ns for path in tmp_path.glob("shared/.cluster/nights/*/*.json")}
    again = begin(tmp_path, tmp_path / "rules", "--resume", "--cluster", machines.address)
    _, err = again.communicate(timeout=2 * PATIENCE)
    assert again.returncode in (10, 12), err.decode()
    audited_once(tmp_path)
    assert len(stamps) == len(begun)
    assert all(path.stat().st_mtime_ns == stamp for path, stamp in stamps.items())


@pytest.mark.parametrize("seed", SEEDS)
def test_a_child_on_a_worker_that_is_killed_costs_nothing(tmp_path: Path, machines: Machines, night: None, seed: int) -> None:
    whole = begin(tmp_path, tmp_path / "rules", "--cluster", machines.address)
    moment(tmp_path, machines, whole, seed + 100)
    for child in machines.children()[:1]:
        kill(child)
    _, err = whole.communicate(timeout=2 * PATIENCE)
    assert whole.returncode in (10, 12), err.decode()
    audited_once(tmp_path)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_worker_that_is_killed_costs_nothing(tmp_path: Path, machines: Machines, night: None, seed: int) -> None:
    whole = begin(tmp_path, tmp_path / "rules", "--cluster", machines.address)
    moment(tmp_path, machines, whole, seed + 200)
    victim = random.Random(seed).choice(machines.processes())
    forking = servers_of(victim)
    kill(victim)
    _, err = whole.communicate(timeout=2 * PATIENCE)
    assert whole.returncode in (10, 12), err.decode()
    audited_once(tmp_path)
    # Nothing of the worker is left.
    assert wait(lambda: not set(forking) & set(processes()))


@pytest.mark.skipif(not CAN_FORK, reason="children are started plainly here")
@pytest.mark.parametrize("seed", SEEDS)
def test_what_forks_the_children_of_a_worker_may_be_killed(tmp_path: Path, machines: Machines, night: None, seed: int) -> None:
    whole = begin(tmp_path, tmp_path / "rules", "--cluster", machines.address)
    moment(tmp_path, machines, whole, seed + 400)
    for server in machines.servers()[:1]:
        kill(server)
    _, err = whole.communicate(timeout=2 * PATIENCE)
    assert whole.returncode in (10, 12), err.decode()
    audited_once(tmp_path)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_scheduler_that_is_killed_is_told_and_gone_on_without(tmp_path: Path, seed: int) -> None:
    with agencies(tmp_path, TWO):
        first = Machines(tmp_path / "machines", workers=1)
        try:
            audit = begin(tmp_path, tmp_path / "rules", "--cluster", first.address)
            moment(tmp_path, first, audit, seed + 300)
            kill(first.scheduler.pid)
            _, err = audit.communicate(timeout=2 * PATIENCE)
            assert audit.returncode == 1, err.decode()
            assert b"--resume" in err
            assert b"Traceback" not in err
            assert wait(lambda: not first.children(), PATIENCE)
        finally:
            first.end()
        if seed % 2:
            second = Machines(tmp_path / "again", workers=1)
            try:
                again = begin(tmp_path, tmp_path / "rules", "--resume", "--cluster", second.address)
                _, err = again.communicate(timeout=2 * PATIENCE)
            finally:
                second.end()
        else:
            again = begin(tmp_path, tmp_path / "rules", "--resume", "--cluster", "local")
            _, err = again.communicate(timeout=2 * PATIENCE)
    assert again.returncode in (10, 12), err.decode()
    audited_once(tmp_path, TWO, far=bool(seed % 2))
