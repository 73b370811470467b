"""A disk that is full ends the night in words; with room again the audit goes on where it was, and nothing was half written.

The disk is one in memory (tmpfs), which takes the rights to mount. Another program fills it at a moment of the audit that is
told by what the audit has done.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from ita_rules.audit import space
from ita_rules.errors import OutputError
from tests.audit.night import answer, begin, children, configure, drafts, results, wait
from tests.audit.test_killed import NAMES, audited_once
from tests.cli.site import Answer, site
from tests.rulesets.folder import write_rules

SIZE = 100 * 1000**2
FILLER = "filler"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """The folder of runs on a disk of its own."""
    runs = tmp_path / "runs"
    runs.mkdir()
    mount = shutil.which("mount")
    done = None
    if sys.platform != "win32" and mount is not None:
        done = subprocess.run(
            [mount, "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(runs)], capture_output=True, timeout=30, check=False
        )
    if done is None or done.returncode:
        pytest.skip("a disk that can be filled takes the rights to mount one")
    try:
        yield runs
    finally:
        subprocess.run(["umount", "-l", str(runs)], timeout=30, check=True)


FILLED = threading.Event()


def held_back(path: str) -> Answer:
    """A site that answers once the disk is full, so that no audit is over before, however slow the test is."""
    FILLED.wait(60)
    return answer(path)


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Path]:
    """Four agencies that take a second or so each, the last two of them once the disk is full, and rules for them."""
    FILLED.clear()
    with ExitStack() as stack:
        answers = dict(zip(NAMES, (answer, answer, held_back, held_back), strict=True))
        urls = {name: stack.enter_context(site(each, 0.1)) for name, each in answers.items()}
        configure(tmp_path, urls, "audit: {jobs: 2}\n")
        yield write_rules(tmp_path / "rules")


def fill(runs: Path, left: int) -> None:
    """Take all room but `left` bytes, while others write: what was free may be taken by the time that it is asked for."""
    with (runs / FILLER).open("wb") as file:
        for _ in range(1000):
            try:
                os.posix_fallocate(file.fileno(), 0, max(1, shutil.disk_usage(runs).free - left))
                break
            except OSError:
                file.truncate(0)
    FILLED.set()


def told(err: bytes) -> str:
    """What was said, which is no traceback and no fault of ours."""
    text = err.decode()
    assert "Traceback" not in text
    assert "program failed" not in text
    assert "audit --resume" in text
    return text


@pytest.mark.slow
@pytest.mark.parametrize("left", [0, 30_000, 150_000, 400_000])
@pytest.mark.parametrize("done", [0, 1])
def test_a_disk_that_fills_up_ends_the_night_and_no_agency_is_lost(
    tmp_path: Path, disk: Path, night: Path, left: int, done: int
) -> None:
    audit = begin(tmp_path, night)
    assert wait(lambda: bool(children(audit.pid)) and len(results(tmp_path)) >= done)
    fill(disk, left)
    _, err = audit.communicate(timeout=120)
    assert audit.returncode == 1, err.decode()
    told(err)
    assert drafts(tmp_path) == list(disk.glob("blobs/.tmp/*")) == []
    finished = [name for name, ones in results(tmp_path).items() if ones[0]["outcome"] == "judged"]
    assert len(finished) < len(NAMES)
    (disk / FILLER).unlink()
    again = begin(tmp_path, night, "--resume")
    _, err = again.communicate(timeout=120)
    assert again.returncode in (10, 12), err.decode()
    assert f"{len(finished)} of 4" in err.decode()
    audited_once(tmp_path)


@pytest.mark.slow
def test_an_audit_does_not_begin_where_there_is_no_room(tmp_path: Path, disk: Path, night: Path) -> None:
    fill(disk, 0)
    audit = begin(tmp_path, night)
    _, err = audit.communicate(timeout=60)
    assert audit.returncode == 1
    assert "store prune" in err.decode()
    assert "Traceback" not in err.decode()
    assert [path.name for path in disk.iterdir()] == [FILLER]


def test_what_lacks_room_is_told_from_what_lacks_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    space.demand(tmp_path / "not" / "yet")
    monkeypatch.setattr(space, "LEAST", 1 << 62)
    with pytest.raises(OutputError) as refused:
        space.demand(tmp_path / "not" / "yet")
    assert refused.value.message_id == "error.audit.no_space"
    assert space.is_full(refused.value)
    full = OutputError("not_writable", path="x", reason="")
    full.__cause__ = OSError(28, "No space left on device")
    assert space.is_full(full)
    full.__cause__ = PermissionError(13, "Permission denied")
    assert not space.is_full(full)


def test_a_database_on_a_full_disk_is_told_as_such(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "x.sqlite")) as db:
        db.execute("PRAGMA max_page_count=2")
        db.execute("CREATE TABLE a (b)")
        with pytest.raises(sqlite3.OperationalError) as error:
            db.execute("INSERT INTO a VALUES (zeroblob(100000))")
    assert space.is_full(error.value)
