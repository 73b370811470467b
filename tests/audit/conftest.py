"""The work of children that are forked from a process that has loaded everything, in tests of whoever keeps that process."""

from __future__ import annotations

from pathlib import Path

import pytest

WORK = """
import json, os, random, sys, threading
STATE = {"children": 0}
LOADED = []
def prepare(words):
    LOADED.append(words)
def main():
    STATE["children"] += 1
    said = json.loads(os.read(0, 4096))
    if "die" in said:
        os.kill(os.getpid(), 9)
    print("spoken")
    print("complained", file=sys.stderr)
    files = sorted(int(n) for n in os.listdir("/proc/self/fd") if os.path.exists("/proc/self/fd/" + n))
    found = {"pid": os.getpid(), "parent": os.getppid(), "session": os.getsid(0), "files": files, "loaded": LOADED,
             "count": STATE["children"], "chance": random.random(), "threads": threading.active_count(),
             "end": os.read(0, 1).decode() if "wait" in said else None}
    with open(said["to"], "w") as file:
        json.dump(found, file)
    return said["code"]
if __name__ == "__main__":
    sys.exit(main())
"""


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "warm_work.py").write_text(WORK, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return "warm_work"
