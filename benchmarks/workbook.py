"""Time and memory of the workbook of many agencies, and of one report's workbook with 300 sources.

    python -m benchmarks.workbook [--agencies N] [--items N]

Lines are made up: every agency has its own name, address and statuses, as those of a whole year would. Time is measured from
the first line to the written file; memory is the most that the process held (Linux and macOS), everything it imports included.
Exit status 1 above 60 s or 500 MB.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from ita_rules.model import Status
from reports.agencies_sheet import AgencyLine, ItemHead, write
from reports.xlsx_report import workbook
from tests.reports import factory

MOST_SECONDS = 60.0
MOST_MEGABYTES = 500.0


def agencies(count: int, items: int) -> Iterator[AgencyLine]:
    """Lines of `count` made-up agencies, judged by three rule sets."""
    chance = random.Random(2566)
    statuses = tuple(Status)
    for number in range(count):
        ruleset = f"oit-{2566 + number % 3}"
        yield AgencyLine(
            name=f"องค์การบริหารส่วนตำบลตัวอย่างที่ {number} อำเภอเมือง จังหวัดนครราชสีมา",
            type="local",
            url=f"https://www.tambon-{number}.example.go.th/",
            ruleset=ruleset,
            heads=tuple(ItemHead(f"O{n}", f"ข้อที่ {n} ของแบบวัด", "9.1") for n in range(1, items + 1)),
            statuses=tuple(chance.choices(statuses, (60, 20, 15, 3, 2), k=items)),
            low=chance.uniform(0, 80),
            high=chance.uniform(80, 100),
            complete=number % 7 > 0,
            finished="2026-11-21T02:00:00+07:00",
            reviewer=False,
        )


def megabytes() -> float:
    """The most memory that this process held; 0 where the system does not say."""
    own = Path("/proc/self/status")
    if own.is_file():
        # On Linux `ru_maxrss` counts what the parent held before this program was started in its place.
        peak = next((line for line in own.read_text().splitlines() if line.startswith("VmHWM:")), "VmHWM: 0 kB")
        return int(peak.split()[1]) / 1024
    try:
        import resource
    except ImportError:
        return 0.0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main() -> int:
    """Measure and print; the exit status tells whether the bounds hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--agencies", type=int, default=8_300)
    parser.add_argument("--items", type=int, default=43)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        started, used = time.perf_counter(), time.process_time()
        path = write(agencies(given.agencies, given.items), Path(folder), "th")
        seconds, used = time.perf_counter() - started, time.process_time() - used
        size = path.stat().st_size / 1e6
    memory = megabytes()
    print(
        f"{given.agencies} x {given.items}: {seconds:.1f} s ({used:.1f} s of processor), {memory:.0f} MB held, file {size:.1f} MB"
    )
    started = time.perf_counter()
    one = workbook(factory.large())
    print(f"one report, 43 items, 301 sources: {time.perf_counter() - started:.2f} s, {len(one) / 1e6:.2f} MB")
    return int(seconds > MOST_SECONDS or memory > MOST_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
