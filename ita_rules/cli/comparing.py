"""Two runs of an agency compared: the older one is judged again wherever rules or calendar may have their part in it."""

from __future__ import annotations

import datetime as dt
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from ita_rules import __version__
from ita_rules.errors import ItaRulesError, RunError
from ita_rules.history.differences import Difference, compare, other_rules
from ita_rules.history.reasons import place
from ita_rules.model import Report
from ita_rules.run.store import load_run

if TYPE_CHECKING:
    from ita_rules.rulesets.types import RuleSet

logger = logging.getLogger(__name__)


def same_agency(before: Report, after: Report) -> bool:
    """Whether two reports are of one agency: its name, or its address where the name was changed."""
    one, other = before.agency, after.agency
    return one.name == other.name or (bool(one.url) and place(one.url, "") == place(other.url, ""))


def compared(old: Path, new: Path, before: Report, after: Report, rules: Path | None) -> Difference:
    """The difference, with the older run judged again wherever rules or calendar may have their part in it."""
    plain = compare(before, after)
    changed, days = other_rules(before, after), before.run.as_of != after.run.as_of
    if not changed and not (days and any(change.kind != "still_open" for change in plain.changes)):
        return plain
    try:
        # Imported where it is needed: on most nights nothing is judged again, and rules are long to load.
        from ita_rules.cli import given

        asked = given.ruleset_of(after.ruleset.id, rules)
        if (asked.version, __version__) != (after.ruleset.version, after.tool.version):
            if not changed:
                return plain  # both by the same rules, which are not here any more: nothing to be judged again by
            # The rules of today are neither run's: both are judged by them, so that they are judged alike.
            after = _again(new, after, asked, after.run.as_of)
        by_newer = _again(old, before, asked, before.run.as_of) if changed else None
        on_day = _again(old, before, asked, after.run.as_of) if days else None
    except ItaRulesError as error:
        logger.info("the older run cannot be judged again: %s", error)
        return plain
    return compare(before, after, by_newer=by_newer, on_newer_day=on_day)


def _again(folder: Path, report: Report, ruleset: RuleSet, as_of: str) -> Report:
    """The run in `folder` judged again, told as `report` is. Raises `RunError` where it is gone or cannot be read."""
    from ita_rules.cli.check_file import is_of_files, judge_files
    from ita_rules.judge import judge

    data = load_run(folder)
    try:
        day = dt.date.fromisoformat(as_of)
    except ValueError as error:
        raise RunError("error.saved.broken", path=str(folder)) from error
    lang = report.lang
    return judge_files(data, ruleset, day, lang) if is_of_files(data) else judge(data, ruleset, day, lang=lang)
