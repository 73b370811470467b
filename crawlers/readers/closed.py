"""Forms that are recognised and stay closed: archives for which no reader is at hand, and files locked with a password."""

from __future__ import annotations

from crawlers.readers.interface import Hints, Limits
from crawlers.readers.sniff import sniff
from ita_rules.errors import ReaderError
from ita_rules.run.types import Document

_FAILURES = {"application/vnd.rar": "rar", "application/x-7z-compressed": "7z"}


def version() -> str:
    """Name and version of this reader."""
    return "closed/1"


def read(data: bytes, hints: Hints, limits: Limits) -> Document:
    """Raises `ReaderError`, always: `encrypted` for a locked Office file, `unreadable` with ``rar`` or ``7z`` for archives."""
    failure = _FAILURES.get(sniff(data, hints))
    raise ReaderError("unreadable", failure=failure) if failure else ReaderError("encrypted", failure="password")
