"""What people get wrong, through the real command line: one clean sentence, the right exit status, never a traceback."""

from __future__ import annotations

import json
import re
import signal
import socket
import sys
import threading
from pathlib import Path

import openpyxl
import pytest

from ita_rules.model import Report
from tests.cli.site import Done, interrupted, ita_rules, site
from tests.rulesets.folder import spoil, write_rules

ITEM = "oit-2566/O13-annual-report.yaml"
PAGE = "<html><head><title>อบต.</title></head><body><h1>อบต.</h1><a href='/a'>รายงานผลการดำเนินงานประจำปี</a></body></html>"


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rules(tmp_path_factory.mktemp("rules"))


def check(folder: Path, rules: Path, url: str, *more: str) -> Done:
    return ita_rules(["check", url, "--rules", str(rules), "--as-of", "2023-04-28", "--out", "run", *more], folder)


def clean(done: Done) -> bool:
    """Neither a traceback nor an id in the place of a sentence."""
    return "Traceback" not in done.err and "error." not in done.err and bool(done.err.strip())


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("www.example.go.th", "https://www.example.go.th"),
        ("localhost:8000/x", "https://localhost:8000/x"),
        ("not a url", "“not a url”"),
        ("", "“"),
        ("http://", "http://"),
        ("http://[::1", "http://[::1"),
        ("http://a:port/", "http://a:port/"),
        ("ftp://example.go.th/", "ftp://"),
        ("file:///etc/passwd", "file://"),
        ("javascript:alert(1)", "javascript:alert(1)"),
    ],
)
def test_what_is_no_address_is_refused(tmp_path: Path, rules: Path, url: str, said: str) -> None:
    done = check(tmp_path, rules, url)
    assert done.code == 2
    assert clean(done)
    assert said in done.err
    assert done.out == ""
    assert not (tmp_path / "run").exists()


