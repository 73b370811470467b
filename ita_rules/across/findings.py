"""From what the rules across items concluded to checks of the report: kind `consistent`, advice, with both items' places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ita_rules.across.facts import Given
from ita_rules.inference import Conclusion, sentences
from ita_rules.messages import messages
from ita_rules.model import CheckResult, Evidence, Severity, Status

KIND = "consistent"
"""The kind of the checks that findings become; rules make them, no module observes it."""

OF_EARLIER_YEAR = "last-years-file"
"""The finding that rests on the check of an earlier year."""

_SURE = 0.85
"""How sure a finding is: the rules ask for facts that leave little doubt, and a person is to look all the same."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found of an item: the name of the rule, the item's concept, the item it is compared with (``""`` for none)
    with its concept, an example, the places, and why."""

    rule: str
    item: str
    concept: str
    other: str
    other_concept: str
    example: str
    evidence: tuple[Evidence, ...]
    why: tuple[str, ...]


def findings(conclusion: Conclusion, given: Given, lang: str) -> tuple[Finding, ...]:
    """What the rules found, the first of each rule for an item; in the order of the items' codes as facts sort them."""
    found: dict[tuple[str, str], Finding] = {}
    for firing in conclusion.firings:
        fact = firing.derived
        if fact["fact"] != "finding":
            continue
        places = tuple(dict.fromkeys(e for fact_id in firing.facts for e in given.seen.get(fact_id, ())))
        why = tuple(x.say(lang) for x in sentences(conclusion, str(fact["id"])))
        one = Finding(
            str(fact["name"]),
            str(fact["item"]),
            str(fact["concept"]),
            str(fact["other"]),
            str(fact["other_concept"]),
            str(fact["example"]),
            places,
            why,
        )
        found.setdefault((one.rule, one.item), one)
    return tuple(found.values())


def check_results(found: Sequence[Finding], item: str, given: Given, lang: str) -> tuple[CheckResult, ...]:
    """The checks that the findings of an item become."""
    return tuple(_check(one, given, lang) for one in found if one.item == item)


def _check(one: Finding, given: Given, lang: str) -> CheckResult:
    say = messages(lang)
    merged = sum(item == one.item for item, _ in given.parts) > 1
    key = f"{one.concept}.{one.rule}" if merged else one.rule
    other = given.parts.get((one.other, one.other_concept))
    named = f"{one.other} {other.ctx.item.name.say(lang)}" if other else one.other
    values: Mapping[str, object] = {"other": named, "what": say.say(f"check.consistent.what.{one.rule}", example=one.example)}
    why = one.why
    if one.rule == OF_EARLIER_YEAR and given.earlier is not None:
        when = say.day(given.earlier.started)
        why += (say.say("why.earlier", ruleset=given.earlier.ruleset, when=when),)
    asks = "check.consistent.asks" if one.other else "check.consistent.asks_own"
    gap = "check.consistent.gap" if one.other else "check.consistent.gap_own"
    return CheckResult(
        id=f"{one.item}.{key}",
        component=KIND,
        kind=KIND,
        status=Status.GAP,
        confidence=_SURE,
        message=say.say(gap, **values),
        fix=say.say(f"check.consistent.mend.{one.rule}", other=named),
        severity=Severity.ADVICE,
        verified=False,
        asks=say.say(asks, other=named),
        evidence=one.evidence,
        why=why,
    )
