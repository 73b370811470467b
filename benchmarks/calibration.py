"""How far the confidence of a check can be believed: of the checks said with a confidence, the share that is right.

    python -m benchmarks.calibration              made-up agencies in the words of all pools, and the labelled documents
    python -m benchmarks.calibration --write      and the tables to ``benchmarks/calibration.md``

Checks count that say pass or gap on a criterion whose truth is known (`benchmarks.agencies`, `benchmarks.documents`).
*Building* are the agencies in the words of all pools but `measure`, and the documents: what confidence rests on was chosen by
them. The constants stand in ``ita_rules/checks/confidence.py``; the last table groups the building checks by what those
constants are for (how the words matched, how the text was read), with the share that is right, and the share at which so few
right would be seen once in twenty tries. A constant above the share of a large group says too much. *Measuring* are the agencies
in the words of the pool `measure`: only their table is ever shown, and nothing is chosen by it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import documents
from benchmarks.agencies import BUILDING, MEASURE, SURE, Row, at_most, by_confidence, run, share_of
from ita_rules.cli import given
from ita_rules.messages import messages
from ita_rules.model import CheckResult, Status

FILE = Path(__file__).resolve().parent / "calibration.md"
WAYS = ("section", "column", "row", "field", "statement", "figure", "zero", "detector")


@dataclass(frozen=True, slots=True)
class Said:
    """A check that said pass or gap: how sure it was, whether it was right, what it is, how the words matched (``-`` for a gap
    and for kinds that match none) and how the text was read (the worst way of its sources)."""

    confidence: float
    right: bool
    what: str
    how: str
    read: str


def of_rows(rows: Iterable[Row]) -> list[Said]:
    """The checks of agencies."""
    return [
        _said(check, right, [row.read.get(e.url, "-") for e in check.evidence]) for row in rows for check, right in row.checks
    ]


def _said(check: CheckResult, right: bool, read: Iterable[str]) -> Said:
    say = messages("th")
    words = " ".join(check.why) if check.status is Status.PASS and check.kind == "component" else ""
    how = next((way for way in WAYS if say.say(f"why.how.{way}") in words), "-")
    return Said(check.confidence, right, f"{check.kind} {check.status.value}", how, _worst(read))


def _worst(read: Iterable[str]) -> str:
    """Of several ways of reading the one that mistakes most."""
    known = set(read)
    return next((way for way in ("ocr", "text-layer", "office", "text", "html") if way in known), "-")


def of_documents() -> list[Said]:
    """The checks of the labelled documents that need no recognition of pictures."""
    truth = json.loads((documents.CORPUS / "truth.json").read_text("utf-8"))
    entries = [e for e in truth["documents"] if e["reads"] != "picture"]
    ruleset, as_of = given.ruleset_of(truth["ruleset"]), dt.date.fromisoformat(truth["as_of"])
    found = []
    read, _ = documents.read_all(entries, False)
    for entry, document in zip(entries, read, strict=True):
        for check, true in documents.checked(document, entry, truth["sources"][entry["source"]], ruleset, as_of):
            if check.status in (Status.PASS, Status.GAP):
                found.append(_said(check, check.status is true, [document.method]))
    return found


def groups(said: Iterable[Said]) -> dict[tuple[str, str, str], list[Said]]:
    """The checks by what their confidence rests on."""
    found: dict[tuple[str, str, str], list[Said]] = defaultdict(list)
    for one in said:
        found[one.what, one.how, one.read].append(one)
    return dict(sorted(found.items()))


def least(right: int, n: int) -> float:
    """The share below which so many right would be seen once in twenty tries."""
    return round(1 - at_most(n - right, n), 4)


def _table(title: str, said: Sequence[Said]) -> list[str]:
    sure = [s.right for s in said if s.confidence >= SURE]
    head = f"{title}: {len(said)} checks; of {len(sure)} said with 0.90 or more {sum(sure) / max(1, len(sure)):.4f} are right."
    rows = [
        f"| {name} | {n} | {right} | {right / n:.4f} |" for name, n, right in by_confidence((s.confidence, s.right) for s in said)
    ]
    return [head, "", "| confidence | checks | right | share |", "|---|---|---|---|", *rows, ""]


def document(building: Sequence[Said], measuring: Sequence[Said]) -> str:
    """``benchmarks/calibration.md``."""
    out = ["# How far confidence can be believed", ""]
    out += ["Written by `python -m benchmarks.calibration --write`; its head says what is counted.", ""]
    out += ["## Building", "", *_table("Agencies and documents by which confidence was chosen", building)]
    out += ["## Measuring", "", *_table("Agencies in words that serve for measuring only", measuring)]
    out += ["## What it rests on (building)", ""]
    out += ["| check | matched as | read as | checks | said, mean | right | at least |", "|---|---|---|---|---|---|---|"]
    for (what, how, read), found in groups(building).items():
        right, n = sum(s.right for s in found), len(found)
        mean = sum(s.confidence for s in found) / n
        out.append(f"| {what} | {how} | {read} | {n} | {mean:.3f} | {right / n:.4f} | {least(right, n):.3f} |")
    return "\n".join(out) + "\n"


def main() -> int:
    """Print the tables; 1 when less than 97 in 100 of the sure checks of a part are right."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--write", action="store_true", help="write benchmarks/calibration.md")
    asked = arguments.parse_args()
    building = [*of_rows(run({pool: share_of(pool) for pool in BUILDING})), *of_documents()]
    measuring = of_rows(run({MEASURE: share_of(MEASURE)}))
    text = document(building, measuring)
    print(text)
    if asked.write:
        FILE.write_text(text, "utf-8")
    sure = [[s.right for s in part if s.confidence >= SURE] for part in (building, measuring)]
    return 0 if all(sum(part) >= 0.97 * len(part) for part in sure) else 1


if __name__ == "__main__":
    sys.exit(main())
