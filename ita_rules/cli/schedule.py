"""``ita-rules schedule``: has the machine's own scheduler start the audit, the probe or the digest every day."""

from __future__ import annotations

import datetime as dt
import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from ita_rules.cli import console, exits, given, options
from ita_rules.config import FILE_NAME
from ita_rules.errors import ConfigError, UsageError
from ita_rules.timers import Plan, Timer, choose, timer_of

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)

TASKS: dict[str, tuple[str, ...]] = {"audit": ("audit",), "probe": ("probe",), "digest": ("digest", "--send")}
"""What can be started every day, and the words of each after the program."""

AT = "02:00"
_MOST_TIMES = 24
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")

Task = Annotated[str, typer.Option("--task", metavar="audit|probe|digest", help="help.schedule.task", show_default=False)]
At = Annotated[str, typer.Option("--at", metavar="HH:MM,…", help="help.schedule.at", show_default=False)]
Kind = Annotated[
    str | None, typer.Option("--kind", metavar="systemd|cron|windows", help="help.schedule.kind", show_default=False)
]


@app.command("show", help="help.schedule.show")
def show(
    task: Task = "audit",
    at: At = AT,
    kind: Kind = None,
    config: options.ConfigFile = None,
    lang: options.Lang = None,
) -> int:
    """Print what `install` would write, and write nothing."""
    given.lang_of(lang)
    plan, timer = _plan(task, at, config), timer_of(kind or choose())
    _tell(plan, timer)
    return exits.PASSED


@app.command("install", help="help.schedule.install")
def install(
    task: Task = "audit",
    at: At = AT,
    kind: Kind = None,
    yes: Annotated[bool, typer.Option("--yes", help="help.schedule.yes", show_default=False)] = False,
    config: options.ConfigFile = None,
    lang: options.Lang = None,
) -> int:
    """Show it, ask, write it. A second time with the same words changes nothing."""
    given.lang_of(lang)
    plan, timer = _plan(task, at, config), timer_of(kind or choose())
    _tell(plan, timer)
    _agree("cli.schedule.ask", yes)
    timer.install(plan)
    console.result(console.words().say("cli.schedule.installed", name=plan.name, kind=timer.kind, at=_clock(plan)))
    if timer.kind == "systemd":
        console.result(console.words().say("cli.schedule.linger"))
    return exits.PASSED


@app.command("remove", help="help.schedule.remove")
def remove(
    task: Task = "audit",
    kind: Kind = None,
    yes: Annotated[bool, typer.Option("--yes", help="help.schedule.yes", show_default=False)] = False,
    lang: options.Lang = None,
) -> int:
    """Take away what `install` wrote; foreign lines and units are left alone."""
    given.lang_of(lang)
    _known(task)
    timer = timer_of(kind or choose())
    _agree("cli.schedule.ask_remove", yes, name=f"ita-rules-{task}", kind=timer.kind)
    done = timer.remove(task)
    key = "cli.schedule.removed" if done else "cli.schedule.nothing"
    console.result(console.words().say(key, name=f"ita-rules-{task}", kind=timer.kind))
    return exits.PASSED


def times_of(text: str) -> tuple[dt.time, ...]:
    """The times of day in ``02:00,14:30``, in order, each once. Raises `UsageError`."""
    found = set()
    for part in text.split(","):
        time = _TIME.fullmatch(part.strip())
        if time is None:
            raise UsageError("error.schedule.at", found=text)
        found.add(dt.time(int(time[1]), int(time[2])))
    if len(found) > _MOST_TIMES:
        raise UsageError("error.schedule.at", found=text)
    return tuple(sorted(found))


def _plan(task: str, at: str, config: Path | None) -> Plan:
    """What to start. The configuration is read now: a timer that fails every night would be noticed late."""
    _known(task)
    path = config or Path(FILE_NAME)
    if not path.is_file():
        raise ConfigError("error.config.missing", file=str(path))
    if not given.config_of(path).agencies:
        raise ConfigError("error.config.no_agencies", file=str(path))
    path = path.absolute()
    words = (sys.executable, "-m", "ita_rules", *TASKS[task], "--config", str(path))
    # Started beside the configuration, for a relative `out` in it counts from there.
    return Plan(task, words, path.parent, times_of(at), console.words().say(f"cli.schedule.about.{task}", path=path))


def _known(task: str) -> None:
    if task not in TASKS:
        raise given.unknown("error.schedule.task", task, TASKS, task=task)


def _tell(plan: Plan, timer: Timer) -> None:
    console.result(console.words().say("cli.schedule.would", name=plan.name, kind=timer.kind, at=_clock(plan)))
    for draft in timer.drafts(plan):
        console.result(console.words().say("cli.schedule.place", place=draft.place))
        for row in draft.text.rstrip("\n").split("\n"):
            console.result(f"    {row}")


def _agree(question: str, yes: bool, **values: object) -> None:
    """Ask on a terminal unless told already. Raises `UsageError` where nobody can be asked, `typer.Abort` on a no."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageError("error.schedule.unasked")
    typer.confirm(console.words().say(question, **values), abort=True, err=True)


def _clock(plan: Plan) -> str:
    return ", ".join(f"{time:%H:%M}" for time in plan.times)
