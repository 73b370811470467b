"""How agencies stood on their last nights: by one yardstick, in order, and no more of them than asked for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from ita_rules.history import Entry, Index, entry_of
from ita_rules.history.trends import MOST, trends
from tests.history.build import NIGHT, check, item, nights, report


def entered(base: Path, *entries: Entry) -> Index:
    index = Index(base)
    for entry in entries:
        index.enter(entry)
    return index


def test_a_trend_counts_each_night_and_ends_with_the_one_asked_for(tmp_path: Path) -> None:
    told = [
        report(item("O1", [check("O1.a", first)]), item("O2", [check("O2.a", second)]), started=NIGHT + dt.timedelta(days=n))
        for n, (first, second) in enumerate([("gap", "gap"), ("gap", "undecided"), ("pass", "undecided")])
    ]
    with entered(tmp_path, *(entry_of(one, f"ก/{n}") for n, one in enumerate(told))) as index:
        found = trends(index, ["ก/1", "ก/2", "ก/9", "ข/1"])
    assert [(n.gaps, n.undecided) for n in found["ก/2"]] == [(2, 0), (1, 1), (0, 1)]
    assert [n.day for n in found["ก/1"]] == ["2026-01-05", "2026-01-06"]
    assert (found["ก/2"][0].low, found["ก/2"][0].high) == (50, 60)
    assert found["ก/9"] == found["ข/1"] == ()


def test_other_rules_another_version_and_another_site_are_no_part_of_it(tmp_path: Path) -> None:
    same = {"ruleset": "oit-2569", "version": "3", "tool": "0.9.0", "url": "https://a.example.go.th/"}
    others = [{"ruleset": "oit-2568"}, {"version": "2"}, {"tool": "0.8.0"}, {"url": "https://b.example.go.th/"}]
    told = [
        report(item("O1", [check("O1.a", "gap")]), started=NIGHT + dt.timedelta(days=n), **{**same, **other})
        for n, other in enumerate([{}, *others, {}])
    ]
    with entered(tmp_path, *(entry_of(one, f"ก/{n}") for n, one in enumerate(told))) as index:
        (found,) = trends(index, ["ก/5"]).values()
    assert [night.day for night in found] == ["2026-01-05", "2026-01-10"]


def test_a_trend_is_bounded(tmp_path: Path) -> None:
    told = nights(*["gap"] * (MOST + 15))
    with entered(tmp_path, *(entry_of(one, f"ก/{n:03}") for n, one in enumerate(told))) as index:
        assert len(index.lately("ก", 5)) == 5
        assert [entry.folder for entry in index.lately("ก", 2)] == [f"ก/{len(told) - 2:03}", f"ก/{len(told) - 1:03}"]
        (found,) = trends(index, [f"ก/{len(told) - 1:03}"]).values()
    assert len(found) == MOST
    assert found[-1].day == entry_of(told[-1], "x").day.isoformat()


def test_a_night_before_the_one_before_keeps_its_place(tmp_path: Path) -> None:
    # The machine's clock was set back: the newest folder began before the others did.
    told = [report(item("O1", [check("O1.a", "gap")]), started=NIGHT + dt.timedelta(days=days)) for days in (0, 2, 1)]
    with entered(tmp_path, *(entry_of(one, f"ก/{n}") for n, one in enumerate(told))) as index:
        (found,) = trends(index, ["ก/2"]).values()
    assert [night.day for night in found] == ["2026-01-05", "2026-01-06"]
