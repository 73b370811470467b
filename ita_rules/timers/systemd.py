"""A systemd user timer: two unit files by name, and one word to systemd.

In unit files ``%`` begins a specifier and, in a command, ``$`` a variable; both are doubled. Words are quoted in systemd's own
way, which is not the shell's; a folder stands bare, for there quotes would be letters of it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

from ita_rules.errors import OutputError
from ita_rules.timers.interface import Draft, Plan, call, demand, name_of

_PROGRAM = "systemctl"


def word(text: str) -> str:
    """A word of a command as ``ExecStart=`` wants it."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{plain}"'


def command(words: Sequence[str]) -> str:
    """What ``ExecStart=`` wants for these words; env starts a program whose name has letters that may not stand in its first."""
    if set(words[0]) & set("\"'\\$"):
        return " ".join(["/usr/bin/env", *(word(each) for each in words)])
    first = words[0].replace("%", "%%")
    return " ".join([f'"{first}"', *(word(each) for each in words[1:])])


def folder() -> Path:
    """Where a user's own units lie."""
    home = os.environ.get("XDG_CONFIG_HOME", "")
    return (Path(home) if home and Path(home).is_absolute() else Path.home() / ".config") / "systemd" / "user"


class Systemd:
    """See `ita_rules.timers.interface.Timer`."""

    kind = "systemd"

    def drafts(self, plan: Plan) -> tuple[Draft, ...]:
        """See `Timer.drafts`: the service, which does it, and the timer, which says when."""
        about = plan.about.replace("%", "%%")
        # An audit that finds gaps or dead sites has done its work; systemd would call every exit but 0 a failure.
        service = (
            f"[Unit]\nDescription={about}\nWants=network-online.target\nAfter=network-online.target\n\n"
            f"[Service]\nType=oneshot\nWorkingDirectory={str(plan.folder).replace('%', '%%')}\n"
            f"ExecStart={command(plan.words)}\nSuccessExitStatus=3 10 12\nNice=10\n"
        )
        days = "".join(f"OnCalendar=*-*-* {time:%H:%M}:00\n" for time in plan.times)
        # A machine that was off at the time makes up for it when it is on again.
        timer = f"[Unit]\nDescription={about}\n\n[Timer]\n{days}Persistent=true\n\n[Install]\nWantedBy=timers.target\n"
        return (
            Draft(str(folder() / f"{plan.name}.service"), service),
            Draft(str(folder() / f"{plan.name}.timer"), timer),
        )

    def install(self, plan: Plan) -> None:
        """See `Timer.install`."""
        drafts = self.drafts(plan)
        before = {Path(d.place): _read(Path(d.place)) for d in drafts}
        try:
            for draft in drafts:
                _write(Path(draft.place), draft.text.encode())
            demand([_PROGRAM, "--user", "daemon-reload"])
            demand([_PROGRAM, "--user", "enable", f"{plan.name}.timer"])
            # Started anew, so that a timer that runs already takes the new times.
            demand([_PROGRAM, "--user", "restart", f"{plan.name}.timer"])
        except OutputError:
            for path, content in before.items():
                with contextlib.suppress(OutputError, OSError):
                    path.unlink(missing_ok=True) if content is None else _write(path, content)
            raise

    def remove(self, task: str) -> bool:
        """See `Timer.remove`."""
        paths = [folder() / f"{name_of(task)}.{ending}" for ending in ("timer", "service")]
        there = [path for path in paths if path.exists()]
        if not there:
            return False
        # It may be stopped already, or systemd may not know it yet: the files decide.
        call([_PROGRAM, "--user", "disable", "--now", f"{name_of(task)}.timer"])
        for path in there:
            try:
                path.unlink()
            except OSError as err:
                raise OutputError("error.output.not_writable", path=str(path), detail=err.strerror or str(err)) from err
        demand([_PROGRAM, "--user", "daemon-reload"])
        return True


def answers() -> bool:
    """Whether systemd manages this user's services here; in containers and over some logins it does not."""
    with contextlib.suppress(OutputError):
        return call([_PROGRAM, "--user", "show-environment"]).returncode == 0
    return False


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as err:
        raise OutputError("error.output.not_writable", path=str(path), detail=err.strerror or str(err)) from err


def _write(path: Path, content: bytes) -> None:
    draft = path.with_name(f".{path.name}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as err:
        draft.unlink(missing_ok=True)
        raise OutputError("error.output.not_writable", path=str(path), detail=err.strerror or str(err)) from err
