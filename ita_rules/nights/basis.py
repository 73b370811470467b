"""``RUN/basis.json``: what the next night goes by, written beside a run once it was judged.

It says what a light night asks, and by what everything was gathered and judged: where any of that is another one, nothing is
carried over. A run without it, or with one that cannot be read, is only followed by a full night.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ita_rules import __version__
from ita_rules.config import AgencyConfig, Config
from ita_rules.data import data_folder

FILE_NAME = "basis.json"
LOOKED = "looked"
"""The setting of a light run by which one whose look came to its end is told from one that was killed."""

MOST_EVIDENCE = 1_000
"""Addresses that a light night asks at most; an agency with more evidence than that is always checked in full."""

MOST_LISTS = 20
"""ITA pages that it asks; those of the form's own year come first."""

_MOST_BYTES = 2_000_000
_held: dict[Path, str] = {}


class Shown(BaseModel):
    """A picture of a page in the report, and where it is kept: the SHA-256 of its body, and a mark of what was asked of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    item: str
    url: str
    page: int
    width: int
    height: int
    marked: bool
    sha256: str
    maker: str


class Basis(BaseModel):
    """What the next night goes by.

    `gathered_by` marks what decided what was asked and what is located, `judged_by` that and everything else on which the report
    depends besides the run and the day. `first` and `last` are the days (as-of, A.D., inclusive) on which the calendar gives the
    same verdict; None where it always does. `complete` tells that a light check can rest on the run. `full_at` is when the last
    run began that asked the whole site. `main`, `lists` (the ITA pages) and `evidence` are keys of addresses. `report` is the
    SHA-256 of report.json, `pictures` are those in the HTML report. `window` is the rule set's (first and last day);
    a report on a day outside of it names the day.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    schema_: Literal["ita-rules/basis/1"] = Field(default="ita-rules/basis/1", alias="schema")
    gathered_by: str
    judged_by: str
    first: dt.date | None = None
    last: dt.date | None = None
    complete: bool
    full_at: str
    main: str
    lists: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    report: str
    pictures: tuple[Shown, ...] = ()
    window: tuple[dt.date, dt.date] | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Whether the calendar gives the same verdict on a day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def dump(self) -> bytes:
        """The file's bytes."""
        return self.model_dump_json(by_alias=True, indent=1).encode() + b"\n"


def load_basis(folder: Path) -> Basis | None:
    """What lies in a run's folder; None where nothing does that can be used."""
    try:
        with (folder / FILE_NAME).open("rb") as stream:
            return Basis.model_validate_json(stream.read(_MOST_BYTES))
    except (OSError, ValidationError):
        return None


def same_verdict(turning: Iterable[dt.date], day: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day around `day` with the same verdict, where it may turn on each of the `turning` days."""
    days = sorted(set(turning))
    before, after = [one for one in days if one <= day], [one for one in days if one > day]
    return (before[-1] if before else None), (after[0] - dt.timedelta(days=1) if after else None)


def marks(
    agency: AgencyConfig,
    settings: Config,
    beside: Path,
    *,
    ruleset: str | None,
    rules: Path | None,
    lang: str,
    persona: str | None,
    files: Sequence[Path | None],
) -> tuple[str, str]:
    """What a check goes by, as two marks: of what decides what is gathered, and of all that decides the report.

    `beside` is the folder of the configuration, `rules` a folder of rules (the shipped ones when None), `files` are exceptions
    and scores that were named on the command line. Everything counts by its content, the rules' files too.
    """
    answers = beside / agency.answers if agency.answers else None
    gathered = [
        __version__,
        [agency.name, agency.type.value, agency.url, list(agency.hosts), ruleset or agency.ruleset or settings.ruleset],
        settings.crawl.model_dump(mode="json"),
        agency.catalog.model_dump(mode="json") if agency.catalog else None,
        _content(answers) if answers else "",
        _folder(rules or data_folder("rules")),
    ]
    named = [beside / "exceptions.yaml", *([beside / settings.scores] if settings.scores else []), *(f for f in files if f)]
    told = [lang, persona or settings.persona, agency.units, [_content(file) for file in named]]
    return _mark(gathered), _mark([*gathered, *told])


@contextlib.contextmanager
def held(rules: Path | None) -> Iterator[None]:
    """While a folder of rules (the shipped one when None) is loaded, to be used by this process for as long as it lives: runs are
    marked with what was loaded from now on, whatever becomes of the folder. Where it changed meanwhile nobody knows what was
    loaded, and no night will rest on a run that is so marked."""
    folder = rules or data_folder("rules")
    before = _folder(folder)
    yield
    _held[folder] = before if _folder(folder) == before else secrets.token_hex(32)


def _mark(data: Any) -> str:
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")).hexdigest()


def _content(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def _folder(folder: Path) -> str:
    """A mark of all files in a folder and below, by their names and contents."""
    if folder in _held:
        return _held[folder]
    mark = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        mark.update(f"{file.relative_to(folder).as_posix()}\n{_content(file)}\n".encode())
    return mark.hexdigest()
