"""Whether an agency's pages were up, day by day: a log that nobody can change unseen, and what follows from it.

Looking is the command line's (`ita_rules.cli.probe`); here is what was seen, kept and counted.
"""

from ita_rules.uptime.entry import Entry, Look
from ita_rules.uptime.history import (
    Availability,
    Expiry,
    availability,
    expiries,
    outages,
)
from ita_rules.uptime.log import Fault, Log, day_root, of_all, read, verify

__all__ = [
    "Availability",
    "Entry",
    "Expiry",
    "Fault",
    "Log",
    "Look",
    "availability",
    "day_root",
    "expiries",
    "of_all",
    "outages",
    "read",
    "verify",
]
