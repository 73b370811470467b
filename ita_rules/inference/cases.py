"""The cases of the rules over facts: for each rule, facts on which it fires and facts on which it does not.

They stand in ``inference.cases.yaml`` beside the rules: `defaults` (the keys that facts of a kind have where a case says
nothing) and `cases`, each with `rule`, `name`, `facts` and `fires`, the facts that the rule derives (key by key, other keys
being free); an empty list says that it does not fire.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from ita_rules.complaints import Complaint, checked
from ita_rules.inference.interface import Engine, Fact, RuleSet, Value, same
from ita_rules.yamlfile import YamlError, load_yaml

Complain = Callable[[Complaint], None]


class _Case(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    name: str
    facts: tuple[dict[str, Any], ...]
    fires: tuple[dict[str, Any], ...] = ()


class _CasesFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    defaults: dict[str, dict[str, Any]]
    cases: tuple[_Case, ...]


@dataclass(frozen=True, slots=True)
class RuleCase:
    """A case: its rule and name, the facts whole, what the rule derives of them, and where it is written (1-based line)."""

    rule: str
    name: str
    facts: tuple[Fact, ...]
    fires: tuple[dict[str, Value], ...]
    file: str
    line: int


def read_rule_cases(rules: RuleSet, path: Path, complain: Complain) -> list[RuleCase]:
    """The cases of a file; faults of form, unknown rules, and rules without both sorts of case go to `complain`."""
    try:
        yaml = load_yaml(path)
    except YamlError as err:
        values = dict(err.values)
        complain(Complaint(str(values.pop("file")), int(str(values.pop("line"))), err.message_id, values))
        return []
    raw = checked(_CasesFile, yaml.value, yaml, (), complain)
    if raw is None:
        return []
    found = []
    for number, case in enumerate(raw.cases):
        facts = [{"id": f"{n:02}", **raw.defaults.get(str(f.get("fact")), {}), **f} for n, f in enumerate(case.facts)]
        line = yaml.line(("cases", number))
        found.append(RuleCase(case.rule, case.name, tuple(facts), case.fires, str(path), line))
    known = {rule.name for rule in rules.rules}
    for one in found:
        if one.rule not in known:
            complain(Complaint(one.file, one.line, "rules.fact_case_unknown", {"rule": one.rule}))
    for rule in rules.rules:
        for fires in (True, False):
            if not any(c.rule == rule.name and bool(c.fires) is fires for c in found):
                message = "rules.fact_case_fires" if fires else "rules.fact_case_silent"
                complain(Complaint(rules.file, rule.line, message, {"rule": rule.name}))
    return found


def run_rule_cases(rules: RuleSet, cases: Sequence[RuleCase], engine: Engine) -> list[Complaint]:
    """One complaint for each case that is not as written, as one engine concludes it."""
    found = []
    for case in cases:
        try:
            conclusion = engine.run(rules, list(case.facts))
        except ValueError as err:
            found.append(Complaint(case.file, case.line, "rules.fact_case_facts", {"name": case.name, "detail": str(err)}))
            continue
        derived = [f.derived for f in conclusion.firings if f.rule == case.rule]
        left = list(case.fires)
        for fact in derived:
            left = [w for w in left if not all(k in fact and same(fact[k], v) for k, v in w.items())]
        if left or len(derived) != len(case.fires):
            got = "; ".join(", ".join(f"{k}: {v}" for k, v in sorted(f.items()) if k != "id") for f in derived) or "-"
            values = {"rule": case.rule, "name": case.name, "got": got, "engine": engine.name}
            found.append(Complaint(case.file, case.line, "rules.fact_case_wrong", values))
    return found
