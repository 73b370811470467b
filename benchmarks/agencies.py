"""How right the checker is on made-up agencies of every type and several years (``tests/corpora/agencies``), by pool of wordings.

    python -m benchmarks.agencies                 every agency in the words of `build` and `measure`, a third in the others
    python -m benchmarks.agencies --all           every agency in the words of every pool
    python -m benchmarks.agencies --pool build2 --agency town --misses
    python -m benchmarks.agencies --write         and the figures of each concept to ``rules/accuracy.yaml``

Figures by pool, of all pools for building together, by item's concept, kind of check, form of the evidence and kind of gap:
    accuracy            items whose status is one that the truth accepts
    recall, precision   of gaps: those that are reported as gaps, and those reported that are gaps
    false_accusations   items reported as gap where the truth accepts none; `accused_at_most` is the upper end of the share of
                        such items at 95 % (Clopper-Pearson, one side)
    precision_at_5      precision where only one item in twenty has a gap, as reviewers meet it
    right_check         true gaps for which a check is named that the truth expects
    undecided           items left undecided though the truth is known, as a share
    calibrated          of the checks said with a confidence of 0.9 or more, those that are right

Misses of the pool `measure` are never listed, only counted: nobody mends anything by them. What ``rules/accuracy.yaml`` says is
measured on it alone.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from benchmarks.eval import FLOORS, Figures, criterion_gaps, place, share, under_floor
from ita_rules.cli import given
from ita_rules.cli.sample import serve_folder
from ita_rules.cli.session import Job, run_job
from ita_rules.config import Agent, Crawl
from ita_rules.data import data_folder
from ita_rules.model import AgencyType, CheckResult, Report, Severity, Status
from tests.corpora.agencies.make import AGENCIES, FONTS, Agency, make
from tests.corpora.agencies.pool import BUILDING, MEASURE, POOLS

SLIM = "province"
"""The agency of the slim part."""
WHOLE = ("build", MEASURE)
"""The pools in whose words every agency is made unless less is asked for."""
REGISTERS = ("build5", "build6", "build7")
"""Pools in one register each: plain speech, the language of decrees, English among the Thai. Their figures stand together, and
apart from those of the older pools, whose floors they would hide."""
SURE = 0.9
BOUNDS = (0.0, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.97, 1.01)
"""Lower bounds of the bins of confidence, and the end of the last."""

_HEAD = """\
# How often the verdicts on a concept were right on the made-up agencies of tests/corpora/agencies, in the words that serve
# for measuring only. Written by `python -m benchmarks.agencies --write`. seen: items judged; right: with the true status;
# gaps: true gaps, found: of them reported; passes: items without a gap, accused: of them reported as gaps.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One item as it is and as it was said. `checks` are (check, right) of what was said for sure enough to be counted, `read`
    tells how the text of each source was had."""

    pool: str
    agency: str
    item: str
    concepts: tuple[str, ...]
    form: str
    gap: str
    accepted: tuple[str, ...]
    said: str
    fits: bool
    kind: str
    failing: tuple[str, ...]
    located: bool
    checks: tuple[tuple[CheckResult, bool], ...]
    read: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_gap(self) -> bool:
        """Whether it truly has a gap."""
        return self.accepted[0] == "gap"

    @property
    def right(self) -> bool:
        """Whether the status is accepted."""
        return self.said in self.accepted

    @property
    def accused(self) -> bool:
        """Whether a gap was said where there is none."""
        return self.said == "gap" and "gap" not in self.accepted


def at_most(part: int, whole: int, risk: float = 0.05) -> float:
    """The upper end of a share of which `part` of `whole` were seen: the share at which so few are as rare as `risk`."""
    if part >= whole:
        return 1.0
    low, high = part / whole, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        seen = math.fsum(math.comb(whole, n) * middle**n * (1 - middle) ** (whole - n) for n in range(part + 1))
        low, high = (middle, high) if seen > risk else (low, middle)
    return round(high, 4)


def rows_of(agency: Agency, pool: str) -> list[Row]:
    """Make an agency, check it and compare each item with its truth."""
    with tempfile.TemporaryDirectory(prefix="ita-rules-") as made:
        return check(Path(made), agency, pool)


def check(folder: Path, agency: Agency, pool: str) -> list[Row]:
    """The same; the made site stays in `folder` as ``site``, the run as ``run``."""
    site_folder, out = folder / "site", folder / "run"
    make(site_folder, agency, pool)
    out.mkdir()
    with serve_folder(site_folder) as site:
        job = Job(
            url=site.url,
            name=site.name,
            agency_type=AgencyType(site.agency_type),
            ruleset=given.ruleset_of(site.ruleset),
            as_of=dt.date.fromisoformat(str(site.as_of)),
            out=out,
            started=given.now(),
            formats=("json",),
            lang="th",
            crawl=Crawl(),
            agent=Agent(),
            answers=site.answers_path,
            quiet=True,
        )
        report = run_job(job).report
    return compared(folder, agency, pool, report)


def compared(folder: Path, agency: Agency, pool: str, report: Report) -> list[Row]:
    """Each item of a report on an agency that was made in `folder` beside its truth."""
    truth = json.loads((folder / "site" / "truth.json").read_text("utf-8"))
    return [_row(agency, pool, told, report) for told in truth["items"]]


def _row(agency: Agency, pool: str, told: dict[str, Any], report: Report) -> Row:
    item = next(i for i in report.items if i.id == told["item"])
    expect = [tuple(pair) for pair in told["expect"]]

    def expected(check: CheckResult) -> bool:
        return any(check.kind == kind and component in ("*", check.component) for kind, component in expect)

    failing = criterion_gaps(item)
    said: list[tuple[CheckResult, bool]] = []
    if told["status"][0] != "undecided":
        for check in item.checks:
            if check.severity is Severity.CRITERION and check.status is Status.GAP:
                said.append((check, expected(check)))
            elif check.severity is Severity.CRITERION and check.status is Status.PASS:
                first = expect[0] if expect else ("", "")
                missed = check.kind == first[0] and first[1] in ("*", check.component) and item.status is Status.PASS
                said.append((check, not missed))
    found = {place(u) for s in item.sources for u in (s.url, s.final_url or "")}
    return Row(
        pool=pool,
        agency=agency.kind,
        item=told["item"],
        concepts=tuple(told["concepts"]),
        form=told["form"],
        gap=told["gap"] or "",
        accepted=tuple(told["status"]),
        said=item.status.value,
        fits=any(expected(c) for c in failing),
        kind=expect[0][0] if expect else "",
        failing=tuple(f"{c.kind}:{c.component}" for c in failing),
        located=not told["located"] or bool(found & set(told["sources"])),
        checks=tuple(said),
        read={url: s.text_from for s in item.sources if s.text_from for url in (s.url, s.final_url or s.url)},
    )


def figures(rows: Sequence[Row]) -> Figures:
    """The figures of some items."""
    # where both are accepted, what was left undecided was not missed
    gaps = [r for r in rows if r.is_gap and not (r.right and r.said == "undecided")]
    fair = [r for r in rows if "gap" not in r.accepted]
    reported = [r for r in rows if r.said == "gap"]
    accused = sum(r.accused for r in rows)
    recall = share(sum(r.said == "gap" for r in gaps), len(gaps))
    falsely = accused / len(fair) if fair else 0.0
    sure = [right for r in rows for check, right in r.checks if check.confidence >= SURE]
    among = 0.05 * recall + 0.95 * falsely
    return {
        "items": len(rows),
        "accuracy": share(sum(r.right for r in rows), len(rows)),
        "recall": recall,
        "precision": share(len(reported) - accused, len(reported)),
        "precision_at_5": round(0.05 * recall / among, 4) if among else 1.0,
        "false_accusations": accused,
        "accused_at_most": at_most(accused, len(fair)) if fair else 1.0,
        "missed_gaps": sum(r.said == "pass" for r in gaps),
        "right_check": share(sum(r.fits for r in gaps), len(gaps)),
        "located": share(sum(r.located for r in rows), len(rows)),
        "undecided": share(sum(r.said == "undecided" and "undecided" not in r.accepted for r in rows), len(rows))
        if rows
        else 0.0,
        "calibrated": share(sum(sure), len(sure)),
    }


def by(rows: Iterable[Row], keys: Callable[[Row], Iterable[str]]) -> dict[str, list[Row]]:
    """The rows under each of their keys."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for key in keys(row):
            found[key].append(row)
    return dict(sorted(found.items()))


