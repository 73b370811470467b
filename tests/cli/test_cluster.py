"""``cluster local|status|fetch`` and ``audit --cluster`` as a person meets them."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.audit.machines import PATIENCE
from tests.audit.night import answer, begin, configure, results, wait
from tests.cli.site import ROOT, Done, command, ita_rules, site
from tests.rulesets.folder import write_rules

SOON = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "1s"}


def run(folder: Path, *args: str, seconds: float = 120, **environment: str) -> Done:
    return ita_rules([*args, "--lang", "en"], folder, seconds=seconds, **environment)


def test_without_the_extra_both_say_how_to_get_it(tmp_path: Path) -> None:
    lacking = tmp_path / "lacking" / "distributed"
    lacking.mkdir(parents=True)
    (lacking / "__init__.py").write_text("raise ImportError('no', name='distributed')", encoding="utf-8")
    configure(tmp_path, {"ก": "http://127.0.0.1:9/"})
    path = os.pathsep.join((str(tmp_path / "lacking"), str(ROOT)))
    for words in (["cluster", "local", "1"], ["audit", "--cluster", "tcp://127.0.0.1:9"]):
        done = run(tmp_path, *words, PYTHONPATH=path)
        assert done.code == 2
        assert "pip install 'ita-rules[cluster]'" in done.err
    assert not (tmp_path / "runs" / "audits" / "20").exists()


def test_what_is_missing_is_said_before_anything_begins(tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="the extra cluster is not installed")
    configure(tmp_path, {"ก": "http://127.0.0.1:9/"})
    far = run(tmp_path, "audit", "--cluster", "tcp://192.0.2.1:8786")
    assert (far.code, "storage: s3://bucket/ita" in far.err) == (2, True)
    half = run(tmp_path, "audit", "--cluster", "tls://127.0.0.1:9", "--tls-ca", "ca.pem")
    assert (half.code, "--tls-key" in half.err) == (2, True)
    nobody = run(tmp_path, "audit", "--cluster", "tcp://127.0.0.1:9", **SOON)
    assert (nobody.code, "No scheduler answers" in nobody.err) == (1, True)
    assert (run(tmp_path, "cluster", "local", "0").code, run(tmp_path, "cluster", "status", "x").code) == (2, 2)
    kind = run(tmp_path, "cluster", "fetch", "--config", str(told(tmp_path, "storage: 'ftp://x/'\n")))
    assert (kind.code, "file:///mnt/ita" in kind.err) == (2, True)
    # No audit was begun that somebody would have to go on with.
    assert [path.name for path in (tmp_path / "runs" / "audits").iterdir()] == ["lock"]


def told(folder: Path, more: str) -> Path:
    """A further configuration."""
    (folder / "more").mkdir()
    configure(folder / "more", {"ก": "http://127.0.0.1:9/"}, more)
    return folder / "more" / "config.yaml"


@contextmanager
def local(folder: Path, workers: int) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """``cluster local``, and the address that it prints."""
    kept = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
    child = subprocess.Popen(
        command(["cluster", "local", str(workers), "--lang", "en"]),
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert child.stdout is not None
        child.stdout.readline()
        line = child.stdout.readline()
        assert "ita-rules audit --cluster " in line, child.stderr
        yield line.rpartition(" ")[2].strip(), child
    finally:
        if child.poll() is None:
            child.send_signal(signal.SIGINT)
        child.communicate(timeout=PATIENCE)


@pytest.mark.slow
def test_a_night_on_a_cluster_of_this_machine(tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="the extra cluster is not installed")
    with ExitStack() as stack:
        urls = {name: stack.enter_context(site(answer, 0.05)) for name in "กข"}
        configure(tmp_path, urls, f"storage: '{(tmp_path / 'shared').as_uri()}'\n")
        rules = write_rules(tmp_path / "rules")
        (tmp_path / "exceptions.yaml").write_text("exceptions: []\n", encoding="utf-8")
        with local(tmp_path, 1) as (address, child):
            done = run(tmp_path, "audit", "--cluster", address, "--rules", str(rules), seconds=3 * PATIENCE)
            assert done.code in (10, 12), done.err
            assert "1 workers, 1 agencies at once" in done.err
            status = run(tmp_path, "cluster", "status", address)
            assert (status.code, "0 of 1 places in use" in status.out) == (0, True)
            child.send_signal(signal.SIGINT)
            assert child.wait(PATIENCE) == 0
    found = results(tmp_path)
    assert {name: [one["outcome"] for one in ones] for name, ones in found.items()} == {name: ["judged"] for name in "กข"}
    page = (tmp_path / "runs" / "index.html").read_text("utf-8")
    assert all(name in page for name in "กข")
    # The machine that kept OUT is lost: the storage has it all.
    fetched = run(tmp_path, "cluster", "fetch", "--out", "again")
    assert (fetched.code, "2 runs" in fetched.out) == (0, True)
    rebuilt = run(tmp_path, "store", "rebuild", "--out", "again")
    assert (rebuilt.code, "from 2 checks" in rebuilt.out) == (0, True)
    for one in (one for ones in found.values() for one in ones):
        again = run(tmp_path, "judge", str(tmp_path / "again" / str(one["folder"])), "--out", "judged", "--rules", str(rules))
        assert again.code == one["code"]


@pytest.mark.slow
def test_a_night_on_a_cluster_that_is_interrupted_tells_what_there_is_and_goes_on(tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="the extra cluster is not installed")
    with ExitStack() as stack:
        urls = {name: stack.enter_context(site(answer, 0.1)) for name in "กขค"}
        configure(tmp_path, urls)
        rules = write_rules(tmp_path / "rules")
        with local(tmp_path, 1) as (address, _):
            audit = begin(tmp_path, rules, "--cluster", address)
            assert wait(lambda: any(tmp_path.glob("runs/audits/*/results/*.json")), 3 * PATIENCE)
            audit.send_signal(signal.SIGINT)
            out, err = audit.communicate(timeout=PATIENCE)
            assert audit.returncode in (10, 12), err.decode()
            assert b"audit --resume" in err
            assert b"index.html" in out
            again = begin(tmp_path, rules, "--resume", "--cluster", address)
            _, err = again.communicate(timeout=3 * PATIENCE)
            assert again.returncode in (10, 12), err.decode()
    found = results(tmp_path)
    assert {name: [one["outcome"] for one in ones] for name, ones in found.items()} == {name: ["judged"] for name in "กขค"}
