"""How right the checker is, on sites whose truth is known; fails under the floors of ``tests/floors.yaml``.

    python -m benchmarks.eval            the sample agency, and one of the made-up agencies (benchmarks/agencies.py)
    python -m benchmarks.eval --full     all of them in two pools of wordings, a third of them in the others, and the evaluation
                                         set that the environment variable ITA_EVAL names, when there is one
    python -m benchmarks.eval --full --all                       all of them in every pool

Without poppler's ``pdftotext`` on the machine the sample is scored by the floors of ``sample_without_poppler``: there pypdfium2
reads alone.

The figures of the sample (all counts or shares of its items):
    accuracy            status is one that the truth accepts
    gap_recall          true gaps that are reported as gaps
    gap_precision       reported gaps that are gaps
    false_accusations   items reported as gap where the truth accepts none
    missed_gaps         gaps reported as pass
    located             items with true evidence for which a reported source is one of the true addresses
    right_check         true gaps for which a failing check of an accepted kind and component is named
    needless_undecided  items left undecided where the truth is known
    quotes              quotes of passing checks that stand in the text of the source they name
    fix_on_gap          failing checks that say how to mend it
and of the agencies of an evaluation set, besides what its own scorer tells:
    evidence            items whose true evidence is among the sources, of those where it can be reached (benchmarks/evidence.py)
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from benchmarks import evidence as crawled
from benchmarks.evidence import place
from ita_rules.cli import given
from ita_rules.cli.sample import serve_sample
from ita_rules.cli.session import Job, run_job
from ita_rules.config import Agent, Crawl
from ita_rules.data import data_folder
from ita_rules.model import AgencyType, CheckResult, ItemResult, Report, Severity, Status
from ita_rules.rulesets.load import available
from ita_rules.run.keys import url_key
from ita_rules.run.store import load_run
from ita_rules.run.types import RunData
from ita_rules.thai.fold import loose

FLOORS = Path(__file__).resolve().parent.parent / "tests" / "floors.yaml"
Figures = dict[str, float]


def share(part: int, whole: int) -> float:
    """A share from 0 to 1; 1 of nothing."""
    return round(part / whole, 4) if whole else 1.0


def criterion_gaps(item: ItemResult | None) -> list[CheckResult]:
    """The checks that make an item a gap."""
    checks = item.checks if item else ()
    return [c for c in checks if c.status is Status.GAP and c.severity is Severity.CRITERION]


def quotes_found(run: RunData, check: CheckResult) -> list[bool]:
    """For each quote of a passing check, whether the text of its source has it."""
    found = []
    for evidence in check.evidence:
        if check.status is Status.PASS and evidence.quote:
            document = run.document(url_key(evidence.url))
            exchange = run.exchange(url_key(evidence.url))
            if document is None and exchange is not None:
                document = run.document(exchange.final_key)
            pages = document.pages if document else ()
            forms = [label for f in document.forms for label in (*f.fields, *f.buttons)] if document else []
            text = loose("\n".join([document.title if document else "", *(f"{p.text}\n{p.alternate}" for p in pages), *forms]))
            parts = [loose(p) for p in evidence.quote.split("…")]
            found.append(bool(text) and all(p in text for p in parts))
    return found


def score(report: Report, run: RunData, truth: Mapping[str, Any]) -> tuple[Figures, list[str]]:
    """The figures of one report, and a line for each item that is not as the truth says."""
    got = {item.id: item for item in report.items}
    right = accused = missed = needless = recalled = named = located = 0
    gaps = [t for t in truth["items"] if t["status"][0] == "gap"]
    to_locate = [t for t in truth["items"] if t["located"]]
    said = sum(i.status is Status.GAP for i in report.items)
    lines: list[str] = []
    for t in truth["items"]:
        item = got.get(t["item"])
        status = item.status.value if item else "missing"
        failing = criterion_gaps(item)
        fits = any(c.kind == kind and component in ("*", c.component) for c in failing for kind, component in t["expect"])
        wrong_place = t["located"] and not {
            place(u) for s in (item.sources if item else ()) for u in (s.url, s.final_url or "")
        } & set(t["sources"])
        right += status in t["status"]
        accused += status == "gap" and "gap" not in t["status"]
        missed += t["status"][0] == "gap" and status == "pass"
        needless += status == "undecided" and "undecided" not in t["status"]
        recalled += t["status"][0] == "gap" and status == "gap"
        named += t["status"][0] == "gap" and fits
        located += bool(t["located"]) and not wrong_place
        if status not in t["status"] or wrong_place or (t["status"][0] == "gap" and not fits):
            blamed = ", ".join(f"{c.kind}:{c.component}" for c in failing) or "-"
            where = " (not located)" if wrong_place else ""
            lines.append(f"  {t['item']}: truth {t['status'][0]} ({t['gap'] or '-'}), said {status}{where}, failing: {blamed}")
    quotes = [q for i in report.items for c in i.checks for q in quotes_found(run, c)]
    fixes = [bool(c.fix) for i in report.items for c in criterion_gaps(i)]
    figures = {
        "accuracy": share(right, len(truth["items"])),
        "gap_recall": share(recalled, len(gaps)),
        "gap_precision": share(said - accused, said),
        "false_accusations": accused,
        "missed_gaps": missed,
        "located": share(located, len(to_locate)),
        "right_check": share(named, len(gaps)),
        "needless_undecided": needless,
        "quotes": share(sum(quotes), len(quotes)),
        "fix_on_gap": share(sum(fixes), len(fixes)),
    }
    return figures, lines


def sample() -> tuple[Figures, list[str]]:
    """Check the sample agency and score the report. Adds `seconds` (wall clock) and `requests`."""
    truth = json.loads((data_folder("samples") / "truth.json").read_text("utf-8"))
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="ita-rules-") as folder, serve_sample() as site:
        job = Job(
            url=site.url,
            name=site.name,
            agency_type=AgencyType(site.agency_type),
            ruleset=given.ruleset_of(site.ruleset),
            as_of=dt.date.fromisoformat(str(site.as_of)),
            out=Path(folder),
            started=given.now(),
            formats=("json",),
            lang="th",
            crawl=Crawl(),
            agent=Agent(),
            answers=site.answers_path,
            quiet=True,
        )
        report = run_job(job).report
        run = load_run(Path(folder))
    figures, lines = score(report, run, truth)
    return {**figures, "requests": report.run.requests, "seconds": round(time.monotonic() - started, 1)}, lines


def outside(folder: Path) -> dict[str, Figures]:
    """The figures of the agencies in an evaluation set whose rule set this version has, by the set's own scorer."""
    known = available()
    names = [
        site.parent.name
        for site in sorted(folder.glob("*/site.json"))
        if json.loads(site.read_text("utf-8")).get("ruleset") in known
    ]
    if not names:
        return {}
    command = [
        sys.executable,
        str(folder / "score.py"),
        "--cli",
        f"{sys.executable} -m ita_rules",
        "--json",
        "-",
        "--agency",
        *names,
    ]
    with tempfile.TemporaryDirectory(prefix="ita-rules-") as runs:
        done = subprocess.run([*command, "--out", runs], stdout=subprocess.PIPE, check=True, timeout=3600)
        figures = json.loads(done.stdout)["slices"]["agency"]
        for name in names:
            if (Path(runs) / name / "report.json").is_file():
                found = crawled.evidence(folder / name, Path(runs) / name)
                figures[name]["evidence"] = crawled.figure(found)
                print("\n".join(crawled.lines(name, found)))
    return {name: figures[name] for name in names}


