"""Judging again and again in one process takes no more memory than judging once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.judging import alone, generate, slope

MOST_GROWTH = 6.0
"""Megabytes. One run, report or state of the engine kept of each of 300 judgements is 30 and more."""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
@pytest.mark.parametrize("name", ["plain", "durable"])
def test_some_hundred_judgements_leave_memory_as_it_is(tmp_path: Path, name: str) -> None:
    if name == "durable":
        pytest.importorskip("durable.engine")
    generate(tmp_path / "run", 1, 1, 1, 8)
    found = alone("leak", tmp_path / "run", name, 1, 300)
    assert found["different reports"] == 1
    assert found["to"] - found["from"] < MOST_GROWTH


def test_the_slope_is_that_of_the_line_through_the_samples() -> None:
    assert slope([(n, 50 + 0.001 * n) for n in range(0, 500, 5)]) == pytest.approx(1000)
    assert slope([(0, 50.0), (10, 52.0), (20, 50.0)]) == pytest.approx(0)
