"""Where runs lie, and the time in Thailand by which they are named."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from pathlib import Path

from ita_rules.errors import OutputError

BANGKOK = dt.timezone(dt.timedelta(hours=7))
"""Thai time has no summer time."""

BLOBS = "blobs"
"""Folder of bodies beside the runs, shared by all of them."""

_NAME_BYTES = 120
_RESERVED = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def now() -> dt.datetime:
    """The time in Thailand, to the second."""
    return dt.datetime.now(BANGKOK).replace(microsecond=0)


def folder_name(text: str) -> str:
    """A text as the name of a folder on any system; ``agency`` where nothing of it can stand."""
    plain = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*]+', " ", unicodedata.normalize("NFC", text))
    plain = " ".join(plain.split()).strip(". ")
    while len(plain.encode()) > _NAME_BYTES:
        plain = plain[:-1].rstrip(". ")
    return "agency" if not plain or _RESERVED.match(plain) else plain


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