def under_floor(name: str, figures: Figures, floors: Mapping[str, Any]) -> list[str]:
    """A line for each figure that is worse than its floor (``min``) or ceiling (``max``)."""
    wrong = []
    for figure, bound in floors.get(name, {}).items():
        value = figures.get(figure)
        if value is None or value < bound.get("min", value) or value > bound.get("max", value):
            wrong.append(f"{name}: {figure} is {value}, the floor is {bound}")
    return wrong


def main() -> int:
    """Print the figures; 1 when one of them is under its floor."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--full", action="store_true", help="the evaluation set of ITA_EVAL too")
    arguments.add_argument("--all", action="store_true", help="with --full: every made-up agency in every pool of wordings")
    given = arguments.parse_args()
    full = given.full
    floors = yaml.safe_load(FLOORS.read_text("utf-8"))
    figures, lines = sample()
    results = {"sample" if shutil.which("pdftotext") else "sample_without_poppler": figures}
    # imported late: that module stands on this one
    from benchmarks import agencies

    results.update(agencies.full(agencies.everything() if given.all else None) if full else agencies.slim())
    folder = os.environ.get("ITA_EVAL", "")
    if full and folder:
        results.update(outside(Path(folder)))
    wrong: list[str] = []
    for name, found in results.items():
        print(f"{name}: " + ", ".join(f"{k} {v}" for k, v in found.items()))
        wrong += under_floor(name, found, floors)
    for line in [*lines, *wrong]:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