def by_check(rows: Sequence[Row]) -> list[str]:
    """A line for each kind of check: gaps said and right, gaps to be found and found, and what of sure words was right."""
    lines = []
    for kind in sorted({c.kind for r in rows for c, _ in r.checks}):
        said = [right for r in rows for c, right in r.checks if c.kind == kind and c.status is Status.GAP]
        true = [r for r in rows if r.kind == kind]
        sure = [right for r in rows for c, right in r.checks if c.kind == kind and c.confidence >= SURE]
        lines.append(
            f"  {kind:12} gaps said {len(said):3}, right {share(sum(said), len(said)):.2f}; "
            f"to find {len(true):3}, found {share(sum(r.fits for r in true), len(true)):.2f}; "
            f"sure {len(sure):5}, right {share(sum(sure), len(sure)):.4f}"
        )
    return lines


def by_confidence(said: Iterable[tuple[float, bool]]) -> list[tuple[str, int, int]]:
    """Of checks as (confidence, right) each bin of confidence that holds any: its name, how many, how many of them right."""
    pairs, found = list(said), []
    for low, high in pairwise(BOUNDS):
        inside = [right for confidence, right in pairs if low <= confidence < high]
        if inside:
            found.append((f"{low:.2f}-{min(high, 1.0):.2f}", len(inside), sum(inside)))
    return found


