"""The process that forks the children of an audit: ``python -m ita_rules.audit.warm_server MODULE WORDS``.

`MODULE` is loaded and its ``prepare(WORDS)`` called once; for every child that is asked for this process forks, and the child
runs ``MODULE.main()``. Standard input is a socket to the audit: a byte on it asks for a child and brings the files that it is to
have as standard input, output and error, and the pipe on which is told of it: a line with its process id, and one with its exit
status when it has ended. The end of the socket is the end of this process; its children have pipes of their own to the audit.

Nothing runs here but the loading: there is no thread, no file and no connection that a child could inherit, and no child's work
can reach another one.
"""

from __future__ import annotations

import gc
import importlib
import os
import selectors
import signal
import socket
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

_APART_SECONDS = 1.0
FILES = 4
"""Files that come with a request: standard input, output and error of the child, and the pipe on which is told of it."""


def main(module: str, words: str) -> int:
    """Load `module` and serve until the audit is gone; in a child, do its work. The exit status."""
    work = importlib.import_module(module)
    work.prepare(words)
    # What was loaded stays: the collector need not look at it, nor make every child's own copy of its pages by doing so.
    gc.collect()
    gc.freeze()
    if _serve(socket.socket(fileno=os.dup(0))):
        _leave(work.main())
    return 0


def _serve(asked: socket.socket) -> bool:
    """Fork a child for each request. True in a child, which is to do its work; False here, when the audit is gone."""
    ended, signalled = os.pipe()
    for end in (ended, signalled):
        os.set_blocking(end, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)  # without a handler the end of a child would not wake the selector
    signal.set_wakeup_fd(signalled, warn_on_full_buffer=False)
    told: dict[int, int] = {}
    with selectors.DefaultSelector() as selector:
        selector.register(asked, selectors.EVENT_READ)
        selector.register(ended, selectors.EVENT_READ)
        while True:
            ready = {key.fd for key, _ in selector.select()}
            if ended in ready:
                os.read(ended, 4096)
                _reap(told)
            if asked.fileno() not in ready:
                continue
            word, files, _, _ = socket.recv_fds(asked, 1, FILES)
            if not word:
                return False
            *streams, tell = files
            child = os.fork()
            if not child:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                selector.close()
                _take(streams, [asked.detach(), ended, signalled, tell, *told.values()])
                return True
            for stream in streams:
                os.close(stream)
            told[child] = tell
            _await_apart(child)
            _say(tell, child)


def _await_apart(child: int) -> None:
    """Wait until a child is in a session of its own: only then a signal to all that it starts reaches it. One that died at once
    never gets there."""
    end = time.monotonic() + _APART_SECONDS
    with suppress(OSError):
        while os.getsid(child) != child and time.monotonic() < end:
            time.sleep(0.001)


def _take(streams: Sequence[int], others: Sequence[int]) -> None:
    """Become a child: a session of its own, so that one signal reaches whatever it starts, and no files but its three."""
    os.setsid()
    for place, stream in enumerate(streams):
        os.dup2(stream, place)
    for file in (*streams, *others):
        os.close(file)


def _leave(status: int) -> NoReturn:
    """End a child that has done its work. To take apart all that was loaded would cost as much as a good part of the work, since
    it copies the pages that all children share; what the work itself had open it has closed."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)


def _reap(told: dict[int, int]) -> None:
    """Tell of the children that have ended."""
    while told:
        child, status = os.waitpid(-1, os.WNOHANG)
        if not child:
            return
        tell = told.pop(child)
        _say(tell, os.waitstatus_to_exitcode(status))
        os.close(tell)


def _say(tell: int, number: int) -> None:
    with suppress(BrokenPipeError):
        os.write(tell, b"%d\n" % number)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
