"""Pictures of Thai print, drawn with a font of the machine; tests that need one skip where there is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

cv2 = pytest.importorskip("cv2", reason="needs the extra ocr")
numpy = pytest.importorskip("numpy", reason="needs the extra ocr")

WIDE, HIGH = 1240, 900


def font(size: int) -> Any:
    """A Thai font of so many pixels; skips the test where Pillow or a font is missing."""
    fonts = pytest.importorskip("PIL.ImageFont", reason="needs Pillow")
    found = [p for p in Path("/usr/share/fonts").rglob("*") if p.name in ("Loma.otf", "Loma.ttf", "Garuda.otf", "Garuda.ttf")]
    if not found:
        pytest.skip("needs a Thai font (fonts-thai-tlwg)")
    return fonts.truetype(str(sorted(found)[-1]), size)


def sheet(lines: list[tuple[int, int, str]], size: int = 40, wide: int = WIDE, high: int = HIGH) -> Any:
    """White paper with lines of print, each with its left and top in pixels."""
    images, draws = pytest.importorskip("PIL.Image"), pytest.importorskip("PIL.ImageDraw")
    paper = images.new("L", (wide, high), 255)
    for left, top, words in lines:
        draws.Draw(paper).text((left, top), words, font=font(size), fill=0)
    return numpy.array(paper)


def grid(picture: Any, xs: list[int], ys: list[int]) -> Any:
    """The picture with rules of three pixels."""
    for y in ys:
        cv2.line(picture, (xs[0], y), (xs[-1], y), 0, 3)
    for x in xs:
        cv2.line(picture, (x, ys[0]), (x, ys[-1]), 0, 3)
    return picture


def turned(picture: Any, degrees: float) -> Any:
    """The picture turned anticlockwise about its middle."""
    height, width = picture.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(picture, turn, (width, height), borderValue=255)


def file_of(picture: Any, suffix: str = ".png") -> bytes:
    """The picture as a file."""
    return bytes(cv2.imencode(suffix, picture)[1])


def needs_engine() -> None:
    """Skip where no model, or not tesserocr, is on the machine."""
    from crawlers.readers.ocr.engine import available

    if missing := available():
        pytest.skip(f"needs {missing} (Tesseract's Thai model and the extra ocr)")
