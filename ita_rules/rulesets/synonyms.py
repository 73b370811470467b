"""Words that mean the same in the Thai of offices, whatever the register: plain speech, the language of decrees, English.

A stem of the vocabulary stands for itself with each such word of it changed for another of its meaning, so that an author writes
"ใช้งบประมาณ" once, and "ใช้งบ" and "ใช้เงิน" are known too. Wordings and titles are taken as they are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from ita_rules.rulesets.types import Component, Concept

Synonyms = Sequence[frozenset[str]]
"""Groups of words of one meaning."""

MOST = 60
"""How many stems one may stand for."""


def groups_of(written: Mapping[str, Sequence[str]]) -> Synonyms:
    """The groups of a vocabulary's file, each word with those that mean the same."""
    return tuple(frozenset((word, *others)) for word, others in written.items())


def expanded(stems: Iterable[str], synonyms: Synonyms) -> tuple[str, ...]:
    """Stems with those that they stand for, in order, each once. Of words within each other the longest is meant."""
    groups = tuple(synonyms)
    return tuple(dict.fromkeys(one for stem in stems for one in _made_of(stem, groups)))


@lru_cache(maxsize=8192)
def _made_of(stem: str, synonyms: tuple[frozenset[str], ...]) -> tuple[str, ...]:
    """A stem with those that it stands for; many stand in several components and signs."""
    made = {stem: None}
    for word, group in _held(stem, synonyms):
        for one in tuple(made):
            made.update((one.replace(word, other), None) for other in sorted(group) if len(made) < MOST)
    return tuple(made)


def _held(stem: str, synonyms: tuple[frozenset[str], ...]) -> list[tuple[str, frozenset[str]]]:
    """The longest words of a stem that have others of their meaning, none within another."""
    begun = _by_head(synonyms)
    heads = dict.fromkeys(stem[at : at + letters] for at in range(len(stem)) for letters in (1, 2))
    perhaps = (pair for head in heads for pair in begun.get(head, ()))
    held = sorted((pair for pair in perhaps if pair[0] in stem), key=lambda p: (-len(p[0]), p[0]))
    kept: list[tuple[str, frozenset[str]]] = []
    for word, group in held:
        if not any(word in longer for longer, _ in kept):
            kept.append((word, group))
    return kept


@lru_cache(maxsize=8)
def _by_head(synonyms: tuple[frozenset[str], ...]) -> dict[str, list[tuple[str, frozenset[str]]]]:
    """The words of all groups, each with its group, by the two letters that they begin with."""
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for group in synonyms:
        for word in group:
            found.setdefault(word[:2], []).append((word, group))
    return found


def of_component(component: Component, synonyms: Synonyms) -> Component:
    """A component whose stems, and the words beside them, stand for what means the same."""
    if not synonyms or not component.stems:
        return component
    more = {"stems": expanded(component.stems, synonyms), "beside": expanded(component.beside, synonyms)}
    return component.model_copy(update=more)


def of_concept(concept: Concept, synonyms: Synonyms) -> Concept:
    """A concept whose signs stand for what means the same."""
    if not synonyms or not concept.signs:
        return concept
    return concept.model_copy(update={"signs": tuple(tuple(_group(g, synonyms) for g in sign) for sign in concept.signs)})


def _group(group: str, synonyms: Synonyms) -> str:
    never = "!" if group.startswith("!") else ""
    return never + "|".join(expanded(group.removeprefix("!").split("|"), synonyms))
