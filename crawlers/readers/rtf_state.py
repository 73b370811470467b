"""What a reader of RTF keeps in mind: settings of the group, the story being told, the cells of the rows to come."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawlers.readers.assemble import Part
from crawlers.readers.edges import Merge, Row
from crawlers.readers.flow import Flow
from ita_rules.run.types import Zone


@dataclass(slots=True)
class State:
    """What holds within a group. `to` is where its words go: the text, nowhere, or a place of the file's own."""

    to: str = "text"
    font: int = -1
    skip: int = 1
    bold: bool = False
    size: float = 24.0
    hidden: bool = False
    centred: bool = False
    depth: int = 0
    style: int = 0
    outline: int = 0
    story: bool = False  # whether this group is a story of its own, which ends with it
    before: str = ""  # where words went before a group with two versions of its words

    def character(self, word: str, number: int | None) -> None:
        """A control word about the print of the characters that follow."""
        if word == "plain":
            self.bold, self.size, self.hidden, self.font = False, 24.0, False, -1
        elif word in ("b", "ab"):
            # The weight of complex scripts has a word of its own, which only adds.
            self.bold = number != 0 if word == "b" else self.bold or number != 0
        elif word in ("fs", "afs"):
            self.size = float(number or 24)
        elif word in ("v", "deleted"):
            self.hidden = number != 0
        elif word == "f":
            self.font = number if number is not None else -1

    def paragraph(self, word: str, number: int | None) -> None:
        """A control word about the paragraph."""
        if word == "pard":
            self.centred, self.depth, self.style, self.outline = False, 0, 0, 0
        elif word in ("qc", "ql", "qr", "qj"):
            self.centred = word == "qc"
        elif word == "intbl":
            self.depth = max(self.depth, 1)
        elif word == "itap":
            self.depth = max(number or 0, 0)
        elif word == "s":
            self.style = number or 0
        elif word == "outlinelevel":
            self.outline = (number or 0) + 1 if (number or 0) < 9 else 0


@dataclass(slots=True)
class Story:
    """A run of paragraphs: the main text, a head or foot, a text box."""

    flow: Flow
    zone: Zone
    pieces: list[tuple[str, bool, float]] = field(default_factory=list)
    label: str = ""
    aside: list[Part] = field(default_factory=list)


@dataclass(slots=True)
class RowSetting:
    """The cells of the rows that follow, as far as said."""

    left: int = 0
    edges: list[int] = field(default_factory=list)
    down: list[Merge] = field(default_factory=list)
    beside: list[Merge] = field(default_factory=list)
    next_down: Merge = ""
    next_beside: Merge = ""
    head: bool = False

    def say(self, word: str, number: int | None) -> None:
        """A control word about the rows that follow."""
        if word == "trleft":
            self.left = number or 0
        elif word == "trhdr":
            self.head = True
        elif word in ("clvmgf", "clvmrg"):
            self.next_down = "first" if word == "clvmgf" else "on"
        elif word in ("clmgf", "clmrg"):
            self.next_beside = "first" if word == "clmgf" else "on"
        elif word == "cellx" and len(self.edges) < 200:
            self.edges.append(number or 0)
            self.down.append(self.next_down)
            self.beside.append(self.next_beside)
            self.next_down = self.next_beside = ""

    def row(self) -> Row:
        """The row as it is now."""
        return Row((self.left, *self.edges), tuple(self.down), tuple(self.beside), self.head) if self.edges else Row()
