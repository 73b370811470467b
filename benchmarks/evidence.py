"""Whether the crawl gets to the evidence: for every item, is its true evidence among the sources that the report names.

    python -m benchmarks.evidence                   checks each agency of the evaluation set that ITA_EVAL names (minutes)
    python -m benchmarks.evidence --runs FOLDER     looks at runs that are there already, one sub-folder each (score.py --out)
    python -m benchmarks.evidence --agency NAME …   only these agencies

Any one of an item's true addresses counts. Evidence is *reachable* where the set's own server answers one of them with 200 and
puts no wall before it; on other people's sites nothing is reachable, as the sets are served on loopback. For every item whose
evidence is not among its sources a line tells how far it came:

    not asked           no exchange of the run is of one of the addresses: the crawl did not get there
    CAUSE               it was asked, and this is what came of it
    not a source        it was fetched, and the report took other pages for the item's evidence

Prints found / reachable of each agency and exits with 1 where one that can be reached was not found. `benchmarks.eval --full` has
the same figure as `evidence`, from the runs that it makes anyway.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from ita_rules.run.store import load_run


@dataclass(frozen=True, slots=True)
class Found:
    """How the evidence of one item fared. `how` is ``source`` where it is among the report's sources."""

    item: str
    reachable: bool
    how: str

    @property
    def is_missed(self) -> bool:
        """Whether it could have been had."""
        return self.reachable and self.how != "source"


def place(url: str) -> str:
    """An address as the truth writes it: path and query, percent signs decoded."""
    parts = urlsplit(url)
    return unquote(parts.path or "/") + (f"?{unquote(parts.query)}" if parts.query else "")


def is_open(route: Mapping[str, Any] | None) -> bool:
    """Whether the set's server lets anybody have what lies there; one that answers only the second time does."""
    return route is not None and route.get("status") in (None, 200) and not str(route.get("behave") or "").startswith("wall")


def evidence(agency: Path, run: Path) -> list[Found]:
    """How the evidence of every item that has any fared in the run of an agency."""
    truth = json.loads((agency / "truth.json").read_text("utf-8"))
    routes = json.loads((agency / "routes.json").read_text("utf-8"))
    report = json.loads((run / "report.json").read_text("utf-8"))
    sources = {
        item["id"]: {place(url) for s in item["sources"] for url in (s["url"], s["final_url"]) if url} for item in report["items"]
    }
    causes: dict[str, str | None] = {}
    for exchange in load_run(run).exchanges.values():
        for url in (exchange.url, exchange.final_url):
            at = place(url)
            if url and causes.get(at, "") is not None:
                causes[at] = exchange.cause
    found = []
    for item in truth["items"]:
        wanted = [s if s.startswith("/") else place(s) for s in item["sources"]]
        if not wanted:
            continue
        reachable = any(s.startswith("/") and is_open(routes.get(s)) for s in item["sources"])
        asked = [causes[at] for at in wanted if at in causes]
        if sources.get(item["item"], set()) & set(wanted):
            how = "source"
        elif not asked:
            how = "not asked"
        else:
            how = "not a source" if None in asked else str(asked[0])
        found.append(Found(item["item"], reachable, how))
    return found


def figure(found: list[Found]) -> float:
    """The share of the reachable evidence that is among the sources, 0 to 1; 1 of nothing."""
    reachable = [f for f in found if f.reachable]
    return round(sum(not f.is_missed for f in reachable) / len(reachable), 4) if reachable else 1.0


def lines(name: str, found: list[Found]) -> list[str]:
    """What is told of an agency: its figure, and a line for each item whose evidence is not among its sources."""
    reachable = [f for f in found if f.reachable]
    told = [f"{name}: evidence found {sum(not f.is_missed for f in reachable)} / reachable {len(reachable)}"]
    return told + [
        f"  {f.item}: {f.how}{'' if f.reachable else ' (cannot be reached there)'}" for f in found if f.how != "source"
    ]


def main() -> int:
    """Print the figures; 1 where evidence that can be reached was missed."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--runs", type=Path, help="runs that are there already, one sub-folder each")
    arguments.add_argument("--agency", nargs="*", help="only these")
    given = arguments.parse_args()
    if not os.environ.get("ITA_EVAL"):
        print("ITA_EVAL names no evaluation set")
        return 2
    base = Path(os.environ["ITA_EVAL"])
    names = [p.parent.name for p in sorted(base.glob("*/truth.json")) if not given.agency or p.parent.name in given.agency]
    with tempfile.TemporaryDirectory(prefix="ita-rules-") as aside:
        runs = given.runs or Path(aside)
        if given.runs is None:
            words = [sys.executable, str(base / "score.py"), "--cli", f"{sys.executable} -m ita_rules"]
            subprocess.run([*words, "--json", "-", "--out", aside, "--agency", *names], stdout=subprocess.DEVNULL, check=True)
        missed = 0
        for name in names:
            if not (runs / name / "report.json").is_file():
                print(f"{name}: no report")
                missed += 1
                continue
            found = evidence(base / name, runs / name)
            missed += sum(f.is_missed for f in found)
            print("\n".join(lines(name, found)))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
