"""Children of an audit that need not load anything: each is forked from a process that has loaded everything once.

That process (`ita_rules.audit.warm_server`) belongs to one audit and ends with it. Where one cannot be had (Windows; macOS, whose
own libraries do not bear a fork), children are started plainly, and so they are when it was lost too often. To its caller a
forked child is like any other.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO

from ita_rules.audit.pool import Child, environment, opened, spawn

CAN_FORK = sys.platform == "linux"
"""Whether children are forked here."""

WORTH = 3
"""Agencies from which on loading everything once costs less than each child's loading what it needs."""

_SERVER = "ita_rules.audit.warm_server"
_START_SECONDS = 60.0
_END_SECONDS = 10.0
_MOST_LOST = 3


@dataclass(slots=True)
class Forked:
    """A child that was forked. `told` is the end of the pipe on which its exit status comes."""

    pid: int
    stdin: IO[bytes]
    told: int
    returncode: int | None = None

    def poll(self) -> int | None:
        """The exit status, where the child has ended. Of one that nobody can tell of any more, because the process that forked
        it is gone, that of a killed one: such a child is to be killed."""
        if self.returncode is None and select.select([self.told], [], [], 0)[0]:
            found = os.read(self.told, 64)
            self.returncode = int(found) if found.endswith(b"\n") else -signal.SIGKILL
            os.close(self.told)
        return self.returncode

    def wait(self, timeout: float) -> int:
        """The exit status, waited for. Raises `subprocess.TimeoutExpired`."""
        if self.returncode is None:
            select.select([self.told], [], [], timeout)
        found = self.poll()
        if found is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout)
        return found

    def kill(self) -> None:
        """Kill the child alone."""
        os.kill(self.pid, signal.SIGKILL)


class Warm:
    """Starts the children of an audit, as a context. `module` is what a child runs, `warm` the module that prepares for that
    and is told `words` (`ita_rules.audit.warm_server`)."""

    def __init__(self, module: str, warm: str, words: str) -> None:
        self.module, self.warm, self.words = module, warm, words
        self._server: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._lost = 0

    def start(self, log: Path | None) -> Child:
        """Start a child, which says what it says in the file `log`, or where this process speaks. Raises `OSError`."""
        while CAN_FORK and self._lost < _MOST_LOST:
            try:
                return self._forked(log)
            except (OSError, ValueError):
                # Killed, or it cannot load what it should: the child itself would tell why.
                self._lost += 1
                self._end()
        return spawn(self.module, log)

    def _forked(self, log: Path | None) -> Forked:
        with contextlib.ExitStack() as stack:
            out = stack.enter_context(opened(log))
            line = self._ready()
            theirs, ours = os.pipe()
            stack.callback(os.close, theirs)
            stdin = open(ours, "wb", buffering=0)  # noqa: SIM115 - the child's for as long as it lives
            told, tell = os.pipe()
            with contextlib.ExitStack() as ends:
                ends.callback(stdin.close)
                ends.callback(os.close, told)
                with contextlib.closing(os.fdopen(tell, "wb", buffering=0)):
                    files = [theirs, out or 1, out or 2, tell]
                    socket.send_fds(line, [b"+"], files)
                child = Forked(_number(told), stdin, told)
                ends.pop_all()
            return child

    def _ready(self) -> socket.socket:
        """The line to the process that forks, which is started where there is none."""
        if self._line is None:
            ours, theirs = socket.socketpair()
            with theirs:
                self._line = ours
                self._server = subprocess.Popen(
                    [sys.executable, "-P", "-m", _SERVER, self.warm, self.words],
                    stdin=theirs.fileno(),
                    env=environment(),
                    start_new_session=True,
                )
        return self._line

    def _end(self) -> None:
        """End the process that forks; its children go on, but for those that it has not told of yet."""
        if self._line is not None:
            self._line.close()
            self._line = None
        if self._server is not None:
            try:
                self._server.wait(_END_SECONDS)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
            self._server = None

    def __enter__(self) -> Warm:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._end()


def _number(told: int) -> int:
    """The process id of a new child. Raises `ValueError` where none came, `OSError` where none comes in a minute."""
    end = time.monotonic() + _START_SECONDS
    found = b""
    while not found.endswith(b"\n"):
        if not select.select([told], [], [], max(0.0, end - time.monotonic()))[0]:
            raise TimeoutError
        # A byte at a time: behind the line another one may wait already.
        part = os.read(told, 1)
        if not part:
            raise ValueError("no child")
        found += part
    return int(found)
