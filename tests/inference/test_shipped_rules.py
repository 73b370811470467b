"""`rules/inference.yaml`: every case of an observation, and every mix of an item's checks, gets exactly one status."""

from __future__ import annotations

import itertools

import pytest

from ita_rules.inference import Conclusion, Fact, engine, sentences, trace
from tests.inference.twins import both, rules

OUTCOMES = ("met", "not_met", "unknown", "not_due", "not_applicable")


def site(state: str) -> Fact:
    return {"fact": "site", "id": "site", "state": state}


def item(applies: bool = True, name: str = "O1") -> Fact:
    return {"fact": "item", "id": name, "item": name, "applies": applies}


def seen(outcome: str, number: int = 0, *, confident: bool = True, severity: str = "criterion", cause: str = "") -> Fact:
    fact: dict[str, str | bool] = {"fact": "observation", "id": f"o{number}", "check": f"O1.c{number}", "item": "O1"}
    return fact | {"kind": "component", "outcome": outcome, "cause": cause, "severity": severity, "confident": confident}


def status(found: Conclusion) -> str:
    (only,) = found.of("item_status", item="O1")
    return str(only["status"])


def expected(state: str, applies: bool, outcome: str, confident: bool, cause: str) -> tuple[str, str]:
    """What the contract says, in other words than the rules do: (status, cause)."""
    if state == "down":
        return "undecided", "site_down"
    if not applies:
        return "not_applicable", ""
    if outcome == "not_met" and not confident:
        return "undecided", "uncertain"
    if outcome == "met":
        return "pass", ""
    return {"not_met": "gap", "unknown": "undecided"}.get(outcome, outcome), cause


def test_every_case_of_one_observation() -> None:
    cases = itertools.product(
        ("up", "down"), (True, False), OUTCOMES, (True, False), ("criterion", "advice"), ("", "timeout", "ไทย")
    )
    for state, applies, outcome, confident, severity, cause in cases:
        found = both(
            rules("shipped"), [site(state), item(applies), seen(outcome, confident=confident, severity=severity, cause=cause)]
        )
        (check,) = found.of("check_status")
        assert (check["status"], check["cause"]) == expected(state, applies, outcome, confident, cause)
        assert (check["check"], check["item"], check["severity"]) == ("O1.c0", "O1", severity)
        assert status(found) == (check["status"] if severity == "criterion" else "not_applicable")
        assert trace(found, str(check["id"]))[0].facts[-1] == "o0"


def test_every_mix_of_the_checks_of_an_item() -> None:
    order = ("gap", "undecided", "not_due", "pass", "not_applicable")
    by_outcome = dict(zip(OUTCOMES, ("pass", "gap", "undecided", "not_due", "not_applicable"), strict=True))
    plain = engine("plain")
    for mix in itertools.product((None, *OUTCOMES), repeat=4):
        facts = [site("up"), item(), *(seen(o, n) for n, o in enumerate(mix) if o), seen("not_met", 9, severity="advice")]
        there = {by_outcome[o] for o in mix if o}
        assert status(plain.run(rules("shipped"), facts)) == next((s for s in order if s in there), "not_applicable")


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_advice_never_moves_an_item(outcome: str) -> None:
    assert status(both(rules("shipped"), [site("up"), item(), seen("met"), seen(outcome, 1, severity="advice")])) == "pass"


def test_sentences_tell_why_in_both_languages() -> None:
    found = both(rules("shipped"), [site("up"), item(), seen("not_met", 1), seen("met", 2)])
    (gap,) = found.of("item_status")
    told = sentences(found, str(gap["id"]))
    assert [s.say("en") for s in told] == [
        "Evidence was found that condition O1.c2 is met",
        "The evidence was examined in full and condition O1.c1 is not met yet",
        "Item O1: the number of conditions not met yet is 1",
    ]
    assert told[-1].say("th") == "ข้อ O1 มีเงื่อนไขที่ยังไม่เป็นไปตามที่กำหนด 1 เงื่อนไข"
    assert len(sentences(found, str(gap["id"]), through_tallies=False)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": "maybe"},
        {"outcome": True},
        {"severity": "minor"},
        {"confident": 1},
        {"confident": "true"},
        {"cause": None},
        {"check": 3},
        {"confidence": 0.9},
    ],
)
def test_observations_that_no_rule_would_see_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        engine("plain").run(rules("shipped"), [site("up"), item(), {**seen("met"), **wrong}])  # type: ignore[dict-item]


def test_there_is_one_site() -> None:
    with pytest.raises(ValueError, match="site"):
        engine("plain").run(rules("shipped"), [site("up"), {**site("down"), "id": "other"}])
