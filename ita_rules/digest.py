"""An operator's digest: whom to phone about what, made of the newest reports by a pure function.

Only what a person has to act on stands in it. What an exception waives, what a person decided to pass, and what is undecided are
nobody's call; a verdict that other rules or another version of the program made is no news of a site.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from ita_rules.model import Changes, CheckResult, ItemResult, Report, Severity, Status
from ita_rules.uptime import Expiry

STALE_DAYS = 8
"""Days after which a newest run is called old: a week and a day."""


@dataclass(frozen=True, slots=True)
class Outage:
    """Pages of an agency whose server was at fault on two days and more: how many addresses, on how many days at most."""

    agency: str
    addresses: int
    days: int


@dataclass(frozen=True, slots=True)
class Due:
    """An item due soon, by the calendar: its day, the days left, and whether that day was compared with the handbook."""

    item: str
    name: str
    day: dt.date
    days_left: int
    verified: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """What is known of an agency: whom to phone, its newest report and the one before, None where there is none; `place` is by
    what its runs are kept, ``""`` where that does not matter."""

    name: str
    contact: str = ""
    newest: Report | None = None
    before: Report | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """An item to mend: its points of the OIT score (0-100), the unit that answers for it, whether it is new since the run before.

    `verified` is false where only conditions speak against it that nobody compared with the handbook.
    """

    item: str
    points: float
    unit: str = ""
    new: bool = False
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Call:
    """An agency to phone: the items, the points at stake, days until the form closes (None: not known; below 0: it has)."""

    agency: str
    contact: str
    points: float
    days_left: int | None
    items: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class News:
    """What changed at an agency, by item codes, confirmed ones first. `confirmed` are those of which two runs, hours apart, have
    shown the new state; of the others the next night tells."""

    agency: str
    gaps: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    confirmed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Digest:
    """The whole digest of a `day`; `calls` most pressing first.

    `agencies` is how many were looked at, `fine` how many of them need no call, `undecided` how many items are. `judged_anew` are
    the agencies whose verdicts other rules or another version made, `missing` those without a report, `stale` those whose newest
    run is old. `root` is the day and root of the history of uptime.
    """

    day: dt.date
    agencies: int
    fine: int
    undecided: int
    calls: tuple[Call, ...]
    news: tuple[News, ...] = ()
    judged_anew: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    outages: tuple[Outage, ...] = ()
    expiries: tuple[Expiry, ...] = ()
    due: tuple[Due, ...] = ()
    root: tuple[dt.date, str] | None = None


def digest(
    subjects: Sequence[Subject],
    day: dt.date,
    *,
    outages: Sequence[Outage] = (),
    expiries: Sequence[Expiry] = (),
    due: Sequence[Due] = (),
    root: tuple[dt.date, str] | None = None,
) -> Digest:
    """The digest of a day. Calls in the order of points at stake, then of days left; a form that has closed comes last."""
    calls, news, judged_anew, stale = [], [], [], []
    looked_at = [(one, one.newest) for one in subjects if one.newest is not None]
    for one, newest in looked_at:
        changed = news_of(one)
        anew = one.before is not None and not same_judges(newest, one.before)
        if anew:
            judged_anew.append(one.name)
        if changed.gaps or changed.mended or changed.undecided:
            news.append(changed)
        points = to_mend(newest, frozenset() if anew else frozenset(changed.gaps))
        if points:
            calls.append(Call(one.name, one.contact, round(sum(p.points for p in points), 2), days_left(newest, day), points))
        if (day - _day(newest, day)).days >= STALE_DAYS:
            stale.append(one.name)
    return Digest(
        day=day,
        agencies=len(looked_at),
        fine=len(looked_at) - len(calls),
        undecided=sum(item.status is Status.UNDECIDED for _, newest in looked_at for item in newest.items),
        calls=tuple(sorted(calls, key=_pressing)),
        news=tuple(sorted(news, key=lambda one: not one.confirmed)),
        judged_anew=tuple(judged_anew),
        missing=tuple(one.name for one in subjects if one.newest is None),
        stale=tuple(stale),
        outages=tuple(outages),
        expiries=tuple(expiries),
        due=tuple(due),
        root=root,
    )


def to_mend(report: Report, new: frozenset[str] = frozenset()) -> tuple[Point, ...]:
    """The items that somebody has to mend, most points first; `new` are codes that were no gaps in the run before."""
    found = [
        Point(item.id, item.worth, item.unit, item.id in new, any(c.verified for c in gaps))
        for item in report.items
        for gaps in (_gaps(item),)
        if item.status is Status.GAP and gaps and not _overruled(item)
    ]
    return tuple(sorted(found, key=lambda point: -point.points))


def news_of(subject: Subject) -> News:
    """What changed at an agency by its newest report, which tells it itself and what of it was seen twice; else between its last
    two reports. Nothing where there is one only, or where other rules judged and their part cannot be told apart."""
    newest, before = subject.newest, subject.before
    if newest is not None and newest.changes is not None:
        return _told_by(newest, newest.changes, subject.name)
    if newest is None or before is None or not same_judges(newest, before):
        return News(subject.name)
    was = {item.id: item.status for item in before.items}
    now = {item.id: item.status for item in newest.items if item.id in was}
    gaps = tuple(i for i, status in now.items() if status is Status.GAP and was[i] is not Status.GAP)
    mended = tuple(i for i, status in now.items() if status is Status.PASS and was[i] is Status.GAP)
    unsure = tuple(i for i, status in now.items() if status is Status.UNDECIDED and was[i] is not Status.UNDECIDED)
    return News(subject.name, gaps, mended, unsure)


def _told_by(newest: Report, changes: Changes, name: str) -> News:
    """What a report tells of its changes. An item is a new gap when one of its criteria is and the item is one."""
    if not changes.separated:
        return News(name)
    statuses = {item.id: item.status for item in newest.items}
    found: dict[str, list[str]] = {"new_gap": [], "mended": [], "newly_undecided": []}
    wanted = {"new_gap": Status.GAP, "mended": Status.PASS, "newly_undecided": Status.UNDECIDED}
    sure: set[str] = set()
    criteria = [change for change in changes.site if change.severity is Severity.CRITERION and change.kind in found]
    for change in sorted(criteria, key=lambda one: not one.confirmed):
        if statuses.get(change.item) is wanted[change.kind] and change.item not in found[change.kind]:
            found[change.kind].append(change.item)
            sure.update([change.item] if change.confirmed else [])
    gaps, mended, unsure = (tuple(found[kind]) for kind in ("new_gap", "mended", "newly_undecided"))
    return News(name, gaps, mended, unsure, frozenset(sure))


def same_judges(one: Report, other: Report) -> bool:
    """Whether two reports were judged by the same rules in the same version of the program."""
    return (one.ruleset.id, one.ruleset.version, one.tool.version) == (
        other.ruleset.id,
        other.ruleset.version,
        other.tool.version,
    )


def days_left(report: Report, day: dt.date) -> int | None:
    """Days until the form of the report's year closes; None where that is not known."""
    try:
        return (dt.date.fromisoformat(report.ruleset.answers_by) - day).days if report.ruleset.answers_by else None
    except ValueError:
        return None


def _gaps(item: ItemResult) -> list[CheckResult]:
    """The gaps that decide an item and that no exception waives."""
    return [c for c in item.checks if c.status is Status.GAP and c.severity is Severity.CRITERION and c.waived is None]


def _overruled(item: ItemResult) -> bool:
    decided = item.decision
    return decided is not None and decided.decision == "pass" and decided.on is item.status


def _pressing(call: Call) -> tuple[bool, float, float, str]:
    left = call.days_left
    return left is not None and left < 0, -call.points, float("inf") if left is None else left, call.agency


def _day(report: Report, otherwise: dt.date) -> dt.date:
    try:
        return dt.datetime.fromisoformat(report.run.started).date()
    except ValueError:
        return otherwise
