"""Handing a command to the machine's own scheduler: a systemd user timer, a crontab line, a Windows scheduled task.

Nothing here waits for a time of day: what the machine has already does that, survives restarts, and is known to whoever runs it.
"""

from ita_rules.timers.interface import Draft, Plan, Timer
from ita_rules.timers.machine import KINDS, choose, timer_of

__all__ = ["KINDS", "Draft", "Plan", "Timer", "choose", "timer_of"]
