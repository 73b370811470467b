"""Schedulers' programs that are none: each keeps in a folder what it was told, as the real one would keep it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

_CRONTAB = """
import pathlib, sys
table = pathlib.Path(sys.argv[0]).with_name("table")
if (pathlib.Path(sys.argv[0]).with_name("refuses")).exists():
    sys.exit("crontab: you are not allowed to use this program")
if sys.argv[1:] == ["-l"]:
    if not table.exists():
        sys.exit("no crontab for somebody")
    sys.stdout.buffer.write(table.read_bytes())
elif sys.argv[1:] == ["-"]:
    table.write_bytes(sys.stdin.buffer.read())
    with table.with_name("writes").open("a") as file:
        file.write("x")
else:
    sys.exit("usage")
"""
_SYSTEMCTL = """
import pathlib, sys
told = pathlib.Path(sys.argv[0]).with_name("told")
with told.open("a") as file:
    file.write(" ".join(sys.argv[1:]) + "\\n")
if told.with_name("refuses").exists() and sys.argv[2] == told.with_name("refuses").read_text():
    sys.exit("Failed to connect to bus")
"""
_SCHTASKS = """
import pathlib, sys
place = pathlib.Path(sys.argv[0]).with_name("task.xml")
words = sys.argv[1:]
if words[0] == "/Create":
    place.write_bytes(pathlib.Path(words[words.index("/XML") + 1]).read_bytes())
elif words[0] == "/Query":
    sys.exit(0 if place.exists() else 1)
elif words[0] == "/Delete":
    place.unlink()
"""
_PROGRAMS = {"crontab": _CRONTAB, "systemctl": _SYSTEMCTL, "schtasks": _SCHTASKS}


def fake(folder: Path, monkeypatch: pytest.MonkeyPatch, *names: str) -> Path:
    """A folder of these programs, the only one on PATH. What they were told lies beside them."""
    folder.mkdir(parents=True)
    for name in names:
        program = folder / name
        program.write_text(f"#!{sys.executable}\n{_PROGRAMS[name]}", encoding="utf-8")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", os.fspath(folder))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("HOME", os.fspath(folder / "home"))
    return folder
