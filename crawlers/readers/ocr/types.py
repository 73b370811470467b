"""The shapes that recognition shares: symbols, words and lines with their places, in pixels of the picture recognised."""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels from the top left corner; right and bottom are exclusive."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """One recognised character with its marks as Tesseract gives it: `text` may be a letter with vowel and tone.

    `confidence` runs from 0 to 1. `gap` says that a blank stands before it in the engine's own output (Thai output has many).
    """

    text: str
    box: Box
    confidence: float
    gap: bool = False


@dataclass(frozen=True, slots=True)
class TextRow:
    """One recognised line: its symbols from left to right, and its box."""

    symbols: tuple[Symbol, ...]
    box: Box

    @property
    def text(self) -> str:
        """The line as the engine wrote it."""
        return "".join((" " if s.gap and i else "") + s.text for i, s in enumerate(self.symbols))

    @property
    def confidence(self) -> float:
        """The mean confidence of its symbols, 0 for none."""
        return sum(s.confidence for s in self.symbols) / len(self.symbols) if self.symbols else 0.0
