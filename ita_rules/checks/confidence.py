"""How sure a check may be of what it says, from 0 to 1: all that is known of it in one place.

A check kind says how well the words matched (exactly, in a heading with content, in a sentence, by its shape, nearly). `sure_of`
makes of it what can be believed: less where the text was recognised from a picture, more where several places bear it out, and
for what was not found no more than such findings were right on the building corpora (``benchmarks/calibration.py`` measures it,
``benchmarks/calibration.md`` holds the tables). What was below `SURE` stays below it and what was not stays above: a verdict
depends on what was seen, never on these numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ita_rules.run.types import Page

if TYPE_CHECKING:
    from ita_rules.checks.interface import Context, Observation

SURE = 0.6
"""Below this confidence a `not_met` is no accusation: the check becomes undecided, `uncertain`."""

MATCHED: Mapping[str, float] = {
    "column": 0.97,
    "section": 0.96,
    "row": 0.95,
    "field": 0.95,
    "zero": 0.96,
    "detector": 0.93,
    "statement": 0.92,
    "figure": 0.9,
}
"""How sure a component is that was found in each way, where the whole label is the wording and the text can be trusted."""

READ: Mapping[str, float] = {"ocr": 0.95}
"""What is left of it by how the text was read; all of it where a way is not named. Recognition mistakes two letters in a hundred;
text layers, Office files and web pages were right alike."""

NOT_FOUND: Mapping[str, float] = {
    "check.component.gap": 0.8,
    "check.component.empty": 0.85,
    "check.component.toc": 0.88,
    "check.component.contrary": 0.88,
}
"""The most that may be said of a component that is missing, by what was seen in its place. There is always a wording that nobody
knew: one such finding in eight was wrong where the vocabulary knew most words, and two of three in words met for the first time.
"""

_FURTHER = 0.25
"""What each further place takes off the doubt that the best one leaves."""

_MOST_FURTHER = 2


def sure_of(ctx: Context, seen: Observation) -> Observation:
    """An observation with the confidence that can be believed; a doubt, and one that found nothing out, stay as they are."""
    if seen.outcome not in ("met", "not_met") or seen.confidence < SURE:
        return seen
    told = seen.confidence * min((READ.get(page.method, 1.0) for page in _pages(ctx, seen)), default=1.0)
    if seen.outcome == "met" and seen.check.kind == "component":
        further = min(len(seen.evidence) - 1, _MOST_FURTHER)
        told = 1 - (1 - told) * (1 - _FURTHER) ** max(0, further)
    elif seen.outcome == "not_met":
        told = min(told, NOT_FOUND.get(seen.message[0], 1.0))
    return replace(seen, confidence=round(max(told, SURE), 3))


def _pages(ctx: Context, seen: Observation) -> Iterator[Page]:
    """The pages that an observation rests on: that of its best quote, or all of the sources that were read whole."""
    pieces = {p.url: p for p in ctx.pieces if p.document is not None}
    for evidence in seen.evidence[:1] if seen.outcome == "met" else seen.evidence:
        piece = pieces.get(evidence.url)
        pages = piece.document.pages if piece is not None and piece.document is not None else ()
        numbers = {page.number for page in pages}
        yield from (p for p in pages if evidence.page not in numbers or p.number == evidence.page)
