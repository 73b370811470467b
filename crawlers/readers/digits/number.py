"""What a group of glyphs says: its script, its digits, and the years it must keep to where words call for one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np

from crawlers.readers.digits.classify import CLASSES, MARKS, THAI
from crawlers.readers.digits.path import DIGITS, READ, Glyph

YEARS = range(2540, 2581)
"""B.E. years that documents of this kind speak of; a number after a year word that is none of them stays unread."""

OTHER_NUMBERS = 0.2
"""How likely the best reading that is no year is held to be against the years, after a year word."""

_AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?$")
_LOST = re.compile(r"(?<!\d)(?:๒๕|25)\d(?!\d)")
_SPAN = re.compile(r"((?:๒๕|25)\d\d)-((?:๒๕|25)\d\d)$")
_CIRCLES = re.compile(r"(?:๐๐+|00+)$")


@dataclass(frozen=True, slots=True)
class Reading:
    """`text`, the probability of its least sure digit or separator, and the posterior probability of its least sure year.

    What has no year, or nothing but years, has 1 for the other.
    """

    text: str
    digits: float = 1.0
    year: float = 1.0


def script_of(group: Sequence[Glyph]) -> str:
    """The script that the digits of a group are in, all of them."""
    digits = [g for g in group if g.best < DIGITS]
    thai = sum(float(g.chances[: len(THAI)].sum()) for g in digits)
    return THAI if 2 * thai >= sum(g.digit for g in digits) else CLASSES[len(THAI) : DIGITS]


def plainly(group: Sequence[Glyph], script: str) -> Reading:
    """The reading in one script, each digit for itself."""
    offset = CLASSES.index(script[0])
    text, sure = "", 1.0
    for glyph in group:
        if glyph.best >= DIGITS:
            text += CLASSES[glyph.best]
            sure = min(sure, float(glyph.chances[DIGITS:READ].max()))
            continue
        own = glyph.chances[offset : offset + len(script)]
        text += script[int(own.argmax())]
        sure = min(sure, float(own.max()))
    return Reading(text, sure)


def year(group: Sequence[Glyph]) -> Reading:
    """The best year in YEARS of a group of four Thai digits, and its probability against the other years and other numbers."""
    table = np.stack([g.chances[: len(THAI)] for g in group]).astype(np.float64)
    years = np.array([[int(c) for c in str(y)] for y in YEARS])
    joint = table[np.arange(4), years].prod(axis=1)
    best = int(joint.argmax())
    free_is_year = bool((years == table.argmax(axis=1)).all(axis=1).any())
    rival = 0.0 if free_is_year else OTHER_NUMBERS * float(table.max(axis=1).prod())
    nothing = OTHER_NUMBERS * (1.0 - float(table.sum(axis=1).min()))
    total = float(joint.sum()) + rival + nothing
    return Reading("".join(THAI[d] for d in years[best]), year=float(joint[best]) / total if total > 0 else 0.0)


def dated(group: Sequence[Glyph], *, strict: bool) -> Reading:
    """The reading of a group where a year is called for: ๒๕๖๖, ๒๕๖๖-๒๕๗๐, ๓๐/๙/๒๕๖๖.

    Parts of four digits must be years. Parts of three digits (a year of which one was lost), and with `strict` anything that
    is no whole year, have no certainty at all.
    """
    text, digits, likely = "", 1.0, 1.0
    for mark, part in groupby(group, key=lambda g: g.best >= DIGITS):
        own = list(part)
        reading = year(own) if not mark and len(own) == 4 else plainly(own, THAI)
        text, digits, likely = text + reading.text, min(digits, reading.digits), min(likely, reading.year)
        if not mark and (len(own) == 3 or (strict and len(own) != 4)):
            likely = 0.0
    return Reading(text, digits, likely)


def well_formed(text: str) -> bool:
    """Whether a number looks as numbers are written, and not as misread ones do.

    Commas stand by thousands, no two separators together, the years of a span in their order. Zeros alone are rather letters,
    and a whole number of three digits that begins as a year does is rather a year that lost its last digit.
    """
    if _CIRCLES.match(text) or any(a in MARKS and b in MARKS for a, b in pairwise(text)):
        return False
    span = _SPAN.match(text)
    if span and int(span.group(1)) >= int(span.group(2)):
        return False
    if "," in text:
        return _AMOUNT.match(text) is not None
    return "." in text or not _LOST.search(text)
