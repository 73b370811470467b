"""A report without the numbers of citizens and of their accounts: what leaves the house shows them to nobody."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from ita_rules.checks.personal_data import masked_in
from ita_rules.model import Report

_KEPT = frozenset({"url", "final_url", "sha256", "id", "click_path", "started", "finished", "fetched_at", "version"})
"""Fields that are no text of a document; an address has to stay one that opens."""


def masked_report(report: Report) -> Report:
    """The report with such numbers masked in every quote, message and title."""
    return report.model_copy(update=_changes(report))


def _changes(noun: BaseModel) -> dict[str, Any]:
    changed = {}
    for name in type(noun).model_fields:
        value = getattr(noun, name)
        made = value if name in _KEPT else _masked(value)
        if made is not value:
            changed[name] = made
    return changed


def _masked(value: Any) -> Any:
    if type(value) is str:
        made = masked_in(value)
        return made if made != value else value
    if isinstance(value, BaseModel):
        changes = _changes(value)
        return value.model_copy(update=changes) if changes else value
    if isinstance(value, tuple):
        made_all = tuple(_masked(each) for each in value)
        return made_all if any(a is not b for a, b in zip(made_all, value, strict=True)) else value
    return value
