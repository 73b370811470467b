"""The sub-commands as they are meant to be used, on a small site and a small rule set."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import ita_rules
from ita_rules.cli.app import run
from ita_rules.run.store import load_run
from tests.cli.site import site
from tests.rulesets.folder import write_rules

REPORT = """<html><head><title>รายงานผล</title></head><body>
<h1>รายงานผลการดำเนินงานประจำปี งบประมาณ พ.ศ. 2565</h1>
<h2>ปัญหา อุปสรรค</h2><p>ไม่มี</p><h2>ข้อเสนอแนะ</h2><p>ควรจัดทำแผนให้เร็วขึ้น</p></body></html>"""
HOME = "<html><head><title>อบต.</title></head><body><a href='/r'>รายงานผลการดำเนินงานประจำปี</a></body></html>"


def answer(path: str) -> tuple[int, str]:
    return (200, HOME) if path == "/" else (200, REPORT) if path == "/r" else (404, "<h1>404</h1>")


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return write_rules(tmp_path / "rules")


def test_check_saves_a_run_that_judges_the_same_again(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with site(answer) as url:
        Path("a.csv").write_text(f"item,url\nO1,{url}r\nO13,{url}r\n", encoding="utf-8")
        args = ["check", url, "--rules", str(rules), "--as-of", "2023-04-28", "--answers", "a.csv", "--out", "run"]
        code = run([*args, "--agency-name", "อบต.ก", "--agency-type", "local"])
    told = capsys.readouterr()
    assert "รายงานผลการดำเนินงานประจำปี" in told.out
    assert "O13" not in told.err
    first = Path("run/report.json").read_bytes()
    report = json.loads(first)
    assert report["agency"]["name"] == "อบต.ก"
    assert report["ruleset"]["version"].startswith("2566.")
    item = next(i for i in report["items"] if i["id"] == "O13")
    assert {c["id"]: c["status"] for c in item["checks"]}["O13.problems"] == "pass"
    for engine in ("plain", "auto"):
        assert run(["judge", "run", "--rules", str(rules), "--out", "again", "--engine", engine]) == code
        assert Path("again/report.json").read_bytes() == first
    assert Path("again/report.html").read_bytes() == Path("run/report.html").read_bytes()
    report["ruleset"]["fiscal_year"] -= 1
    Path("old.json").write_text(json.dumps(report), encoding="utf-8")
    assert run(["judge", "run", "--rules", str(rules), "--out", "again", "--previous", "old.json"]) == code
    Path("broken.json").write_text("{}", encoding="utf-8")
    capsys.readouterr()
    for previous, told_why in (("run", "2566"), ("broken.json", "broken.json"), ("nowhere", "nowhere")):
        assert run(["judge", "run", "--rules", str(rules), "--out", "again", "--previous", previous]) == 2
        assert told_why in capsys.readouterr().err
    capsys.readouterr()
    assert run(["rules", "explain", "o13", "--rules", str(rules), "--run", "run", "--lang", "en"]) == 0
    assert "result: " in capsys.readouterr().out


def test_the_default_folder_is_runs_agency_time(rules: Path) -> None:
    with site(answer) as url:
        run(["check", url, "--rules", str(rules), "--agency-name", "อบต. ก/ข", "--format", "json"])
    found = [p.relative_to(Path.cwd()).as_posix() for p in Path.cwd().glob("runs/*/*/report.json")]
    assert len(found) == 1
    assert re.fullmatch(r"runs/อบต. ก ข/\d{8}-\d{6}/report.json", found[0])


def test_audit_goes_on_after_an_agency_that_fails(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with site(answer) as url:
        agencies = (
            f"- {{name: ก, type: local, url: '{url}', answers: none.csv}}\n"
            f"- {{name: ข, type: local, url: '{url}', labels: [เหนือ]}}\n"
        )
        Path("config.yaml").write_text(f"as_of: 2023-04-28\nformat: [json]\nagencies:\n{agencies}", encoding="utf-8")
        code = run(["audit", "--rules", str(rules)])
        told = capsys.readouterr()
        assert code == 2
        lines = told.out.splitlines()[-4:]
        assert lines[0].startswith("ก: ")
        assert "none.csv" in lines[0]
        assert lines[1].startswith("ข: ")
        assert len(list(Path.cwd().glob("runs/*/*/report.json"))) == 1
        assert Path("runs/blobs").is_dir()
        assert run(["audit", "--rules", str(rules), "--label", "เหนือ"]) in (10, 12)
        assert run(["audit", "--rules", str(rules), "--agency", "ค"]) == 2


def test_audit_tells_the_crawl_of_further_hosts(rules: Path) -> None:
    with site(answer) as url:
        agency = f"{{name: ก, type: local, url: '{url}', hosts: ['127.9.9.9:81']}}"
        Path("config.yaml").write_text(f"as_of: 2023-04-28\nformat: [json]\nagencies:\n- {agency}", encoding="utf-8")
        assert run(["audit", "--rules", str(rules)]) in (10, 12)
    (folder,) = (path.parent for path in Path.cwd().glob("runs/*/*/report.json"))
    assert load_run(folder).meta.settings["hosts"] == "127.9.9.9:81"


def test_files_are_checked_before_they_are_uploaded(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("รายงาน 2565.html").write_text(REPORT, encoding="utf-8")
    args = ["check-file", "ข้อ O13", "รายงาน 2565.html", "--rules", str(rules), "--as-of", "2023-09-30", "--agency-type", "local"]
    code = run([*args, "--out", "file"])
    report = json.loads(Path("file/report.json").read_text("utf-8"))
    assert [i["id"] for i in report["items"]] == ["O13"]
    item = report["items"][0]
    statuses = {c["id"]: c["status"] for c in item["checks"]}
    assert statuses["O13.answered"] == "not_applicable"
    assert statuses["O13.problems"] == "pass"
    assert item["sources"][0]["url"] == "รายงาน 2565.html"
    assert "invalid" not in json.dumps(report)
    capsys.readouterr()
    assert run(["judge", "file", "--rules", str(rules), "--out", "again"]) == code
    assert Path("again/report.json").read_bytes() == Path("file/report.json").read_bytes()


def test_a_folder_named_by_items_is_judged_whole(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("หลักฐาน/O13").mkdir(parents=True)
    Path("หลักฐาน/O13 รายงาน.html").write_text(REPORT, encoding="utf-8")
    Path("หลักฐาน/O13/คู่มือ.html").write_text("<h1>คู่มือการปฏิบัติงาน</h1>", encoding="utf-8")
    Path("หลักฐาน/บันทึก.txt").write_text("ส่วนตัว", encoding="utf-8")
    code = run(["check-file", "หลักฐาน", "--rules", str(rules), "--as-of", "2023-09-30", "--out", "file"])
    report = json.loads(Path("file/report.json").read_text("utf-8"))
    assert [i["id"] for i in report["items"]] == ["O13"]
    sources = {source["url"] for source in report["items"][0]["sources"]}
    assert sources == {str(Path("หลักฐาน/O13 รายงาน.html")), str(Path("หลักฐาน/O13/คู่มือ.html"))}
    assert "บันทึก.txt" in capsys.readouterr().err
    assert run(["judge", "file", "--rules", str(rules), "--out", "again"]) == code
    assert Path("again/report.json").read_bytes() == Path("file/report.json").read_bytes()


def test_rule_sets_are_listed_shown_and_linted(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "list", "--rules", str(rules)]) == 0
    assert "oit-2566" in capsys.readouterr().out
    assert run(["rules", "show", "--rules", str(rules), "--lang", "en"]) == 0
    assert "O13 Annual performance report" in capsys.readouterr().out
    assert run(["rules", "lint", "--rules", str(rules)]) == 0
    assert run(["rules", "lint", "oit-2599", "--rules", str(rules)]) == 2


def test_two_forms_are_compared_by_what_they_ask(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "new-year", "oit-2567", "--from", "oit-2566", "--rules", str(rules)]) == 0
    assert "oit-2567" in capsys.readouterr().out
    assert run(["rules", "show", "--diff", "oit-2566", "oit-2567", "--rules", str(rules), "--lang", "en"]) == 0
    assert "the same in everything: 2" in capsys.readouterr().out
    assert run(["rules", "show", "--diff", "oit-2566", "oit-2599", "--rules", str(rules)]) == 2
    assert run(["rules", "show", "--diff", "oit-2566", "--rules", str(rules)]) == 2


def test_the_next_form_is_drafted_where_asked_and_never_over_another(
    rules: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    args = ["rules", "new-year", "oit-2570", "--rules", str(rules)]
    assert run([*args, "--out", str(tmp_path / "draft")]) == 0
    assert sorted(p.name for p in (tmp_path / "draft/oit-2570").iterdir()) == [
        "O1-structure.yaml",
        "O13-annual-report.yaml",
        "ruleset.yaml",
    ]
    capsys.readouterr()
    assert run([*args, "--out", str(tmp_path / "draft")]) == 2
    assert "มี" in capsys.readouterr().err
    assert run(args) == 0
    assert run(["rules", "lint", "oit-2570", "--rules", str(rules)]) == 0
    for wrong in ("oit-2566", "oit-70", "2571"):
        assert run(["rules", "new-year", wrong, "--rules", str(rules)]) == 2
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert run(["rules", "new-year", "oit-2571", "--rules", str(rules), "--out", str(tmp_path / "file")]) == 2


def test_levels_and_calendar_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "show", "oit-2569", "--lang", "en"]) == 0
    english = capsys.readouterr().out
    assert "Excellent: from 95 points, every tool from 85" in english
    assert "2 March 2026 – 30 June 2026: The form is answered" in english
    assert run(["rules", "show", "oit-2564"]) == 0
    thai = capsys.readouterr().out
    assert "26 สิงหาคม 2564 – …: ประกาศผลการประเมิน" in thai
    assert "AA: ตั้งแต่ 95 คะแนน" in thai


def test_explain_says_what_an_item_inherits(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "explain", "O6", "--ruleset", "oit-2568", "--lang", "en"]) == 0
    assert "inherits from oit-2567/O8" in capsys.readouterr().out


def test_a_case_that_does_not_hold_is_told_with_its_place(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = rules / "oit-2566/O13-annual-report.cases.yaml"
    path.write_text("item: O13\npasses:\n  - name: ว่าง\n    page: ไม่มีอะไร\n", encoding="utf-8")
    assert run(["rules", "test", "O13", "--ruleset", "oit-2566", "--rules", str(rules)]) == 2
    told = capsys.readouterr()
    assert f"{path} บรรทัด 3" in told.out
    assert "ว่าง" in told.out


def test_cases_are_chosen_by_rule_set_and_item(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["rules", "new-year", "oit-2567", "--from", "oit-2566", "--rules", str(rules)])
    chosen: dict[tuple[str, ...], list[str]] = {
        (): ["oit-2566", "oit-2567"],
        ("oit-2566",): ["oit-2566"],
        ("O13", "oit-2567"): ["oit-2567"],
        ("--ruleset", "oit-2566", "13"): ["oit-2566"],
        ("O1",): ["oit-2566", "oit-2567"],
    }
    for words, wanted in chosen.items():
        capsys.readouterr()
        run(["rules", "test", *words, "--rules", str(rules), "--lang", "en"])
        told = capsys.readouterr().out.splitlines()
        assert [line.partition(":")[0] for line in told if "cases as expected" in line] == wanted
    (rules / "oit-2567/ruleset.yaml").unlink()
    for words, said in ((["oit-2567"], "is “oit-2566” meant?"), (["O14"], "is “O1” meant?"), (["x"], "no item “x”")):
        assert run(["rules", "test", *words, "--rules", str(rules), "--lang", "en"]) == 2
        assert said in capsys.readouterr().err


def test_a_folder_without_rules_is_told_and_never_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("lint", "test"):
        assert run(["rules", command, "--rules", str(tmp_path)]) == 2
        assert str(tmp_path) in capsys.readouterr().err


def test_help_and_version_speak_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.strip() == f"ita-rules {ita_rules.__version__}"
    assert run(["check", "--help", "--lang", "en"]) == 0
    english = capsys.readouterr().out
    assert run(["check", "--help"]) == 0
    thai = capsys.readouterr().out
    assert "Name of the agency" in english
    assert "ชื่อหน่วยงาน" in thai
    assert "help." not in english + thai


@pytest.mark.parametrize("args", [["--lang", "en", "--help"], ["--help", "--lang=en"], ["rules", "--lang", "en", "--help"]])
def test_the_language_may_be_asked_for_anywhere(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    thai = re.compile("[\u0e01-\u0e3a]")
    assert run(args) == 0
    told = capsys.readouterr()
    assert not thai.search(told.out + told.err)
    assert "Show this help" in told.out
    assert "..." not in told.out.replace("[ARGS]...", "")
    run([])
    assert thai.search(capsys.readouterr().err)


def test_the_language_before_the_command_is_that_of_the_result(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "en", "rules", "explain", "O13", "--rules", str(rules)]) == 0
    assert "Annual performance report" in capsys.readouterr().out


def test_a_fault_of_ours_is_said_plainly_and_in_full_with_debug(
    rules: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr("ita_rules.cli.given.available", broken)
    assert run(["check", "http://127.0.0.1:9/", "--rules", str(rules)]) == 1
    told = capsys.readouterr().err
    assert "ZeroDivisionError" in told
    assert "Traceback" not in told
    assert run(["--debug", "check", "http://127.0.0.1:9/", "--rules", str(rules)]) == 1
    assert "Traceback" in capsys.readouterr().err
