"""A little website on loopback whose every answer a test decides, and a way to run the real command line."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

Answer = tuple[int, str]
"""Status and HTML."""


@contextmanager
def site(answer: Callable[[str], Answer], seconds: float = 0.0) -> Iterator[str]:
    """Serve what `answer` says of each path, each after some seconds. Yields the main page's address."""
    stop = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            stop.wait(seconds)
            status, text = answer(self.path)
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        def do_HEAD(self) -> None:
            self.do_GET()

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        stop.set()
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass(frozen=True)
class Done:
    """What a run of the program left."""

    code: int
    out: str
    err: str


def ita_rules(args: Sequence[str], folder: Path, *, seconds: float = 60, **environment: str) -> Done:
    """Run ``python -m ita_rules`` in `folder`, as a user would."""
    done = subprocess.run(
        command(args), cwd=folder, env=_environment(environment), capture_output=True, timeout=seconds, check=False
    )
    return Done(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))


def interrupted(args: Sequence[str], folder: Path, signal_number: int, ready: Callable[[], bool]) -> Done:
    """Run the program and send it a signal once `ready` says so."""
    child = subprocess.Popen(command(args), cwd=folder, env=_environment({}), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        end = time.monotonic() + 30
        while not ready() and time.monotonic() < end and child.poll() is None:
            time.sleep(0.05)
        child.send_signal(signal_number)
        out, err = child.communicate(timeout=30)
    finally:
        if child.poll() is None:
            child.kill()
            child.communicate()
    return Done(child.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))


def command(args: Sequence[str]) -> list[str]:
    """The words that start the program under test."""
    return [sys.executable, "-m", "ita_rules", *args]


def _environment(more: dict[str, str]) -> dict[str, str]:
    """The environment of a child: no proxy, UTF-8, and this checkout first."""
    kept = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **more}
