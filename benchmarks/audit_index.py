"""The page and the workbook of all agencies of the country with their last thirty nights: time, memory and size.

A history of made-up agencies is written (one in five changes from night to night, as a site that is worked on does), then read as
the end of an audit reads it. CPU seconds and the most memory that the process held are printed, and the sizes of the files.

    python -m benchmarks.audit_index [--agencies 8317] [--nights 30] [--items 26]

Exit status 1 where the page is above 20 MB, or the process held above 700 MB.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import io
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.workbook import megabytes
from ita_rules.audit.record import Result
from ita_rules.cli.audit_summary import summarise
from ita_rules.history import CheckState, Entry, Index, ItemState, Looked
from ita_rules.history.entry import BANGKOK
from ita_rules.model import Severity, Status

MOST_BYTES = 20_000_000
MOST_MEGABYTES = 700.0
_FIRST = dt.datetime(2026, 10, 23, 2, 0, tzinfo=BANGKOK)
_KINDS = (Status.PASS, Status.GAP, Status.UNDECIDED)


def item(name: str, status: Status, url: str) -> ItemState:
    """An item with four checks and two sources."""
    checks = tuple(CheckState(f"{name}.{n}", status, Severity.CRITERION) for n in range(4))
    return ItemState(name, status, 100, checks, tuple(Looked(f"{url}{name}/{n}.pdf", None, "0123456789abcdef") for n in range(2)))


def nights(number: int, count: int, items: int) -> Iterator[Entry]:
    """The nights of one agency, oldest first."""
    chance = random.Random(number)
    moving, url, name = chance.random() < 0.2, f"https://www.tambon-{number}.example.go.th/", f"อบต.ตัวอย่างที่ {number}"
    statuses = chance.choices(_KINDS, (70, 15, 15), k=items)
    for night in range(count):
        started = _FIRST + dt.timedelta(days=night)
        if moving:
            statuses[chance.randrange(items)] = chance.choice(_KINDS)
        low = 100 * statuses.count(Status.PASS) / items
        yield Entry(
            folder=f"{name}/{started:%Y%m%d-%H%M%S}",
            name=name,
            url=url,
            started=started.isoformat(),
            finished=started.isoformat(),
            as_of=started.date().isoformat(),
            ruleset="oit-2569",
            version="1",
            tool="0.1.0",
            stopped_by=None,
            complete=True,
            low=low,
            high=low + 100 * statuses.count(Status.UNDECIDED) / items,
            requests=80,
            pages=60,
            documents=15,
            items=tuple(item(f"O{n + 1}", status, url) for n, status in enumerate(statuses)),
        )


def result(entry: Entry) -> Result:
    """What an audit keeps of an agency's last night."""
    return Result(
        key=entry.name,
        name=entry.name,
        type="local",
        url=entry.url,
        outcome="judged",
        code=12,
        folder=entry.folder,
        page="report.html",
        finished=entry.finished,
        ruleset=entry.ruleset,
        heads=tuple((one.id, f"ข้อที่ {one.id} ของแบบวัด", "9.1") for one in entry.items),
        statuses=tuple(one.status for one in entry.items),
        low=entry.low,
        high=entry.high,
        complete=True,
    )


def main() -> int:
    """Measure and print; the exit status tells whether the bounds hold."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--agencies", type=int, default=8_317)
    parser.add_argument("--nights", type=int, default=30)
    parser.add_argument("--items", type=int, default=26)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="audit-") as made:
        base = Path(made)
        results = []
        with Index(base) as index:
            for number in range(given.agencies):
                for entry in nights(number, given.nights, given.items):
                    index.enter(entry)
                results.append(result(entry))
        size = (base / "index.sqlite").stat().st_size
        before, began = megabytes(), time.process_time()
        with contextlib.redirect_stdout(io.StringIO()):
            summarise(results, base, ("xlsx",), "th", {})
        used, page = time.process_time() - began, (base / "index.html").stat().st_size
        book = (base / "agencies.xlsx").stat().st_size
    held = megabytes()
    print(f"{given.agencies} agencies x {given.nights} nights: index {size / 1e6:.1f} MB")
    print(
        f"page {page / 1e6:.1f} MB, workbook {book / 1e6:.1f} MB, {used:.1f} s of CPU, {before:.0f} MB before, {held:.0f} MB held"
    )
    return int(page > MOST_BYTES or held > MOST_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
