"""A run that was broken off, taken up again: what a gathering knew, as far as it follows from what was kept.

What stands in the run is not asked again. What cannot follow from it (cookies, how a host behaved) is learned anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from crawlers.ledger import arrived
from crawlers.visit import MADE_UP
from ita_rules.run.keys import url_key
from ita_rules.run.types import Exchange, RunData, Want


def probes_of(run: RunData) -> list[Exchange]:
    """The made-up addresses that were asked to learn how a host says "not found"."""
    told = set(run.meta.settings.get("probe", "").split())
    return [e for e in run.exchanges.values() if e.key in told or e.detail == MADE_UP]


def main_of(run: RunData, doors: Iterable[str]) -> Exchange | None:
    """The main page: the one that is noted, else the first of the doors (keys) behind which something was."""
    for key in (run.meta.settings.get("main", ""), *doors):
        found = run.exchanges.get(key)
        if found is not None and found.cause is None:
            return found
    return None


def arrivals(run: RunData) -> set[str]:
    """The keys that were not asked themselves: a redirect led there, and its answer is noted for them too."""
    found = set()
    for exchange in run.exchanges.values():
        there = run.exchanges.get(exchange.final_key)
        if exchange.hops and there is not None and replace(there, depth=exchange.depth) == arrived(exchange):
            found.add(there.key)
    return found


def fetched(run: RunData, doors: Iterable[str]) -> int:
    """How many addresses of the budget are spent; the doors (keys) by which the site was entered cost nothing."""
    free = {*doors, *arrivals(run), *(e.key for e in probes_of(run))}
    return sum(key not in free for key in run.exchanges)


def requests_of(run: RunData) -> int:
    """Requests that were sent as far as the run shows them: tries and redirects."""
    there = arrivals(run)
    return sum(e.attempts + len(e.hops) for e in run.exchanges.values() if e.key not in there and not e.carried)


def tried_again(run: RunData) -> set[str]:
    """The keys that had their second try."""
    # A reset is answered by trying once more at once; that is not the second try, which comes at the end.
    return {e.key for e in run.exchanges.values() if e.attempts > (2 if e.cause == "reset" else 1)}


def evidence_of(run: RunData, wants: Callable[[RunData], Sequence[Want]]) -> set[str]:
    """The keys of failed addresses that a verdict depends on: what would be wanted as evidence if they had not been asked."""
    good = {key: e for key, e in run.exchanges.items() if not e.cause}
    if len(good) == len(run.exchanges) or not good:
        return set()
    before = RunData(run.meta, good, run.links, run.documents, run.answers)
    return {want.key or url_key(want.url) for want in wants(before) if want.kind == "fetch" and want.evidence}
