"""How far recognised text is to be believed: a number from 0 (noise) to 1, and which lines are noise alone.

The engine's confidence of single symbols is near 1 for whatever it writes, but its mean over a page tells: on 70 degraded
pages in five fonts a mean of .985 and more went with .95 of the phrases' letters right, .98 with .85, .97 with .55, and
everything upside down, sideways or drowned in noise lay under .94. Print that the engine passed over counts against a page too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from crawlers.readers.ocr.spelling import Spelt
from crawlers.readers.ocr.types import Box
from crawlers.readers.pdf_quality import bad_share, trust_of
from ita_rules.thai.fold import UNREAD

_SCALE = ((0.93, 0.0), (0.96, 0.4), (0.97, 0.58), (0.98, 0.82), (0.987, 0.97), (0.992, 1.0))
"""Mean confidence and trust, by the share of letters that were right."""

SURE = 0.955
"""Mean confidence of a line under which it is noise, unless it has Thai words."""

LEAST_FIGURE = 0.9
"""The same for a line of figures alone: the engine is less sure of them, and a page number matters."""

PASSED_OVER = 0.15
"""Share of letter-like spots outside of all lines up to which a page is held to be read whole: pictures have such spots."""

FEW_LETTERS = 12
"""Spots of the size of letters below which a picture holds no print that matters."""

_WORD = re.compile(r"[ก-ฮเ-ไ][ก-ฺเ-๎]{5,}")
_FIGURES = re.compile(rf"^[-0-9๐-๙{UNREAD}., /()]*[0-9๐-๙{UNREAD}][-0-9๐-๙{UNREAD}., /()]*$")
_LETTER = re.compile(r"[^\W_]")


def is_noise(line: Spelt) -> bool:
    """Whether a line is the engine's guess at a stamp, a signature or a picture. A line with Thai words never is."""
    text = line.line.text
    if line.confidence >= (LEAST_FIGURE if _FIGURES.match(text) else SURE):
        return False
    return not any(bad_share(word[0]) == 0 for word in _WORD.finditer(text.replace(" ", "")))


def says_something(lines: Sequence[Spelt]) -> bool:
    """Whether any of the lines of a table has letters or figures that are no noise."""
    return any(_LETTER.search(line.line.text) and not is_noise(line) for line in lines)


def trust_in(kept: Sequence[Spelt], dropped: Sequence[Spelt], unread: float) -> float:
    """Trust in a page whose lines are `kept`, of which `dropped` were taken for noise, and where a share of print is `unread`.

    Where no line was kept it is 1 for a picture that plainly holds no print, and 0 for one in which there may be some.
    """
    letters = [len(line.line.text) for line in kept]
    if not sum(letters):
        return 0.0 if dropped or unread else 1.0
    mean = sum(line.confidence * n for line, n in zip(kept, letters, strict=True)) / sum(letters)
    noise = sum(len(line.line.text) for line in dropped)
    share = max(0.0, noise / (noise + sum(letters)) - 0.1) + max(0.0, unread - PASSED_OVER)
    malformed = trust_of("\n".join(line.line.text for line in kept))
    return round(min(_scaled(mean), malformed) * max(0.0, 1.0 - share), 3)


def passed_over(spots: Any, lines: Sequence[Box], height: float) -> float:
    """The share of letter-like spots (0-1) whose middle lies in none of the boxes `lines`; all in pixels.

    Fewer than `FEW_LETTERS` spots count as none: they may be anything.
    """
    import numpy

    like = spots[(spots[:, 3] >= 0.6 * height) & (spots[:, 3] <= 1.6 * height) & (spots[:, 2] >= 0.3 * spots[:, 3])]
    if len(like) < FEW_LETTERS:
        return 0.0
    x, y = like[:, 0] + like[:, 2] / 2, like[:, 1] + like[:, 3] / 2
    inside = numpy.zeros(len(like), bool)
    for left, top, right, bottom in lines:
        inside |= (x >= left) & (x <= right) & (y >= top) & (y <= bottom)
    return float(1 - inside.mean())


def _scaled(mean: float) -> float:
    for (low, at_low), (high, at_high) in pairwise(_SCALE):
        if mean < high:
            return max(0.0, at_low + (mean - low) / (high - low) * (at_high - at_low))
    return 1.0
