"""The agencies that an operator watches: chosen from config.yaml, with the newest reports that lie below OUT."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from ita_rules.cli import given
from ita_rules.cli.saved import NAME, load_report
from ita_rules.config import FILE_NAME, AgencyConfig, Config
from ita_rules.errors import ConfigError, RunError, UsageError
from ita_rules.model import Report

logger = logging.getLogger(__name__)

OnlyAgency = Annotated[list[str] | None, typer.Option("--agency", metavar="TEXT", help="help.only_agency", show_default=False)]
OnlyLabel = Annotated[list[str] | None, typer.Option("--label", metavar="TEXT", help="help.only_label", show_default=False)]

_MOST_RUNS = 60
"""Runs of an agency that are looked through, newest first."""


@dataclass(frozen=True, slots=True)
class Watched:
    """The configuration, the file it stands in, the agencies chosen of it, and the folder of their runs."""

    settings: Config
    path: Path
    agencies: tuple[AgencyConfig, ...]
    out: Path


def watched(config: Path | None, out: Path | None, agency: list[str] | None, label: list[str] | None) -> Watched:
    """What is watched. Raises `ConfigError` where no agency is configured, `UsageError` where none of them was chosen."""
    path = config or Path(FILE_NAME)
    if not path.exists():
        raise ConfigError("error.config.missing", file=str(path))
    settings = given.config_of(path)
    if not settings.agencies:
        raise ConfigError("error.config.no_agencies", file=str(path))
    chosen = tuple(one for one in settings.agencies if _wanted(one, agency, label))
    if not chosen:
        raise UsageError("error.audit.none_chosen", file=str(path), known=", ".join(one.name for one in settings.agencies))
    return Watched(settings, path, chosen, out or Path(settings.out))


def reports_of(out: Path, place: str) -> Iterator[tuple[Path, Report]]:
    """The reports kept by `place` below `out`, with their folders, newest first; what cannot be read is passed over."""
    try:
        folders = [folder for folder in (out / given.folder_name(place)).iterdir() if (folder / NAME).is_file()]
    except OSError:
        return
    for folder in sorted(folders, key=_order, reverse=True)[:_MOST_RUNS]:
        try:
            yield folder, load_report(folder)
        except RunError as error:
            logger.info("the report in %s is of no use: %s", folder, error)


def _wanted(agency: AgencyConfig, names: list[str] | None, labels: list[str] | None) -> bool:
    by_name = not names or any(name == agency.code or name in agency.name for name in names)
    return by_name and (not labels or any(label in agency.labels for label in labels))


def _order(folder: Path) -> tuple[str, int, str]:
    """Runs are named by their time, a second of the same moment by ``-2`` behind it."""
    time, number = folder.name[:15], folder.name[16:]
    return time, int(number) if number.isascii() and number.isdigit() else 0, folder.name
