"""Reads a file of rules over facts, and complains about every fault with file and line.

The file has four parts: ``facts`` (what is given, key by key, with what a key may hold), ``one_of_a_kind`` (kinds of which
there is one fact at most), ``tallies`` and ``rules``; `rules/inference.yaml` shows each of them. What would fail silently is
refused here: a pattern for a fact that nothing gives or derives, a misspelt key, a word that a key never holds, a variable that
is not bound, patterns that no variable joins.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn, get_args

from ita_rules.errors import RuleSetError
from ita_rules.inference.interface import (
    MAX_NUMBER,
    Declared,
    Operator,
    Pattern,
    Rule,
    RuleSet,
    Sentence,
    Tally,
    Value,
    Variable,
)
from ita_rules.inference.match import PLACE
from ita_rules.inference.source import MAX_CHARACTERS, Node, Source

MAX_RULES = 300
MAX_PATTERNS = 6
MAX_KEYS = 20
MAX_STRATUM = 20

_NAME = re.compile(r"[a-z][a-z0-9_]{0,60}\Z")
_RULE_NAME = re.compile(r"[a-z][a-z0-9-]{0,60}\Z")
_TYPES = ("text", "number", "yesno", "any")

Keys = dict[str, set[str]]
"""Kind → its keys; of kinds that are derived or tallied, all keys that some rule gives them."""


def load_rules(path: Path) -> RuleSet:
    """The rules of a file.

    Raises:
        RuleSetError: the file cannot be read, or has a fault; `values` holds `file`, `line` and `detail`.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(4 * MAX_CHARACTERS + 1)
        return parse_rules(data.decode("utf-8-sig"), str(path))
    except OSError as err:
        raise RuleSetError("error.inference.unreadable", file=str(path), line=1, detail=err.strerror or str(err)) from err
    except UnicodeDecodeError as err:
        line = data[: err.start].count(b"\n") + 1
        raise RuleSetError("error.inference.syntax", file=str(path), line=line, detail="UTF-8") from err


def parse_rules(text: str, file: str = "inference.yaml") -> RuleSet:
    """The rules of a text; `file` names it in complaints.

    Raises:
        RuleSetError: the text has a fault; `values` holds `file`, `line` and `detail`.
    """
    return _Reader(file).read(text)


