"""Whatever happens to a child, the parent gets a document and goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawlers.readers import sandbox, worker
from crawlers.readers.interface import Hints, Limits
from crawlers.readers.sandbox import ReaderPool
from tests.crawlers.readers.pdfmaker import Sheet, pdf

POSIX = pytest.mark.skipif(os.name != "posix", reason="limits of the kernel")


@pytest.fixture
def rogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Children whose text reader does what the text says."""
    (tmp_path / "sitecustomize.py").write_text(
        textwrap.dedent("""
        import os, signal, subprocess, sys, time, types
        from crawlers.readers import interface

        def read(data, hints, limits):
            word = data.decode()
            if word == "abort":
                os.abort()
            if word == "exit":
                os._exit(3)
            if word == "hang":
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
                time.sleep(60)
            if word == "spin":
                while True:
                    pass
            if word == "memory":
                return bytearray(8 << 30)
            if word == "no limits":
                from crawlers.readers import worker
                return interface.failed(data, "text/plain", "unreadable", str(worker.is_confined()))
            if word == "leave":
                subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
                os.kill(os.getpid(), signal.SIGSEGV)
            if word == "print":
                os.write(1, b"noise on standard output")
                print("more noise")
            return interface.failed(data, "text/plain", "unreadable", str(os.getpid()))

        module = types.ModuleType("rogue")
        module.read = read
        sys.modules["rogue"] = module
        interface.READERS = {"text/plain": "rogue"}
        """),
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(str(tmp_path))


@pytest.fixture
def pool(rogue: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReaderPool]:
    monkeypatch.setattr(sandbox, "GRACE", 0.3)
    monkeypatch.setattr(sandbox, "START_SECONDS", 1.0)
    with ReaderPool(workers=1, limits=Limits(seconds=0.7, memory_bytes=1 << 30)) as made:
        yield made


def failure(pool: ReaderPool, word: bytes) -> str:
    document = pool.read(word)
    assert document.cause == "unreadable"
    return document.facts["failure"]


def test_documents_come_back_whole() -> None:
    data = pdf(Sheet().text(71, 60, "Words of a document that is read in a child"))
    with ReaderPool(workers=2) as pool:
        first = pool.read(data, Hints(url="http://a/b.pdf"))
        assert first.pages[0].text == "Words of a document that is read in a child"
        started = time.monotonic()
        several = list(pool.map([(data, Hints())] * 10))
        assert time.monotonic() - started < 5
        assert [d == first for d in several] == [True] * 10


def test_child_stays_warm(pool: ReaderPool) -> None:
    assert failure(pool, b"a").isdigit()
    assert failure(pool, b"a") == failure(pool, b"b")


@POSIX
@pytest.mark.parametrize(("word", "expected"), [(b"abort", "signal_SIGABRT"), (b"exit", "exit_3"), (b"memory", "memory")])
def test_failures_are_named_and_the_next_document_is_read(pool: ReaderPool, word: bytes, expected: str) -> None:
    assert failure(pool, word) == expected
    assert failure(pool, b"next").isdigit()


@POSIX
def test_hanging_child_is_ended_with_all_that_it_started(pool: ReaderPool) -> None:
    before = int(failure(pool, b"a"))
    started = time.monotonic()
    assert failure(pool, b"hang") == "timeout"
    assert time.monotonic() - started < 5
    assert failure(pool, b"next") != str(before)
    assert living(before) == []


def living(group: int) -> list[str]:
    """Processes of a group that still run; those that ended and wait for init to say so do not count."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, its_group = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(its_group) == group and state not in "ZX":
            found.append(stat.parent.name)
    return found


@POSIX
def test_program_left_by_a_crash_is_ended(pool: ReaderPool) -> None:
    child = int(failure(pool, b"a"))
    assert failure(pool, b"leave") == "signal_SIGSEGV"
    deadline = time.monotonic() + 3
    while living(child) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert living(child) == []


@POSIX
def test_kernel_limits_are_said() -> None:
    assert sandbox.limited() == (sys.platform != "darwin")


@POSIX
def test_without_kernel_limits_the_clock_remains(rogue: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows: no module `resource`, in the child as in the parent."""
    with (tmp_path / "sitecustomize.py").open("a", encoding="utf-8") as file:
        file.write("sys.modules['resource'] = None\n")
    monkeypatch.setattr(sandbox, "GRACE", 0.3)
    monkeypatch.setattr(sandbox, "START_SECONDS", 1.0)
    monkeypatch.setattr(worker, "resource", None)
    assert not sandbox.limited()
    with ReaderPool(workers=1, limits=Limits(seconds=0.7)) as made:
        assert failure(made, b"no limits") == "False"
        assert failure(made, b"spin") == "timeout"
        assert failure(made, b"next").isdigit()


@POSIX
def test_spinning_child_is_ended(pool: ReaderPool) -> None:
    assert failure(pool, b"spin") == "timeout"


def test_output_of_a_parser_does_not_disturb(pool: ReaderPool) -> None:
    assert failure(pool, b"print").isdigit()
    assert failure(pool, b"next").isdigit()


def test_child_that_died_while_idle_is_replaced(pool: ReaderPool) -> None:
    first = int(failure(pool, b"a"))
    os.kill(first, signal.SIGTERM)
    deadline = time.monotonic() + 5
    while next(iter(pool._children)).process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert failure(pool, b"b") != str(first)


def test_children_are_replaced_after_many_documents(pool: ReaderPool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MAX_DOCUMENTS", 2)
    pids = [failure(pool, b"x") for _ in range(4)]
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_closing_ends_everything(rogue: None) -> None:
    pool = ReaderPool(workers=2)
    list(pool.map([(b"x", Hints())] * 4))
    processes = [child.process for child in pool._children]
    assert processes
    pool.close()
    pool.close()
    assert all(process.returncode is not None for process in processes)
    with pytest.raises(RuntimeError):
        pool.read(b"x")


@POSIX
def test_closing_while_reading_frees_the_reader(rogue: None) -> None:
    pool = ReaderPool(workers=1, limits=Limits(seconds=20))
    found: list[str] = []
    reader = threading.Thread(target=lambda: found.append(failure(pool, b"hang")))
    reader.start()
    time.sleep(0.7)
    pool.close()
    reader.join(10)
    assert not reader.is_alive()
    assert found
    assert found[0].startswith("signal_")


@POSIX
def test_ctrl_c_in_the_parent_is_quiet(tmp_path: Path) -> None:
    """A program without a guarded main module, as a console script is one; Ctrl-C goes to its whole group."""
    program = tmp_path / "program.py"
    program.write_text(
        "import sys, time\n"
        "from crawlers.readers.sandbox import ReaderPool\n"
        "with ReaderPool(1) as pool:\n"
        "    text = pool.read('ข้อความธรรมดา'.encode()).pages[0].text\n"
        "    try:\n"
        "        print(text, flush=True)\n"
        "        time.sleep(20)\n"
        "    except KeyboardInterrupt:\n"
        "        print(pool.read(b'still here, all words').pages[0].text, flush=True)\n",
        encoding="utf-8",
    )
    process = subprocess.Popen(
        [sys.executable, str(program)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"},
        cwd=Path(sandbox.__file__).parents[2],
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline().decode().strip() == "ข้อความธรรมดา"
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=15)
    assert (out.decode().strip(), err, process.returncode) == ("still here, all words", b"", 0)
