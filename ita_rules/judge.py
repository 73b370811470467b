"""Judging: a run and a rule set in, a report out. Pure: no network, clock, randomness or environment.

Three steps: *locate* the evidence of each item, *observe* it by each check, *infer* statuses from the observations by the
rules over facts. The same run gives the same report, byte for byte, whichever engine inferred.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Literal

from ita_rules.across import Part, facts_across, findings
from ita_rules.across.earlier import Earlier, earlier_in
from ita_rules.across.findings import check_results
from ita_rules.apart import with_apart
from ita_rules.assemble import Concluded, Judged, check_result, due_day, item_result, report
from ita_rules.checks import Context, Observation, Outcome, observe, personal_data
from ita_rules.checks.component import with_near
from ita_rules.checks.confidence import SURE
from ita_rules.checks.interface import AGENCY_CAUSES, Said
from ita_rules.data import data_folder
from ita_rules.inference import Conclusion, Fact, by_fact, infer, load_rules, trace
from ita_rules.inference import RuleSet as InferenceRules
from ita_rules.inference import engine as engine_named
from ita_rules.locate import Candidate, Located, Locator, SiteView
from ita_rules.messages import messages
from ita_rules.model import AgencyType, Report, Severity, Status
from ita_rules.rulesets.accuracy import load_accuracy, of_item
from ita_rules.rulesets.types import Check, Item, RuleSet
from ita_rules.run.texts import Documents
from ita_rules.run.types import RunData
from ita_rules.runners_up import with_runners_up
from ita_rules.scoring import Grid, Indicator, SubIndicator, score, worth
from ita_rules.sisters import of_sisters, one_way

_MOST_TRIED = 6
_MOST_TEXTS, _MOST_LINES = 32 * 1024**2, 64 * 1024**2
"""Bytes, about, that texts may weigh while they are judged, unpacked and cut into lines: three hundred of six pages. Items ask
for their texts several times; gathering, which asks for each once, keeps less."""

_ORDER = {Outcome.MET: 0, Outcome.NOT_APPLICABLE: 0, Outcome.NOT_DUE: 1, Outcome.UNKNOWN: 2, Outcome.NOT_MET: 3}


def judge(
    run: RunData,
    ruleset: RuleSet,
    as_of: dt.date,
    *,
    lang: str = "th",
    engine: Literal["durable", "plain"] | None = None,
    only_files: bool = False,
    previous: Earlier | None = None,
) -> Report:
    """Judge a run by a rule set as of a day (A.D. date).

    `engine` is ``durable``, ``plain`` or None for the first that this Python has; the report does not depend on it.
    `only_files` judges files from disk: what asks for a site is then not applicable. `previous` is the check of an earlier year
    (`ita_rules.across.earlier_of`), by which last year's file under this year's item is found; the one that the run itself
    holds when None.
    """
    if isinstance(run.documents, Documents):
        run.documents.allow(_MOST_TEXTS)
    site = SiteView(run, most_lines=_MOST_LINES)
    locator = Locator(site, ruleset)
    agency_type = AgencyType(run.meta.agency_type or "other")
    name = run.meta.agency_name or _site_name(site)
    say = messages(lang)
    judged = [_judge_item(site, locator, ruleset, item, (name, agency_type), as_of, lang, only_files) for item in ruleset.items]
    earlier = previous or earlier_in(run.meta, ruleset.fiscal_year)
    across = facts_across([Part(one.item.id, p.ctx, p.observations) for one in judged for p in one.parts], earlier)
    conclusion = infer(_rules(), [*_facts(site, judged, only_files), *across.facts], engine_named(engine))
    found = findings(conclusion, across, lang)
    concluded = _concluded(conclusion, lang)
    grid = _grid(ruleset, lang)
    statuses = {one.item.id: _item_status(conclusion, one.item) for one in judged}
    worths = worth(grid, frozenset(i for i, status in statuses.items() if status is Status.NOT_APPLICABLE))
    items = []
    for one in judged:
        checks = [check_result(say, one, seen, concluded[seen.check.id]) for seen in one.observations]
        checks += check_results(found, one.item.id, across, lang)
        status = statuses[one.item.id]
        day = due_day(one.item, ruleset)
        measured = of_item(one.item.concepts, load_accuracy())
        due = day.isoformat() if day else None
        items.append(item_result(say, one, status, checks, site, worths.get(one.item.id, 0.0), due, measured))
    return report(site, ruleset, as_of, say, items, score(grid, statuses), (name, agency_type), earlier)


def _site_name(site: SiteView) -> str:
    home = site.exchange(site.start_key)
    return home.title if home else ""


# -------------------------------------------------------------------------------- observing


def _judge_item(
    site: SiteView,
    locator: Locator,
    ruleset: RuleSet,
    item: Item,
    agency: tuple[str, AgencyType],
    as_of: dt.date,
    lang: str,
    only_files: bool,
) -> Judged:
    """An item by each of its concepts, seen together: a merged item has evidence, and a period, for each concept."""
    parts = [_judge_part(site, locator, ruleset, part, agency, as_of, lang, only_files) for part in ruleset.parts(item)]
    parts = [_by_sisters(site, locator, one, [s for s in parts if s is not one]) for one in parts]
    seen = tuple(o for part in parts for o in part.observations)
    # advice of our own, shown only where something was found
    private = (observe(p.ctx, personal_data.advice_on(item.id, p.ctx.item.concepts[0])) for p in parts)
    seen += tuple(o for o in private if o.outcome is Outcome.NOT_MET)[:1]
    return Judged(item, parts[0].ctx, seen, tuple(c for part in parts for c in part.looked_at), tuple(parts))


def _judge_part(
    site: SiteView,
    locator: Locator,
    ruleset: RuleSet,
    item: Item,
    agency: tuple[str, AgencyType],
    as_of: dt.date,
    lang: str,
    only_files: bool,
) -> Judged:
    located = locator.locate(item)
    best: tuple[tuple[int, ...], Context, tuple[Observation, ...]] | None = None
    tried: list[tuple[Candidate, tuple[Observation, ...]]] = []
    candidates: Sequence[Candidate | None] = located.candidates[:_MOST_TRIED] if located.state in ("given", "found") else (None,)
    for candidate in candidates or (None,):
        ctx = Context(site, locator.titles, ruleset, item, located, candidate, *agency, as_of, lang, only_files)
        seen = _observe_all(ctx)
        rank = _rank(seen, candidate)
        within = candidate is not None and _is_within(item, candidate, [c for c, _ in tried])
        if candidate is not None:
            tried.append((candidate, seen))
        if best is None or (rank < best[0] and not (within and rank[0])):
            best = (rank, ctx, seen)
        if rank[0] == 0:
            break
    assert best is not None
    ctx, seen = with_apart(best[1], best[2], locator)
    chosen = ctx.candidate
    looked = tuple(c for c in (chosen, *(c for c, _ in tried)) if c is not None)
    return Judged(item, ctx, with_runners_up(ctx, with_near(ctx, seen), tried), looked)


def _by_sisters(site: SiteView, locator: Locator, part: Judged, sisters: Sequence[Judged]) -> Judged:
    """A part of a merged item by what its sisters found, where nothing was located for it and that meets all that it asks; by the
    one-way form that is the site's only channel of questions; else as it was judged."""
    for candidate in of_sisters(site, locator, part, sisters):
        tried = _with(part, candidate)
        if _rank(tried.observations, candidate)[0] == 0 and _shows(tried.observations):
            return tried
    form = one_way(site, part, sisters)
    return _with(part, form) if form is not None else part


