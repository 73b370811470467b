"""Tiny agencies on loopback and the audit's real command line, for tests that kill, hang and interrupt."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.cli.site import ROOT, Answer

HOME = "<html><head><title>อบต.</title></head><body><a href='/r'>รายงานผลการดำเนินงานประจำปี</a>{links}</body></html>"
REPORT = """<html><head><title>รายงานผล</title></head><body>
<h1>รายงานผลการดำเนินงานประจำปี งบประมาณ พ.ศ. 2565</h1>
<h2>ปัญหา อุปสรรค</h2><p>ไม่มี</p><h2>ข้อเสนอแนะ</h2><p>ควรจัดทำแผนให้เร็วขึ้น</p></body></html>"""


def answer(path: str, pages: int = 6) -> Answer:
    """A main page with the report and some pages of news."""
    if path == "/":
        return 200, HOME.format(links="".join(f"<a href='/n{n}'>ข่าว {n}</a>" for n in range(pages)))
    if path == "/r":
        return 200, REPORT
    return (200, f"<html><body><h1>ข่าว {path}</h1></body></html>") if path.startswith("/n") else (404, "<h1>404</h1>")


def configure(folder: Path, urls: dict[str, str], more: str = "") -> None:
    """Write a configuration of agencies by name."""
    agencies = "".join(f"- {{name: {name}, type: local, url: '{url}'}}\n" for name, url in urls.items())
    (folder / "config.yaml").write_text(f"as_of: 2023-04-28\nformat: [json]\n{more}agencies:\n{agencies}", encoding="utf-8")


def begin(folder: Path, rules: Path, *more: str, path: Path | None = None) -> subprocess.Popen[bytes]:
    """Start an audit in a process of its own. Modules in `path` are found by it and by its children."""
    environment = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
    places = os.pathsep.join(str(place) for place in (ROOT, path) if place is not None)
    return subprocess.Popen(
        [sys.executable, "-m", "ita_rules", "audit", "--rules", str(rules), "--lang", "en", *more],
        cwd=folder,
        env={**environment, "PYTHONPATH": places, "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def wait(until: Callable[[], bool], seconds: float = 90) -> bool:
    """Wait for something; whether it came."""
    end = time.monotonic() + seconds
    while not until():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def children(parent: int) -> list[int]:
    """The audit's children for agencies, by process id: those that it started, and those that were forked for it."""
    known = processes()
    servers = servers_of(parent)
    return [
        pid
        for pid, (above, words) in known.items()
        if (above == parent and b"audit_child" in words) or (above in servers and b"warm_server" in words)
    ]


def servers_of(parent: int) -> list[int]:
    """The process that forks the audit's children, by its id, where there is one."""
    return [pid for pid, (above, words) in processes().items() if above == parent and b"warm_server" in words]


def processes() -> dict[int, tuple[int, bytes]]:
    """All processes that are not over: parent and command line."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                words = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if fields[0] != "Z":
                found[int(entry.name)] = int(fields[1]), words
    return found


def kill(pid: int) -> None:
    """Kill a process outright."""
    os.kill(pid, signal.SIGKILL)


def results(folder: Path) -> dict[str, list[dict[str, object]]]:
    """The results of every audit below ``runs``, by agency."""
    found: dict[str, list[dict[str, object]]] = {}
    for path in sorted(folder.glob("runs/audits/*/results/*.json")):
        one = json.loads(path.read_text("utf-8"))
        found.setdefault(one["name"], []).append(one)
    return found


def drafts(folder: Path) -> list[Path]:
    """Files that were left half written."""
    return [path for path in folder.rglob(".*.tmp") if "blobs" not in path.parts]
