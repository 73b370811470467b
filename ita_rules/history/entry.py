"""What is remembered of one run: enough for differences and trends, and no words.

An `ItemState` is the same value on two nights on which nothing changed, so the index keeps it once (`packed`).
"""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ita_rules.model import ItemResult, Report, Severity, Status

_SHA = 16
_MOST_UNPACKED = 4_000_000
_URL_LIMIT = 2_000
BANGKOK = dt.timezone(dt.timedelta(hours=7))
"""Days of the history are Thai days."""


@dataclass(frozen=True, slots=True)
class CheckState:
    """A check as it stood: the cause is of an undecided one."""

    id: str
    status: Status
    severity: Severity
    cause: str | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """An address that was looked at, the cause where it gave nothing, and the first 16 digits of its body's SHA-256."""

    url: str
    cause: str | None = None
    sha: str = ""


@dataclass(frozen=True, slots=True)
class ItemState:
    """An item as it stood, with its checks and what was looked at for it."""

    id: str
    status: Status
    score: int | None
    checks: tuple[CheckState, ...] = ()
    sources: tuple[Looked, ...] = ()

    def packed(self) -> bytes:
        """The state as bytes; equal states give equal bytes."""
        data = [
            self.id,
            self.status.value,
            self.score,
            [[c.id.removeprefix(f"{self.id}."), c.status.value, c.severity.value, c.cause] for c in self.checks],
            [[s.url, s.cause, s.sha] for s in self.sources],
        ]
        return zlib.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"), 9)

    @classmethod
    def unpacked(cls, data: bytes) -> ItemState:
        """The state that `packed` made. Raises `ValueError` for anything else."""
        try:
            item, status, score, checks, sources = json.loads(_inflated(data))
            return cls(
                item,
                Status(status),
                score,
                tuple(CheckState(f"{item}.{key}", Status(at), Severity(weight), why) for key, at, weight, why in checks),
                tuple(Looked(url, cause, sha) for url, cause, sha in sources),
            )
        except (zlib.error, TypeError) as error:
            raise ValueError(str(error)) from error


@dataclass(frozen=True, slots=True)
class Entry:
    """One run in the history. `folder` is its folder relative to the store, with ``/``; times are ISO 8601 with offset.

    `low` and `high` are the estimated OIT score, 0-100. `depth` says how deep the audit looked (``full``, ``light``), ``""``
    where it is not known. `code` is the agency's own code, ``""`` without one.
    """

    folder: str
    name: str
    url: str
    started: str
    finished: str
    as_of: str
    ruleset: str
    version: str
    tool: str
    stopped_by: str | None
    complete: bool
    low: float
    high: float
    requests: int
    pages: int
    documents: int
    items: tuple[ItemState, ...] = ()
    code: str = ""
    depth: str = ""

    @property
    def time(self) -> dt.datetime:
        """When the run began; the beginning of time where it does not say."""
        return moment(self.started)

    @property
    def day(self) -> dt.date:
        """The Thai day on which the run began."""
        return self.time.astimezone(BANGKOK).date()

    def checks(self) -> Mapping[str, CheckState]:
        """Every check by its id."""
        return {check.id: check for item in self.items for check in item.checks}


def moment(iso: str) -> dt.datetime:
    """An ISO 8601 time; the beginning of time where it is none. Without an offset it is taken for Thai time."""
    try:
        found = dt.datetime.fromisoformat(iso)
    except ValueError:
        return dt.datetime(1970, 1, 1, tzinfo=BANGKOK)
    return found if found.tzinfo else found.replace(tzinfo=BANGKOK)


def entry_of(report: Report, folder: str, *, code: str = "", depth: str = "") -> Entry:
    """What is remembered of the run in `folder` by its report."""
    run = report.run
    return Entry(
        folder=folder,
        name=report.agency.name,
        url=report.agency.url,
        started=run.started,
        finished=run.finished,
        as_of=run.as_of,
        ruleset=report.ruleset.id,
        version=report.ruleset.version,
        tool=report.tool.version,
        stopped_by=run.stopped_by,
        complete=run.complete,
        low=report.scores.oit.low,
        high=report.scores.oit.high,
        requests=run.requests,
        pages=run.pages,
        documents=run.documents,
        items=tuple(_state(item) for item in report.items),
        code=code,
        depth=depth or run.depth,
    )


def _state(item: ItemResult) -> ItemState:
    checks = tuple(CheckState(c.id, c.status, c.severity, c.cause) for c in item.checks)
    # What a light night did not ask is no look of that night.
    asked = [s for s in item.sources if not any(w.code == "carried" for w in s.warnings)]
    sources = dict.fromkeys(Looked(s.url[:_URL_LIMIT], s.cause, (s.sha256 or "")[:_SHA]) for s in asked)
    return ItemState(item.id, item.status, item.score, checks, tuple(sources))


def _inflated(data: bytes) -> Any:
    machine = zlib.decompressobj()
    text = machine.decompress(data, _MOST_UNPACKED)
    if not machine.eof:
        raise ValueError("too long")
    return text
