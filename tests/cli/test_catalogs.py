"""A department's data sets, looked up in a catalogue that speaks CKAN's API: a double of one on loopback, from check to judge."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from crawlers.settings import CrawlSettings
from ita_rules.cli.app import run
from ita_rules.cli.catalogs import noted, unasked, with_catalog
from ita_rules.config import CatalogConfig
from ita_rules.messages import messages
from ita_rules.model import AgencyType
from ita_rules.rulesets.load import load_ruleset
from tests.run.test_catalog import SHOWN
from tests.sites import Reply, Route, Site, page

AGENCY = "กรมตัวอย่าง"
JSON = "application/json;charset=utf-8"
HOME = page(f"<h1>{AGENCY}</h1><a href='/o11'>สรุปผลการจัดซื้อจัดจ้างรายเดือน ปีงบประมาณ 2569</a>", AGENCY)
CLOSED = Reply(b"User-agent: *\nDisallow: /api/\nCrawl-Delay: 10\n", type="text/plain")


def ckan(datasets: Mapping[str, Mapping[str, Any]], robots: Route | None = None) -> Site:
    """A catalogue with these data sets; it answers as CKAN does, errors too."""

    def show(handler: Any) -> None:
        name = parse_qs(urlsplit(handler.path).query).get("id", [""])[0]
        if name == "closed":
            answer = {"success": False, "error": {"__type": "Authorization Error", "message": "Access denied"}}
            Reply(json.dumps(answer).encode(), 403, JSON)(handler)
        elif name in datasets:
            answer = {"help": "…", "success": True, "result": {**SHOWN, "name": name, **datasets[name]}}
            Reply(json.dumps(answer).encode(), type=JSON)(handler)
        else:
            Reply(b'{"success": false, "error": {"__type": "Not Found Error", "message": "Not found"}}', 404, JSON)(handler)

    routes: dict[str, Route] = {"/api/3/action/package_show": show}
    return Site({**routes, "/robots.txt": robots} if robots else routes)


def checked(folder: Path, site: Site, catalog: str, *, kind: str = "department", ruleset: str = "oit-2569") -> dict[str, Any]:
    """The report of a check whose agency has a catalogue in the configuration."""
    agency = f"  - name: {AGENCY}\n    type: {kind}\n    url: '{site.url()}'\n    catalog: {catalog}\n"
    (folder / "config.yaml").write_text(f"format: [json]\nagencies:\n{agency}", encoding="utf-8")
    args = ["check", site.url(), "--agency-name", AGENCY, "--agency-type", kind, "--ruleset", ruleset, "--as-of", "2026-05-01"]
    assert run([*args, "--out", "run"]) in (3, 10, 12)
    found: dict[str, Any] = json.loads((folder / "run" / "report.json").read_text("utf-8"))
    return found


def of_item(report: Mapping[str, Any], item: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The catalogue's check of an item, and what was looked at for it in the catalogue."""
    found = next(i for i in report["items"] if i["id"] == item)
    return (
        next(c for c in found["checks"] if c["kind"] == "catalog"),
        [s for s in found["sources"] if s["located_by"] == "catalog"],
    )


@pytest.fixture(autouse=True)
def _at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def test_data_sets_are_looked_up_and_judged_again_without_the_catalogue(tmp_path: Path) -> None:
    sets: dict[str, dict[str, Any]] = {"o11": {}, "o12": {"resources": [], "license_id": "notspecified"}}
    with Site({"/": HOME, "/o11": page("<p>ตุลาคม</p>")}) as site, ckan(sets) as catalogue:
        by_page = catalogue.url("/dataset/closed")
        named = f"{{url: '{catalogue.url()}', datasets: {{O11: [o11], O12: [o12, gone], O18: ['{by_page}']}}}}"
        report = checked(tmp_path, site, named)
        asked = [line for line in catalogue.seen if "package_show" in line]
    passed, sources = of_item(report, "O11")
    assert (passed["status"], passed["severity"], passed["verified"]) == ("pass", "advice", False)
    assert sources[0]["title"] == " ".join(SHOWN["title"].split())
    assert sources[0]["sha256"]
    gap, sources = of_item(report, "O12")
    assert gap["status"] == "gap"
    assert "ไม่มีไฟล์ข้อมูล" in gap["message"]
    assert "ไม่ระบุสัญญาอนุญาต" in gap["message"]
    assert "CSV" in gap["fix"]
    assert {e["quote"] for e in gap["evidence"]} == {"resources … 0", "license_id … notspecified", None}
    assert any("gone" in line and "ไม่มีชุดข้อมูล" in line for line in gap["why"])
    assert [s["cause"] for s in sources] == [None, "http_404"]
    closed, sources = of_item(report, "O18")
    assert closed["status"] == "undecided"
    assert [s["http_status"] for s in sources] == [403]
    assert sorted(asked) == sorted({f"/api/3/action/package_show?id={n}" for n in ("o11", "o12", "gone", "closed")})
    assert run(["judge", "run", "--out", "again"]) in (10, 12)
    assert (tmp_path / "again" / "report.json").read_bytes() == (tmp_path / "run" / "report.json").read_bytes()


