"""What changed between two forms, by concept: a person who knows the old form learns what the new one asks.

Codes move every year, so that items are compared by what they ask about. Years in texts, sources and marks of verification are no
change; what is asked of whom, and how, is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ita_rules.messages import Catalogue, messages
from ita_rules.rulesets.kinds import COMPONENT_LISTS
from ita_rules.rulesets.types import Check, Item, RuleSet


@dataclass(frozen=True, slots=True)
class CheckChange:
    """A check of a concept that came, went, or asks for something else: as it was and as it is, None where it is not."""

    before: Check | None
    after: Check | None


@dataclass(frozen=True, slots=True)
class ConceptChange:
    """A concept in two forms: the items that ask it (None where a form does not), and the checks that differ."""

    concept: str
    before: Item | None
    after: Item | None
    checks: tuple[CheckChange, ...] = field(default=())

    @property
    def moved(self) -> bool:
        """Whether both forms ask it, under another code or in another sub-indicator."""
        return bool(
            self.before and self.after and (self.before.id, self.before.indicator) != (self.after.id, self.after.indicator)
        )

    @property
    def same(self) -> bool:
        """Whether nothing changed."""
        return bool(self.before and self.after) and not self.moved and not self.checks and not self.merged

    @property
    def merged(self) -> bool:
        """Whether the item asks it together with other concepts than before."""
        return self.before is not None and self.after is not None and set(self.before.concepts) != set(self.after.concepts)


def compare(old: RuleSet, new: RuleSet) -> list[ConceptChange]:
    """Every concept of either form, in the order of the new form, those that it no longer asks last."""
    before = {c: item for item in old.items for c in item.concepts}
    after = {c: item for item in new.items for c in item.concepts}
    changes = []
    for concept in (*after, *(c for c in before if c not in after)):
        one, other = before.get(concept), after.get(concept)
        checks = _checks(one, other, concept) if one and other else ()
        changes.append(ConceptChange(concept, one, other, checks))
    return changes


def _checks(before: Item, after: Item, concept: str) -> tuple[CheckChange, ...]:
    old = {c.key: c for c in before.checks if c.concept == concept}
    new = {c.key: c for c in after.checks if c.concept == concept}
    found = [CheckChange(old.get(k), c) for k, c in new.items() if k not in old or _asked(old[k]) != _asked(c)]
    return (*found, *(CheckChange(c, None) for k, c in old.items() if k not in new))


def _asked(check: Check) -> tuple[Any, ...]:
    """What a check asks, without its words, source and mark."""
    options = tuple(sorted((k, str(v)) for k, v in check.options.items() if k != "shares"))
    branches = tuple(_asked(b) for b in check.any_of)
    return (check.kind, check.component, check.severity, check.when, options, branches, check.at_least)


def told(old: RuleSet, new: RuleSet, lang: str = "th") -> Iterator[str]:
    """The comparison as lines for people."""
    say = messages(lang)
    changes = compare(old, new)
    yield say.say("rules.diff.head", old=old.id, new=new.id)
    yield say.say("rules.diff.items", old=len(old.items), new=len(new.items))
    groups = {
        "new": [c for c in changes if c.before is None],
        "gone": [c for c in changes if c.after is None],
        "moved": [c for c in changes if c.moved or c.merged],
        "changed": [c for c in changes if c.checks],
    }
    for name, group in groups.items():
        if group:
            yield ""
            yield say.say(f"rules.diff.{name}", count=len(group))
            for change in group:
                yield from _lines(name, change, old, new, say)
    same = sum(c.same for c in changes)
    yield ""
    yield say.say("rules.diff.same", count=same)


def _lines(group: str, change: ConceptChange, old: RuleSet, new: RuleSet, say: Catalogue) -> Iterator[str]:
    ruleset, item = (new, change.after) if change.after else (old, change.before)
    assert item is not None
    values: dict[str, object] = {"concept": change.concept, "name": ruleset.concepts[change.concept].name.say(say.lang)}
    if group == "moved" and change.before and change.after:
        places = {"old": _place(change.before, say), "new": _place(change.after, say)}
        yield "  " + say.say("rules.diff.from_to", **values, **places)
    else:
        yield "  " + say.say("rules.diff.concept", **values, place=_place(item, say))
    if group in ("new", "changed"):
        checks = change.checks if group == "changed" else tuple(CheckChange(None, c) for c in _asking(item, change.concept))
        for one in checks:
            yield "    " + _check_line(one, old, new, say)


def _asking(item: Item, concept: str) -> list[Check]:
    """The checks of a concept that are its own, not those that every item has."""
    common = {"answered", "reachable", "linked", "named", "machine_readable"}
    return [c for c in item.checks if c.concept == concept and c.key not in common]


def _place(item: Item, say: Catalogue) -> str:
    """The code of an item and its sub-indicator; of a merged item that it is one."""
    merged = "rules.diff.merged" if len(item.concepts) > 1 else "rules.diff.place"
    return say.say(merged, item=item.id, indicator=item.indicator)


def _check_line(change: CheckChange, old: RuleSet, new: RuleSet, say: Catalogue) -> str:
    if change.before is None and change.after is not None:
        return say.say("rules.diff.check_new", check=_named(change.after, new, say))
    if change.after is None and change.before is not None:
        return say.say("rules.diff.check_gone", check=_named(change.before, old, say))
    assert change.before is not None
    assert change.after is not None
    details = "; ".join(_details(change.before, change.after, say))
    return say.say("rules.diff.check_changed", check=_named(change.after, new, say), details=details)


def _named(check: Check, ruleset: RuleSet, say: Catalogue) -> str:
    """A check by the name of its component, else by what its kind is called, with what it covers."""
    if check.kind == "component" and check.component:
        return ruleset.component(check.component).name.say(say.lang)
    name = say.say(f"kind.{check.kind}")
    choice = next((check.options[k] for k in ("covers", "months", "what", "by") if k in check.options), None)
    return f"{name}: {say.say(f'explain.choice.{choice}')}" if choice else name


def _details(before: Check, after: Check, say: Catalogue) -> Iterator[str]:
    """What differs between a check and the same check of the other form."""
    if before.kind != after.kind:
        yield say.say("rules.diff.detail", old=say.say(f"kind.{before.kind}"), new=say.say(f"kind.{after.kind}"))
    if before.severity != after.severity:
        yield say.say("rules.diff.detail", old=say.say(f"severity.{before.severity}"), new=say.say(f"severity.{after.severity}"))
    for name in ("covers", "months", "what", "by"):
        was, now = before.options.get(name), after.options.get(name)
        if was != now and was and now:
            yield say.say("rules.diff.detail", old=say.say(f"explain.choice.{was}"), new=say.say(f"explain.choice.{now}"))
    was, now = before.options.get("at_least"), after.options.get("at_least")
    if was != now:
        yield say.say("rules.diff.detail", old=was or "-", new=now or "-")
    if before.when != after.when:
        yield say.say("rules.diff.when", old=_types(before, say), new=_types(after, say))
    if _words(before.options) != _words(after.options) or before.any_of != after.any_of:
        yield say.say("rules.diff.words")


def _types(check: Check, say: Catalogue) -> str:
    if check.when is None:
        return say.say("rules.diff.everybody")
    return ", ".join(say.say(f"agency.{t}") for t in check.when.agency_type)


def _words(options: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in options.items() if k in COMPONENT_LISTS}
