"""From a recognised line and its picture to the numbers in Thai digits on it.

A wrong year may accuse an agency falsely, an unread one cannot: so a number is given only when every digit of it is sure, when
nothing beside it may be one more digit, and, where words call for a year, only when it is one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crawlers.readers.digits import cues, number
from crawlers.readers.digits.classify import ARABIC, MARKS, THAI, Network, shipped
from crawlers.readers.digits.cut import Strip, cut
from crawlers.readers.digits.features import features
from crawlers.readers.digits.path import BLANK, DIGITS, Glyph, best_path, groups
from crawlers.readers.ocr.types import Symbol, TextRow

SURE = 0.70
"""Least probability of every digit of a number that the engine also put as digits."""

SURE_YEAR = 0.50
"""Least posterior probability of a year; that it is one of some forty numbers is known already."""

SURE_UNSEEN = 0.97
"""Least probability of both where the engine put no Thai digit at all."""

DOUBT = 0.15
"""A neighbour that touches a number and is a digit with at least this probability makes the number unsure."""

TOUCHING = 0.35
"""Gap, in heights of a letter, up to which two glyphs touch in that sense."""

SMALL = 0.55
"""Glyphs lower than this, in heights of a letter, are points, dashes and marks: what stands beyond them is looked at too."""

NEIGHBOUR = 0.8
"""Gap, in heights of a letter, up to which digits of the engine beside a number are held to be part of it."""

REACH = 0.9
"""How far beyond its symbols a stretch is looked at, in heights of the line."""


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
class _Line:
    """A stretch of a row as it was read: its glyphs, and the numbers among them as spans of `path`."""

    row: TextRow
    strip: Strip
    path: list[Glyph]
    spans: list[tuple[int, int]]

    def edges(self, span: tuple[int, int]) -> tuple[float, float]:
        """Left and right of a span in the picture."""
        return self.strip.x_of(self.path[span[0]].segment.left), self.strip.x_of(self.path[span[1] - 1].segment.right)

    def letter(self, share: float) -> float:
        """A share of the height of a letter, in pixels of the picture."""
        return share * self.strip.height / self.strip.zoom


def read_runs(grey: NDArray[np.uint8], row: TextRow, network: Network | None = None) -> list[Run]:
    """The numbers of a line, in order, not overlapping. Each Thai digit that the engine put belongs to one of them.

    `grey` is the picture that was recognised (rows by columns, 0 is black), `row` a line with its places in it. `network` is
    the shipped one when left out. Numbers that the engine put in Arabic digits and that are Arabic are not named.
    """
    network = network or shipped()
    runs: list[Run] = []
    for stretch in cues.stretches(row):
        line = _line(grey, row, stretch, network)
        for span in line.spans if line else ():
            run = _decide(line, span, runs) if line else None
            if run is not None:
                _append(runs, run)
    return _with_unread(row, runs)


def _append(runs: list[Run], run: Run) -> None:
    """Add a run; where it shares symbols with the one before, neither can be told from the other."""
    if runs and run.start < runs[-1].end:
        run = Run(min(run.start, runs[-1].start), max(run.end, runs[-1].end), None, 0.0)
        runs.pop()
        _append(runs, run)
    else:
        runs.append(run)


def _line(grey: NDArray[np.uint8], row: TextRow, stretch: cues.Stretch, network: Network) -> _Line | None:
    """The glyphs in and around one stretch of symbols."""
    chosen = row.symbols[stretch.start : stretch.end]
    near = row.symbols[max(0, stretch.start - 6) : stretch.end + 6]
    top = max(row.box[1], min(s.box[1] for s in near))
    bottom = min(row.box[3], max(s.box[3] for s in near))
    reach = round(REACH * (bottom - top))
    found = cut(grey, min(s.box[0] for s in chosen) - reach, top, max(s.box[2] for s in chosen) + reach, bottom)
    if found is None or not found.segments:
        return None
    path = best_path(found, network.probabilities(features(found.segments, found.strip)))
    return _Line(row, found.strip, path, groups(path, found.strip))


def _decide(line: _Line, span: tuple[int, int], before: list[Run]) -> Run | None:
    """What a group says; None where it is no number that the engine got wrong."""
    inside = _symbols(line, span)
    if not inside:
        return None
    start, end, torn = _with_neighbours(line, span, min(inside), max(inside) + 1)
    symbols, group = line.row.symbols, line.path[span[0] : span[1]]
    seen = any(cues.is_thai_digit(s) for s in symbols[start:end])
    script = number.script_of(group)
    reading = _read(line.row, group, script, start, before)
    if not seen and (script == ARABIC or not _called_for(line.row, start, end, reading.text)):
        return None
    sure = reading.digits >= (SURE if seen else SURE_UNSEEN) and reading.year >= (SURE_YEAR if seen else SURE_UNSEEN)
    sure = sure and not torn and number.well_formed(reading.text) and _same_marks(symbols[start:end], reading.text)
    if sure and not _doubtful(line, span, start):
        return Run(start, end, reading.text, min(reading.digits, reading.year))
    # Without digits of the engine there is no sign that a number stands here, and the letters stay as they were read.
    return Run(start, end, None, 0.0) if seen else None


def _read(row: TextRow, group: list[Glyph], script: str, start: int, before: list[Run]) -> number.Reading:
    """The group's reading, with what the words before it call for."""
    wanted = cues.year_before(row.symbols[:start])
    if wanted == "no" and before and before[-1].text and before[-1].text[:2] == "๒๕" and len(before[-1].text) == 4:
        between = cues.plain(row.symbols[before[-1].end : start])
        wanted = "strict" if between in ("-", "–", "—", "ถึง") else "no"
    slash = MARKS.index("/") + DIGITS
    if script == THAI and (wanted != "no" or sum(g.best == slash for g in group) == 2):
        return number.dated(group, strict=wanted == "strict")
    return number.plainly(group, script)


