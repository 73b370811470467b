"""Which check of an earlier year a new one is compared with, to find last year's files under this year's items.

The one that is named (``check --previous``); else the one that the run before holds already, while the form is of the same year;
else the agency's newest in the store's history. What is found is laid into the new run (`ita_rules.across.SETTING`); where
nothing is found the check goes without.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

from ita_rules.across import SETTING, Earlier, earlier_in, earlier_of
from ita_rules.cli.places import folder_name
from ita_rules.errors import ItaRulesError, RunError
from ita_rules.history.entry import BANGKOK, moment
from ita_rules.history.index import read as read_index
from ita_rules.history.reasons import place
from ita_rules.model import Report
from ita_rules.rulesets.types import RuleSet
from ita_rules.run.store import FILE_NAME, load_meta
from ita_rules.run.types import RunMeta
from ita_rules.saved import NAME as REPORT
from ita_rules.saved import load_report

logger = logging.getLogger(__name__)
_MOST_REPORTS = 6
"""Reports of other forms that are opened, newest first; there is about one form a year."""


def earlier_year(
    ruleset: RuleSet, agency: tuple[str, str], before: Sequence[Path], store: tuple[Path, str] | None
) -> Earlier | None:
    """What the new check by `ruleset` is compared with.

    `agency` is its name and the address that the check begins at, `before` are the folders of runs that the new one may follow
    (those that hold none are passed over), `store` is the folder of all runs and the agency's place in it.
    """
    for folder in before:
        meta = _meta(folder)
        if meta is not None and _is_same(agency, (meta.agency_name, meta.start_url)):
            held = _held(meta, ruleset)
            if held is not None:
                return held
    lying = (folder for folder in before if (folder / REPORT).is_file())
    for report in _reports([*lying, *(_remembered(ruleset, agency, *store) if store else ())]):
        same = _is_same(agency, (report.agency.name, report.agency.url))
        if same and report.ruleset.fiscal_year < ruleset.fiscal_year and _is_before(report.run.started, ruleset):
            return earlier_of(report)
    return None


def setting_of(earlier: Earlier | None) -> dict[str, str]:
    """What a run's settings hold of it."""
    return {SETTING: earlier.as_text()} if earlier is not None else {}


def _held(meta: RunMeta, ruleset: RuleSet) -> Earlier | None:
    """What the run before holds, where its form is of the same year; a new year's form is compared with a newer check."""
    return earlier_in(meta, ruleset.fiscal_year) if meta.ruleset == ruleset.id else None


def _remembered(ruleset: RuleSet, agency: tuple[str, str], base: Path, name: str) -> Iterator[Path]:
    """The folders of the agency's runs by other forms that began early enough, newest first, one of each form."""
    index = read_index(base)
    if index is None:
        return
    with index:
        try:
            entries = list(index.entries(folder_name(name), items=False))
        except RunError as error:
            logger.info("%s", error)
            return
    forms = {ruleset.id}
    for entry in reversed(entries):
        if entry.ruleset in forms or not _is_before(entry.started, ruleset) or not _is_same(agency, (entry.name, entry.url)):
            continue
        if (base / entry.folder / REPORT).is_file():
            forms.add(entry.ruleset)
            yield base / entry.folder


def _reports(folders: Sequence[Path]) -> Iterator[Report]:
    for folder in folders[:_MOST_REPORTS]:
        try:
            yield load_report(folder)
        except ItaRulesError as error:
            logger.info("%s", error)


def _is_before(started: str, ruleset: RuleSet) -> bool:
    """Whether a check began before the fiscal year of the form did: two forms tried on one day see one site, and what they have
    in common there says nothing of last year."""
    begins = dt.date(ruleset.fiscal_year - 543 - 1, 10, 1)
    return moment(started).astimezone(BANGKOK).date() < begins


def _is_same(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two names with addresses are of one agency: by the name, or by the address where that changed."""
    return one[0] == other[0] or (bool(one[1]) and place(one[1], "") == place(other[1], ""))


def _meta(folder: Path) -> RunMeta | None:
    if (folder / FILE_NAME).is_file():
        with contextlib.suppress(RunError):
            return load_meta(folder)
    return None
