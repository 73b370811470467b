"""What a night will take, told before it begins, from what each agency took the last time."""

from __future__ import annotations

import datetime as dt
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
    `light` is how many will be checked lightly as far as is known. `most_seconds` is what the budget allows in any case.
    `busiest` is the server that most agencies share, `shared` how many do, `queue` the seconds that they take one after another.
    """

    agencies: int
    known: int
    jobs: int
    requests: int | None
    seconds: float | None
    most_seconds: float
    busiest: str
    shared: int
    queue: float | None
    light: int


@dataclass(frozen=True, slots=True)
class Before:
    """What an agency took the last time that it was checked as deep as it will be tonight, and whether that is `light`."""

    result: Result
    light: bool = False


def last_results(base: Path, keys: Collection[str], full_before: dt.datetime | None = None) -> dict[str, Before]:
    """What each agency took in the last audits below `base`, where it has a report in one of them.

    An agency whose last full check is from before `full_before` (any, where that is None) is expected to be checked in full
    again, another one lightly; where no light one is known, the full one stands for it.
    """
    found: dict[str, Before] = {}
    lately: dict[str, Result] = {}
    for audit in islice(audits(base), _LOOK_BACK):
        for key in keys:
            if key in found or (result := audit.result(key)) is None or result.outcome != "judged":
                continue
            if result.depth == "light":
                lately.setdefault(key, result)
            elif full_before is None or _began(result) < full_before:
                found[key] = Before(result)
            else:
                found[key] = Before(lately.get(key, result), light=True)
        if len(found) == len(keys):
            break
    # Their last full check is further back than we look.
    return {key: Before(result) for key, result in lately.items()} | found


def forecast(tasks: Sequence[Task], last: Mapping[str, Before], jobs: int, budget: float) -> Forecast:
    """The forecast for tasks; `budget` is the most seconds that an agency may take."""
    ours = [last[task.key].result for task in tasks if task.key in last]
    where, shared = busiest(task.lanes for task in tasks)
    mean = sum(one.seconds for one in ours) / len(ours) if ours else 0.0
    each = {task.key: last[task.key].result.seconds if task.key in last else mean for task in tasks}
    return Forecast(
        agencies=len(tasks),
        known=len(ours),
        jobs=jobs,
        requests=round(sum(one.requests for one in ours) * len(tasks) / len(ours)) if ours else None,
        seconds=_wall(tasks, each, jobs) if ours else None,
        most_seconds=_wall(tasks, dict.fromkeys(each, budget), jobs),
        busiest=where,
        shared=shared,
        queue=sum(each[task.key] for task in tasks if where in task.lanes) if ours else None,
        light=sum(task.key in last and last[task.key].light for task in tasks),
    )


def _began(result: Result) -> dt.datetime:
    """When a check began; the beginning of time where it does not say."""
    try:
        found = dt.datetime.fromisoformat(result.started)
    except ValueError:
        return dt.datetime.min.replace(tzinfo=dt.UTC)
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def _wall(tasks: Sequence[Task], seconds: Mapping[str, float], jobs: int) -> float:
    """No night is shorter than its work shared out, nor than the longest queue for one server."""
    queues: dict[str, float] = defaultdict(float)
    for task in tasks:
        for lane in task.lanes:
            queues[lane] += seconds[task.key]
    return max([sum(seconds[task.key] for task in tasks) / jobs, *queues.values()], default=0.0)
