"""Which concept some words name by what they mean, where they bear none of the listed titles.

Items are made of a subject (the procurement, the staff, the risk of corruption) and of what is said of it (a plan, the progress
of it, a report on it). A concept's `signs` are alternatives, each a list of groups of stems: of every group a stem must stand in
the words, of one that begins with ``!`` none may. Where several concepts fit, the one whose stems cover more of the words does;
words that fit two as well as each other name neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from ita_rules.rulesets.types import Concept
from ita_rules.thai.fold import loose

LONGEST = 110
"""Letters of words, folded, above which they are a text and no name."""

_GRAM = 3  # letters by which stems are filed


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
    """The signs of all concepts of a rule set, folded once.

    Of more than a thousand stems a few stand in some words, and of the signs a few can fit. So each stem is filed under the
    three of its letters that fewest stems bear, and each sign under the stems of one of its groups.
    """

    def __init__(self, concepts: Mapping[str, Concept]) -> None:
        self._signs = [(name, _sign(groups)) for name, concept in concepts.items() for groups in concept.signs]
        stems = sorted({stem for _, sign in self._signs for group in (*sign.groups, sign.never) for stem in group})
        common = Counter(gram for stem in stems for gram in _grams(stem))
        self._short = [stem for stem in stems if len(stem) < _GRAM]
        self._filed: dict[str, list[str]] = {}
        for stem in stems:
            if len(stem) >= _GRAM:
                self._filed.setdefault(min(_grams(stem), key=lambda gram: (common[gram], gram)), []).append(stem)
        spread = Counter(stem for _, sign in self._signs for group in sign.groups for stem in group)
        self._by_stem: dict[str, list[int]] = {}
        for number, (_, sign) in enumerate(self._signs):
            # Every group has to be met: the one whose stems fewest signs share leaves out most words.
            first = min(sign.groups, key=lambda group: sum(spread[stem] for stem in group), default=frozenset[str]())
            for stem in first:
                self._by_stem.setdefault(stem, []).append(number)

    def named(self, folded: str) -> str:
        """The one concept that some folded words mean, ``""`` where they mean none for certain."""
        if len(folded) > LONGEST:
            return ""
        present = self._present(folded)
        found: dict[str, int] = {}
        for number in {number for stem in present & self._by_stem.keys() for number in self._by_stem[stem]}:
            name, sign = self._signs[number]
            taken = sign.covers(present)
            if taken:
                found[name] = max(found.get(name, 0), taken)
        best = max(found.values(), default=0)
        names = [name for name, taken in found.items() if taken == best]
        return names[0] if len(names) == 1 else ""

    def _present(self, folded: str) -> set[str]:
        """The stems that stand in some folded words."""
        filed = self._filed
        present = {stem for gram in _grams(folded) & filed.keys() for stem in filed[gram] if stem in folded}
        present.update([stem for stem in self._short if stem in folded])
        return present


def _grams(text: str) -> set[str]:
    """Each three letters that stand together in a text."""
    return {text[at : at + _GRAM] for at in range(len(text) - _GRAM + 1)}
