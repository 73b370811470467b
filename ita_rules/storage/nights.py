"""What came of an agency in an audit, on the shared storage: the files of its run, and a manifest that makes them count.

The manifest is written last and only where there is none. So a run is there whole or not at all, and once for an agency and an
audit, however many workers did the job: who comes second takes back its files and has the first one's manifest.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from ita_rules.errors import OutputError, RunError
from ita_rules.storage.places import Storage

NIGHTS = ".cluster/nights"
RUNS = ".cluster/runs"
BESIDE = "manifest.json"
"""Name of the manifest in the folder of a run that was fetched."""

KEPT = 400
"""Nights of an agency that a storage keeps; older ones go when a new one comes."""

_INCOMING = ".incoming-"
_STALE_DAYS = 2
_NAME = re.compile(r"[0-9A-Za-z.-]{1,100}")


def _safe(name: str) -> str:
    """A relative name that leads nowhere else; it comes from a machine that is not this one."""
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or "\\" in name or ":" in name or any(part in (".", "..") for part in parts):
        raise ValueError(f"no name of a file below a folder: {name!r}")
    return name


Name = Annotated[str, AfterValidator(_safe)]


class FileMark(BaseModel):
    """By what a file is known to be the one that was laid down."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bytes: int = Field(ge=0)
    sha256: str


