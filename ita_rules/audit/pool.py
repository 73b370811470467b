"""One child process per agency, as many at once as are allowed: whatever a child does to itself costs one agency at most.

A child that ends without a result is started again, twice; it goes on with what it has gathered. Parent and child hold a pipe
between them: a word on it asks the child to end, and its closing tells a child that the parent is gone.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Protocol

from ita_rules.audit.record import Result
from ita_rules.audit.runner import ATTEMPTS, Event, Task, Told, Turns

INTERRUPT = b"interrupt\n"
"""A person wants to stop: make the report of what there is."""

OVERDUE = b"overdue\n"
"""The agency's time is over: make the report of what there is, and that is its result."""

_POLL_SECONDS = 0.05
_GRACE_SECONDS = 60.0
_ROOM_BYTES = 700 * 1024**2
"""Memory that must be free before another child is started beside those at work."""


class Child(Protocol):
    """A child of an audit, as `subprocess.Popen` describes one. It leads a session of its own."""

    @property
    def pid(self) -> int:
        """Its process id."""

    @property
    def stdin(self) -> IO[bytes] | None:
        """The pipe to it."""

    @property
    def returncode(self) -> int | None:
        """Its exit status as it was when somebody asked last."""

    def poll(self) -> int | None:
        """Its exit status; None while it lasts."""

    def wait(self, timeout: float) -> int:
        """The same, waited for. Raises `subprocess.TimeoutExpired`."""

    def kill(self) -> None:
        """Kill it, and none of those that it has started."""


@dataclass(slots=True)
class Work:
    """A child at work. `began` is by the monotonic clock; `asked` when it was asked to end."""

    task: Task
    child: Child
    began: float
    attempt: int
    asked: float | None = None
    overdue: bool = False


@dataclass(slots=True)
class Pool:
    """Does tasks. `start` makes a child, `result` reads what it left, `lost` makes the result of one that left nothing.

    `lost` is told whether the task's time was over. `told` hears every event; `tick` is called about twenty times a second.
    """

    tasks: Sequence[Task]
    jobs: int
    seconds: float
    start: Callable[[Task], Child]
    result: Callable[[Task], Result | None]
    lost: Callable[[Task, bool, int | None], Result]
    told: Told = lambda event: None
    tick: Callable[[], None] = lambda: None
    grace: float = _GRACE_SECONDS
    running: list[Work] = field(default_factory=list)
    _stopping: bool = False
    _attempts: Counter[str] = field(default_factory=Counter)

    def run(self) -> bool:
        """Do them all. False when a person stopped it before the end; what was not begun stays undone then."""
        turns = Turns(self.tasks)
        try:
            while self.running or (turns.waiting and not self._stopping):
                try:
                    if not self._stopping:
                        self._fill(turns)
                    self._look(turns)
                    self.tick()
                    time.sleep(_POLL_SECONDS)
                except KeyboardInterrupt:
                    if self._stopping:
                        break
                    self.stop()
        finally:
            for work in self.running:
                _kill(work)
        return not self._stopping

    def stop(self) -> None:
        """Begin nothing more, and ask the children at work to make their reports of what there is; a second call does nothing."""
        if not self._stopping:
            self._stopping = True
            for work in self.running:
                _ask(work, INTERRUPT)

    def _fill(self, turns: Turns) -> None:
        """Start what may be started."""
        while turns.waiting and len(self.running) < self.jobs and (not self.running or has_room()):
            task = turns.take(self.running)
            if task is None:
                return
            self._attempts[task.key] += 1
            attempt = self._attempts[task.key]
            self.told(Event("started" if attempt == 1 else "again", task))
            work = Work(task, self.start(task), time.monotonic(), attempt)
            self.running.append(work)
            with contextlib.suppress(OSError):
                assert work.child.stdin is not None
                work.child.stdin.write(task.words + b"\n")
                work.child.stdin.flush()

    def _look(self, turns: Turns) -> None:
        """Take in what has ended, and end what has had its time."""
        now = time.monotonic()
        for work in list(self.running):
            if work.child.poll() is None:
                if work.asked is None and now - work.began > self.seconds:
                    work.overdue = True
                    _ask(work, OVERDUE)
                elif work.asked is not None and now - work.asked > self.grace:
                    _kill(work)
                continue
            _kill(work)
            self.running.remove(work)
            found = self.result(work.task)
            if found is None and not work.overdue and not self._stopping and work.attempt < ATTEMPTS:
                turns.back(work.task)
                continue
            if found is None and not self._stopping:
                found = self.lost(work.task, work.overdue, work.child.returncode)
            if found is not None:
                self.told(Event("done", work.task, found))


def has_room() -> bool:
    """Whether there is memory for one more child. True where the system does not say."""
    free = free_bytes()
    return free is None or free >= _ROOM_BYTES


def free_bytes() -> int | None:
    """Memory that can be had without swapping; None where the system does not say."""
    try:
        text = Path("/proc/meminfo").read_text("ascii")
    except (OSError, ValueError):
        return None
    for line in text.splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return None


def jobs_of_machine() -> int:
    """How many children this machine carries at once: one per core, and no more than memory has room for."""
    free = free_bytes()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, cores if free is None else min(cores, free // _ROOM_BYTES))


def spawn(module: str, log: Path | None) -> subprocess.Popen[bytes]:
    """Start ``python -m module`` with a pipe to it, in a session of its own, so that Ctrl-C reaches it by the pipe alone.

    What it says goes to the file `log`, or where this process speaks when that is None. Raises `OSError`.
    """
    with opened(log) as out:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", module],
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=out,
            env=environment(),
            start_new_session=True,
        )


def environment() -> dict[str, str]:
    """This process's environment, with which a child finds the modules that this one runs."""
    root = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(p for p in (root, os.environ.get("PYTHONPATH", "")) if p)
    return {**os.environ, "PYTHONPATH": path}


@contextlib.contextmanager
def opened(log: Path | None) -> Iterator[int | None]:
    """The number of the file for what a child says, open while the child is started; None where there is none."""
    if log is None:
        yield None
        return
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as out:
        yield out.fileno()


def _ask(work: Work, word: bytes) -> None:
    """Ask a child to end."""
    work.asked = time.monotonic()
    with contextlib.suppress(OSError, ValueError):
        assert work.child.stdin is not None
        work.child.stdin.write(word)
        work.child.stdin.flush()


def _kill(work: Work) -> None:
    """End a child and whatever it has started; harmless for one that has ended."""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            work.child.kill()
        else:
            os.killpg(work.child.pid, signal.SIGKILL)
    with contextlib.suppress(OSError, ValueError):
        assert work.child.stdin is not None
        work.child.stdin.close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        work.child.wait(10)