def test_a_host_that_answers_nothing_gives_an_undecided_report(tmp_path: Path, rules: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        done = check(tmp_path, rules, f"http://127.0.0.1:{taken.getsockname()[1]}/")
    assert done.code == 3
    assert clean(done)
    report = Report.model_validate_json((tmp_path / "run/report.json").read_text("utf-8"))
    assert {item.status for item in report.items} == {"undecided"}
    assert (tmp_path / "run/report.html").is_file()


def test_a_host_that_does_not_exist_is_told(tmp_path: Path, rules: Path) -> None:
    done = check(tmp_path, rules, "http://no-such-host.invalid/")
    assert done.code == 3
    assert clean(done)
    assert "no-such-host.invalid" in done.err


def test_a_site_of_errors_only_is_undecided(tmp_path: Path, rules: Path) -> None:
    with site(lambda path: (500, "<h1>Internal Server Error</h1>")) as url:
        done = check(tmp_path, rules, url)
    assert done.code == 3
    report = Report.model_validate_json((tmp_path / "run/report.json").read_text("utf-8"))
    assert {item.status for item in report.items} == {"undecided"}
    assert report.scores.oit.low == 0
    assert report.scores.oit.high == 100


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "config.yaml"),
        ("rulset: oit-2566\n", "config.yaml บรรทัด 1: ไม่รู้จัก “rulset” หมายถึง “ruleset”"),
        ("ruleset: oit-2566\ncrawl: {max_pages: lots}\n", "config.yaml บรรทัด 2: “crawl.max_pages” ต้องเป็นจำนวนเต็ม"),
        ("agencies: [", "config.yaml บรรทัด"),
        ("agencies: [{name: ก, url: sample, as_of: 2566-04-28}]", "2023-04-28"),
        (
            "a: &a [x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\n"
            "d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]\ne: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]\n"
            "f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e]\ng: [*f, *f, *f, *f, *f, *f, *f, *f, *f]\n",
            "ใหญ่หรือซ้อนกันเกินไป",
        ),
    ],
)
def test_a_broken_configuration_names_file_and_line(tmp_path: Path, rules: Path, text: str, said: str) -> None:
    (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
    for args in (["audit", "--rules", str(rules)], ["check", "http://127.0.0.1:9/", "--rules", str(rules)]):
        done = ita_rules(args, tmp_path)
        assert done.code == 2
        assert clean(done)
        assert said in done.err


def test_audit_without_a_configuration_says_what_to_do(tmp_path: Path) -> None:
    done = ita_rules(["audit"], tmp_path)
    assert done.code == 2
    assert "config.yaml" in done.err
    example = re.search(r'--config "(.+)"', done.err)
    assert example is not None
    assert "url: sample" in Path(example[1]).read_text("utf-8")
    named = ita_rules(["audit", "--config", "none.yaml"], tmp_path)
    assert (named.code, "none.yaml" in named.err) == (2, True)


def test_a_faulty_rule_set_names_file_and_line(tmp_path: Path) -> None:
    faulty = spoil(tmp_path / "rules", ITEM, "component: problems", "component: problem")
    done = check(tmp_path, faulty, "http://127.0.0.1:9/")
    assert done.code == 2
    assert f"{ITEM} บรรทัด 12" in done.err
    assert "“problems”" in done.err
    english = ita_rules(["rules", "lint", "--rules", str(faulty), "--lang", "en"], tmp_path)
    assert english.code == 2
    assert f"{ITEM} line 12: there is no component “problem”; is “problems” meant?" in english.out


def test_a_rule_set_or_format_that_is_not_there_names_those_that_are(tmp_path: Path, rules: Path) -> None:
    done = check(tmp_path, rules, "http://127.0.0.1:9/", "--ruleset", "oit-2575")
    assert (done.code, "oit-2566" in done.err) == (2, True)
    done = check(tmp_path, rules, "http://127.0.0.1:9/", "--format", "json,pdf")
    assert (done.code, "json, html" in done.err) == (2, True)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--as-of", "30 เม.ย. 66"], "30 เม.ย. 66"),
        (["--agency-type", "ministry"], "department, province, local"),
        (["--max-pages", "0"], "--max-pages"),
        (["--max-pages", "many"], "--max-pages"),
        (["--max-minutes", "ten"], "--max-minutes ต้องเป็นจำนวน"),
        (["--as-of", "2566-04-28"], "2023-04-28"),
        (["--lang", "fr"], "th, en"),
        (["--lang"], "--lang"),
        (["more", "words"], "more words"),
        (["--answers", "."], "โฟลเดอร์"),
        (["--config", "."], "โฟลเดอร์"),
        (["--no-such-option"], "--no-such-option"),
        (["--config", "none.yaml"], "none.yaml"),
        (["--answers", "none.csv"], "none.csv"),
    ],
)
def test_options_that_cannot_be_used(tmp_path: Path, rules: Path, args: list[str], said: str) -> None:
    done = check(tmp_path, rules, "http://127.0.0.1:9/", *args)
    assert done.code == 2
    assert clean(done)
    assert said in done.err


def test_answers_without_a_column_stop_before_the_crawl(tmp_path: Path, rules: Path) -> None:
    (tmp_path / "a.csv").write_text("item,address\nO13,http://127.0.0.1:9/\n", encoding="utf-8")
    done = check(tmp_path, rules, "http://127.0.0.1:9/", "--answers", "a.csv")
    assert done.code == 2
    assert "address" in done.err
    assert not (tmp_path / "run/run.sqlite").exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp874"])
def test_answers_with_a_bom_raw_blanks_and_an_unknown_item(tmp_path: Path, rules: Path, encoding: str) -> None:
    asked: list[str] = []

    def answer(path: str) -> tuple[int, str]:
        asked.append(path)
        return 200, PAGE

    with site(answer) as url:
        text = f"ข้อ,URL\nO13,{url}รายงาน ปี 2565.html {url}b\nO99,{url}\n"
        (tmp_path / "a.csv").write_bytes(text.encode(encoding))
        done = check(tmp_path, rules, url, "--answers", "a.csv")
    assert done.code in (10, 12)
    assert "O99" in done.err
    report = json.loads((tmp_path / "run/report.json").read_text("utf-8"))
    assert any("O99" in warning for warning in report["run"]["warnings"])
    assert "/b" in asked
    assert any(path.endswith("2565.html") and "%20" in path for path in asked)


def test_formulas_in_the_answers_do_nothing(tmp_path: Path, rules: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["item", "url"])
    book.active.append(["O13", '=WEBSERVICE("http://127.0.0.1:9/")'])
    book.save(tmp_path / "a.xlsx")
    book.close()
    with site(lambda path: (200, PAGE)) as url:
        done = check(tmp_path, rules, url, "--answers", "a.xlsx")
    assert done.code in (10, 12)
    assert "O13" in done.err


