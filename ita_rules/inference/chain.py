"""Forward chaining, the same for every engine: facts in, strata one after another, tallies between them, conclusions out.

An engine only *finds matches* (`Matcher`). Here each match is checked against its rule once more, the fact that follows is
made and fed back until nothing new follows, and of all matches a well-founded choice is kept that does not depend on the
order in which they were found.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from typing import Protocol

from ita_rules.errors import RuleSetError
from ita_rules.inference.interface import MAX_NUMBER, Conclusion, Fact, Firing, Rule, RuleSet, Tally, Value
from ita_rules.inference.match import DERIVED, Content, bind, content, derive, fill, fits, with_id

_log = logging.getLogger(__name__)

MAX_FACTS = 20_000
"""Facts of one run, given and derived together."""

MAX_MATCHES = 200_000
"""Matches of one stratum."""

MAX_KEYS = 60
"""Keys of one fact."""

MAX_TEXT = 100_000
"""Characters of one value of a fact."""

Match = tuple[int, tuple[str, ...]]
"""A rule's place in its file, and the ids of the facts that match its patterns, in their order."""


class Matcher(Protocol):
    """Finds the matches of one stratum's rules, while facts come one by one."""

    def add(self, fact: Fact) -> Iterable[Match]:
        """Take a fact in; every match that is complete now and was not before."""
        ...

    def close(self) -> None:
        """Let go of what the engine holds."""
        ...


def conclude(rules: RuleSet, facts: Sequence[Fact], matcher: Callable[[Sequence[Rule]], Matcher]) -> Conclusion:
    """All conclusions from `facts`; `matcher` makes an engine's matcher for the rules of one stratum.

    Raises:
        ValueError: a fact that is none (see `given`).
        RuleSetError: more than `MAX_FACTS` facts or `MAX_MATCHES` matches (`error.inference.too_much`).
    """
    known: dict[str, Fact] = {str(fact["id"]): fact for fact in given(rules, facts)}
    contents: dict[Content, str] = {}
    for fact_id, fact in known.items():
        contents.setdefault(content(fact), fact_id)
    firings: list[Firing] = []
    counted: dict[str, tuple[str, ...]] = {}
    for stratum in rules.strata():
        for tally in rules.tallies:
            if tally.stratum == stratum:
                for fact, ids in _count(tally, list(known.values())):
                    known[str(fact["id"])] = fact
                    contents.setdefault(content(fact), str(fact["id"]))
                    counted[str(fact["id"])] = ids
        own = [rule for rule in rules.rules if rule.stratum == stratum]
        if own:
            for firing in _stratum(rules, own, known, contents, matcher):
                known[str(firing.derived["id"])] = firing.derived
                firings.append(firing)
    firings.sort(key=lambda f: (f.stratum, f.order, f.facts))
    return Conclusion(facts=tuple(known.values()), firings=tuple(firings), counted=counted)


def given(rules: RuleSet, facts: Iterable[Fact]) -> list[dict[str, Value]]:
    """Facts as engines want them: plain types, by id, each as its rule set declares it.

    Raises:
        ValueError: no `fact` or `id`, an id given twice or reserved, a value of another type, too long or too large, a declared
            key that is missing or holds what is not allowed, two facts of a kind of which there may be one, a kind that only
            rules and tallies make. (Kinds that the rule set does not know at all are let through; no rule asks for them.)
    """
    result: dict[str, dict[str, Value]] = {}
    single: set[str] = set()
    made = {str(value) for rule in rules.rules for key, value in rule.then if key == "fact"} | {t.name for t in rules.tallies}
    for fact in facts:
        clean = {key: _plain(key, value) for key, value in fact.items()}
        kind, fact_id = clean.get("fact"), clean.get("id")
        if not isinstance(kind, str) or not isinstance(fact_id, str) or not kind or not fact_id:
            raise ValueError(f"a fact needs the words 'fact' and 'id': {sorted(clean)}")
        if fact_id in result or fact_id.startswith(DERIVED) or len(clean) > MAX_KEYS or len(result) >= MAX_FACTS:
            raise ValueError(f"fact {fact_id!r}: its id is taken or reserved, or it is one too many or too large")
        if kind in made and kind not in rules.facts:
            raise ValueError(f"fact {fact_id!r}: facts of kind {kind!r} are concluded, never given")
        if kind in rules.single and kind in single:
            raise ValueError(f"fact {fact_id!r}: there may be one fact of kind {kind!r} only")
        single.add(kind)
        for key, declared in rules.facts.get(kind, {}).items():
            if key not in clean or not declared.allows(clean[key]):
                raise ValueError(f"fact {fact_id!r}: {kind}.{key} is missing or holds what is not allowed: {clean.get(key)!r}")
        result[fact_id] = clean
    return [result[fact_id] for fact_id in sorted(result)]


