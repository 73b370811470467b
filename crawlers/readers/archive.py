"""Office files are ZIP archives: opened here only after a look at what they would unpack to."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import Any

from lxml import etree

from crawlers.readers.interface import Limits
from ita_rules.errors import ReaderError

DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, struct.error)
"""What `zipfile` raises while it unpacks a member that is damaged."""

# A document type that only names itself does no harm, and old OpenDocument files have one; one with a part of its own may.
_DTD = re.compile(rb"<!(?:DOCTYPE[^>]*\[|ENTITY)", re.I)


def open_archive(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """The archive in `data`; the caller closes it.

    Raises `ReaderError`: `too_large` where it would unpack to more than the limits allow (an XML part to more than a quarter
    of it, since trees take many times their text), `encrypted` for locked parts, `unreadable` for damage and for XML that
    defines entities, which no office file does.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ReaderError("unreadable", failure="damaged") from error
    try:
        _check(archive, limits)
    except BaseException:
        archive.close()
        raise
    return archive


def _check(archive: zipfile.ZipFile, limits: Limits) -> None:
    entries = archive.infolist()
    markup = [entry for entry in entries if entry.filename.lower().endswith((".xml", ".rels", ".vml"))]
    if (
        len(entries) > limits.entries
        or sum(entry.file_size for entry in entries) > limits.unpacked_bytes
        or any(entry.file_size > limits.unpacked_bytes // 4 for entry in markup)
    ):
        raise ReaderError("too_large", failure="unpacked")
    if any(entry.flag_bits & 1 for entry in entries):
        raise ReaderError("encrypted", failure="password")
    for entry in markup:
        try:
            with archive.open(entry) as part:
                head = part.read(4096)
        except DAMAGE as error:
            raise ReaderError("unreadable", failure="damaged") from error
        if _DTD.search(head.replace(b"\x00", b"")):
            raise ReaderError("unreadable", failure="entities")


def xml_part(archive: zipfile.ZipFile, name: str) -> Any | None:
    """The tree of one XML part, None where the archive has none of that name. Entities stay unresolved."""
    try:
        body = archive.read(name)
    except KeyError:
        return None
    except DAMAGE as error:
        raise ReaderError("unreadable", failure="damaged") from error
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        return etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReaderError("unreadable", failure="damaged") from error


def properties(archive: zipfile.ZipFile) -> dict[str, str]:
    """Title, times and program of an office file, as far as it says: `title`, `created`, `modified`, `producer`."""
    found: dict[str, str] = {}
    for part, wanted in (
        ("docProps/core.xml", {"title": "title", "created": "created", "modified": "modified"}),
        ("docProps/app.xml", {"Application": "producer"}),
    ):
        tree = xml_part(archive, part)
        for node in tree if tree is not None else ():
            key = wanted.get(node.tag.rpartition("}")[2]) if isinstance(node.tag, str) else None
            if key and node.text and node.text.strip():
                found[key] = " ".join(node.text.split())
    return found
