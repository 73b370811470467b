"""Pictures inside office files, in the order in which they stand: what a page that holds only pictures is recognised from."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from crawlers.readers.archive import open_archive, xml_part
from crawlers.readers.interface import WORD, Limits

SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
OPEN_TEXT = "application/vnd.oasis.opendocument.text"

TYPES = frozenset((WORD, SLIDES, OPEN_TEXT))
"""Media types whose pictures are found here."""

MAX_BYTES = 60 * 1024**2
"""Bytes of one picture; a larger one is left out."""

_SLIDE = re.compile(r"^ppt/slides/slide(\d+)\.xml$")


def embedded(data: bytes, media_type: str, page: int, limits: Limits) -> list[bytes]:
    """The files of the pictures of one page (slide; 1 for texts), in order, each once. Raises `ReaderError`."""
    with open_archive(data, limits) as archive:
        if media_type == WORD:
            names = _referred(archive, "word/document.xml")
        elif media_type == SLIDES:
            slides = _slides(archive)
            names = _referred(archive, slides[page - 1]) if page <= len(slides) else iter(())
        else:
            names = _linked(archive)
        found = []
        known = {entry.filename: entry.file_size for entry in archive.infolist()}
        for name in dict.fromkeys(names):
            if 0 < known.get(name, 0) <= MAX_BYTES:
                found.append(archive.read(name))
        return found


def _targets(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """What the relations of a part lead to inside the archive, by their ids."""
    folder, name = posixpath.split(part)
    tree = xml_part(archive, f"{folder}/_rels/{name}.rels")
    return {
        str(node.get("Id")): posixpath.normpath(posixpath.join(folder, str(node.get("Target")))).lstrip("/")
        for node in (tree if tree is not None else ())
        if node.get("TargetMode") != "External"
    }


def _referred(archive: zipfile.ZipFile, part: str) -> Iterator[str]:
    """Names of the pictures that a part shows, in its order."""
    targets, tree = _targets(archive, part), xml_part(archive, part)
    for node in tree.iter("{*}blip", "{*}imagedata") if tree is not None else ():
        for key, value in node.attrib.items():
            if etree.QName(key).localname in ("embed", "id") and value in targets:
                yield targets[value]


def _slides(archive: zipfile.ZipFile) -> list[str]:
    """Names of the slides in the order of the show."""
    targets, tree = _targets(archive, "ppt/presentation.xml"), xml_part(archive, "ppt/presentation.xml")
    shown: list[Any] = list(tree.iter("{*}sldId")) if tree is not None else []
    ids = [value for node in shown for key, value in node.attrib.items() if key.endswith("}id")]
    return [name for i in ids if (name := targets.get(i, "")) and _SLIDE.match(name)]


def _linked(archive: zipfile.ZipFile) -> Iterator[str]:
    """Names of the pictures of an OpenDocument text, in its order."""
    tree = xml_part(archive, "content.xml")
    for node in tree.iter("{*}image") if tree is not None else ():
        yield next((value.removeprefix("./") for key, value in node.attrib.items() if key.endswith("}href")), "")
