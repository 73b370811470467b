"""The runner that gives agencies to the workers of a cluster: who may begin, who is done, what to do when something is lost.

It knows the cluster by the few words of `Cluster`; `ita_rules.audit.cluster_client` says them to Dask. Agencies that share a
server never lie with two workers: a task is handed out when its lanes are free, as on one machine. Results are taken in one by
one, by this process alone.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ita_rules.audit.cluster_job import Answer, mark
from ita_rules.audit.record import Result
from ita_rules.audit.runner import ATTEMPTS, Event, Task, Told, Turns
from ita_rules.errors import ClusterError

logger = logging.getLogger(__name__)

_POLL_SECONDS = 0.05
_SLOTS_SECONDS = 2.0
_PATIENCE_SECONDS = 120.0
_GRACE_SECONDS = 900.0
_MOST_REFUSED = 50


@dataclass(frozen=True, slots=True)
class Said:
    """What became of a job: its answer; or `lost` with the reason, when it ended without one. `worker` is who answered."""

    answer: Answer | None = None
    lost: str = ""
    worker: str = ""


class Cluster(Protocol):
    """What the runner needs of a cluster. Every method raises `ClusterError` when the cluster is gone."""

    def slots(self) -> int:
        """How many agencies the workers can do at once, now."""

    def submit(self, name: str, words: str) -> None:
        """Hand out a job under a name that no other job has."""

    def said(self, name: str) -> Said | None:
        """What became of a job; None while it lasts. Asked again, it has forgotten."""

    def stop(self, session: str) -> None:
        """Ask the jobs of a session to make their reports of what there is."""

    def dismiss(self, worker: str) -> None:
        """Send a worker away that cannot do our jobs."""

    def cancel(self, names: Sequence[str]) -> None:
        """Give up jobs; whoever works on them lets go."""


def refusal(worker: str, answer: Answer) -> ClusterError:
    """Why a worker cannot do our jobs."""
    if answer.refused == "version":
        return ClusterError("error.cluster.version", worker=worker, found=answer.found, ours=mark())
    if answer.refused == "space":
        return ClusterError("error.cluster.space", worker=worker, path=answer.found)
    return ClusterError("error.cluster.storage", worker=worker, url=answer.found, why="-")


@dataclass(frozen=True, slots=True)
class Handed:
    """A task that lies with the cluster, the name of its job and the attempt that it is."""

    task: Task
    name: str
    began: float
    attempt: int


@dataclass(slots=True)
class ClusterRunner:
    """Does tasks on a cluster. `words` makes the job of a task, `taken` the result that counts of what was answered.

    `taken` gives None for an agency that is to be done again with the next audit that goes on (a person stopped it). `lost` makes
    the result of one that came to nothing after all attempts. `told` hears every event; `tick` is called about twenty times a
    second; `waiting` when there is work, but nobody to do it; `dismissed` when a worker was sent away that
    cannot do our jobs. `seconds` is the budget of an agency.
    """

    cluster: Cluster
    tasks: Sequence[Task]
    audit: str
    session: str
    seconds: float
    words: Callable[[Task], str]
    taken: Callable[[Task, Answer], Result | None]
    lost: Callable[[Task, bool, int | None], Result]
    told: Told = lambda event: None
    tick: Callable[[], None] = lambda: None
    waiting: Callable[[], None] = lambda: None
    dismissed: Callable[[ClusterError], None] = lambda error: None
    patience: float = _PATIENCE_SECONDS
    running: list[Handed] = field(default_factory=list)
    _stopping: bool = False
    _slots: int = 0
    _asked: float = float("-inf")
    _nobody: float | None = None
    _refused: int = 0
    _attempts: Counter[str] = field(default_factory=Counter)

    def run(self) -> bool:
        """Do them all. False when a person stopped it before the end.

        Raises `ClusterError`: the cluster is gone, no worker came for two minutes, or too many came that cannot do our jobs.
        `OutputError` and `RunError` where the storage or OUT fail.
        """
        turns = Turns(self.tasks)
        try:
            while self.running or (turns.waiting and not self._stopping):
                try:
                    self._count()
                    if not self._stopping:
                        self._fill(turns)
                    self._look(turns)
                    self.tick()
                    time.sleep(_POLL_SECONDS)
                except KeyboardInterrupt:
                    if self._stopping:
                        break
                    self._stopping = True
                    self.cluster.stop(self.session)
        finally:
            if self.running:
                self.cluster.cancel([handed.name for handed in self.running])
        return not self._stopping

    def _count(self) -> None:
        """How many workers there are, asked now and then; to wait for the first for ever is no use to anybody."""
        now = time.monotonic()
        if now - self._asked < _SLOTS_SECONDS:
            return
        self._asked, self._slots = now, self.cluster.slots()
        if self._slots:
            self._nobody = None
        elif self._nobody is None:
            self._nobody = now
            self.waiting()
        elif now - self._nobody > self.patience:
            raise ClusterError("error.cluster.nobody", seconds=round(self.patience))

    def _fill(self, turns: Turns) -> None:
        while turns.waiting and len(self.running) < self._slots:
            task = turns.take(self.running)
            if task is None:
                return
            self._attempts[task.key] += 1
            attempt = self._attempts[task.key]
            self.told(Event("started" if attempt == 1 else "again", task))
            # The same agency of the same audit has the same name, so that a driver that comes after one that died asks for the
            # same job; one that failed must not answer for the next.
            name = f"{self.audit}.{task.key}" + (f".{attempt}" if attempt > 1 else "")
            self.cluster.submit(name, self.words(task))
            self.running.append(Handed(task, name, time.monotonic(), attempt))

    def _look(self, turns: Turns) -> None:
        for handed in list(self.running):
            said = self.cluster.said(handed.name)
            if said is None:
                if time.monotonic() - handed.began > ATTEMPTS * (self.seconds + _GRACE_SECONDS):
                    self.cluster.cancel([handed.name])
                    said = Said(Answer(overdue=True))
                else:
                    continue
            self.running.remove(handed)
            if said.answer is None:
                logger.warning("the job of %s was lost: %s", handed.task.name, said.lost)
                if self._stopping:
                    continue
                if handed.attempt < ATTEMPTS:
                    turns.back(handed.task)
                    continue
                self._done(handed.task, self.lost(handed.task, False, None))
            elif said.answer.refused:
                self._dismiss(said.worker, said.answer)
                turns.back(handed.task)
            else:
                self._done(handed.task, self.taken(handed.task, said.answer))

    def _dismiss(self, worker: str, answer: Answer) -> None:
        """Send a worker away that came during the night and cannot do our jobs; if that has no end, a person has to look."""
        error = refusal(worker, answer)
        self._refused += 1
        if self._refused > _MOST_REFUSED:
            raise error
        self.dismissed(error)
        self.cluster.dismiss(worker)

    def _done(self, task: Task, result: Result | None) -> None:
        # While others get on with their work, one machine that comes again and again ends no night.
        self._refused = 0
        if result is not None:
            self.told(Event("done", task, result))
