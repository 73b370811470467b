"""What every runner of an audit has in common: tasks in, events out, and no server asked by two agencies at once.

A *runner* does the tasks of an audit. The local one (`ita_rules.audit.pool`) has its children on this machine, the other
(`ita_rules.audit.cluster`) gives them to the workers of a Dask cluster. Both start the same child for an agency.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from ita_rules.audit.record import Result

CHILD = "ita_rules.cli.audit_child"
"""The module that each child runs."""

WARM = "ita_rules.cli.audit_warm"
"""The module that loads for all of them what they have in common (`ita_rules.audit.warm_server`)."""

ATTEMPTS = 3
"""Times that an agency is begun before it is given up."""


@dataclass(frozen=True, slots=True)
class Task:
    """One agency to be done: `words` is what its child is told, `lanes` what it must have for itself."""

    key: str
    name: str
    words: bytes
    lanes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an agency: its child was started, started again after a crash, or is done for this audit."""

    kind: Literal["started", "again", "done"]
    task: Task
    result: Result | None = None


Told = Callable[[Event], None]
"""Who hears every event."""


class AtWork(Protocol):
    """A task that somebody works on. `began` is by the monotonic clock."""

    @property
    def task(self) -> Task:
        """The task itself."""

    @property
    def began(self) -> float:
        """When it was handed out."""


class Runner(Protocol):
    """Does the tasks of an audit."""

    @property
    def running(self) -> Sequence[AtWork]:
        """What is being worked on."""

    def run(self) -> bool:
        """Do them all. False when a person stopped it before the end; what was not begun stays undone then."""


@dataclass(slots=True)
class Turns:
    """The tasks that wait, and whose turn it is: nobody's whose lanes are in use. The longest queue for one server is what the
    night waits for in the end, so it moves first."""

    tasks: Sequence[Task]
    waiting: list[Task] = field(init=False)

    def __post_init__(self) -> None:
        shared = Counter(lane for task in self.tasks for lane in task.lanes)
        self.waiting = sorted(self.tasks, key=lambda task: -max((shared[lane] for lane in task.lanes), default=0))

    def take(self, running: Sequence[AtWork]) -> Task | None:
        """The next task that shares no lane with those that are running; None where there is none now."""
        busy = frozenset[str]().union(*(work.task.lanes for work in running))
        task = next((t for t in self.waiting if not t.lanes & busy), None)
        if task is not None:
            self.waiting.remove(task)
        return task

    def back(self, task: Task) -> None:
        """Put a task in front that is to be begun again."""
        self.waiting.insert(0, task)
