"""Light nights on a tiny site: what is asked, what is carried, when the whole site is looked at, and that nothing is made up."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ita_rules.cli.app import run
from ita_rules.cli.audit_child import Lifeline, perform
from ita_rules.history.index import Index
from ita_rules.nights.basis import LOOKED
from ita_rules.run.store import load_meta, load_run
from tests.nights.agency import FIRST, NAME, Agency, Nights, nights_of, status


def with_news(agency: Agency) -> None:
    agency.news = "".join(f"<a href='/n{n}'>ข่าว {n}</a>" for n in range(6))


@pytest.fixture
def nights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Nights]:
    with nights_of(tmp_path, monkeypatch, with_news) as made:
        yield made


def judged_again(folder: Path, nights: Nights, tmp_path: Path, day: str = "2023-04-28") -> dict[str, object]:
    """The run judged with nothing but itself."""
    alone = tmp_path / "alone"
    shutil.rmtree(alone, ignore_errors=True)
    alone.mkdir()
    shutil.copy(folder / "run.sqlite", alone)
    run(["judge", str(alone), "--rules", str(nights.rules), "--format", "json", "--as-of", day])
    found: dict[str, object] = json.loads((alone / "report.json").read_text("utf-8"))
    return found


def test_a_second_night_asks_what_the_verdict_rests_on_and_no_more(nights: Nights, tmp_path: Path) -> None:
    first, _ = nights.night()
    assert first.depth == "full"
    assert "/n3" in nights.agency.asked
    second, report = nights.night()
    assert second.depth == "light"
    assert {"/", "/r"} <= set(nights.agency.asked)
    assert not any(path.startswith("/n") for path in nights.agency.asked)
    # The run stands for itself, and says of everything when it was asked.
    meta = load_meta(nights.folder(second))
    assert (meta.rests_on, meta.full_at) == (FIRST.isoformat(), FIRST.isoformat())
    data = load_run(nights.folder(second))
    carried = {key.removeprefix(nights.url) for key, found in data.exchanges.items() if found.carried}
    assert {f"n{n}" for n in range(6)} <= carried
    assert not carried & {"", "r"}
    assert report["run"]["depth"] == "light"
    assert report["run"]["rests_on"] == FIRST.isoformat()
    assert report["run"]["carried"] == 6
    assert 0 < report["run"]["requests"] == len(nights.agency.asked)
    # Judging it says, byte for byte, what was carried.
    again = judged_again(nights.folder(second), nights, tmp_path)
    assert {**again, "changes": None} == {**report, "changes": None}
    third, _ = nights.night()
    assert load_meta(nights.folder(third)).rests_on == meta.started
    assert load_meta(nights.folder(third)).full_at == FIRST.isoformat()


def test_an_unchanged_night_is_not_judged(nights: Nights, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = nights.night()
    monkeypatch.setattr("ita_rules.cli.session.judge", None)
    second, report = nights.night()
    assert (second.outcome, second.depth, second.statuses) == ("judged", "light", first.statuses)
    assert report["changes"]["site"] == [] or {c["kind"] for c in report["changes"]["site"]} == {"still_open"}


def test_an_unchanged_night_on_a_day_outside_the_window_names_its_own_day(nights: Nights, tmp_path: Path) -> None:
    nights.night(day=dt.date(2031, 1, 1))
    second, report = nights.night(day=dt.date(2031, 1, 2))
    assert second.depth == "light"
    assert any("2 มกราคม 2574" in warning or "2 ม.ค. 2574" in warning for warning in report["run"]["warnings"])
    again = judged_again(nights.folder(second), nights, tmp_path, "2031-01-02")
    assert {**again, "changes": None} == {**report, "changes": None}


def test_changed_evidence_is_read_and_judged(nights: Nights, tmp_path: Path) -> None:
    _, before = nights.night()
    assert status(before, "O13.problems") == "pass"
    nights.agency.problem = ""
    second, report = nights.night()
    assert second.depth == "light"
    assert status(report, "O13.problems") != "pass"
    assert not any(path.startswith("/n") for path in nights.agency.asked)
    assert LOOKED in load_meta(nights.folder(second)).settings
    # What the page said yesterday is no text of this run.
    data = load_run(nights.folder(second))
    assert data.documents.keys() <= {found.sha256 for found in data.exchanges.values()}
    again = judged_again(nights.folder(second), nights, tmp_path)
    assert {**again, "changes": None} == {**report, "changes": None}
    (change,) = [c for c in report["changes"]["site"] if c["id"] == "O13.problems"]
    assert (change["confirmed"], change["cause"]) == (False, "page")
    assert [e["items"] for e in report["changes"]["evidence"]]


@pytest.mark.parametrize(
    ("what", "new"),
    [
        ("menu", "<a href='/n9'>แผนพัฒนา</a>"),
        ("news", "<a href='/n9'>ITA 2566 การเปิดเผยข้อมูลสาธารณะ OIT</a>"),
    ],
)
def test_a_new_menu_or_a_way_to_the_form_makes_it_a_full_check(nights: Nights, what: str, new: str) -> None:
    nights.night()
    setattr(nights.agency, what, new)
    second, report = nights.night()
    assert (second.depth, report["run"]["rests_on"]) == ("full", None)
    assert "/n9" in nights.agency.asked
    # What the light look had asked is not asked again.
    assert nights.agency.asked.count("/") == 1
    assert not any(found.carried for found in load_run(nights.folder(second)).exchanges.values())


def test_a_counter_or_a_piece_of_news_does_not(nights: Nights) -> None:
    nights.night()
    nights.agency.visitors = 777
    nights.agency.news += "<a href='/n8'>กิจกรรมวันเด็ก</a>"
    second, _ = nights.night()
    assert second.depth == "light"


def test_a_main_page_that_is_gone_is_looked_at_as_any_check_looks(nights: Nights) -> None:
    nights.night()
    nights.agency.broken = frozenset({"/"})
    second, report = nights.night()
    assert (second.depth, second.code) == ("full", 3)
    assert {item["status"] for item in report["items"]} == {"undecided"}
    # Nobody rests on a night that saw nothing.
    nights.agency.broken = frozenset()
    third, _ = nights.night()
    assert third.depth == "full"


@pytest.mark.parametrize(
    "task",
    [
        {"full": True},
        {"fresh": True},
        {"settings": {"audit": {"full_every_days": 0}}},
        {"settings": {"crawl": {"render": False, "max_pages": 7}}},
        {"agency": {"hosts": ("oit.example.go.th",)}},
    ],
)
def test_a_full_night_is_asked_for_or_follows_from_other_settings(nights: Nights, task: dict[str, object]) -> None:
    nights.night()
    second, _ = nights.night(**task)
    assert second.depth == "full"


def test_other_rules_ask_for_a_full_night(nights: Nights) -> None:
    nights.night()
    changed = nights.rules / "vocabulary" / "components.yaml"
    changed.write_text(changed.read_text("utf-8").replace("ปัญหาและอุปสรรค", "อุปสรรคและปัญหา"), "utf-8")
    second, _ = nights.night()
    assert second.depth == "full"


def test_once_a_week_the_whole_site_is_looked_at(nights: Nights) -> None:
    depths = [nights.night()[0].depth for _ in range(9)]
    assert depths == ["full", *["light"] * 6, "full", "light"]


def test_a_due_day_between_two_nights_is_judged(nights: Nights) -> None:
    nights.agency.gone = frozenset({"/r"})
    _, before = nights.night(day=dt.date(2023, 4, 30))
    assert {i["id"]: i["status"] for i in before["items"]}["O13"] == "not_due"
    second, report = nights.night(day=dt.date(2023, 5, 1))
    assert second.depth == "light"
    assert {i["id"]: i["status"] for i in report["items"]}["O13"] != "not_due"
    assert {c["cause"] for c in report["changes"]["site"] if c["item"] == "O13" and c["kind"] != "still_open"} == {"day"}


def test_what_another_reader_is_told_is_judged_without_asking_more(nights: Nights) -> None:
    nights.night()
    second, report = nights.night(persona="reviewer")
    assert (second.depth, report["persona"], second.reviewer) == ("light", "reviewer", True)


def test_a_light_look_that_was_killed_is_gone_on_with_as_a_full_check(nights: Nights, monkeypatch: pytest.MonkeyPatch) -> None:
    nights.night()

    def killed(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr("ita_rules.cli.light.look", killed)
        task = nights.task()
        assert perform(task, Lifeline()).outcome == "failed"
    folder = max((nights.base / NAME).iterdir())
    assert load_meta(folder).rests_on
    again = perform(task, Lifeline())
    assert (nights.folder(again), again.depth, again.outcome) == (folder, "full", "judged")
    assert not load_meta(folder).rests_on
    assert not any(found.carried for found in load_run(folder).exchanges.values())


def test_depth_and_code_stand_in_the_history(nights: Nights) -> None:
    nights.night(agency={"code": "T01"})
    nights.night(agency={"code": "T01"})
    with Index(nights.base) as index:
        assert [(entry.code, entry.depth) for entry in index.entries(NAME)] == [("T01", "full"), ("T01", "light")]


def test_pictures_and_pages_are_written_on_light_nights_too(nights: Nights) -> None:
    settings = {"format": ("json", "html")}
    nights.night(settings=settings)
    second, _ = nights.night(settings=settings)
    page = (nights.folder(second) / "report.html").read_text("utf-8")
    assert (second.depth, second.page) == ("light", "report.html")
    assert "ตรวจแบบเบา" in page


def test_an_interrupted_look_is_told_as_it_is_and_nobody_rests_on_it(nights: Nights, monkeypatch: pytest.MonkeyPatch) -> None:
    nights.night()

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("crawlers.light.wait", interrupt)
        second, report = nights.night()
    assert (second.outcome, report["run"]["stopped_by"], report["run"]["depth"]) == ("interrupted", "interrupt", "light")
    third, _ = nights.night()
    assert third.depth == "full"


def test_a_list_of_the_form_that_changed_makes_it_a_full_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(f"<li><a href='/n{n}'>O{n} เรื่อง</a></li>" for n in (1, 2, 3, 4, 5, 6, 13))

    def listed(agency: Agency) -> None:
        agency.menu = "<a href='/ita'>ITA 2566</a>"
        agency.more = {"/ita": f"<title>ITA 2566</title><h1>ITA 2566</h1><p>ผู้ชม 1</p><ul>{rows}</ul>"}

    with nights_of(tmp_path, monkeypatch, listed) as nights:
        nights.night()
        nights.agency.more["/ita"] = nights.agency.more["/ita"].replace("ผู้ชม 1", "ผู้ชม 99")
        assert nights.night()[0].depth == "light"
        assert "/ita" in nights.agency.asked
        nights.agency.more["/ita"] += "<ul><li><a href='/n77'>O14 เรื่อง</a></li></ul>"
        assert nights.night()[0].depth == "full"
        assert "/n77" in nights.agency.asked


def test_another_door_to_the_main_page_is_asked_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with nights_of(tmp_path, monkeypatch) as nights:
        nights.night(agency={"url": f"{nights.url}index"})
        result, report = nights.night(agency={"url": f"{nights.url}index"})
        assert result.depth == "light"
        assert "/index" in nights.agency.asked
        assert report["run"]["carried"] == 0
