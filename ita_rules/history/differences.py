"""What changed between two runs of an agency, check by check, and why.

Four judgements tell the causes apart: the older run as it was judged; the same run by the newer rules; by the newer rules on the
newer day; and the newer run. What differs between the first two the rules did, between the next two the calendar, and only the
rest is a change of the site.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from ita_rules.history.reasons import Cause, reason
from ita_rules.model import CheckResult, ItemResult, Report, Severity, Status

Kind = Literal["new_gap", "mended", "still_open", "newly_undecided", "decided", "other"]
"""What became of a check. `decided` was undecided and is not a gap; `other` is a change between the states that nobody has to act
on (not due yet, does not apply)."""

KINDS: tuple[Kind, ...] = ("new_gap", "newly_undecided", "mended", "decided", "still_open", "other")
"""In the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Change:
    """A check of which there is something to say. `before` is None where the older form did not ask it, `after` likewise.

    `cause` is None for a gap that is still open. `urls` are the addresses that the cause speaks of. `confirmed` tells that two
    runs, hours apart, have shown the new state. `message` and `fix` are the newer report's words.
    """

    id: str
    item: str
    name: str
    kind: Kind
    severity: Severity
    before: Status | None
    after: Status | None
    cause: Cause | None = None
    urls: tuple[str, ...] = ()
    message: str = ""
    fix: str | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs between two runs, in the order of the form.

    `changes` are the site's, the calendar's and the looking's; `by_rules` are what the newer rules or the newer program make of
    the same older run. `separated` tells that these two could be told apart; where they could not be, every change stands in
    `by_rules`, since it may be none of the site. `items` are the items' statuses before and after.
    """

    before: Report
    after: Report
    rules_changed: bool
    separated: bool
    changes: tuple[Change, ...]
    by_rules: tuple[Change, ...] = ()
    items: Mapping[str, tuple[Status | None, Status | None]] = field(default_factory=dict)

    def of(self, kind: Kind) -> tuple[Change, ...]:
        """The changes of a kind."""
        return tuple(change for change in self.changes if change.kind == kind)


def other_rules(before: Report, after: Report) -> bool:
    """Whether two reports were judged by other rules, or by another version of the program, which may judge otherwise."""

    def by(report: Report) -> tuple[str, str, str]:
        return report.ruleset.id, report.ruleset.version, report.tool.version

    return by(before) != by(after)


def compare(before: Report, after: Report, *, by_newer: Report | None = None, on_newer_day: Report | None = None) -> Difference:
    """What differs between two reports on an agency.

    `by_newer` is the older run judged by the newer report's rules on its own day, `on_newer_day` the same on the newer report's
    day; None where they could not be had, or need not be.
    """
    changed = other_rules(before, after)
    base = by_newer if changed else before
    names = {item.id: (_status(before, item.id), item.status) for item in after.items}
    if base is None:
        mixed = tuple(replace(change, cause="rules", urls=()) for change in _changes(before, after, None))
        still = tuple(c for c in mixed if c.kind == "still_open")
        rest = tuple(c for c in mixed if c.kind != "still_open")
        return Difference(before, after, True, False, tuple(replace(c, cause=None) for c in still), rest, names)
    by_rules: tuple[Change, ...] = ()
    if changed:
        found = (replace(c, cause="rules", urls=()) for c in _changes(before, base, None))
        by_rules = tuple(c for c in found if c.kind != "still_open")
    return Difference(before, after, changed, True, tuple(_changes(base, after, on_newer_day)), by_rules, names)


def kind_of(before: Status | None, after: Status | None) -> Kind | None:
    """What became of a check by its two states; None where there is nothing to say."""
    if after is Status.GAP:
        return "still_open" if before is Status.GAP else "new_gap"
    if before is after:
        return None
    if after is Status.UNDECIDED:
        return "newly_undecided"
    if before is Status.GAP and after is Status.PASS:
        return "mended"
    return "decided" if before is Status.UNDECIDED else "other"


def _changes(before: Report, after: Report, on_day: Report | None) -> Iterator[Change]:
    old, day = _checks(before), _checks(on_day) if on_day is not None else {}
    new = _checks(after)
    for key in [*new, *(key for key in old if key not in new)]:
        was, now = old.get(key), new.get(key)
        item, check = now or was or _never()
        states = was[1].status if was else None, now[1].status if now else None
        kind = kind_of(*states)
        if kind is None:
            continue
        change = Change(
            id=key,
            item=item.id,
            name=item.name,
            kind=kind,
            severity=check.severity,
            before=states[0],
            after=states[1],
            message=check.message if now else "",
            fix=check.fix if now else None,
        )
        if kind != "still_open":
            due = _due(states, day.get(key), before, after, known=on_day is not None)
            cause, urls = ("day", ()) if due else reason(was, now, before, after)
            change = replace(change, cause=cause, urls=urls)
        yield change


def _due(
    states: tuple[Status | None, Status | None],
    on_day: tuple[ItemResult, CheckResult] | None,
    before: Report,
    after: Report,
    *,
    known: bool,
) -> bool:
    """Whether the calendar alone explains a change: the older run, judged on the newer day, is in the newer state already.

    Without that judgement only a state of "not due" that a later day ended, or an earlier day began, is laid to the calendar.
    """
    if known:
        return on_day is not None and on_day[1].status is states[1] and states[0] is not states[1]
    return Status.NOT_DUE in states and before.run.as_of != after.run.as_of


def _checks(report: Report) -> dict[str, tuple[ItemResult, CheckResult]]:
    return {check.id: (item, check) for item in report.items for check in item.checks}


def _status(report: Report, item_id: str) -> Status | None:
    return next((item.status for item in report.items if item.id == item_id), None)


def _never() -> tuple[ItemResult, CheckResult]:
    raise AssertionError("a check of neither report")
