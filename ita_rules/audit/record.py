"""What an audit keeps of itself on disk, so that no interruption loses an agency or has one audited twice.

    OUT/audits/ID/audit.json        what was asked for, and the keys of its agencies
    OUT/audits/ID/begun/KEY         the folder of the run that an agency's child works in
    OUT/audits/ID/results/KEY.json  what came of an agency; there is at most one
    OUT/audits/ID/log/KEY.txt       what a child said, kept where it failed
    OUT/audits/ID/done.json         the audit is over

Every file is written under another name and renamed, so a reader meets it whole or not at all. A child writes its own result
before it ends: a parent that dies in between loses nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ita_rules.config import AgencyConfig
from ita_rules.errors import OutputError
from ita_rules.model import Status

FOLDER = "audits"
"""Name of the folder of audits below OUT."""

_ID = re.compile(r"\d{8}-\d{6}(?:-\d{1,4})?")
_MOST_BYTES = 5_000_000
_Kept = TypeVar("_Kept", bound=BaseModel)


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class HostTally(_Record):
    """What the requests of one run to one host came to: how many were answered, and how many failed by cause."""

    host: str
    answered: int = Field(ge=0)
    failed: dict[str, int] = Field(default_factory=dict)


class Result(_Record):
    """What came of one agency in an audit.

    `outcome` is `judged`, `failed` (no report; `reason` says why in words) or `interrupted` (a person stopped it; a resumed audit
    does it again). `code` is the exit status of the check. `folder` is the run's, relative to OUT, with forward slashes. `page`
    is the name of its HTML report there, ``""`` for none. `heads` are code, name and indicator of each item, `statuses` theirs.
    `seconds` is wall-clock time. `depth` says how deep it was looked (``full``, ``light``; ``""``: nothing came of it). `low` and
    `high` are the estimated OIT score (0-100).
    """

    key: str
    name: str
    type: str
    url: str
    outcome: Literal["judged", "failed", "interrupted"]
    code: int
    reason: str = ""
    folder: str = ""
    page: str = ""
    started: str = ""
    finished: str = ""
    seconds: float = 0.0
    requests: int = 0
    depth: Literal["", "full", "light"] = ""
    ruleset: str = ""
    heads: tuple[tuple[str, str, str], ...] = ()
    statuses: tuple[Status, ...] = ()
    low: float = 0.0
    high: float = 0.0
    complete: bool = False
    reviewer: bool = False
    hosts: tuple[HostTally, ...] = ()


class Header(_Record):
    """What an audit was asked for. `keys` are those of its agencies in their order, `options` the words of the command line."""

    started: str
    config: str
    keys: tuple[str, ...]
    options: dict[str, Any] = Field(default_factory=dict)


class Done(_Record):
    """That an audit is over, and with which exit status."""

    finished: str
    code: int


def keys_of(agencies: tuple[AgencyConfig, ...]) -> list[str]:
    """A key for each agency, the same as long as its code, name and address are; one that stands twice gets two keys."""
    seen: dict[str, int] = {}
    keys = []
    for agency in agencies:
        key = hashlib.sha256("\n".join((agency.code, agency.name, agency.url)).encode()).hexdigest()[:16]
        seen[key] = seen.get(key, 0) + 1
        keys.append(key if seen[key] == 1 else f"{key}-{seen[key]}")
    return keys


@dataclass(frozen=True, slots=True)
class Audit:
    """One audit on disk. Every method that writes raises `OutputError` where the folder cannot be written."""

    folder: Path

    @classmethod
    def create(cls, base: Path, header: Header, stamp: str) -> Audit:
        """A new audit below `base`; `stamp` is its time as ``20261121-020000``."""
        folder, number = base / FOLDER / stamp, 1
        while folder.exists():
            number += 1
            folder = folder.with_name(f"{stamp}-{number}")
        audit = cls(folder)
        _put(folder / "audit.json", header.model_dump_json().encode())
        return audit

    @property
    def id(self) -> str:
        """The audit's name among its like."""
        return self.folder.name

    def header(self) -> Header | None:
        """What was asked for; None where that cannot be read."""
        return _get(self.folder / "audit.json", Header)

    def begin(self, key: str, run: Path) -> None:
        """Note the folder in which the run of an agency is being made."""
        _put(self.folder / "begun" / key, str(run.resolve()).encode())

    def begun(self, key: str) -> Path | None:
        """That folder, where the agency was begun."""
        try:
            return Path((self.folder / "begun" / key).read_text("utf-8"))
        except (OSError, ValueError):
            return None

    def finish(self, result: Result) -> None:
        """Keep the result of an agency."""
        _put(self.folder / "results" / f"{result.key}.json", result.model_dump_json().encode())

    def result(self, key: str) -> Result | None:
        """The result of an agency; None where there is none yet."""
        return _get(self.folder / "results" / f"{key}.json", Result)

    def forget(self, key: str) -> None:
        """Drop the result of an agency that is to be done again."""
        with contextlib.suppress(OSError):
            (self.folder / "results" / f"{key}.json").unlink(missing_ok=True)

    def log(self, key: str) -> Path:
        """The file for what an agency's child says."""
        return self.folder / "log" / f"{key}.txt"

    def close(self, done: Done) -> None:
        """Note that the audit is over."""
        _put(self.folder / "done.json", done.model_dump_json().encode())

    def is_over(self) -> bool:
        """Whether every agency of it has had its turn."""
        return (self.folder / "done.json").is_file()


def audits(base: Path) -> Iterator[Audit]:
    """The audits below `base`, newest first."""
    with contextlib.suppress(OSError):
        found = [f for f in (base / FOLDER).iterdir() if _ID.fullmatch(f.name)]
        for folder in sorted(found, key=lambda f: (f.name[:15], int(f.name[16:] or 1)), reverse=True):
            yield Audit(folder)


def newest_unfinished(base: Path) -> Audit | None:
    """The newest audit below `base`, where it did not come to its end."""
    newest = next((a for a in audits(base) if a.header() is not None), None)
    return newest if newest is not None and not newest.is_over() else None


def _put(path: Path, content: bytes) -> None:
    draft = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with draft.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError("error.output.not_writable", path=str(path), detail=error.strerror or str(error)) from error


def _get(path: Path, kind: type[_Kept]) -> _Kept | None:
    try:
        with path.open("rb") as file:
            return kind.model_validate_json(file.read(_MOST_BYTES))
    except (OSError, ValidationError):
        return None
