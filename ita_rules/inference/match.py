"""Whether one fact fits one pattern, and what a match derives: the meaning of a rule, in one place for every engine."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence

from ita_rules.inference.interface import Fact, Pattern, Rule, Sentence, Value, Variable, same

PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
"""A place of a sentence that a variable fills."""

DERIVED = "derived:"
"""How the id of every derived fact begins."""

Content = tuple[tuple[str, str, Value], ...]
"""What a fact says, without its id: (key, type, value) by key."""


def _compares(value: Value, operator: str, limit: Value) -> bool:
    if operator == "not":
        return not same(value, limit)
    if type(value) is not int or type(limit) is not int:
        return False
    if operator == "gte":
        return value >= limit
    if operator == "lte":
        return value <= limit
    return value > limit if operator == "gt" else value < limit


def fits(pattern: Pattern, fact: Fact) -> bool:
    """Whether a fact fits all that a pattern asks of it alone: kind, constants, comparisons, keys that must exist."""
    return (
        fact["fact"] == pattern.kind
        and all(key in fact and same(fact[key], value) for key, value in pattern.constants)
        and all(key in fact and _compares(fact[key], operator, limit) for key, operator, limit in pattern.comparisons)
        and all(key in fact for key, _ in pattern.variables)
    )


def extend(pattern: Pattern, fact: Fact, bound: Mapping[str, Value]) -> dict[str, Value] | None:
    """`bound` with the variables of a fact that fits; None where a variable is bound to something else already."""
    result = dict(bound)
    for key, name in pattern.variables:
        if name in result and not same(result[name], fact[key]):
            return None
        result[name] = fact[key]
    return result


def bind(rule: Rule, facts: Sequence[Fact]) -> dict[str, Value] | None:
    """The variables of a match of all patterns, in order; None where these facts do not match the rule."""
    if len(facts) != len(rule.when) or len({f["id"] for f in facts}) != len(facts):
        return None
    bound: dict[str, Value] = {}
    for pattern, fact in zip(rule.when, facts, strict=True):
        wider = extend(pattern, fact, bound) if fits(pattern, fact) else None
        if wider is None:
            return None
        bound = wider
    return bound


def content(fact: Fact) -> Content:
    """What a fact says, so that two facts that say the same are equal and ``1`` and ``True`` are not."""
    return tuple((key, type(value).__name__, value) for key, value in sorted(fact.items()) if key != "id")


def with_id(fact: Fact) -> dict[str, Value]:
    """A derived fact with the id that its content gives it: the kind and 80 bits of a SHA-256."""
    text = json.dumps(content(fact), ensure_ascii=True)
    digest = hashlib.sha256(text.encode("ascii")).hexdigest()[:20]
    return {"id": f"{DERIVED}{fact['fact']}:{digest}", **{key: fact[key] for key in sorted(fact) if key != "id"}}


def derive(rule: Rule, bound: Mapping[str, Value]) -> dict[str, Value]:
    """The fact that follows from a match, with its id."""
    return with_id({key: bound[value.name] if isinstance(value, Variable) else value for key, value in rule.then})


def fill(sentence: Sentence, values: Mapping[str, Value], word: Callable[[str, Value], str] | None = None) -> Sentence:
    """A sentence with its places filled. `word` turns a variable's name and value into words (as they stand when None)."""

    def say(found: re.Match[str]) -> str:
        name = found.group(1)
        return word(name, values[name]) if word else _plain_word(values[name])

    return Sentence(th=PLACE.sub(say, sentence.th), en=PLACE.sub(say, sentence.en))


def _plain_word(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
