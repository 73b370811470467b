"""Pictures of pages, drawn once: kept beside the bodies from which they were drawn, and found again without drawing.

A picture is known by all that was asked of it, so that one is never shown on which less is painted over than ought to be.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace

from crawlers.readers.page_picture import Picture, PictureAsk
from ita_rules.run.blobs import BlobStore
from reports.interface import PagePicture

_MAKER = "picture/1"
"""By what a kept picture was drawn; another number where pages are drawn otherwise, or more is hidden."""


def maker_of(ask: PictureAsk) -> str:
    """A mark of all that was asked of a picture. The numbers that are hidden in it cannot be read from the mark."""
    return f"{_MAKER} {hashlib.sha256(repr(ask).encode('utf-8', 'replace')).hexdigest()}"


def kept(draw: Callable[[bytes, PictureAsk], Picture], blobs: BlobStore) -> Callable[[bytes, PictureAsk], Picture]:
    """The same, each picture drawn once: it is kept beside its body, and looked up by all that it was asked for."""

    def look_up(data: bytes, ask: PictureAsk) -> Picture:
        sha256, maker = hashlib.sha256(data).hexdigest(), maker_of(ask)
        known = _unpacked(blobs.get_made(sha256, maker))
        if known is not None:
            return known
        picture = draw(data, ask)
        if picture.data and not picture.cause:
            blobs.put_made(sha256, maker, b"%d %d %d %d\n" % _sizes(picture) + picture.data)
        return picture

    return look_up


def _sizes(picture: Picture) -> tuple[int, int, int, int]:
    return picture.width, picture.height, picture.marked, picture.hidden


def _unpacked(data: bytes | None) -> Picture | None:
    head, _, body = (data or b"").partition(b"\n")
    try:
        width, height, marked, hidden = map(int, head.split())
    except ValueError:
        return None
    return Picture(body, width, height, marked, hidden)


def found_again(pictures: Iterable[PagePicture], blobs: BlobStore) -> tuple[PagePicture, ...] | None:
    """The pictures (without their data) with it; None where one is not kept any more."""
    made: list[PagePicture] = []
    for one in pictures:
        picture = _unpacked(blobs.get_made(*one.kept)) if one.kept is not None else None
        if picture is None:
            return None
        made.append(replace(one, data=picture.data))
    return tuple(made)
