"""The result of the whole assessment and its level, from IIT and EIT as given and OIT as estimated."""

from __future__ import annotations

from ita_rules.messages import Catalogue
from ita_rules.model import Report, Total
from ita_rules.rulesets.types import Levels, RuleSet
from ita_rules.scoring import rounded, total


def with_total(report: Report, ruleset: RuleSet, iit: float, eit: float, say: Catalogue) -> Report:
    """The report with the whole total at the lowest and the highest OIT. `iit` and `eit` run from 0 to 100."""
    oit = report.scores.oit
    low, high = (rounded(total(iit, eit, points)) for points in (oit.low, oit.high))
    levels = ruleset.levels if ruleset.levels and ruleset.levels.steps else None
    found = Total(
        iit=iit,
        eit=eit,
        low=low,
        high=high,
        level_low=level(levels, low, (iit, eit, oit.low), say.lang) if levels else None,
        level_high=level(levels, high, (iit, eit, oit.high), say.lang) if levels else None,
        passes=levels.passes if levels else None,
        verified=levels.verified if levels else False,
    )
    return report.model_copy(update={"total": found})


def level(levels: Levels, points: float, tools: tuple[float, ...], lang: str) -> str:
    """The name of the first level (best first) whose points are reached, by each tool too where it asks that; else the last."""
    for step in levels.steps:
        if points >= step.least and (step.each_tool is None or min(tools) >= step.each_tool):
            return step.name.say(lang)
    return levels.steps[-1].name.say(lang)
