"""Bytes of a picture to grey pixels, within bounds that are read from the file's header before anything is decoded.

OpenCV decodes; it turns pictures as their EXIF note says and writes what is transparent over black, which is mended here.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

from crawlers.readers.image import size_of
from ita_rules.errors import ReaderError

MAX_PIXELS = 100_000_000
"""Pixels of one picture; a sheet of A3 at 600 dpi has 70 million."""

MAX_SIDE = 30_000
"""Pixels of one side."""

_TYPES = {1: "B", 3: "H", 4: "L"}
"""TIFF types of whole numbers, as `struct` names them."""


def pictures(data: bytes, first: int = 1, last: int = 1) -> Iterator[Any]:
    """The pictures in `data` in grey (numpy uint8, height x width): pages `first` to `last` (from 1) of a TIFF, else the one.

    Of a moving picture the first frame counts. Raises `ReaderError`: `too_large` by the header's own figures, `unreadable`
    where OpenCV cannot decode.
    """
    if data[:4] in (b"II*\x00", b"MM\x00*"):
        yield from _tiff(data, first, last)
    elif first <= 1 <= last:
        check(*size_of(data))
        yield _decoded(data)


def pages_in(data: bytes) -> int:
    """How many pages a picture has: those of a TIFF within reason, else one."""
    return max(1, len(tiff_sizes(data))) if data[:4] in (b"II*\x00", b"MM\x00*") else 1


def check(width: int, height: int) -> None:
    """Raise `ReaderError` (`too_large`, `unreadable`) where a picture of so many pixels is not to be decoded."""
    if width <= 0 or height <= 0:
        raise ReaderError("unreadable", failure="truncated")
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise ReaderError("too_large", failure="pixels")


def tiff_sizes(data: bytes, most: int = 1000) -> list[tuple[int, int]]:
    """Width and height in pixels of each page of a TIFF, by its directories; a broken chain ends there."""
    order = "<" if data[:2] == b"II" else ">"
    sizes: list[tuple[int, int]] = []
    seen: set[int] = set()
    try:
        (at,) = struct.unpack_from(order + "L", data, 4)
        while at and at not in seen and len(sizes) < most:
            seen.add(at)
            (count,) = struct.unpack_from(order + "H", data, at)
            found = {256: 0, 257: 0}
            for entry in range(at + 2, at + 2 + 12 * count, 12):
                tag, kind = struct.unpack_from(order + "HH", data, entry)
                if tag in found and kind in _TYPES:
                    (found[tag],) = struct.unpack_from(order + _TYPES[kind], data, entry + 8)
            sizes.append((found[256], found[257]))
            (at,) = struct.unpack_from(order + "L", data, at + 2 + 12 * count)
    except struct.error:
        pass
    return sizes


def _tiff(data: bytes, first: int, last: int) -> Iterator[Any]:
    import cv2
    import numpy

    sizes = tiff_sizes(data)
    if not sizes:
        raise ReaderError("unreadable", failure="damaged")
    body = numpy.frombuffer(data, numpy.uint8)
    for number in range(first - 1, min(last, len(sizes))):
        check(*sizes[number])
        try:
            _, found = cv2.imdecodemulti(body, cv2.IMREAD_GRAYSCALE, range=(number, number + 1))
        except cv2.error as error:
            raise ReaderError("unreadable", failure="damaged") from error
        if not found:
            raise ReaderError("unreadable", failure="damaged")
        yield found[0]


def _decoded(data: bytes) -> Any:
    import cv2
    import numpy

    body = numpy.frombuffer(data, numpy.uint8)
    flat = data.startswith((b"\xff\xd8", b"BM"))
    try:
        found = cv2.imdecode(body, cv2.IMREAD_GRAYSCALE if flat else cv2.IMREAD_UNCHANGED)
    except cv2.error as error:
        raise ReaderError("unreadable", failure="damaged") from error
    if found is None:
        raise ReaderError("unreadable", failure="damaged")
    return found if found.dtype == numpy.uint8 and found.ndim == 2 else _on_white(found)


def _on_white(picture: Any) -> Any:
    """A picture of any channels and depth in grey, what is transparent in white."""
    import cv2
    import numpy

    if picture.dtype == numpy.uint16:
        picture = (picture >> 8).astype(numpy.uint8)
    elif picture.dtype != numpy.uint8:
        picture = cv2.convertScaleAbs(picture, alpha=255 / max(float(numpy.nanmax(picture)), 1e-6))
    if picture.ndim == 2:
        return picture
    if picture.shape[2] == 2:
        grey, clear = cv2.split(picture)
    elif picture.shape[2] == 4:
        grey, clear = cv2.cvtColor(picture, cv2.COLOR_BGRA2GRAY), picture[:, :, 3]
    else:
        return cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    cover = clear.astype(numpy.uint16)
    return ((grey * cover + 255 * (255 - cover)) // 255).astype(numpy.uint8)
