"""The durable-rules engine: its Rete network finds the matches; all that it is loose or unsafe about is kept outside.

What is fenced off, and how:

- Its background threads can run actions late and can crash the process: our host starts none, so every action runs inside
  ``assert_fact``. Nothing here needs its timers.
- It compares ``2`` with ``"2"`` and ``True`` with ``1`` as equal: it is given no values, but *tokens*, one for each pair of
  type and value. Whole numbers that a rule compares go along under a second key. So no text of a website reaches its C code.
- Rule sets cannot be removed from it: one host for the process, each rule set's stratum registered once, by digest, and at
  most `MAX_REGISTERED` of them.
- Its state per session is bounded: one session (`sid`) for each run and stratum, deleted at the end whatever happens.
- Errors inside an action vanish: ours only appends to a list, and the session's state is asked for an exception at the end.
- It changes the definitions it is given, takes facts with equal ids for one, and raises for facts that no rule wants: it gets
  copies, ids that are never used twice, and a rule that wants everything.

In the package's own words a pattern that reaches back to another one joins; patterns of a rule never match the same fact.
"""

from __future__ import annotations

import copy
import importlib
import itertools
import logging
import threading
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ita_rules.inference.chain import Match, conclude
from ita_rules.inference.interface import Conclusion, EngineFaultError, EngineMissingError, Fact, Pattern, Rule, RuleSet, Value

_log = logging.getLogger(__name__)

MAX_REGISTERED = 200
"""Strata registered with the host in one process; each costs some 10 kB for each rule, for good."""

_lock = threading.RLock()
_serial = itertools.count(1)
_host: Any = None
_registered: dict[str, _Network] = {}


@dataclass(slots=True)
class _Network:
    """One stratum registered with the host: the tokens of its constants, the keys it asks for, and where matches go."""

    name: str
    tokens: dict[tuple[type, Value], str]
    keys: dict[str, frozenset[str]]
    numbers: frozenset[str]
    found: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)


def load() -> Any:
    """The package's module.

    Raises:
        EngineMissingError: it is not installed, or does not load on this Python.
    """
    try:
        return importlib.import_module("durable.engine")
    except (ImportError, OSError) as err:
        raise EngineMissingError(f"durable-rules cannot be used here: {err}") from err


def _the_host(module: Any) -> Any:
    global _host
    if _host is None:

        class QuietHost(module.Host):  # type: ignore[misc]  # the package has no types
            """A host without the package's two background threads."""

            def _run(self) -> None:
                """Start nothing."""

        _host = QuietHost()
    return _host


def _define(rules: Sequence[Rule], tokens: dict[tuple[type, Value], str], collect: Any) -> dict[str, Any]:
    definition: dict[str, Any] = {}
    for rule in rules:
        owner: dict[str, tuple[int, str]] = {}
        parts: list[dict[str, Any]] = []
        for place, pattern in enumerate(rule.when):
            asked: list[dict[str, Any]] = [{"kind": tokens.setdefault((str, pattern.kind), f"c{len(tokens)}")}]
            for key, value in pattern.constants:
                asked.append({f"v_{key}": tokens.setdefault((type(value), value), f"c{len(tokens)}")})
            for key, operator, value in pattern.comparisons:
                if operator == "not":
                    asked.append({"$ex": {f"v_{key}": 1}})
                    asked.append({"$neq": {f"v_{key}": tokens.setdefault((type(value), value), f"c{len(tokens)}")}})
                else:
                    asked.append({f"${operator}": {f"n_{key}": value}})
            for key, name in pattern.variables:
                if name not in owner:
                    owner[name] = (place, key)
                    asked.append({"$ex": {f"v_{key}": 1}})
                elif owner[name][0] == place:
                    asked.append({f"v_{key}": {"$m": f"v_{owner[name][1]}"}})
                else:
                    asked.append({f"v_{key}": {f"p{owner[name][0]}": f"v_{owner[name][1]}"}})
            parts.append({f"p{place}": {"$and": asked}})
        definition[f"r{rule.order}"] = {"all": parts, "run": collect(rule.order, len(rule.when))}
    definition["rest"] = {"pri": 99, "all": [{"m": {"$ex": {"kind": 1}}}], "run": _nothing}
    return definition


