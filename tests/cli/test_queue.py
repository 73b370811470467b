"""From a check to decisions in the report: queue, the reviewer's work, import, judge again; units and formats on the way."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import openpyxl
import pytest

from ita_rules.cli.app import run
from tests.cli.site import site
from tests.cli.test_commands import answer
from tests.rulesets.folder import write_rules

CONFIG = """\
as_of: 2023-04-28
agencies:
- {{name: อบต.ก, type: local, url: '{url}', units: {{annual-report: กองแผน, "9.1": สำนักปลัด}}}}
- {{name: อบต.ข, type: local, url: '{url}', answers: none.csv}}
"""


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return write_rules(tmp_path / "rules")


@pytest.fixture
def checked(rules: Path) -> Path:
    """A run with every report, of an agency whose units the configuration names."""
    with site(answer) as url:
        Path("config.yaml").write_text(CONFIG.format(url=url), encoding="utf-8")
        formats = "json,html,xlsx,csv,junit,jsonl"
        code = run(["check", url, "--rules", str(rules), "--agency-name", "อบต.ก", "--out", "run", "--format", formats])
    assert code in (10, 12)
    return Path("run")


def decide(path: Path, **cells: str) -> str:
    """Fill in the first row; its item."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    heads = {cell.value: cell.column for cell in page[2]}
    for name, value in cells.items():
        page.cell(3, heads[{"decision": "ผลที่ตัดสิน", "comment": "เหตุผลหรือความเห็น", "who": "ผู้ตัดสิน"}[name]]).value = value
    book.save(path)
    return str(page.cell(3, heads["ข้อ"]).value)


def statuses(folder: Path) -> dict[str, str]:
    return {item["id"]: item["status"] for item in json.loads((folder / "report.json").read_text("utf-8"))["items"]}


def decisions(folder: Path) -> dict[str, str]:
    items = json.loads((folder / "report.json").read_text("utf-8"))["items"]
    return {item["id"]: item["decision"]["decision"] for item in items if item["decision"]}


def test_every_format_is_written_and_units_are_in_it(checked: Path) -> None:
    names = {path.name for path in checked.glob("report.*")}
    assert names == {"report.json", "report.html", "report.xlsx", "report.csv", "report.junit.xml", "report.jsonl"}
    units = {item["id"]: item["unit"] for item in json.loads((checked / "report.json").read_text("utf-8"))["items"]}
    assert units == {"O1": "กองแผน", "O13": "กองแผน"}
    rows = list(csv.DictReader((checked / "report.csv").read_text("utf-8-sig").splitlines()))
    assert {row["unit"] for row in rows} == {"กองแผน"}


def test_decisions_are_kept_and_shown_and_change_no_status(
    checked: Path, rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = statuses(checked)
    assert run(["queue", "run", "--out", "q.xlsx"]) == 0
    item = decide(Path("q.xlsx"), decision="ให้ผลเป็น ผ่าน", comment="เห็นแล้วที่หน้า 2", who="นาย ก")
    for _ in range(2):
        assert run(["decisions", "import", "q.xlsx", "--when", "2026-11-20"]) == 0
    kept = json.loads((checked / "decisions.json").read_text("utf-8"))["decisions"]
    assert [(one["item"], one["decision"], one["when"]) for one in kept] == [(item, "pass", "2026-11-20")]
    assert decisions(checked) == {item: "pass"}
    assert statuses(checked) == before
    for name in ("report.html", "report.csv", "report.jsonl"):
        assert "นาย ก" in (checked / name).read_text("utf-8")
    assert "เห็นแล้วที่หน้า 2" in (checked / "report.html").read_text("utf-8")
    # A judgement made anew shows them too, in the run's folder and elsewhere.
    html = (checked / "report.html").read_bytes()
    assert run(["judge", "run", "--rules", str(rules), "--out", "again"]) in (10, 12)
    assert (Path("again") / "report.html").read_bytes() == html
    # What is decided is not asked again; a changed mind is added to the history.
    assert run(["queue", "run", "--out", "next.xlsx"]) == 0
    page = openpyxl.load_workbook("next.xlsx").worksheets[0]
    assert item not in [cell.value for column in page.iter_cols(min_row=3) for cell in column]
    decide(Path("q.xlsx"), decision="ต้องดูเพิ่ม")
    assert run(["decisions", "import", "q.xlsx"]) == 0
    kept = json.loads((checked / "decisions.json").read_text("utf-8"))["decisions"]
    assert [one["decision"] for one in kept] == ["pass", "more"]


def test_rows_with_faults_are_refused_by_row(checked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["queue", "run", "--out", "q.xlsx"])
    decide(Path("q.xlsx"), decision="ให้ผลเป็น ผ่าน")
    capsys.readouterr()
    assert run(["decisions", "import", "q.xlsx", "--who", "ก"]) == 2
    told = capsys.readouterr()
    assert "q.xlsx แถวที่ 3:" in told.err
    assert "Traceback" not in told.err
    assert not (checked / "decisions.json").exists()


def test_a_sheet_that_holds_work_is_not_written_over(checked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        assert run(["queue", "run", "--out", "q.xlsx"]) == 0
    decide(Path("q.xlsx"), decision="ต้องดูเพิ่ม", who="ก")
    work = Path("q.xlsx").read_bytes()
    assert run(["queue", "run", "--out", "q.xlsx"]) == 2
    assert "q.xlsx" in capsys.readouterr().err
    assert Path("q.xlsx").read_bytes() == work
    assert run(["decisions", "import", "q.xlsx"]) == 0
    assert run(["queue", "run", "--out", "q.xlsx"]) == 0


def test_a_run_that_moved_is_named_and_another_is_not_written_to(checked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["queue", "run", "--out", "q.xlsx"])
    decide(Path("q.xlsx"), decision="ต้องดูเพิ่ม", who="ก")
    checked.rename("moved")
    assert run(["decisions", "import", "q.xlsx"]) == 2
    assert "run" in capsys.readouterr().err
    # The place noted in the sheet now holds another run: it gets none of it.
    checked.mkdir()
    other = json.loads(Path("moved/report.json").read_text("utf-8"))
    other["run"]["started"] = "2020-01-01T00:00:00+07:00"
    (checked / "report.json").write_text(json.dumps(other), encoding="utf-8")
    assert run(["decisions", "import", "q.xlsx"]) == 2
    assert not (checked / "decisions.json").exists()
    assert run(["decisions", "import", "q.xlsx", "moved"]) == 0
    assert Path("moved/decisions.json").is_file()


def test_a_verdict_that_changed_meanwhile_is_looked_at_again(checked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["queue", "run", "--out", "q.xlsx"])
    item = decide(Path("q.xlsx"), decision="ต้องดูเพิ่ม", who="ก")
    report = json.loads((checked / "report.json").read_text("utf-8"))
    next(one for one in report["items"] if one["id"] == item)["status"] = "pass"
    (checked / "report.json").write_text(json.dumps(report), encoding="utf-8")
    capsys.readouterr()
    assert run(["decisions", "import", "q.xlsx"]) == 2
    assert "ผ่าน" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["queue", "nowhere"], "nowhere"),
        (["queue", "run", "--out", "q.pdf"], "q.pdf"),
        (["queue", "run", "--most", "0"], "--most"),
        (["queue"], "RUN"),
        (["decisions", "import", "none.xlsx"], "none.xlsx"),
        (["decisions", "import", "config.yaml"], "config.yaml"),
        (["decisions", "import", "q.xlsx", "nowhere"], "nowhere"),
    ],
)
def test_wrong_words_are_a_sentence(checked: Path, args: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["queue", "run", "--out", "q.xlsx"])
    capsys.readouterr()
    assert run(args) == 2
    err = capsys.readouterr().err
    assert told in err
    assert "Traceback" not in err