def _with(part: Judged, candidate: Candidate) -> Judged:
    """A part judged by a candidate."""
    located = Located("found", (candidate,))
    ctx = replace(part.ctx, located=located, candidate=candidate)
    return replace(part, ctx=ctx, observations=with_near(ctx, _observe_all(ctx)), looked_at=(*part.looked_at, candidate))


def _shows(seen: Sequence[Observation]) -> bool:
    """Whether something of the evidence's content was met, and not only that there is evidence."""
    return any(o.outcome is Outcome.MET and o.check.kind in ("component", "two_way", "coverage", "count") for o in seen)


def _is_within(item: Item, candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether a candidate is only a part of one that was looked at, of an item that asks for every month: what one month's paper
    leaves open by itself is told by all of them together."""
    if not any(c.kind == "coverage" for c in item.checks):
        return False
    keys = {p.key for p in candidate.pieces}
    return any(keys < {p.key for p in other.pieces} for other in others)


def _rank(seen: Sequence[Observation], candidate: Candidate | None) -> tuple[int, ...]:
    """Which candidate speaks for an item, lowest first: one that meets all; else what the ITA page of the year names; else
    the one that is nearest, an undecided one before a gap (better evidence may stand where we could not look)."""
    worst = max((_ORDER[o.outcome] for o in seen if (o.severity or o.check.severity) is Severity.CRITERION), default=0)
    unsure = sum(o.outcome is Outcome.UNKNOWN for o in seen)
    gaps = sum(o.outcome is Outcome.NOT_MET for o in seen)
    named = candidate is not None and candidate.score >= 1.0
    return (int(worst > 0), int(not named), worst, gaps, unsure)


def _observe_all(ctx: Context) -> tuple[Observation, ...]:
    seen = [_observe_one(ctx, check) for check in ctx.item.checks]
    seen = _after_prerequisites([_unverified(ctx, o) for o in seen], ctx.located)
    return tuple(_not_due(ctx, o, seen) for o in seen)


def _observe_one(ctx: Context, check: Check) -> Observation:
    if not check.any_of:
        return observe(ctx, check)
    branches = [observe(ctx, branch) for branch in check.any_of]
    asked = check.at_least or 1
    met = [b for b in branches if b.outcome is Outcome.MET]
    open_ones = [b for b in branches if b.outcome is Outcome.UNKNOWN]
    values: dict[str, object] = {"found": len(met), "of": len(branches), "asked": asked}
    trace: tuple[Said, ...] = tuple(b.message for b in branches)
    if len(met) >= asked:
        evidence = tuple(e for b in met for e in b.evidence)
        return Observation(check, Outcome.MET, ("check.group.pass", values), min(b.confidence for b in met), evidence, trace)
    if len(met) + len(open_ones) >= asked:
        cause = open_ones[0].cause
        told = {**values, "cause": f"@cause.{cause}"}
        return Observation(check, Outcome.UNKNOWN, ("check.group.undecided", told), 1.0, why=trace, cause=cause)
    evidence = tuple(e for b in branches for e in b.evidence if e.read == "whole")
    confidence = min((b.confidence for b in branches if b.outcome is Outcome.NOT_MET), default=1.0)
    return Observation(check, Outcome.NOT_MET, ("check.group.gap", values), confidence, evidence, trace)


def _unverified(ctx: Context, one: Observation) -> Observation:
    """What was had without verifying a certificate may be quoted for the agency; nothing is held against it by such a copy."""
    if one.outcome is not Outcome.NOT_MET or one.check.kind in _OF_THE_WAY:
        return one
    if not any(p.exchange is not None and p.exchange.insecure for p in ctx.pieces):
        return one
    said = (f"check.{one.check.kind}.undecided", {**one.message[1], "cause": "@cause.tls"})
    return replace(one, outcome=Outcome.UNKNOWN, message=said, cause="tls", evidence=(), fix=None)


_OF_THE_WAY = frozenset({"answered", "reachable", "linked", "permission", "catalog"})


def _after_prerequisites(seen: list[Observation], located: Located) -> list[Observation]:
    """Where there is no evidence, or none that opens, nothing else is held against it: the other checks were not looked at."""
    blocking = next(
        (o for o in seen if o.check.kind in ("answered", "reachable") and o.outcome in (Outcome.NOT_MET, Outcome.UNKNOWN)), None
    )
    if blocking is None:
        return seen
    if blocking.check.kind == "reachable" and any(o.outcome is Outcome.MET and o.check.kind not in _SITE_KINDS for o in seen):
        return seen
    cause = blocking.cause
    changed = []
    for one in seen:
        same = one is blocking or one.outcome in (Outcome.NOT_APPLICABLE, Outcome.MET) or one.check.kind in _OF_ITS_OWN
        later = one.check.kind == "linked" and blocking.check.kind == "reachable" and cause not in AGENCY_CAUSES
        if same or (later and one.outcome is Outcome.UNKNOWN):
            changed.append(one)
            continue
        other = f"@kind.{blocking.check.kind}"
        changed.append(
            Observation(one.check, Outcome.UNKNOWN, ("check.prerequisite", {"other": other}), 1.0, cause=cause or "not_gathered")
        )
    return changed


_OF_ITS_OWN = frozenset({"permission", "catalog"})
"""Kinds that do not look into the evidence: what they saw holds where there is none, or none that opens."""

_SITE_KINDS = frozenset({"answered", "reachable", "linked", "permission", "machine_readable", "named", "catalog"})


def _not_due(ctx: Context, one: Observation, seen: Sequence[Observation]) -> Observation:
    """Nothing is missing before it is due: what is there already is judged all the same."""
    day = due_day(ctx.item, ctx.ruleset)
    if day is None or ctx.as_of > day or one.outcome not in (Outcome.NOT_MET, Outcome.UNKNOWN):
        return one
    nothing = any(o.check.kind in ("answered", "reachable") and o.outcome is Outcome.NOT_MET for o in seen)
    by_time = one.check.kind in ("period", "coverage") and one.outcome is Outcome.NOT_MET
    if nothing or by_time:
        return replace(one, outcome=Outcome.NOT_DUE, due=day.isoformat(), cause="", fix=None)
    return one


# -------------------------------------------------------------------------------- inferring


def _facts(site: SiteView, judged: Sequence[Judged], only_files: bool) -> list[Fact]:
    up = only_files or any(not e.cause for e in site.run.exchanges.values() if site.own_host(e.url))
    facts: list[Fact] = [{"fact": "site", "id": "site", "state": "up" if up else "down"}]
    for one in judged:
        facts.append({"fact": "item", "id": f"item {one.item.id}", "item": one.item.id, "applies": True})
        for seen in one.observations:
            facts.append(
                {
                    "fact": "observation",
                    "id": f"observation {seen.check.id}",
                    "check": seen.check.id,
                    "item": one.item.id,
                    "outcome": str(seen.outcome),
                    "cause": seen.cause,
                    "severity": str(seen.severity or seen.check.severity),
                    "kind": seen.check.kind,
                    "confident": seen.confidence >= SURE,
                }
            )
    return facts


@cache
def _rules() -> InferenceRules:
    """The rules over facts, read once per process."""
    return load_rules(data_folder("rules") / "inference.yaml")


def _grid(ruleset: RuleSet, lang: str) -> Grid:
    return Grid(
        tuple(
            Indicator(i.id, tuple(SubIndicator(s.id, s.items, s.name.say(lang)) for s in i.subs), i.name.say(lang))
            for i in ruleset.indicators
        )
    )


def _concluded(conclusion: Conclusion, lang: str) -> dict[str, Concluded]:
    """What became of every check, by its id."""
    firings = by_fact(conclusion)
    say = messages(lang)
    found = {}
    for fact in conclusion.of("check_status"):
        because = []
        for fired in trace(conclusion, str(fact["id"]), firings=firings):
            facts = [f for f in fired.facts if not _is_given_to_all(f)]
            because.append(say.say("why.rule", because=fired.because.say(lang), rule=fired.rule, facts=facts))
        found[str(fact["check"])] = Concluded(Status(str(fact["status"])), str(fact["cause"]), tuple(dict.fromkeys(because)))
    return found


def _is_given_to_all(fact_id: str) -> bool:
    """Whether every check rests on such a fact, so that naming it tells nothing: that the site is up, that the item applies."""
    return fact_id == "site" or fact_id.startswith("item ")


def _item_status(conclusion: Conclusion, item: Item) -> Status:
    return Status(str(next(conclusion.of("item_status", item=item.id))["status"]))
