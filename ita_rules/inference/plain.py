"""The plain engine: joins by Python dictionaries, nothing to install. The twin by which the other engine is checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ita_rules.inference.chain import Match, conclude
from ita_rules.inference.interface import Conclusion, Fact, Rule, RuleSet, Value
from ita_rules.inference.match import extend, fits

_Typed = tuple[type, Value]


@dataclass(slots=True)
class _Memory:
    """The facts that fit one pattern, in order of coming, and for each key that bears a variable by what it holds."""

    facts: list[Fact] = field(default_factory=list)
    by_key: dict[str, dict[_Typed, list[Fact]]] = field(default_factory=dict)

    def add(self, fact: Fact, keys: Sequence[str]) -> None:
        self.facts.append(fact)
        for key in keys:
            self.by_key.setdefault(key, {}).setdefault((type(fact[key]), fact[key]), []).append(fact)

    def look(self, key: str | None, value: Value | None) -> Sequence[Fact]:
        if key is None or value is None:
            return self.facts
        return self.by_key.get(key, {}).get((type(value), value), ())


class PlainMatcher:
    """Finds matches as facts come: each match when the last of its facts has come, so each exactly once."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._places: dict[str, list[tuple[int, int]]] = {}
        self._memory: dict[tuple[int, int], _Memory] = {}
        self._plans: dict[tuple[int, int], tuple[tuple[int, str | None, str], ...]] = {}
        for number, rule in enumerate(rules):
            for place, pattern in enumerate(rule.when):
                self._places.setdefault(pattern.kind, []).append((number, place))
                self._memory[number, place] = _Memory()
                self._plans[number, place] = _plan(rule, place)

    def add(self, fact: Fact) -> Iterator[Match]:
        """Take a fact in; the matches that it completes."""
        kept: list[tuple[int, int]] = []
        for number, place in self._places.get(str(fact["fact"]), ()):
            pattern = self._rules[number].when[place]
            if fits(pattern, fact):
                bound = extend(pattern, fact, {})
                if bound is not None:
                    yield from self._join(number, self._plans[number, place], {place: fact}, bound)
                    kept.append((number, place))
        # only now, so that no fact is joined with itself
        for number, place in kept:
            self._memory[number, place].add(fact, [key for key, _ in self._rules[number].when[place].variables])

    def _join(
        self,
        number: int,
        plan: Sequence[tuple[int, str | None, str]],
        chosen: dict[int, Fact],
        bound: Mapping[str, Value],
    ) -> Iterator[Match]:
        rule = self._rules[number]
        if not plan:
            yield rule.order, tuple(str(chosen[place]["id"]) for place in range(len(rule.when)))
            return
        place, key, name = plan[0]
        for fact in self._memory[number, place].look(key, bound.get(name)):
            if all(fact is not other for other in chosen.values()):
                wider = extend(rule.when[place], fact, bound)
                if wider is not None:
                    yield from self._join(number, plan[1:], {**chosen, place: fact}, wider)

    def close(self) -> None:
        """Forget all facts."""
        self._memory.clear()


def _plan(rule: Rule, start: int) -> tuple[tuple[int, str | None, str], ...]:
    """In which order to look at the other patterns, each with a key whose variable is bound by then (None: look at all)."""
    names = {name for _, name in rule.when[start].variables}
    left = [place for place in range(len(rule.when)) if place != start]
    plan: list[tuple[int, str | None, str]] = []
    while left:
        place = next((p for p in left if any(name in names for _, name in rule.when[p].variables)), left[0])
        key, name = next(((k, n) for k, n in rule.when[place].variables if n in names), (None, ""))
        plan.append((place, key, name))
        names |= {n for _, n in rule.when[place].variables}
        left.remove(place)
    return tuple(plan)


class PlainEngine:
    """Runs rules by `PlainMatcher`."""

    name = "plain"

    def run(self, rules: RuleSet, facts: Sequence[Fact]) -> Conclusion:
        """See `Engine.run`."""
        return conclude(rules, facts, PlainMatcher)