def bins(said: Iterable[tuple[float, bool]]) -> list[str]:
    """The same as lines to print."""
    return [f"  said {name}: {n:5}, right {right / n:.4f}" for name, n, right in by_confidence(said)]


def accuracy(rows: Sequence[Row]) -> dict[str, dict[str, int]]:
    """What ``rules/accuracy.yaml`` says of each concept."""
    return {
        concept: {
            "seen": len(found),
            "right": sum(r.right for r in found),
            "gaps": sum(r.is_gap for r in found),
            "found": sum(r.is_gap and r.said == "gap" for r in found),
            "passes": sum("gap" not in r.accepted for r in found),
            "accused": sum(r.accused for r in found),
        }
        for concept, found in by(rows, lambda r: r.concepts).items()
    }


def told(rows: Sequence[Row], misses: bool) -> list[str]:
    """The lines to print on the rows of one pool."""
    lines = ["by kind of check:", *by_check(rows)]
    lines += ["by confidence:", *bins((check.confidence, right) for r in rows for check, right in r.checks)]
    slices: list[tuple[str, Callable[[Row], Iterable[str]]]] = [
        ("agency", lambda r: [r.agency]),
        ("form", lambda r: [r.form]),
        ("gap", lambda r: [r.gap or "-"]),
        ("concept", lambda r: r.concepts),
    ]
    for title, keys in slices:
        lines.append(f"by {title}:")
        for name, found in by(rows, keys).items():
            f = figures(found)
            lines.append(
                f"  {name:26} n {len(found):3}  accuracy {f['accuracy']:.2f}  recall {f['recall']:.2f}"
                f"  precision {f['precision']:.2f}"
                f"  accused {f['false_accusations']:.0f}  missed {f['missed_gaps']:.0f}  undecided {f['undecided']:.2f}"
            )
    if misses:
        lines += [
            f"  {r.agency} {r.item} {'+'.join(r.concepts)} ({r.form}): truth {r.accepted[0]} ({r.gap or '-'}), said {r.said}"
            f"{'' if r.located else ' (not located)'}, failing: {', '.join(r.failing) or '-'}"
            for r in rows
            if not r.right or not r.located or (r.is_gap and not r.fits)
        ]
    else:
        kinds = Counter(f"{r.accepted[0]} ({r.gap or 'whole'}) said {r.said}" for r in rows if not r.right)
        lines += [f"  {count} x {kind}" for kind, count in sorted(kinds.items())]
    return lines


