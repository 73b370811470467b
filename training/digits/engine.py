"""Tesseract for the evaluation: the rows of a picture as recognition hands them to the reader of digits."""

from __future__ import annotations

import os
from pathlib import Path

import tesserocr
from PIL import Image

from crawlers.readers.ocr.types import Symbol, TextRow
from training.digits.render import Grey

os.environ.setdefault("OMP_THREAD_LIMIT", "1")

TESSDATA = Path("/usr/share/tesseract-ocr/5/tessdata")
"""Debian's models; the model of the script is ``Thai`` or, in other packages, ``script/Thai``."""


def model() -> str | None:
    """The Thai model that is there, None for none."""
    return next((name for name in ("Thai", "script/Thai", "tha") if (TESSDATA / f"{name}.traineddata").exists()), None)


class Engine:
    """One Tesseract object. `psm` is Tesseract's page segmentation mode: 11 for pages, 7 for a line."""

    def __init__(self, psm: int = 11) -> None:
        self._api = tesserocr.PyTessBaseAPI(path=str(TESSDATA), lang=model() or "Thai", psm=psm)

    def rows(self, grey: Grey, dpi: int = 200) -> list[TextRow]:
        """The lines of a picture."""
        self._api.SetImage(Image.fromarray(grey))
        self._api.SetSourceResolution(dpi)
        self._api.Recognize()
        rows: list[TextRow] = []
        symbols: list[Symbol] = []
        box = (0, 0, 0, 0)
        level = tesserocr.RIL.SYMBOL
        for place in tesserocr.iterate_level(self._api.GetIterator(), level):
            if place.IsAtBeginningOf(tesserocr.RIL.TEXTLINE):
                if symbols:
                    rows.append(TextRow(tuple(symbols), box))
                symbols, box = [], place.BoundingBox(tesserocr.RIL.TEXTLINE)
            text = place.GetUTF8Text(level)
            if text and text.strip():
                gap = place.IsAtBeginningOf(tesserocr.RIL.WORD)
                symbols.append(Symbol(text, place.BoundingBox(level), place.Confidence(level) / 100, gap))
        if symbols:
            rows.append(TextRow(tuple(symbols), box))
        return rows
