"""The index holds what the folders say, each run whole or not at all, however it is interrupted."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from ita_rules.errors import OutputError, RunError
from ita_rules.history import Index, ItemState, enter, entry_of, rebuild, refresh
from ita_rules.history.index import FILE_NAME, read
from ita_rules.history.runs import relative, store_of
from ita_rules.model import Status
from tests.cli.site import ROOT
from tests.history.build import AGENCY, HOME, NIGHT, check, item, nights, report, save, simple, source


def _rows(base: Path) -> list[object]:
    with Index(base) as index:
        return list(index.entries())


def test_what_is_remembered_of_a_run_comes_back_whole(tmp_path: Path) -> None:
    told = report(
        item(
            "O1",
            [check("O1.people", "gap"), check("O1.hint", "undecided", severity="advice", cause="no_ocr")],
            source("o1.pdf"),
            source("down", None, "timeout"),
        ),
        item("O2", [check("O2.period", "pass")]),
        stopped_by="budget",
        complete=False,
    )
    entry = entry_of(told, f"{AGENCY}/20260105-020000", code="123", depth="full")
    with Index(tmp_path) as index:
        index.enter(entry)
    with Index(tmp_path) as index:
        assert index.entry(entry.folder) == entry
        assert list(index.entries(AGENCY)) == [entry]
        assert list(index.entries("another")) == []
    assert entry.day == dt.date(2026, 1, 5)
    assert [looked.cause for looked in entry.items[0].sources] == [None, "timeout"]


def test_a_run_entered_twice_stands_there_once_as_it_is_now(tmp_path: Path) -> None:
    folder = save(tmp_path, simple("gap"))
    assert enter(tmp_path, folder)
    assert enter(tmp_path, folder)
    save(tmp_path, simple("pass"))
    assert enter(tmp_path, folder)
    with Index(tmp_path) as index:
        assert [e.items[0].status.value for e in index.entries()] == ["pass"]


def test_only_runs_below_the_store_are_entered(tmp_path: Path) -> None:
    elsewhere = save(tmp_path / "elsewhere", simple("gap"))
    assert not enter(tmp_path / "runs", elsewhere)
    assert relative(tmp_path, elsewhere) is None
    assert relative(tmp_path / "elsewhere", elsewhere) == f"{AGENCY}/20260105-020000"


def test_a_run_of_files_is_no_night_of_an_agency(tmp_path: Path) -> None:
    assert not enter(tmp_path, save(tmp_path, simple("gap", url="")))
    assert _rows(tmp_path) == []


def test_the_index_made_anew_says_the_same(tmp_path: Path) -> None:
    for told in nights("gap", "pass", "gap"):
        enter(tmp_path, save(tmp_path, told))
    before = _rows(tmp_path)
    (tmp_path / FILE_NAME).unlink()
    found = rebuild(tmp_path)
    assert (found.entered, found.left_out) == (3, ())
    assert _rows(tmp_path) == before
    assert len(before) == 3


def test_a_rebuild_keeps_what_only_the_audit_knew(tmp_path: Path) -> None:
    enter(tmp_path, save(tmp_path, simple("gap")), code="77", depth="light")
    rebuild(tmp_path)
    assert [(e.code, e.depth) for e in _rows(tmp_path)] == [("77", "light")]


@pytest.mark.parametrize("content", [b"not a database, but words" * 90, b""])
def test_a_file_that_is_no_index_is_put_aside_and_made_anew(tmp_path: Path, content: bytes) -> None:
    save(tmp_path, simple("gap"))
    (tmp_path / FILE_NAME).write_bytes(content)
    assert rebuild(tmp_path).entered == 1
    assert len(_rows(tmp_path)) == 1
    assert [path.read_bytes() for path in tmp_path.glob("*.broken")] == ([content] if content else [])


def test_an_index_broken_further_in_is_told_and_made_anew(tmp_path: Path) -> None:
    for told in nights("gap", "pass", "gap"):
        enter(tmp_path, save(tmp_path, told))
    with sqlite3.connect(tmp_path / FILE_NAME) as db:
        db.execute("UPDATE state SET data = x'00'")
    db.close()
    with Index(tmp_path) as index, pytest.raises(RunError, match="history_broken"):
        list(index.entries())
    assert rebuild(tmp_path).entered == 3
    assert len(_rows(tmp_path)) == 3


def test_another_programs_database_and_a_later_version_are_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE_NAME) as db:
        db.execute("CREATE TABLE mine (x)")
    db.close()
    with pytest.raises(RunError, match="history_broken"):
        Index(tmp_path)
    (tmp_path / FILE_NAME).unlink()
    Index(tmp_path).close()
    with sqlite3.connect(tmp_path / FILE_NAME) as db:
        db.execute("PRAGMA user_version=99")
    db.close()
    with pytest.raises(RunError, match="history_newer"):
        Index(tmp_path)
    assert read(tmp_path) is None


def test_a_store_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="not_writable"):
        Index(tmp_path / "file")


def test_a_refresh_brings_in_what_is_new_and_forgets_what_is_gone(tmp_path: Path) -> None:
    first, second = (save(tmp_path, told) for told in nights("gap", "pass"))
    begun = save(tmp_path, simple("gap", NIGHT + dt.timedelta(days=3)), finished=False)
    with Index(tmp_path) as index:
        found = refresh(tmp_path, index)
        assert (found.entered, found.known, found.dropped, found.left_out) == (2, 0, 0, ())
        assert refresh(tmp_path, index).known == 2
        (first / "report.json").write_text("{}")
        (second / "report.json").unlink()
        (second / "run.sqlite").unlink()
        found = refresh(tmp_path, index)
        assert (found.entered, found.dropped) == (0, 1)
        assert found.left_out == (relative(tmp_path, first),)
        assert list(index.entries()) == []
    assert begun.is_dir()


def test_nights_without_a_change_share_their_states(tmp_path: Path) -> None:
    for told in nights(*["gap"] * 10, "pass"):
        enter(tmp_path, save(tmp_path, told))
    with sqlite3.connect(tmp_path / FILE_NAME) as db:
        assert db.execute("SELECT count(*) FROM state").fetchone()[0] == 2
    db.close()
    with Index(tmp_path) as index:
        index.drop(f"{AGENCY}/{NIGHT + dt.timedelta(days=10):%Y%m%d-%H%M%S}")
        index.tidy()
        assert len(list(index.entries())) == 10
    with sqlite3.connect(tmp_path / FILE_NAME) as db:
        assert db.execute("SELECT count(*) FROM state").fetchone()[0] == 1
    db.close()


@pytest.mark.parametrize("data", [b"", b"x", ItemState("O1", Status.GAP, 0).packed()[:-3]])
def test_a_state_that_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the words are the library's
        ItemState.unpacked(data)


def test_many_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    folders = [save(tmp_path, told, agency=f"a{n}") for n, told in enumerate(nights(*["gap"] * 12))]
    threads = [threading.Thread(target=enter, args=(tmp_path, folder)) for folder in folders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(_rows(tmp_path)) == 12


@pytest.mark.parametrize("after", [0.0, 0.03, 0.08, 0.15, 0.3])
def test_a_kill_leaves_whole_runs_only(tmp_path: Path, after: float) -> None:
    """The child enters runs again and again; whatever moment the kill hits, every run that stands there is whole."""
    for told in nights(*["gap", "pass"] * 4):
        save(tmp_path, told)
    script = (
        "import sys; from pathlib import Path; from ita_rules.history import rebuild\n"
        "print('ready', flush=True)\n"
        "while True: rebuild(Path(sys.argv[1]))"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    try:
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(after)
        child.send_signal(signal.SIGKILL)
    finally:
        child.kill()
        child.communicate()
    with Index(tmp_path) as index:
        assert all(len(entry.items) == 1 and entry.url == HOME for entry in index.entries())
        refresh(tmp_path, index)
        assert [e.items[0].status.value for e in index.entries()] == ["gap", "pass"] * 4


def test_the_store_of_a_run_is_the_one_with_an_index(tmp_path: Path) -> None:
    folder = save(tmp_path, simple("gap"))
    assert store_of(folder) is None
    enter(tmp_path, folder)
    assert store_of(folder) == tmp_path.resolve()
