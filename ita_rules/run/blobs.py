"""The store of bodies: named by SHA-256, compressed, shared by all runs beside it; and of the texts read from them.

    FOLDER/ab/cdef…                      a body (gzip)
    FOLDER/texts/ab/cdef….READER         the text that one version of a reader made of it

A file appears under its name only when it is whole (written aside, then renamed), so a kill leaves nothing half written.
Several processes may write at once: the same name always means the same bytes. On a worker of a cluster the folder may name an
origin: the shared storage from which a body comes when it is asked for.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import time
import uuid
import zlib
from pathlib import Path

from ita_rules.errors import OutputError, RunError
from ita_rules.run.codec import pack, unpack
from ita_rules.run.types import Document
from ita_rules.storage.bodies import Origin

MAX_BLOB = 256 * 1024**2
"""Bytes that one stored body may unpack to."""

_NAME = re.compile(r"[0-9a-f]{64}")
_STALE_SECONDS = 3600
_SAMPLE = 4096
_GZIP = 16 + zlib.MAX_WBITS


class BlobStore:
    """Bodies by their SHA-256 below `folder`, which is made with the first `put`. Safe for threads and processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self._swept = False
        self._origin = Origin.of(self.folder)

    def put(self, data: bytes, packed: bytes = b"") -> str:
        """Keep `data` and return its SHA-256 (hex). Raises `OutputError` where the folder cannot be written.

        `packed` is the same body as one gzip member, where somebody packed it already: it is kept as it is.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        path = self._path(sha256)
        if not path.exists():
            self._write(path, packed if _is_of(packed, data) else _compress(data))
        return sha256

    def has(self, sha256: str) -> bool:
        """Whether the body is there, or comes from the folder's origin when it is asked for."""
        if not _NAME.fullmatch(sha256):
            return False
        return self._path(sha256).exists() or (self._origin is not None and self._origin.has(sha256))

    def get(self, sha256: str) -> bytes:
        """The body. Raises `RunError` (`blob_missing`, `blob_broken`) where it is not there as it was put."""
        path = self._path(sha256)
        self._bring(path)
        if not path.exists():
            raise RunError("blob_missing", path=str(self.folder), sha256=sha256)
        machine = zlib.decompressobj(_GZIP)
        try:
            data = machine.decompress(path.read_bytes(), MAX_BLOB)
        except (OSError, zlib.error) as error:
            raise RunError("blob_broken", path=str(path), reason=str(error)) from error
        if not machine.eof or hashlib.sha256(data).hexdigest() != sha256:
            raise RunError("blob_broken", path=str(path), reason="sha256")
        return data

    def put_text(self, sha256: str, reader_version: str, document: Document) -> None:
        """Keep what `reader_version` read in the body `sha256`. Raises `OutputError` where it cannot be written."""
        self._write(self._text_path(sha256, reader_version), pack(document))

    def get_text(self, sha256: str, reader_version: str) -> Document | None:
        """What this version of the reader made of the body before; None where it has not read it yet."""
        path = self._text_path(sha256, reader_version)
        self._bring_text(sha256, path)
        try:
            return unpack(Document, path.read_bytes())
        except (OSError, ValueError, TypeError):
            return None

    def put_made(self, sha256: str, maker: str, data: bytes) -> None:
        """Keep what `maker` (name and version, with all that it was told) made of the body `sha256`, beside its texts."""
        self._write(self._text_path(sha256, maker), data)

    def get_made(self, sha256: str, maker: str) -> bytes | None:
        """What `maker` made of the body before; None where it has not yet."""
        path = self._text_path(sha256, maker)
        self._bring_text(sha256, path)
        try:
            return path.read_bytes()
        except OSError:
            return None

    def _path(self, sha256: str) -> Path:
        if not _NAME.fullmatch(sha256):
            raise RunError("blob_missing", path=str(self.folder), sha256=sha256)
        return self.folder / sha256[:2] / sha256[2:]

    def _text_path(self, sha256: str, reader_version: str) -> Path:
        mark = hashlib.sha256(reader_version.encode()).hexdigest()[:12]
        return self.folder / "texts" / sha256[:2] / f"{sha256[2:]}.{mark}"

    def _bring(self, path: Path) -> None:
        """Fetch a file from the folder's origin, where it has one and the file is not here."""
        if self._origin is not None and not path.exists():
            self._origin.bring(path)

    def _bring_text(self, sha256: str, path: Path) -> None:
        # Of what tonight brought nobody has a text yet; asking for it would cost a request for each.
        if self._origin is not None and (self._origin.known is None or sha256 in self._origin.known):
            self._bring(path)

    def _write(self, path: Path, data: bytes) -> None:
        aside = self.folder / ".tmp" / uuid.uuid4().hex
        try:
            if not self._swept:
                aside.parent.mkdir(parents=True, exist_ok=True)
                self._sweep(aside.parent)
            try:
                aside.write_bytes(data)
            except OSError:
                # Half a body on a full disk would only take room.
                aside.unlink(missing_ok=True)
                raise
            try:
                _rename(aside, path)
            except PermissionError:
                # Windows refuses while another process reads the same name: then the same bytes are there already.
                if not path.exists():
                    raise
                aside.unlink()
        except OSError as error:
            raise OutputError("not_writable", path=str(path), reason=str(error)) from error

    def _sweep(self, folder: Path) -> None:
        """Drop what killed writers left behind; once in the life of a store."""
        if self._swept:
            return
        self._swept = True
        for left in folder.iterdir():
            with contextlib.suppress(OSError):
                if time.time() - left.stat().st_mtime > _STALE_SECONDS:
                    left.unlink()


def _rename(aside: Path, path: Path) -> None:
    """Move a file to its place; of the folders there are few, and they are made when one is missing."""
    try:
        os.replace(aside, path)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.replace(aside, path)


def _is_of(packed: bytes, data: bytes) -> bool:
    """Whether a gzip member says of itself that it is of this body, and packs it well enough to be kept."""
    said = zlib.crc32(data).to_bytes(4, "little") + (len(data) & 0xFFFFFFFF).to_bytes(4, "little")
    return packed[-8:] == said and len(packed) < 0.9 * len(data)


def _compress(data: bytes) -> bytes:
    """Gzip without time or name, so that equal bodies give equal files; only stored where packing gains nothing."""
    middle = len(data) // 2
    sample = data[:_SAMPLE] + data[max(_SAMPLE, middle) : middle + 2 * _SAMPLE]
    # Level 3 costs a quarter of what 6 costs and gives a page a seventh more bytes: packing was a tenth of a crawl's time.
    level = 3 if len(zlib.compress(sample, 1)) < 0.9 * len(sample) else 0
    machine = zlib.compressobj(level, zlib.DEFLATED, _GZIP)
    return machine.compress(data) + machine.flush()
