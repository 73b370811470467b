"""A difference as data for other programs (``ita-rules/diff/1``) and as lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ita_rules.history.differences import KINDS, Change, Difference
from ita_rules.history.texts import Changed
from ita_rules.messages import Catalogue
from ita_rules.model import Report, Severity

SCHEMA = "ita-rules/diff/1"
_MOST_LINES = 60


def data_of(difference: Difference, evidence: Sequence[Changed], old: Path, new: Path) -> dict[str, Any]:
    """The difference as one JSON object; the older run first, `old` and `new` the folders of the two."""
    return {
        "schema": SCHEMA,
        "agency": difference.after.agency.model_dump(mode="json"),
        "before": _run(difference.before, old),
        "after": _run(difference.after, new),
        "rules": {"changed": difference.rules_changed, "separated": difference.separated},
        "counts": {kind: len(difference.of(kind)) for kind in KINDS},
        "items": [{"id": key, "before": was, "after": now} for key, (was, now) in difference.items.items() if was is not now],
        "changes": [_change(change) for change in difference.changes],
        "by_rules": [_change(change) for change in difference.by_rules],
        "evidence": [
            {
                "url": one.url,
                "items": list(one.items),
                "sha256": {"before": one.before, "after": one.after},
                "texts": one.has_texts,
                "added": list(one.added),
                "removed": list(one.removed),
                "more_added": one.more_added,
                "more_removed": one.more_removed,
            }
            for one in evidence
        ],
    }


def lines_of(difference: Difference, evidence: Sequence[Changed], say: Catalogue) -> Iterator[str]:
    """The difference as lines for people: what is worse first, at most sixty lines of each group."""
    before, after = difference.before, difference.after
    yield say.say("diff.head", agency=after.agency.name or after.agency.url, url=after.agency.url)
    yield say.say("diff.runs", before=say.time(before.run.started), after=say.time(after.run.started))
    yield say.say("diff.score", before=_score(before), after=_score(after))
    if difference.rules_changed:
        values = {"before": _rules(before), "after": _rules(after)}
        yield say.say("diff.rules.separated" if difference.separated else "diff.rules.mixed", **values)
    if not (difference.changes or difference.by_rules or evidence):
        yield say.say("diff.nothing")
    for kind in KINDS:
        yield from _group(f"diff.kind.{kind}", difference.of(kind), say)
    yield from _group("diff.by_rules", difference.by_rules, say)
    if evidence:
        yield ""
        yield say.say("diff.evidence", count=len(evidence))
        for one in evidence[:_MOST_LINES]:
            yield from _evidence(one, say)
        yield from _left(len(evidence), say)


def _group(title: str, changes: Sequence[Change], say: Catalogue) -> Iterator[str]:
    if not changes:
        return
    yield ""
    yield say.say(title, count=len(changes))
    for change in changes[:_MOST_LINES]:
        if change.kind == "still_open":
            yield "  " + say.say("diff.line.open", check=change.id, name=change.name)
            continue
        advice = "diff.line.advice" if change.severity is Severity.ADVICE else "diff.line"
        states = {"before": _status(change.before, say), "after": _status(change.after, say)}
        yield "  " + say.say(advice, check=change.id, name=change.name, **states)
        if change.message:
            yield "      " + say.say("diff.message", message=change.message)
        yield "      " + say.say(f"diff.cause.{change.cause}", urls=" ".join(change.urls[:2]) or " ").rstrip()
        if change.cause != "rules":
            yield "      " + say.say("diff.confirmed" if change.confirmed else "diff.unconfirmed")
    yield from _left(len(changes), say)


def _evidence(one: Changed, say: Catalogue) -> Iterator[str]:
    yield "  " + say.say("diff.evidence.line", url=one.url, items=list(one.items))
    if not one.has_texts:
        yield "      " + say.say("diff.evidence.no_texts")
    for words, more, name in ((one.added, one.more_added, "added"), (one.removed, one.more_removed, "removed")):
        if words:
            message = f"diff.evidence.{name}.more" if more else f"diff.evidence.{name}"
            yield "      " + say.say(message, words=" ".join(words), more=more)


def _left(count: int, say: Catalogue) -> Iterator[str]:
    if count > _MOST_LINES:
        yield "  " + say.say("diff.left", count=count - _MOST_LINES)


def _status(status: object, say: Catalogue) -> str:
    return say.say("diff.not_asked") if status is None else say.say(f"status.{status}")


def _score(report: Report) -> str:
    score = report.scores.oit
    return f"{score.low:.2f}" if score.low == score.high else f"{score.low:.2f}–{score.high:.2f}"


def _rules(report: Report) -> str:
    return f"{report.ruleset.id} {report.ruleset.version} ({report.tool.name} {report.tool.version})"


def _run(report: Report, folder: Path) -> dict[str, Any]:
    return {
        "run": folder.as_posix(),
        "started": report.run.started,
        "as_of": report.run.as_of,
        "ruleset": report.ruleset.id,
        "version": report.ruleset.version,
        "tool": report.tool.version,
        "oit": {"low": report.scores.oit.low, "high": report.scores.oit.high},
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "id": change.id,
        "item": change.item,
        "name": change.name,
        "kind": change.kind,
        "severity": change.severity.value,
        "before": change.before,
        "after": change.after,
        "cause": change.cause,
        "urls": list(change.urls),
        "confirmed": change.confirmed,
        "message": change.message,
        "fix": change.fix,
    }
