"""What a store knows of an agency's faults when a run begins: from its runs and from the log of looks at its pages."""

from __future__ import annotations

import datetime as dt
import logging
from pathlib import Path

from ita_rules.audit.record import days_down
from ita_rules.errors import ItaRulesError
from ita_rules.history.index import read as read_index
from ita_rules.history.outages import failing
from ita_rules.run.types import Failing
from ita_rules.uptime import read

logger = logging.getLogger(__name__)

UPTIME = "uptime"
"""Folder of the logs of uptime in a store."""

_DAYS = 30
_RUNS = 60


def failing_of(base: Path, place: str, today: dt.date) -> tuple[Failing, ...]:
    """The addresses of the agency in the folder `place` of the store `base` that are failing by what was seen in the last thirty
    days. Nothing where that cannot be read: then a fault is one night's, and undecided."""
    since = today - dt.timedelta(days=_DAYS)
    index = read_index(base)
    if index is None:
        return ()
    try:
        with index:
            runs = [run for run in index.entries(place, newest=_RUNS) if run.day >= since]
        looks = list(read(base / UPTIME / place, since))
        if not looks and not any(source.cause for run in runs for item in run.items for source in item.sources):
            return ()
        return failing(runs, looks, not_counted=days_down(base, since))
    except ItaRulesError as error:
        logger.info("what failed before is not known: %s", error)
        return ()
