"""Decisions kept beside a run: a history that only grows, shown beside the status and never in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from ita_rules.decisions import FILE_NAME, MOST_BYTES, Entry, added, dump, load_decisions, run_id, with_decisions
from ita_rules.errors import RunError
from ita_rules.model import Report, Status
from tests.reports import factory


def entry(item: str = "O13", decision: str = "pass", when: str = "2026-11-21", **more: str) -> Entry:
    values = {"ruleset": "oit-2566", "item": item, "decision": decision, "on": "gap", "who": "ก", "when": when, "comment": "ข"}
    return Entry.model_validate(values | more)


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    assert load_decisions(tmp_path) == ()
    entries = (entry(), entry("O14", "confirm", comment="“=cmd”\n\x1b"))
    (tmp_path / FILE_NAME).write_bytes(dump(entries))
    assert load_decisions(tmp_path) == entries
    assert load_decisions(tmp_path / FILE_NAME) == ()


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"schema": "other", "decisions": []}', '{"schema": 1', "\x00", "x" * 100])
def test_a_foreign_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text, encoding="utf-8")
    with pytest.raises(RunError):
        load_decisions(tmp_path)


def test_a_file_past_the_bound_is_not_read_whole(tmp_path: Path) -> None:
    with (tmp_path / FILE_NAME).open("wb") as stream:
        stream.truncate(MOST_BYTES * 10)
    with pytest.raises(RunError):
        load_decisions(tmp_path)


def test_the_history_grows_only_by_what_is_new() -> None:
    first = added((), [entry()])
    assert added(first, [entry(when="2026-11-22")]) == first
    second = added(first, [entry(decision="gap", when="2026-11-22")])
    assert [one.decision for one in second] == ["pass", "gap"]
    # Back to what once held: that is a new decision.
    assert [one.decision for one in added(second, [entry()])] == ["pass", "gap", "pass"]
    assert len(added(second, [entry(ruleset="oit-2567", decision="gap")])) == 3


def test_a_report_shows_what_holds_and_keeps_its_statuses() -> None:
    report = factory.realistic()
    entries = [entry(), entry(decision="gap", when="2026-11-23"), entry("O1", "confirm", ruleset="oit-2567"), entry("O99")]
    told = with_decisions(report, entries)
    found = {item.id: item.decision for item in told.items if item.decision}
    assert list(found) == ["O13"]
    assert found["O13"] is not None
    assert (found["O13"].decision, found["O13"].when, found["O13"].on) == ("gap", "2026-11-23", Status.GAP)
    assert [(i.status, i.score) for i in told.items] == [(i.status, i.score) for i in report.items]
    assert told.scores == report.scores
    assert Report.model_validate_json(told.model_dump_json(by_alias=True)) == told


def test_a_run_is_known_again_however_it_is_told() -> None:
    report = factory.realistic()
    assert run_id(report) == run_id(factory.realistic(persona="reviewer", lang="en", items=()))
    other = report.model_copy(update={"run": report.run.model_copy(update={"started": "2026-11-22T02:00:00+07:00"})})
    assert run_id(report) != run_id(other)