def share_of(pool: str) -> tuple[str, ...]:
    """The kinds of agencies that stand for all in the words of a pool: every one in those of `WHOLE`, else every third, beginning
    with another one in each pool, so that three pools have all."""
    kinds = tuple(a.kind for a in AGENCIES)
    return kinds if pool in WHOLE else kinds[BUILDING.index(pool) % 3 :: 3]


def run(asked: Mapping[str, Sequence[str]]) -> list[Row]:
    """The rows of the kinds of agencies that are asked for in the words of each pool."""
    return [row for pool, kinds in asked.items() for agency in AGENCIES if agency.kind in kinds for row in rows_of(agency, pool)]


def _name(part: str) -> str:
    """The name of a part's figures and floors; others hold where the machine has not both pdftotext and the Thai fonts."""
    whole = shutil.which("pdftotext") and FONTS.exists()
    return f"agencies_{part}" if whole else f"agencies_{part}_elsewhere"


def slim() -> dict[str, Figures]:
    """The figures of the one agency that stands for all, in the words of the pool `build`."""
    return {_name("slim"): figures(run({"build": [SLIM]}))}


def write(rows: Sequence[Row]) -> None:
    """Write ``rules/accuracy.yaml`` from the rows of the pool `measure`."""
    found = accuracy([r for r in rows if r.pool == MEASURE])
    text = yaml.safe_dump(found, allow_unicode=True, sort_keys=True, default_flow_style=None, width=200)
    (data_folder("rules") / "accuracy.yaml").write_text(_HEAD + text, "utf-8")


def full(asked: Mapping[str, Sequence[str]] | None = None, misses: bool = False, keep: bool = False) -> dict[str, Figures]:
    """Check the agencies, print everything and return the figures of each pool, and of the pools for building together."""
    asked = asked or {pool: share_of(pool) for pool in POOLS}
    rows = run(asked)
    for pool in asked:
        print(f"agencies in the words of {pool}:")
        print("\n".join(told([r for r in rows if r.pool == pool], misses and pool in BUILDING)))
    if keep:
        write(rows)
    results = {_name(pool): figures([r for r in rows if r.pool == pool]) for pool in asked}
    older = [pool for pool in BUILDING if pool not in REGISTERS]
    for part, pools in (("building", older), ("registers", REGISTERS)):
        if len(together := [pool for pool in asked if pool in pools]) > 1:
            results[_name(part)] = figures([r for r in rows if r.pool in together])
    return results


def everything() -> dict[str, Sequence[str]]:
    """Every kind of agency in the words of every pool."""
    return {pool: [a.kind for a in AGENCIES] for pool in POOLS}


def main() -> int:
    """Print the figures; 1 when one of them is under its floor."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--pool", choices=POOLS, help="the words of one pool only")
    arguments.add_argument("--agency", choices=[a.kind for a in AGENCIES], help="one agency only")
    arguments.add_argument("--all", action="store_true", help="every agency in the words of every pool")
    arguments.add_argument("--misses", action="store_true", help="list the misses of the pools for building")
    arguments.add_argument("--write", action="store_true", help="write rules/accuracy.yaml")
    asked = arguments.parse_args()
    if asked.write and (asked.agency or asked.pool not in (None, MEASURE)):
        arguments.error(f"--write needs every agency in the words of {MEASURE}")
    parts = everything() if asked.all or asked.pool or asked.agency else {pool: share_of(pool) for pool in POOLS}
    if asked.pool:
        parts = {asked.pool: parts[asked.pool]}
    if asked.agency:
        parts = {pool: [asked.agency] for pool in parts}
    results = full(parts, asked.misses, asked.write)
    floors = {} if asked.agency else yaml.safe_load(FLOORS.read_text("utf-8"))
    wrong = [line for name, found in results.items() for line in under_floor(name, found, floors)]
    for name, found in results.items():
        print(f"{name}: " + ", ".join(f"{k} {v}" for k, v in found.items()))
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
