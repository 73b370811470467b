"""From a recognised line and its picture to the numbers in Thai digits on it.

A wrong year may accuse an agency falsely, an unread one cannot: so a number is given only when every digit of it is sure, when
nothing that may be a further digit touches it, and when it is a year only within YEARS.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crawlers.readers.digits import cues
from crawlers.readers.digits.classify import ARABIC, CLASSES, MARKS, THAI, Network, shipped
from crawlers.readers.digits.cut import Cut, Segment, Strip, cut
from crawlers.readers.digits.features import features
from crawlers.readers.ocr.types import TextRow

YEARS = range(2540, 2581)
"""B.E. years that documents of this kind speak of; a number after a year word that is none of them stays unread."""

SURE = 0.90
"""Least probability of every digit of a number that the engine also put as digits."""

SURE_UNSEEN = 0.97
"""The same where the engine put no digit at all."""

SURE_YEAR = 0.90
"""Least posterior probability of a year after a year word."""

OTHER_NUMBERS = 0.2
"""How likely the best reading that is no year is held to be against the years, after a year word."""

DOUBT = 0.15
"""A neighbour that touches a number and is a digit with at least this probability makes the number unsure."""

TOUCHING = 0.35
"""Gap, in heights of a letter, up to which two glyphs touch in that sense."""

BLANK = 0.5
"""Gap, in heights of a letter, that parts two numbers."""

REACH = 1.3
"""How far beyond its symbols a stretch is looked at, in heights of the line."""

LETTER_COST = 1.2
"""What a segment read as no digit costs, so that two halves read as nothing do not beat the digit that they make up."""

SKIP_COST = 14.0
"""What leaving a piece out costs: more than any reading of it."""

_DIGITS = len(THAI) + len(ARABIC)
_READ = _DIGITS + len(MARKS)


@dataclass(frozen=True, slots=True)
class Run:
    """A number: symbols `start` to `end` (exclusive) of the row are `text`, None where it cannot be read for certain.

    `text` has Thai digits (Arabic ones where the print has them and the engine does not), and the separators ``. , - /`` that
    stand within. `confidence` runs from 0 to 1.
    """

    start: int
    end: int
    text: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A segment chosen, with its probabilities; `best` is the index of its class."""

    segment: Segment
    chances: NDArray[np.float32]
    best: int

    @property
    def digit(self) -> float:
        """How likely it is any digit."""
        return float(self.chances[:_DIGITS].sum())


def read_runs(grey: NDArray[np.uint8], row: TextRow, network: Network | None = None) -> list[Run]:
    """The numbers of a line, in order, not overlapping. Each Thai digit that the engine put belongs to one of them.

    `grey` is the picture that was recognised (rows by columns, 0 is black), `row` a line with its places in it. `network` is
    the shipped one when left out. Numbers that the engine put in Arabic digits and that are Arabic are not named.
    """
    network = network or shipped()
    runs: list[Run] = []
    for stretch in cues.stretches(row):
        for run in _of_stretch(grey, row, stretch, network):
            if not runs or run.start >= runs[-1].end:
                runs.append(run)
    return _with_unread(row, runs)


def _of_stretch(grey: NDArray[np.uint8], row: TextRow, stretch: cues.Stretch, network: Network) -> list[Run]:
    """The numbers in and around one stretch of symbols."""
    chosen = row.symbols[stretch.start : stretch.end]
    near = row.symbols[max(0, stretch.start - 6) : stretch.end + 6]
    top = max(row.box[1], min(s.box[1] for s in near))
    bottom = min(row.box[3], max(s.box[3] for s in near))
    reach = round(REACH * (bottom - top))
    found = cut(grey, min(s.box[0] for s in chosen) - reach, top, max(s.box[2] for s in chosen) + reach, bottom)
    if found is None or not found.segments:
        return []
    path = _best_path(found, network.probabilities(features(found.segments, found.strip)))
    runs: list[Run] = []
    for first, last in _groups(path, found.strip):
        run = _decide(row, path, first, last, found.strip, runs)
        if run is not None:
            runs.append(run)
    return runs


def _best_path(found: Cut, chances: NDArray[np.float32]) -> list[_Glyph]:
    """The segments that explain the stretch best, from left to right; each weighs as many pieces as it covers."""
    best = chances[:, :_READ].argmax(axis=1)
    read = chances[np.arange(len(best)), best]
    reject = chances[:, _READ]
    worth_read, worth_reject = np.log(read + 1e-6), np.log(reject + 1e-6) - LETTER_COST
    starting: list[list[int]] = [[] for _ in range(found.pieces)]
    for index, segment in enumerate(found.segments):
        starting[segment.first].append(index)
    scores, choice = [0.0] * (found.pieces + 1), [-1] * found.pieces
    for at in range(found.pieces - 1, -1, -1):
        scores[at] = scores[at + 1] - SKIP_COST
        for index in starting[at]:
            segment = found.segments[index]
            worth = max(worth_read[index], worth_reject[index]) * (segment.last - segment.first) + scores[segment.last]
            if worth > scores[at]:
                scores[at], choice[at] = float(worth), index
    path, at = [], 0
    while at < found.pieces:
        index = choice[at]
        if index < 0:
            at += 1
            continue
        taken = int(best[index]) if worth_read[index] >= worth_reject[index] else _READ
        path.append(_Glyph(found.segments[index], chances[index], taken))
        at = found.segments[index].last
    return path


