"""Reports of a few items, as digests are made of them."""

from __future__ import annotations

from typing import Any

from ita_rules.model import CheckResult, ItemResult, Report, Severity, Status
from tests.reports import factory


def gap(item: str = "O1", **more: Any) -> CheckResult:
    """A condition that is not met."""
    values = {"confidence": 1, "severity": Severity.CRITERION, "verified": True, "status": Status.GAP}
    return CheckResult.model_validate({"id": f"{item}.x", "component": "x", "kind": "x", "message": "m", **values, **more})


def item(code: str, status: str, worth: float = 10.0, **more: Any) -> ItemResult:
    """An item; a gap has one condition against it."""
    checks = (gap(code),) if status == "gap" else ()
    values = {"concepts": ("c",), "name": f"ข้อ {code}", "indicator": "9.1", "score": None, "worth": worth, "checks": checks}
    return ItemResult.model_validate({"id": code, "status": Status(status), **values, **more})


def report(*items: ItemResult, closes: str | None = "2026-04-30", version: str = "1", started: str = "2026-04-09") -> Report:
    """A report of these items, judged by this version of the rules."""
    base = factory.empty()
    ruleset = base.ruleset.model_copy(update={"answers_by": closes, "version": version})
    run = base.run.model_copy(update={"started": f"{started}T02:00:00+07:00"})
    return base.model_copy(update={"items": items, "ruleset": ruleset, "run": run})
