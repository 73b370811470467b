"""A hostile site, checked for real: nothing that it says runs in a spreadsheet or in a terminal."""

from __future__ import annotations

import csv
import html
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from ita_rules.cli.app import run
from tests.cli.site import site
from tests.reports.test_cells import FORMULA
from tests.rulesets.folder import write_rules

TITLES = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3",
    "\x1b]0;owned\x07\x1b[31m=1",
    "\u202e\u200f=fdp.exe",
)
NAME = ("อบต. \"ก\" 'ข' <b>&amp; ค/ง \\ : * ? | =1+1 \u202e\u200f" * 6)[:300]
UNSAFE = set("\x1b\x07\x00\x9b\u202e\u200f\u2066")


def answer(path: str) -> tuple[int, str]:
    if path == "/":
        links = "".join(f"<li><a href='/{n}'>{html.escape(t)} รายงานผลการดำเนินงานประจำปี</a>" for n, t in enumerate(TITLES))
        return 200, f"<html><head><title>{html.escape(TITLES[0])}</title></head><body><ul>{links}</ul></body></html>"
    title = html.escape(TITLES[int(path[1:])]) if path[1:].isdigit() and int(path[1:]) < len(TITLES) else "x"
    words = "=HYPERLINK(1) " * 800
    body = f"<h1>{title}</h1><h2>ปัญหา อุปสรรค</h2><p>{title} {words}</p><h2>ข้อเสนอแนะ</h2><p>@{title}</p>"
    return 200, f"<html><head><title>{title} รายงานผลการดำเนินงานประจำปี พ.ศ. 2565</title></head><body>{body}</body></html>"


@pytest.mark.parametrize("lang", ["th", "en"])
def test_nothing_runs(lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    rules = str(write_rules(tmp_path / "rules"))
    with site(answer) as url:
        rows = "".join(f'O{item},"{url}{n}","{title}"\n' for n, title in enumerate(TITLES[:4]) for item in (1, 13))
        Path("answers.csv").write_text(f"item,url,note\n{rows}", encoding="utf-8")
        args = ["--agency-name", NAME, "--answers", "answers.csv", "--format", "json,xlsx,csv,junit,jsonl", "--lang", lang]
        code = run(["check", url, "--rules", rules, "--as-of", "2023-04-28", *args])
    assert code in (0, 10, 12)
    folder = next(Path("runs").glob("*/*/report.json")).parent
    assert run(["queue", str(folder), "--out", "queue.xlsx"]) == 0
    told = capsys.readouterr()
    assert not UNSAFE & set(told.out + told.err)
    for path in (folder / "report.xlsx", Path("queue.xlsx")):
        for sheet in openpyxl.load_workbook(path):
            for row in sheet.iter_rows():
                for cell in row:
                    text = str(cell.value or "")
                    assert cell.data_type in ("s", "n")
                    assert not FORMULA.match(text)
                    assert not UNSAFE & set(text)
                    assert cell.hyperlink is None or cell.hyperlink.target.startswith(url)
    fields = [field for row in csv.reader((folder / "report.csv").read_text("utf-8-sig").splitlines()) for field in row]
    assert any("cmd" in field for field in fields)
    assert not any(FORMULA.match(field) or UNSAFE & set(field) for field in fields)
    etree.fromstring((folder / "report.junit.xml").read_bytes())
    for name in ("report.jsonl", "report.junit.xml"):
        assert not UNSAFE & set((folder / name).read_text("utf-8"))
