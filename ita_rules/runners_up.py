"""The candidates that were nearly the evidence of a concept: what else was judged for it, and what each lacks.

They are told with the `answered` check. A merged item has one of each concept, so that a plan and the report on it each name
their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ita_rules.checks.interface import Context, Observation, Outcome, Said
from ita_rules.locate import Candidate
from ita_rules.model import Severity
from ita_rules.rulesets.types import Check

_MOST = 4
_MOST_LACKING = 6
_LONGEST_TITLE = 120  # letters
_LACKS = (Outcome.NOT_MET, Outcome.UNKNOWN)

Judged = tuple[Candidate, Sequence[Observation]]


def with_runners_up(ctx: Context, seen: Sequence[Observation], tried: Sequence[Judged]) -> tuple[Observation, ...]:
    """What was seen of the candidate of `ctx`, its `answered` check with why none of the others that were `tried` was chosen: the
    nearest first, each with its first page or file, how well it is called as the item is, and the criteria that it lacks or
    of which nothing could be told."""
    chosen = {p.key for p in ctx.candidate.pieces} if ctx.candidate is not None else set[str]()
    # What is a part of the chosen one was chosen with it.
    others = ((candidate, found) for candidate, found in tried if not {p.key for p in candidate.pieces} <= chosen)
    lacking = [(candidate, _lacking(ctx, found)) for candidate, found in others]
    lacking.sort(key=lambda pair: (len(pair[1]), -pair[0].score))
    told = tuple(_told(candidate, names) for candidate, names in lacking[:_MOST] if candidate.pieces)
    return tuple(replace(o, why=(*o.why, *told)) if told and o.check.kind == "answered" else o for o in seen)


def _lacking(ctx: Context, seen: Sequence[Observation]) -> tuple[str, ...]:
    found = [o for o in seen if o.outcome in _LACKS and (o.severity or o.check.severity) is Severity.CRITERION]
    return tuple(dict.fromkeys(_name(ctx, o.check) for o in found))


def _name(ctx: Context, check: Check) -> str:
    return ctx.words_of(check) if check.component in ctx.ruleset.components else f"@kind.{check.kind}"


def _told(candidate: Candidate, lacking: tuple[str, ...]) -> Said:
    first = candidate.pieces[0]
    own = (first.document.title if first.document else "", candidate.words, first.exchange.title if first.exchange else "")
    title = next(filter(None, own), "")
    values: dict[str, object] = {
        "title": title[:_LONGEST_TITLE] or first.url.rstrip("/").rpartition("/")[2],
        "url": first.url,
        "likeness": round(100 * min(1.0, candidate.score)),
    }
    if not lacking:
        return ("why.runner_up_whole", values)
    return ("why.runner_up", {**values, "lacking": lacking[:_MOST_LACKING], "count": len(lacking)})