def _called_for(row: TextRow, start: int, end: int, text: str) -> bool:
    """Whether a number may be where the engine put no digit: a word calls for it, or it is all that the row holds."""
    alone = start == 0 and end == len(row.symbols) and len(text) > 1
    return (alone or cues.calls_for_a_number(row.symbols[:start])) and bool(set(text) - set("๐" + MARKS))


def _symbols(line: _Line, span: tuple[int, int]) -> list[int]:
    """The symbols whose middle lies on a group; a mark before them belongs to the letter that it stands on."""
    left, right = line.edges(span)
    slack = line.letter(0.15)
    inside = [i for i, s in enumerate(line.row.symbols) if left - slack <= (s.box[0] + s.box[2]) / 2 <= right + slack]
    while inside and cues.is_mark(line.row.symbols[inside[0]]):
        inside.pop(0)
    return inside


def _with_neighbours(line: _Line, span: tuple[int, int], start: int, end: int) -> tuple[int, int, bool]:
    """The symbols of a group, with the engine's digits beside it that were not read here; the last says that there are any.

    Then a part of the number is missing, or the engine saw one too many. So it is where a point or a comma parts two groups.
    """
    left, right = line.edges(span)
    others = {i for other in line.spans if other != span for i in _symbols(line, other)}
    before, after = _beside(line, others, start - 1, left, -1), _beside(line, others, end, right, 1)
    return start - before, end + after, before + after > 0


def _beside(line: _Line, others: set[int], at: int, edge: float, step: int) -> int:
    """How many symbols from `at` on, going left (`step` -1) or right (1) from the group's `edge`, belong to its number."""
    symbols, near = line.row.symbols, line.letter(NEIGHBOUR)
    passed = taken = 0
    while 0 <= at < len(symbols):
        symbol = symbols[at]
        digit = cues.is_digit(symbol)
        gap = symbol.box[0] - edge if step > 0 else edge - symbol.box[2]
        if gap >= near or not (digit or symbol.text in (".", ",")):
            break
        if at in others:  # another number; a blank parts it from this one, unless we came by a point
            return passed
        passed += 1
        taken = passed if digit else taken
        edge, at = symbol.box[2] if step > 0 else symbol.box[0], at + step
    return taken


def _same_marks(symbols: tuple[Symbol, ...], text: str) -> bool:
    """Whether the points and commas that the engine saw within the number are in its reading too."""
    seen = sum(s.text in (".", ",") for s in symbols[1:-1])
    return seen <= text.count(".") + text.count(",")


def _doubtful(line: _Line, span: tuple[int, int], start: int) -> bool:
    """Whether what stands beside the group may belong to it, or the group be a letter of a word."""
    left, right = _touching(line, span[0], -1), _touching(line, span[1] - 1, 1)
    for glyph, _ in (left, right):
        if glyph is not None and (glyph.digit >= DOUBT or not _firm(line, glyph)):
            return True
    if span[1] - span[0] > 1 or not (left[1] or right[1]):
        return False
    # A single digit within or at the end of a word is likely a letter, unless that word calls for a number.
    return right[1] or not cues.calls_for_a_number(line.row.symbols[:start], shortly=True)


def _touching(line: _Line, at: int, step: int) -> tuple[Glyph | None, bool]:
    """The first glyph as high as a letter beside glyph `at`, None where a blank comes first; and whether nothing is between."""
    path, height = line.path, line.strip.height
    direct, here = True, at + step
    while 0 <= here < len(path):
        one, two = (path[here], path[here - 1]) if step > 0 else (path[here + 1], path[here])
        if one.segment.left - two.segment.right >= (TOUCHING if direct else BLANK) * height:
            return None, False
        if path[here].segment.bottom - path[here].segment.top > SMALL * height:
            return path[here], direct
        direct, here = False, here + step
    return None, False


def _firm(line: _Line, glyph: Glyph) -> bool:
    """Whether the engine is sure that a glyph is something that may stand beside a number: a Thai letter, a bracket."""
    left, right = line.strip.x_of(glyph.segment.left), line.strip.x_of(glyph.segment.right)
    slack = line.letter(0.2)
    on = [s for s in line.row.symbols if left - slack <= (s.box[0] + s.box[2]) / 2 <= right + slack]
    return bool(on) and all(s.confidence >= cues.FIRM and cues.may_touch(s) for s in on)


def _with_unread(row: TextRow, runs: list[Run]) -> list[Run]:
    """`runs`, and a run without text for Thai digits of the engine that none of them covers."""
    taken = {i for run in runs for i in range(run.start, run.end)}
    loose: list[Run] = []
    for i, symbol in enumerate(row.symbols):
        if i in taken or not cues.is_thai_digit(symbol):
            continue
        if loose and loose[-1].end == i:
            loose[-1] = Run(loose[-1].start, i + 1, None, 0.0)
        else:
            loose.append(Run(i, i + 1, None, 0.0))
    return sorted([*runs, *loose], key=lambda r: r.start)