def _plain(key: object, value: object) -> Value:
    if isinstance(key, str):
        if isinstance(value, bool):
            return value
        if isinstance(value, int) and abs(value) <= MAX_NUMBER:
            return int(value)
        if isinstance(value, str) and len(value) <= MAX_TEXT:
            return str.__str__(value)  # members of a StrEnum become plain words
    raise ValueError(f"a fact's key {key!r} holds a value that no rule can read ({type(value).__name__})")


def _count(tally: Tally, facts: Sequence[Fact]) -> list[tuple[dict[str, Value], tuple[str, ...]]]:
    groups: dict[tuple[str, Value], dict[str, int]] = {}
    ids: dict[tuple[str, Value], list[str]] = {}
    zero = {**dict.fromkeys(tally.values, 0), "other": 0}
    for fact in facts:
        if tally.each is not None and fact["fact"] == tally.each and tally.by in fact:
            groups.setdefault((type(fact[tally.by]).__name__, fact[tally.by]), dict(zero))
        if fits(tally.over, fact) and tally.by in fact and tally.count in fact:
            group = (type(fact[tally.by]).__name__, fact[tally.by])
            counts = groups.setdefault(group, dict(zero))
            value = fact[tally.count]
            counts[value if isinstance(value, str) and value in tally.values else "other"] += 1
            ids.setdefault(group, []).append(str(fact["id"]))
    return [
        (with_id({"fact": tally.name, tally.by: group[1], **groups[group]}), tuple(sorted(ids.get(group, []))))
        for group in sorted(groups, key=lambda g: (g[0], g[1]))
    ]


def _stratum(
    rules: RuleSet,
    own: Sequence[Rule],
    known: Mapping[str, Fact],
    contents: dict[Content, str],
    matcher: Callable[[Sequence[Rule]], Matcher],
) -> list[Firing]:
    by_order = {rule.order: rule for rule in own}
    kinds = {pattern.kind for rule in own for pattern in rule.when}
    here: dict[str, Fact] = {}
    matches: dict[Match, tuple[dict[str, Value], str]] = {}
    queue: deque[Fact] = deque(fact for fact in known.values() if fact["fact"] in kinds)
    with closing(matcher(own)) as found:
        while queue:
            for match in found.add(queue.popleft()):
                order, ids = match
                bound = bind(by_order[order], [here[i] if i in here else known[i] for i in ids])
                if bound is None:
                    _log.warning("an engine matched rule %s where it does not hold", by_order[order].name)
                    continue
                fact = derive(by_order[order], bound)
                said = content(fact)
                if said not in contents:
                    contents[said] = str(fact["id"])
                    here[str(fact["id"])] = fact
                    if fact["fact"] in kinds:
                        queue.append(fact)
                matches[match] = (bound, contents[said])
                if len(matches) > MAX_MATCHES or len(known) + len(here) > MAX_FACTS:
                    raise RuleSetError("error.inference.too_much", file=rules.file, line=1, detail=f"stratum {own[0].stratum}")
    return _well_founded(by_order, matches, here)


def _well_founded(
    by_order: Mapping[int, Rule], matches: Mapping[Match, tuple[dict[str, Value], str]], here: Mapping[str, Fact]
) -> list[Firing]:
    """One firing for each derived fact, never resting on the fact itself: the first match of the first round in which its
    premises are all there.
    """
    missing = {match: {i for i in match[1] if i in here} for match in matches}
    waiting: dict[str, list[Match]] = {}
    for match, absent in missing.items():
        for fact_id in absent:
            waiting.setdefault(fact_id, []).append(match)
    ready = sorted(match for match, absent in missing.items() if not absent)
    chosen: dict[str, Firing] = {}
    while ready:
        fresh: list[str] = []
        for order, ids in ready:
            bound, fact_id = matches[(order, ids)]
            if fact_id in here and fact_id not in chosen:
                rule = by_order[order]
                because = fill(rule.because, bound)
                chosen[fact_id] = Firing(
                    rule.name, rule.stratum, order, ids, here[fact_id], because, rule.because, tuple(sorted(bound.items()))
                )
                fresh.append(fact_id)
        ready = []
        for fact_id in fresh:
            for match in waiting.get(fact_id, ()):
                missing[match].discard(fact_id)
                if not missing[match]:
                    ready.append(match)
        ready.sort()
    return sorted(chosen.values(), key=lambda f: (f.order, f.facts))
