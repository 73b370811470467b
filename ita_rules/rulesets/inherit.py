"""What an item has when all that it inherits from items of other years is put together, before its checks are resolved.

A child has its parents' concepts, name, titles, source and checks, the years in their texts moved to its own form. It overrides
a check by writing it again (key by key), drops one with ``~``, and adds others. Two things are never inherited: `verified`,
since a condition compared with one year's handbook has not been compared with another's; and what a check asks and how to mend
it, in words, where the child changes what it means. A source that the child names stands for everything it inherits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ita_rules.complaints import Complaint, checked, unknown_word
from ita_rules.rulesets.shelf import Complain, Shelf
from ita_rules.rulesets.types import Levels, Words
from ita_rules.rulesets.written import ItemFile
from ita_rules.rulesets.years import move_texts
from ita_rules.yamlfile import Place, YamlFile

_REFERENCE = re.compile(r"(oit-[0-9]{4})/(O[0-9]{1,3})")
_MEANING = frozenset({"kind", "component", "covers", "needs", "months", "what", "by", "at_least", "any_of"})
_TEXTS = ("asks", "fix")


@dataclass(frozen=True, slots=True)
class Spec:
    """A check as written and inherited, and where it stands; a value of None drops a check that every item has."""

    value: Any
    file: YamlFile
    place: Place


Specs = dict[str, Spec]


@dataclass(slots=True)
class Draft:
    """An item whole, as written: `titles` and `checks` by concept; `without` are titles of the concepts that it does not have."""

    item: str
    file: YamlFile
    written: ItemFile
    fiscal_year: int
    concepts: tuple[str, ...] = ()
    name: Words | None = None
    verified: bool = True
    source: str | None = None
    titles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    checks: dict[str, Specs] = field(default_factory=dict)


def draft_item(
    shelf: Shelf, ruleset_id: str, fiscal_year: int, yaml: YamlFile, complain: Complain, chain: tuple[str, ...] = ()
) -> Draft | None:
    """The item of one file with what it inherits; None after complaining.

    `chain` names the items that lead here by inheritance.
    """
    raw = checked(ItemFile, yaml.value, yaml, (), complain)
    if raw is None:
        return None
    chain = (*chain, f"{ruleset_id}/{raw.item}")
    parents = [_parent(shelf, yaml, n, reference, complain, chain) for n, reference in enumerate(raw.extends)]
    found = [p for p in parents if p is not None]
    if len(found) < len(parents):
        return None
    concepts = raw.concepts or tuple(dict.fromkeys(c for p in found for c in p.concepts))
    if not concepts:
        complain(Complaint(str(yaml.path), yaml.line(("concepts",)), "error.missing_key", {"key": "concepts"}))
        return None
    draft = Draft(raw.item, yaml, raw, fiscal_year, concepts, verified=not found if raw.verified is None else raw.verified)
    draft.name = raw.name or next((_moved(p, fiscal_year, p.name) for p in found if p.name and len(found) == 1), None)
    draft.without = frozenset(raw.locate.without).union(*(p.without for p in found))
    draft.source = raw.source or next((p.source for p in found if p.source), None)
    for concept in concepts:
        titles = [t for p in found for t in move_texts(p.titles.get(concept, ()), fiscal_year - p.fiscal_year, p.fiscal_year)]
        draft.titles[concept] = tuple(dict.fromkeys((*titles, *raw.locate.titles)))
        draft.checks[concept] = {k: s for p in found for k, s in _handed_down(p, concept, fiscal_year, raw.source).items()}
    _own_checks(draft, common_checks(shelf, ruleset_id, complain), complain)
    return draft


def item_of(shelf: Shelf, ruleset_id: str, code: str, complain: Complain, chain: tuple[str, ...] = ()) -> Draft | None:
    """The item of a rule set's code with what it inherits, put together once for all that extend it; None after complaining."""
    reference = f"{ruleset_id}/{code}"
    if reference not in shelf.drafts:
        faults: list[Complaint] = []
        head, file = shelf.head(ruleset_id, faults.append), shelf.item(ruleset_id, code, faults.append)
        found = draft_item(shelf, ruleset_id, head[0].fiscal_year, file, faults.append, chain) if head and file else None
        shelf.drafts[reference] = (found, tuple(faults))
    draft, told = shelf.drafts[reference]
    for fault in told:
        complain(fault)
    return draft


def _parent(
    shelf: Shelf, yaml: YamlFile, number: int, reference: str, complain: Complain, chain: tuple[str, ...]
) -> Draft | None:
    """The item that another one extends; None after complaining."""
    place = ("extends", number) if isinstance(yaml.value.get("extends"), list) else ("extends",)
    named = _REFERENCE.fullmatch(reference)
    if named is None:
        complain(Complaint(str(yaml.path), yaml.line(place), "error.extends_form", {"word": reference}))
        return None
    ruleset_id, code = named.groups()
    if ruleset_id not in shelf.rulesets():
        complain(unknown_word(yaml, place, "extends", ruleset_id, shelf.rulesets()))
        return None
    if code not in shelf.codes(ruleset_id):
        complain(unknown_word(yaml, place, "extends", code, shelf.codes(ruleset_id)))
        return None
    if reference in chain:
        complain(Complaint(str(yaml.path), yaml.line(place), "error.extends_cycle", {"chain": " → ".join((*chain, reference))}))
        return None
    return item_of(shelf, ruleset_id, code, complain, chain)


def _moved(parent: Draft, fiscal_year: int, words: Words | None) -> Words | None:
    by = fiscal_year - parent.fiscal_year
    return words and Words(**move_texts(words.model_dump(), by, parent.fiscal_year))


