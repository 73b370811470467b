"""A cluster of real processes on loopback, for tests that kill one of them: scheduler, workers, children."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.audit.night import kill, servers_of, wait
from tests.cli.site import ROOT

PATIENCE = 300.0
"""Seconds that a machine under load may take to start Dask."""


class Machines:
    """A scheduler and workers with one agency each at a time, their files below `folder`."""

    def __init__(self, folder: Path, workers: int = 2) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", "scheduler.json")
        file = folder / "scheduler.json"
        assert wait(lambda: file.is_file() and bool(file.read_text()), PATIENCE)
        self.address = str(json.loads(file.read_text())["address"])
        self.workers = [self._worker(f"w{number}") for number in range(workers)]
        assert wait(lambda: len(self.processes()) >= workers, PATIENCE)

    def processes(self) -> list[int]:
        """The worker processes themselves, which the nannies start and start again."""
        return [pid for nanny in self.workers for pid, words in below(nanny.pid) if b"spawn_main" in words]

    def children(self) -> list[int]:
        """The children at work on agencies: those that workers started, and those that were forked for them."""
        started = [pid for nanny in self.workers for pid, words in below(nanny.pid) if b"audit_child" in words]
        return started + [pid for server in self.servers() for pid, words in below(server) if b"warm_server" in words]

    def servers(self) -> list[int]:
        """The processes of workers that fork their children."""
        return [server for worker in self.processes() for server in servers_of(worker)]

    def scratch(self) -> list[Path]:
        """The runs that are being gathered."""
        return list(self.folder.glob("w*/**/ita-rules-*/runs/*/*/run.sqlite"))

    def end(self) -> None:
        """End them all."""
        for one in (*self.workers, self.scheduler):
            pids = [pid for pid, _ in below(one.pid)]
            for pid in (one.pid, *pids):
                try:
                    kill(pid)
                except ProcessLookupError:
                    continue
            one.wait(30)

    def _worker(self, name: str) -> subprocess.Popen[bytes]:
        local = self.folder / name
        resources = ("--nthreads", "1", "--resources", "crawl=1 read=1")
        return self._start("worker", self.address, *resources, "--host", "127.0.0.1", "--local-directory", str(local))

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        environment = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
        with (self.folder / f"{words[0]}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *words, "--no-dashboard", "--dashboard-address", "127.0.0.1:0"],
                cwd=self.folder,
                env={**environment, "PYTHONPATH": str(ROOT)},
                stdout=log,
                stderr=log,
            )


def below(pid: int) -> list[tuple[int, bytes]]:
    """The living processes below one, with the words they were started by."""
    parents: dict[int, tuple[int, bytes]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                words = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if fields[0] != "Z":
                parents[int(entry.name)] = (int(fields[1]), words)
    found: list[tuple[int, bytes]] = []
    level = [pid]
    while level:
        next_level = [one for one, (parent, _) in parents.items() if parent in level]
        found += [(one, parents[one][1]) for one in next_level]
        level = next_level
    return found
