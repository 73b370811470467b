"""Inference over facts: rules that people can read derive the status of every check and item, and say why.

    rules = load_rules(path)                       # rules/inference.yaml
    conclusion = infer(rules, facts, engine())     # durable-rules where it can be had, else the plain loop
    for status in conclusion.of("check_status"):
        print(sentences(conclusion, status["id"]))

Both engines give the same facts and the same trace, to the byte.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Literal

from ita_rules.inference.durable_engine import DurableEngine
from ita_rules.inference.interface import (
    Conclusion,
    Engine,
    EngineFaultError,
    EngineMissingError,
    Fact,
    Firing,
    Pattern,
    Rule,
    RuleSet,
    Sentence,
    Tally,
    Value,
)
from ita_rules.inference.load import load_rules, parse_rules
from ita_rules.inference.plain import PlainEngine
from ita_rules.inference.trace import by_fact, sentences, trace

__all__ = [
    "Conclusion",
    "Engine",
    "EngineFaultError",
    "EngineMissingError",
    "Fact",
    "Firing",
    "Pattern",
    "Rule",
    "RuleSet",
    "Sentence",
    "Tally",
    "Value",
    "by_fact",
    "engine",
    "infer",
    "load_rules",
    "parse_rules",
    "sentences",
    "trace",
]

_log = logging.getLogger(__name__)


def engine(name: Literal["plain", "durable"] | None = None) -> Engine:
    """The engine of that name; without one, durable-rules where it loads and the plain one elsewhere.

    Raises:
        EngineMissingError: ``durable`` was asked for and cannot be loaded.
        ValueError: no engine is called so.
    """
    if name == "plain":
        return PlainEngine()
    if name not in (None, "durable"):
        raise ValueError(f"no engine is called {name!r}")
    try:
        return DurableEngine()
    except EngineMissingError:
        if name == "durable":
            raise
        _log.info("durable-rules cannot be loaded; the plain engine infers")
        return PlainEngine()


def infer(rules: RuleSet, facts: Iterable[Fact], engine: Engine) -> Conclusion:
    """Draw every conclusion of `rules` from `facts`; should the engine break, the plain one answers in its place.

    Raises:
        ValueError: a fact that is none, lacks a key, or breaks the rule set's declarations.
        RuleSetError: the rules derive more than the bounds allow.
    """
    given = list(facts)
    try:
        return engine.run(rules, given)
    except EngineFaultError:
        _log.warning("the engine %s broke; the plain engine infers", engine.name, exc_info=True)
        return PlainEngine().run(rules, given)