class _Reader:
    def __init__(self, file: str) -> None:
        self.source = Source(file)
        self.declared: dict[str, dict[str, Declared]] = {}
        self.single: frozenset[str] = frozenset()

    def fail(self, message: str, line: int, detail: object = "") -> NoReturn:
        self.source.fail(message, line, detail)

    def read(self, text: str) -> RuleSet:
        top = self.source.mapping(self.source.read(text), ("facts", "rules"), ("one_of_a_kind", "tallies"))
        for kind, node in self.source.mapping(top["facts"], optional=None).items():
            self.declared[self.name(kind, node.line)] = self.declaration(node)
        single = self.source.items(top["one_of_a_kind"]) if "one_of_a_kind" in top else []
        for node in single:
            if self.source.text(node) not in self.declared:
                self.fail("unknown_fact", node.line, node.value)
        self.single = frozenset(self.source.text(node) for node in single)
        rule_nodes = self.source.items(top["rules"])
        if len(rule_nodes) > MAX_RULES:
            self.fail("too_large", top["rules"].line, f"{MAX_RULES} rules")
        rules = tuple(self.rule(node, order) for order, node in enumerate(rule_nodes))
        tallies = tuple(self.tally(node) for node in self.source.items(top["tallies"])) if "tallies" in top else ()
        self.check_names(rules, tallies)
        self.check_patterns(rules, tallies)
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]
        return RuleSet(self.source.file, digest, rules, tallies, self.single, self.declared)

    def name(self, text: str, line: int) -> str:
        if not _NAME.match(text) or text in ("id", "fact"):
            self.fail("bad_name", line, text)
        return text

    def declaration(self, node: Node) -> dict[str, Declared]:
        keys: dict[str, Declared] = {}
        for key, holds in self.source.mapping(node, optional=None).items():
            self.name(key, holds.line)
            if isinstance(holds.value, list):
                keys[key] = Declared("word", tuple(self.source.text(word) for word in holds.value))
            elif holds.value == "text" or holds.value == "any":
                keys[key] = Declared("text" if holds.value == "text" else "any")
            elif holds.value == "number" or holds.value == "yesno":
                keys[key] = Declared("number" if holds.value == "number" else "yesno")
            else:
                self.fail("wrong_type", holds.line, f"{key}: {', '.join(_TYPES)}, [words]")
        return keys

    def stratum(self, keys: Mapping[str, Node]) -> int:
        if "stratum" not in keys:
            return 0
        number = self.source.number(keys["stratum"])
        if not 0 <= number <= MAX_STRATUM:
            self.fail("wrong_type", keys["stratum"].line, f"0-{MAX_STRATUM}")
        return number

    def value(self, node: Node) -> Value:
        value = self.source.scalar(node)
        if (type(value) is int and abs(value) > MAX_NUMBER) or (isinstance(value, str) and value.startswith("$")):
            self.fail("wrong_type", node.line, value)
        return value

    def variable(self, node: Node) -> str | None:
        if not isinstance(node.value, str) or not node.value.startswith("$"):
            return None
        return self.name(node.value[1:], node.line)

    def rule(self, node: Node, order: int) -> Rule:
        keys = self.source.mapping(node, ("name", "when", "then", "because"), ("stratum",))
        name = self.source.text(keys["name"])
        if not _RULE_NAME.match(name):
            self.fail("bad_name", keys["name"].line, name)
        lines = self.source.items(keys["when"])
        if not 1 <= len(lines) <= MAX_PATTERNS:
            self.fail("pattern_count", keys["when"].line, f"1-{MAX_PATTERNS}")
        when = tuple(self.pattern(line) for line in lines)
        bound = self.joined(when)
        then: list[tuple[str, Value | Variable]] = [("fact", self.kind(keys["then"]))]
        if then[0][1] in self.single:
            self.fail("one_of_a_kind", keys["then"].line, then[0][1])
        for key, holds in self.source.mapping(keys["then"], ("fact",), None).items():
            if key != "fact":
                self.name(key, holds.line)
                variable = self.variable(holds)
                if variable is not None and variable not in bound:
                    self.fail("unbound", holds.line, f"${variable}")
                then.append((key, self.value(holds) if variable is None else Variable(variable)))
        if len(then) > MAX_KEYS:
            self.fail("too_large", keys["then"].line, f"{MAX_KEYS} keys")
        because = self.sentence(keys["because"], bound)
        return Rule(name, order, self.stratum(keys), when, tuple(then), because, keys["name"].line)

    def kind(self, node: Node) -> str:
        holds = self.source.mapping(node, ("fact",), None)["fact"]
        return self.name(self.source.text(holds), holds.line)

    def pattern(self, node: Node, *, variables: bool = True) -> Pattern:
        keys = self.source.mapping(node, ("fact",), None)
        constants: list[tuple[str, Value]] = []
        names: list[tuple[str, str]] = []
        comparisons: list[tuple[str, Operator, Value]] = []
        for key, holds in keys.items():
            if key == "fact":
                continue
            self.name(key, holds.line)
            variable = self.variable(holds)
            if isinstance(holds.value, dict):
                for word, limit in self.source.mapping(holds, (), (*get_args(Operator), "as")).items():
                    bound = self.variable(limit) if word == "as" else None
                    if bound is not None:
                        names.append((key, bound))
                        continue
                    operator = next((o for o in get_args(Operator) if o == word), None)
                    value = self.value(limit)
                    if operator is None or (operator != "not" and type(value) is not int):
                        self.fail("wrong_type", limit.line, f"{word}: {value}")
                    comparisons.append((key, operator, value))
            elif variable is not None:
                names.append((key, variable))
            else:
                constants.append((key, self.value(holds)))
        if names and not variables:
            self.fail("unbound", node.line, f"${names[0][1]}")
        if len(keys) > MAX_KEYS:
            self.fail("too_large", node.line, f"{MAX_KEYS} keys")
        return Pattern(self.kind(node), tuple(constants), tuple(names), tuple(comparisons), node.line)

    def joined(self, when: tuple[Pattern, ...]) -> set[str]:
        """Every pattern after the first must share a variable with one before it; only kinds of one fact may stand alone."""
        bound: set[str] = set()
        apart: set[str] = set()
        first = True
        for pattern in when:
            names = {name for _, name in pattern.variables}
            if pattern.kind in self.single:
                apart |= names
                continue
            if not first and not names & bound:
                self.fail("cross_product", pattern.line, pattern.kind)
            first = False
            bound |= names
        return bound | apart

    def sentence(self, node: Node, bound: set[str]) -> Sentence:
        keys = self.source.mapping(node, ("th", "en"))
        for part in keys.values():
            text = self.source.text(part)
            for name in PLACE.findall(text):
                if name not in bound:
                    self.fail("unbound", part.line, f"{{{name}}}")
            rest = PLACE.sub("", text)
            if "{" in rest or "}" in rest:
                self.fail("braces", part.line, text)
        return Sentence(self.source.text(keys["th"]), self.source.text(keys["en"]))

    def tally(self, node: Node) -> Tally:
        keys = self.source.mapping(node, ("name", "over", "by", "count", "values"), ("stratum", "each"))
        words = tuple(self.name(self.source.text(word), word.line) for word in self.source.items(keys["values"]))
        by = self.name(self.source.text(keys["by"]), keys["by"].line)
        if not words or len({*words, by, "other"}) != len(words) + 2:
            self.fail("bad_name", keys["values"].line, ", ".join(words))
        return Tally(
            name=self.name(self.source.text(keys["name"]), keys["name"].line),
            stratum=self.stratum(keys),
            over=self.pattern(keys["over"], variables=False),
            by=by,
            count=self.name(self.source.text(keys["count"]), keys["count"].line),
            values=words,
            each=self.source.text(keys["each"]) if "each" in keys else None,
            line=keys["name"].line,
        )

    def check_names(self, rules: tuple[Rule, ...], tallies: tuple[Tally, ...]) -> None:
        seen: set[str] = set()
        for rule in rules:
            if rule.name in seen:
                self.fail("twice", rule.line, rule.name)
            seen.add(rule.name)
        made: set[str] = {str(value) for rule in rules for key, value in rule.then if key == "fact"} | set(self.declared)
        for tally in tallies:
            if tally.name in made:
                self.fail("twice", tally.line, tally.name)
            made.add(tally.name)

    def check_patterns(self, rules: tuple[Rule, ...], tallies: tuple[Tally, ...]) -> None:
        """Every pattern asks for facts that can be there when its stratum runs."""
        born: dict[str, tuple[int, int]] = {}  # kind → the first and the last stratum that makes facts of it
        keys: Keys = {kind: set(declared) for kind, declared in self.declared.items()}
        for rule in rules:
            kind = next(str(value) for key, value in rule.then if key == "fact")
            first, last = born.get(kind, (rule.stratum, rule.stratum))
            born[kind] = (min(first, rule.stratum), max(last, rule.stratum))
            keys.setdefault(kind, set()).update(key for key, _ in rule.then)
        for tally in tallies:
            born[tally.name] = (tally.stratum, -1)
            keys[tally.name] = {tally.by, "other", *tally.values}
        for rule in rules:
            for pattern in rule.when:
                self.check_pattern(pattern, keys)
                if pattern.kind not in self.declared and born[pattern.kind][0] > rule.stratum:
                    self.fail("too_early", pattern.line, pattern.kind)
        for tally in tallies:
            self.check_pattern(tally.over, keys)
            for key in (tally.by, tally.count):
                if key not in keys[tally.over.kind]:
                    self.fail("unknown_fact_key", tally.line, f"{tally.over.kind}.{key}")
            if tally.each is not None and tally.by not in keys.get(tally.each, set()):
                self.fail("unknown_fact", tally.line, tally.each)
            for kind in (tally.over.kind, tally.each or tally.over.kind):
                first, last = born.get(kind, (-1, -1))
                if first >= tally.stratum or last >= tally.stratum:
                    self.fail("too_early", tally.line, kind)

    def check_pattern(self, pattern: Pattern, keys: Keys) -> None:
        if pattern.kind not in keys:
            self.fail("unknown_fact", pattern.line, pattern.kind)
        for key in pattern.asked():
            if key not in keys[pattern.kind]:
                self.fail("unknown_fact_key", pattern.line, f"{pattern.kind}.{key}")
        declared = self.declared.get(pattern.kind, {})
        for key, value in (*pattern.constants, *((k, v) for k, _, v in pattern.comparisons)):
            if key in declared and not declared[key].allows(value):
                self.fail("never_holds", pattern.line, f"{pattern.kind}.{key}: {value}")
