"""Cuts a stretch of a line into pieces that may be glyphs: connected components, joined where they stand over one another.

The engine's boxes of misread glyphs are wrong, so they only say where to look; heights, gaps and the base line are measured on
the ink itself. Touching glyphs are cut where the ink is thin, and a broken glyph is offered joined as well: `Cut` is a lattice of
`Segment` among which the reader chooses by what its classifier makes of each. All lengths are pixels of the enlarged strip;
`Strip.x_of` leads back to the picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Ink = NDArray[np.float32]

MAX_PIECES = 160
"""Pieces of one stretch; what is more is no line of text."""

SHORT = 64
"""A stretch lower than this (pixels) is enlarged to twice its size, so that thin gaps survive the threshold."""

NARROW = 0.34
"""Least width of a part of a touching pair, in heights of a letter."""

SUSPECT = 0.95
"""From this width on, in heights of a letter, a component may be several glyphs."""

WIDEST = 1.75
"""Widest part of one component, in heights of a letter, that is offered as one glyph."""

BROKEN = 1.3
"""Widest glyph that is offered as made up of two components."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Pieces `first` to `last` (exclusive) of the lattice as one possible glyph; edges in pixels of the strip."""

    first: int
    last: int
    left: int
    top: int
    right: int
    bottom: int
    ink: Ink


@dataclass(frozen=True, slots=True)
class Strip:
    """A stretch of a line: `ink` from 0 (paper) to 1, `height` of a letter and `base` line in pixels of the strip.

    `left` is where the strip begins in the picture and `zoom` how many of its pixels one pixel of the picture became.
    """

    ink: Ink
    height: float
    base: float
    left: int
    zoom: int

    def x_of(self, x: float) -> float:
        """A place in the strip as a place in the picture."""
        return self.left + x / self.zoom


@dataclass(frozen=True, slots=True)
class Cut:
    """The strip, how many atomic pieces it has (in reading order), and every segment offered."""

    strip: Strip
    pieces: int
    segments: tuple[Segment, ...]


@dataclass(slots=True)
class _Column:
    """Components that stand over one another, as one atom."""

    left: int
    top: int
    right: int
    bottom: int
    labels: list[int]


