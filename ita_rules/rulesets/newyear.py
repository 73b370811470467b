"""The skeleton of the next form: every year moved, everything else inherited, every line marked as not verified.

Whoever has the new handbook at hand goes through the files line by line: corrects what changed, and turns `verified` to true
where the handbook says the same. Nothing is copied but the titles, since the rest is inherited from the form before.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from ita_rules.messages import LANGUAGES, messages
from ita_rules.rulesets.types import Check, Item, RuleSet, Step, Words
from ita_rules.rulesets.years import move_day, move_years

_COMMON = ("answered", "reachable", "linked", "named", "machine_readable")
_MARK = "# " + " ".join(messages(lang).say("rules.draft.mark") for lang in LANGUAGES)


def skeleton(old: RuleSet, fiscal_year: int) -> dict[str, str]:
    """File name → text of the rule set of `fiscal_year` (B.E.) that inherits everything from an older one."""
    by = fiscal_year - old.fiscal_year
    files = {"ruleset.yaml": "\n".join(_head(old, fiscal_year, by)) + "\n"}
    for item in old.items:
        files[f"{item.id}-{item.concepts[0]}.yaml"] = "\n".join(_item(old, item, by)) + "\n"
    return files


def _head(old: RuleSet, fiscal_year: int, by: int) -> Iterator[str]:
    yield from ("# " + messages(lang).say("rules.draft.head", year=fiscal_year, old=old.id) for lang in LANGUAGES)
    yield ""
    yield f"id: oit-{fiscal_year}"
    yield f"extends: {old.id}"
    yield f"fiscal_year: {fiscal_year}"
    yield "name:"
    yield from _words(old.name, old, by, "  ")
    yield f"window: {{opens: {move_day(old.window.opens, by)}, closes: {move_day(old.window.closes, by)}}}  {_MARK}"
    if old.levels is not None:
        yield f"levels: {{verified: false}}  {_MARK}"
    if old.due:
        yield f"due:  {_MARK}"
        yield from (f"  {code}: {move_day(day, by)}  {_MARK}" for code, day in old.due.items())
    if old.calendar:
        yield "calendar:"
        for step in old.calendar:
            yield from _step(step, old, by)
    yield "indicators:"
    for indicator in old.indicators:
        yield f"  - id: {_text(indicator.id)}"
        yield f"    name: {_pair(indicator.name, old, by)}"
        yield "    subs:"
        for sub in indicator.subs:
            yield f"      - id: {_text(sub.id)}"
            yield f"        name: {_pair(sub.name, old, by)}"
            yield f"        items: [{', '.join(sub.items)}]  {_MARK}"
    yield "every_item:"
    keys = dict.fromkeys(c.key for item in old.items for c in item.checks if c.key in _COMMON)
    yield from (f"  {key}: {{verified: false}}  {_MARK}" for key in keys)


def _step(step: Step, old: RuleSet, by: int) -> Iterator[str]:
    yield f"  - name: {_pair(step.name, old, by)}"
    for name, day in (("opens", step.opens), ("closes", step.closes)):
        if day is not None:
            yield f"    {name}: {move_day(day, by)}  {_MARK}"
    if step.answers:
        yield "    answers: true"
    if step.when is not None:
        yield f"    when: {{agency_type: [{', '.join(step.when.agency_type)}]}}"
    yield "    verified: false"
    yield f"    source: {step.source}"


def _item(old: RuleSet, item: Item, by: int) -> Iterator[str]:
    yield f"item: {item.id}"
    yield f"extends: {old.id}/{item.id}"
    yield "name:"
    yield from _words(item.name, old, by, "  ")
    yield f"verified: false  {_MARK}"
    own = [c for c in item.checks if c.key not in _COMMON]
    if own:
        yield "checks:"
    for check in own:
        yield f"  {check.id.removeprefix(item.id + '.')}: {{verified: false}}  {_MARK}: {_asks(old, check, by)}"


def _asks(old: RuleSet, check: Check, by: int) -> str:
    """What a check asks, for whoever compares it with the handbook."""
    component = old.components.get(check.component or "")
    asks = check.asks or (component.name if component else None)
    return move_years(asks.th, by, old.fiscal_year) if asks else check.kind


def _words(words: Words, old: RuleSet, by: int, pad: str) -> Iterator[str]:
    yield f"{pad}th: {_text(move_years(words.th, by, old.fiscal_year))}  {_MARK}"
    yield f"{pad}en: {_text(move_years(words.en, by, old.fiscal_year))}"


def _pair(words: Words, old: RuleSet, by: int) -> str:
    th, en = (_text(move_years(w, by, old.fiscal_year)) for w in (words.th, words.en))
    return f"{{th: {th}, en: {en}}}  {_MARK}"


def _text(text: str) -> str:
    """A text as YAML reads it whatever is in it."""
    return json.dumps(text, ensure_ascii=False)
