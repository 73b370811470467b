"""What the classifier sees of a glyph: its picture, the directions of its edges by cells, and its place in the line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from crawlers.readers.digits.cut import Segment, Strip

SIDE = 32
"""Height and width in pixels of the fixed picture; the glyph's longer side takes 28 of them."""

CELL = 4
DIRECTIONS = 8
PLACE = 4
LENGTH = (1 + DIRECTIONS) * (SIDE // CELL) ** 2 + PLACE
"""Numbers for one glyph."""


def picture(segment: Segment) -> NDArray[np.float32]:
    """The glyph in the middle of a SIDE by SIDE square, 0 (paper) to 1, its proportions kept."""
    rows, columns = segment.ink.shape
    factor = (SIDE - 4) / max(rows, columns)
    size = (max(1, round(columns * factor)), max(1, round(rows * factor)))
    small = cv2.resize(segment.ink, size, interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR)
    square = np.zeros((SIDE, SIDE), np.float32)
    y, x = (SIDE - size[1]) // 2, (SIDE - size[0]) // 2
    square[y : y + size[1], x : x + size[0]] = small
    return square


def place(segment: Segment, strip: Strip) -> list[float]:
    """Height, width, and how far bottom and top lie above the base line, in heights of a letter, within -1 and 2."""
    values = (
        segment.bottom - segment.top,
        segment.right - segment.left,
        strip.base - segment.bottom,
        strip.base - segment.top,
    )
    return [min(2.0, max(-1.0, v / strip.height)) for v in values]


def features(segments: Sequence[Segment], strip: Strip) -> NDArray[np.float32]:
    """One row of LENGTH numbers for each segment."""
    if not segments:
        return np.zeros((0, LENGTH), np.float32)
    # One tall picture of all glyphs: their margin of two pixels keeps the filters from mixing neighbours.
    tall = np.concatenate([picture(s) for s in segments])
    places = np.array([place(s, strip) for s in segments], np.float32)
    return np.concatenate([_cells(tall, len(segments)), _edges(tall, len(segments)), places], axis=1)


def _cells(tall: NDArray[np.floating[Any]], count: int) -> NDArray[np.float32]:
    """The mean of each cell, one row a glyph."""
    side = SIDE // CELL
    small = cv2.resize(tall, (side, count * side), interpolation=cv2.INTER_AREA)
    return np.asarray(small.reshape(count, side * side), dtype=np.float32)


def _edges(tall: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """Strength of the edges in each direction and cell, each glyph's whole scaled to one length."""
    step = np.array([[-1.0, 0.0, 1.0]], np.float32)
    dx = cv2.filter2D(tall, -1, step, borderType=cv2.BORDER_CONSTANT)
    dy = cv2.filter2D(tall, -1, step.T, borderType=cv2.BORDER_CONSTANT)
    slope = np.float32(0.70711)
    axes = (dx, dy, (dx + dy) * slope, (dx - dy) * slope)
    weaken = 1 / (dx * dx + dy * dy + np.float32(1e-6))
    cells = []
    for axis in axes:
        square = axis * axis
        strength = square * square * weaken  # an edge counts by the fourth power of the cosine between it and the direction
        both, balance = _cells(strength, count), _cells(np.copysign(strength, axis), count)
        cells += [np.maximum(both + balance, 0) / 2, np.maximum(both - balance, 0) / 2]  # dark to light, and light to dark
    flat = np.sqrt(np.sqrt(np.concatenate(cells, axis=1)))
    return np.asarray(flat * (8.0 / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-6)), dtype=np.float32)
