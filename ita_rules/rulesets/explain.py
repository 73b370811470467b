"""What an item asks, in words: for authors, for webmasters, and to answer "why did it say that"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from ita_rules.messages import Catalogue, clean, messages
from ita_rules.model import CheckResult, ItemResult, Severity, Status
from ita_rules.rulesets.types import Check, Item, RuleSet

_LISTS = ("wordings", "statements", "figures", "detect", "look_alikes", "contradicted_by", "zero", "zero_statements")
_MOST_TOLD = 5  # sources of an item, and quotes of a check, that are told


def explain_item(ruleset: RuleSet, item: Item, *, lang: str = "th", result: ItemResult | None = None) -> list[str]:
    """Lines of plain text: the item, then each of its checks.

    With `result` also what became of the item and on what it rests, and of each check what became of it, the words of the
    evidence, and why: what was looked for, where, what came near, which rules of inference led there.
    """
    say = messages(lang)
    lines = [
        say.say("explain.item", item=item.id, name=item.name.say(lang), ruleset=ruleset.id),
        "  " + say.say("explain.file", file=item.file, indicator=item.indicator),
    ]
    for concept in item.concepts:
        lines.append(f"  {say.say('explain.concept', concept=concept)}: {_quoted(item.titles.get(concept, ()))}")
    if item.id in ruleset.due:
        lines.append("  " + say.say("explain.due", day=say.day(ruleset.due[item.id].isoformat())))
    if item.extends:
        lines.append("  " + say.say("explain.extends", items=", ".join(item.extends)))
    lines += [f"  {line}" for line in _item_became(result, say)] if result else []
    results = {c.id: c for c in result.checks} if result else {}
    for check in item.checks:
        lines.append("")
        asked = explain_check(ruleset, check, lang, say)
        became = results.get(check.id)
        told = [f"    {line}" for line in _became(became, say)] if became is not None else []
        lines += [asked[0], *told, *asked[1:]]
    return lines


def _item_became(result: ItemResult, say: Catalogue) -> Iterator[str]:
    """What became of an item: its status with the number of conditions of each, then what was looked at."""
    found = [c.status for c in result.checks if c.severity is Severity.CRITERION]
    counted = [say.say("explain.of_status", status=say.say(f"status.{s}"), count=found.count(s)) for s in Status if s in found]
    yield say.say("explain.item_became", status=say.say(f"status.{result.status}"), counts=counted)
    for source in result.sources[:_MOST_TOLD]:
        url = unquote(source.url, errors="replace")
        title = clean(source.title or url.rpartition("/")[2] or url, 120)
        if source.cause:
            yield say.say("explain.not_seen", title=title, url=url, cause=say.cause(source.cause))
        else:
            yield say.say("explain.seen", title=title, url=url)
    if len(result.sources) > _MOST_TOLD:
        yield say.say("cli.more", more=len(result.sources) - _MOST_TOLD)


def _became(result: CheckResult, say: Catalogue) -> Iterator[str]:
    """What became of a check: its status and message, the words of the evidence with their places, then why."""
    yield say.say("explain.became", status=say.say(f"status.{result.status}"), message=result.message)
    for evidence in [e for e in result.evidence if e.quote][:_MOST_TOLD]:
        page = evidence.page
        place = say.say("report.sheet", sheet=page) if isinstance(page, str) else say.say("report.page", page=page)
        yield say.say("explain.quote", quote=evidence.quote, place=place if page is not None else evidence.url)
    for reason in result.why:
        yield f"  - {reason}"


def explain_check(ruleset: RuleSet, check: Check, lang: str, say: Catalogue, depth: int = 1) -> list[str]:
    """Lines of one check and of its branches."""
    pad = "  " * depth
    marks = (
        [say.say(f"kind.{check.kind}"), say.say(f"severity.{check.severity}")] if depth == 1 else [say.say(f"kind.{check.kind}")]
    )
    if not check.verified:
        marks.append(say.say("explain.unverified"))
    lines = [f"{pad}{check.id} ({', '.join(marks)})"]
    lines += [f"{pad}  {line}" for line in _details(ruleset, check, lang, say)]
    if check.any_of:
        lines.append(f"{pad}  " + say.say("explain.any_of", least=check.at_least or 1, count=len(check.any_of)))
        for branch in check.any_of:
            lines += explain_check(ruleset, branch, lang, say, depth + 2)
    return lines


def _details(ruleset: RuleSet, check: Check, lang: str, say: Catalogue) -> Iterator[str]:
    component = ruleset.components.get(check.component or "") if check.kind == "component" else None
    if component is not None:
        yield component.name.say(lang)
    if check.asks is not None:
        yield f"{say.say('explain.asks')}: {check.asks.say(lang)}"
    if check.when is not None:
        yield say.say("explain.when", types=[say.say(f"agency.{t}") for t in check.when.agency_type])
    for name in _LISTS:
        own = tuple(check.options.get(name, ()))
        words = (*(getattr(component, name) if component else ()), *own)
        if words and not check.any_of:
            yield f"{say.say(f'explain.{name}')}: {_quoted(words)}"
    for name in ("covers", "months", "what", "by"):
        if name in check.options:
            yield say.say("explain.option", option=name, value=say.say(f"explain.choice.{check.options[name]}"))
    if check.kind == "count":
        yield say.say("explain.count", least=check.options.get("at_least", 1))
    if check.fix is not None:
        yield f"{say.say('explain.fix')}: {check.fix.say(lang)}"
    source = ruleset.sources.get(check.source or "")
    if source is not None:
        yield f"{say.say('explain.source')}: {source.title} {source.url or ''}".rstrip()


def _quoted(words: Iterable[str]) -> str:
    """Words in quotation marks, each once, never cut: authors need all of them."""
    return ", ".join(f"“{word}”" for word in dict.fromkeys(words))


def counts(ruleset: RuleSet) -> tuple[int, int]:
    """Criterion checks of a rule set, and how many of them are not verified against the handbook."""
    checks = [c for item in ruleset.items for c in item.checks if c.severity is Severity.CRITERION]
    return len(checks), sum(not c.verified for c in checks)


def levels_told(ruleset: RuleSet, say: Catalogue) -> Iterator[str]:
    """The levels of the year's result, best first, as lines; nothing where they are not known."""
    levels = ruleset.levels
    if levels is None:
        return
    yield ""
    yield say.say("explain.levels", passes=_points(levels.passes)) + _mark(levels.verified, say)
    for level in levels.steps:
        values = {"name": level.name.say(say.lang), "least": _points(level.least)}
        if level.each_tool is None:
            yield "  " + say.say("explain.level", **values)
        else:
            yield "  " + say.say("explain.level_each", each=_points(level.each_tool), **values)


def calendar_told(ruleset: RuleSet, say: Catalogue) -> Iterator[str]:
    """The steps of the year's calendar as lines; nothing where none is known."""
    if ruleset.calendar:
        yield ""
        yield say.say("explain.calendar")
    for step in ruleset.calendar:
        days = " – ".join(say.day(d.isoformat()) if d else "…" for d in (step.opens, step.closes))
        types = f" ({', '.join(say.say(f'agency.{t}') for t in step.when.agency_type)})" if step.when else ""
        yield f"  {days}: {step.name.say(say.lang)}{types}{_mark(step.verified, say)}"


def _points(points: float) -> str:
    return f"{points:g}"


def _mark(verified: bool, say: Catalogue) -> str:
    return "" if verified else f" ({say.say('explain.unverified')})"
