"""Labelled segments: lines are drawn, spoilt and cut by the reader's own code, and each segment named by what it covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crawlers.readers.digits.classify import ARABIC, CLASSES, MARKS, REJECT, THAI
from crawlers.readers.digits.cut import Cut, cut
from crawlers.readers.digits.features import LENGTH, features
from training.digits.degrade import Wear, spoil
from training.digits.fonts import Face
from training.digits.render import Drawn, line, pixels_of
from training.digits.texts import training_line

REJECTS_PER_DIGIT = 1.3
"""How many rejects of a line are kept for each of its digits; the rest of its letters would only crowd them out."""


@dataclass(frozen=True, slots=True)
class Samples:
    """`rows` of features and the index of each one's class in CLASSES."""

    rows: NDArray[np.float32]
    labels: NDArray[np.int64]


def size_of(face: Face, rng: np.random.Generator) -> int:
    """An em in pixels for print of 12 to 18 points at 150 to 300 dpi; the TH faces are small for their em and set larger."""
    points = float(rng.uniform(14, 20) if face.name.startswith("TH") or face.design == "sarabun" else rng.uniform(11.5, 18))
    return pixels_of(points, int(rng.choice([150, 200, 200, 250, 300])))


def labels_of(found: Cut, drawn: Drawn) -> NDArray[np.int64]:
    """The class of each segment; -1 where it covers a digit neither well nor badly, which teaches nothing."""
    known = [(g, "-" if g.text in "-–" else g.text) for g in drawn.glyphs if g.text in THAI + ARABIC + MARKS + "–"]
    labels = np.full(len(found.segments), CLASSES.index(REJECT), np.int64)
    for index, segment in enumerate(found.segments):
        left, right = found.strip.x_of(segment.left), found.strip.x_of(segment.right)
        on = [(g, t) for g, t in known if min(right, g.right) - max(left, g.left) > 0.5 * (g.right - g.left)]
        if len(on) != 1:  # nothing known, or a pair: a digit with the point behind it is no digit
            continue
        glyph, text = on[0]
        wide = glyph.right - glyph.left
        off = max(abs(left - glyph.left), abs(right - glyph.right))
        if off <= max(2.2, 0.16 * wide):
            labels[index] = CLASSES.index(text)
        elif off <= max(3.5, 0.3 * wide):
            labels[index] = -1
    return labels


def of_line(face: Face, rng: np.random.Generator, wear: Wear) -> tuple[NDArray[np.float32], NDArray[np.int64]] | None:
    """Features and classes of one line."""
    drawn = spoil(line(training_line(rng), face, size_of(face, rng)), rng, wear)
    ink = np.argwhere(drawn.grey < (int(drawn.grey.min()) + int(np.median(drawn.grey))) // 2)
    if not len(ink):
        return None
    (top, left), (bottom, right) = ink.min(axis=0), ink.max(axis=0) + 1
    high = int(bottom - top)
    jitter = rng.integers(-max(1, high // 10), max(2, high // 8), 2)
    found = cut(drawn.grey, int(left) - 6, int(top - jitter[0]), int(right) + 6, int(bottom + jitter[1]))
    if found is None or not found.segments:
        return None
    labels = labels_of(found, drawn)
    digits = np.flatnonzero((labels >= 0) & (labels != CLASSES.index(REJECT)))
    rejects = np.flatnonzero(labels == CLASSES.index(REJECT))
    most = max(4, round(REJECTS_PER_DIGIT * len(digits)))
    if len(rejects) > most:
        rejects = rng.choice(rejects, most, replace=False)
    kept = np.concatenate([digits, rejects])
    return features([found.segments[int(i)] for i in kept], found.strip), labels[kept]


def make(faces: Sequence[Face], lines_per_design: int, seed: int, wear: Wear | None = None) -> Samples:
    """The segments of `lines_per_design` lines in each design, its faces taken in turn."""
    rows: list[NDArray[np.float32]] = [np.zeros((0, LENGTH), np.float32)]
    labels: list[NDArray[np.int64]] = [np.zeros(0, np.int64)]
    for number, design in enumerate(sorted({f.design for f in faces})):
        rng = np.random.default_rng([seed, number])
        own = [f for f in faces if f.design == design]
        for turn in range(lines_per_design):
            made = of_line(own[turn % len(own)], rng, wear or Wear())
            if made is not None:
                rows.append(made[0])
                labels.append(made[1])
    return Samples(np.concatenate(rows), np.concatenate(labels))
