"""The report that a saved run already has, for the sub-commands; `ita_rules.saved` reads it."""

from ita_rules.saved import MOST_BYTES, NAME, load_report

__all__ = ["MOST_BYTES", "NAME", "load_report"]