def test_an_output_folder_that_cannot_be_is_told_before_the_crawl(tmp_path: Path, rules: Path) -> None:
    (tmp_path / "run").write_text("in the way", encoding="utf-8")
    done = check(tmp_path, rules, "http://127.0.0.1:9/")
    assert done.code == 2
    assert clean(done)
    assert "run" in done.err
    assert (tmp_path / "run").read_text(encoding="utf-8") == "in the way"


def test_an_output_folder_may_hold_other_files(tmp_path: Path, rules: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run/notes.txt").write_text("mine", encoding="utf-8")
    with site(lambda path: (200, PAGE)) as url:
        done = check(tmp_path, rules, url, "--format", "json")
    assert done.code in (10, 12)
    assert sorted(p.name for p in (tmp_path / "run").iterdir() if p.is_file()) == ["notes.txt", "report.json", "run.sqlite"]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to a child")
def test_ctrl_c_leaves_a_report_of_what_there_is(tmp_path: Path, rules: Path) -> None:
    asked = threading.Event()
    links = "".join(f"<a href='/p{n}'>หน้า {n}</a>" for n in range(400))

    def answer(path: str) -> tuple[int, str]:
        if path.startswith("/p"):
            asked.set()
        return 200, f"<html><body>{links}</body></html>"

    args = ["--rules", str(rules), "--as-of", "2023-04-28", "--out", "run"]
    with site(answer, seconds=0.2) as url:
        done = interrupted(["check", url, *args], tmp_path, signal.SIGINT, asked.is_set)
    assert done.code in (10, 12), done.err
    assert clean(done)
    report = json.loads((tmp_path / "run/report.json").read_text("utf-8"))
    assert report["run"]["stopped_by"] == "interrupt"


def test_hostile_titles_are_harmless(tmp_path: Path, rules: Path) -> None:
    title = "\x1b]0;owned\x07\x1b[31m<script>alert(1)</script>{{7*7}} [bold]x[/bold]\u202e"
    link = f"<a href='/r'>รายงานผลการดำเนินงานประจำปี {title}</a>"
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{link}</body></html>"
    with site(lambda path: (200, page)) as url:
        done = check(tmp_path, rules, url, "--agency-name", "อบต. <img src=x onerror=alert(1)>")
    assert done.code in (10, 12)
    html = (tmp_path / "run/report.html").read_text("utf-8")
    assert "<script>alert(1)" not in html
    assert "<img src=x" not in html
    for text in (html, done.out, done.err):
        assert "\x1b" not in text
        assert "\x07" not in text
        assert "\u202e" not in text


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["chek"], "“check”"),
        (["frobnicate"], "check, check-file"),
        (["rules", "lis"], "“list”"),
        ([], "check-file"),
        (["rules"], "explain"),
        (["check-file", "O13", "."], "ไม่มีไฟล์"),
        (["check-file", "."], "รหัสข้อ"),
        (["check-file", "O13"], "O13 รายงาน.pdf"),
    ],
)
def test_an_unknown_command_and_none(tmp_path: Path, args: list[str], said: str) -> None:
    done = ita_rules(args, tmp_path)
    assert done.code == 2
    assert clean(done)
    assert said in done.err
    assert "No such" not in done.err
    assert done.out == ""


def test_a_console_without_thai_gets_marks_not_a_crash(tmp_path: Path, rules: Path) -> None:
    done = ita_rules(["rules", "explain", "O13", "--rules", str(rules)], tmp_path, PYTHONIOENCODING="ascii")
    assert done.code == 0
    assert "O13.problems" in done.out
    thai = ita_rules(["rules", "explain", "O13", "--rules", str(rules)], tmp_path, PYTHONIOENCODING="cp874")
    assert thai.code == 0


def test_an_item_or_run_that_is_not_there(tmp_path: Path, rules: Path) -> None:
    for args in (
        ["judge", "none"],
        ["rules", "explain", "O99", "--rules", str(rules)],
        ["check-file", "O99", "x.pdf", "--rules", str(rules)],
        ["check-file", "O13", "x.pdf", "--rules", str(rules)],
    ):
        done = ita_rules(args, tmp_path)
        assert done.code == 2, args
        assert clean(done), args
