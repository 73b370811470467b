"""Decisions on one night hold on the next while the evidence is the same, sleep while it is not, and are never lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ita_rules.decisions import FILE_NAME, Entry, dump, load_decisions
from ita_rules.history.holdings import _has_foreign
from tests.nights.agency import Nights, nights_of


@pytest.fixture
def nights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Nights]:
    with nights_of(tmp_path, monkeypatch) as made:
        yield made


def decided(report: dict[str, object]) -> object:
    """What is shown of decisions on O13."""
    items: list[dict[str, object]] = report["items"]  # type: ignore[assignment]
    return next(item["decision"] for item in items if item["id"] == "O13")


def test_a_decision_goes_from_night_to_night(nights: Nights) -> None:
    first, report = nights.night()
    on = next(item["status"] for item in report["items"] if item["id"] == "O13")
    made = Entry(ruleset="oit-2566", item="O13", decision="pass", on=on, who="ก", when="2026-03-02", comment="ดูแล้ว")
    (nights.folder(first) / FILE_NAME).write_bytes(dump([made]))
    for _ in range(2):
        result, report = nights.night()
        shown = decided(report)
        assert isinstance(shown, dict)
        assert (shown["decision"], shown["who"], shown["carried"]) == ("pass", "ก", first.started)
        assert report["changes"]["lapsed"] == []
    (kept,) = load_decisions(nights.folder(result))
    assert kept.carried == first.started
    # What was only carried here keeps no run for ever; what was decided on it does.
    assert not _has_foreign(nights.folder(result))
    assert _has_foreign(nights.folder(first))
    # Other evidence: it does not hold, which is said; the old evidence again: it does.
    nights.agency.problem = "มีบ้าง"
    result, report = nights.night()
    assert decided(report) is None
    assert report["changes"]["lapsed"] == ["O13"]
    nights.agency.problem = "ไม่มี"
    result, report = nights.night()
    assert decided(report) is not None
    # One made on this night's run takes the place of the old.
    new = made.model_copy(update={"decision": "gap", "who": "ข"})
    folder = nights.folder(result)
    (folder / FILE_NAME).write_bytes(dump([*load_decisions(folder), new]))
    _, report = nights.night()
    shown = decided(report)
    assert isinstance(shown, dict)
    assert (shown["decision"], shown["carried"]) == ("gap", result.started)
