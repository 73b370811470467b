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


def test_the_order_in_which_facts_are_given_does_not_matter() -> None:
    chance = random.Random(3)
    for name in VARIED:
        for _ in range(10):
            facts = facts_of([(chance.choice("abc"), chance.choice(VALUES[:6]), chance.choice(VALUES[:6])) for _ in range(12)])
            first = both(rules(name), facts)
            chance.shuffle(facts)
            assert repr(both(rules(name), facts)) == repr(first)