class Manifest(BaseModel):
    """What came of an agency in an audit.

    `name` is ``AUDIT.KEY``; `agency` the folder of the agency's runs, `folder` that of this run (``AGENCY/TIME``, as its worker
    named it; None where it came to no run). `place` is where its `files` were laid. `result` is the result as the audit keeps it,
    `code` the agency's own, `tool` the version that made it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    agency: Name
    folder: Name | None = None
    place: Name | None = None
    files: dict[Name, FileMark] = Field(default_factory=dict)
    result: dict[str, Any] = Field(default_factory=dict)
    code: str = ""
    tool: str = ""


def night_name(audit: str, key: str) -> str:
    """The name of an agency in an audit. Raises `ValueError` for what cannot be one."""
    name = f"{audit}.{key}"
    if not _NAME.fullmatch(name):
        raise ValueError(name)
    return name


def publish(storage: Storage, manifest: Manifest, run: Path | None, *, keep: bool = True) -> Manifest:
    """Lay the files of the run in the folder `run` on the storage and make them count. The manifest that stands then: ours, or
    that of who came first. Without `keep` nothing is claimed: the files lie there for whoever has the manifest returned.

    Its bodies have to lie there already. Raises `OutputError`.
    """
    if run is not None:
        place = f"{RUNS}/{manifest.name}.{secrets.token_hex(4)}"
        files = {}
        for path in sorted(p for p in run.rglob("*") if p.is_file() and not p.name.endswith(".tmp")):
            name, data = path.relative_to(run).as_posix(), path.read_bytes()
            storage.put(f"{place}/{name}", data)
            files[name] = FileMark(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
        manifest = manifest.model_copy(update={"place": place, "files": files})
    if not keep:
        return manifest
    if storage.put_new(_file(manifest.agency, manifest.name), manifest.model_dump_json().encode()):
        settle(storage, manifest)
        _drop_old(storage, manifest.agency)
        return manifest
    if manifest.place is not None:
        storage.remove(manifest.place)
    return find(storage, manifest.agency, manifest.name) or manifest


def find(storage: Storage, agency: str, name: str) -> Manifest | None:
    """The manifest of an agency in an audit; None where there is none yet, or none that can be read. Raises `OutputError`."""
    data = storage.read(_file(agency, name))
    if data is None:
        return None
    with contextlib.suppress(ValidationError):
        found = Manifest.model_validate_json(data)
        if found.name == name and found.agency == agency:
            return found
    return None


def nights(storage: Storage, agency: str) -> Iterator[Manifest]:
    """The manifests of an agency, of the newest audit first. Raises `OutputError`."""
    for file in sorted(storage.names(f"{NIGHTS}/{agency}"), reverse=True):
        found = find(storage, agency, file.removesuffix(".json"))
        if found is not None:
            yield found


def agencies(storage: Storage) -> list[str]:
    """The folders of agencies that have manifests. Raises `OutputError`."""
    return storage.names(NIGHTS)


def settle(storage: Storage, manifest: Manifest) -> None:
    """Give a run on a shared folder its proper place by one renaming; harmless when that was done."""
    if storage.folder is None or manifest.place is None or manifest.folder is None:
        return
    target = storage.folder / manifest.folder
    with contextlib.suppress(FileNotFoundError, OSError):
        target.parent.mkdir(parents=True, exist_ok=True)
        os.rename(storage.folder / manifest.place, target)


def fetch(storage: Storage, manifest: Manifest, base: Path, only: Collection[str] = ()) -> Path | None:
    """Bring the run of a manifest to ``base/AGENCY/TIME``, whole or not at all, and say where it lies now.

    One that was brought before is left as it is; a folder of that name with another run makes it ``TIME-2``. `only` names the
    files that are wanted (all when empty). None where the manifest has no run. On a shared folder that is `base` itself nothing
    is moved.

    Raises `RunError` (`error.storage.broken`) where a file is gone or not what the manifest says, `OutputError`.
    """
    if manifest.folder is None or manifest.place is None:
        return None
    settle(storage, manifest)
    lies = _lies(storage, manifest)
    if not is_there(storage, manifest):
        raise RunError("error.storage.broken", path=storage.url, name=lies, run=manifest.folder)
    if storage.folder is not None and lies == manifest.folder and storage.folder.resolve() == base.resolve():
        return base / manifest.folder
    first = target = base / manifest.folder
    number = 1
    while target.exists():
        if _is_of(target, manifest.name):
            return target
        number += 1
        target = first.with_name(f"{first.name}-{number}")
    draft = base / f"{_INCOMING}{secrets.token_hex(8)}"
    try:
        try:
            for name in manifest.files:
                if not only or name in only:
                    path = draft / name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(_checked(storage, manifest, f"{lies}/{name}", manifest.files[name]))
            (draft / BESIDE).write_text(manifest.model_dump_json(), encoding="utf-8")
            target.parent.mkdir(parents=True, exist_ok=True)
            os.rename(draft, target)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        raise OutputError("error.output.not_writable", path=str(target), detail=error.strerror or str(error)) from error
    return target


def is_there(storage: Storage, manifest: Manifest) -> bool:
    """Whether the files of a run still lie on the storage. Who keeps a shared folder may have dropped them (``store prune``)."""
    if manifest.place is None:
        return False
    if storage.folder is not None:
        return (storage.folder / str(_lies(storage, manifest))).is_dir()
    return all(storage.exists(f"{manifest.place}/{name}") for name in islice(manifest.files, 1))


def forget(storage: Storage, manifest: Manifest) -> None:
    """Take back what came of an agency in an audit, since it cannot be used; it may be done again. Raises `OutputError`."""
    storage.remove(_file(manifest.agency, manifest.name))


def sweep(base: Path) -> None:
    """Drop what killed fetches left below `base`; nobody else may be fetching."""
    with contextlib.suppress(OSError):
        for left in base.glob(f"{_INCOMING}*"):
            shutil.rmtree(left, ignore_errors=True)


def sweep_places(storage: Storage, today: dt.date) -> None:
    """Drop from a shared folder what killed workers laid down without its ever having counted, days ago. In an object store that
    cannot be told from what counts. Raises `OutputError`."""
    if storage.folder is None:
        return
    before = f"{today - dt.timedelta(days=_STALE_DAYS):%Y%m%d}"
    for place in storage.names(RUNS):
        if place[:8] < before:
            storage.remove(f"{RUNS}/{place}")


def _drop_old(storage: Storage, agency: str) -> None:
    """Drop the oldest nights of an agency beyond those that are kept; on a shared folder the runs themselves have a keeper."""
    for file in storage.names(f"{NIGHTS}/{agency}")[:-KEPT]:
        old = find(storage, agency, file.removesuffix(".json"))
        storage.remove(f"{NIGHTS}/{agency}/{file}")
        if old is not None and old.place is not None:
            storage.remove(old.place)


def _checked(storage: Storage, manifest: Manifest, name: str, mark: FileMark) -> bytes:
    data = storage.read(name)
    if data is None or len(data) != mark.bytes or hashlib.sha256(data).hexdigest() != mark.sha256:
        raise RunError("error.storage.broken", path=storage.url, name=name, run=manifest.folder)
    return data


def _lies(storage: Storage, manifest: Manifest) -> str | None:
    """Where the files are: renamed to their folder, or still where they were laid."""
    if storage.folder is not None and not (storage.folder / str(manifest.place)).is_dir():
        return manifest.folder
    return manifest.place


def _is_of(folder: Path, name: str) -> bool:
    """Whether the run in a folder was fetched by the manifest of this name."""
    try:
        return bool(json.loads((folder / BESIDE).read_bytes()).get("name") == name)
    except (OSError, ValueError, AttributeError):
        return False


def _file(agency: str, name: str) -> str:
    return f"{NIGHTS}/{agency}/{name}.json"
