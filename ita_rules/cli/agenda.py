"""What is gathered next: the rules' wants joined with the crawler's wish to see every page of the site.

The crawler knows traps and the bounds of the site; the rules know which pages and files matter. Files that no item asks for
are not fetched, addresses in traps only when they are evidence.
"""

from __future__ import annotations

from crawlers.frontier import default_wants
from ita_rules.locate.site import FILE_SUFFIXES
from ita_rules.rulesets.types import RuleSet
from ita_rules.run.types import RunData, Want
from ita_rules.wants import wants


def agenda(run: RunData, ruleset: RuleSet) -> list[Want]:
    """What to fetch and read next, best first; empty when the run has all it can use."""
    site = {w.key: w for w in default_wants(run)}
    asked = [w for w in wants(run, ruleset) if w.kind != "fetch" or w.evidence or w.key in site]
    known = {w.key for w in asked if w.kind == "fetch"}
    rest = [w for w in site.values() if w.key not in known and not w.url.lower().partition("?")[0].endswith(FILE_SUFFIXES)]
    return sorted([*asked, *rest], key=lambda w: (-w.priority, w.kind, w.key))
