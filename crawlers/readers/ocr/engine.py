"""Tesseract, kept warm: one object a process, which recognises a picture into rows of symbols.

The model is ``Thai`` (the script's: Thai and Latin letters) where the machine has it, else ``tha``; it is looked for where
distributions put it. Importing this module loads neither tesserocr nor a model; `available` and `version` may be asked
anywhere, recognition belongs into the sandbox's child. Only Tesseract's LSTM runs, in one thread.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from crawlers.readers.ocr.types import Box, Symbol, TextRow

MODELS = ("Thai", "tha")
"""Models in the order of preference: CER 1.8 % and 6.0 % on 200-dpi scans with sparse segmentation."""

SPARSE, BLOCK, LINE = 11, 6, 7
"""Page segmentation modes: text anywhere in no order, one block of lines, one line."""

DPI = 200
"""Pixels an inch that Tesseract is told; more gains nothing in Thai print and costs time."""

_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tesseract-ocr/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "/opt/local/share/tessdata",
)
_PACKAGES = ("numpy", "cv2", "tesserocr")


def _folders() -> Iterator[Path]:
    """Folders that may hold models, each with its folder of scripts."""
    named = os.environ.get("TESSDATA_PREFIX", "")
    places = [*((Path(named), Path(named) / "tessdata") if named else ()), *map(Path, _FOLDERS)]
    if sys.platform == "win32":
        places.append(Path(os.environ.get("PROGRAMFILES", "C:/Program Files")) / "Tesseract-OCR" / "tessdata")
    for place in places:
        yield place
        yield place / "script"


def find_model(name: str) -> Path | None:
    """The folder that holds the model `name`, None where the machine has none."""
    return next((folder for folder in _folders() if (folder / f"{name}.traineddata").is_file()), None)


@lru_cache(maxsize=1)
def model() -> tuple[Path, str] | None:
    """Folder and name of the Thai model that is used."""
    return next(((folder, name) for name in MODELS if (folder := find_model(name)) is not None), None)


@lru_cache(maxsize=1)
def available() -> str:
    """``""`` where pictures can be recognised, else what is missing: ``tesserocr``, ``cv2``, ``numpy`` or ``model``."""
    missing = next((name for name in _PACKAGES if find_spec(name) is None), "")
    return missing or ("" if model() is not None else "model")


@lru_cache(maxsize=1)
def version() -> str:
    """Names and versions of recognition, Tesseract and model, e.g. ``ocr/1 tesseract/5.5.4 Thai``; ``""`` where it cannot be."""
    found = model()
    if available() or found is None:
        return ""
    return f"ocr/1 tesseract/{_tesseract().tesseract_version().split()[1]} {found[1]}"


def _tesseract() -> Any:
    """The module tesserocr. Tesseract's threads within one page cost more than they save; the limit is read when it loads."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    import tesserocr

    return tesserocr


class Engine:
    """A loaded model. Show it a picture, then read it; not to be shared by threads.

    Raises `RuntimeError` where the model does not load.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._lib = _tesseract()
        # White on black is turned by the caller, who knows the picture; Tesseract would read every doubtful line twice.
        self._api = self._lib.PyTessBaseAPI(
            path=str(folder), lang=name, psm=SPARSE, oem=self._lib.OEM.LSTM_ONLY, variables={"tessedit_do_invert": "0"}
        )
        self._size = (0, 0)
        self._wide = 1.0

    def show(self, grey: Any, squeeze: float = 1.0) -> None:
        """Take a picture to read from: a numpy array of uint8, height x width, dark print on light ground, about 200 dpi.

        `squeeze` makes it narrower: the network's time goes by the width of the lines. At 0.8 it takes 0.84 of the time and
        finds as many phrases (0.952 and 0.959 of 147 on degraded pages in 11 fonts, 0.845 and 0.839 of those with digits).
        """
        import cv2

        self._wide = squeeze
        if squeeze != 1.0:
            grey = cv2.resize(grey, None, fx=squeeze, fy=1.0, interpolation=cv2.INTER_AREA)
        height, width = grey.shape
        self._size = (width, height)
        self._api.SetImageBytes(grey.tobytes(), width, height, 1, width)
        self._api.SetSourceResolution(DPI)

    def read(self, mode: int, seconds: float = 60.0) -> list[TextRow]:
        """The rows in the picture, in the engine's own order; boxes are those of the picture that was given.

        Raises `TimeoutError` after so many seconds.
        """
        if min(self._size) < 3:
            return []
        self._api.SetPageSegMode(mode)
        if not self._api.Recognize(max(1, round(1000 * seconds))):
            raise TimeoutError
        return list(self._rows())

    def _box(self, found: Box) -> Box:
        return round(found[0] / self._wide), found[1], round(found[2] / self._wide), found[3]

    def _rows(self) -> Iterator[TextRow]:
        level = self._lib.RIL
        entry = self._api.GetIterator()
        if entry is None or entry.Empty(level.SYMBOL):
            return
        symbols: list[Symbol] = []
        row: Box = (0, 0, 0, 0)
        for at in self._lib.iterate_level(entry, level.SYMBOL):
            if at.IsAtBeginningOf(level.TEXTLINE):
                if symbols:
                    yield TextRow(tuple(symbols), row)
                symbols = []
                row = self._box(at.BoundingBox(level.TEXTLINE) or (0, 0, 0, 0))
            box = at.BoundingBox(level.SYMBOL)
            if box is None or not (text := at.GetUTF8Text(level.SYMBOL).strip()):
                continue
            gap = bool(at.IsAtBeginningOf(level.WORD))
            symbols.append(Symbol(text, self._box(box), max(0.0, min(at.Confidence(level.SYMBOL) / 100, 1.0)), gap))
        if symbols:
            yield TextRow(tuple(symbols), row)

    def close(self) -> None:
        """Free the model."""
        self._api.End()


@lru_cache(maxsize=1)
def engine() -> Engine:
    """This process' engine. Raises `RuntimeError` where the machine has no model."""
    found = model()
    if found is None:
        raise RuntimeError("no Thai model of Tesseract")
    return Engine(*found)
