"""The saved runs of an agency: the one that a kill left unfinished, and the one of the night before.

Runs lie in ``BASE/AGENCY/TIME``, or in the one folder that ``--out`` names. A folder that cannot be read as a run is no run here:
neither going on nor asking less than everything is worth an error.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ita_rules.cli import console
from ita_rules.cli.places import folder_name
from ita_rules.errors import RunError
from ita_rules.run.reader import RunReader
from ita_rules.run.store import EARLIER_NAME, FILE_NAME, load_meta
from ita_rules.run.types import RunMeta
from reports.interface import renderers

logger = logging.getLogger(__name__)

STEM = "report"
"""Name of the reports in a run's folder, without its suffix."""

_DRAFT = re.compile(r"\.(?:[0-9a-f]{16}|[0-9a-f]{32})\.tmp")
_MOST = 60
"""Runs of an agency that are looked through, newest first."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A check that did not come to its end: its folder and circumstances. `meta.finished` is set where only the reports lack."""

    folder: Path
    meta: RunMeta


def begun(folder: Path, url: str, formats: Sequence[str]) -> Begun | None:
    """The check of `url` in this folder, where it is to be gone on with.

    Raises `RunError` (`run_other_start`) where the folder holds an unfinished check of another address.
    """
    meta = _meta(folder)
    if meta is None or (meta.finished and _is_told(folder, formats)):
        return None
    if meta.start_url != url:
        if meta.finished:
            return None
        raise RunError("run_other_start", path=str(folder), url=meta.start_url)
    return Begun(folder, meta)


def going_on(out: Path | None, base: Path, agency: str, url: str, formats: Sequence[str]) -> Begun | None:
    """What ``--resume`` goes on with: the check in `out`, or the agency's newest below `base`. Says what it found.

    Raises `RunError` as `begun` does.
    """
    found = begun(out, url, formats) if out is not None else newest_begun(base, agency, url, formats)
    if found is None:
        console.say("cli.resume.nothing", path=out or base / folder_name(agency))
    else:
        console.say("cli.resume.report" if found.meta.finished else "cli.resume.going_on", started=found.meta.started)
    return found


def started_of(found: Begun | None) -> dt.datetime | None:
    """When a check began that is gone on with; None where it does not say."""
    try:
        return dt.datetime.fromisoformat(found.meta.started) if found is not None else None
    except ValueError:
        return None


def newest_begun(base: Path, agency: str, url: str, formats: Sequence[str]) -> Begun | None:
    """The agency's newest check of `url` below `base`, where it did not come to its end."""
    for folder, meta in _runs(base, agency, url):
        return Begun(folder, meta) if not (meta.finished and _is_told(folder, formats)) else None
    return None


def newest_finished(base: Path, agency: str, url: str, besides: Path) -> Path | None:
    """The folder of the agency's newest finished run of `url` that reached the site, not counting the folder `besides`."""
    for folder, meta in _runs(base, agency, url):
        if meta.finished and "main" in meta.settings and folder != besides:
            return folder
    return None


def newest(base: Path, agency: str, url: str, besides: Path | None = None) -> Begun | None:
    """The agency's newest run of `url` below `base`, whatever became of it, not counting the folder `besides`."""
    return next((Begun(folder, meta) for folder, meta in _runs(base, agency, url) if folder != besides), None)


def open_earlier(out: Path, earlier: Path | None, url: str) -> RunReader | None:
    """The run of an earlier night on `url`: the one that lay in `out`, else the one in the folder `earlier`; to be closed."""
    for folder, name in ((out, EARLIER_NAME), (earlier, FILE_NAME)):
        if folder is None or not (folder / name).is_file():
            continue
        try:
            reader = RunReader(folder, name=name)
        except RunError as error:
            logger.info("the run in %s is of no use: %s", folder, error)
            continue
        if reader.meta.start_url == url:
            return reader
        reader.close()
    return None


def sweep(folder: Path) -> None:
    """Drop the drafts of reports and archives that a kill left in the folder of a run (`.HEX.tmp`)."""
    with contextlib.suppress(OSError):
        for left in folder.iterdir():
            if _DRAFT.fullmatch(left.name):
                left.unlink(missing_ok=True)


def _runs(base: Path, agency: str, url: str) -> Iterator[tuple[Path, RunMeta]]:
    """The agency's runs of `url`, newest first. Their folders are named by the time, so the names tell the order."""
    try:
        folders = sorted((f for f in (base / folder_name(agency)).iterdir() if f.is_dir()), key=_order, reverse=True)
    except OSError:
        return
    for folder in folders[:_MOST]:
        meta = _meta(folder)
        if meta is not None and meta.start_url == url:
            yield folder, meta


def _order(folder: Path) -> tuple[str, int, str]:
    """``20261121-020000`` before its ``-2``, and that before its ``-10``."""
    time, number = folder.name[:15], folder.name[16:]
    return time, int(number) if number.isascii() and number.isdigit() else 0, folder.name


def _meta(folder: Path) -> RunMeta | None:
    try:
        return load_meta(folder)
    except RunError as error:
        if error.message_id != "run_missing":
            logger.info("%s holds no run that can be used: %s", folder, error)
        return None


def _is_told(folder: Path, formats: Sequence[str]) -> bool:
    """Whether the reports of a finished run were written after it; each appears whole (`reports.interface.write_whole`)."""
    known = renderers()
    try:
        end = (folder / FILE_NAME).stat().st_mtime_ns
        return all((folder / f"{STEM}{known[name].suffix}").stat().st_mtime_ns >= end for name in formats)
    except OSError:
        return False
