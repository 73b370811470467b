"""Rules across items: what the evidence of one item says about that of another.

    given = facts_across(parts, earlier)       # facts for `rules/inference.yaml`, with the places they were seen at
    findings(conclusion, given)                # what the rules found, as checks of kind `consistent`, advice

A finding never moves an item's status. When in doubt no fact is made, and so nothing is found.
"""

from ita_rules.across.earlier import SETTING, Earlier, earlier_from, earlier_in, earlier_of
from ita_rules.across.facts import Given, Part, facts_across
from ita_rules.across.findings import KIND, Finding, findings

__all__ = [
    "KIND",
    "SETTING",
    "Earlier",
    "Finding",
    "Given",
    "Part",
    "earlier_from",
    "earlier_in",
    "earlier_of",
    "facts_across",
    "findings",
]
