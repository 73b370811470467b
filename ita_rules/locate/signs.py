"""Which concept some words name by what they mean, where they bear none of the listed titles.

Items are made of a subject (the procurement, the staff, the risk of corruption) and of what is said of it (a plan, the progress
of it, a report on it). A concept's `signs` are alternatives, each a list of groups of stems: of every group a stem must stand in
the words, of one that begins with ``!`` none may. Where several concepts fit, the one whose stems cover more of the words does;
words that fit two as well as each other name neither.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from ita_rules.rulesets.types import Concept
from ita_rules.thai.fold import loose

LONGEST = 110
"""Letters of words, folded, above which they are a text and no name."""


@dataclass(frozen=True, slots=True)
class _Sign:
    groups: tuple[frozenset[str], ...]
    never: frozenset[str]

    def covers(self, present: Set[str]) -> int:
        """How many letters of some words the groups' stems take, of the stems `present` in them; 0 where the words are not such a
        concept's."""
        taken = 0
        for group in self.groups:
            if group.isdisjoint(present):
                return 0
            taken += max(map(len, group & present))
        return taken if self.never.isdisjoint(present) else 0


def _stems(group: str) -> frozenset[str]:
    return frozenset(f for stem in group.split("|") if (f := loose(stem)))


def _sign(groups: Sequence[str]) -> _Sign:
    wanted = tuple(_stems(g) for g in groups if not g.startswith("!"))
    never = frozenset(stem for g in groups if g.startswith("!") for stem in _stems(g[1:]))
    return _Sign(wanted, never)


class Signs:
    """The signs of all concepts of a rule set, folded once."""

    def __init__(self, concepts: Mapping[str, Concept]) -> None:
        self._signs = [(name, _sign(groups)) for name, concept in concepts.items() for groups in concept.signs]
        stems = {stem for _, sign in self._signs for group in (*sign.groups, sign.never) for stem in group}
        self._single = [stem for stem in stems if len(stem) == 1]
        self._by_head: dict[str, list[str]] = {}
        for stem in stems.difference(self._single):
            self._by_head.setdefault(stem[:2], []).append(stem)

    def named(self, folded: str) -> str:
        """The one concept that some folded words mean, ``""`` where they mean none for certain."""
        if len(folded) > LONGEST:
            return ""
        present = self._present(folded)
        found: dict[str, int] = {}
        for name, sign in self._signs if present else ():
            taken = sign.covers(present)
            if taken:
                found[name] = max(found.get(name, 0), taken)
        best = max(found.values(), default=0)
        names = [name for name, taken in found.items() if taken == best]
        return names[0] if len(names) == 1 else ""

    def _present(self, folded: str) -> set[str]:
        """The stems that stand in some words. Each is looked for once, and only where its first two letters stand."""
        present = {stem for stem in self._single if stem in folded}
        for at in range(len(folded) - 1):
            for stem in self._by_head.get(folded[at : at + 2], ()):
                if folded.startswith(stem, at):
                    present.add(stem)
        return present
