"""Evidence that a server fails to give: undecided on one night, a gap on the second day, and only by what the history shows."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ita_rules.cli.app import run
from ita_rules.run.store import load_meta
from ita_rules.uptime import Log, Look
from tests.nights.agency import FIRST, NAME, Nights, nights_of, status

REACHABLE = "O13.reachable"


@pytest.fixture
def nights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Nights]:
    with nights_of(tmp_path, monkeypatch) as made:
        # Past the day on which the item is due: until then nothing is missing.
        made.day = dt.date(2023, 5, 2)
        made.night()
        yield made


def test_a_fault_on_a_second_day_is_a_gap_with_its_days(nights: Nights, tmp_path: Path) -> None:
    nights.agency.broken = frozenset({"/r"})
    _, one = nights.night()
    assert status(one, REACHABLE) == "undecided"
    second, two = nights.night()
    assert status(two, REACHABLE) == "gap"
    (check,) = [c for item in two["items"] for c in item["checks"] if c["id"] == REACHABLE]
    assert "3 มีนาคม 2569" in check["message"]
    assert "4 มีนาคม 2569" in check["message"]
    assert [day in " ".join(check["why"]) for day in ("เมื่อ 3 มีนาคม 2569", "เมื่อ 4 มีนาคม 2569")] == [True, True]
    # The run keeps what was known, so that it says the same with nothing beside it.
    assert [one.days for one in load_meta(nights.folder(second)).failing] == [(("2026-03-03", "http_500"),)]
    shutil.copytree(nights.folder(second), tmp_path / "alone")
    run(["judge", str(tmp_path / "alone"), "--rules", str(nights.rules), "--format", "json"])
    again = json.loads((tmp_path / "alone" / "report.json").read_text("utf-8"))
    assert status(again, REACHABLE) == "gap"
    # An answer ends it.
    nights.agency.broken = frozenset()
    _, three = nights.night()
    assert status(three, REACHABLE) == "pass"
    nights.agency.broken = frozenset({"/r"})
    _, four = nights.night()
    assert status(four, REACHABLE) == "undecided"


def test_two_looks_on_one_day_are_one_day(nights: Nights) -> None:
    nights.agency.broken = frozenset({"/r"})
    nights.night()
    _, again = nights.night(hours=8)
    assert status(again, REACHABLE) == "undecided"


def test_full_nights_know_of_it_as_well(nights: Nights) -> None:
    nights.agency.broken = frozenset({"/r"})
    nights.night(full=True)
    result, report = nights.night(full=True)
    assert (result.depth, status(report, REACHABLE)) == ("full", "gap")


def test_a_day_on_which_our_own_line_was_down_does_not_count(nights: Nights) -> None:
    nights.agency.broken = frozenset({"/r"})
    nights.night(line_down=True)
    _, report = nights.night()
    assert status(report, REACHABLE) == "undecided"


def test_a_night_that_saw_nothing_of_the_site_does_not_count(nights: Nights) -> None:
    nights.agency.broken = frozenset({"/", "/r"})
    nights.night()
    nights.agency.broken = frozenset({"/r"})
    _, report = nights.night()
    assert status(report, REACHABLE) == "undecided"


def test_looks_of_the_log_count_like_nights(nights: Nights) -> None:
    nights.agency.broken = frozenset({"/r"})
    at = FIRST + dt.timedelta(hours=12)
    url = f"{nights.url}r"
    # The log alone says nothing where no run saw a fault: the first night did not.
    Log(nights.base / "uptime" / NAME).add([Look(at=at, url=url, up=False, cause="timeout")])
    nights.night()
    up = Look(at=at + dt.timedelta(hours=20), url=url, up=True, status=200)
    Log(nights.base / "uptime" / NAME).add([up])
    _, report = nights.night()
    # It answered in between.
    assert status(report, REACHABLE) == "undecided"
    _, report = nights.night()
    assert status(report, REACHABLE) == "gap"
