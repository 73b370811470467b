"""What becomes of verdicts where the vocabulary lacks words: an estimate of how an agency is judged that was never seen.

The words of the pools for building are known to the vocabulary, since it was mended by them; how often an agency is accused in
words met for the first time cannot be seen there. So words are taken away: of all folded wordings, statements, figures, hints,
stems and words beside them a random part (by seed, the same in every component), and the same saved runs are judged again.

    python -m benchmarks.heldout                          the pools build2 to build7, a third of the agencies each
    python -m benchmarks.heldout --runs FOLDER            keeps the runs there, and takes those that are there already
    python -m benchmarks.heldout --share 0.5 --seeds 1 2 3 --pools build5 --misses

Told for the whole vocabulary and for each seed: items, accuracy, false accusations, items without a gap that were left undecided,
and of the true gaps how many were said to be gaps, left undecided, and passed. Titles of items are left as they are: what is
measured is what happens within a document, not whether it is found.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.agencies import Row, check, compared, share_of
from ita_rules.judge import judge
from ita_rules.rulesets.kinds import COMPONENT_LISTS
from ita_rules.rulesets.load import load_ruleset
from ita_rules.rulesets.types import Check, Component, RuleSet
from ita_rules.run.store import load_run
from ita_rules.thai.fold import loose
from tests.corpora.agencies.make import AGENCIES, Agency
from tests.corpora.agencies.pool import BUILDING

POOLS = BUILDING[1:]
SHARE = 1 / 3
SEEDS = (1, 2, 3)
LISTS = ("wordings", "statements", "figures", "hints", "stems", "beside")
"""Of a component's lists those of which words are left out. What keeps a component from being seen stays."""


@dataclass(frozen=True)
class Seen:
    """An agency in the words of a pool: its rule set, day and folder (``site`` and ``run``)."""

    agency: Agency
    pool: str
    folder: Path


def is_left_out(word: str, seed: int, share: float) -> bool:
    """Whether a word is among the `share` of all that are taken away; the same for each of its spellings that fold alike."""
    if not share:
        return False
    drawn = hashlib.sha256(f"{seed}/{loose(word)}".encode()).digest()
    return int.from_bytes(drawn[:4], "big") < share * 2**32


def _kept(words: Iterable[str], seed: int, share: float) -> tuple[str, ...]:
    return tuple(w for w in words if not is_left_out(w, seed, share))


def _component(component: Component, seed: int, share: float) -> Component:
    return component.model_copy(update={name: _kept(getattr(component, name), seed, share) for name in LISTS})


def _check(one: Check, seed: int, share: float) -> Check:
    options: Mapping[str, Any] = {
        name: _kept(said, seed, share) if name in COMPONENT_LISTS and name in LISTS else said
        for name, said in one.options.items()
    }
    return one.model_copy(update={"options": options, "any_of": tuple(_check(c, seed, share) for c in one.any_of)})


def thinned(ruleset: RuleSet, seed: int, share: float = SHARE) -> RuleSet:
    """A rule set without a random share of the words by which components are found."""
    items = tuple(i.model_copy(update={"checks": tuple(_check(c, seed, share) for c in i.checks)}) for i in ruleset.items)
    components = {name: _component(c, seed, share) for name, c in ruleset.components.items()}
    return ruleset.model_copy(update={"items": items, "components": components})


def gathered(folder: Path, pools: Sequence[str], kinds: Sequence[str] | None = None) -> list[Seen]:
    """The agencies in the words of some pools, checked once; what stands in `folder` from before is taken as it is."""
    found = []
    for pool in pools:
        for agency in AGENCIES:
            if agency.kind not in (kinds or share_of(pool)):
                continue
            place = folder / f"{pool}-{agency.kind}"
            if not (place / "run" / "report.json").exists():
                check(place, agency, pool)
            found.append(Seen(agency, pool, place))
    return found


def judged(seen: Seen, seed: int, share: float) -> list[Row]:
    """The items of an agency, judged without a share of the words."""
    run = load_run(seen.folder / "run")
    ruleset = load_ruleset(f"oit-{seen.agency.year}")
    if share:
        ruleset = thinned(ruleset, seed, share)
    report = judge(run, ruleset, dt.date.fromisoformat(run.meta.as_of), engine="plain")
    return compared(seen.folder, seen.agency, seen.pool, report)


def line(name: str, rows: Sequence[Row]) -> str:
    """The figures of some items as a line to print."""
    gaps = [r for r in rows if r.is_gap]
    fair = [r for r in rows if "gap" not in r.accepted]
    told = {said: sum(r.said == said for r in gaps) for said in ("gap", "undecided", "pass")}
    unsure = sum(r.said == "undecided" and "undecided" not in r.accepted for r in fair)
    return (
        f"{name:10} items {len(rows):4}  accuracy {sum(r.right for r in rows) / max(1, len(rows)):.3f}"
        f"  accused {sum(r.accused for r in rows):3} of {len(fair):4}  undecided {unsure:3}"
        f"  gaps {len(gaps):3}: said {told['gap']:3}, undecided {told['undecided']:3}, passed {told['pass']:3}"
    )


def missed(rows: Iterable[Row]) -> list[str]:
    """A line for each item that was not said right."""
    return [
        f"  {r.pool} {r.agency} {r.item} {'+'.join(r.concepts)} ({r.form}): truth {r.accepted[0]} ({r.gap or '-'}), "
        f"said {r.said}, failing: {', '.join(r.failing) or '-'}"
        for r in rows
        if not r.right
    ]


def main() -> int:
    """Print the figures with the whole vocabulary and with each part of it."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--runs", type=Path, help="where runs are kept")
    arguments.add_argument("--pools", nargs="+", choices=BUILDING, default=POOLS)
    arguments.add_argument("--agencies", nargs="+", choices=[a.kind for a in AGENCIES])
    arguments.add_argument("--share", type=float, default=SHARE, help="what part of the words is left out")
    arguments.add_argument("--seeds", type=int, nargs="+", default=SEEDS)
    arguments.add_argument("--misses", action="store_true", help="list what is not said right")
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="ita-rules-") as made:
        agencies = gathered(asked.runs or Path(made), asked.pools, asked.agencies)
        parts = [("whole", 0, 0.0), *((f"seed {seed}", seed, asked.share) for seed in asked.seeds)]
        for name, seed, share in parts:
            rows = [row for seen in agencies for row in judged(seen, seed, share)]
            print(line(name, rows), flush=True)
            if asked.misses:
                print("\n".join(missed(rows)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
