"""What is handed to each scheduler, read as the scheduler reads it; foreign entries; refusals; undoing."""

from __future__ import annotations

import datetime as dt
import os
import shlex
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from ita_rules.errors import OutputError, UsageError
from ita_rules.timers import KINDS, Plan, choose, timer_of
from ita_rules.timers.cron import line, without
from tests.timers.machines import fake

HARD = '/srv/หน่วยงาน 100%/it\'s "$HOME" \\ &'
NIGHT = (dt.time(2, 0), dt.time(14, 5))


def plan(folder: str = HARD, *, times: tuple[dt.time, ...] = NIGHT, program: str = "/opt/py 3/bin/python") -> Plan:
    words = (program, "-m", "ita_rules", "audit", "--config", f"{folder}/config.yaml")
    return Plan("audit", words, Path(folder), times, "ตรวจ 100% <ทุกคืน>")


def test_a_word_with_a_line_break_is_refused() -> None:
    with pytest.raises(UsageError):
        plan("/srv/a\nb")
    with pytest.raises(UsageError):
        timer_of("at")
    assert [timer_of(kind).kind for kind in KINDS] == list(KINDS)


def test_crons_command_reaches_the_shell_whole(tmp_path: Path) -> None:
    """cron takes a bare % for the end of the command and makes \\% a %; then a shell reads the words."""
    folder = tmp_path / "100% ของ 'อบต.' \"$HOME\""
    folder.mkdir()
    words = ("/usr/bin/printf", "%s\n", f"{folder}/config.yaml", "$HOME", "it's")
    one = line(Plan("audit", (words[0], "%s|", *words[2:]), folder, NIGHT, ""), 2, 5)
    fields, command = one.split(" ", 5)[:5], one.split(" ", 5)[5]
    assert fields == ["5", "2", "*", "*", "*"]
    assert "%" not in command.replace("\\%", "")
    done = subprocess.run(["/bin/sh", "-c", command.replace("\\%", "%")], capture_output=True, check=True)
    assert done.stdout.decode() == f"{folder}/config.yaml|$HOME|it's|"


def test_the_crontab_of_others_is_left_to_the_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = fake(tmp_path / "bin", monkeypatch, "crontab")
    cron, table = timer_of("cron"), place / "table"
    foreign = b"MAILTO=a@example.go.th\n\n# \xe0\xb8\x81 \xff\n0 5 * * *\troot-backup 2>&1 \\% x"
    table.write_bytes(foreign)
    cron.install(plan())
    first = table.read_bytes()
    assert first.startswith(foreign + b"\n# >>> ita-rules-audit >>>\n0 2 * * * cd ")
    assert first.count(b"* * * cd") == 2
    cron.install(plan())
    assert table.read_bytes() == first
    assert (place / "writes").read_text() == "x"
    cron.install(plan(times=(dt.time(3, 30),)))
    assert table.read_bytes().count(b"* * * cd") == 1
    assert b"30 3 * * * cd" in table.read_bytes()
    table.write_bytes(table.read_bytes() + b"@reboot later\n")
    assert cron.remove("audit")
    assert table.read_bytes() == foreign + b"\n@reboot later\n"
    assert not cron.remove("audit")
    assert not cron.remove("probe")


def test_an_empty_crontab_is_begun_and_an_unread_one_never_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = fake(tmp_path / "bin", monkeypatch, "crontab")
    timer_of("cron").install(plan())
    assert (place / "table").read_bytes().startswith(b"# >>> ita-rules-audit >>>\n")
    (place / "refuses").touch()
    before = (place / "table").read_bytes()
    with pytest.raises(OutputError) as told:
        timer_of("cron").install(plan(times=(dt.time(4),)))
    assert "not allowed" in str(told.value.values["detail"])
    assert (place / "table").read_bytes() == before


def test_a_block_without_an_end_is_not_guessed_at() -> None:
    with pytest.raises(OutputError):
        without(b"# >>> ita-rules-audit >>>\n0 2 * * * x\n0 3 * * * foreign\n", "audit")
    twice = b"# >>> ita-rules-audit >>>\n# >>> ita-rules-audit >>>\nx\n# <<< ita-rules-audit <<<\n"
    with pytest.raises(OutputError):
        without(twice, "audit")


