"""What the rooms of inference share: facts, rules as data, and what an engine concludes.

A *fact* is a flat mapping: ``fact`` names its kind, ``id`` is its own, every other key holds a word, a whole number or a
yes/no. A *rule* lists patterns that must all hold (`when`) and the fact that follows (`then`). Rules run in *strata*, lowest
first; before a stratum, its *tallies* count facts of the strata below. Every engine gives the same `Conclusion`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

Value = str | int | bool
Fact = Mapping[str, Value]
Operator = Literal["not", "gte", "lte", "gt", "lt"]

MAX_NUMBER = 2**53
"""Largest whole number in a fact or a rule, either sign; up to here every engine counts exactly."""


class EngineMissingError(ImportError):
    """The package behind an engine is not installed, or cannot be loaded on this Python."""


class EngineFaultError(RuntimeError):
    """An engine broke while it ran. Another engine gives the answer that this one owed."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in Thai and English. In a rule it has places such as ``{item}``; in a firing they are filled."""

    th: str
    en: str

    def say(self, lang: str) -> str:
        """The sentence in `lang`: English for ``en``, Thai for all else."""
        return self.en if lang == "en" else self.th


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line of a rule's `when`: a fact of `kind` whose keys hold what is asked.

    `constants` are (key, value), equal in type too. `variables` are (key, variable): the first use of a variable binds it,
    later ones must be equal. `comparisons` are (key, operator, value); the ordering ones hold for whole numbers only.
    Two patterns of one rule never match the same fact.
    """

    kind: str
    constants: tuple[tuple[str, Value], ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    comparisons: tuple[tuple[str, Operator, Value], ...] = ()
    line: int = 0

    def asked(self) -> tuple[str, ...]:
        """The keys that a fact needs to match, other than ``fact``; one may stand more than once."""
        return (*(k for k, _ in self.constants), *(k for k, _ in self.variables), *(k for k, _, _ in self.comparisons))


@dataclass(frozen=True, slots=True)
class Variable:
    """In `Rule.then`: the value that the variable of this name was bound to."""

    name: str


@dataclass(frozen=True, slots=True)
class Rule:
    """When all patterns match, the fact `then` follows, and `because` says why.

    `order` is the rule's place in its file, from 0; `line` its 1-based line. `then` holds (key, value or variable), ``fact``
    among them.
    """

    name: str
    order: int
    stratum: int
    when: tuple[Pattern, ...]
    then: tuple[tuple[str, Value | Variable], ...]
    because: Sentence
    line: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts the facts that match `over`, one tally fact for each value of their key `by`, before `stratum` runs.

    The tally fact is of kind `name` and has the key `by`, a number for each of `values` (how often the key `count` held that
    word; 0 when never), and ``other`` for all further values. `each` names a kind of which every fact gets a tally, though
    nothing be counted for it.
    """

    name: str
    stratum: int
    over: Pattern
    by: str
    count: str
    values: tuple[str, ...]
    each: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Declared:
    """What a key of a given fact may hold: a `type`, or one of `words` where they are listed."""

    type: Literal["text", "number", "yesno", "any", "word"]
    words: tuple[str, ...] = ()

    def allows(self, value: Value) -> bool:
        """Whether `value` is of this declaration."""
        if self.type == "word":
            return type(value) is str and value in self.words
        return self.type == "any" or type(value) is {"text": str, "number": int, "yesno": bool}[self.type]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of one file. `digest` is a hash of the file's text; `single` names kinds of which one fact at most may be
    given; `facts` declares the kinds that are given, key by key.
    """

    file: str
    digest: str
    rules: tuple[Rule, ...]
    tallies: tuple[Tally, ...]
    single: frozenset[str]
    facts: Mapping[str, Mapping[str, Declared]]

    def strata(self) -> tuple[int, ...]:
        """Every stratum that has rules or tallies, lowest first."""
        return tuple(sorted({r.stratum for r in self.rules} | {t.stratum for t in self.tallies}))


@dataclass(frozen=True, slots=True)
class Firing:
    """One rule that fired: on which facts (their ids, in the order of its patterns), what followed, and why.

    `values` are the bound variables by name; `template` is the rule's sentence, `because` the same with the values filled in.
    """

    rule: str
    stratum: int
    order: int
    facts: tuple[str, ...]
    derived: Fact
    because: Sentence
    template: Sentence
    values: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Everything that holds in the end, and how it came about.

    `facts` are the given ones by id, then stratum by stratum the tallies and the derived ones. `firings` has exactly one entry
    for each derived fact, by stratum, place of the rule in the file, and ids of the facts. `counted` tells for each tally
    fact, by its id, the ids of the facts it counted.
    """

    facts: tuple[Fact, ...]
    firings: tuple[Firing, ...]
    counted: Mapping[str, tuple[str, ...]]

    def of(self, kind: str, **holding: Value) -> Iterator[Fact]:
        """Facts of a kind whose keys hold the values given, in order."""
        for fact in self.facts:
            if fact["fact"] == kind and all(key in fact and same(fact[key], value) for key, value in holding.items()):
                yield fact


class Engine(Protocol):
    """A way to run rules. Engines differ in how they search; never in what they conclude."""

    name: str

    def run(self, rules: RuleSet, facts: list[Fact]) -> Conclusion:
        """Draw every conclusion of `rules` from `facts`.

        Raises:
            ValueError: a fact that is none, lacks a key, or breaks the rule set's declarations.
            RuleSetError: the rules derive more than the bounds of `chain` allow.
            EngineFaultError: the engine itself broke.
        """
        ...


def same(left: Value, right: Value) -> bool:
    """Equal in type and value: ``1``, ``True`` and ``"1"`` are three different values."""
    return type(left) is type(right) and left == right