def _groups(path: list[_Glyph], strip: Strip) -> list[tuple[int, int]]:
    """First and last (exclusive) glyph of each number: digits with separators between them, no blank within."""
    groups: list[tuple[int, int]] = []
    start = None
    for i, glyph in enumerate([*path, None]):
        apart = i > 0 and glyph is not None and glyph.segment.left - path[i - 1].segment.right > BLANK * strip.height
        if start is not None and (glyph is None or glyph.best >= _READ or apart):
            end = i
            while end > start and path[end - 1].best >= _DIGITS:
                end -= 1
            groups.append((start, end))
            start = None
        if start is None and glyph is not None and glyph.best < _DIGITS:
            start = i
    return groups


def _decide(row: TextRow, path: list[_Glyph], first: int, last: int, strip: Strip, before: list[Run]) -> Run | None:
    """What a group says; None where it is no number that the engine got wrong."""
    group = path[first:last]
    span = _symbols(row, strip, group)
    if span is None:
        return None
    start, end = span
    covered = row.symbols[start:end]
    seen = any(cues.is_thai_digit(s) for s in covered)
    digits = [g for g in group if g.best < _DIGITS]
    thai = sum(float(g.chances[: len(THAI)].sum()) for g in digits)
    script = THAI if 2 * thai >= sum(g.digit for g in digits) else ARABIC
    if not seen and script == ARABIC:
        return None
    # Where the engine put no digit, a word has to call for a number, or the number has to be all that the row holds.
    alone = start == 0 and end == len(row.symbols) and len(digits) > 1
    if not seen and not alone and not cues.calls_for_a_number(row.symbols[:start]):
        return None
    text, sure = _text(group, script)
    limit = SURE if seen else SURE_UNSEEN
    if script == THAI and len(group) == 4 and len(digits) == 4 and _year_expected(row, start, before):
        text, sure = _year(group)
        limit = SURE_YEAR if seen else SURE_UNSEEN
    if text is None or sure < limit or _doubtful(path, first, last, strip):
        # Without the engine's digits there is no sign that a number stands here, and letters stay as they were read.
        return Run(start, end, None, sure) if seen else None
    return Run(start, end, text, sure)


def _symbols(row: TextRow, strip: Strip, group: list[_Glyph]) -> tuple[int, int] | None:
    """The symbols whose middle lies on the group; None for none, or when others stand between them."""
    slack = 0.15 * strip.height / strip.zoom
    left, right = strip.x_of(group[0].segment.left) - slack, strip.x_of(group[-1].segment.right) + slack
    inside = [i for i, s in enumerate(row.symbols) if left <= (s.box[0] + s.box[2]) / 2 <= right]
    if not inside:
        return None
    return min(inside), max(inside) + 1


def _text(group: list[_Glyph], script: str) -> tuple[str, float]:
    """The group's reading in one script and the probability of its least sure digit."""
    offset = CLASSES.index(script[0])
    text, sure = "", 1.0
    for glyph in group:
        if glyph.best >= _DIGITS:
            text += CLASSES[glyph.best]
            sure = min(sure, max(float(glyph.chances[_DIGITS:_READ].sum()), 0.0))
            continue
        own = glyph.chances[offset : offset + len(script)]
        text += script[int(own.argmax())]
        sure = min(sure, float(own.max()))
    return text, sure


def _year(group: list[_Glyph]) -> tuple[str | None, float]:
    """The best year in YEARS and its posterior probability; None where the digits are hardly any year."""
    table = np.stack([g.chances[: len(THAI)] for g in group]).astype(np.float64)
    years = np.array([[int(c) for c in str(y)] for y in YEARS])
    joint = table[np.arange(4), years].prod(axis=1)
    best = int(joint.argmax())
    top = table.argmax(axis=1)
    free = float(table.max(axis=1).prod())
    rival = 0.0 if (years == top).all(axis=1).any() else OTHER_NUMBERS * free
    nothing = OTHER_NUMBERS * (1.0 - float(table.sum(axis=1).min()))
    total = float(joint.sum()) + rival + nothing
    text = "".join(THAI[d] for d in years[best])
    return text, float(joint[best]) / total if total > 0 else 0.0


def _year_expected(row: TextRow, start: int, before: list[Run]) -> bool:
    """Whether the number that begins at `start` is called a year, or ends a span that a year began."""
    if cues.calls_for_a_year(row.symbols[:start]):
        return True
    last = before[-1] if before else None
    if last is None or last.text is None or len(last.text) != 4 or not last.text.startswith("๒๕"):
        return False
    between = cues.plain(row.symbols[last.end : start])
    return between in ("-", "–", "—", "ถึง")


def _doubtful(path: list[_Glyph], first: int, last: int, strip: Strip) -> bool:
    """Whether a glyph that touches the group may be a digit of it."""
    near = []
    if first > 0 and path[first].segment.left - path[first - 1].segment.right < TOUCHING * strip.height:
        near.append(path[first - 1])
    if last < len(path) and path[last].segment.left - path[last - 1].segment.right < TOUCHING * strip.height:
        near.append(path[last])
    return any(g.best >= _READ and g.digit >= DOUBT for g in near)


def _with_unread(row: TextRow, runs: list[Run]) -> list[Run]:
    """`runs`, and a run without text for Thai digits of the engine that none of them covers."""
    taken = {i for run in runs for i in range(run.start, run.end)}
    loose = [i for i, s in enumerate(row.symbols) if i not in taken and cues.is_thai_digit(s)]
    for i in loose:
        if runs and runs[-1].end == i and runs[-1].text is None and runs[-1].confidence == 0.0:
            runs[-1] = Run(runs[-1].start, i + 1, None, 0.0)
        else:
            runs.append(Run(i, i + 1, None, 0.0))
    return sorted(runs, key=lambda r: r.start)
