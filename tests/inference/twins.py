"""Helpers of the tests that run both engines on the same facts."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import pytest

from ita_rules.inference import Conclusion, Fact, RuleSet, engine, load_rules
from ita_rules.inference.chain import Match, conclude
from ita_rules.inference.interface import Engine, EngineMissingError, Rule
from ita_rules.inference.match import bind

HERE = Path(__file__).parent
SHIPPED = HERE.parents[1] / "rules" / "inference.yaml"
VARIED = sorted(p.stem for p in (HERE / "rulesets").glob("*.yaml"))


@cache
def rules(name: str) -> RuleSet:
    """A rule set of the tests by its name, or the shipped one (``shipped``); each is registered once in a process."""
    return load_rules(SHIPPED if name == "shipped" else HERE / "rulesets" / f"{name}.yaml")


@cache
def durable() -> Engine:
    """The durable-rules engine; skips the test where it cannot be had."""
    try:
        return engine("durable")
    except EngineMissingError as err:
        pytest.skip(str(err))


class _Complaints(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        raise AssertionError(record.getMessage())


def both(ruleset: RuleSet, facts: Sequence[Fact]) -> Conclusion:
    """What both engines conclude; fails when they differ in one byte, or when an engine found a match that is none."""
    log = logging.getLogger("ita_rules.inference")
    handler = _Complaints(logging.WARNING)
    log.addHandler(handler)
    try:
        plain = engine("plain").run(ruleset, list(facts))
        other = durable().run(ruleset, list(facts))
    finally:
        log.removeHandler(handler)
    assert repr(plain).encode() == repr(other).encode()
    return plain


class ByForce:
    """The third way to find matches: try every arrangement of the facts. Only for a handful of facts."""

    def __init__(self, own: Sequence[Rule]) -> None:
        self.own = own
        self.facts: list[Fact] = []

    def add(self, fact: Fact) -> Iterable[Match]:
        self.facts.append(fact)
        for rule in self.own:
            for some in itertools.permutations(self.facts, len(rule.when)):
                if fact in some and bind(rule, some) is not None:
                    yield rule.order, tuple(str(f["id"]) for f in some)

    def close(self) -> None:
        self.facts.clear()


def by_force(ruleset: RuleSet, facts: Sequence[Fact]) -> Conclusion:
    """The conclusion by `ByForce`."""
    return conclude(ruleset, facts, ByForce)
