"""Phrases in text that was recognised from a picture, where letters are mistaken now and then.

Measured on scans of 200 dpi (two in a hundred characters wrong): phrases whose key has ten letters or more are found by
`partial_ratio` 87.5 with no false hit in 374 trials; shorter ones need every letter, or have to be a whole label with one
letter wrong. Text that a program wrote is never compared like this.
"""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio, partial_ratio_alignment

from ita_rules.thai.fold import loose

ALIKE = 87.5
"""`partial_ratio` from which a long phrase is found (0-100)."""

DOUBTFUL = 80.0
"""`partial_ratio` from which a label may be the phrase: enough to doubt that it is missing, not to say that it is there."""

LONG = 10
"""Letters of a key from which it is compared by likeness."""

SHORT = 5
"""Letters of a key from which a whole label may have one letter wrong."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where a phrase stands in a text: characters `start` to `end` of the text as it is, and how alike (0-100).

    `letters` are the same places counted in the text's key.
    """

    start: int
    end: int
    score: float
    letters: tuple[int, int]


def is_alike(text: str, wanted: str) -> bool:
    """Whether a folded text has a folded phrase, letters mistaken now and then. Both are `loose` keys."""
    if wanted in text:
        return True
    return len(wanted) >= LONG and len(text) >= 0.8 * len(wanted) and partial_ratio(wanted, text, score_cutoff=ALIKE) > 0


def is_label_alike(label: str, wanted: str) -> bool:
    """Whether a whole folded label is a folded phrase with at most one letter wrong, missing or added."""
    if label == wanted:
        return True
    return len(wanted) >= SHORT and Levenshtein.distance(label, wanted, score_cutoff=1) <= 1


def is_doubtful(label: str, wanted: str) -> bool:
    """Whether a folded label may be a folded phrase after all."""
    if len(wanted) < LONG:
        return len(wanted) >= SHORT and Levenshtein.distance(label, wanted, score_cutoff=2) <= min(2, len(wanted) // 4)
    return len(label) >= 0.8 * len(wanted) and partial_ratio(wanted, label, score_cutoff=DOUBTFUL) > 0


def place(text: str, wanted: str) -> Span | None:
    """Where a text (as it stands) has a folded phrase nearly; None where it has it letter by letter, or not even nearly."""
    folded = loose(text)
    if wanted in folded:
        return None
    if is_label_alike(folded, wanted):
        return Span(0, len(text), 100.0 * (1 - 1 / len(wanted)), (0, len(folded)))
    if not is_alike(folded, wanted):
        return None
    found = partial_ratio_alignment(wanted, folded)
    if found is None or found.dest_end - found.dest_start < len(wanted) - 1:
        return None  # at the ends of a text a part of the phrase would do
    start = _before(text, found.dest_start)
    end = _after(text, found.dest_end, start)
    return Span(start, end, found.score, (found.dest_start, found.dest_end))


def _before(text: str, letters: int) -> int:
    """The last place in `text` before which at most `letters` letters of its key stand."""
    at = 0
    for i in range(1, len(text) + 1):
        if len(loose(text[:i])) > letters:
            break
        at = i
    return at


def _after(text: str, letters: int, start: int) -> int:
    """The first place in `text` from `start` on before which at least `letters` letters of its key stand, marks taken in."""
    at = next((i for i in range(start, len(text) + 1) if len(loose(text[:i])) >= letters), len(text))
    while at < len(text) and not text[at].isspace() and len(loose(text[: at + 1])) == len(loose(text[:at])):
        at += 1
    return at
