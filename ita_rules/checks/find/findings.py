"""What was seen of a component in one document: its places, told apart by how they bear it, each with a quote."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ita_rules.checks.confidence import MATCHED
from ita_rules.checks.find.spec import Wording
from ita_rules.locate.lines import Line

How = Literal["section", "column", "row", "field", "statement", "figure", "zero", "detector"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a component was found. `quote` is made of the source's own words, parts joined by `` … ``."""

    how: How
    wording: str
    line: Line
    quote: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Partly:
    """A column of which only few cells are filled: how many of how many, and the first row that lacks it."""

    wording: str
    full: int
    of: int
    missing: str


@dataclass(slots=True)
class Findings:
    """All that was seen of a component in one document."""

    met: list[Hit] = field(default_factory=list)
    partly: list[Partly] = field(default_factory=list)
    empty: list[Hit] = field(default_factory=list)
    contents: list[Hit] = field(default_factory=list)
    mentioned: list[Hit] = field(default_factory=list)
    against: list[Hit] = field(default_factory=list)


def shorten(text: str, limit: int = 160) -> str:
    """The beginning of a text, cut at a blank where there is one near the limit."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text.rfind(" ", int(limit * 0.6), limit)
    return text[: cut if cut > 0 else limit].rstrip()


def joined(*parts: str) -> str:
    """A quote of several parts of the source, each cut."""
    return " … ".join(shorten(p) for p in parts if p.strip())


def hit_of(how: How, wording: Wording | str, line: Line, quote: str, quality: float = 1.0) -> Hit:
    """A hit with its confidence: how its place bears a component, how well the wording fits (`quality`, 0-1), how the text was
    read."""
    text = wording if isinstance(wording, str) else wording.text
    return Hit(how, text, line, quote, round(MATCHED[how] * (0.5 + 0.5 * quality) * (0.6 + 0.4 * line.page.trust), 3))