def _nothing(_closure: Any) -> None:
    """What follows from a fact that no rule wants."""


def _patterns(rules: Sequence[Rule]) -> list[Pattern]:
    return [pattern for rule in rules for pattern in rule.when]


def _network(module: Any, digest: str, rules: Sequence[Rule]) -> _Network:
    name = f"{digest}.{rules[0].stratum}".replace(".", "_")
    if name in _registered:
        return _registered[name]
    if len(_registered) >= MAX_REGISTERED:
        raise EngineFaultError(f"more than {MAX_REGISTERED} rule sets in one process")
    keys: dict[str, set[str]] = {}
    numbers: set[str] = set()
    for pattern in _patterns(rules):
        keys.setdefault(pattern.kind, set()).update(pattern.asked())
        numbers.update(key for key, operator, _ in pattern.comparisons if operator != "not")
    network = _Network(name, {}, {kind: frozenset(asked) for kind, asked in keys.items()}, frozenset(numbers))

    def collect(order: int, count: int) -> Any:
        names = [f"p{place}" for place in range(count)]

        def action(closure: Any) -> None:
            network.found.append((order, tuple(getattr(closure, p).id for p in names)))

        return action

    definition = _define(rules, network.tokens, collect)
    _the_host(module).set_rulesets({name: copy.deepcopy(definition)})
    _registered[name] = network
    return network


class DurableMatcher:
    """Finds the matches of one stratum by the package, in a session of its own. Only inside `DurableEngine.run`."""

    def __init__(self, module: Any, digest: str, rules: Sequence[Rule]) -> None:
        self._module = module
        self._network = _network(module, digest, rules)
        self._network.found.clear()
        self._sid = f"s{next(_serial)}"
        self._ids: dict[str, str] = {}
        self._tokens: dict[tuple[type, Value], str] = {}
        self._used = False

    def add(self, fact: Fact) -> list[Match]:
        """Take a fact in; the matches that it completes.

        Raises:
            EngineFaultError: the package refused the fact, or an action failed.
        """
        message: dict[str, str | int] = {"sid": self._sid, "kind": self._token(fact["fact"])}
        for key in self._network.keys.get(str(fact["fact"]), ()):
            value = fact.get(key)
            if value is not None:
                message[f"v_{key}"] = self._token(value)
                if key in self._network.numbers and type(value) is int:
                    message[f"n_{key}"] = value
        self._used = True
        for _ in range(3):
            handle = f"f{next(_serial)}"
            self._ids[handle] = str(fact["id"])
            try:
                state = _host.assert_fact(self._network.name, {**message, "id": handle})
            except self._module.MessageNotHandledException:
                return []
            except self._module.MessageObservedException:
                continue  # two ids that the package takes for one; the next is another
            except Exception as err:
                raise EngineFaultError(f"durable-rules: {err!r}") from err
            if isinstance(state, dict) and state.get("exception"):
                raise EngineFaultError(f"durable-rules: {state['exception']}")
            found = [(order, tuple(self._ids[h] for h in handles)) for order, handles in self._network.found]
            self._network.found.clear()
            return found
        raise EngineFaultError("durable-rules takes every new fact for one that it has seen")

    def _token(self, value: Value) -> str:
        typed = (type(value), value)
        constant = self._network.tokens.get(typed)
        return constant if constant is not None else self._tokens.setdefault(typed, f"x{len(self._tokens)}")

    def close(self) -> None:
        """Delete the session."""
        if self._used:
            self._used = False
            try:
                _host.delete_state(self._network.name, self._sid)
            except (self._module.durable_rules_engine.error, MemoryError):  # the answer is had; this costs memory only
                _log.warning("durable-rules kept the session %s", self._sid, exc_info=True)


class DurableEngine:
    """Runs rules by durable-rules; one run at a time in a process.

    Raises:
        EngineMissingError: the package cannot be loaded.
    """

    name = "durable"

    def __init__(self) -> None:
        self._module = load()

    def run(self, rules: RuleSet, facts: Sequence[Fact]) -> Conclusion:
        """See `Engine.run`."""
        with _lock, warnings.catch_warnings():
            # the package calls functions that newer Pythons deprecate
            warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"durable\b")
            return conclude(rules, facts, lambda own: DurableMatcher(self._module, rules.digest, own))
