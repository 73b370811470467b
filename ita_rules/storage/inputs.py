"""What workers need of the machine that started the audit: rule sets, answers, exceptions and scores, as one archive by its hash.

The same files make the same archive, so a night of thousands of agencies lays it on the storage once.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from ita_rules.errors import OutputError, RunError
from ita_rules.storage.places import Storage

FOLDER = ".cluster/inputs"
_MOST_BYTES = 500 * 1024**2
_MOST_FILES = 20_000
_TIME = (1980, 1, 1, 0, 0, 0)


def lay(storage: Storage, files: Mapping[str, Path]) -> str:
    """Lay files and whole folders on the storage under the names given; the archive's name, ``""`` for none.

    Raises `OutputError`: one of them cannot be read, all are too large together (500 MB, 20,000 files), or the storage fails.
    """
    if not files:
        return ""
    packed = io.BytesIO()
    count = size = 0
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in sorted(_all(files).items()):
            try:
                data = path.read_bytes()
            except OSError as error:
                raise OutputError("error.cluster.input", path=str(path), detail=error.strerror or str(error)) from error
            count, size = count + 1, size + len(data)
            if count > _MOST_FILES or size > _MOST_BYTES:
                raise OutputError("error.cluster.input", path=str(path), detail=f"> {_MOST_FILES} files / {_MOST_BYTES} bytes")
            info = zipfile.ZipInfo(name, _TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    data = packed.getvalue()
    sha256 = hashlib.sha256(data).hexdigest()
    if not storage.exists(f"{FOLDER}/{sha256}"):
        storage.put(f"{FOLDER}/{sha256}", data)
    return sha256


def unpack(storage: Storage, sha256: str, folder: Path) -> None:
    """Unpack an archive into `folder`. Raises `RunError` (`error.storage.broken`) where it is gone or another, `OutputError`."""
    data = storage.read(f"{FOLDER}/{sha256}")
    if data is None or hashlib.sha256(data).hexdigest() != sha256:
        raise RunError("error.storage.broken", path=storage.url, name=f"{FOLDER}/{sha256}", run="-")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
        if len(infos) > _MOST_FILES or sum(info.file_size for info in infos) > _MOST_BYTES:
            raise RunError("error.storage.broken", path=storage.url, name=f"{FOLDER}/{sha256}", run="-")
        archive.extractall(folder)


def _all(files: Mapping[str, Path]) -> dict[str, Path]:
    found = {}
    for name, path in files.items():
        if path.is_dir():
            found.update({f"{name}/{p.relative_to(path).as_posix()}": p for p in path.rglob("*") if p.is_file()})
        else:
            found[name] = path
    return found
