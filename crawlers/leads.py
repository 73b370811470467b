"""Leads: lines of a page that begin with a code of the form ("O21 การขับเคลื่อนจริยธรรม") and name the links that come after them.

On most ITA pages that are no table, the code stands in a line of its own or over a list, and the links below say only "คลิก".
A lead holds for the block it stands in where links follow there, else for the nearest one around it in which they do; how far
that may be is learned from the leads before it, so that the last entry of a list, having no link, does not name the sidebar.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import Any

_MOST_LEVELS = 4
_NONE = -1
_WHOLE = frozenset({"article", "main", "body"})
"""Elements that a lead never holds beyond."""


@dataclass(slots=True)
class Leads:
    """The lead in force while a page is walked over: `text` its line, ``""`` when there is none.

    `scope` is the depth of the element that it holds for; the walk says when that closes (`leave`).
    """

    text: str = ""
    scope: int = _NONE
    _depth: int = 0
    _levels: int = 0
    _most: int = _MOST_LEVELS
    _reach: int = 0
    _is_row: bool = False
    _has_links: bool = False
    _continued: bool = False
    _around: list[Any] = field(default_factory=list)

    def open(self, text: str, block: Any, depth: int, *, is_row: bool, has_links: bool) -> None:
        """A lead begins: its line, the block that holds it and that block's depth; `is_row` where that is a row of a table,
        `has_links` where the line is a link itself."""
        shared = next((level for level, e in enumerate(_lineage(block)) if e in self._around), _MOST_LEVELS)
        self._around = _lineage(block)
        self.text, self.scope, self._depth, self._is_row = text, depth, depth, is_row
        self._levels, self._continued, self._has_links = 0, False, has_links
        self._most = min(shared, self._reach or _MOST_LEVELS)

    def end(self) -> None:
        """No lead holds any longer."""
        self.text, self.scope = "", _NONE

    def link(self) -> None:
        """A link stands where the lead holds."""
        if self.text and not self._has_links:
            self._has_links = True
            self._reach = max(1, self._reach, self._levels)

    def names(self, cells: tuple[str, ...]) -> bool:
        """Whether the lead names a link in a row of these cells, which bears no code itself. Below the lead's own row of a table
        only rows that leave the first cell empty go on with it."""
        return bool(self.text) and (not self._continued or (bool(cells) and not cells[0]))

    def heading(self, depth: int) -> None:
        """A heading closes, at some depth: as high as the lead it ends it, and any does once the lead holds far around it."""
        if _NONE < self.scope < depth and (depth <= self._depth or self._levels > 1):
            self.end()

    def leave(self, element: Any) -> None:
        """The element closes that the lead holds for."""
        if self._is_row and self._has_links and not self._continued:
            self.scope, self._continued = self.scope - 1, True
        elif self._has_links or self._levels >= self._most or element.tag in _WHOLE or element.find(".//a[@href]") is not None:
            self.end()
        else:
            self.scope, self._levels = self.scope - 1, self._levels + 1


def _lineage(block: Any) -> list[Any]:
    """A block and the nearest ones around it."""
    return [block, *islice(block.iterancestors(), _MOST_LEVELS)]
