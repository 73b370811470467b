"""Lines in the user's crontab, between two marks of ours; every other byte of the table stays as it is.

A ``%`` in a crontab ends the command, so each is written ``\\%``; everything else is the shell's quoting.
"""

from __future__ import annotations

import re
import shlex

from ita_rules.errors import OutputError
from ita_rules.timers.interface import Draft, Plan, call, demand, failed, name_of

_LIST, _WRITE = ("crontab", "-l"), ("crontab", "-")


class Cron:
    """See `ita_rules.timers.interface.Timer`."""

    kind = "cron"

    def drafts(self, plan: Plan) -> tuple[Draft, ...]:
        """See `Timer.drafts`."""
        return (Draft("crontab", _block(plan).decode()),)

    def install(self, plan: Plan) -> None:
        """See `Timer.install`. The table is written only where that changes it."""
        before = _table()
        rest = without(before, plan.task)
        ending = b"" if not rest or rest.endswith(b"\n") else b"\n"
        after = rest + ending + _block(plan)
        if after != before:
            demand(_WRITE, after)

    def remove(self, task: str) -> bool:
        """See `Timer.remove`."""
        before = _table()
        after = without(before, task)
        if after == before:
            return False
        demand(_WRITE, after)
        return True


def line(plan: Plan, hour: int, minute: int) -> str:
    """The line that starts `plan` at this time."""
    command = f"cd {shlex.quote(str(plan.folder))} && {shlex.join(plan.words)}"
    return f"{minute} {hour} * * * {command}".replace("%", "\\%")


def without(table: bytes, task: str) -> bytes:
    """The table without the block of a task. Raises `OutputError` where the block has no end: what follows may be foreign."""
    opened, closed = _marks(task)
    rest, inside = [], False
    for row in table.splitlines(keepends=True):
        mark = row.strip()
        if mark == opened:
            if inside:
                break
            inside = True
        elif inside and mark == closed:
            inside = False
        elif not inside:
            rest.append(row)
    if inside:
        raise OutputError("error.schedule.open_block", path="crontab", mark=opened.decode(), end=closed.decode())
    return b"".join(rest)


def _block(plan: Plan) -> bytes:
    opened, closed = _marks(plan.task)
    rows = [line(plan, time.hour, time.minute) for time in plan.times]
    return b"\n".join([opened, *(row.encode() for row in rows), closed, b""])


def _marks(task: str) -> tuple[bytes, bytes]:
    return f"# >>> {name_of(task)} >>>".encode(), f"# <<< {name_of(task)} <<<".encode()


def _table() -> bytes:
    """The user's table, empty where there is none. Raises `OutputError` for any other refusal: nothing unread is written over."""
    done = call(_LIST)
    if done.returncode == 0:
        return done.stdout
    if re.search(rb"(?i)no crontab", done.stderr + done.stdout):
        return b""
    raise failed(_LIST, done)
