"""``ita-rules probe`` on sites of loopback: what is up, what is not, what is kept of it, and what is held against nobody."""

from __future__ import annotations

import datetime as dt
import json
import threading
import time
from pathlib import Path

import pytest

from crawlers.settings import CrawlSettings
from ita_rules.cli import given, probing
from ita_rules.cli.app import run
from ita_rules.cli.probing import MOST_ADDRESSES, Prober, Seen, Target, our_own_line, targets
from ita_rules.model import Report
from ita_rules.uptime import Log, Look, read, verify
from tests.cli.site import site as small_site
from tests.cli.test_commands import answer
from tests.rulesets.folder import write_rules
from tests.sites import Reply, Site, endless, hang, page, pdf, redirect
from tests.tls import SecureSite, trust
from tests.uptime.looks import look

SETTINGS = CrawlSettings(response_seconds=1.0)
ROUTES = {
    "/": page("หน้าหลัก"),
    "/robots.txt": Reply(b"User-agent: *\nDisallow: /closed\n", type="text/plain"),
    "/a.pdf": pdf(),
    "/moved": redirect("/a.pdf"),
    "/broken": page("x", status=503),
    "/closed": page("x"),
    "/slow": hang,
    "/big": endless,
}


def seen(site: Site, *paths: str) -> dict[str, Look]:
    found = [Target(site.url(p), site.url(p), ("O1",), p == "/", True) for p in ("/", *paths)]
    return {one.url.removeprefix(site.url("")): one for one in Prober(SETTINGS).look(found).looks}


def test_each_address_is_asked_once_and_told_as_it_is() -> None:
    with Site(ROUTES) as site:
        looks = seen(site, "/a.pdf", "/moved", "/broken", "/gone", "/closed", "/slow", "/big")
    told = {path: (one.up, one.cause) for path, one in looks.items()}
    assert told == {
        "/": (True, None),
        "/a.pdf": (True, None),
        "/moved": (True, None),
        "/broken": (False, "http_503"),
        "/gone": (False, "http_404"),
        "/closed": (None, "robots"),
        "/slow": (False, "timeout"),
        "/big": (True, None),
    }
    assert "/closed" not in site.seen
    assert {path: site.seen[path] for path in ("/", "/broken", "/gone", "/slow", "/big", "/robots.txt")} == dict.fromkeys(
        ("/", "/broken", "/gone", "/slow", "/big", "/robots.txt"), 1
    )
    assert looks["/"].seconds < 1 <= looks["/slow"].seconds + 0.1
    assert looks["/"].main
    assert not looks["/a.pdf"].main


def test_the_certificates_end_is_read_from_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    trust(monkeypatch)
    with SecureSite({"/": page("x")}) as site:
        looks = seen(site, "/again")
    assert {one.cert_until for one in looks.values()} == {dt.datetime(2124, 1, 1, tzinfo=dt.UTC)}
    with SecureSite({"/": page("x")}, "expired") as site:
        bad = seen(site)["/"]
    assert (bad.up, bad.detail, bad.cert_until) == (True, "tls: expired", None)


def test_a_dead_server_is_down_and_the_agencys_other_hosts_are_not_asked_abroad() -> None:
    with Site({}) as site:
        gone = site.url()
    found = [Target(gone, gone, main=True, typed=True), Target("http://b.go.th/x", "http://b.go.th/x", ("O2",))]
    looks = Prober(SETTINGS).look(found).looks
    assert [(one.up, one.cause) for one in looks] == [(False, "refused"), (None, "external")]


def test_time_is_bounded() -> None:
    with Site({"/": hang}) as site:
        found = [Target(site.url(f"/{n}"), site.url(f"/{n}"), typed=True) for n in range(50)]
        assert Prober(SETTINGS).look(found, most_seconds=-1).looks == []


def test_an_interrupt_ends_it_at_once_and_nothing_more_is_asked() -> None:
    with Site({"/0": hang}, otherwise=page("x")) as site:
        found = [Target(site.url(f"/{n}"), site.url(f"/{n}"), typed=True) for n in range(50)]
        prober = Prober(CrawlSettings(response_seconds=20.0))
        timer = threading.Timer(0.3, prober.stop)
        timer.start()
        start = time.monotonic()
        looks = prober.look(found).looks
        timer.join()
        assert time.monotonic() - start < 5
    assert not any(path in site.seen for path in ("/1", "/2"))
    assert [one.up for one in looks if one.up is False] == []


def test_evidence_and_answers_are_looked_at_each_once(checked: Path) -> None:
    report = Report.model_validate_json((checked / "report.json").read_bytes())
    found = targets(report.agency.url, report)
    assert found[0] == Target(report.agency.url, report.agency.url, (), True, True)
    assert [(one.url.rpartition("/")[2], one.typed) for one in found[1:]] == [("r", False)]
    assert "O13" in found[1].items
    item = report.items[1].model_copy(update={"checks": ()})
    places = [item.sources[0].model_copy(update={"url": f"http://a.go.th/{n}#page=2"}) for n in range(500)]
    many = tuple(item.model_copy(update={"sources": (place,)}) for place in places)
    assert len(targets(report.agency.url, report.model_copy(update={"items": many}))) == MOST_ADDRESSES


