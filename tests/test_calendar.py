"""What is due when, on a small rule set and on those that ship."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ita_rules.calendar import calendar
from ita_rules.cli.app import run
from ita_rules.rulesets.load import available, load_ruleset
from tests.rulesets.folder import write_rules

STEPS = """
calendar:
  - {name: {th: ตอบแบบวัด, en: Answering}, opens: 2023-01-01, closes: 2023-04-30, answers: true, verified: true, source: handbook}
  - {name: {th: ประกาศผล, en: Results}, opens: 2023-08-01, source: handbook}
"""


def days(month: int, day: int) -> dt.date:
    return dt.date(2023, month, day)


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = write_rules(tmp_path / "rules")
    file = folder / "oit-2566/ruleset.yaml"
    file.write_text(file.read_text("utf-8").replace("due: {O13: 2023-04-30}", "due: {O13: 2023-03-15}") + STEPS, encoding="utf-8")
    return folder


def test_items_are_due_on_their_own_day_or_when_the_form_closes(rules: Path) -> None:
    year = calendar(load_ruleset("oit-2566", rules), days(3, 10), "th")
    assert [(one.item, one.day, one.days_left, one.why, one.verified) for one in year.items] == [
        ("O13", days(3, 15), 5, "calendar", False),
        ("O1", days(4, 30), 51, "closing", True),
    ]
    assert (year.closes, year.days_left, year.closes_verified) == (days(4, 30), 51, True)
    assert [one.item for one in year.next_due(5)] == ["O13"]
    assert calendar(load_ruleset("oit-2566", rules), days(3, 16), "th").next_due(5) == ()
    assert calendar(load_ruleset("oit-2566", rules), days(3, 15), "th").next_due(5)[0].days_left == 0


@pytest.mark.parametrize(
    ("on", "states"),
    [
        (dt.date(2022, 12, 31), [("ahead", 1), ("ahead", 213)]),
        (days(1, 1), [("open", 119), ("ahead", 212)]),
        (days(4, 30), [("open", 0), ("ahead", 93)]),
        (days(5, 1), [("over", None), ("ahead", 92)]),
        (days(8, 1), [("over", None), ("open", 0)]),
        (days(8, 2), [("over", None), ("over", None)]),
    ],
)
def test_steps_are_ahead_open_or_over(rules: Path, on: dt.date, states: list[tuple[str, int | None]]) -> None:
    year = calendar(load_ruleset("oit-2566", rules), on, "en")
    assert [(one.state, one.days_left) for one in year.steps] == states
    assert [one.name for one in year.steps] == ["Answering", "Results"]


def test_without_a_closing_day_an_item_has_none(tmp_path: Path) -> None:
    year = calendar(load_ruleset("oit-2566", write_rules(tmp_path / "rules")), days(3, 1), "th")
    assert (year.closes, year.days_left, year.undated) == (None, None, ("O1",))


@pytest.mark.parametrize("ruleset", available())
def test_every_year_that_ships_has_a_calendar(ruleset: str) -> None:
    found = load_ruleset(ruleset)
    year = calendar(found, found.window.opens, "th")
    assert {one.item for one in year.items} | set(year.undated) == {item.id for item in found.items}
    assert [one.day for one in year.items] == sorted(one.day for one in year.items)


def test_the_command_says_days_left_and_what_is_not_verified(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["calendar", "--rules", str(rules), "--as-of", "2023-03-10", "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "Answers close on 30 April 2023, 51 days left\n" in told
    due = "Due on 15 March 2023, 5 days left:"
    assert f"{due}\n  O13 Annual performance report (this day was not compared with the handbook)\n" in told
    assert run(["calendar", "--rules", str(rules), "--as-of", "2023-05-10"]) == 0
    assert "ปิดรับคำตอบแล้วเมื่อ 30 เมษายน 2566 (10 วันก่อน)" in capsys.readouterr().out
    assert run(["calendar", "--rules", str(rules), "--as-of", "2566-05-10"]) == 2
    assert run(["calendar", "--ruleset", "oit-1999"]) == 2
