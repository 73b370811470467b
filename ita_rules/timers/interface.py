"""What is to be started when, what a scheduler is to us, and how its own program is called."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ita_rules.errors import OutputError, UsageError

_SECONDS = 60.0
_DETAIL = 400


@dataclass(frozen=True, slots=True)
class Plan:
    """A command that is to be started every day.

    `words` are the program and its arguments, `folder` the absolute folder it is started in, `times` the times of day by the
    machine's clock, `about` one line on it for people. `task` makes its `name`, under which it is found again.

    Raises:
        UsageError: a line break or another control character in a word or in the folder: no scheduler takes one.
    """

    task: str
    words: tuple[str, ...]
    folder: Path
    times: tuple[dt.time, ...]
    about: str

    def __post_init__(self) -> None:
        for text in (*self.words, str(self.folder)):
            if any(ord(letter) < 32 or ord(letter) == 127 for letter in text):
                raise UsageError("error.schedule.control", text=text)

    @property
    def name(self) -> str:
        """The name of the timer or task: ``ita-rules-audit``."""
        return name_of(self.task)


@dataclass(frozen=True, slots=True)
class Draft:
    """What would be written: where (a path, or the name of a table), and the text."""

    place: str
    text: str


class Timer(Protocol):
    """One kind of scheduler."""

    @property
    def kind(self) -> str:
        """Its name on the command line."""

    def drafts(self, plan: Plan) -> tuple[Draft, ...]:
        """What `install` would write, and nothing is written."""

    def install(self, plan: Plan) -> None:
        """Write it in place of what the same name held. Raises `OutputError`, and leaves things as they were then."""

    def remove(self, task: str) -> bool:
        """Undo `install`; whether there was anything to undo. Raises `OutputError`."""


def name_of(task: str) -> str:
    """The name under which a task is kept."""
    return f"ita-rules-{task}"


def call(words: Sequence[str], given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run a scheduler's program, in plain English so that its answers can be told apart, for a minute at most.

    Raises `OutputError` where it cannot be started or does not end; its exit status is the caller's to look at.
    """
    try:
        return subprocess.run(
            list(words), input=given, capture_output=True, timeout=_SECONDS, check=False, env={**os.environ, "LC_ALL": "C"}
        )
    except subprocess.TimeoutExpired as err:
        raise OutputError("error.schedule.hangs", path=words[0], program=words[0], seconds=int(_SECONDS)) from err
    except OSError as err:
        raise OutputError("error.schedule.no_program", path=words[0], program=words[0], detail=err.strerror or str(err)) from err


def demand(words: Sequence[str], given: bytes | None = None) -> bytes:
    """The same where anything but success is an error. What it printed."""
    done = call(words, given)
    if done.returncode != 0:
        raise failed(words, done)
    return done.stdout


def failed(words: Sequence[str], done: subprocess.CompletedProcess[bytes]) -> OutputError:
    """The error for a call that did not succeed."""
    detail = (done.stderr or done.stdout).decode("utf-8", "replace").strip()[:_DETAIL] or f"exit {done.returncode}"
    return OutputError("error.schedule.failed", path=words[0], command=" ".join(words), detail=detail)
