"""Children that are forked from a process that has loaded everything: what they have, what they share, and what may be killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ita_rules.audit import warm
from ita_rules.audit.warm import CAN_FORK, Forked, Warm
from tests.audit.night import wait

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="children are started plainly here")


@pytest.fixture
def started(module: str) -> Iterator[Warm]:
    with Warm(module, module, "told once") as made:
        yield made


def ask(child: Any, **said: object) -> None:
    child.stdin.write(json.dumps(said).encode())
    child.stdin.flush()


def over(child: Any) -> int:
    """Wait for the end of a child, as a pool does."""
    status: int = child.wait(30)
    child.stdin.close()
    return status


def found(path: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return told


def test_a_child_is_like_one_that_was_started(started: Warm, tmp_path: Path) -> None:
    child = started.start(tmp_path / "log" / "a.txt")
    assert isinstance(child, Forked)
    assert child.poll() is None
    ask(child, to=str(tmp_path / "a"), code=12)
    assert (over(child), child.poll(), child.returncode) == (12, 12, 12)
    told = found(tmp_path / "a")
    assert told["pid"] == told["session"] == child.pid
    # The listing of the open files is a file itself.
    assert [n for n in told["files"] if n > 2] in ([], [3])
    assert (told["loaded"], told["threads"]) == (["told once"], 1)
    assert sorted((tmp_path / "log" / "a.txt").read_text("utf-8").split()) == ["complained", "spoken"]


def test_children_know_nothing_of_one_another(started: Warm, tmp_path: Path) -> None:
    children = [started.start(tmp_path / "log") for _ in range(3)]
    for number, child in enumerate(children):
        ask(child, to=str(tmp_path / str(number)), code=number)
    assert [over(child) for child in children] == [0, 1, 2]
    told = [found(tmp_path / str(number)) for number in range(3)]
    assert {one["count"] for one in told} == {1}
    assert len({one["chance"] for one in told}) == 3
    assert len({one["parent"] for one in told}) == 1
    assert all([n for n in one["files"] if n > 2] in ([], [3]) for one in told)


def test_the_end_of_the_pipe_is_told_whatever_other_children_are_there(started: Warm, tmp_path: Path) -> None:
    first, second = started.start(None), started.start(None)
    for number, child in enumerate((first, second)):
        ask(child, to=str(tmp_path / str(number)), code=0, wait=True)
    assert first.stdin is not None
    first.stdin.close()
    assert first.wait(30) == 0
    assert second.poll() is None
    os.killpg(second.pid, signal.SIGKILL)
    assert over(second) == -signal.SIGKILL


def test_another_one_forks_where_the_first_was_killed(started: Warm, tmp_path: Path) -> None:
    first = started.start(tmp_path / "log")
    ask(first, to=str(tmp_path / "a"), code=0, wait=True)
    assert started._server is not None
    killed = started._server.pid
    os.kill(killed, signal.SIGKILL)
    # Nobody can tell of the first any more.
    assert wait(lambda: first.poll() == -signal.SIGKILL)
    os.killpg(first.pid, signal.SIGKILL)
    assert over(first) == -signal.SIGKILL
    second = started.start(tmp_path / "log")
    ask(second, to=str(tmp_path / "b"), code=3)
    assert (isinstance(second, Forked), over(second)) == (True, 3)
    assert found(tmp_path / "b")["parent"] != killed


@pytest.mark.parametrize("fault", ["raise ValueError", "import os; os.kill(os.getpid(), 9)"])
def test_children_are_started_plainly_where_loading_fails(module: str, tmp_path: Path, fault: str) -> None:
    (tmp_path / "warm_broken.py").write_text(f"def prepare(words):\n    {fault}\n", "utf-8")
    with Warm(module, "warm_broken", "") as made:
        child = made.start(tmp_path / "log")
        assert isinstance(child, subprocess.Popen)
        ask(child, to=str(tmp_path / "a"), code=4)
        assert over(child) == 4
    assert (found(tmp_path / "a")["loaded"], found(tmp_path / "a")["parent"]) == ([], os.getpid())


def test_children_are_started_plainly_where_none_is_forked(
    started: Warm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warm, "CAN_FORK", False)
    child = started.start(tmp_path / "log")
    ask(child, to=str(tmp_path / "a"), code=0)
    assert (isinstance(child, subprocess.Popen), over(child)) == (True, 0)


def test_it_ends_with_its_audit(module: str, tmp_path: Path) -> None:
    with Warm(module, module, "") as made:
        child = made.start(tmp_path / "log")
        ask(child, to=str(tmp_path / "a"), code=0, wait=True)
        assert made._server is not None
        server = made._server.pid
        # One thread alone: what forks must not have others.
        assert len(list(Path(f"/proc/{server}/task").iterdir())) == 1
    assert not Path(f"/proc/{server}").exists()
    os.killpg(child.pid, signal.SIGKILL)
    assert over(child) == -signal.SIGKILL
