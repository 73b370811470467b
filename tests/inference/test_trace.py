"""Traces: everything that a fact rests on, once, in one order."""

from __future__ import annotations

from ita_rules.inference import Fact, sentences, trace
from tests.inference.twins import both, rules

FACTS: list[Fact] = [{"fact": "a", "id": f"{n}", "k": n, "v": n + 1} for n in range(4)]


def test_a_trace_goes_back_to_the_given() -> None:
    found = both(rules("chain"), FACTS)
    (far,) = found.of("reach", **{"from": 0, "to": 4})
    told = trace(found, str(far["id"]))
    assert [f.rule for f in told] == ["reach-on"] * 3 + ["reach-a"] * 4
    there = {str(f["id"]) for f in FACTS} | {str(f.derived["id"]) for f in told}
    assert all(fact_id in there for firing in told for fact_id in firing.facts)
    assert told[-1].facts == ("3",)


def test_the_given_and_the_unknown_have_no_trace() -> None:
    found = both(rules("chain"), FACTS)
    assert trace(found, "0") == trace(found, "nothing") == ()


def test_words_for_people() -> None:
    found = both(rules("chain"), FACTS[:1])
    (reach,) = found.of("reach")
    (told,) = sentences(found, str(reach["id"]), word=lambda name, value: f"<{name}={value}>")
    assert (told.th, told.en) == ("ก <k=0>", "a <k=0>")


def test_a_value_with_braces_is_not_filled_again() -> None:
    found = both(rules("chain"), [{"fact": "a", "id": "1", "k": "{v}", "v": "secret"}])
    (reach,) = found.of("reach")
    assert sentences(found, str(reach["id"]))[0].en == "a {v}"
