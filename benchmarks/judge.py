"""How long judging a saved run takes.

Method: the run is loaded once and the rule set once (neither is timed). `judge` is called `--repeat` times (5 when left out)
in one process, each time on a run whose in-memory caches are new (the site view is built anew by every call); the caches of
folded texts are emptied before each call, so that every repeat folds the texts as a first one does. Wall-clock time by
`time.perf_counter`; the minimum is the machine undisturbed, the median what to expect. Peak memory is the process's largest
resident set, of loading and judging together, in MB (10^6 bytes); unknown on Windows. The reports must be the same bytes.

    python benchmarks/judge.py RUN [--ruleset ID] [--engine plain|durable] [--repeat N]
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import sys
import time
from pathlib import Path

from ita_rules.judge import judge
from ita_rules.rulesets.load import load_ruleset
from ita_rules.run.store import load_run
from ita_rules.thai.fold import clean, key, loose
from ita_rules.thai.periods import mentions


def peak_megabytes() -> float | None:
    """The process's largest resident set in MB, None where the system does not tell."""
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def main() -> None:
    """Time judging and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("run", type=Path, help="folder of a saved run")
    parser.add_argument("--ruleset", help="the run's own when left out")
    parser.add_argument("--engine", choices=("plain", "durable"), help="the first that this Python has when left out")
    parser.add_argument("--repeat", type=int, default=5)
    given = parser.parse_args()
    run = load_run(given.run)
    ruleset = load_ruleset(given.ruleset or run.meta.ruleset)
    as_of = dt.date.fromisoformat(run.meta.as_of) if run.meta.as_of else ruleset.window.closes
    seconds, reports = [], set()
    for _ in range(max(1, given.repeat)):
        for cached in (clean, key, loose, mentions):
            cached.cache_clear()
        began = time.perf_counter()
        report = judge(run, ruleset, as_of, engine=given.engine)
        seconds.append(time.perf_counter() - began)
        reports.add(report.model_dump_json())
    pages = sum(len(d.pages) for d in run.documents.values())
    links = sum(len(found) for found in run.links.values())
    peak = peak_megabytes()
    print(f"addresses {len(run.exchanges)}, links {links}, documents {len(run.documents)}, pages {pages}")
    print(f"items {len(ruleset.items)}")
    print(f"judge: minimum {min(seconds):.3f} s, median {statistics.median(seconds):.3f} s, repeats {len(seconds)}")
    print(f"peak memory {peak:.0f} MB" if peak is not None else "peak memory unknown")
    print(f"same bytes every time: {'yes' if len(reports) == 1 else 'NO'}")


if __name__ == "__main__":
    main()
