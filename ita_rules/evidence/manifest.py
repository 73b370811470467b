"""What an evidence package says of itself: `manifest.json`, with the SHA-256 of every other file."""

from __future__ import annotations

import hashlib
import re
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

MANIFEST = "manifest.json"
"""Name of the manifest in the package."""

_SAFE = re.compile(r"^(?!/)(?!.*(?:^|/)\.\.?(?:/|$))[^\\\x00-\x1f:]{1,300}$")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Held(_Frozen):
    """One file of the package: its place in it, its SHA-256 (hex) and its size in bytes."""

    path: str
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    size: int = Field(ge=0)


class Manifest(_Frozen):
    """The circumstances of a package. Times are those of the gathering, ISO 8601; `as_of` is an A.D. day.

    `items` are the items that the package is about (all of the form where it is empty), `masked` tells that personal numbers in
    page pictures and quotes are masked, `readers` names what read the texts, with versions.
    """

    schema_: Literal["ita-rules/evidence/1"] = Field(default="ita-rules/evidence/1", alias="schema")
    tool_version: str
    ruleset: str
    ruleset_version: str
    agency: str
    url: str
    started: str
    finished: str
    as_of: str
    items: tuple[str, ...] = ()
    masked: bool = True
    readers: tuple[str, ...] = ()
    files: tuple[Held, ...] = ()

    def as_json(self) -> str:
        """The manifest as it stands in the package."""
        return self.model_dump_json(by_alias=True, indent=1) + "\n"

    def digest(self) -> str:
        """The SHA-256 (hex) of the manifest as it stands in the package; it vouches for every file that the manifest names."""
        return hashlib.sha256(self.as_json().encode()).hexdigest()


def is_safe(path: str) -> bool:
    """Whether a place in a package stays in it: relative, without ``..``, drive letters or control characters."""
    return bool(_SAFE.match(path))
