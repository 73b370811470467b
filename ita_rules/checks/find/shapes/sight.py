"""What a detector is given, and the names under which detectors are kept.

A component names its detectors in the vocabulary (`detect`). Each takes one document as `Sight` and yields hits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ita_rules.checks.confidence import MATCHED
from ita_rules.checks.find.findings import Hit, shorten
from ita_rules.locate.lines import Line, Lines
from ita_rules.run.types import Document, Link


@dataclass(frozen=True, slots=True)
class Sight:
    """What a detector sees of one document: its content lines, the document, and the content links of its page."""

    lines: Lines
    document: Document
    links: Sequence[Link] = ()


Detector = Callable[[Sight], list[Hit]]
REGISTER: dict[str, Detector] = {}
"""The detectors by name."""


def detector(name: str) -> Callable[[Detector], Detector]:
    """Register a detector under its name."""

    def register(function: Detector) -> Detector:
        REGISTER[name] = function
        return function

    return register


def hit(line: Line, name: str, quote: str | None = None, confidence: float = MATCHED["detector"]) -> Hit:
    """A line in which a detector saw something; what it says with less trust the worse the page could be read."""
    return Hit("detector", name, line, shorten(quote or line.text, 200), round(confidence * (0.6 + 0.4 * line.page.trust), 3))


def matching(sight: Sight, pattern: re.Pattern[str], name: str, confidence: float = MATCHED["detector"]) -> list[Hit]:
    """The lines of content in which a pattern stands."""
    if not pattern.search(sight.lines.once(_whole)):
        return []
    return [hit(x, name, confidence=confidence) for x in sight.lines if not x.toc and pattern.search(x.clean)]


def _whole(lines: Lines) -> str:
    """All lines as one text, in which is seen at once that something stands in none of them."""
    return "\n".join(x.clean for x in lines)
