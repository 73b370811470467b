"""Both engines conclude the same, byte for byte, over thousands of sets of facts."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ita_rules.inference import Fact, Value
from tests.inference.twins import VARIED, both, by_force, rules

VALUES: tuple[Value, ...] = (
    0,
    1,
    2,
    True,
    False,
    "",
    "0",
    "1",
    "true",
    "True",
    "x",
    "y",
    "a",
    "b",
    "ไทย",
    -1,
    2**53,
    "\x00\ud800'\"\\",
)
COMMON = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True, database=None)

_values = st.sampled_from(VALUES)
_rows = st.lists(st.tuples(st.sampled_from("abc"), _values, _values), max_size=14)
_few_values = st.lists(_values, min_size=1, max_size=4, unique_by=lambda v: (type(v).__name__, v))


def facts_of(rows: list[tuple[str, Value, Value]]) -> list[Fact]:
    return [{"fact": kind, "id": f"{number:02}", "k": k, "v": v} for number, (kind, k, v) in enumerate(rows)]


def mode(state: str) -> list[Fact]:
    return [{"fact": "mode", "id": "mode", "state": state}] if state else []


@pytest.mark.parametrize("name", VARIED)
@settings(COMMON, max_examples=500)
@given(rows=_rows, state=st.sampled_from(["on", "off", ""]))
def test_any_facts(name: str, rows: list[tuple[str, Value, Value]], state: str) -> None:
    both(rules(name), facts_of(rows) + mode(state))


@pytest.mark.parametrize("name", VARIED)
@settings(COMMON, max_examples=500)
@given(data=st.data(), some=_few_values, state=st.sampled_from(["on", "off"]))
def test_facts_of_few_values_join_a_lot(name: str, data: st.DataObject, some: list[Value], state: str) -> None:
    one = st.sampled_from(some)
    rows = data.draw(st.lists(st.tuples(st.sampled_from("abc"), one, one), min_size=3, max_size=12))
    both(rules(name), facts_of(rows) + mode(state))


@pytest.mark.parametrize("name", VARIED)
def test_no_engine_misses_what_trying_everything_finds(name: str) -> None:
    chance = random.Random(7)
    for _ in range(40):
        some = chance.sample(VALUES, 2)
        rows = [(chance.choice("abc"), chance.choice(some), chance.choice(some)) for _ in range(5)]
        facts = facts_of(rows) + mode("on")
        assert repr(by_force(rules(name), facts)) == repr(both(rules(name), facts))


OUTCOMES = ("met", "not_met", "unknown", "not_due", "not_applicable")
_observations = st.lists(
    st.tuples(
        st.sampled_from(["O1", "O2", "O3"]),
        st.sampled_from(OUTCOMES),
        st.sampled_from(["", "timeout", "http_404"]),
        st.sampled_from(["criterion", "criterion", "advice"]),
        st.booleans(),
    ),
    max_size=16,
)


@settings(COMMON, max_examples=600)
@given(state=st.sampled_from(["up", "up", "up", "down"]), applies=st.tuples(*[st.booleans()] * 3), seen=_observations)
def test_the_shipped_rules(state: str, applies: tuple[bool, ...], seen: list[tuple[str, str, str, str, bool]]) -> None:
    facts: list[Fact] = [{"fact": "site", "id": "site", "state": state}]
    facts += [{"fact": "item", "id": f"O{n}", "item": f"O{n}", "applies": yes} for n, yes in enumerate(applies, start=1)]
    facts += [
        {"fact": "observation", "id": f"{i}", "check": f"{item}.c{i}", "item": item, "kind": "component", "outcome": outcome}
        | {"cause": cause, "severity": severity, "confident": confident}
        for i, (item, outcome, cause, severity, confident) in enumerate(seen)
    ]
    found = both(rules("shipped"), facts)
    assert sorted(str(f["check"]) for f in found.of("check_status")) == sorted(f"{s[0]}.c{i}" for i, s in enumerate(seen))
    assert sorted(str(f["item"]) for f in found.of("item_status")) == ["O1", "O2", "O3"]


_CODES = st.sampled_from(["O1", "O2", "O3"])
_CONCEPTS = st.sampled_from(["annual-plan", "annual-report"])
_evidence = st.fixed_dictionaries(
    {
        "fact": st.just("evidence"),
        "item": _CODES,
        "concept": _CONCEPTS,
        "file": st.sampled_from(["aa", "bb"]),
        "given": st.booleans(),
        "meets": st.booleans(),
        "period": st.sampled_from(["met", "not_met", "unknown", "not_asked"]),
        "earlier": st.booleans(),
    }
)
_list = st.fixed_dictionaries(
    {
        "fact": st.just("list"),
        "about": st.sampled_from(["projects", "measures"]),
        "item": _CODES,
        "concept": _CONCEPTS,
        "other": _CODES,
        "other_concept": _CONCEPTS,
        "listed": st.integers(1, 4),
        "missing": st.integers(0, 4),
        "percent": st.sampled_from([0, 49, 50, 100]),
        "example": st.sampled_from(["", "ขุดลอกคลอง"]),
    }
)
_complaint = st.fixed_dictionaries(
    {
        "fact": st.just("complaint"),
        "item": _CODES,
        "concept": st.sampled_from(["complaint-channel", "complaint-statistics"]),
        "calls": st.sampled_from(["corruption", "general", "unsaid"]),
        "speaks": st.booleans(),
        "linked": st.booleans(),
        "meets": st.booleans(),
    }
)


@settings(COMMON, max_examples=400)
@given(
    state=st.sampled_from(["up", "up", "up", "down"]),
    seen=st.lists(st.one_of(_evidence, _evidence, _list, _complaint), max_size=9),
)
def test_the_shipped_rules_across_items(state: str, seen: list[dict[str, Value]]) -> None:
    facts: list[Fact] = [{"fact": "site", "id": "site", "state": state}]
    facts += [{**fact, "id": f"{n}"} for n, fact in enumerate(seen)]
    found = both(rules("shipped"), facts)
    findings = list(found.of("finding"))
    assert not (findings and state == "down")
    given = {(f["item"], f["file"]) for f in seen if f["fact"] == "evidence" and f["given"]}
    for one in (f for f in findings if f["name"] == "same-file"):
        shared = {file for item, file in given if item == one["item"]} & {file for item, file in given if item == one["other"]}
        assert shared


def test_the_order_in_which_facts_are_given_does_not_matter() -> None:
    chance = random.Random(3)
    for name in VARIED:
        for _ in range(10):
            facts = facts_of([(chance.choice("abc"), chance.choice(VALUES[:6]), chance.choice(VALUES[:6])) for _ in range(12)])
            first = both(rules(name), facts)
            chance.shuffle(facts)
            assert repr(both(rules(name), facts)) == repr(first)
