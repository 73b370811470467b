"""Whose turn it is."""

from __future__ import annotations

from dataclasses import dataclass

from ita_rules.audit.runner import Task, Turns


@dataclass(frozen=True)
class At:
    task: Task
    began: float = 0.0


def test_the_longest_queue_moves_first_and_nobody_shares_a_lane() -> None:
    alone = Task("alone", "alone", b"", frozenset({"192.0.2.9"}))
    crowd = [Task(name, name, b"", frozenset({"192.0.2.1", f"/{name}"})) for name in "ab"]
    turns = Turns([alone, *crowd])
    first = turns.take([])
    assert first == crowd[0]
    assert turns.take([At(crowd[0])]) == alone
    assert turns.take([At(crowd[0]), At(alone)]) is None
    assert turns.waiting == [crowd[1]]
    turns.back(crowd[0])
    assert turns.take([]) == crowd[0]
