"""How long the main job takes: one whole check of the sample agency, and judging it again.

Method: `ita-rules audit` on the sample is run as a whole process (start of Python, crawling on loopback without waiting,
reading in child processes, judging, both reports), `--repeat` times (3 when left out), each into a new folder; then
`ita-rules judge` on the last run as often. Wall-clock seconds by `time.perf_counter`, minimum and median.
The goals: a check under 30 s, judging under 2 s.

    python -m benchmarks.check [--repeat N]
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ita_rules.data import data_folder


def timed(command: list[str]) -> float:
    """Wall-clock seconds of a command; its own words go nowhere.

    Raises:
        SystemExit: it ended by a status that is no result of a check.
    """
    began = time.perf_counter()
    code = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode
    if code not in (0, 10, 12):
        raise SystemExit(f"{' '.join(command)}: exit status {code}")
    return time.perf_counter() - began


def main() -> None:
    """Time both and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeat", type=int, default=3)
    repeat = max(1, parser.parse_args().repeat)
    config = data_folder("samples").parent / "config.yaml"
    tool = [sys.executable, "-m", "ita_rules"]
    with tempfile.TemporaryDirectory() as folder:
        checks = [timed([*tool, "audit", "--config", str(config), "--out", f"{folder}/{n}"]) for n in range(repeat)]
        run = next(p.parent for p in Path(folder, str(repeat - 1)).rglob("run.sqlite"))
        judgings = [timed([*tool, "judge", str(run), "--out", f"{folder}/judged"]) for _ in range(repeat)]
    for name, seconds in (("check", checks), ("judge", judgings)):
        print(f"{name}: minimum {min(seconds):.2f} s, median {statistics.median(seconds):.2f} s of {repeat}")


if __name__ == "__main__":
    main()
