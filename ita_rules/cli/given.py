"""What was given on the command line or in config.yaml, checked: addresses, days, types, formats, folders, rule sets."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import ValidationError

from ita_rules.across import Earlier, earlier_of
from ita_rules.cli import console
from ita_rules.cli.places import BANGKOK, BLOBS, folder_name, now, out_folder, told_apart
from ita_rules.complaints import nearest
from ita_rules.config import FILE_NAME, Config, Crawl, load_config
from ita_rules.errors import AnswersError, ConfigError, RuleSetError, UsageError
from ita_rules.model import AgencyType, Report
from ita_rules.rulesets.load import available, load_ruleset
from ita_rules.rulesets.types import RuleSet
from reports.interface import renderers

__all__ = ["BANGKOK", "BLOBS", "folder_name", "now", "out_folder"]
DEFAULT_FORMATS = ("json", "html")
_FIRST_BUDDHIST_YEAR = 2400
"""No site is judged in the year A.D. 2400; 2400 B.E. is A.D. 1857."""
_MOST_OF_A_REPORT = 50_000_000  # bytes


def config_of(path: Path | None) -> Config:
    """The configuration named, or ``config.yaml`` of the current folder, or none at all. Raises `ConfigError`."""
    if path is None and not Path(FILE_NAME).is_file():
        return Config()
    chosen = path or Path(FILE_NAME)
    if chosen.is_dir():
        raise ConfigError("error.config.folder", file=str(chosen), name=FILE_NAME)
    found = load_config(chosen)
    for day in (found.as_of, *(agency.as_of for agency in found.agencies)):
        if day is not None:
            try:
                day_of(day.isoformat())
            except UsageError as err:
                raise ConfigError("error.config.date", file=str(chosen), **dict(err.values)) from err
    return found.model_copy(update={"agencies": told_apart(found.agencies)})


def answers_of(path: Path | None) -> Path | None:
    """The answers file named. Raises `AnswersError` for a folder, which the reader could only call unreadable."""
    if path is not None and path.is_dir():
        raise AnswersError("error.answers.folder", file=str(path))
    return path


def lang_of(option: str | None, otherwise: str | None = None) -> str:
    """The language asked for, here or anywhere on the command line, or `otherwise`, or Thai.

    From now on the program speaks it. Raises `UsageError` for one that we lack.
    """
    lang = option or console.asked_lang() or otherwise or console.LANGUAGES[0]
    if lang not in console.LANGUAGES:
        raise UsageError("error.lang.unknown", lang=lang, known=", ".join(console.LANGUAGES))
    console.use_lang(lang)
    return lang


def url_of(text: str) -> str:
    """A start address. Raises `UsageError` for what is no http(s) address."""
    url = text.strip()
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError as err:
        raise UsageError("error.url.not_a_url", url=text) from err
    if not parts.scheme or "://" not in url:
        looks_like_host = re.match(r"^(?:localhost|[^\s/:@]+\.[^\s/:@.]+)(?::\d+)?(?:[/?#]|$)", url)
        raise UsageError("error.url.no_scheme" if looks_like_host else "error.url.not_a_url", url=text)
    if parts.scheme.lower() not in ("http", "https"):
        raise UsageError("error.url.scheme", url=text, scheme=parts.scheme)
    if not host or any(c.isspace() for c in parts.netloc):
        raise UsageError("error.url.not_a_url", url=text)
    return url


def day_of(text: str | None) -> dt.date | None:
    """An ISO 8601 day (A.D.). Raises `UsageError`, also for a year that is plainly one of the Buddhist Era."""
    if text is None:
        return None
    try:
        found = dt.date.fromisoformat(text.strip())
    except ValueError as err:
        raise UsageError("error.date.wrong", date=text) from err
    if found.year >= _FIRST_BUDDHIST_YEAR:
        raise UsageError("error.date.buddhist", date=text, year=found.year, meant=f"{found.year - 543}-{found:%m-%d}")
    return found


def type_of(text: str | None) -> AgencyType:
    """A type of agency, `other` when none is given. Raises `UsageError`."""
    if text is None:
        return AgencyType.OTHER
    try:
        return AgencyType(text.strip().lower())
    except ValueError as err:
        raise unknown("error.agency_type.unknown", text, (t.value for t in AgencyType), type=text) from err


def unknown(message_id: str, word: str, known: Iterable[str], **values: object) -> UsageError:
    """The error for a word that is not one of the `known`; where one of them is near, ``MESSAGE_near`` names it."""
    choices = list(known)
    near = nearest(word, choices)
    return UsageError(f"{message_id}_near" if near else message_id, near=near, known=", ".join(choices) or "-", **values)


def unknown_ruleset(ruleset_id: str, known: list[str]) -> RuleSetError:
    """The error for the id of a rule set that is not there."""
    error = unknown("error.ruleset.unknown", ruleset_id, known, ruleset=ruleset_id)
    return RuleSetError(error.message_id, **error.values)


def ruleset_of(ruleset_id: str | None, folder: Path | None = None) -> RuleSet:
    """The rule set of this id, the newest when none is given. Raises `RuleSetError`."""
    if ruleset_id is None:
        known = available(folder)
        if not known:
            raise UsageError("error.ruleset.none", path=folder or "rules")
        ruleset_id = known[-1]
    return load_ruleset(ruleset_id, folder)


def formats_of(text: str | None, default: Iterable[str] = DEFAULT_FORMATS) -> tuple[str, ...]:
    """The report formats asked for, each once. Raises `UsageError` for one that this version lacks."""
    wanted = tuple(dict.fromkeys(f.strip().lower() for f in (text.split(",") if text is not None else default) if f.strip()))
    known = renderers()
    for name in wanted:
        if name not in known:
            raise UsageError("error.format.unknown", format=name, known=", ".join(known))
    if not wanted:
        raise UsageError("error.format.unknown", format=text or "-", known=", ".join(known))
    return wanted


def crawl_of(
    config: Crawl, max_pages: int | None = None, max_depth: int | None = None, max_minutes: float | None = None
) -> Crawl:
    """The crawl's budget: options over configuration. Raises `UsageError` for a number out of range."""
    asked = {"max_pages": max_pages, "max_depth": max_depth, "max_minutes": max_minutes}
    given: dict[str, float] = {name: value for name, value in asked.items() if value is not None}
    for name, value in given.items():
        low, high = {"max_pages": (1, 1_000_000), "max_depth": (0, 100), "max_minutes": (0.01, 1440)}[name]
        if not low <= value <= high:
            option = "--" + name.replace("_", "-")
            raise UsageError("error.number.wrong", option=option, low=low, high=high, found=value)
    return config.model_copy(update=given)


def previous_of(run: Path | None, fiscal_year: int) -> Earlier | None:
    """What an earlier year's check found, from the ``report.json`` of its run. None where no run is named.

    Raises:
        UsageError: there is no report, it is none, or it is not of an earlier year than `fiscal_year` (B.E.).
    """
    if run is None:
        return None
    path = run / "report.json" if run.is_dir() else run
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST_OF_A_REPORT + 1)
        if len(data) > _MOST_OF_A_REPORT:
            raise UsageError("error.previous.broken", path=path)
        report = Report.model_validate_json(data)
    except OSError as err:
        raise UsageError("error.previous.unreadable", path=path, detail=err.strerror or str(err)) from err
    except ValidationError as err:
        raise UsageError("error.previous.broken", path=path) from err
    if report.ruleset.fiscal_year >= fiscal_year:
        raise UsageError("error.previous.year", path=path, found=report.ruleset.fiscal_year, asked=fiscal_year)
    return earlier_of(report)
