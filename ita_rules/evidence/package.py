"""Writing an evidence package: the same run gives the same bytes."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import uuid
import zipfile
from collections.abc import Mapping
from pathlib import Path

from ita_rules.errors import OutputError
from ita_rules.evidence.manifest import MANIFEST, Held, Manifest, is_safe

_PACKED = (".gz", ".webp", ".zip", ".png", ".jpg")
_CHUNK = 1 << 20


def write_package(target: Path, manifest: Manifest, files: Mapping[str, bytes | Path]) -> Manifest:
    """Write `files` (place in the package → content, or a file to be copied) and the manifest to the ZIP file `target`, whole or
    not at all. The manifest as it was written, with its files.

    Raises `OutputError` (`not_writable`) where it cannot be written, `ValueError` for a place that leads out of the package.
    """
    for place in files:
        if not is_safe(place) or place == MANIFEST:
            raise ValueError(place)
    aside = target.with_name(f".{uuid.uuid4().hex}.tmp")
    stamp = _stamp(manifest.finished)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with zipfile.ZipFile(aside, "w", allowZip64=True) as package:
                held = [_put(package, place, files[place], stamp) for place in sorted(files)]
                whole = manifest.model_copy(update={"files": tuple(held)})
                _put(package, MANIFEST, whole.as_json().encode(), stamp)
            aside.replace(target)
        finally:
            with contextlib.suppress(OSError):
                aside.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError("not_writable", path=str(target), reason=error.strerror or str(error)) from error
    return whole


def _put(package: zipfile.ZipFile, place: str, content: bytes | Path, stamp: tuple[int, int, int, int, int, int]) -> Held:
    entry = zipfile.ZipInfo(place, stamp)
    entry.external_attr = 0o644 << 16
    entry.compress_type = zipfile.ZIP_STORED if place.endswith(_PACKED) else zipfile.ZIP_DEFLATED
    digest, size = hashlib.sha256(), 0
    with package.open(entry, "w", force_zip64=isinstance(content, Path)) as out:
        if isinstance(content, bytes):
            digest.update(content)
            size = len(content)
            out.write(content)
        else:
            with content.open("rb") as stream:
                while chunk := stream.read(_CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                    out.write(chunk)
    return Held(path=place, sha256=digest.hexdigest(), size=size)


def _stamp(moment: str) -> tuple[int, int, int, int, int, int]:
    """The time of the gathering as ZIP files write it, so that packing twice gives the same bytes."""
    try:
        at = dt.datetime.fromisoformat(moment)
    except ValueError:
        return 1980, 1, 1, 0, 0, 0
    return max(1980, at.year), at.month, at.day, at.hour, at.minute, at.second
