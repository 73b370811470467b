"""Why a fact holds: the rules that led to it, as sentences in an order that does not depend on the engine."""

from __future__ import annotations

from collections.abc import Callable

from ita_rules.inference.interface import Conclusion, Firing, Sentence, Value
from ita_rules.inference.match import fill


def trace(conclusion: Conclusion, fact_id: str, *, through_tallies: bool = True) -> tuple[Firing, ...]:
    """The firings that a fact rests on, by stratum, place of the rule in its file, and ids of the facts.

    Follows every premise back to the given facts; through a tally to all facts that it counted, unless `through_tallies` is
    False. Empty for a given fact and for an id that the conclusion lacks.
    """
    by_fact = {str(firing.derived["id"]): firing for firing in conclusion.firings}
    found: dict[str, Firing] = {}
    seen: set[str] = set()
    todo = [fact_id]
    while todo:
        current = todo.pop()
        if current in seen:
            continue
        seen.add(current)
        if current in by_fact:
            found[current] = by_fact[current]
            todo.extend(by_fact[current].facts)
        elif through_tallies:
            todo.extend(conclusion.counted.get(current, ()))
    return tuple(sorted(found.values(), key=lambda f: (f.stratum, f.order, f.facts)))


def sentences(
    conclusion: Conclusion,
    fact_id: str,
    *,
    through_tallies: bool = True,
    word: Callable[[str, Value], str] | None = None,
) -> tuple[Sentence, ...]:
    """The because-sentences of `trace`, each once. `word` turns a variable's name and value into words for people."""
    firings = trace(conclusion, fact_id, through_tallies=through_tallies)
    return tuple(dict.fromkeys(fill(f.template, dict(f.values), word) if word else f.because for f in firings))
