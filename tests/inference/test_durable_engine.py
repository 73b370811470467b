"""The fence around durable-rules: no threads, no session left over, every fault a fault that another engine can answer."""

from __future__ import annotations

import importlib
import threading
from typing import Any

import pytest

from ita_rules.inference import EngineFaultError, EngineMissingError, durable_engine, engine, infer, parse_rules
from tests.inference.test_chain import HEAD, a, rule
from tests.inference.twins import both, durable, rules


@pytest.fixture(autouse=True)
def _needs_durable() -> None:
    durable()


@pytest.fixture
def no_package(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.import_module

    def missing(name: str, package: str | None = None) -> Any:
        if name.startswith("durable"):
            raise ImportError("undefined symbol: PyEval_CallObject")
        return real(name, package)

    monkeypatch.setattr(importlib, "import_module", missing)


@pytest.mark.usefixtures("no_package")
def test_without_the_package() -> None:
    assert engine().name == "plain"
    with pytest.raises(EngineMissingError, match="PyEval_CallObject"):
        engine("durable")


def test_with_the_package() -> None:
    assert engine().name == engine("durable").name == "durable"
    assert engine("plain").name == "plain"
    with pytest.raises(ValueError, match="rete"):
        engine("rete")  # type: ignore[arg-type]


def test_more_judgements_than_sessions_may_live() -> None:
    """1,024 sessions of a rule set may live at once; each of ours is deleted, so there is no 1,025th."""
    before = threading.active_count()
    facts = [{**a(f"{n}", n % 3, n % 2), "fact": "abc"[n % 3]} for n in range(6)]
    first = repr(durable().run(rules("tallies"), facts))
    for _ in range(1_100):
        assert repr(durable().run(rules("tallies"), facts)) == first
    assert threading.active_count() == before


def test_sessions_go_also_when_a_run_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    deleted: list[str] = []
    durable().run(rules("joins"), [])
    host = durable_engine._host
    real = host.delete_state
    monkeypatch.setattr(host, "delete_state", lambda name, sid: (deleted.append(sid), real(name, sid)))
    monkeypatch.setattr("ita_rules.inference.chain.MAX_MATCHES", 0)
    with pytest.raises(Exception, match="too_much"):
        durable().run(rules("joins"), [a("1", 1), {**a("2", 1), "fact": "b"}])
    assert len(deleted) == 1


@pytest.mark.parametrize("kind", ["refuses", "reports"])
def test_a_broken_engine_is_answered_by_the_plain_one(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    durable().run(rules("joins"), [])

    def broken(name: str, fact: object) -> dict[str, str]:
        if kind == "refuses":
            raise RuntimeError("error 302")
        return {"exception": "exception caught"}

    monkeypatch.setattr(durable_engine._host, "assert_fact", broken)
    facts = [a("1", 1), {**a("2", 1), "fact": "b"}]
    with pytest.raises(EngineFaultError):
        durable().run(rules("joins"), facts)
    assert repr(infer(rules("joins"), facts, durable())) == repr(engine("plain").run(rules("joins"), facts))


def test_a_fact_taken_for_another_is_given_again(monkeypatch: pytest.MonkeyPatch) -> None:
    durable().run(rules("joins"), [])
    host = durable_engine._host
    real = host.assert_fact
    calls: list[str] = []

    def once(name: str, fact: dict[str, Any]) -> Any:
        calls.append(fact["id"])
        if len(calls) == 1:
            raise durable_engine.load().MessageObservedException(fact)
        return real(name, fact)

    monkeypatch.setattr(host, "assert_fact", once)
    both(rules("joins"), [a("1", 1), {**a("2", 1), "fact": "b"}])
    assert len(calls) == len(set(calls)) == 3


def test_rule_sets_in_a_process_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable_engine, "MAX_REGISTERED", 0)
    ruleset = parse_rules(HEAD + rule("once", "{fact: a, k: $k}", "fact: x"), "once.yaml")
    with pytest.raises(EngineFaultError):
        durable().run(ruleset, [a("1", 1)])
    assert list(infer(ruleset, [a("1", 1)], durable()).of("x"))


def test_patterns_with_many_keys() -> None:
    """The package allows 16 conditions in a rule; its conditions are our patterns, of which there are six at most."""
    keys = ", ".join(f"k{n}: any" for n in range(18))
    asked = ", ".join(f"k{n}: $v{n}" for n in range(18))
    line = f"{{fact: a, {asked}}}"
    text = f"facts: {{a: {{{keys}}}}}\nrules:\n" + rule("many", ", ".join([line] * 6), "fact: x")
    facts = [{"fact": "a", "id": f"{n}", **{f"k{i}": "ไทย" for i in range(18)}} for n in range(6)]
    ruleset = parse_rules(text, "many.yaml")
    assert list(both(ruleset, facts).of("x"))
    assert not list(both(ruleset, [*facts[:5], {**facts[5], "k17": 1}]).of("x"))
