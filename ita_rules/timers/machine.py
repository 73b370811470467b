"""Which scheduler this machine has."""

from __future__ import annotations

import shutil
import sys

from ita_rules.errors import UsageError
from ita_rules.timers import systemd
from ita_rules.timers.cron import Cron
from ita_rules.timers.interface import Timer
from ita_rules.timers.systemd import Systemd
from ita_rules.timers.windows import Windows

_TIMERS: dict[str, type[Systemd] | type[Cron] | type[Windows]] = {"systemd": Systemd, "cron": Cron, "windows": Windows}
KINDS = tuple(_TIMERS)
"""The kinds of scheduler by their names on the command line."""


def timer_of(kind: str) -> Timer:
    """The scheduler of this kind. Raises `UsageError` for one that there is not."""
    if kind not in _TIMERS:
        raise UsageError("error.schedule.kind", kind=kind, known=", ".join(KINDS))
    return _TIMERS[kind]()


def choose(platform: str = sys.platform) -> str:
    """The kind that this machine has: the task scheduler on Windows, else systemd where it serves this user, else cron.

    Raises `UsageError` where there is none of them.
    """
    if platform == "win32":
        return "windows"
    if shutil.which("systemctl") and systemd.answers():
        return "systemd"
    if shutil.which("crontab"):
        return "cron"
    raise UsageError("error.schedule.none", known=", ".join(KINDS))
