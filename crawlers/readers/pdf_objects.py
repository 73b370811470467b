"""What is drawn on a PDF page besides its text: pictures, straight strokes, and outlines of letters.

The page's objects are gone through once. Forms (drawings within the drawing) are entered. Places are in points from the top
left corner of the page as displayed.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from crawlers.readers.pdf_text import Box, Place
from ita_rules.run.types import Image

MAX_IMAGES = 200
"""Pictures of one page that are listed; all count for what they cover."""

MAX_OBJECTS = 100_000
MAX_PIECES = 20_000
"""Objects of one page that are gone through, and pictures, forms and pieces of paths among them that are looked at; what lies
past them is not seen."""

MAX_DEPTH = 8
"""Forms within forms that are entered."""

THIN = 3.5
"""A box no wider than this (points) is a line."""

FEW_PIECES = 6
"""A part of a path with more pieces than this is neither rule nor box: a letter's outline, a drawing."""

_CELLS = 48
"""The page is covered by so many cells each way when it is asked how much of it pictures cover."""

_HANDLE = ctypes.c_void_p
_NUMBERS = (ctypes.c_int, ctypes.c_uint, ctypes.c_ulong, ctypes.c_size_t, ctypes.c_float)


def _quick(name: str) -> Callable[..., Any]:
    """A function of pdfium that takes and gives handles as plain addresses: no object is made for each, which halves the time.

    Pointers to what it fills in are given by `byref`.
    """
    function = getattr(pdfium, name)
    result, *arguments = (kind if kind in _NUMBERS else _HANDLE for kind in (function.restype, *function.argtypes))
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, _HANDLE).value or 0)


_count, _object = _quick("FPDFPage_CountObjects"), _quick("FPDFPage_GetObject")
_inner_count, _inner_object = _quick("FPDFFormObj_CountObjects"), _quick("FPDFFormObj_GetObject")
_kind, _matrix_of = _quick("FPDFPageObj_GetType"), _quick("FPDFPageObj_GetMatrix")
_pixels = _quick("FPDFImageObj_GetImagePixelSize")
_text_mode = _quick("FPDFTextObj_GetTextRenderMode")
_draw_mode, _segment_count = _quick("FPDFPath_GetDrawMode"), _quick("FPDFPath_CountSegments")
_segment, _segment_kind = _quick("FPDFPath_GetPathSegment"), _quick("FPDFPathSegment_GetType")
_segment_point, _segment_closes = _quick("FPDFPathSegment_GetPoint"), _quick("FPDFPathSegment_GetClose")

Point = tuple[float, float]
Segment = tuple[Point, Point]
_Matrix = tuple[float, float, float, float, float, float]
_INVISIBLE = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)


@dataclass(slots=True)
class Drawn:
    """What stands on a page: its pictures with their size in pixels, and its straight strokes as displayed.

    `covered` is the share (0 to 1) of the page that pictures cover together, many tiles as well as one scan; `outlines` counts
    the pieces of paths that are neither rules nor boxes, as drawn letters are; `hidden` tells that most text is invisible, as
    programs write what they recognised in a scan.
    """

    images: list[Image] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    covered: float = 0.0
    outlines: int = 0
    hidden: bool = False


def drawn_on(page: Any, place: Place) -> Drawn:
    """What is drawn on a page (a pypdfium2 page)."""
    return _Walk(place).over(ctypes.cast(page.raw, _HANDLE).value)


