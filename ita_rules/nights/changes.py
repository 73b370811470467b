"""What is new since the run before, told in the report of the night, and which of it was seen twice by now.

A change is new on the night that shows it first, and to be confirmed. It is told once more, as confirmed, on the first later
night that shows it hours apart, so that nobody has to compare reports himself; after that a gap is one that is still open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ita_rules.history.confirm import HOURS
from ita_rules.history.differences import Change as Found
from ita_rules.history.differences import Difference, kind_of
from ita_rules.history.entry import Entry, moment
from ita_rules.history.reasons import Cause
from ita_rules.history.texts import Changed
from ita_rules.model import Change, ChangedEvidence, Changes, CheckResult, ItemResult, Report, Status

_MOST = 500
_MOST_EVIDENCE = 50
_MOST_WORDS = 10

CauseOf = Callable[[Entry, str], tuple[Cause | None, tuple[str, ...]]]
"""The cause that the report of an earlier run told for the change of a check, and its addresses."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """Since when a check is in its state: the run that showed it first, and the state before (`was`, where `known`)."""

    first: Entry
    was: Status | None
    known: bool


def changes_of(
    difference: Difference,
    evidence: Sequence[Changed],
    runs: Iterable[Entry],
    cause_of: CauseOf,
    lapsed: Sequence[str] = (),
    hours: float = HOURS,
) -> Changes:
    """The changes of a night from its difference to the run before, and the runs of the agency up to that one (in any order).

    Only runs judged by the same rules tell since when a state was there: what other rules made of it is no change of the site.
    """
    after = difference.after
    rows = sorted((run for run in runs if _by(run) == _of(after) and run.time < moment(after.run.started)), key=_time)
    apart, now = dt.timedelta(hours=hours), moment(after.run.started)
    states = [run.checks() for run in rows]
    checks = {check.id: check for item in after.items for check in item.checks}
    new = {change.id for change in difference.changes if change.kind != "still_open"}
    site: list[Change] = []
    for item in after.items:
        for check in item.checks:
            seen = None if check.id in new else _since(check, rows, states)
            if seen is not None and seen.known and rows[-1].time - seen.first.time < apart <= now - seen.first.time:
                kind = kind_of(seen.was, check.status)
                if kind is not None and kind != "still_open":
                    cause, urls = cause_of(seen.first, check.id)
                    site.append(_confirmed(item, check, seen, kind, cause, urls))
    told = {change.id for change in site}
    for found in difference.changes:
        if found.id in told:
            continue
        check_now = checks.get(found.id)
        seen = _since(check_now, rows, states) if check_now is not None and found.kind == "still_open" else None
        sure = seen is not None and now - seen.first.time >= apart
        site.append(_told(found, seen.first.started if seen is not None else None, sure, after))
    return Changes(
        since=difference.before.run.started,
        rules_changed=difference.rules_changed,
        separated=difference.separated,
        site=tuple(site[:_MOST]),
        rules=tuple(_told(found, None, True, after) for found in difference.by_rules[:_MOST]),
        evidence=tuple(
            ChangedEvidence(url=one.url, items=one.items, added=one.added[:_MOST_WORDS], removed=one.removed[:_MOST_WORDS])
            for one in evidence[:_MOST_EVIDENCE]
        ),
        lapsed=tuple(lapsed),
    )


def _since(check: CheckResult, rows: Sequence[Entry], states: Sequence[Mapping[str, object]]) -> _Seen | None:
    """Since when a check is in the state in which it is now; None where the run before had another."""
    first: Entry | None = None
    for run, checks in zip(reversed(rows), reversed(states), strict=True):
        known = checks.get(check.id)
        state = getattr(known, "status", None)
        if state is not check.status:
            return None if first is None else _Seen(first, state, known is not None)
        first = run
    return None if first is None else _Seen(first, None, False)


def _told(found: Found, since: str | None, confirmed: bool, after: Report) -> Change:
    return Change(
        id=found.id,
        item=found.item,
        name=found.name,
        kind=found.kind,
        severity=found.severity,
        before=found.before,
        after=found.after,
        cause=found.cause,
        urls=found.urls,
        confirmed=confirmed,
        since=since or (after.run.started if found.kind != "still_open" else None),
    )


def _confirmed(item: ItemResult, check: CheckResult, seen: _Seen, kind: str, cause: str | None, urls: tuple[str, ...]) -> Change:
    data = {"id": check.id, "item": item.id, "name": item.name, "kind": kind, "severity": check.severity, "before": seen.was}
    more = {"after": check.status, "cause": cause, "urls": urls, "confirmed": True, "since": seen.first.started}
    return Change.model_validate({**data, **more})


def _by(run: Entry) -> tuple[str, str, str]:
    return run.ruleset, run.version, run.tool


def _of(report: Report) -> tuple[str, str, str]:
    return report.ruleset.id, report.ruleset.version, report.tool.version


def _time(run: Entry) -> dt.datetime:
    return run.time