def test_units_are_written_by_name_started_and_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = fake(tmp_path / "bin", monkeypatch, "systemctl")
    units = place / "home/.config/systemd/user"
    systemd = timer_of("systemd")
    systemd.install(plan())
    systemd.install(plan())
    assert sorted(p.name for p in units.iterdir()) == ["ita-rules-audit.service", "ita-rules-audit.timer"]
    timer = (units / "ita-rules-audit.timer").read_text("utf-8")
    assert "OnCalendar=*-*-* 02:00:00\nOnCalendar=*-*-* 14:05:00\n" in timer
    service = (units / "ita-rules-audit.service").read_text("utf-8")
    assert 'WorkingDirectory=/srv/หน่วยงาน 100%%/it\'s "$HOME" \\ &\n' in service
    assert '"/srv/หน่วยงาน 100%%/it\'s \\"$$HOME\\" \\\\ &/config.yaml"' in service
    told = (place / "told").read_text().splitlines()
    assert told[:3] == [
        "--user daemon-reload",
        "--user enable ita-rules-audit.timer",
        "--user restart ita-rules-audit.timer",
    ]
    (units / "foreign.timer").touch()
    assert systemd.remove("audit")
    assert [p.name for p in units.iterdir()] == ["foreign.timer"]
    assert not systemd.remove("audit")


def test_units_are_as_before_where_systemd_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = fake(tmp_path / "bin", monkeypatch, "systemctl")
    units = place / "home/.config/systemd/user"
    (place / "refuses").write_text("enable")
    with pytest.raises(OutputError):
        timer_of("systemd").install(plan())
    assert list(units.iterdir()) == []
    (place / "refuses").unlink()
    timer_of("systemd").install(plan())
    before = (units / "ita-rules-audit.timer").read_text("utf-8")
    (place / "refuses").write_text("enable")
    with pytest.raises(OutputError):
        timer_of("systemd").install(plan(times=(dt.time(5),)))
    assert (units / "ita-rules-audit.timer").read_text("utf-8") == before


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")
@pytest.mark.parametrize("name", ["อบต. 100% ทดสอบ", '$HOME "x" it\'s'])
def test_systemd_itself_takes_the_units(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    analyze = shutil.which("systemd-analyze")
    folder = tmp_path / 'อบต. 100% $HOME "x"'
    program = folder / "โปรแกรม 5%"
    folder.mkdir()
    shutil.copy("/bin/true", program)
    fake(tmp_path / "bin", monkeypatch, "systemctl")
    systemd = timer_of("systemd")
    systemd.install(plan(str(folder), program=str(program)))
    units = [draft.place for draft in systemd.drafts(plan(str(folder), program=str(program)))]
    environment = {"PATH": os.environ["PATH"], "XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)}
    done = subprocess.run([str(analyze), "--user", "verify", *units], capture_output=True, check=False, env=environment)
    complaints = [row for row in done.stderr.decode().splitlines() if "ita-rules-audit" in row]
    assert complaints == []


def test_a_task_of_windows_says_folder_and_words_in_thai(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = fake(tmp_path / "bin", monkeypatch, "schtasks")
    windows = timer_of("windows")
    windows.install(plan())
    tree = ET.fromstring((place / "task.xml").read_bytes().decode("utf-16").partition("?>")[2])
    values = {element.tag.rpartition("}")[2]: element.text for element in tree.iter()}
    assert values["WorkingDirectory"] == HARD
    assert values["Command"] == "/opt/py 3/bin/python"
    assert values["Arguments"] == subprocess.list2cmdline(plan().words[1:])
    assert [e.text for e in tree.iter() if e.tag.endswith("StartBoundary")] == ["2020-01-01T02:00:00", "2020-01-01T14:05:00"]
    assert windows.remove("audit")
    assert not windows.remove("audit")


def test_the_machine_decides_which(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert choose("win32") == "windows"
    place = fake(tmp_path / "both", monkeypatch, "systemctl", "crontab")
    assert choose("linux") == "systemd"
    (place / "refuses").write_text("show-environment")
    assert choose("linux") == "cron"
    fake(tmp_path / "none", monkeypatch)
    with pytest.raises(UsageError):
        choose("linux")


def test_what_is_shown_is_what_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = fake(tmp_path / "bin", monkeypatch, "crontab", "systemctl")
    for kind in ("cron", "systemd"):
        timer = timer_of(kind)
        drafts = timer.drafts(plan())
        assert not (place / "table").exists() or kind == "systemd"
        timer.install(plan())
        for draft in drafts:
            path = place / "table" if draft.place == "crontab" else Path(draft.place)
            assert path.read_text("utf-8") == draft.text
    assert shlex.split(line(plan(), 2, 0).replace("\\%", "%").split(" && ")[1]) == list(plan().words)
