"""One line of the log: what one look at one address came to, chained to the line before."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ita_rules.acts import is_server_fault

BEGIN = "0" * 64
"""What the very first line names as the one before."""

MOST_BYTES = 16_384
"""Bytes of one line; no honest one comes near."""

_AGENCYS = frozenset({"http_404", "http_410", "login", "empty_link", "soft_404"})
"""Causes that tell that the evidence is not there for anybody: down, but the agency's and no fault of its server."""


class Look(BaseModel):
    """What came of asking one address once.

    `up` is None where we could not tell: a bot wall, robots.txt, our own line. `cause` is one of CONTRACT's, None when it is up.
    `items` are the O-items whose evidence the address is, none for a main page alone. `seconds` is the answer's wall-clock time.
    `cert_until` is the last moment (ISO 8601) of the certificate of its host, as its connection showed it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: dt.datetime
    url: str = Field(max_length=2_100)
    items: tuple[str, ...] = Field(default=(), max_length=100)
    main: bool = False
    up: bool | None
    cause: str | None = Field(default=None, max_length=100)
    detail: str = Field(default="", max_length=300)
    status: int | None = None
    seconds: float = 0.0
    cert_until: dt.datetime | None = None

    @property
    def server_fault(self) -> bool:
        """Whether it is down for a cause that may be a server's bad night."""
        return self.up is False and self.cause is not None and is_server_fault(self.cause)


class Entry(BaseModel):
    """One line: a `look`, or a note that `torn` bytes (base64) were found at the end, a line that a kill broke off.

    `prev` is the SHA-256 of the line before, its break left out.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    prev: str = Field(pattern=r"^[0-9a-f]{64}$")
    kind: Literal["look", "torn"] = "look"
    look: Look | None = None
    torn: str = ""

    def line(self) -> bytes:
        """As it stands in the log, without its break."""
        data = self.model_dump(mode="json", exclude_defaults=True, exclude={"kind"}) | {"kind": self.kind}
        return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(line: bytes) -> str:
    """The SHA-256 of a line, in hex."""
    return hashlib.sha256(line).hexdigest()


def verdict(cause: str | None, status: int | None) -> bool | None:
    """Up, down, or None for what we cannot tell, from the cause of a fetch and its status."""
    if cause is None:
        return True
    # It answered as it should, and more than a light look takes in.
    if cause == "too_large":
        return True if status is not None and 200 <= status < 300 else None
    return False if cause in _AGENCYS or is_server_fault(cause) else None
