"""How much memory the browser's processes take, read where the system tells it (Linux); elsewhere nothing is known.

A page can ask for memory outside the heap of its scripts, which no switch bounds; so somebody has to look.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_PROC = Path("/proc")


def children(root: int) -> dict[int, int]:
    """The processes below `root` and the bytes each holds in memory; empty where the system does not tell."""
    parents: dict[int, int] = {}
    sizes: dict[int, int] = {}
    try:
        numbers = [int(name) for name in os.listdir(_PROC) if name.isdigit()]
    except OSError:
        return {}
    for pid in numbers:
        try:
            # the name, in brackets, may hold anything
            fields = (_PROC / str(pid) / "stat").read_text("ascii", "replace").rpartition(")")[2].split()
            parents[pid], sizes[pid] = int(fields[1]), int(fields[21]) * _PAGE
        except (OSError, ValueError, IndexError):
            continue
    found: dict[int, int] = {}
    below = {root}
    while below:
        below = {pid for pid, parent in parents.items() if parent in below and pid not in found}
        found.update((pid, sizes[pid]) for pid in below)
    return found


def marked(root: int, mark: str) -> int:
    """The first process below `root` on whose command line `mark` stands; 0 where there is none."""
    for pid in sorted(children(root)):
        try:
            if mark.encode() in (_PROC / str(pid) / "cmdline").read_bytes():
                return pid
        except OSError:
            continue
    return 0


def end_largest(root: int, limit: int) -> bool:
    """End the largest process below `root` where they hold more than `limit` bytes together; whether one was ended."""
    sizes = children(root)
    if sum(sizes.values()) <= limit:
        return False
    return end(max(sizes, key=lambda pid: sizes[pid]))


def end(pid: int) -> bool:
    """End a process at once; false where it is gone already."""
    try:
        os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    except OSError:
        return False
    return True
