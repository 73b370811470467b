"""What is drawn on a PDF page besides its text: pictures, straight strokes, outlines. The page's objects are gone through once.

Forms (drawings within the drawing) are entered, their places brought to the page's own. Places are in points from the top
left corner of the page as displayed.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from crawlers.readers.pdf_text import Place
from ita_rules.run.types import Image

MAX_IMAGES = 200
"""Pictures of one page that are listed; all count for what they cover."""

MAX_OBJECTS = 20_000
"""Objects and pieces of paths of one page that are looked at; what lies past them is not seen."""

MAX_DEPTH = 8
"""Forms within forms that are entered."""

THIN = 3.5
"""A box no wider than this (points) is a line."""

FEW_PIECES = 6
"""A part of a path with more pieces than this is neither rule nor box: a letter's outline, a drawing."""

_CELLS = 48
"""The page is covered by so many cells each way when it is asked how much of it pictures cover."""

Point = tuple[float, float]
Segment = tuple[Point, Point]
_Matrix = tuple[float, float, float, float, float, float]


@dataclass(slots=True)
class Drawn:
    """What stands on a page: its pictures with their size in pixels, and its straight strokes as displayed.

    `covered` is the share (0 to 1) of the page that pictures cover together, many tiles as well as one scan; `outlines` counts
    the pieces of paths that are neither rules nor boxes, as drawn letters are; `hidden` tells that all text is invisible, as
    programs write what they recognised beneath a scan.
    """

    images: list[Image] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    covered: float = 0.0
    outlines: int = 0
    hidden: bool = False


def drawn_on(page: Any, place: Place) -> Drawn:
    """What is drawn on a page (a pypdfium2 page)."""
    return _Walk(place).over(page.raw)


class _Walk:
    """One way through the objects of a page."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.found = Drawn()
        self.left = MAX_OBJECTS
        self.rows = [0] * _CELLS
        self.texts: list[Any] = []
        self.pair = ctypes.c_int(), ctypes.c_int()
        self.point = ctypes.c_float(), ctypes.c_float()

    def over(self, raw: Any) -> Drawn:
        """Go through all objects of the page."""
        self._objects(raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, None, 0)
        found = self.found
        found.covered = sum(row.bit_count() for row in self.rows) / _CELLS**2
        if found.covered > 0.0 and self.texts:
            invisible = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP
            found.hidden = all(pdfium.FPDFTextObj_GetTextRenderMode(thing) in invisible for thing in self.texts)
        return found

    def _objects(self, holder: Any, count: Any, get: Any, outer: _Matrix | None, depth: int) -> None:
        """Objects of the page or of a form, whose matrix is `outer` (None on the page itself)."""
        kind_of, text = pdfium.FPDFPageObj_GetType, pdfium.FPDF_PAGEOBJ_TEXT
        for index in range(count(holder)):
            self.left -= 1
            if self.left < 0:
                return
            thing = get(holder, index)
            kind = kind_of(thing)
            if kind == text:
                self.texts.append(thing)
            elif kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(thing, outer)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._picture(thing, _matrix(thing, outer))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
                inner = _matrix(thing, outer)
                self._objects(thing, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, inner, depth + 1)

    def _picture(self, thing: Any, matrix: _Matrix) -> None:
        """List a picture, and mark the cells of the page whose middle it covers."""
        if len(self.found.images) < MAX_IMAGES:
            width, height = ctypes.c_uint(), ctypes.c_uint()
            pdfium.FPDFImageObj_GetImagePixelSize(thing, width, height)
            self.found.images.append(Image("", "", int(width.value), int(height.value)))
        a, b, c, d, e, f = matrix
        corners = [self.place.shown(*corner) for corner in ((e, f), (e + a, f + b), (e + c, f + d), (e + a + c, f + b + d))]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        columns = _cells(min(xs), max(xs), self.place.width)
        mask = (1 << columns.stop) - (1 << columns.start)
        for row in _cells(min(ys), max(ys), self.place.height) if mask > 0 else ():
            self.rows[row] |= mask

    def _path(self, thing: Any, outer: _Matrix | None) -> None:
        """Take the straight pieces of a path; a thin box is a line."""
        fill, stroke = self.pair
        pdfium.FPDFPath_GetDrawMode(thing, fill, stroke)
        if not (fill.value or stroke.value):
            return
        fat = bool(stroke.value)
        shown = [[self.place.shown(*point) for point in part] for part in self._parts(thing, _matrix(thing, outer))]
        if not shown:
            return
        strokes = self.found.segments
        if (line := _thin([point for part in shown for point in part])) is not None:
            strokes.append(line)
            return
        for part in shown:
            if len(part) > 2 and (line := _thin(part)) is not None:
                strokes.append(line)
            elif fat:
                strokes.extend(pairwise(part))

    def _parts(self, path: Any, matrix: _Matrix) -> Iterator[list[Point]]:
        """The straight parts of a path in the page's own coordinates, each a chain of points; a curve ends a chain."""
        a, b, c, d, e, f = matrix
        chain: list[Point] = []
        x, y = self.point
        pieces = 0
        for index in range(pdfium.FPDFPath_CountSegments(path)):
            self.left -= 1
            if self.left < 0:
                return
            segment = pdfium.FPDFPath_GetPathSegment(path, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            pieces = 0 if kind == pdfium.FPDF_SEGMENT_MOVETO else pieces + 1
            self.found.outlines += pieces > FEW_PIECES
            if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
                continue
            if kind != pdfium.FPDF_SEGMENT_LINETO:
                if len(chain) > 1:
                    yield chain
                chain = []
            chain.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
            if pdfium.FPDFPathSegment_GetClose(segment) and len(chain) > 1:
                chain.append(chain[0])
        if len(chain) > 1:
            yield chain


def _thin(points: list[Point]) -> Segment | None:
    """The line that a box no wider than `THIN` is, None for a wider one."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    if min(x1 - x0, y1 - y0) > THIN:
        return None
    if y1 - y0 <= x1 - x0:
        return (x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2)
    return ((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1)


def _cells(low: float, high: float, length: float) -> range:
    """The cells of a side of the page whose middles lie between two places."""
    per = _CELLS / max(length, 1.0)
    first, last = (min(max(round(place * per), 0), _CELLS) for place in (low, high))
    return range(first, max(first, last))


def _matrix(thing: Any, outer: _Matrix | None) -> _Matrix:
    """How an object's own coordinates lie on the page."""
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, found):
        return outer or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    a, b, c, d, e, f = found.a, found.b, found.c, found.d, found.e, found.f
    if outer is None:
        return a, b, c, d, e, f
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc, a * ob + b * od, c * oa + d * oc, c * ob + d * od,
        e * oa + f * oc + oe, e * ob + f * od + of,
    )  # fmt: skip