@pytest.mark.parametrize(("more", "status"), [("", "undecided"), (", ignore_robots: true", "pass")])
def test_a_closed_api_is_asked_only_where_its_owner_lets_us(tmp_path: Path, more: str, status: str) -> None:
    with Site({"/": HOME}) as site, ckan({"o11": {}}, robots=CLOSED) as catalogue:
        report = checked(tmp_path, site, f"{{url: '{catalogue.url()}', datasets: {{O11: [o11]}}{more}}}")
    found, _ = of_item(report, "O11")
    assert (found["status"], found["cause"]) == (status, "robots" if status == "undecided" else None)
    assert ("ignore_robots: true" in found["message"]) is (status == "undecided")
    assert any("package_show" in line for line in catalogue.seen) is (status == "pass")


@pytest.mark.parametrize("url", ["http://catalog.example.go.th/", "http://10.1.2.3/", "http://169.254.169.254/"])
def test_from_this_machine_no_catalogue_elsewhere_is_asked(tmp_path: Path, url: str) -> None:
    with Site({"/": HOME}) as site:
        report = checked(tmp_path, site, f"{{url: '{url}', datasets: {{O11: [o11]}}}}")
    found, sources = of_item(report, "O11")
    assert found["status"] == "undecided"
    assert [s["cause"] for s in sources] == ["external" if "example" in url else "private_address"]


def test_what_is_no_catalogue_is_undecided_and_never_held_against_anyone(tmp_path: Path) -> None:
    web = page("<h1>ระบบบัญชีข้อมูล</h1>")
    with Site({"/": HOME}) as site, Site({}, otherwise=web) as page_only, Site({}) as nothing:
        for catalogue in (page_only, nothing):
            report = checked(tmp_path, site, f"{{url: '{catalogue.url()}', datasets: [o11]}}")
            assert [of_item(report, item)[0]["status"] for item in ("O11", "O12", "O18")] == ["undecided"] * 3


def test_an_agency_that_is_asked_no_catalogue_is_told_and_nothing_is_sent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Site({"/": HOME}) as site, ckan({"o11": {}}) as catalogue:
        for kind, ruleset in (("local", "oit-2569"), ("department", "oit-2568")):
            capsys.readouterr()
            report = checked(tmp_path, site, f"{{url: '{catalogue.url()}', datasets: [o11]}}", kind=kind, ruleset=ruleset)
            assert "catalog" in capsys.readouterr().err
            assert any("catalog" in warning for warning in report["run"]["warnings"])
        assert not catalogue.seen


def test_items_for_which_no_catalogue_is_asked_are_named_in_a_warning() -> None:
    config = CatalogConfig.model_validate({"url": "https://catalog.example.go.th/", "datasets": {"O5": ["a"], "O11": ["b"]}})
    warnings = unasked(noted(config), load_ruleset("oit-2569"), AgencyType.DEPARTMENT, messages("th"))
    assert len(warnings) == 1
    assert "O5" in warnings[0]
    assert "O11, O12, O18" in warnings[0]
    assert unasked(None, load_ruleset("oit-2569"), AgencyType.LOCAL, messages("th")) == []


def test_the_crawler_is_told_where_the_catalogue_is() -> None:
    config = CatalogConfig.model_validate({"url": "https://catalog.example.go.th", "datasets": ["a"], "ignore_robots": True})
    told = with_catalog(CrawlSettings(), config)
    assert told.services == ("https://catalog.example.go.th",)
    assert told.closed_services == ("https://catalog.example.go.th/api/3/action/",)
    assert with_catalog(CrawlSettings(), None) == CrawlSettings()
