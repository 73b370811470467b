"""``ita-rules digest``: shown first, sent on demand, to whom it concerns; and the letter."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from ita_rules.cli import digest
from ita_rules.cli.app import run
from ita_rules.model import Report
from ita_rules.uptime import Log
from tests.digests import item, report
from tests.hooks import Hook
from tests.reports.papers import made
from tests.uptime.looks import look

DAY = ["--as-of", "2026-04-10"]
CONFIG = """\
notify: {{channels: ["json://127.0.0.1:{port}/"], agencies: {agencies}}}
agent: {{contact: it@example.go.th}}
agencies:
- {{name: อบต. ก, type: local, url: 'http://127.0.0.1:9/', contact: 02 123, labels: [เหนือ]}}
- {{name: อบต. ข, type: local, url: 'http://127.0.0.1:9/', channels: ["json://127.0.0.1:{own}/"]}}
- {{name: อบต. ค, type: local, url: 'http://127.0.0.1:9/'}}
"""


def keep(name: str, time: str, found: Report) -> None:
    folder = Path("runs") / name / time
    folder.mkdir(parents=True)
    (folder / "report.json").write_text(found.model_dump_json(by_alias=True), encoding="utf-8")


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two agencies with reports, the first with two nights and a history of uptime; nothing of a third."""
    monkeypatch.chdir(tmp_path)
    Path("config.yaml").write_text(CONFIG.format(port=9, own=9, agencies="false"), encoding="utf-8")
    keep("อบต. ก", "20260408-020000", report(item("O1", "pass"), item("O2", "gap", 5)))
    keep("อบต. ก", "20260409-020000", report(item("O1", "gap", 2.5), item("O2", "pass", 5)))
    keep("อบต. ข", "20260409-020000", report(item("O24", "gap", 7.5, unit="กองคลัง")))
    (tmp_path / "runs/อบต. ข/20260410-020000").mkdir()
    (tmp_path / "runs/อบต. ข/20260410-020000/report.json").write_text("{", encoding="utf-8")
    soon = dt.datetime(2026, 4, 15, tzinfo=dt.UTC)
    Log(tmp_path / "runs/uptime/อบต. ก").add([look(7, "timeout"), look(8, "dns"), look(9, cert_until=soon)])
    return tmp_path


def test_it_is_shown_and_nothing_is_sent(runs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["digest", *DAY, "--html", "out/digest.html"]) == 0
    told = capsys.readouterr()
    lines = told.out.splitlines()
    assert lines[0] == "สรุป OIT 10 เมษายน 2569: ควรโทรหา 2 หน่วยงาน"
    assert next(line for line in lines if line.startswith("1.")).startswith(
        "1. อบต. ข: O24 (กองคลัง) รวม 7.5 คะแนน OIT เหลือ 20 วัน"
    )
    assert "2. อบต. ก (ติดต่อ 02 123): O1 (ใหม่) รวม 2.5" in told.out
    assert "อบต. ก: แก้แล้ว O2" in told.out
    assert "ไม่ได้ทั้งวันถึง 2 วัน" in told.out
    assert "a.go.th เหลือ 5 วัน" in told.out
    assert "อบต. ค" in told.out
    assert "ค่าของประวัติการเปิดได้ 9 เมษายน 2569: " in told.out
    assert "--send" in told.err
    assert "อบต. ก" in Path("out/digest.html").read_text("utf-8")
    assert not Path("runs/notify").exists()
    assert run(["digest", *DAY, "--label", "เหนือ", "--lang", "en"]) == 0
    assert "อบต. ข" not in capsys.readouterr().out


def test_it_is_sent_once_and_to_agencies_only_when_asked(runs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("apprise")
    with Hook() as ours, Hook() as theirs:
        Path("config.yaml").write_text(CONFIG.format(port=ours.port, own=theirs.port, agencies="false"), encoding="utf-8")
        assert run(["digest", *DAY, "--send"]) == 0
        assert (len(ours.got), len(theirs.got)) == (1, 0)
        assert "อบต. ก" in ours.got[0]["message"]
        Path("config.yaml").write_text(CONFIG.format(port=ours.port, own=theirs.port, agencies="true"), encoding="utf-8")
        assert run(["digest", *DAY, "--send"]) == 0
        assert (len(ours.got), len(theirs.got)) == (1, 1)
    assert "อบต. ข" in theirs.got[0]["message"]
    assert "อบต. ก" not in theirs.got[0]["message"]
    assert "ไม่ส่งซ้ำ" in capsys.readouterr().err


def test_a_dead_channel_stops_no_other(runs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("apprise")
    with Hook() as hook:
        config = CONFIG.format(port=9, own=9, agencies="false")
        channels = f'["nosuch://x", "json://127.0.0.1:9/", "json://${{NOT_SET}}@x/", "{hook.address}"]'
        Path("config.yaml").write_text(config.replace('["json://127.0.0.1:9/"]', channels, 1), encoding="utf-8")
        assert run(["digest", *DAY, "--send", "--lang", "en"]) == 1
        assert len(hook.got) == 1
    told = capsys.readouterr().err
    assert "channel 1 (nosuch): apprise does not know" in told
    assert "channel 2 (json): could not be sent" in told
    assert "NOT_SET" in told
    assert "channel 4 (json): sent" in told


def test_what_is_missing_is_said(runs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "apprise", None)
        assert run(["digest", *DAY, "--send"]) == 2
        assert "pip install 'ita-rules[notify]'" in capsys.readouterr().err
    monkeypatch.setattr(digest, "available", lambda: True)
    Path("config.yaml").write_text("agencies:\n- {name: ก, type: local, url: 'http://127.0.0.1:9/'}\n", encoding="utf-8")
    assert run(["digest", *DAY, "--send"]) == 2
    assert "README" in capsys.readouterr().err


def test_the_letter_says_how_to_opt_out(runs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["digest", "--letter", "letter.docx"]) == 0
    said = made.text_of(Path("letter.docx"))
    for words in ("User-agent: ita-rules", "Disallow: /", "it@example.go.th", "robots.txt", "ไม่ใช่ผลการประเมิน"):
        assert words in said
    assert run(["digest", "--letter", "letter.docx", "--lang", "en"]) == 0
    assert "If you do not want this" in made.text_of(Path("letter.docx"))
    capsys.readouterr()
    assert run(["digest", "--letter", "letter.pdf"]) == 2
    assert ".docx" in capsys.readouterr().err
