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

    def row(self) -> Row:
        """The row as it is now."""
        return Row((self.left, *self.edges), tuple(self.down), tuple(self.beside), self.head) if self.edges else Row()
