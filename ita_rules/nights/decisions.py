"""Decisions of reviewers, carried from night to night: each holds while its evidence and what is asked of it are the same.

None is lost and none is hidden: one whose evidence changed goes along without holding, and holds again should the evidence be
what it was (a server that did not answer for a night).
"""

from __future__ import annotations

from collections.abc import Sequence

from ita_rules.decisions import Entry, evidence_of, holds
from ita_rules.model import Report


def carried(entries: Sequence[Entry], before: Report) -> tuple[Entry, ...]:
    """The decisions of an earlier run for the next: of each item the last one, with the mark of what it was made on.

    `before` is the report on which those were made that were not carried there themselves.
    """
    items = {item.id: item for item in before.items}
    found: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        made = entry
        if not entry.carried:
            item = items.get(entry.item) if entry.ruleset == before.ruleset.id else None
            if item is None:
                continue
            evidence = entry.evidence or evidence_of(item)
            made = entry.model_copy(update={"carried": before.run.started, "evidence": evidence})
        found[(made.ruleset, made.item)] = made
    return tuple(found.values())


def lapsed(entries: Sequence[Entry], report: Report) -> tuple[str, ...]:
    """The items on which somebody had decided what does not hold on this report."""
    items = {item.id: item for item in report.items}
    last = {entry.item: entry for entry in entries if entry.ruleset == report.ruleset.id}
    return tuple(sorted(name for name, entry in last.items() if name in items and not holds(entry, items[name])))
