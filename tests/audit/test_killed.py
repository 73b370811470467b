"""Audits that are killed, hang, are started twice or interrupted: every agency ends audited exactly once."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.audit.night import answer, begin, children, configure, drafts, kill, results, servers_of, wait
from tests.cli.site import site
from tests.rulesets.folder import write_rules

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are looked up in /proc")
NAMES = ("ก", "ข", "ค", "ง")


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return write_rules(tmp_path / "rules")


@pytest.fixture
def slow_night(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Four agencies that take a few seconds each, so that an audit is still at work when the next one begins."""
    with ExitStack() as stack:
        urls = {name: stack.enter_context(site(answer, 0.4)) for name in NAMES}
        configure(tmp_path, urls, "audit: {jobs: 2}\n")
        yield urls


def reached(folder: Path, pid: int, seed: int) -> bool:
    """Wait for a seeded moment of an audit, told by how many agencies are done: the clock runs otherwise on every machine. Two
    agencies are worked on at once, so with two done the others have only begun."""
    chance = random.Random(seed)
    done = chance.randint(0, 2)
    came = wait(lambda: bool(children(pid)) and len(results(folder)) >= done)
    time.sleep(chance.uniform(0, 0.4))
    return came


def audited_once(folder: Path) -> None:
    found = results(folder)
    assert {name: [one["outcome"] for one in ones] for name, ones in found.items()} == {name: ["judged"] for name in NAMES}
    for (one,) in found.values():
        run = folder / "runs" / str(one["folder"])
        report = json.loads((run / "report.json").read_text("utf-8"))
        assert report["run"]["stopped_by"] is None
        with closing(sqlite3.connect(run / "run.sqlite")) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert drafts(folder) == []
    # No agency was gathered twice: each has one run that came to its end.
    assert sorted(path.parent.parent.name for path in folder.glob("runs/*/*/report.json")) == sorted(NAMES)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_a_parent_that_is_killed_loses_and_repeats_no_agency(
    tmp_path: Path, rules: Path, slow_night: dict[str, str], seed: int
) -> None:
    first = begin(tmp_path, rules)
    assert reached(tmp_path, first.pid, seed)
    left = children(first.pid)
    kill(first.pid)
    first.communicate(timeout=30)
    # A child without its parent ends at once, long before its agency is done.
    assert wait(lambda: not any(Path(f"/proc/{pid}").exists() for pid in left), 10)
    done = [name for name, ones in results(tmp_path).items() if ones]
    assert len(done) < len(NAMES)
    again = begin(tmp_path, rules, "--resume")
    _, err = again.communicate(timeout=120)
    assert again.returncode in (10, 12), err.decode()
    assert f"{len(done)} of 4".encode() in err
    audited_once(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_a_child_that_is_killed_costs_nothing(tmp_path: Path, rules: Path, slow_night: dict[str, str], seed: int) -> None:
    whole = begin(tmp_path, rules)
    assert reached(tmp_path, whole.pid, seed + 100)
    assert wait(lambda: bool(children(whole.pid)))
    kill(children(whole.pid)[0])
    _, err = whole.communicate(timeout=120)
    assert whole.returncode in (10, 12), err.decode()
    audited_once(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_what_forks_the_children_may_be_killed_too(tmp_path: Path, rules: Path, slow_night: dict[str, str], seed: int) -> None:
    whole = begin(tmp_path, rules)
    assert reached(tmp_path, whole.pid, seed + 200)
    (server,) = servers_of(whole.pid)
    left = children(whole.pid)
    kill(server)
    # Its children, of whose end nobody would be told any more, are ended; another one forks theirs anew.
    assert wait(lambda: not any(Path(f"/proc/{pid}").exists() for pid in left), 10)
    _, err = whole.communicate(timeout=120)
    assert whole.returncode in (10, 12), err.decode()
    audited_once(tmp_path)
    assert not Path(f"/proc/{server}").exists()


@pytest.mark.slow
def test_a_killed_parent_leaves_nothing_that_forks(tmp_path: Path, rules: Path, slow_night: dict[str, str]) -> None:
    whole = begin(tmp_path, rules)
    assert wait(lambda: bool(children(whole.pid)))
    (server,) = servers_of(whole.pid)
    kill(whole.pid)
    whole.communicate(timeout=30)
    assert wait(lambda: not Path(f"/proc/{server}").exists(), 10)


@pytest.mark.slow
def test_a_second_audit_is_refused_with_the_first_ones_process(tmp_path: Path, rules: Path, slow_night: dict[str, str]) -> None:
    first = begin(tmp_path, rules)
    assert wait(lambda: bool(children(first.pid)))
    second = begin(tmp_path, rules)
    _, err = second.communicate(timeout=60)
    assert second.returncode == 2
    assert str(first.pid).encode() in err
    assert b"Traceback" not in err
    first.communicate(timeout=120)
    audited_once(tmp_path)
    # The lock of one that was killed is no lock.
    third = begin(tmp_path, rules)
    assert wait(lambda: bool(children(third.pid)))
    kill(third.pid)
    third.communicate(timeout=30)
    fourth = begin(tmp_path, rules, "--resume")
    assert fourth.communicate(timeout=120)
    assert fourth.returncode in (10, 12)


@pytest.mark.slow
def test_an_agency_that_hangs_ends_within_its_budget(tmp_path: Path, rules: Path) -> None:
    with ExitStack() as stack:
        urls = {name: stack.enter_context(site(answer)) for name in "กขคงจฉชซฌ"}
        urls["ญ"] = stack.enter_context(site(answer, 1000))
        configure(tmp_path, urls, "audit: {jobs: 2, minutes_per_agency: 0.2}\n")
        start = time.monotonic()
        audit = begin(tmp_path, rules)
        _, err = audit.communicate(timeout=180)
        took = time.monotonic() - start
    found = results(tmp_path)
    assert len(found) == 10
    assert {one["outcome"] for name in "กขคงจฉชซฌ" for one in found[name]} == {"judged"}
    (hanging,) = found["ญ"]
    assert float(str(hanging["seconds"])) < 12 + 60
    assert took < 120
    assert audit.returncode in (1, 10, 12), err.decode()


@pytest.mark.slow
def test_an_interrupted_audit_tells_what_there_is_and_goes_on(tmp_path: Path, rules: Path, slow_night: dict[str, str]) -> None:
    audit = begin(tmp_path, rules)
    # Two of four are done at most when the first is, so something is left in any case.
    assert wait(lambda: any(tmp_path.glob("runs/audits/*/results/*.json")))
    audit.send_signal(signal.SIGINT)
    out, err = audit.communicate(timeout=60)
    assert audit.returncode in (10, 12), err.decode()
    assert b"audit --resume" in err
    assert b"index.html" in out
    again = begin(tmp_path, rules, "--resume")
    again.communicate(timeout=120)
    assert again.returncode in (10, 12)
    found = results(tmp_path)
    assert {name: [one["outcome"] for one in ones] for name, ones in found.items()} == {name: ["judged"] for name in NAMES}
