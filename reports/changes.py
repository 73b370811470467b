"""What changed since the run before, and how deep this run looked, in words that the HTML report and the terminal share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ita_rules.messages import Catalogue, clean
from ita_rules.model import Change, Changes, Report, Severity, Status
from reports import view

KINDS = ("new_gap", "newly_undecided", "mended", "decided", "other")
"""What a change may be, in the order in which people have to know; a gap that is still open is only counted."""

MOST = 30
"""Changes of a kind that are shown; the others are counted, and stand in report.json."""

_MOST_URLS = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One change: its sentence, why it is so (with the addresses), and whether it was seen twice."""

    words: str
    why: str
    confirmed: bool
    remark: str


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of a kind under their heading, confirmed ones first; `rest` counts those that are not shown."""

    title: str
    lines: tuple[Line, ...]
    rest: str = ""


def depth_words(report: Report, say: Catalogue) -> str:
    """On what a light run rests; ``""`` for a run that looked at the whole site."""
    run = report.run
    if run.depth != "light" or run.rests_on is None:
        return ""
    values = {"count": run.carried, "when": say.time(run.rests_on), "full": say.day(run.full_at or run.rests_on)}
    return say.say("report.light", **values)


def groups(report: Report, say: Catalogue) -> tuple[Group, ...]:
    """All that changed, group by group; those without a line are left out."""
    changes = report.changes
    if changes is None:
        return ()
    found = [_group(f"diff.kind.{kind}", [c for c in changes.site if c.kind == kind], report, say) for kind in KINDS]
    found.append(_group("diff.by_rules", changes.rules, report, say))
    found.append(_evidence(changes, say))
    return tuple(group for group in found if group.lines)


def summary(report: Report, say: Catalogue) -> tuple[str, ...]:
    """What the changes come to in a line or two, without the changes themselves; nothing where there is no run before."""
    changes = report.changes
    if changes is None:
        return ()
    lines = [say.say("report.changes.since", when=say.time(changes.since))]
    if changes.rules_changed:
        lines.append(say.say("report.changes.rules" if changes.separated else "report.changes.mixed"))
    still = sum(change.kind == "still_open" for change in changes.site)
    if not groups(report, say):
        lines.append(say.say("report.changes.none"))
    if still:
        lines.append(say.say("report.changes.still", count=still))
    if changes.lapsed:
        lines.append(say.say("report.changes.lapsed", items=[clean(item, 20) for item in changes.lapsed]))
    return tuple(lines)


def told(report: Report, say: Catalogue) -> Iterator[str]:
    """The changes as lines of a terminal."""
    for group in groups(report, say):
        yield group.title
        for line in group.lines:
            yield f"  {line.words}"
            if line.why:
                yield f"    {line.why}"
            if line.remark:
                yield f"    {line.remark}"
        if group.rest:
            yield f"  {group.rest}"


def _group(title: str, changes: Sequence[Change], report: Report, say: Catalogue) -> Group:
    ours = sorted(changes, key=lambda change: (change.severity is Severity.ADVICE, not change.confirmed))
    lines = tuple(_line(change, report, say) for change in ours[:MOST])
    return Group(say.say(title, count=len(ours)), lines, _rest(len(ours), say))


def _line(change: Change, report: Report, say: Catalogue) -> Line:
    message = "diff.line.advice" if change.severity is Severity.ADVICE else "diff.line"
    states = {"before": _state(change.before, report, say), "after": _state(change.after, report, say)}
    words = say.say(message, check=clean(change.id, 80), name=clean(change.name, 160), **states)
    urls = " ".join(view.readable_url(url, 160) for url in change.urls[:_MOST_URLS])
    why = say.say(f"diff.cause.{change.cause}", urls=urls or " ").rstrip() if change.cause else ""
    if change.cause == "rules":
        return Line(words, why, change.confirmed, "")
    return Line(words, why, change.confirmed, say.say("diff.confirmed" if change.confirmed else "diff.unconfirmed"))


def _state(status: Status | None, report: Report, say: Catalogue) -> str:
    return say.say("diff.not_asked") if status is None else view.status_word(status, report, say)


def _evidence(changes: Changes, say: Catalogue) -> Group:
    lines = []
    for one in changes.evidence[:MOST]:
        words = say.say("diff.evidence.line", url=view.readable_url(one.url, 160), items=[clean(item, 20) for item in one.items])
        parts = [
            say.say(f"diff.evidence.{name}", words=clean(" ".join(some), 300))
            for name, some in (("added", one.added), ("removed", one.removed))
            if some
        ]
        lines.append(Line(words, " · ".join(parts) or say.say("diff.evidence.no_texts"), False, ""))
    return Group(say.say("diff.evidence", count=len(changes.evidence)), tuple(lines), _rest(len(changes.evidence), say))


def _rest(count: int, say: Catalogue) -> str:
    return say.say("report.coverage.more", more=count - MOST) if count > MOST else ""
