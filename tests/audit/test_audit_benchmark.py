"""The benchmark of the night of many agencies: what it counts, what it works out, and that a tiny one runs."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.audit import Cost, measured, row, sizes
from benchmarks.audit_machines import ASSUMED, Measured, machines, seconds_of
from tests.cli.site import ROOT

TEN = Measured(
    first_cpu=8,
    first_requests=80,
    first_bytes=2_000_000,
    light_cpu=0.8,
    light_requests=20,
    light_bytes=100_000,
    full_cpu=2,
    full_requests=80,
    full_bytes=1_000_000,
    child=300,
)


def of(name: str, found: Measured = TEN) -> list[str]:
    return next(line for line in machines(found) if line.startswith(f"| {name}")).split("|")


def test_machines_grow_with_the_work_and_what_is_assumed_stands_with_them() -> None:
    hours, cores = (float(of("first night")[n]) for n in (2, 3))
    assert hours == round(ASSUMED["agencies"] * 8 * ASSUMED["slower"] / 3600)
    assert cores == pytest.approx(hours / (ASSUMED["hours"] * ASSUMED["used"]), abs=0.1)
    dearer = dataclasses.replace(TEN, full_cpu=4, light_cpu=1.6)
    assert float(of("ordinary night", dearer)[2]) == pytest.approx(2 * float(of("ordinary night")[2]), abs=1)
    said = next(machines(TEN))
    assert all(f"{name} " in said for name in ASSUMED)


def test_nobody_is_asked_quicker_than_manners_allow() -> None:
    assert seconds_of(100) >= 100 * ASSUMED["interval"]
    assert seconds_of(100) >= 100 * ASSUMED["answer"] / ASSUMED["connections"]


def test_a_night_is_told_by_agency_and_as_a_share_of_the_first() -> None:
    part = {"runs": 4000, "blobs": 0, "index": 0, "audits": 0}
    costs = {
        name: Cost(name, cpu=cpu, parent=[70.0] * 8, child=200, requests=8, made=dict(part), rows={"run": 2, "state": 1})
        for name, cpu in (("first", 10.0), ("light", 1.0), ("full", 2.5))
    }
    lines = [*(row(cost, costs["first"], 2) for cost in costs.values()), *sizes(costs, 2)]
    assert any("| light | 0.50 | 10.0 % |" in line for line in lines)
    assert any("| full | 1.25 | 25.0 % |" in line for line in lines)
    assert any("| first | 2.0 | 0.0 | 0.0 | 0.0 | 1.0 | 0.5 |" in line for line in lines)
    found = measured(costs, 2)
    assert found is not None
    assert (found.first_cpu, found.light_requests, found.full_bytes, found.child) == (5, 4, 2000, 200)
    assert measured({"first": costs["first"]}, 2) is None


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
def test_a_tiny_night_runs(tmp_path: Path) -> None:
    size = ["--agencies", "1", "--pages", "6", "--documents", "1", "--nights", "first", "--workers", "0", "--jobs", "1"]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.audit", *size, "--sites", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    fields = next(line for line in done.stdout.decode().splitlines() if line.startswith("| first")).split("|")
    assert float(fields[2]) > 0.1
    # The main page, the page of the form and the evidence, which is more than six.
    assert int(fields[6]) > 6
