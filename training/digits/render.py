"""Lines of Thai text as pictures, with the place of every character."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from training.digits.fonts import Face, font, has, stand_in

Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character drawn: the edges of its ink from left to right, and of its line from top to bottom, in pixels."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """A grey picture (rows by columns, 255 is paper) and the characters on it."""

    grey: Grey
    glyphs: tuple[Glyph, ...]


def pixels_of(points: float, dpi: int) -> int:
    """Size of an em in pixels."""
    return round(points * dpi / 72)


@lru_cache(maxsize=65536)
def _ink(path: Path, size: int, character: str) -> tuple[float, float]:
    """Left and right edge of a character's ink, from its origin; the font's own box would count blank sides in."""
    mask, offset = font(path, size).getmask2(character, anchor="ls")
    box = mask.getbbox() or (0, 0, 0, 0)
    return offset[0] + box[0], offset[0] + box[2]


def _parts(text: str, path: Path) -> list[tuple[Path, str]]:
    """`text` in stretches of one font: the face itself, or the one that stands in for characters it lacks."""
    other = stand_in() or path
    parts: list[tuple[Path, str]] = []
    for character in text:
        own = path if has(path, character) else other
        if parts and parts[-1][0] == own:
            parts[-1] = (own, parts[-1][1] + character)
        else:
            parts.append((own, character))
    return parts


def put(draw: ImageDraw.ImageDraw, at: tuple[int, int], text: str, face: Face, size: int, ink: int = 0) -> list[Glyph]:
    """Write `text` with its left end and baseline at `at` and return its characters; `size` in pixels an em."""
    x, y = float(at[0]), at[1]
    glyphs: list[Glyph] = []
    for path, part in _parts(text, face.path):
        shaped, start = font(path, size), 0.0
        draw.text((x, y), part, font=shaped, fill=ink, anchor="ls")
        for i, character in enumerate(part):
            left, right = _ink(path, size, character)
            glyphs.append(Glyph(character, x + start + left, y - 0.95 * size, x + start + right, y + 0.4 * size))
            start = shaped.getlength(part[: i + 1])
        x += start
    return glyphs


def width_of(text: str, face: Face, size: int) -> int:
    """Width of a line in pixels."""
    return int(np.ceil(sum(font(path, size).getlength(part) for path, part in _parts(text, face.path))))


def line(text: str, face: Face, size: int, margin: int = 24, ink: int = 0) -> Drawn:
    """One line alone on paper, `margin` pixels around it."""
    picture = Image.new("L", (width_of(text, face, size) + 2 * margin, round(1.6 * size) + 2 * margin), 255)
    glyphs = put(ImageDraw.Draw(picture), (margin, margin + round(1.1 * size)), text, face, size, ink)
    return Drawn(np.asarray(picture, dtype=np.uint8).copy(), tuple(glyphs))
