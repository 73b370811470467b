"""Which earlier year's check a new one is compared with: named, held by the run before, or found in the store."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ita_rules.across import SETTING, Earlier, earlier_of
from ita_rules.cli.app import run
from ita_rules.cli.earlier import earlier_year
from ita_rules.history import Index, enter
from ita_rules.model import Report
from ita_rules.rulesets.load import load_ruleset
from ita_rules.run.store import RunWriter, load_meta
from ita_rules.run.types import RunMeta
from tests.cli.site import site
from tests.cli.test_commands import answer
from tests.history.build import AGENCY, HOME, check, item, report, save, source
from tests.nights.agency import NAME, Nights, nights_of
from tests.rulesets.folder import write_rules

RULES = load_ruleset("oit-2566")
LAST_YEAR = dt.datetime(2022, 4, 12, 2, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))
WHO = (AGENCY, HOME)


def of(year: int, started: dt.datetime = LAST_YEAR, sha: str = "a", **more: object) -> Report:
    """A report on the form of a year that found one file."""
    found = item("O1", [check("O1.people", "pass")], source(sha=sha, media_type="application/pdf"))
    told = report(found, started=started, ruleset=f"oit-{year}", **more)
    return told.model_copy(update={"ruleset": told.ruleset.model_copy(update={"fiscal_year": year})})


def remembered(base: Path, told: Report) -> Path:
    """A run in a store that its history knows."""
    folder = save(base, told)
    assert enter(base, folder)
    return folder


def found(base: Path, *before: Path, who: tuple[str, str] = WHO) -> Earlier | None:
    """What a check by the form of 2566 is compared with."""
    return earlier_year(RULES, who, before, (base, AGENCY))


def test_the_newest_check_of_an_earlier_form_in_the_store(tmp_path: Path) -> None:
    remembered(tmp_path, of(2564, LAST_YEAR - dt.timedelta(days=365), "d"))
    remembered(tmp_path, of(2565, LAST_YEAR - dt.timedelta(days=9), "c"))
    newest = of(2565, LAST_YEAR, "b")
    remembered(tmp_path, newest)
    remembered(tmp_path, of(2566, LAST_YEAR + dt.timedelta(days=30)))
    assert found(tmp_path) == earlier_of(newest)


def test_another_form_tried_within_the_same_year_is_no_check_of_last_year(tmp_path: Path) -> None:
    remembered(tmp_path, of(2565, dt.datetime(2022, 10, 1, 0, 30, tzinfo=LAST_YEAR.tzinfo)))
    assert found(tmp_path) is None


def test_a_later_form_and_another_agency_are_passed_over(tmp_path: Path) -> None:
    remembered(tmp_path, of(2567))
    assert found(tmp_path) is None
    other = "https://www.other.go.th/"
    folder = save(tmp_path, of(2565, url=other, name="อบต. อื่น"), agency=AGENCY)
    assert enter(tmp_path, folder)
    assert found(tmp_path) is None
    # its name or its address may have changed, not both
    assert found(tmp_path, who=("อบต. อื่น", HOME)) is not None
    assert found(tmp_path, who=("ชื่อใหม่", other)) is not None


def test_a_store_that_lacks_something_gives_nothing(tmp_path: Path) -> None:
    assert found(tmp_path) is None
    folder = remembered(tmp_path, of(2565))
    (folder / "report.json").write_text("{", "utf-8")
    assert found(tmp_path) is None
    (folder / "report.json").unlink()
    assert found(tmp_path) is None
    (tmp_path / "index.sqlite").write_bytes(b"x" * 4096)
    assert found(tmp_path) is None


def test_what_the_run_before_holds_goes_on_while_the_form_is_the_same(tmp_path: Path) -> None:
    held = replace(earlier_of(of(2565, sha="c")), started="2022-01-05T02:00:00+07:00")
    for ruleset, expected in (("oit-2566", held), ("oit-2565", None)):
        folder = tmp_path / ruleset
        settings = {SETTING: held.as_text()}
        with RunWriter(folder, RunMeta(HOME, agency_name=AGENCY, ruleset=ruleset, settings=settings)) as writer:
            writer.finish()
        assert found(tmp_path, folder) == expected
    assert found(tmp_path, tmp_path / "oit-2566", who=("อื่น", "https://www.other.go.th/")) is None


def test_a_report_of_last_year_that_lies_in_the_folder_itself(tmp_path: Path) -> None:
    folder = save(tmp_path, of(2565))
    assert earlier_year(RULES, WHO, (folder,), None) == earlier_of(of(2565))


def test_the_states_of_items_are_left_out_where_nobody_asks_for_them(tmp_path: Path) -> None:
    remembered(tmp_path, of(2565))
    with Index(tmp_path) as index:
        whole, slim = (list(index.entries(AGENCY, items=items)) for items in (True, False))
    assert slim == [replace(whole[0], items=())]
    assert whole[0].items


@pytest.fixture
def nights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Nights]:
    with nights_of(tmp_path, monkeypatch) as made:
        yield made


def test_an_audit_finds_it_and_light_nights_carry_it_on(nights: Nights) -> None:
    told = of(2565, name=NAME, url=nights.url)
    folder = save(nights.base, told)
    assert enter(nights.base, folder)
    (first, report), text = nights.night(), earlier_of(told).as_text()
    assert first.depth == "full"
    assert load_meta(nights.folder(first)).settings[SETTING] == text
    assert report["run"]["previous"] == {"ruleset": "oit-2565", "fiscal_year": 2565, "started": LAST_YEAR.isoformat()}
    second, carried = nights.night()
    assert second.depth == "light"
    assert load_meta(nights.folder(second)).settings[SETTING] == text
    assert carried["run"]["previous"] == report["run"]["previous"]
    # a light night on which something changed is judged, and a full one begins from what the night before holds
    nights.agency.problem = ""
    third, judged = nights.night()
    assert (third.depth, judged["run"]["previous"]) == ("light", report["run"]["previous"])
    (folder / "report.json").unlink()
    fourth, full = nights.night(full=True)
    assert (fourth.depth, full["run"]["previous"]) == ("full", report["run"]["previous"])


def test_the_check_that_is_named_lies_in_the_run_and_judging_it_again_says_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    rules = str(write_rules(tmp_path / "rules"))
    # who names it knows what it is: no day and no address is asked of it
    told = of(2565, dt.datetime(2026, 1, 5, tzinfo=LAST_YEAR.tzinfo), url="https://old.example.go.th/")
    Path("old.json").write_text(told.model_dump_json(), "utf-8")
    args = ["--rules", rules, "--as-of", "2023-04-28", "--format", "json"]
    with site(answer) as url:
        code = run(["check", url, *args, "--out", "run", "--previous", "old.json"])
    Path("old.json").unlink()
    report = json.loads(Path("run/report.json").read_text("utf-8"))
    assert report["run"]["previous"]["started"] == told.run.started
    assert run(["judge", "run", *args, "--out", "again"]) == code
    assert Path("again/report.json").read_bytes() == Path("run/report.json").read_bytes()
    capsys.readouterr()
    assert run(["check", url, *args, "--out", "new", "--previous", "nowhere"]) == 2
    assert "nowhere" in capsys.readouterr().err
    assert not Path("new/run.sqlite").exists()
