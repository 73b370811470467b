"""Rules across items: what the evidence of one item says about that of another.

    given = facts_across(parts, previous)      # facts for `rules/inference.yaml`, with the places they were seen at
    findings(conclusion, given)                # what the rules found, as checks of kind `consistent`, advice

A finding never moves an item's status. When in doubt no fact is made, and so nothing is found.
"""

from ita_rules.across.earlier import earlier_files
from ita_rules.across.facts import Given, Part, facts_across
from ita_rules.across.findings import KIND, Finding, findings

__all__ = ["KIND", "Finding", "Given", "Part", "earlier_files", "facts_across", "findings"]
