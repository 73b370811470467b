"""The labels that come nearest to a component that was not found: for people who ask why, never for the verdict.

Likeness is rapidfuzz's `ratio` on loose keys (0-100), or nine tenths of its `partial_ratio` for a wording that makes a good
part of the label. The work is bounded: so many labels of a candidate, each once, and the best three of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from ita_rules.checks.find.findings import shorten
from ita_rules.checks.find.hints import labels
from ita_rules.checks.find.spec import Spec
from ita_rules.locate import Piece
from ita_rules.locate.lines import Line
from ita_rules.thai.fold import loose

MOST = 3
"""How many near misses of one check are told."""

LIKE = 60.0
"""Likeness (0-100) below which a label is not worth telling."""

_SHORTEST, _LONGEST = 4, 60  # letters of a label
_MOST_LABELS = 300  # labels of one candidate that are compared
_PART = 0.4  # of a label that a wording within it must make
_WITHIN = 0.9  # what is left of the likeness where only a part is alike


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a piece, as it stands, with its loose key."""

    text: str
    folded: str
    piece: Piece
    line: Line


@dataclass(frozen=True, slots=True)
class Near:
    """A label, the wording that it is most like, and how much (0-100)."""

    label: Label
    wording: str
    likeness: float


def labels_of(looked: Iterable[tuple[Piece, Sequence[Line]]]) -> tuple[Label, ...]:
    """The labels of a candidate's pieces, each once: those with content first, then lines short enough to be headings."""
    found: dict[str, Label] = {}

    def add(text: str, piece: Piece, line: Line) -> None:
        folded = loose(text)
        if _SHORTEST <= len(folded) <= _LONGEST and len(found) < _MOST_LABELS:
            found.setdefault(folded, Label(shorten(text, 80), folded, piece, line))

    for piece, lines in looked:
        body = [x for x in lines if not x.toc and not x.criterion]
        for line, text in labels(body):
            add(text, piece, line)
        for line in body:
            if line.block.kind != "row" and line.heading:
                add(line.bare, piece, line)
    return tuple(found.values())


def nearest(candidates: Sequence[Label], spec: Spec) -> tuple[Near, ...]:
    """The labels most like a wording of the component, best first, at most `MOST`; those of its siblings are left out."""
    wanted = {w.loose: w.text for w in spec.wordings if len(w.loose) >= _SHORTEST}
    found = [near for label in candidates if label.folded not in spec.siblings and (near := _near(label, wanted)) is not None]
    return tuple(sorted(found, key=lambda n: (-n.likeness, n.label.folded))[:MOST])


def _near(label: Label, wanted: dict[str, str]) -> Near | None:
    best = process.extractOne(label.folded, wanted.keys(), scorer=fuzz.ratio, score_cutoff=LIKE)
    parts = [key for key in wanted if len(key) >= _PART * len(label.folded)]
    within = process.extractOne(label.folded, parts, scorer=fuzz.partial_ratio, score_cutoff=LIKE / _WITHIN)
    likeness = max(((score, key) for key, score in _scored(best, within)), default=None)
    return Near(label, wanted[likeness[1]], round(likeness[0], 1)) if likeness else None


def _scored(best: tuple[str, float, int] | None, within: tuple[str, float, int] | None) -> Iterable[tuple[str, float]]:
    if best is not None:
        yield best[0], best[1]
    if within is not None:
        yield within[0], within[1] * _WITHIN
