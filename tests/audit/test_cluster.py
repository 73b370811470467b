"""The runner on a cluster that a test plays: lanes, what is lost, who is sent away, who is waited for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from ita_rules.audit.cluster import ClusterRunner, Said
from ita_rules.audit.cluster_job import Answer
from ita_rules.audit.record import Result
from ita_rules.audit.runner import ATTEMPTS, Event, Task
from ita_rules.errors import ClusterError
from ita_rules.storage.nights import Manifest
from tests.audit.test_plan import result

DONE = Said(Answer(manifest=Manifest(name="n", agency="ก")))


class Played:
    """A cluster whose jobs end as `play` says: it is told the name of a job and how often it was asked for before."""

    def __init__(self, play: Callable[[str, int], Said | None], slots: Sequence[int] = (4,)) -> None:
        self.play, self.left = play, list(slots)
        self.submitted: list[str] = []
        self.cancelled: list[str] = []
        self.dismissed: list[str] = []
        self.stopped: list[str] = []
        self.asked: dict[str, int] = {}
        self.at_once: list[set[str]] = []

    def slots(self) -> int:
        return self.left.pop(0) if len(self.left) > 1 else self.left[0]

    def submit(self, name: str, words: str) -> None:
        assert words == f"words of {name.split('.')[1]}"
        self.submitted.append(name)

    def said(self, name: str) -> Said | None:
        self.asked[name] = self.asked.get(name, -1) + 1
        return self.play(name, self.asked[name])

    def stop(self, session: str) -> None:
        self.stopped.append(session)

    def dismiss(self, worker: str) -> None:
        self.dismissed.append(worker)

    def cancel(self, names: Sequence[str]) -> None:
        self.cancelled += names


class Night:
    """A runner on a played cluster, and what it told."""

    def __init__(self, cluster: Played, names: str = "abc", lanes: frozenset[str] = frozenset(), patience: float = 60) -> None:
        self.events: list[tuple[str, str]] = []
        self.gave_up: list[tuple[str, bool]] = []
        self.most = 0
        self.sent_away: list[ClusterError] = []
        self.waited = 0
        self.on_tick: Callable[[], None] = lambda: None
        self.runner = ClusterRunner(
            cluster,
            [Task(name, name, b"", lanes) for name in names],
            "audit",
            "session",
            60,
            lambda task: f"words of {task.key}",
            lambda task, answer: result(task.key),
            self.lost,
            self.told,
            self.tick,
            self.wait,
            self.sent_away.append,
            patience=patience,
        )

    def lost(self, task: Task, overdue: bool, status: int | None) -> Result:
        self.gave_up.append((task.key, overdue))
        return result(task.key, outcome="failed")

    def told(self, event: Event) -> None:
        self.events.append((event.kind, event.task.key))

    def tick(self) -> None:
        self.most = max(self.most, len(self.runner.running))
        self.on_tick()

    def wait(self) -> None:
        self.waited += 1


def test_all_are_done_and_no_more_at_once_than_there_are_places() -> None:
    cluster = Played(lambda name, times: DONE if times else None, [2])
    night = Night(cluster)
    assert night.runner.run()
    assert night.most == 2
    assert sorted(night.events) == sorted([("started", name) for name in "abc"] + [("done", name) for name in "abc"])
    assert cluster.submitted == ["audit.a", "audit.b", "audit.c"]
    assert cluster.cancelled == []


def test_agencies_of_one_server_never_lie_with_two_workers() -> None:
    night = Night(Played(lambda name, times: DONE if times else None), lanes=frozenset({"192.0.2.1"}))
    assert night.runner.run()
    assert night.most <= 1
    assert [kind for kind, _ in night.events] == ["started", "done"] * 3


def test_a_job_that_is_lost_is_done_again_and_in_the_end_given_up() -> None:
    cluster = Played(lambda name, times: Said(lost="KilledWorker") if name.startswith("audit.a") else DONE)
    night = Night(cluster, "ab")
    assert night.runner.run()
    assert night.gave_up == [("a", False)]
    assert [kind for kind, name in night.events if name == "a"] == ["started", *["again"] * (ATTEMPTS - 1), "done"]
    # One that failed does not answer for the next: each attempt has a name of its own.
    assert [name for name in cluster.submitted if ".a" in name] == ["audit.a", "audit.a.2", "audit.a.3"]


def test_a_worker_of_another_version_is_sent_away_and_costs_nothing() -> None:
    refused = Said(Answer(refused="version", found="0.0"), worker="tcp://1")
    cluster = Played(lambda name, times: refused if name == "audit.a" and not times else DONE)
    night = Night(cluster, "a")
    assert night.runner.run()
    (told,) = night.sent_away
    assert (told.message_id, told.values["worker"], told.values["found"]) == ("error.cluster.version", "tcp://1", "0.0")
    assert cluster.dismissed == ["tcp://1"]
    assert night.gave_up == []
    assert night.events[-1] == ("done", "a")


def test_workers_that_cannot_do_it_without_end_stop_the_audit() -> None:
    night = Night(Played(lambda name, times: Said(Answer(refused="storage", found="file:///x"), worker="tcp://1")), "a")
    with pytest.raises(ClusterError, match=r"cluster\.storage"):
        night.runner.run()


def test_a_full_disk_ends_no_night_while_others_get_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ita_rules.audit.cluster._MOST_REFUSED", 1)
    full = Said(Answer(refused="space", found="/var/tmp"), worker="tcp://1")
    # Every agency is given back once, more often in all than is borne of workers that get nothing done.
    night = Night(Played(lambda name, times: full if name.count(".") == 1 else DONE, [1]), "abc")
    assert night.runner.run()
    assert [error.message_id for error in night.sent_away] == ["error.cluster.space"] * 3
    assert sorted(name for kind, name in night.events if kind == "done") == ["a", "b", "c"]


def test_without_workers_one_is_waited_for_and_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ita_rules.audit.cluster._SLOTS_SECONDS", 0.0)
    night = Night(Played(lambda name, times: DONE, [0, 0, 1]))
    assert night.runner.run()
    assert night.waited == 1
    nobody = Night(Played(lambda name, times: DONE, [0]), patience=0.2)
    with pytest.raises(ClusterError, match=r"cluster\.nobody"):
        nobody.runner.run()


def test_a_cluster_that_is_gone_keeps_what_is_done() -> None:
    def play(name: str, times: int) -> Said | None:
        if name == "audit.b":
            raise ClusterError("error.cluster.gone", address="x")
        return DONE

    cluster = Played(play, [2])
    night = Night(cluster)
    with pytest.raises(ClusterError, match=r"cluster\.gone"):
        night.runner.run()
    assert ("done", "a") in night.events
    assert cluster.cancelled == ["audit.b"]


def test_a_person_stops_it_once_in_good_order_and_twice_at_once() -> None:
    cluster = Played(lambda name, times: DONE if cluster.stopped else None, [2])
    night = Night(cluster)
    presses = iter([True])

    def once() -> None:
        if next(presses, False):
            raise KeyboardInterrupt

    night.on_tick = once
    assert not night.runner.run()
    assert cluster.stopped == ["session"]
    assert sorted(name for kind, name in night.events if kind == "done") == ["a", "b"]
    assert cluster.cancelled == []
    deaf = Played(lambda name, times: None, [2])
    twice = Night(deaf)

    def press() -> None:
        raise KeyboardInterrupt

    twice.on_tick = press
    assert not twice.runner.run()
    assert sorted(deaf.cancelled) == ["audit.a", "audit.b"]


def test_a_job_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ita_rules.audit.cluster._GRACE_SECONDS", -60.0)
    cluster = Played(lambda name, times: None)
    night = Night(cluster, "a")
    assert night.runner.run()
    assert cluster.cancelled == ["audit.a"]
    assert night.events == [("started", "a"), ("done", "a")]