def cut(grey: NDArray[np.uint8], left: int, top: int, right: int, bottom: int) -> Cut | None:
    """The pieces of the line between `top` and `bottom` (pixels) from `left` to `right`; None where there is no ink.

    `grey` has dark ink on light paper or the reverse, 0 to 255.
    """
    margin = max(2, (bottom - top) // 5)
    y0, y1 = max(0, top - margin), min(grey.shape[0], bottom + margin)
    x0, x1 = max(0, left), min(grey.shape[1], right)
    if y1 - y0 < 8 or x1 - x0 < 4:
        return None
    zoom = 2 if bottom - top < SHORT else 1
    area = grey[y0:y1, x0:x1]
    if zoom > 1:
        area = np.asarray(cv2.resize(area, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)
    ink, mask = _ink(area)
    band = (zoom * (top - y0), zoom * (bottom - y0))
    _rub_out_rules(mask, band[1] - band[0])
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    columns, height, base = _columns(stats, count, band)
    if not columns or len(columns) > MAX_PIECES:
        return None
    strip = Strip(ink, height, base, x0, zoom)
    return _lattice(strip, labels, columns)


def _ink(area: NDArray[np.uint8]) -> tuple[Ink, NDArray[np.uint8]]:
    """How dark each pixel is, and which are ink."""
    _, mask = cv2.threshold(area, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    if np.count_nonzero(mask) > 0.5 * mask.size:  # light letters on a dark ground
        area = 255 - area
        _, mask = cv2.threshold(area, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    dark = float(cv2.mean(area, mask)[0])
    light = float(cv2.mean(area, 255 - mask)[0])
    ink = (light - area.astype(np.float32)) / max(light - dark, 1.0)
    return np.clip(ink, 0.0, 1.0), np.asarray(mask, dtype=np.uint8)


def _rub_out_rules(mask: NDArray[np.uint8], band: int) -> None:
    """Take lines of tables and underlines out of `mask`."""
    wide, high = max(9, round(1.6 * band)), max(9, round(1.15 * band))
    # Counting is quicker than filtering, and most stretches have no rule.
    rows, columns = np.count_nonzero(mask, axis=1).max(initial=0), np.count_nonzero(mask, axis=0).max(initial=0)
    for kernel, longest in (((1, wide), int(rows)), ((high, 1), int(columns))):
        if longest >= max(kernel):
            rule = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones(kernel, np.uint8))
            mask[cv2.dilate(rule, np.ones((3, 3), np.uint8)) > 0] = 0


def _columns(stats: NDArray[Any], count: int, band: tuple[int, int]) -> tuple[list[_Column], float, float]:
    """Atoms from left to right, the height of a letter and the base line."""
    full = band[1] - band[0]
    boxes = []
    for label in range(1, count):
        x, y, w, h, area = (int(v) for v in stats[label])
        middle = y + h / 2
        if area >= max(4, 0.0012 * full * full) and band[0] - 0.12 * full <= middle <= band[1] + 0.12 * full:
            boxes.append(_Column(x, y, x + w, y + h, [label]))
    tall = sorted(b.bottom - b.top for b in boxes if b.bottom - b.top > 0.25 * full) or [full]
    height = float(tall[len(tall) // 2])
    bottoms = sorted(b.bottom for b in boxes if b.bottom - b.top > 0.6 * height) or [band[1]]
    base = float(bottoms[len(bottoms) // 2])
    boxes.sort(key=lambda b: (-(b.bottom - b.top) * (b.right - b.left), b.left))
    columns: list[_Column] = []
    for box in boxes:
        if not _joined(box, columns, height):
            columns.append(box)
    columns.sort(key=lambda c: (c.left, c.right))
    return columns, height, base


def _joined(box: _Column, columns: list[_Column], height: float) -> bool:
    """Put `box` to a column that it mostly overlaps; specks over or under one (leaders, noise) are swallowed."""
    small = max(box.right - box.left, box.bottom - box.top) < 0.25 * height
    for column in columns:
        shared = min(box.right, column.right) - max(box.left, column.left)
        if shared <= 0.5 * min(box.right - box.left, column.right - column.left):
            continue
        if small and not column.top <= (box.top + box.bottom) / 2 <= column.bottom:
            return True
        column.left, column.right = min(box.left, column.left), max(box.right, column.right)
        column.top, column.bottom = min(box.top, column.top), max(box.bottom, column.bottom)
        column.labels += box.labels
        return True
    return False


def _lattice(strip: Strip, labels: NDArray[Any], columns: list[_Column]) -> Cut:
    """Atoms (columns, wide ones cut where the ink is thin) and all that may be one glyph: one to four atoms."""
    grown = np.ones((3, 3), np.uint8)
    atoms: list[tuple[int, int, int]] = []  # left, right, index of the column
    masks: list[NDArray[np.uint8]] = []
    for index, column in enumerate(columns):
        inside = labels[:, column.left : column.right]
        own = (inside == column.labels[0]).view(np.uint8)
        for label in column.labels[1:]:
            own |= (inside == label).view(np.uint8)
        masks.append(np.asarray(cv2.dilate(own, grown), dtype=np.uint8))
        edges = [column.left, *(column.left + c for c in _thin(own, strip.height)), column.right]
        atoms += [(a, b, index) for a, b in pairwise(edges)]
    segments = []
    for first in range(len(atoms)):
        for last in range(first + 1, min(first + 4, len(atoms)) + 1):
            left, right = atoms[first][0], max(a[1] for a in atoms[first:last])
            if last > first + 1 and right - left > WIDEST * strip.height:
                break
            members = {a[2] for a in atoms[first:last]}
            if len(members) > 2 or (len(members) > 1 and atoms[last - 1][0] - atoms[last - 2][1] > 0.15 * strip.height):
                break
            segment = _segment(strip, columns, masks, (first, last), (left, right), sorted(members))
            if segment is not None:
                segments.append(segment)
    return Cut(strip, len(atoms), tuple(segments))


def _segment(
    strip: Strip,
    columns: list[_Column],
    masks: list[NDArray[np.uint8]],
    span: tuple[int, int],
    edges: tuple[int, int],
    members: list[int],
) -> Segment | None:
    """The ink of some columns between two edges, and nothing of their neighbours; None where that is empty."""
    left, right = edges
    top, bottom = min(columns[m].top for m in members), max(columns[m].bottom for m in members)
    whole = columns[members[0]]
    if len(members) == 1 and (left, right) == (whole.left, whole.right):
        return Segment(
            span[0], span[1], left, top, right, bottom, strip.ink[top:bottom, left:right] * masks[members[0]][top:bottom]
        )
    mask = np.zeros((bottom - top, right - left), np.uint8)
    for m in members:
        column = columns[m]
        a, b = max(left, column.left), min(right, column.right)
        mask[:, a - left : b - left] |= masks[m][top:bottom, a - column.left : b - column.left]
    rows = np.flatnonzero(mask.any(axis=1))
    if not rows.size:
        return None
    low, high = int(rows[0]), int(rows[-1]) + 1
    ink = strip.ink[top + low : top + high, left:right] * mask[low:high]
    return Segment(span[0], span[1], left, top + low, right, top + high, ink)


def _thin(own: NDArray[np.uint8], height: float) -> list[int]:
    """Where a wide component may be cut: the thinnest places of its outline, at most three, in pixels from its left edge."""
    width = own.shape[1]
    if width < SUSPECT * height:
        return []
    profile = own.sum(axis=0).astype(np.float64)
    smooth = np.convolve(profile, [0.25, 0.5, 0.25], mode="same")
    least = max(3, round(NARROW * height))
    cuts: list[int] = []
    for x in np.argsort(smooth[least : width - least], kind="stable") + least:
        if smooth[x] > 0.5 * height or len(cuts) == min(3, round(width / (0.5 * height)) - 1):
            break
        if all(abs(int(x) - c) >= least for c in cuts):
            cuts.append(int(x))
    return sorted(cuts)
