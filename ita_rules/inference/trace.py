"""Why a fact holds: the rules that led to it, as sentences in an order that does not depend on the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ita_rules.inference.interface import Conclusion, Firing, Sentence, Value
from ita_rules.inference.match import fill

Firings = Mapping[str, Firing]
"""Firings by the id of the fact that each derived."""


def by_fact(conclusion: Conclusion) -> Firings:
    """The firings of a conclusion by fact, to be made once by whoever asks for many traces."""
    return {str(firing.derived["id"]): firing for firing in conclusion.firings}


def trace(
    conclusion: Conclusion, fact_id: str, *, through_tallies: bool = True, firings: Firings | None = None
) -> tuple[Firing, ...]:
    """The firings that a fact rests on, by stratum, place of the rule in its file, and ids of the facts.

    Follows every premise back to the given facts; through a tally to all facts that it counted, unless `through_tallies` is
    False. Empty for a given fact and for an id that the conclusion lacks. `firings` is what `by_fact` makes.
    """
    known = by_fact(conclusion) if firings is None else firings
    found: dict[str, Firing] = {}
    seen: set[str] = set()
    todo = [fact_id]
    while todo:
        current = todo.pop()
        if current in seen:
            continue
        seen.add(current)
        if current in known:
            found[current] = known[current]
            todo.extend(known[current].facts)
        elif through_tallies:
            todo.extend(conclusion.counted.get(current, ()))
    return tuple(sorted(found.values(), key=lambda f: (f.stratum, f.order, f.facts)))


def sentences(
    conclusion: Conclusion,
    fact_id: str,
    *,
    through_tallies: bool = True,
    word: Callable[[str, Value], str] | None = None,
    firings: Firings | None = None,
) -> tuple[Sentence, ...]:
    """The because-sentences of `trace`, each once. `word` turns a variable's name and value into words for people."""
    told = trace(conclusion, fact_id, through_tallies=through_tallies, firings=firings)
    return tuple(dict.fromkeys(fill(f.template, dict(f.values), word) if word else f.because for f in told))
