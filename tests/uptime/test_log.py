"""The log holds: what is changed is found, what a kill leaves is mended, processes do not disturb each other."""

from __future__ import annotations

import base64
import datetime as dt
import json
import multiprocessing
import os
import random
import signal
import time
from pathlib import Path

import pytest

from ita_rules.errors import OutputError
from ita_rules.linefile import held
from ita_rules.uptime import Log, day_root, of_all, read, verify
from ita_rules.uptime.entry import Entry, digest
from tests.uptime.looks import look

APRIL = "2026-04.jsonl"


@pytest.fixture
def log(tmp_path: Path) -> Log:
    """Three days of two months."""
    log = Log(tmp_path / "อบต. ก")
    log.add([look(28, url=f"https://a.go.th/{n}") for n in range(3)])
    log.add([look(30, "timeout"), look(1, month=5), look(2, month=5, items=("O1",), main=True)])
    return log


def test_what_was_seen_is_read_again_over_months(log: Log) -> None:
    seen = list(read(log.folder))
    assert [(one.at.month, one.at.day, one.cause) for one in seen[2:]] == [
        (4, 28, None),
        (4, 30, "timeout"),
        (5, 1, None),
        (5, 2, None),
    ]
    assert seen[-1] == look(2, month=5, items=("O1",), main=True)
    assert [one.at.day for one in read(log.folder, dt.date(2026, 5, 2))] == [2]
    assert verify(log.folder) == ()
    assert list(read(log.folder / "none")) == []
    assert verify(log.folder / "none") == ()
    log.add([])
    assert not (log.folder / "none").exists()


@pytest.mark.parametrize("line", range(4))
@pytest.mark.parametrize("way", ["change", "drop", "swap", "insert", "garbage", "long"])
def test_whatever_is_done_to_a_line_is_found(log: Log, way: str, line: int) -> None:
    path = log.folder / APRIL
    rows = path.read_bytes().splitlines(keepends=True)
    if way == "change":
        rows[line] = rows[line].replace(b'"up":true', b'"up":false').replace(b'"up":false,"url', b'"up":true,"url', line == 3)
    elif way == "drop":
        del rows[line]
    elif way == "swap":
        rows[line - 1], rows[line] = rows[line], rows[line - 1]
    elif way == "insert":
        rows.insert(line, rows[line])
    else:
        rows[line] = b"\xff{}\n" if way == "garbage" else b"x" * 100_000 + b"\n"
    path.write_bytes(b"".join(rows))
    assert verify(log.folder) != ()


def test_the_fault_names_file_and_line(log: Log) -> None:
    path = log.folder / APRIL
    rows = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(rows[:1] + rows[2:]))
    faults = verify(log.folder)
    assert [(f.message_id, Path(f.file).name, f.line) for f in faults] == [("error.uptime.broken", APRIL, 2)]
    path.unlink()
    assert [(f.message_id, f.line) for f in verify(log.folder)] == [("error.uptime.begins_late", 1)]


def test_a_root_fixes_the_day(log: Log) -> None:
    day = dt.date(2026, 4, 28)
    root = day_root(log.folder, day)
    rows = (log.folder / APRIL).read_bytes().splitlines()
    assert root == digest(rows[2])
    assert day_root(log.folder, dt.date(2026, 4, 29)) is None
    log.add([look(3, month=5)])
    assert day_root(log.folder, day) == root
    (log.folder / APRIL).write_bytes(b"\n".join(rows[:2]) + b"\n")
    assert day_root(log.folder, day) != root
    both = of_all({"ก": root or "", "ข": "0" * 64})
    assert both == of_all({"ข": "0" * 64, "ก": root or ""})
    assert both != of_all({"ก": root or ""})
    assert of_all({}) is None


def test_half_a_line_is_taken_out_and_kept(log: Log) -> None:
    path = log.folder / "2026-05.jsonl"
    whole = path.read_bytes()
    half = b'{"kind":"look","look":{"at":"2026-'
    path.write_bytes(whole + half)
    assert verify(log.folder) == ()
    log.add([look(4, month=5)])
    rows = path.read_bytes().splitlines()
    assert path.read_bytes().startswith(whole)
    note = Entry.model_validate_json(rows[2])
    assert (note.kind, base64.b64decode(note.torn)) == ("torn", half)
    assert verify(log.folder) == ()
    assert [one.at.day for one in read(log.folder, dt.date(2026, 5, 1))] == [1, 2, 4]


def test_a_line_that_lacks_only_its_break_is_whole(log: Log) -> None:
    path = log.folder / "2026-05.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    log.add([look(4, month=5)])
    assert path.read_bytes().startswith(whole)
    assert len(path.read_bytes().splitlines()) == 3
    assert verify(log.folder) == ()


@pytest.mark.parametrize("length", [1, 40, 150])
def test_the_first_line_of_all_may_be_torn(tmp_path: Path, length: int) -> None:
    log = Log(tmp_path)
    log.add([look()])
    path = tmp_path / APRIL
    os.truncate(path, length)
    log.add([look(2)])
    assert verify(tmp_path) == ()
    assert [one.at.day for one in read(tmp_path)] == [2]


def test_a_clock_set_back_breaks_nothing(log: Log) -> None:
    log.add([look(29)])
    assert verify(log.folder) == ()
    assert json.loads((log.folder / "2026-05.jsonl").read_bytes().splitlines()[-1])["look"]["at"].startswith("2026-04-29")


def test_a_log_that_somebody_holds_is_told(log: Log) -> None:
    with held(log.folder), pytest.raises(OutputError) as told, held(log.folder, 0.05):
        pass
    assert told.value.message_id == "error.linefile.held"
    log.add([look(5, month=5)])


def test_a_full_disk_leaves_the_log_as_it_was(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (log.folder / "2026-05.jsonl").read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError):
        log.add([look(6, month=5)])
    monkeypatch.undo()
    assert (log.folder / "2026-05.jsonl").read_bytes() == before


def _add(folder: Path, who: int, times: int) -> None:
    for number in range(times):
        Log(folder).add([look(1 + number % 28, url=f"https://a.go.th/{who}/{number}/{part}") for part in range(3)])


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_several_processes_and_a_kill(tmp_path: Path) -> None:
    """Whatever is killed when, the chain holds, and every line written whole is still there."""
    context = multiprocessing.get_context("spawn")
    dice = random.Random(7)
    children = [context.Process(target=_add, args=(tmp_path, who, 25 if who < 2 else 100_000)) for who in range(3)]
    for child in children:
        child.start()
    end = time.monotonic() + 30
    while not any("go.th/2/" in one.url for one in read(tmp_path)) and time.monotonic() < end:
        time.sleep(0.02)
    time.sleep(dice.random() / 5)
    children[2].kill()
    for child in children:
        child.join(60)
    assert [child.exitcode for child in children] == [0, 0, -signal.SIGKILL]
    Log(tmp_path).add([look(28, url="https://a.go.th/last")])
    assert verify(tmp_path) == ()
    urls = [one.url for one in read(tmp_path)]
    assert len(urls) == len(set(urls))
    for who in (0, 1):
        assert sum(f"go.th/{who}/" in url for url in urls) == 75
    assert urls[-1].endswith("/last")
