"""Where runs lie, and the time in Thailand by which they are named."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from ita_rules.config import AgencyConfig
from ita_rules.errors import OutputError

BANGKOK = dt.timezone(dt.timedelta(hours=7))
"""Thai time has no summer time."""

BLOBS = "blobs"
"""Folder of bodies beside the runs, shared by all of them."""

_NAME_BYTES = 200
"""File systems take 255 bytes, which are 85 Thai letters; a folder's name is lengthened by the marks of what is put aside."""
_RESERVED = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def now() -> dt.datetime:
    """The time in Thailand, to the second."""
    return dt.datetime.now(BANGKOK).replace(microsecond=0)


def folder_name(text: str) -> str:
    """A text as the name of a folder on any system; ``agency`` where nothing of it can stand. What is too long ends in a mark of
    the whole, so that texts that begin alike have folders of their own."""
    plain = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*]+', " ", unicodedata.normalize("NFC", text))
    plain = " ".join(plain.split()).strip(". ")
    if len(plain.encode()) > _NAME_BYTES:
        mark = "-" + _mark(plain)
        while len(plain.encode()) > _NAME_BYTES - len(mark):
            plain = plain[:-1].rstrip(". ")
        plain += mark
    return "agency" if not plain or _RESERVED.match(plain) else plain


def told_apart(agencies: Sequence[AgencyConfig]) -> tuple[AgencyConfig, ...]:
    """The agencies, those whose runs would lie in one folder with a `folder` each: the name with the code behind it, or with the
    province or the host where that tells them apart, else with a mark of the address. Many agencies of the country bear one name.
    """
    alike: dict[str, list[int]] = {}
    for at, agency in enumerate(agencies):
        alike.setdefault(folder_name(agency.place).casefold(), []).append(at)
    found = list(agencies)
    for places in alike.values():
        if len(places) > 1:
            for at, folder in zip(places, _folders([agencies[at] for at in places]), strict=True):
                found[at] = agencies[at].model_copy(update={"folder": folder})
    return tuple(found)


def _folders(alike: Sequence[AgencyConfig]) -> list[str]:
    """Folders that tell agencies of one name apart; those of one address share theirs."""
    marks: Iterable[list[str]] = (
        [one.code for one in alike],
        [one.province for one in alike],
        [urlsplit(one.url).netloc for one in alike],
    )
    for row in marks:
        folders = [folder_name(f"{one.place} {mark}") for one, mark in zip(alike, row, strict=True)]
        if all(row) and len({folder.casefold() for folder in folders}) == len(folders):
            return folders
    return [folder_name(f"{one.place} {_mark(one.url)}") for one in alike]


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def out_folder(out: Path | None, base: Path, agency: str, started: dt.datetime) -> Path:
    """The folder of a run, made and known to be writable: `out`, else ``base/AGENCY/TIME``. Raises `OutputError`."""
    folder = out if out is not None else base / folder_name(agency) / f"{started:%Y%m%d-%H%M%S}"
    number = 1
    while out is None and folder.exists():
        number += 1
        folder = folder.with_name(f"{started:%Y%m%d-%H%M%S}-{number}")
    probe = folder / ".ita-rules-probe"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as err:
        raise OutputError("error.output.not_writable", path=str(folder), detail=err.strerror or str(err)) from err
    return folder