def test_silence_of_everybody_is_our_own() -> None:
    one = Seen([look(cause="dns", url="https://a.go.th/")])
    other = Seen([look(cause="timeout", url="https://b.go.th/")])
    assert our_own_line([one, other], answered=False, route=lambda: True)
    assert not our_own_line([one, other], answered=True, route=lambda: False)
    assert not our_own_line([one], answered=False, route=lambda: True)
    assert our_own_line([one], answered=False, route=lambda: False)
    assert not our_own_line([], answered=False, route=lambda: False)
    assert [(each.up, each.cause) for each in probing.unknown(one.looks)] == [(None, "dns")]


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A saved run of an agency below runs, and a configuration with it."""
    monkeypatch.chdir(tmp_path)
    rules = write_rules(tmp_path / "rules")
    with small_site(answer) as url:
        Path("config.yaml").write_text(f"agencies:\n- {{name: อบต. ก/ข, type: local, url: '{url}'}}\n", encoding="utf-8")
        run(["check", url, "--rules", str(rules), "--agency-name", "อบต. ก/ข", "--format", "json", "--as-of", "2023-04-28"])
    return next(Path("runs").glob("*/*/report.json")).parent


def test_the_command_looks_logs_and_verifies(checked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = json.loads((checked / "report.json").read_text("utf-8"))
    port = int(report["agency"]["url"].rstrip("/").rpartition(":")[2])
    folder = Path("runs/uptime/อบต. ก ข")
    with Site({"/": page("x"), "/r": page("x", status=502)}, port=port):
        capsys.readouterr()
        assert run(["probe"]) == 10
    told = capsys.readouterr().out
    assert "เปิดได้ 1 จาก 2 ที่อยู่" in told
    assert "O13" in told
    assert run(["probe", "--lang", "en"]) == 3
    assert "0 of 2 addresses are up" in capsys.readouterr().out
    assert [(one.up, one.cause) for one in read(folder)] == [
        (True, None),
        (False, "http_502"),
        (False, "refused"),
        (False, "refused"),
    ]
    assert verify(folder) == ()
    assert run(["probe", "verify"]) == 0
    last = capsys.readouterr().out.splitlines()[0].rpartition(" ")[2]
    assert run(["probe", "verify", "--root", last]) == 0
    log = next(folder.glob("*.jsonl"))
    log.write_bytes(log.read_bytes().replace(b'"cause":"refused"', b'"cause":"timeout"', 1))
    capsys.readouterr()
    assert run(["probe", "verify", "--lang", "en"]) == 12
    assert "line 4: does not follow" in capsys.readouterr().out


def test_the_root_of_a_day_is_told_when_it_is_over(checked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A day that goes on has another root by the evening: told too early it would accuse a log that nobody changed."""
    folder = Path("runs/uptime/อบต. ก ข")
    yesterday = given.now() - dt.timedelta(days=1)
    Log(folder).add([look(url="http://127.0.0.1/").model_copy(update={"at": yesterday})])
    capsys.readouterr()
    assert run(["probe"]) == 3
    root = capsys.readouterr().out.rstrip().rpartition(" ")[2]
    assert len(root) == 64
    assert run(["probe"]) == 3
    assert run(["probe", "verify", "--root", root]) == 0
    log = folder / f"{yesterday:%Y-%m}.jsonl"
    log.write_bytes(log.read_bytes().replace(b'"up":true', b'"up":null', 1))
    assert run(["probe", "verify", "--root", root]) == 12


def test_the_sample_agency_has_one_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("config.yaml").write_text("agencies:\n- {name: ตัวอย่าง, type: local, url: sample}\n", encoding="utf-8")
    assert run(["probe"]) == 0
    assert run(["probe"]) == 0
    assert [(one.url, one.up) for one in read(Path("runs/uptime/ตัวอย่าง"))] == [("sample/", True)] * 2


@pytest.mark.parametrize("words", [["probe"], ["probe", "verify"], ["probe", "--config", "x.yaml"], ["probe", "x"]])
def test_what_cannot_be_looked_at_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(words) == 2
    assert capsys.readouterr().err.startswith("ita-rules: ")


def test_answers_that_cannot_be_used_cost_nothing_else(checked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Site({"/": page("x")}) as one, Site({"/": page("x")}) as other:
        first = f"- {{name: ก, type: local, url: '{one.url()}', answers: none.csv}}\n"
        agencies = f"{first}- {{name: ข, type: local, url: '{other.url()}'}}\n"
        Path("config.yaml").write_text(f"agencies:\n{agencies}", encoding="utf-8")
        assert run(["probe"]) == 0
    assert "none.csv" in capsys.readouterr().err
    assert sorted(place.name for place in Path("runs/uptime").iterdir()) == ["ก", "ข"]
