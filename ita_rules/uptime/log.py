"""The log of one agency: a file of lines for each month, every line holding the SHA-256 of the one before, across months.

A line changed, moved, put in or left out breaks the chain from there on. Lines cut off at the end break nothing by themselves:
that is what the day's *root* is for, the hash of the day's last line. Once it was sent to somebody, the days up to it are fixed.
"""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from ita_rules.errors import OutputError
from ita_rules.linefile import append, cut, held, last_line, torn
from ita_rules.uptime.entry import BEGIN, MOST_BYTES, Entry, Look, digest

_MONTH = re.compile(r"\d{4}-\d{2}\.jsonl")
_AT = b'"at":"'
_KEPT_OF_TORN = 11_000
"""Bytes of half a line that are kept in the note on it; we write no longer lines."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a log: the sentence on it, the file, the line's number (from 1)."""

    message_id: str
    file: str
    line: int


class Log:
    """The log in a folder (``OUT/uptime/AGENCY``). Processes may append at the same time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, looks: Sequence[Look]) -> None:
        """Append what was seen. Half a line that a kill left is taken out first, with a note that holds it.

        Raises `OutputError`: the log cannot be written, or somebody else holds it for half a minute.
        """
        if not looks:
            return
        with held(self.folder):
            try:
                self._mend()
                prev = self._last()
            except OSError as err:
                raise OutputError("error.output.not_writable", path=str(self.folder), detail=err.strerror or str(err)) from err
            month = ""
            lines: list[bytes] = []
            for look in looks:
                # A clock that was set back must not write into a month that is closed: the chain goes by files in order.
                named = max(f"{look.at:%Y-%m}.jsonl", month, self._newest())
                if lines and named != month:
                    append(self.folder / month, lines)
                    lines = []
                month = named
                lines.append(Entry(prev=prev, look=look).line())
                prev = digest(lines[-1])
            append(self.folder / month, lines)

    def _newest(self) -> str:
        names = months(self.folder)
        return names[-1].name if names else ""

    def _last(self) -> str:
        for path in reversed(months(self.folder)):
            line = last_line(path)
            if line is not None:
                return digest(line)
        return BEGIN

    def _mend(self) -> None:
        newest = self._newest()
        path = self.folder / newest
        half = torn(path) if newest else b""
        if not half:
            return
        cut(path, len(half))
        prev = self._last()
        with contextlib.suppress(ValidationError):
            # Broken off between its last letter and its break, the line is whole.
            if Entry.model_validate_json(half).prev == prev:
                append(path, [half])
                return
        append(path, [Entry(prev=prev, kind="torn", torn=base64.b64encode(half[:_KEPT_OF_TORN]).decode()).line()])


def months(folder: Path) -> list[Path]:
    """The files of a log, oldest first; none where there is no such folder."""
    try:
        return sorted(path for path in folder.iterdir() if _MONTH.fullmatch(path.name))
    except OSError:
        return []


def read(folder: Path, since: dt.date | None = None) -> Iterator[Look]:
    """What was seen, oldest first; from the month of `since` on where that is given.

    A line that cannot be read is passed over here; `verify` tells of it. Raises `OutputError` for a file that cannot be opened.
    """
    for path in months(folder):
        if since is not None and path.name < f"{since:%Y-%m}.jsonl":
            continue
        for _, line in _lines(path):
            if since is not None and _day(line) < since.isoformat().encode():
                continue
            with contextlib.suppress(ValidationError):
                look = Entry.model_validate_json(line).look
                if look is not None and (since is None or look.at.date() >= since):
                    yield look


def verify(folder: Path) -> tuple[Fault, ...]:
    """Where the chain does not hold, at most one fault for each file. Half a line at the very end is none: a kill leaves it.

    Raises `OutputError` for a file that cannot be opened.
    """
    faults: list[Fault] = []
    prev = BEGIN
    paths = months(folder)
    for path in paths:
        fault: str | None = None
        place = 0
        for place, line in _lines(path):
            try:
                entry = Entry.model_validate_json(line)
            except ValidationError:
                fault = "error.uptime.unreadable"
            else:
                if entry.prev != prev:
                    fault = "error.uptime.begins_late" if path is paths[0] and place == 1 else "error.uptime.broken"
            if fault:
                break
            prev = digest(line)
        if path is not paths[-1] and fault is None and torn(path):
            fault, place = "error.uptime.unreadable", place + 1
        if fault:
            faults.append(Fault(fault, str(path), place))
            # The next file is looked at for itself.
            prev = digest(last_line(path) or b"")
    return tuple(faults)


def day_root(folder: Path, day: dt.date) -> str | None:
    """The root of a day: the hash of its last line; None where nothing was looked at on it."""
    path, found = folder / f"{day:%Y-%m}.jsonl", None
    for _, line in _lines(path):
        if _day(line) != day.isoformat().encode():
            continue
        with contextlib.suppress(ValidationError):
            look = Entry.model_validate_json(line).look
            if look is not None and look.at.date() == day:
                found = digest(line)
    return found


def of_all(roots: Mapping[str, str]) -> str | None:
    """One root of a day from those of all agencies (name → root); None where there is none."""
    if not roots:
        return None
    return hashlib.sha256("".join(f"{name}\n{root}\n" for name, root in sorted(roots.items())).encode()).hexdigest()


def _day(line: bytes) -> bytes:
    """The day of a line (ISO 8601) without reading all of it: a country's month is millions of lines. ``b""`` for none."""
    place = line.find(_AT)
    return line[place + len(_AT) : place + len(_AT) + 10] if place >= 0 else b""


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The whole lines of a file with their numbers from 1; one beyond all measure is empty, as no line can be."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return
    except OSError as err:
        raise OutputError("error.uptime.no_access", path=str(path), detail=err.strerror or str(err)) from err
    with file:
        number = 0
        while line := file.readline(MOST_BYTES):
            if not line.endswith(b"\n"):
                # Too long, or the half line at the end.
                if len(line) < MOST_BYTES:
                    return
                while line and not line.endswith(b"\n"):
                    line = file.readline(MOST_BYTES)
                line = b"\n"
            number += 1
            yield number, line[:-1]
