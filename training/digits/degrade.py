"""What printing, copying and scanning do to a page, at random but repeatable from a seed."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from training.digits.render import Drawn, Glyph


@dataclass(frozen=True, slots=True)
class Wear:
    """How strong the faults are: `skew` in degrees and `jpeg` in quality (the worst); the others run from 0 to 1."""

    skew: float = 0.6
    blur: float = 1.0
    noise: float = 1.0
    jpeg: int = 40
    stroke: float = 1.0
    bilevel: float = 0.15


def _turned(drawn: Drawn, degrees: float, shear: float) -> Drawn:
    """The picture turned about its middle and leaning by `shear`, and the characters moved with it."""
    rows, columns = drawn.grey.shape
    turn = cv2.getRotationMatrix2D((columns / 2, rows / 2), degrees, 1.0)
    lean = np.array([[1.0, shear, -shear * rows / 2], [0.0, 1.0, 0.0]])
    matrix = np.vstack([lean, [0, 0, 1]]) @ np.vstack([turn, [0, 0, 1]])
    grey = cv2.warpAffine(drawn.grey, matrix[:2], (columns, rows), flags=cv2.INTER_LINEAR, borderValue=(255,))
    glyphs = []
    for g in drawn.glyphs:
        middle = matrix @ np.array([(g.left + g.right) / 2, (g.top + g.bottom) / 2, 1.0])
        wide, high = (g.right - g.left) / 2, (g.bottom - g.top) / 2
        glyphs.append(Glyph(g.text, middle[0] - wide, middle[1] - high, middle[0] + wide, middle[1] + high))
    return Drawn(np.asarray(grey, dtype=np.uint8), tuple(glyphs))


def _stroked(grey: NDArray[np.uint8], rng: np.random.Generator, strength: float) -> NDArray[np.uint8]:
    """Thicker or thinner strokes, by mixing the picture with its erosion or dilation."""
    amount = float(rng.uniform(0.0, 0.8)) * strength
    kernel = np.ones((2, 2), np.uint8) if rng.random() < 0.6 else np.ones((3, 3), np.uint8)
    changed = cv2.erode(grey, kernel) if rng.random() < 0.6 else cv2.dilate(grey, kernel)
    amount = amount if changed.mean() < grey.mean() else 0.6 * amount
    return np.asarray(cv2.addWeighted(changed, amount, grey, 1 - amount, 0), dtype=np.uint8)


def spoil(drawn: Drawn, rng: np.random.Generator, wear: Wear | None = None) -> Drawn:
    """`drawn` as a scanner would give it."""
    wear = wear or Wear()
    drawn = _turned(drawn, float(rng.uniform(-wear.skew, wear.skew)), float(rng.uniform(-0.03, 0.03)) * wear.stroke)
    grey = drawn.grey
    if rng.random() < 0.6:
        grey = _stroked(grey, rng, wear.stroke)
    sigma = float(rng.uniform(0.3, 1.15)) * wear.blur
    work = cv2.GaussianBlur(grey, (0, 0), max(sigma, 0.05)).astype(np.float32)
    low, high = float(rng.uniform(0, 70)), float(rng.uniform(205, 255))
    work = low + work * (high - low) / 255
    work += rng.normal(0, float(rng.uniform(0.5, 12)) * wear.noise, work.shape).astype(np.float32)
    if rng.random() < 0.3:
        specks = rng.random(work.shape) < 0.0006 * wear.noise
        work[specks] = low
    grey = np.clip(work, 0, 255).astype(np.uint8)
    if rng.random() < wear.bilevel:
        level = float(rng.uniform(0.4, 0.62)) * (high - low) + low
        grey = np.where(cv2.GaussianBlur(grey, (0, 0), 0.6) > level, 255, 0).astype(np.uint8)
    quality = int(rng.integers(wear.jpeg, 95))
    _, packed = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return Drawn(np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), dtype=np.uint8), drawn.glyphs)
