"""Chooses among the segments of a stretch those that explain it best, and groups them to numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crawlers.readers.digits.classify import ARABIC, MARKS, THAI
from crawlers.readers.digits.cut import Cut, Segment, Strip

DIGITS = len(THAI) + len(ARABIC)
READ = DIGITS + len(MARKS)
"""Classes below DIGITS are digits, from there below READ separators; READ itself is everything else."""

BLANK = 0.5
"""Gap, in heights of a letter, that parts two numbers."""

LETTER_COST = 1.2
"""What a segment read as no digit costs, so that two halves read as nothing do not beat the digit that they make up."""

SKIP_COST = 14.0
"""What leaving a piece out costs: more than any reading of it."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A segment chosen, with its probabilities; `best` is the index of its class."""

    segment: Segment
    chances: NDArray[np.float32]
    best: int

    @property
    def digit(self) -> float:
        """How likely it is any digit."""
        return float(self.chances[:DIGITS].sum())


def best_path(found: Cut, chances: NDArray[np.float32]) -> list[Glyph]:
    """The segments that explain the stretch best, from left to right; each weighs as many pieces as it covers.

    `chances` has a row of probabilities for each segment.
    """
    best = chances[:, :READ].argmax(axis=1)
    worth_read = np.log(chances[np.arange(len(best)), best] + 1e-6)
    worth_reject = np.log(chances[:, READ] + 1e-6) - LETTER_COST
    worth = np.maximum(worth_read, worth_reject)
    starting: list[list[int]] = [[] for _ in range(found.pieces)]
    for index, segment in enumerate(found.segments):
        starting[segment.first].append(index)
    scores, choice = [0.0] * (found.pieces + 1), [-1] * found.pieces
    for at in range(found.pieces - 1, -1, -1):
        scores[at] = scores[at + 1] - SKIP_COST
        for index in starting[at]:
            segment = found.segments[index]
            total = float(worth[index]) * (segment.last - segment.first) + scores[segment.last]
            if total > scores[at]:
                scores[at], choice[at] = total, index
    path, at = [], 0
    while at < found.pieces:
        index = choice[at]
        if index < 0:
            at += 1
            continue
        taken = int(best[index]) if worth_read[index] >= worth_reject[index] else READ
        path.append(Glyph(found.segments[index], chances[index], taken))
        at = found.segments[index].last
    return path


def groups(path: list[Glyph], strip: Strip) -> list[tuple[int, int]]:
    """First and last (exclusive) glyph of each number: digits with separators between them, no blank within."""
    found: list[tuple[int, int]] = []
    start = None
    for i, glyph in enumerate([*path, None]):
        apart = i > 0 and glyph is not None and glyph.segment.left - path[i - 1].segment.right > BLANK * strip.height
        if start is not None and (glyph is None or glyph.best >= READ or apart):
            end = i
            while path[end - 1].best >= DIGITS:
                end -= 1
            found.append((start, end))
            start = None
        if start is None and glyph is not None and glyph.best < DIGITS:
            start = i
    return found
