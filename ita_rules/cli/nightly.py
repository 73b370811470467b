"""What a night knows that one run does not: decisions that still hold, and what changed; and what the next night goes by.

Everything here is looked for in the store. Where it lacks something the report goes without, and says nothing wrong.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ita_rules.cli.comparing import compared, same_agency
from ita_rules.cli.kept_pictures import found_again
from ita_rules.decisions import FILE_NAME as DECISIONS
from ita_rules.decisions import Entry as Decided
from ita_rules.decisions import added, dump, load_decisions, with_decisions
from ita_rules.errors import ItaRulesError
from ita_rules.history.entry import Entry, moment
from ita_rules.history.index import read as read_index
from ita_rules.history.reasons import Cause
from ita_rules.history.runs import relative
from ita_rules.history.texts import changed_evidence
from ita_rules.model import Report
from ita_rules.nights.basis import FILE_NAME as BASIS
from ita_rules.nights.basis import LOOKED, Basis, Shown, load_basis
from ita_rules.nights.carry import carried_report
from ita_rules.nights.changes import changes_of
from ita_rules.nights.decisions import carried, lapsed
from ita_rules.nights.same import is_same
from ita_rules.run.blobs import BlobStore
from ita_rules.run.keys import url_key
from ita_rules.run.types import RunData
from ita_rules.saved import NAME, load_report
from reports.interface import PagePicture, write_whole

logger = logging.getLogger(__name__)
_RUNS = 60
_TRIED = 3


@dataclass(frozen=True, slots=True)
class _Before:
    """The run before: its folder and report, and what the history knows of the agency's runs up to it."""

    folder: Path
    report: Report
    runs: tuple[Entry, ...]


def told_of_night(report: Report, folder: Path, base: Path, rules: Path | None) -> Report:
    """The report on the run in `folder` with the decisions that still hold and with what changed since the run before it.

    `rules` is the folder of rules that judged it (the shipped one when None). Decisions that are carried are written beside the
    run; those that were made on it stay as they are.
    """
    before = _before(report, folder, base)
    decided = _decisions(folder, before)
    report = with_decisions(report, decided)
    if before is None:
        return report
    try:
        difference = compared(before.folder, folder, before.report, report, rules)
    except ItaRulesError as error:
        logger.info("what changed since %s is not told: %s", before.folder, error)
        return report
    evidence = changed_evidence(difference.before, difference.after, before.folder, folder)

    def cause_of(run: Entry, check: str) -> tuple[Cause | None, tuple[str, ...]]:
        return _cause(base / run.folder, check)

    changes = changes_of(difference, evidence, before.runs, cause_of, lapsed(decided, report))
    return report.model_copy(update={"changes": changes})


def leave_basis(basis: Basis, folder: Path, pictures: Sequence[PagePicture]) -> None:
    """Write what the next night goes by beside a run whose reports are written, with the pictures that stand in them.

    Raises `OutputError`.
    """
    shown = tuple(
        Shown(
            item=one.item,
            url=one.url,
            page=one.page,
            width=one.width,
            height=one.height,
            marked=one.marked,
            sha256=one.kept[0],
            maker=one.kept[1],
        )
        for one in pictures
        if one.kept is not None
    )
    write_whole(folder, BASIS, basis.model_copy(update={"report": digest_of(folder), "pictures": shown}).dump())


def told_before(folder: Path, basis: Basis) -> Report | None:
    """The report on a run, where it is the one that was told then: somebody may have judged the run otherwise since, by other
    rules or with decisions in it."""
    if digest_of(folder) != basis.report:
        return None
    try:
        return load_report(folder)
    except ItaRulesError as error:
        logger.info("%s", error)
        return None


def as_before(folder: Path, run: RunData, earlier: Path | None, day: dt.date, mark: str) -> Report | None:
    """The report on a full run in `folder` as of a day, where judging could only say what it said of the run in `earlier`; else
    None. `mark` is that of all that decides the report."""
    basis = load_basis(earlier) if earlier is not None else None
    if earlier is None or basis is None or basis.window is None or basis.judged_by != mark or not basis.holds_on(day):
        return None
    if not is_same(folder, run, earlier, evidence=basis.evidence, besides=LOOKED):
        return None
    report = told_before(earlier, basis)
    return carried_report(report, run, day, basis.window) if report is not None else None


def pictures_of(basis: Basis, blobs: BlobStore) -> tuple[PagePicture, ...] | None:
    """The pictures of the night before, found again; None where one is gone."""
    shown = (PagePicture(s.item, s.url, s.page, b"", s.width, s.height, s.marked, (s.sha256, s.maker)) for s in basis.pictures)
    return found_again(shown, blobs)


def digest_of(folder: Path) -> str:
    """The SHA-256 of a run's report.json; ``""`` where there is none."""
    try:
        return hashlib.sha256((folder / NAME).read_bytes()).hexdigest()
    except OSError:
        return ""


def evidence_keys(report: Report, run: RunData, urls: Iterable[str] = ()) -> tuple[str, ...]:
    """The keys of what a report's verdicts rest on, and of further addresses (the agency's answers), if they were asked."""
    named = [*(source.url for item in report.items for source in item.sources), *urls]
    return tuple(key for key in dict.fromkeys(map(url_key, named)) if key and key in run.exchanges)


def _before(report: Report, folder: Path, base: Path) -> _Before | None:
    """The newest run of the agency before this one whose report can be read."""
    place = (relative(base, folder) or "").rpartition("/")[0]
    index = read_index(base) if place else None
    if index is None:
        return None
    try:
        with index:
            began = moment(report.run.started)
            runs = [run for run in index.entries(place, newest=_RUNS) if run.time < began]
    except ItaRulesError as error:
        logger.info("the runs before are not known: %s", error)
        return None
    for run in [*reversed(runs)][:_TRIED]:
        try:
            found = load_report(base / run.folder)
        except ItaRulesError:
            continue
        if same_agency(found, report) and found.agency.url == report.agency.url:
            return _Before(base / run.folder, found, tuple(one for one in runs if one.url == report.agency.url))
    return None


def _decisions(folder: Path, before: _Before | None) -> tuple[Decided, ...]:
    """The decisions on a run: those of the run before, and its own."""
    own: Sequence[Decided] = load_decisions(folder)
    if before is None:
        return tuple(own)
    try:
        old = carried(load_decisions(before.folder), before.report)
    except ItaRulesError as error:
        logger.info("the decisions of %s are not carried: %s", before.folder, error)
        return tuple(own)
    new = added(old, own)
    if new and new != tuple(own):
        write_whole(folder, DECISIONS, dump(new))
    return new


def _cause(folder: Path, check: str) -> tuple[Cause | None, tuple[str, ...]]:
    """Why a check was another one on an earlier night, as the report of that night told it."""
    try:
        changes = load_report(folder).changes
    except ItaRulesError:
        changes = None
    found = next((c for c in changes.site if c.id == check), None) if changes is not None else None
    return (found.cause, found.urls) if found is not None else ("other", ())  # type: ignore[return-value]
