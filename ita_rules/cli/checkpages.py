"""The page on every check kind (``docs/checks.md``), from the code's docstrings, the catalogues and the rule sets.

Thai first, then English: what a kind looks at and when it is met, a gap or undecided; what an author may set; which items of
which year use it. Nothing in it is written by hand, so that it cannot say what the code does not do.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ita_rules import across
from ita_rules.checks import kinds
from ita_rules.data import data_folder
from ita_rules.inference import load_rules
from ita_rules.messages import Catalogue, messages
from ita_rules.model import Severity
from ita_rules.rulesets.kinds import CHOICES, OPTIONS, REQUIRED
from ita_rules.rulesets.load import available, load_ruleset
from ita_rules.rulesets.types import Check, RuleSet

FIRST = ("answered", "reachable", "linked", "permission", "component", "absent", "period", "coverage", "count", "named")
"""The kinds that people meet first; the others follow by name."""

_FINDING = "finding"


def pages(folder: Path | None = None) -> str:
    """The whole page, in both languages. `folder` holds the rule sets (the project's own when None).

    Raises:
        RuleSetError: a rule set or the rules over facts have a fault.
    """
    rules = folder or data_folder("rules")
    rulesets = [load_ruleset(i, folder) for i in available(rules)]
    return "\n".join([*_page(messages("th"), rulesets, rules), "", *_page(messages("en"), rulesets, rules)]) + "\n"


def _names() -> list[str]:
    known = {*kinds(), across.KIND}
    return [k for k in FIRST if k in known] + sorted(known - set(FIRST))


def _page(say: Catalogue, rulesets: Sequence[RuleSet], rules: Path) -> Iterator[str]:
    yield f"# {say.say('explain.page.title')}"
    yield ""
    yield say.say("explain.page.intro")
    for kind in _names():
        yield ""
        yield f"## `{kind}` {say.say(f'kind.{kind}')}"
        yield ""
        yield say.say(f"explain.kind.{kind}")
        if say.lang == "en":
            yield ""
            yield from (f"> {line}".rstrip() for line in _from_code(kind))
        if kind == across.KIND:
            yield ""
            yield from _rules(say, rules)
        yield from _options(say, kind)
        yield ""
        yield from _used(say, kind, rulesets)


def _from_code(kind: str) -> Iterator[str]:
    """What the module of a kind, and its `observe`, say of themselves."""
    if kind == across.KIND:
        yield from inspect.cleandoc(across.__doc__ or "").splitlines()[:1]
        return
    observe = kinds()[kind]
    module = inspect.getmodule(observe)
    told = [inspect.cleandoc(text) for text in (module.__doc__ if module else None, observe.__doc__) if text]
    yield from "\n\n".join(told).splitlines()


def _rules(say: Catalogue, rules: Path) -> Iterator[str]:
    """The rules over facts that find something across items, each with its because-sentence."""
    for rule in load_rules(rules / "inference.yaml").rules:
        if ("fact", _FINDING) in rule.then:
            yield f"* `{rule.name}`: {rule.because.say(say.lang)}"


def _options(say: Catalogue, kind: str) -> Iterator[str]:
    options: Mapping[str, str] = OPTIONS.get(kind, {})
    for n, (name, shape) in enumerate(options.items()):
        if n == 0:
            yield ""
            yield say.say("explain.page.options")
            yield ""
        values = [f"`{v}`{_named(say, v)}" for v in CHOICES.get(name, ())] if shape == "choice" else []
        told = ", ".join(values) or say.say(f"explain.shape.{shape}")
        must = f" ({say.say('explain.page.required')})" if name in REQUIRED.get(kind, ()) else ""
        yield f"* `{name}`{must}: {told}"


def _named(say: Catalogue, word: str) -> str:
    return f" ({say.say(f'explain.choice.{word}')})" if f"explain.choice.{word}" in say else ""


def _used(say: Catalogue, kind: str, rulesets: Sequence[RuleSet]) -> Iterator[str]:
    """A table: year → the items that use the kind as a criterion, and as advice."""
    rows = [(r.fiscal_year, [_items(say, r, kind, s) for s in (Severity.CRITERION, Severity.ADVICE)]) for r in rulesets]
    if not any(any(cells) for _, cells in rows):
        yield say.say("explain.page.of_itself")
        return
    yield f"| {say.say('explain.page.year')} | {say.say('severity.criterion')} | {say.say('severity.advice')} |"
    yield "|---|---|---|"
    for year, cells in rows:
        yield f"| {year} | {' | '.join(c or '–' for c in cells)} |"


def _items(say: Catalogue, ruleset: RuleSet, kind: str, severity: Severity) -> str:
    found = [i.id for i in ruleset.items if any(c.severity is severity and _uses(c, kind) for c in i.checks)]
    return say.say("explain.page.every_item") if len(found) == len(ruleset.items) else ", ".join(found)


def _uses(check: Check, kind: str) -> bool:
    return any(_uses(b, kind) for b in check.any_of) if check.any_of else check.kind == kind
