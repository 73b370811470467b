"""Runs are thinned by age, and never one that shows where a gap began or ended, nor the newest."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from ita_rules.history.entry import entry_of
from ita_rules.history.keeping import Standing, kept
from tests.history.build import NIGHT, nights, simple

TODAY = dt.date(2026, 12, 31)


def _standing(days_ago: int, **more: object) -> Standing:
    day = TODAY - dt.timedelta(days=days_ago)
    started = dt.datetime.combine(day, dt.time(2), NIGHT.tzinfo)
    folder = f"a/{day:%Y%m%d}-020000"
    given = {"finished": True, "reached": True, "entry": entry_of(simple("pass", started), folder), **more}
    return Standing(folder, day, (day.isoformat(),), **given)  # type: ignore[arg-type]


def _kept(*runs: Standing, nights: int = 10, weeks: int = 60) -> Mapping[str, str | None]:
    return kept(runs, TODAY, nights, weeks)


def test_nights_then_weeks_then_months() -> None:
    found = _kept(*(_standing(n) for n in range(400)))
    by_age = {(TODAY - dt.datetime.strptime(folder[2:10], "%Y%m%d").date()).days: why for folder, why in found.items()}
    assert [by_age[n] for n in range(11)] == ["newest", *["night"] * 10]
    weekly = [n for n in range(11, 61) if by_age[n] is not None]
    assert [b - a for a, b in itertools.pairwise(weekly) if by_age[a] == by_age[b] == "week"].count(7) >= 5
    assert all((TODAY - dt.timedelta(days=n)).weekday() == 6 for n in weekly if by_age[n] == "week")
    monthly = [TODAY - dt.timedelta(days=n) for n in range(61, 400) if by_age[n] is not None]
    assert len(monthly) == len({(d.year, d.month) for d in monthly})
    assert 10 <= len(monthly) <= 13


def test_the_first_and_the_last_night_of_a_gap_stay() -> None:
    told = nights("pass", "gap", "gap", "undecided", "gap", "gap", "pass", "pass", "gap", "gap", "pass")
    rows = [
        Standing(f"a/{n}", dt.date(2026, 1, 5) + dt.timedelta(n), (f"{n:02}",), True, True, entry_of(one, f"a/{n}"))
        for n, one in enumerate(told)
    ]
    found = kept(rows, TODAY, 0, 0)
    assert [folder for folder, why in found.items() if why == "gap"] == ["a/1", "a/5", "a/8", "a/9"]
    assert [folder for folder, why in found.items() if why == "newest"] == ["a/10"]


def test_the_newest_stays_however_old_and_so_does_the_newest_that_reached_the_site() -> None:
    rows = (_standing(900), _standing(800), _standing(790, reached=False), _standing(780, finished=False, entry=None))
    found = list(_kept(*rows, nights=0, weeks=0).values())
    assert found[1:] == ["newest", "newest", "newest"]


def test_a_killed_run_goes_when_it_is_old_and_what_is_not_known_stays() -> None:
    rows = (
        _standing(99, finished=False, entry=None),
        _standing(98, entry=None),
        _standing(97, foreign=True, finished=False),
        _standing(5, finished=False, entry=None),
        _standing(1),
    )
    assert list(_kept(*rows).values()) == [None, "unread", "foreign", "night", "newest"]


@settings(max_examples=60, deadline=None)
@given(st.sets(st.integers(0, 700), min_size=1, max_size=60), st.integers(0, 40), st.integers(0, 200))
def test_thinning_again_on_later_days_loses_no_month(ages: set[int], days: int, more: int) -> None:
    """Pruned day after day, a store keeps at least one run of every month that had one."""
    rows = {age: _standing(age) for age in ages}
    months = {(r.day.year, r.day.month) for r in rows.values()}
    left = list(rows.values())
    for later in (0, 7, 45, 200):
        found = kept(left, TODAY + dt.timedelta(days=later), days, days + more)
        left = [run for run in left if found[run.folder] is not None]
        assert {(r.day.year, r.day.month) for r in left} == months
