"""``ita-rules schedule`` as it is meant to be used, with programs on PATH that only keep what they are told."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from ita_rules.cli.app import run
from tests.timers.machines import fake

CONFIG = "agencies:\n- {name: ก, type: local, url: 'http://127.0.0.1:9/'}\n"


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("config.yaml").write_text(CONFIG, encoding="utf-8")
    return fake(tmp_path / "bin", monkeypatch, "crontab")


def test_show_writes_nothing_install_asks_and_remove_undoes(machine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schedule", "show", "--at", "03:15"]) == 0
    shown = capsys.readouterr().out
    assert "15 3 * * * cd " in shown
    assert not (machine / "table").exists()
    assert run(["schedule", "install", "--at", "03:15"]) == 2
    assert "--yes" in capsys.readouterr().err
    assert not (machine / "table").exists()
    assert run(["schedule", "install", "--at", "03:15", "--yes"]) == 0
    assert run(["schedule", "install", "--task", "probe", "--at", "6:00,18:00", "--yes", "--lang", "en"]) == 0
    table = (machine / "table").read_text("utf-8")
    assert table.count(" audit --config ") == 1
    assert table.count(" probe --config ") == 2
    assert str(Path.cwd() / "config.yaml") in table
    assert run(["schedule", "remove", "--yes"]) == 0
    left = (machine / "table").read_text("utf-8")
    assert " audit " not in left
    assert " probe " in left
    capsys.readouterr()
    assert run(["schedule", "remove", "--yes"]) == 0
    assert "ไม่มีการตั้งเวลา" in capsys.readouterr().out


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


def test_a_person_is_asked_and_may_say_no(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert run(["schedule", "install"]) == 1
    assert not (machine / "table").exists()
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    assert run(["schedule", "install"]) == 0
    assert "audit" in (machine / "table").read_text("utf-8")
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert run(["schedule", "remove"]) == 1
    assert "audit" in (machine / "table").read_text("utf-8")


@pytest.mark.parametrize(
    "words",
    [
        ["--at", "25:00"],
        ["--at", "soon"],
        ["--at", ""],
        ["--task", "adit"],
        ["--kind", "launchd"],
        ["--config", "none.yaml"],
    ],
)
def test_what_cannot_be_scheduled_is_said(machine: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schedule", "install", "--yes", *words]) == 2
    assert "Traceback" not in capsys.readouterr().err
    assert not (machine / "table").exists()


def test_a_scheduler_that_refuses_is_told(machine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (machine / "refuses").touch()
    assert run(["schedule", "install", "--yes", "--lang", "en"]) == 2
    assert "not allowed to use this program" in capsys.readouterr().err
