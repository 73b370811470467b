"""Where shared files lie: a folder that all machines mount, or an object store by fsspec.

Both keep one promise: what has a name is whole. A folder keeps it by renaming, an object store because an object appears with
its last byte. Stores that promise neither (ftp, sftp, http) are refused.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from ita_rules.errors import OutputError, UsageError

OBJECTS = ("memory", "s3", "s3a", "gs", "gcs", "az", "abfs", "oss")
"""Kinds of object stores, by the scheme of their address. All but ``memory`` need a package of fsspec's beside ours."""

MOST_BYTES = 2 * 1024**3
"""Bytes of the largest file that is read from a storage."""


MARK = ".cluster/mark"
"""The file by which a machine knows that it sees the same storage, and not a folder of its own under the same path."""


class Storage(Protocol):
    """Files by name, with ``/`` between folders. Every method raises `OutputError` (`error.storage.failed`) where the storage
    fails, and may be called from several threads."""

    url: str

    @property
    def folder(self) -> Path | None:
        """The folder in which the files lie; None in an object store, where nothing can be renamed."""

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None where there is none."""

    def exists(self, name: str) -> bool:
        """Whether there is a file of this name."""

    def put(self, name: str, data: bytes) -> None:
        """Keep a file whole or not at all, in place of one that has the name."""

    def put_new(self, name: str, data: bytes) -> bool:
        """Keep a file where none has the name; False where one has. Of many who do it at once, one is told True."""

    def names(self, folder: str) -> list[str]:
        """The names directly below a folder, in order; none where there is no such folder."""

    def remove(self, name: str) -> None:
        """Drop a file, or a folder with all below it; one that is not there is no fault."""


class Folder:
    """A folder that all machines have under one path."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.url = folder.as_uri()

    @property
    def folder(self) -> Path | None:
        """The folder itself."""
        return self._folder

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None where there is none."""
        with _told(self.url):
            try:
                with (self._folder / name).open("rb") as file:
                    return _bounded(file.read(MOST_BYTES + 1), name)
            except (FileNotFoundError, NotADirectoryError):
                return None

    def exists(self, name: str) -> bool:
        """Whether there is a file of this name."""
        return (self._folder / name).is_file()

    def put(self, name: str, data: bytes) -> None:
        """Keep a file whole or not at all, in place of one that has the name."""
        with _told(self.url), self._draft(name, data) as draft:
            os.replace(draft, self._folder / name)

    def put_new(self, name: str, data: bytes) -> bool:
        """Keep a file where none has the name; False where one has."""
        with _told(self.url), self._draft(name, data) as draft:
            try:
                # Unlike renaming, linking never takes a name that is in use.
                os.link(draft, self._folder / name)
            except FileExistsError:
                return False
            return True

    def names(self, folder: str) -> list[str]:
        """The names directly below a folder, in order."""
        with _told(self.url):
            try:
                return sorted(path.name for path in (self._folder / folder).iterdir() if not path.name.endswith(".tmp"))
            except (FileNotFoundError, NotADirectoryError):
                return []

    def remove(self, name: str) -> None:
        """Drop a file, or a folder with all below it."""
        with _told(self.url), contextlib.suppress(FileNotFoundError):
            path = self._folder / name
            path.unlink() if path.is_file() else shutil.rmtree(path)

    @contextlib.contextmanager
    def _draft(self, name: str, data: bytes) -> Iterator[Path]:
        path = self._folder / name
        draft = path.with_name(f".{secrets.token_hex(8)}.tmp")
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with draft.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            yield draft
        finally:
            draft.unlink(missing_ok=True)


class Objects:
    """An object store, asked through fsspec. Listings are never taken from fsspec's memory: other machines write too."""

    def __init__(self, system: Any, root: str, url: str) -> None:
        self._system, self._root, self.url = system, root.rstrip("/"), url

    @property
    def folder(self) -> Path | None:
        """None: an object store is no folder."""
        return None

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None where there is none."""
        with _told(self.url):
            try:
                return _bounded(bytes(self._system.cat_file(self._path(name), end=MOST_BYTES + 1)), name)
            except FileNotFoundError:
                return None

    def exists(self, name: str) -> bool:
        """Whether there is a file of this name."""
        with _told(self.url):
            self._system.invalidate_cache()
            return bool(self._system.isfile(self._path(name)))

    def put(self, name: str, data: bytes) -> None:
        """Keep a file whole or not at all, in place of one that has the name."""
        with _told(self.url):
            self._system.pipe_file(self._path(name), data)

    def put_new(self, name: str, data: bytes) -> bool:
        """Keep a file where none has the name; False where one has."""
        with _told(self.url):
            try:
                self._system.pipe_file(self._path(name), data, mode="create")
            except FileExistsError:
                return False
            return True

    def names(self, folder: str) -> list[str]:
        """The names directly below a folder, in order."""
        with _told(self.url):
            self._system.invalidate_cache()
            try:
                found = self._system.ls(self._path(folder), detail=False)
            except FileNotFoundError:
                return []
            return sorted({str(path).rstrip("/").rpartition("/")[2] for path in found})

    def remove(self, name: str) -> None:
        """Drop a file, or a folder with all below it."""
        with _told(self.url), contextlib.suppress(FileNotFoundError):
            self._system.invalidate_cache()
            self._system.rm(self._path(name), recursive=True)

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"


def open_storage(url: str) -> Storage:
    """The storage at an address: ``file:///mnt/ita``, ``s3://bucket/ita`` … Keys to it come from the environment of the machine.

    Raises `UsageError`: `error.storage.kind` for an address that is none of those, `error.storage.package` where a package for
    its kind is missing.
    """
    kind = urlsplit(url).scheme.lower()
    if kind == "file":
        path = Path(unquote(urlsplit(url).path))
        if not path.is_absolute() or urlsplit(url).netloc not in ("", "localhost"):
            raise UsageError("error.storage.kind", url=url, known=", ".join(("file", *OBJECTS[1:])))
        return Folder(path)
    if kind not in OBJECTS:
        raise UsageError("error.storage.kind", url=url, known=", ".join(("file", *OBJECTS[1:])))
    try:
        import fsspec
    except ImportError as error:
        raise UsageError("error.cluster.extra", lacks="fsspec") from error
    try:
        system, root = fsspec.core.url_to_fs(url)
    except ImportError as error:
        raise UsageError("error.storage.package", url=url, detail=str(error)) from error
    except ValueError as error:
        raise UsageError("error.storage.kind", url=url, known=", ".join(("file", *OBJECTS[1:]))) from error
    return Objects(system, str(root), url)


def mark_of(storage: Storage) -> str:
    """What the storage is known by, written where it has no mark yet. Raises `OutputError`."""
    storage.put_new(MARK, secrets.token_hex(16).encode())
    return (storage.read(MARK) or b"").decode("ascii", "replace")


def _bounded(data: bytes, name: str) -> bytes:
    if len(data) > MOST_BYTES:
        raise OSError(f"{name}: more than {MOST_BYTES} bytes")
    return data


@contextlib.contextmanager
def _told(url: str) -> Iterator[None]:
    """The stores' own errors are of many families; all mean that the storage cannot be used now."""
    try:
        yield
    except Exception as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise OutputError("error.storage.failed", path=url, detail=reason) from error
