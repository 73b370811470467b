"""Bodies on the shared storage: what a night has new is laid there, and what an earlier one left is fetched when it is asked for.

A worker begins a night with an empty folder of bodies. A file in it, `ORIGIN`, says where the others are; `ita_rules.run.blobs`
looks there for a body (or the text read from one) that it lacks.
"""

from __future__ import annotations

import json
import logging
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ita_rules.errors import ItaRulesError, OutputError
from ita_rules.storage.places import Storage, open_storage

logger = logging.getLogger(__name__)

BLOBS = "blobs"
ORIGIN = ".origin"
_THREADS = 8
_MOST_BYTES = 50_000_000
_BODY = re.compile(r"[0-9a-f]{2}/[0-9a-f]{62}")
_TEXT = re.compile(r"texts/[0-9a-f]{2}/[0-9a-f]{62}\.[0-9a-f]{12}")


@dataclass
class Origin:
    """Where the bodies are that the folder `folder` lacks; `known` are the SHA-256 of those that are there for sure, None where
    that has to be asked."""

    folder: Path
    url: str
    known: frozenset[str] | None

    @classmethod
    def of(cls, folder: Path) -> Origin | None:
        """The origin that a folder of bodies names; None for a folder that has all its bodies itself."""
        try:
            with (folder / ORIGIN).open("rb") as file:
                found = json.loads(file.read(_MOST_BYTES))
            known = found["known"]
            return cls(folder, str(found["url"]), None if known is None else frozenset(map(str, known)))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    @cached_property
    def _storage(self) -> Storage:
        return open_storage(self.url)

    def has(self, sha256: str) -> bool:
        """Whether the storage has a body."""
        if self.known is not None:
            return sha256 in self.known
        try:
            return self._storage.exists(f"{BLOBS}/{sha256[:2]}/{sha256[2:]}")
        except ItaRulesError as error:
            logger.warning("the storage does not say whether it has %s: %s", sha256, error)
            return False

    def bring(self, path: Path) -> None:
        """Fetch the file `path` of the folder, where the storage has it; where it fails the file is not there, as before."""
        try:
            data = self._storage.read(f"{BLOBS}/{path.relative_to(self.folder).as_posix()}")
            if data is not None:
                draft = self.folder / ".tmp" / secrets.token_hex(16)
                draft.parent.mkdir(parents=True, exist_ok=True)
                path.parent.mkdir(parents=True, exist_ok=True)
                draft.write_bytes(data)
                os.replace(draft, path)
        except (ItaRulesError, OSError) as error:
            logger.warning("%s did not come from the storage: %s", path.name, error)


def name_origin(folder: Path, url: str, known: Iterable[str] | None = None) -> None:
    """Say in a folder of bodies where those are that it lacks. Raises `OutputError` where it cannot be written."""
    draft = folder / f".{secrets.token_hex(8)}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps({"url": url, "known": None if known is None else sorted(set(known))}), encoding="utf-8")
        os.replace(draft, folder / ORIGIN)
    except OSError as error:
        raise OutputError("error.output.not_writable", path=str(folder), detail=error.strerror or str(error)) from error


def upload(storage: Storage, folder: Path) -> int:
    """Lay the bodies and texts of a folder on the storage, only what is missing there; how many were. Raises `OutputError`."""
    origin = Origin.of(folder)
    known = (origin.known if origin is not None else None) or frozenset[str]()

    def lay(name: str) -> int:
        if name.replace("/", "", 1) in known or storage.exists(f"{BLOBS}/{name}"):
            return 0
        storage.put(f"{BLOBS}/{name}", (folder / name).read_bytes())
        return 1

    with ThreadPoolExecutor(_THREADS) as pool:
        return sum(pool.map(lay, _names(folder)))


def _names(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if _BODY.fullmatch(name) or _TEXT.fullmatch(name):
            yield name
