"""Under which year a link stands, on a page that lists several years one after the other, in folds, in tabs or in lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crawlers.rows import text_of

_YEAR = re.compile(r"(?<![0-9๐-๙])(?:25[0-9]{2}|๒๕[๐-๙]{2}|20[0-9]{2})(?![0-9๐-๙])")
_LIST = re.compile(r"(?i)\b(?:ITA|OIT)\b|ITA(?=[0-9๐-๙ก-๙])|คุณธรรมและความโปร่งใส|เปิดเผยข้อมูล")
_ONLY_YEAR = re.compile(r"[\s()\[\]:.–-]*(?:ประจำ)?(?:ปี)?\s*(?:งบประมาณ)?\s*(?:พ\s*\.?\s*ศ\s*\.?)?[\s()\[\]:.–-]*")
_THING = re.compile(
    r"(?i)(?<![A-Za-z])[o0๐]\s*[-.]?\s*[0-9๐-๙]{1,2}(?![0-9๐-๙])|ตัวชี้วัด|แผน|รายงาน|มาตรการ|วิเคราะห์|ผลการ|คู่มือ|ประกาศ"
)
_LONGEST = 150


def names_year_list(text: str) -> bool:
    """Whether a heading is that of a year's list ("ITA 2566", "ปีงบประมาณ พ.ศ. 2565") and not the name of one thing in it."""
    if len(text) > _LONGEST or not _YEAR.search(text):
        return False
    rest = _YEAR.sub("", text)
    return bool(_ONLY_YEAR.fullmatch(rest)) or (bool(_LIST.search(text)) and not _THING.search(rest))


@dataclass(slots=True)
class Sections:
    """The year's section in which a walk over a page stands.

    A section begins with its heading and ends with the next one, or with a heading as high that names nothing of the list;
    a tab's begins and ends with its pane, a list's with the list. `panes` are the open ones: depth, and what stood before.
    """

    current: str = ""
    panes: list[tuple[int, str, int]] = field(default_factory=list)
    _level: int = 0
    _tabs: dict[str, str] = field(default_factory=dict)

    @property
    def waits(self) -> bool:
        """Whether an element with some id would open a section: a year's tab was seen."""
        return bool(self._tabs)

    def tab(self, element: object, target: str) -> None:
        """Take note of a link within the page (``#y2566``): it may be the tab of a year."""
        text = text_of(element)
        if len(target) > 1 and names_year_list(text):
            self._tabs[target[1:]] = text

    def enter(self, identity: str, depth: int) -> None:
        """An element with an id opens: it may be the pane of a tab."""
        if identity in self._tabs:
            self.panes.append((depth, self.current, self._level))
            self.current, self._level = self._tabs[identity], 0

    def list(self, text: str, depth: int) -> None:
        """A list opens that its own words name a year's."""
        self.panes.append((depth, self.current, self._level))
        self.current, self._level = text, 0

    def leave(self) -> None:
        """The innermost pane closes."""
        _, self.current, self._level = self.panes.pop()

    def heading(self, text: str, level: int) -> None:
        """A heading was passed; `level` 1-6, 7 where the source says none."""
        if names_year_list(text):
            self.current, self._level = text, level
        elif self.current and level <= self._level < 7 and not _THING.search(text):
            self.current, self._level = "", 0
