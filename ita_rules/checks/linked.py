"""`linked`: some chain of links leads from the main page to the evidence. Lying on the main host is not enough."""

from __future__ import annotations

from ita_rules.checks.interface import Context, Observation, Outcome, unknown
from ita_rules.model import Evidence
from ita_rules.rulesets.types import Check
from ita_rules.run.services import is_social

KIND = "linked"


def observe(ctx: Context, check: Check) -> Observation:
    """Met when the way to the evidence (or the page or viewer around it) was found; a missing link is a gap only when the
    whole site was seen."""
    if ctx.only_files:
        return Observation(check, Outcome.NOT_APPLICABLE, ("check.not_applicable.file", {}))
    if "social-network" in ctx.item.concepts:
        own = [link for link in ctx.site.links(ctx.site.start_key) if is_social(link.url)]
        own += [link for p in ctx.pieces if ctx.site.is_linked(p.key) for link in ctx.site.links(p.key) if is_social(link.url)]
        if own:
            evidence = (Evidence(url=own[0].url),)
            return Observation(check, Outcome.MET, ("check.linked.pass", {"clicks": 1}), 0.95, evidence)
    pieces = [p for p in ctx.pieces if p.key]
    ways = [(p, ctx.site.click_path(p.key)) for p in pieces]
    found = [(p, way) for p, way in ways if way and not p.index]
    if found and "social-network" in ctx.item.concepts and ctx.printed:
        return unknown(check, "uncertain", "check.linked.undecided")  # the page says that there should be one
    if found:
        piece, way = min(found, key=lambda pair: len(pair[1]))
        steps = " > ".join(words or url for url, words in way[1:])
        return Observation(
            check,
            Outcome.MET,
            ("check.linked.pass", {"clicks": max(0, len(way) - 1)}),
            1.0,
            (Evidence(url=piece.url),),
            (("why.click_path", {"steps": steps}),) if steps else (),
        )
    if not pieces:
        return unknown(check, "not_gathered", "check.linked.undecided")
    if not ctx.site.complete:
        return unknown(check, "incomplete_crawl", "check.linked.undecided")
    given = tuple(Evidence(url=p.url, read="whole") for p in pieces[:3])
    return Observation(
        check, Outcome.NOT_MET, ("check.linked.gap", {}), 0.95, given, (("why.whole_site", {"pages": len(ctx.site.run.links)}),)
    )