def test_a_queue_of_all_runs_takes_the_newest_of_each_agency(checked: Path) -> None:
    for agency, time in (("ก", "20261120-010000"), ("ก", "20261121-010000"), ("ข", "20261119-010000")):
        folder = Path("runs") / agency / time
        folder.mkdir(parents=True)
        (folder / "report.json").write_bytes((checked / "report.json").read_bytes())
    assert run(["queue", "runs", "--out", "q.xlsx", "--lang", "en"]) == 0
    page = openpyxl.load_workbook("q.xlsx").worksheets[0]
    assert {page.cell(row, 2).value for row in range(3, page.max_row + 1)} == {"runs/ก/20261121-010000", "runs/ข/20261119-010000"}
    assert page.cell(2, 3).value == "Agency"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root and Windows write everywhere")
def test_no_permission_is_a_sentence(checked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shut = Path("shut")
    shut.mkdir(mode=0o500)
    assert run(["queue", "run", "--out", "shut/q.xlsx"]) == 2
    assert "shut" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made_is_a_sentence(checked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("file").write_text("x", encoding="utf-8")
    assert run(["queue", "run", "--out", "file/q.xlsx"]) == 2
    err = capsys.readouterr().err
    assert "file" in err
    assert "Traceback" not in err


def test_an_audit_puts_all_agencies_into_one_workbook(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with site(answer) as url:
        Path("config.yaml").write_text(CONFIG.format(url=url), encoding="utf-8")
        run(["audit", "--rules", str(rules), "--ruleset", "oit-2566", "--format", "xlsx,json"])
    assert "agencies.xlsx" in capsys.readouterr().out
    page = openpyxl.load_workbook("runs/agencies.xlsx").worksheets[0]
    heads = [cell.value for cell in page[2]]
    rows = {row[0]: dict(zip(heads, row, strict=True)) for row in page.iter_rows(min_row=3, values_only=True)}
    assert rows["อบต.ก"]["O13"] in ("✓", "✕", "?")
    assert rows["อบต.ข"]["ดูเว็บไซต์"] == "ตรวจไม่สำเร็จ"
    assert rows["อบต.ข"]["O13"] is None
    report = json.loads(next(Path("runs").glob("อบต.ก/*/report.json")).read_text("utf-8"))
    assert {item["unit"] for item in report["items"]} == {"กองแผน"}


def test_a_key_of_units_that_the_year_lacks_is_refused_before_anything_is_opened(
    rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened = []

    def noted(path: str) -> tuple[int, str]:
        opened.append(path)
        return answer(path)

    with site(noted) as url:
        Path("config.yaml").write_text(CONFIG.format(url=url).replace("annual-report", "anual-report"), encoding="utf-8")
        for args in (["audit"], ["check", url], ["check", "http://127.0.0.1:9/", "--agency-name", "อบต.ก"]):
            assert run([*args, "--rules", str(rules)]) == 2
            err = capsys.readouterr().err
            assert "config.yaml บรรทัด 3" in err
            assert "annual-report" in err
    assert opened == []
