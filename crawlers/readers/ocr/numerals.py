"""Thai digits in recognised rows: what the engine says of them proves nothing, so a reader of their pictures has the word.

The system's models have only ๐ ๑ ๒ ๓ ๕ in their character set: ๒๕๖๕ and ๒๕๖๘ both come out as ๒๕๒๕. Every run of symbols
that holds Thai digits is replaced by what a `DigitReader` reads there; what it cannot read becomes one `UNREAD` a digit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from crawlers.readers.ocr.types import Box, Symbol, TextRow
from ita_rules.thai.fold import UNREAD

_THAI_DIGIT = re.compile("[๐-๙]")


class Run(Protocol):
    """A stretch of a row's symbols, from `start` to before `end`, and the digits that stand there.

    `text` is None where they cannot be read; `confidence` runs from 0 to 1.
    """

    @property
    def start(self) -> int:
        """Index of its first symbol."""
        ...

    @property
    def end(self) -> int:
        """One past the index of its last symbol."""
        ...

    @property
    def text(self) -> str | None:
        """The Thai digits read, or None."""
        ...

    @property
    def confidence(self) -> float:
        """From 0 to 1."""
        ...


DigitReader = Callable[[Any, TextRow], Sequence[Run]]
"""Finds the digits of a row in the grey picture (numpy uint8, height x width) in which the row's boxes lie."""


def settled(row: TextRow, runs: Sequence[Run]) -> TextRow:
    """The row with `runs` in the place of their symbols, and no Thai digit left that the engine made up."""
    symbols: list[Symbol] = []
    at = 0
    for run in sorted(runs, key=lambda r: r.start):
        if not at <= run.start < run.end <= len(row.symbols):
            continue
        symbols += map(_doubted, row.symbols[at : run.start])
        old = row.symbols[run.start : run.end]
        symbols += _spread(run.text, old, run.confidence) if run.text else [_doubted(s, always=True) for s in old]
        at = run.end
    symbols += map(_doubted, row.symbols[at:])
    return TextRow(tuple(symbols), row.box)


def _doubted(symbol: Symbol, always: bool = False) -> Symbol:
    if not always and not _THAI_DIGIT.search(symbol.text):
        return symbol
    return Symbol(UNREAD, symbol.box, 0.0, symbol.gap)


def _spread(text: str, old: Sequence[Symbol], confidence: float) -> list[Symbol]:
    """`text` with a box a character: those of the old symbols where they are as many, else the whole's in equal parts."""
    if len(text) == len(old):
        boxes = [s.box for s in old]
    else:
        left, right = min(s.box[0] for s in old), max(s.box[2] for s in old)
        top, bottom = min(s.box[1] for s in old), max(s.box[3] for s in old)
        step = (right - left) / len(text)
        boxes = [_part(left + i * step, left + (i + 1) * step, top, bottom) for i in range(len(text))]
    return [Symbol(c, box, confidence, i == 0 and old[0].gap) for i, (c, box) in enumerate(zip(text, boxes, strict=True))]


def _part(left: float, right: float, top: int, bottom: int) -> Box:
    return round(left), top, round(right), bottom
