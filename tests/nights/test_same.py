"""Full nights on which nothing changed: they are not judged, and say byte for byte what judging would."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ita_rules.judge import judge
from ita_rules.nights.same import is_same
from ita_rules.run.store import RunWriter, load_run
from ita_rules.run.types import Document, Exchange, Link, RunData, RunMeta
from tests.nights.agency import Agency, Nights, nights_of, status
from tests.nights.test_light_nights import judged_again, with_news


@pytest.fixture
def nights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Nights]:
    with nights_of(tmp_path, monkeypatch, with_news) as made:
        yield made


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """When the runs began that were judged."""
    found: list[str] = []

    def noted(run: RunData, *more: Any, **named: Any) -> Any:
        found.append(run.meta.started)
        return judge(run, *more, **named)

    monkeypatch.setattr("ita_rules.cli.session.judge", noted)
    return found


@pytest.mark.parametrize("between", [False, True])
def test_a_full_night_is_told_as_judging_would_tell_it(nights: Nights, judged: list[str], tmp_path: Path, between: bool) -> None:
    first, _ = nights.night()
    if between:
        assert nights.night()[0].depth == "light"
    second, report = nights.night(full=True)
    assert (second.depth, second.statuses, len(judged)) == ("full", first.statuses, 1)
    assert (report["run"]["rests_on"], report["run"]["carried"]) == (None, 0)
    assert report["run"]["started"] == nights.moment.isoformat()
    again = judged_again(nights.folder(second), nights, tmp_path)
    assert {**again, "changes": None} == {**report, "changes": None}
    # The next night can rest on it, light or full.
    assert nights.night()[0].depth == "light"
    nights.night(full=True)
    assert len(judged) == 1


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        (lambda agency: setattr(agency, "visitors", 777), False),
        (lambda agency: setattr(agency, "problem", ""), True),
        (lambda agency: setattr(agency, "news", agency.news + "<a href='/n8'>กิจกรรม</a>"), True),
        (lambda agency: setattr(agency, "news", agency.news.replace("/n0", "/n1")), True),
        (lambda agency: setattr(agency, "gone", frozenset({"/n3"})), True),
        (lambda agency: setattr(agency, "broken", frozenset({"/n3"})), True),
        (lambda agency: agency.more.update({"/n3": "<title>รายงานผล</title><h1>ข่าว /n3</h1>"}), True),
    ],
)
def test_what_counts_is_judged(
    nights: Nights, judged: list[str], tmp_path: Path, change: Callable[[Agency], None], counts: bool
) -> None:
    nights.night()
    change(nights.agency)
    second, report = nights.night(full=True)
    assert len(judged) == 1 + counts
    again = judged_again(nights.folder(second), nights, tmp_path)
    assert {**again, "changes": None} == {**report, "changes": None}


def test_a_full_night_after_a_light_one_that_was_judged_is_not_judged_again(
    nights: Nights, judged: list[str], tmp_path: Path
) -> None:
    nights.night()
    nights.agency.problem = ""
    second, _ = nights.night()
    assert (second.depth, len(judged)) == ("light", 2)
    third, report = nights.night(full=True)
    assert (third.depth, third.statuses, len(judged)) == ("full", second.statuses, 2)
    again = judged_again(nights.folder(third), nights, tmp_path)
    assert {**again, "changes": None} == {**report, "changes": None}


def test_a_server_that_fails_again_is_judged(nights: Nights, judged: list[str]) -> None:
    nights.agency.broken = frozenset({"/r"})
    nights.night()
    nights.night(full=True)
    assert len(judged) == 2


def test_other_days_readers_and_reports_are_judged(nights: Nights, judged: list[str]) -> None:
    nights.agency.gone = frozenset({"/r"})
    _, report = nights.night(day=dt.date(2023, 4, 30))
    assert {i["id"]: i["status"] for i in report["items"]}["O13"] == "not_due"
    _, report = nights.night(full=True, day=dt.date(2023, 5, 1))
    assert {i["id"]: i["status"] for i in report["items"]}["O13"] != "not_due"
    assert len(judged) == 2
    nights.night(full=True, day=dt.date(2023, 5, 1), persona="reviewer")
    assert len(judged) == 3
    last, _ = nights.night(full=True, day=dt.date(2023, 5, 1), persona="reviewer")
    assert len(judged) == 3
    # Somebody else has written there since.
    place = nights.folder(last) / "report.json"
    place.write_bytes(place.read_bytes() + b"\n")
    _, report = nights.night(full=True, day=dt.date(2023, 5, 1), persona="reviewer")
    assert (len(judged), status(report, "O13.reachable") != "") == (4, True)


HOME = "http://a.example/"
META = RunMeta(start_url=HOME, started="2026-03-02T02:00:00+07:00", settings={"probe": HOME + "x1", "main": HOME})
ASKED = [
    Exchange(HOME, HOME, HOME, HOME, 200, "text/html", "aa", title="ก", depth=0),
    Exchange(HOME + "b", HOME + "b", HOME + "b", HOME + "b", 200, "text/html", "bb"),
    Exchange(HOME + "x1", HOME + "x1", cause="http_404", status=404),
]


def made(folder: Path, meta: RunMeta = META, asked: list[Exchange] = ASKED, text: str = "ข", to: str = "b") -> RunData:
    with RunWriter(folder, meta) as writer:
        for one in asked:
            writer.put_exchange(one, [Link(HOME, HOME + to, HOME + to)] if one.key == HOME else None)
        writer.put_document(Document("aa", "text/html", title=text))
        writer.finish(replace(meta, finished="2026-03-02T02:01:00+07:00"))
    return load_run(folder)


def other(place: str, **values: Any) -> list[Exchange]:
    return [replace(one, **values) if one.key == place else one for one in ASKED]


@pytest.mark.parametrize(
    ("same", "change"),
    [
        (True, {}),
        (True, {"asked": other(HOME, fetched_at="x", seconds=3.0, size=7, unchanged=True, attempts=3, depth=4)}),
        (True, {"asked": other(HOME + "b", sha256="cc")}),
        (True, {"asked": other(HOME + "x1", key=HOME + "x2", url=HOME + "x2"), "meta": {"settings": {"probe": HOME + "x2"}}}),
        (False, {"asked": other(HOME, sha256="cc")}),
        (False, {"asked": other(HOME, title="ข")}),
        (False, {"asked": other(HOME, carried=True, cause="http_500")}),
        (False, {"asked": other(HOME + "b", cause="http_404")}),
        (False, {"asked": ASKED[:1]}),
        (False, {"asked": other(HOME + "x1", cause=None)}),
        (False, {"text": "ค"}),
        (False, {"to": "c"}),
        (False, {"meta": {"stopped_by": "budget"}}),
        (False, {"meta": {"warnings": ("x",)}}),
        (False, {"meta": {"agency_name": "ก"}}),
        (False, {"meta": {"settings": {"probe": HOME + "x1", "ocr": "5"}}}),
        (False, {"meta": {"settings": {"probe": f"{HOME}b {HOME}x1"}}}),
    ],
)
def test_everything_that_a_verdict_may_rest_on_is_compared(tmp_path: Path, same: bool, change: dict[str, Any]) -> None:
    made(tmp_path / "before")
    told = dict(change)
    more = told.pop("meta", {})
    settings = {"main": HOME, **more.pop("settings", META.settings)}
    meta = replace(META, started="2026-03-03T02:00:00+07:00", requests=9, full_at="x", settings=settings, **more)
    run = made(tmp_path / "after", meta, **told)
    assert is_same(tmp_path / "after", run, tmp_path / "before", evidence=[HOME], besides="looked") is same


def test_a_body_of_evidence_counts_though_nobody_read_it(tmp_path: Path) -> None:
    made(tmp_path / "before")
    run = made(tmp_path / "after", META, other(HOME + "b", sha256="cc"))
    assert not is_same(tmp_path / "after", run, tmp_path / "before", evidence=[HOME + "b"], besides="")
    assert not is_same(tmp_path / "after", run, tmp_path / "nothing", evidence=[], besides="")