class _Walk:
    """One way through the objects of a page."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.found = Drawn()
        self.objects, self.left = MAX_OBJECTS, MAX_PIECES
        self.rows = [0] * _CELLS
        # What pdfium fills in, made once.
        self.matrix, self.modes, self.point = pdfium.FS_MATRIX(), (ctypes.c_int * 2)(), (ctypes.c_float * 2)()
        self.to_matrix = ctypes.byref(self.matrix)
        self.to_modes = ctypes.byref(self.modes), ctypes.byref(self.modes, ctypes.sizeof(ctypes.c_int))
        self.to_point = ctypes.byref(self.point), ctypes.byref(self.point, ctypes.sizeof(ctypes.c_float))

    def over(self, page: int | None) -> Drawn:
        """Go through all objects of the page."""
        (e, f), (ax, ay), (bx, by) = self.place.shown(0, 0), self.place.shown(1, 0), self.place.shown(0, 1)
        texts: list[int] = []
        self._objects(page, _count(page), _object, (ax - e, ay - f, bx - e, by - f, e, f), texts, 0)
        found = self.found
        found.covered = sum(row.bit_count() for row in self.rows) / _CELLS**2
        if found.images and texts:
            found.hidden = 2 * sum(_text_mode(thing) in _INVISIBLE for thing in texts) >= len(texts)
        return found

    def _objects(
        self, holder: int | None, count: int, get: Callable[..., Any], outer: _Matrix, texts: list[int], depth: int
    ) -> None:
        """Objects of the page or of a form; `outer` brings its coordinates to the page as displayed. Texts go to `texts`."""
        text, path = pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH
        count = min(count, self.objects)
        self.objects -= count
        for index in range(count):
            thing = get(holder, index)
            kind = _kind(thing)
            if kind == text:
                texts.append(thing)
                continue
            self.left -= 1
            if self.left < 0:
                return
            if kind == path:
                self._path(thing, outer)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._picture(thing, self._inner(thing, outer))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
                self._objects(thing, _inner_count(thing), _inner_object, self._inner(thing, outer), texts, depth + 1)

    def _inner(self, thing: int, outer: _Matrix) -> _Matrix:
        """How an object's own coordinates lie on the page as displayed."""
        found = self.matrix
        if not _matrix_of(thing, self.to_matrix):
            return outer
        a, b, c, d, e, f = found.a, found.b, found.c, found.d, found.e, found.f
        oa, ob, oc, od, oe, of = outer
        return (
            a * oa + b * oc, a * ob + b * od, c * oa + d * oc, c * ob + d * od,
            e * oa + f * oc + oe, e * ob + f * od + of,
        )  # fmt: skip

    def _picture(self, thing: int, matrix: _Matrix) -> None:
        """List a picture, and mark the cells of the page whose middle it covers."""
        if len(self.found.images) < MAX_IMAGES:
            size = (ctypes.c_uint * 2)()
            _pixels(thing, ctypes.byref(size), ctypes.byref(size, ctypes.sizeof(ctypes.c_uint)))
            self.found.images.append(Image("", "", size[0], size[1]))
        a, b, c, d, e, f = matrix
        x0, y0, x1, y1 = _around([(e, f), (e + a, f + b), (e + c, f + d), (e + a + c, f + b + d)])
        columns = _cells(x0, x1, self.place.width)
        mask = (1 << columns.stop) - (1 << columns.start)
        for row in _cells(y0, y1, self.place.height) if mask else ():
            self.rows[row] |= mask

    def _path(self, thing: int, outer: _Matrix) -> None:
        """Take the straight pieces of a path; a thin box is a line."""
        _draw_mode(thing, *self.to_modes)
        filled, stroked = self.modes
        if not (filled or stroked):
            return
        parts = list(self._parts(thing, self._inner(thing, outer)))
        if not parts:
            return
        strokes = self.found.segments
        if (line := _thin([point for part in parts for point in part])) is not None:
            strokes.append(line)
            return
        for part in parts:
            if len(part) > 2 and (line := _thin(part)) is not None:
                strokes.append(line)
            elif stroked:
                strokes.extend(pairwise(part))

    def _parts(self, path: int, matrix: _Matrix) -> Iterator[list[Point]]:
        """The straight parts of a path as displayed, each a chain of points; a curve ends a chain."""
        a, b, c, d, e, f = matrix
        chain: list[Point] = []
        point = self.point
        to_x, to_y = self.to_point
        pieces = 0
        for index in range(_segment_count(path)):
            self.left -= 1
            if self.left < 0:
                return
            segment = _segment(path, index)
            kind = _segment_kind(segment)
            if not _segment_point(segment, to_x, to_y):
                continue
            x, y = point
            if kind == pdfium.FPDF_SEGMENT_LINETO:
                pieces += 1
            else:
                if len(chain) > 1:
                    yield chain
                chain = []
                pieces = 0 if kind == pdfium.FPDF_SEGMENT_MOVETO else pieces + 1
            self.found.outlines += pieces > FEW_PIECES
            chain.append((a * x + c * y + e, b * x + d * y + f))
            if len(chain) > 1 and _segment_closes(segment):
                chain.append(chain[0])
        if len(chain) > 1:
            yield chain


def _thin(points: list[Point]) -> Segment | None:
    """The line that a box no wider than `THIN` is, None for a wider one."""
    x0, y0, x1, y1 = _around(points)
    if min(x1 - x0, y1 - y0) > THIN:
        return None
    if y1 - y0 <= x1 - x0:
        return (x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2)
    return ((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1)


def _around(points: list[Point]) -> Box:
    """Left, top, right, bottom of points as displayed."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _cells(low: float, high: float, length: float) -> range:
    """The cells of a side of the page whose middles lie between two places."""
    per = _CELLS / max(length, 1.0)
    first, last = (min(max(round(place * per), 0), _CELLS) for place in (low, high))
    return range(first, max(first, last))
