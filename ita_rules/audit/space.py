"""Room on the disk of a store: whether another agency may be begun, and whether something failed for want of it.

A disk that is full ends the night of all agencies, not of one. So an audit stops before it is: what is begun then is gone on with
once there is room again.
"""

from __future__ import annotations

import errno
import shutil
import sqlite3
from pathlib import Path

from ita_rules.errors import OutputError

LEAST = 50 * 1000**2
"""Bytes that must be free before an agency is begun; a first night of an ordinary one takes a few millions."""

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def demand(base: Path) -> None:
    """Make sure that there is room below `base`, which need not be there yet. Raises `OutputError` (`error.audit.no_space`)."""
    place = next((folder for folder in (base, *base.resolve().parents) if folder.exists()), None)
    if place is None:
        return
    try:
        free = shutil.disk_usage(place).free
    except OSError:
        return
    if free < LEAST:
        raise OutputError("error.audit.no_space", path=str(base), free=_megabytes(free), least=_megabytes(LEAST))


def is_full(error: BaseException) -> bool:
    """Whether an error, or what it comes from, says that a disk is full or a quota is used up."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno in _FULL:
            return True
        if isinstance(cause, sqlite3.Error) and getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            return True
        cause = cause.__cause__
    return getattr(error, "message_id", "") == "error.audit.no_space"


def _megabytes(count: int) -> str:
    return f"{count / 1000**2:.0f}"
