"""The committed lines: pictures, what Tesseract saw in them, and the numbers that stand there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2

from crawlers.readers.ocr.types import Symbol, TextRow

FOLDER = Path(__file__).resolve().parents[3] / "corpora" / "digits"


@dataclass(frozen=True)
class Line:
    """One picture with its truth."""

    name: str
    grey: Any
    rows: list[TextRow]
    numbers: list[str]


def row_of(entry: dict[str, Any]) -> TextRow:
    """A row as `training.digits.fixtures` wrote it."""
    symbols = tuple(Symbol(s[0], (s[1], s[2], s[3], s[4]), s[5], s[6]) for s in entry["symbols"])
    return TextRow(symbols, (entry["box"][0], entry["box"][1], entry["box"][2], entry["box"][3]))


def load_lines() -> dict[str, Line]:
    """All lines by name."""
    lines = {}
    for entry in json.loads((FOLDER / "lines.json").read_text(encoding="utf-8")):
        grey = cv2.imread(str(FOLDER / f"{entry['name']}.png"), cv2.IMREAD_GRAYSCALE)
        lines[entry["name"]] = Line(entry["name"], grey, [row_of(r) for r in entry["rows"]], entry["numbers"])
    return lines


LINES = load_lines()
