"""Children that crash, hang or obey: each costs its own agency at most."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from ita_rules.audit.pool import Pool
from ita_rules.audit.record import Result
from ita_rules.audit.runner import ATTEMPTS, Event, Task
from tests.audit.test_plan import result

OBEYS = "import sys; sys.stdin.readline(); open(sys.argv[1], 'w').close()"
CRASHES = "import os; os.kill(os.getpid(), 9)"
HANGS = "import time; time.sleep(60)"
STOPS = "import sys; sys.stdin.readline(); sys.stdin.readline(); open(sys.argv[1], 'w').close()"


class Night:
    """A pool whose children run the program that their task names."""

    def __init__(self, folder: Path, programs: dict[str, str], lanes: frozenset[str] = frozenset()) -> None:
        self.folder, self.programs = folder, programs
        self.events: list[tuple[str, str]] = []
        self.lost: dict[str, bool] = {}
        self.most = 0
        tasks = [Task(name, name, b"{}", lanes) for name in programs]
        self.pool = Pool(tasks, 4, 1.5, self.start, self.result, self.gone, self.told, self.tick, grace=0.5)

    def start(self, task: Task) -> subprocess.Popen[bytes]:
        words = [sys.executable, "-c", self.programs[task.key], str(self.folder / task.key)]
        return subprocess.Popen(words, stdin=subprocess.PIPE, start_new_session=True)

    def result(self, task: Task) -> Result | None:
        return result(task.key) if (self.folder / task.key).exists() else None

    def gone(self, task: Task, overdue: bool, status: int | None) -> Result:
        self.lost[task.key] = overdue
        return result(task.key, outcome="failed")

    def told(self, event: Event) -> None:
        self.events.append((event.kind, event.task.key))

    def tick(self) -> None:
        self.most = max(self.most, len(self.pool.running))


def test_a_crash_is_tried_again_and_costs_one_agency(tmp_path: Path) -> None:
    night = Night(tmp_path, {"good": OBEYS, "bad": CRASHES})
    assert night.pool.run()
    assert night.lost == {"bad": False}
    assert [kind for kind, name in night.events if name == "bad"] == ["started", *["again"] * (ATTEMPTS - 1), "done"]
    assert [kind for kind, name in night.events if name == "good"] == ["started", "done"]


def test_a_child_past_its_time_is_asked_and_then_ended(tmp_path: Path) -> None:
    night = Night(tmp_path, {"asked": STOPS, "deaf": HANGS})
    assert night.pool.run()
    assert night.lost == {"deaf": True}
    assert [name for kind, name in night.events if kind == "done"] == ["asked", "deaf"]


def test_agencies_of_one_server_take_turns(tmp_path: Path) -> None:
    night = Night(tmp_path, dict.fromkeys("abc", OBEYS), frozenset({"192.0.2.1"}))
    assert night.pool.run()
    assert night.most <= 1
    assert [kind for kind, _ in night.events] == ["started", "done"] * 3
