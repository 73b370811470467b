"""Which unit of an agency answers for which item, as config.yaml says it.

    agencies:
      - name: องค์การบริหารส่วนตำบลตัวอย่าง
        units: {O24: กองคลัง, annual-report: สำนักปลัด, "9.4": งานการเจ้าหน้าที่, "9": สำนักปลัด}

A key is an item, a concept, or an indicator or sub-indicator. The closest one counts: the item's own before its concept's before
its sub-indicator's before its indicator's. Concepts keep their names over the years, items do not. Like exceptions, units are
laid over the finished report: no status depends on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ita_rules.model import ItemResult, Report
from ita_rules.rulesets.types import RuleSet


def known_keys(ruleset: RuleSet) -> frozenset[str]:
    """Every key that a unit may have in a year: items, concepts, indicators and sub-indicators."""
    items = {item.id for item in ruleset.items}
    concepts = {concept for item in ruleset.items for concept in item.concepts}
    return frozenset(items | concepts | {i.id for i in ruleset.indicators} | {s.id for i in ruleset.indicators for s in i.subs})


def unknown_keys(units: Iterable[str], ruleset: RuleSet) -> tuple[str, ...]:
    """The keys that a year does not know, in their order."""
    known = known_keys(ruleset)
    return tuple(key for key in units if key.strip() not in known)


def with_units(report: Report, units: Mapping[str, str]) -> Report:
    """The report with the unit of every item that has one."""
    ours = {key.strip(): " ".join(unit.split()) for key, unit in units.items()}
    if not ours:
        return report
    items = tuple(item.model_copy(update={"unit": _unit(item, ours)}) for item in report.items)
    return report.model_copy(update={"items": items})


def _unit(item: ItemResult, units: Mapping[str, str]) -> str:
    """The unit of an item, empty where no key speaks of it. Of several concepts' units each is named once."""
    if item.id in units:
        return units[item.id]
    of_concepts = dict.fromkeys(units[concept] for concept in item.concepts if concept in units)
    if of_concepts:
        return ", ".join(of_concepts)
    indicator = item.indicator
    while indicator:
        if indicator in units:
            return units[indicator]
        indicator = indicator.rpartition(".")[0]
    return ""
