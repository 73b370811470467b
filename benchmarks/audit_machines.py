"""The machines that all agencies of the country need every night, worked out on paper from what `benchmarks.audit` measured.

What was not measured stands in `ASSUMED`, with where it comes from; every line of the result names what it rests on. Change a
number and work it out again: nothing here is true beyond its assumptions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

ASSUMED = {
    "agencies": 8317,  # assessed in the fiscal year 2568
    "hours": 8.0,  # the night
    "used": 0.6,  # share of a core's time that can be planned with
    "slower": 2.0,  # real nights against loopback: TLS, name look-ups, larger pages
    "full_days": 7,  # days between two full nights of an agency
    "interval": 0.25,  # seconds between two requests to one address
    "connections": 4,  # at one address at once
    "answer": 1.0,  # seconds until a real site has answered, the mean
    "page_kB": 12.0,  # of a page, packed (reference: crawl of real sites)
    "file_kB": 1200.0,  # of a document (the same)
    "files": 0.2,  # share of documents among the requests of a full night
    "unchanged": 0.5,  # share of documents answered by 304 on a later night: half of the addresses seen bear validators
    "neighbours": 50,  # agencies on one supplier's server, which take turns
}
"""What the calculation assumes."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured for one agency: CPU seconds, requests and bytes kept of each kind of night, and the megabytes of its
    processes at most."""

    first_cpu: float
    first_requests: float
    first_bytes: float
    light_cpu: float
    light_requests: float
    light_bytes: float
    full_cpu: float
    full_requests: float
    full_bytes: float
    child: float


def seconds_of(requests: float) -> float:
    """How long an agency's requests take: no quicker than manners allow, nor than its site answers."""
    return requests * max(ASSUMED["interval"], ASSUMED["answer"] / ASSUMED["connections"])


def machines(found: Measured) -> Iterator[str]:
    """The calculation in lines."""
    know = ASSUMED
    count, window = know["agencies"], know["hours"] * 3600
    yield "assumed: " + ", ".join(f"{name} {value:g}" for name, value in know.items())
    parts = 1 / know["full_days"]
    nights = {
        "first night": (found.first_cpu, found.first_requests, 1.0, found.first_bytes),
        "ordinary night": (
            found.light_cpu * (1 - parts) + found.full_cpu * parts,
            found.light_requests * (1 - parts) + found.full_requests * parts,
            1 - know["unchanged"],
            found.light_bytes * (1 - parts) + found.full_bytes * parts,
        ),
        "night on which all are full": (found.full_cpu, found.full_requests, 1 - know["unchanged"], found.full_bytes),
    }
    yield "| | CPU hours | cores | agencies at once | memory GB | Mbit/s | GB kept |"
    yield "|---|---|---|---|---|---|---|"
    for name, (cpu, requests, sent, made) in nights.items():
        hours = count * cpu * know["slower"] / 3600
        busy = seconds_of(requests) + cpu * know["slower"]
        together = count * busy / window
        traffic = requests * ((1 - know["files"]) * know["page_kB"] + know["files"] * know["file_kB"] * sent)
        yield (
            f"| {name} | {hours:.0f} | {hours / (know['hours'] * know['used']):.1f} | {together:.0f} "
            f"| {together * found.child / 1000:.0f} | {count * traffic * 8 / window / 1000:.0f} | {count * made / 1e9:.1f} |"
        )
    queue = know["neighbours"] * seconds_of(found.full_requests) / 3600
    yield f"longest queue: {know['neighbours']} agencies on one server, all full: {queue:.1f} h of the {know['hours']:g}"
    daily, weekly, monthly = 30, 21, 6  # as `store prune` keeps them in a year when it is told nothing else
    light = found.light_bytes * (1 - parts) + found.full_bytes * parts
    year = found.first_bytes + light * daily + found.full_bytes * (weekly + monthly)
    yield f"kept after a year ({daily} nights, {weekly} weeks, {monthly} months): {count * year / 1e9:.0f} GB"
