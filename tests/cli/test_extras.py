"""Persona, exceptions, and figures of IIT and EIT on the command line and in config.yaml."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ita_rules.cli.app import run
from tests.cli.site import site
from tests.rulesets.folder import write_rules

HOME = "<html><head><title>อบต.</title></head><body><a href='/r'>รายงานผลการดำเนินงานประจำปี</a></body></html>"
REPORT = "<html><body><h1>รายงานผลการดำเนินงานประจำปี งบประมาณ พ.ศ. 2565</h1><h2>ผล</h2><p>ดี</p></body></html>"
EXCEPTIONS = """exceptions:
- {agency: อบต.ก, item: O13, check: problems, reason: จังหวัดทำ, who: ปลัด, until: 2023-12-31}
"""


def answer(path: str) -> tuple[int, str]:
    return (200, HOME) if path == "/" else (200, REPORT) if path == "/r" else (404, "<h1>404</h1>")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, int]:
    """A saved run, its rules, and the exit status of its check."""
    folder = tmp_path_factory.mktemp("saved")
    rules = write_rules(folder / "rules")
    with site(answer) as url:
        args = ["check", url, "--rules", str(rules), "--as-of", "2023-04-28", "--out", str(folder / "run")]
        code = run([*args, "--agency-name", "อบต.ก", "--agency-type", "local"])
    return folder / "run", rules, code


@pytest.fixture
def judged(saved: tuple[Path, Path, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Judges the saved run in an empty folder; the report, the exit status being that of the check."""
    monkeypatch.chdir(tmp_path)
    folder, rules, code = saved

    def again(*args: str) -> dict[str, Any]:
        assert run(["judge", str(folder), "--rules", str(rules), "--out", "again", *args]) == code
        found: dict[str, Any] = json.loads(Path("again/report.json").read_bytes())
        return found

    return again


def checks(report: dict[str, Any]) -> dict[str, Any]:
    return {c["id"]: c for i in report["items"] for c in i["checks"]}


def test_a_reviewer_gets_the_same_statuses_as_proposals_and_no_score(judged: Any, capsys: pytest.CaptureFixture[str]) -> None:
    plain = judged()
    assert (plain["persona"], checks(plain)["O13.problems"]["status"]) == ("webmaster", "gap")
    assert "คะแนน OIT โดยประมาณ" in capsys.readouterr().out
    told = judged("--persona", "reviewer")
    out = capsys.readouterr().out
    assert "คะแนน OIT โดยประมาณ" not in out
    assert "เสนอให้ตรวจ" in out
    assert "ต้องแก้ไข" not in out
    html = Path("again/report.html").read_text(encoding="utf-8")
    assert "คะแนน OIT โดยประมาณ" not in html
    assert "เสนอให้ตรวจ: " in html
    assert [i["status"] for i in told["items"]] == [i["status"] for i in plain["items"]]
    Path("config.yaml").write_text("persona: reviewer\n", encoding="utf-8")
    assert judged()["persona"] == "reviewer"
    assert judged("--persona", "webmaster")["persona"] == "webmaster"


def test_exceptions_beside_the_configuration_are_found_and_shown(judged: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert checks(judged())["O13.problems"]["waived"] is None
    Path("exceptions.yaml").write_text(EXCEPTIONS, encoding="utf-8")
    report = judged()
    assert checks(report)["O13.problems"]["waived"] == {"reason": "จังหวัดทำ", "who": "ปลัด", "until": "2023-12-31"}
    assert checks(report)["O13.problems"]["status"] == "gap"
    assert "จังหวัดทำ" in Path("again/report.html").read_text(encoding="utf-8")
    assert "มีข้อยกเว้น 1 เงื่อนไข" in capsys.readouterr().out
    Path("none.yaml").write_text("exceptions: []\n", encoding="utf-8")
    assert checks(judged("--exceptions", "none.yaml"))["O13.problems"]["waived"] is None


def test_iit_and_eit_give_the_whole_total(judged: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert judged()["total"] is None
    by_options = judged("--iit", "90", "--eit", "80")
    low = by_options["scores"]["oit"]["low"]
    assert by_options["total"]["low"] == pytest.approx(0.3 * 90 + 0.3 * 80 + 0.4 * low, abs=0.006)
    assert "คะแนน ITA รวมโดยประมาณ" in capsys.readouterr().out
    assert "คะแนน ITA รวมโดยประมาณ" in Path("again/report.html").read_text(encoding="utf-8")
    Path("s.csv").write_text("agency,iit,eit\nอบต.ก,90,80\n", encoding="utf-8")
    assert judged("--scores", "s.csv") == by_options
    Path("config.yaml").write_text("scores: s.csv\n", encoding="utf-8")
    assert judged()["total"] == by_options["total"]
    Path("s.csv").write_text("agency,iit,eit\nอบต.ข,90,80\n", encoding="utf-8")
    other = judged()
    assert other["total"] is None
    assert "อบต.ก" in other["run"]["warnings"][-1]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--persona", "boss"), ("boss", "webmaster", "reviewer")),
        (("--iit", "90"), ("--iit", "--eit")),
        (("--eit", "90"), ("--eit", "--iit")),
        (("--iit", "90", "--eit", "101"), ("--eit", "101")),
        (("--iit", "nan", "--eit", "90"), ("--iit", "nan")),
        (("--iit", "1", "--eit", "2", "--scores", "s.csv"), ("s.csv", "--iit")),
        (("--scores", "none.csv"), ("none.csv",)),
        (("--scores", "bad.csv"), ("bad.csv", "บรรทัด 2", "เก้าสิบ")),
        (("--exceptions", "none.yaml"), ("none.yaml",)),
        (("--exceptions", "."), (".",)),
        (("--exceptions", "bad.yaml"), ("bad.yaml", "บรรทัด 2")),
    ],
)
def test_bad_input_is_a_sentence_and_exit_2(
    saved: tuple[Path, Path, int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    args: tuple[str, ...],
    words: tuple[str, ...],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bad.csv").write_text("agency,iit,eit\nก,เก้าสิบ,80\n", encoding="utf-8")
    Path("bad.yaml").write_text("exceptions:\n- {agency: ก}\n", encoding="utf-8")
    folder, rules, _ = saved
    assert run(["judge", str(folder), "--rules", str(rules), "--out", "again", *args]) == 2
    told = capsys.readouterr().err
    assert all(word in told for word in words), told
    assert "Traceback" not in told
    assert not Path("again").exists()


def test_lint_speaks_of_exceptions_where_there_are_some(
    saved: tuple[Path, Path, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    rules = str(saved[1])
    assert run(["rules", "lint", "--rules", rules]) == 0
    assert "ข้อยกเว้น" not in capsys.readouterr().out
    Path("exceptions.yaml").write_text(EXCEPTIONS, encoding="utf-8")
    assert run(["rules", "lint", "--rules", rules]) == 2
    assert "exceptions.yaml บรรทัด 2: ข้อยกเว้นของ O13.problems" in capsys.readouterr().out
    Path("exceptions.yaml").write_text(EXCEPTIONS.replace("2023-12-31", "2399-12-31"), encoding="utf-8")
    assert run(["rules", "lint", "--rules", rules]) == 0
    assert "ข้อยกเว้นใน exceptions.yaml ถูกต้อง" in capsys.readouterr().out
    assert run(["rules", "lint", "--rules", rules, "--exceptions", "none.yaml"]) == 2