def _handed_down(parent: Draft, concept: str, fiscal_year: int, source: str | None) -> Specs:
    """A parent's checks of one concept as a child has them before it says anything itself.

    Where the child names the source of its form, that stands for all that it inherits; else the parent's sources do.
    """
    specs = {}
    for key, spec in parent.checks.get(concept, {}).items():
        value = _for_another_year(spec.value, fiscal_year - parent.fiscal_year, parent.fiscal_year)
        if isinstance(value, dict) and source:
            value.pop("source", None)
        elif isinstance(value, dict) and parent.source:
            value.setdefault("source", parent.source)
        specs[key] = Spec(value, spec.file, spec.place)
    return specs


def _for_another_year(value: Any, by: int, fiscal_year: int) -> Any:
    """A check without its mark of having been verified, the years in its texts moved; in the branches of a group too."""
    if not isinstance(value, dict):
        return value
    found = {k: move_texts(v, by, fiscal_year) if k in _TEXTS else v for k, v in value.items() if k != "verified"}
    if isinstance(found.get("any_of"), list):
        found["any_of"] = [_for_another_year(branch, by, fiscal_year) for branch in found["any_of"]]
    return found


def _own_checks(draft: Draft, common: Mapping[str, Spec], complain: Complain) -> None:
    """Puts what the item's own file says of checks over what it inherits."""
    several = len(draft.concepts) > 1
    yaml = draft.file
    for written, value in draft.written.checks.items():
        prefix, dot, rest = written.partition(".")
        place: Place = ("checks", written)
        concepts: tuple[str, ...]
        if dot and several and prefix in draft.concepts:
            concepts, key = (prefix,), rest
        elif not dot and (not several or written in common):
            concepts, key = draft.concepts, written
        else:
            values = {"key": written, "known": ", ".join(draft.concepts)}
            complain(Complaint(str(yaml.path), yaml.line(place), "error.check_of_concept", values))
            continue
        for concept in concepts:
            specs = draft.checks[concept]
            if value is None and key not in specs and key not in common:
                complain(Complaint(str(yaml.path), yaml.line(place), "error.check_not_inherited", {"check": key}))
            elif value is None and key not in common:
                del specs[key]
            else:
                specs[key] = Spec(_over(specs[key].value if key in specs else None, value), yaml, place)


def _over(base: Any, value: Any) -> Any:
    """A check as written over the one inherited, key by key."""
    if not isinstance(base, dict) or not isinstance(value, dict):
        return value
    changed = any(base.get(k) != v for k, v in value.items() if k in _MEANING)
    return {**{k: v for k, v in base.items() if not (changed and k in _TEXTS)}, **value}


def common_checks(shelf: Shelf, ruleset_id: str, complain: Complain) -> Specs:
    """The checks that every item of a rule set has, those of the rule set that it extends among them."""
    if ruleset_id not in shelf.common:
        faults: list[Complaint] = []
        shelf.common[ruleset_id] = (_common(shelf, ruleset_id, faults.append, ()), tuple(faults))
    found, told = shelf.common[ruleset_id]
    for fault in told:
        complain(fault)
    return found


def _common(shelf: Shelf, ruleset_id: str, complain: Complain, chain: tuple[str, ...]) -> Specs:
    head = shelf.head(ruleset_id, complain)
    if head is None:
        return {}
    written, yaml = head
    found: Specs = {}
    parent = _head_above(shelf, ruleset_id, complain, chain)
    if parent is not None:
        above, fiscal_year = parent
        for key, spec in _common(shelf, above, complain, (*chain, ruleset_id)).items():
            value = _for_another_year(spec.value, written.fiscal_year - fiscal_year, fiscal_year)
            found[key] = Spec(value, spec.file, spec.place)
    for key, value in written.every_item.items():
        if value is None and found.pop(key, None) is not None:
            continue
        base = found[key].value if key in found else None
        found[key] = Spec(_over(base, value), yaml, ("every_item", key))
    return found


def levels_of(shelf: Shelf, ruleset_id: str, complain: Complain) -> Levels | None:
    """The levels of a rule set: those of the one that it extends, which nobody has compared for this year, and its own words
    over them."""
    head = shelf.head(ruleset_id, complain)
    if head is None:
        return None
    written = _levels(shelf, ruleset_id, complain, ())
    return checked(Levels, written, head[1], ("levels",), complain) if written else None


def _levels(shelf: Shelf, ruleset_id: str, complain: Complain, chain: tuple[str, ...]) -> dict[str, Any]:
    head = shelf.head(ruleset_id, complain)
    parent = _head_above(shelf, ruleset_id, complain, chain) if head else None
    above = _levels(shelf, parent[0], complain, (*chain, ruleset_id)) if parent else {}
    own = head[0].levels if head else None
    return {**{k: v for k, v in above.items() if k != "verified"}, **(own or {})}


def _head_above(shelf: Shelf, ruleset_id: str, complain: Complain, chain: tuple[str, ...]) -> tuple[str, int] | None:
    """Id and fiscal year (B.E.) of the rule set that one extends; None where it extends none, or after complaining."""
    head = shelf.head(ruleset_id, complain)
    if head is None or head[0].extends is None:
        return None
    written, yaml = head
    above = str(written.extends)
    if above not in shelf.rulesets():
        complain(unknown_word(yaml, ("extends",), "extends", above, shelf.rulesets()))
        return None
    if above in (*chain, ruleset_id):
        steps = " → ".join((*chain, ruleset_id, above))
        complain(Complaint(str(yaml.path), yaml.line(("extends",)), "error.extends_cycle", {"chain": steps}))
        return None
    parent = shelf.head(above, complain)
    return (above, parent[0].fiscal_year) if parent else None
