"""What a night will take, told before it begins, from what each agency took the last time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ita_rules.audit.addresses import busiest
from ita_rules.audit.record import Result, audits
from ita_rules.audit.runner import Task

_LOOK_BACK = 10
"""Audits that are looked through for the last time of an agency."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is expected of a night.

    `known` of the `agencies` were audited before; the others are taken as their mean. `requests` and `seconds` (wall clock with
    `jobs` side by side, agencies of one server one after another) stand on those, and are None where nobody was audited before.
    `most_seconds` is what the budget allows in any case. `busiest` is the server that most agencies share, `shared` how many do.
    """

    agencies: int
    known: int
    jobs: int
    requests: int | None
    seconds: float | None
    most_seconds: float
    busiest: str
    shared: int


def last_results(base: Path, keys: Collection[str]) -> dict[str, Result]:
    """The newest result of each agency in the last audits below `base`, where it has one with a report."""
    found: dict[str, Result] = {}
    for audit in islice(audits(base), _LOOK_BACK):
        for key in keys:
            if key not in found and (result := audit.result(key)) is not None and result.outcome == "judged":
                found[key] = result
        if len(found) == len(keys):
            break
    return found


def forecast(tasks: Sequence[Task], last: Mapping[str, Result], jobs: int, budget: float) -> Forecast:
    """The forecast for tasks; `budget` is the most seconds that an agency may take."""
    ours = [last[task.key] for task in tasks if task.key in last]
    where, shared = busiest(task.lanes for task in tasks)
    mean = sum(one.seconds for one in ours) / len(ours) if ours else 0.0
    each = {task.key: last[task.key].seconds if task.key in last else mean for task in tasks}
    return Forecast(
        agencies=len(tasks),
        known=len(ours),
        jobs=jobs,
        requests=round(sum(one.requests for one in ours) * len(tasks) / len(ours)) if ours else None,
        seconds=_wall(tasks, each, jobs) if ours else None,
        most_seconds=_wall(tasks, dict.fromkeys(each, budget), jobs),
        busiest=where,
        shared=shared,
    )


def _wall(tasks: Sequence[Task], seconds: Mapping[str, float], jobs: int) -> float:
    """No night is shorter than its work shared out, nor than the longest queue for one server."""
    queues: dict[str, float] = defaultdict(float)
    for task in tasks:
        for lane in task.lanes:
            queues[lane] += seconds[task.key]
    return max([sum(seconds[task.key] for task in tasks) / jobs, *queues.values()], default=0.0)
