"""`answered`: the agency answered the item with an address, or (without answers) its evidence was located on the site."""

from __future__ import annotations

from ita_rules.checks.find.findings import shorten
from ita_rules.checks.interface import Context, Observation, Outcome, Said, unknown
from ita_rules.rulesets.types import Check
from ita_rules.thai.fold import loose

KIND = "answered"


def observe(ctx: Context, check: Check) -> Observation:
    """Met when addresses were given or found. Not located is a gap only when the whole site was seen."""
    located = ctx.located
    if ctx.only_files:
        return Observation(check, Outcome.NOT_APPLICABLE, ("check.not_applicable.file", {}))
    if located.state in ("given", "found") and ctx.candidate:
        return Observation(check, Outcome.MET, ("check.answered.pass", {"where": ctx.candidate.pieces[0].url}))
    name = ctx.item.name.say(ctx.lang)
    if located.state == "no_answer":
        if _zero(ctx):
            return Observation(
                check, Outcome.MET, ("check.answered.zero", {}), why=(("why.note", {"note": shorten(located.note)}),)
            )
        message = "check.answered.said_no" if located.said_no else "check.answered.no_answer"
        return Observation(check, Outcome.NOT_MET, (message, {"item": ctx.item.id}), 0.97, fix=_fix(ctx))
    if not ctx.site.complete:
        return unknown(check, "incomplete_crawl", "check.answered.undecided", name=name)
    if located.unread:
        return unknown(check, "uncertain", "check.answered.undecided", name=name)
    why = (("why.whole_site", {"pages": len(ctx.site.run.links)}),)
    return Observation(check, Outcome.NOT_MET, ("check.answered.not_located", {"name": name}), 0.8, why=why, fix=_fix(ctx))


def _zero(ctx: Context) -> bool:
    """Whether the note of the answer states a permitted zero of the item."""
    note = loose(ctx.located.note)
    words = [w for c in ctx.item.checks for w in c.options.get("zero_statements", ())]
    words += [w for c in ctx.item.checks if c.component for w in ctx.ruleset.component(c.component).zero_statements]
    return bool(note) and any(loose(w) in note for w in words)


def _fix(ctx: Context) -> Said:
    if ctx.located.hint:
        return ("check.answered.fix_hint", {"hint": ctx.located.hint})
    return ("check.answered.fix", {})
