"""Header values as they were meant: names of files, addresses in letters that headers do not know, and what tells that a
body has not changed."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from urllib.parse import unquote_to_bytes

MAX_VALUE = 4096
"""Characters of one header's value that are kept."""

_PLAIN = re.compile(r"[\x20-\x7e]{1,500}")


@dataclass(frozen=True, slots=True)
class Known:
    """What an earlier night left of an address: `at` is where the body came from (after redirects), `headers` are those by which
    the server can say that it is still the same."""

    at: str
    headers: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, at: str, headers: Sequence[tuple[str, str]]) -> Known | None:
        """What the headers of an earlier answer allow to ask; None where they bear no validator."""
        asked = []
        for theirs, ours in (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since")):
            value = next((v.strip() for name, v in headers if name.lower() == theirs), "")
            if _PLAIN.fullmatch(value):
                asked.append((ours, value))
        return cls(at, tuple(asked)) if asked else None


def redress(header: str) -> str:
    """A header value as it was meant: servers send raw UTF-8 or TIS-620, the client reads Latin-1."""
    try:
        raw = header.encode("latin-1")
    except UnicodeEncodeError:
        return header
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp874", "replace")


def filename(disposition: str) -> str:
    """The file name in a Content-Disposition header, without folders; ``""`` where there is none."""
    if not disposition:
        return ""
    star = re.search(r"(?i)filename\*\s*=\s*([\w-]*)'[^']*'([^;\s]+)", disposition)
    if star:
        with contextlib.suppress(LookupError):
            return _last(unquote_to_bytes(star[2]).decode(star[1] or "utf-8", "replace"))
    message = Message()
    message["Content-Disposition"] = disposition.replace("\r", " ").replace("\n", " ")
    try:
        name = message.get_filename("")
    except (ValueError, LookupError, UnicodeError):
        name = ""
    name = redress(name)
    if re.search(r"%[0-9A-Fa-f]{2}", name):
        with contextlib.suppress(UnicodeDecodeError):
            name = unquote_to_bytes(name).decode("utf-8")
    return _last(name)


def _last(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2].strip()[:255]
