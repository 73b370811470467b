"""The door to rule sets: which there are, and one of them resolved whole."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from ita_rules.complaints import Complaint, nearest
from ita_rules.data import data_folder
from ita_rules.errors import RuleSetError
from ita_rules.rulesets.parse import parse
from ita_rules.rulesets.shelf import Shelf
from ita_rules.rulesets.types import RuleSet


def available(folder: Path | None = None) -> list[str]:
    """Ids of the rule sets in a folder of rules (the project's own when left out), oldest first."""
    root = folder or data_folder("rules")
    return Shelf(root).rulesets()


def load_ruleset(ruleset_id: str, folder: Path | None = None) -> RuleSet:
    """A rule set, resolved; loaded once per process and folder.

    Raises:
        RuleSetError: there is none of this id (`values` holds `ruleset` and `known`), or it has a fault (`file`, `line`).
    """
    root = folder or data_folder("rules")
    known = available(root)
    if ruleset_id not in known:
        near = nearest(ruleset_id, known)
        message_id = "error.ruleset.unknown_near" if near else "error.ruleset.unknown"
        raise RuleSetError(message_id, ruleset=ruleset_id, known=", ".join(known) or "-", near=near)
    return _load(ruleset_id, root.resolve())


@lru_cache(maxsize=32)
def _load(ruleset_id: str, folder: Path) -> RuleSet:
    parsed = parse(ruleset_id, folder, shelf_of(folder))
    if parsed.ruleset is None or parsed.complaints:
        raise as_error(parsed.complaints[0])
    return parsed.ruleset


@lru_cache(maxsize=8)
def shelf_of(folder: Path) -> Shelf:
    """What all rule sets of a folder share, read once per process."""
    return Shelf(folder)


def forget_shared() -> None:
    """Let go of what rule sets share: 4 MB that are of no use once the one that is asked for is loaded.

    Another one reads it again.
    """
    shelf_of.cache_clear()


def as_error(complaint: Complaint) -> RuleSetError:
    """A complaint as the error that ends a command."""
    return RuleSetError(complaint.message_id, file=complaint.file, line=complaint.line, **complaint.values)


def only_items(ruleset: RuleSet, wanted: Iterable[str]) -> RuleSet:
    """The same rule set with no more than these items, in its grid too: for an item's cases and for checking files."""
    keep = frozenset(wanted)
    indicators = []
    for indicator in ruleset.indicators:
        subs = [s.model_copy(update={"items": tuple(i for i in s.items if i in keep)}) for s in indicator.subs]
        kept = tuple(s for s in subs if s.items)
        if kept:
            indicators.append(indicator.model_copy(update={"subs": kept}))
    items = tuple(i for i in ruleset.items if i.id in keep)
    return ruleset.model_copy(update={"items": items, "indicators": tuple(indicators)})
