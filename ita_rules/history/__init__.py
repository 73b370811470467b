"""What is remembered of many nights: an index over the folders of runs, what changed between two of them, and what is kept.

The folders are the truth. ``BASE/index.sqlite`` can be made anew from them at any time (`rebuild`): nothing stands in it alone.
"""

from ita_rules.history.entry import CheckState, Entry, ItemState, Looked, entry_of
from ita_rules.history.index import Index
from ita_rules.history.lock import collecting, gathering
from ita_rules.history.outages import Outage, outages
from ita_rules.history.runs import enter, rebuild, refresh

__all__ = [
    "CheckState",
    "Entry",
    "Index",
    "ItemState",
    "Looked",
    "Outage",
    "collecting",
    "enter",
    "entry_of",
    "gathering",
    "outages",
    "rebuild",
    "refresh",
]
