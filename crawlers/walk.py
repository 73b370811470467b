"""Where a walk over a page stands, and the links it has met: each with the words that name it where it stands.

What names a link beside its own words is the row of its table, its card or its line, what stands over its list, the lead or else
the heading above it, and on a page of several years the year's section. Links of the frame (navigation, header, footer) take
along nothing of the page but the zone's heading.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from crawlers.hidden import viewed
from crawlers.leads import Leads
from crawlers.lines import INLINE, above, around, begun_by, over_list
from crawlers.rows import MAX_ROW, Grids, Row, fill
from crawlers.sections import Sections, names_year_list
from ita_rules.run.keys import url_key
from ita_rules.run.links import Stem, stem_of
from ita_rules.run.types import LinkKind, Zone
from ita_rules.thai.codes import code_in
from ita_rules.thai.generic import is_generic

_INSIDE = 6  # levels between a link and the words in it
_HEAD = 60  # letters of a row in which its code stands
MAX_LINKS = 5000
"""Links of one page that are taken."""


@dataclass(slots=True)
class Walk:
    """What is known while walking over the page `source` (its key), whose links are read from `base` in `encoding`.

    `heading` is the last one of each zone, `headings` those of the page itself; `zones`, `rows`, `folds` and `lists` (those with
    words over them) are the open ones, outermost first, by their depth.
    """

    source: str
    base: str
    encoding: str
    title: str = ""
    links: list[Stem] = field(default_factory=list)
    heading: dict[Zone, str] = field(default_factory=dict)
    headings: list[str] = field(default_factory=list)
    zones: list[tuple[int, Zone]] = field(default_factory=lambda: [(0, "main")])
    rows: list[Row] = field(default_factory=list)
    grids: Grids = field(default_factory=dict)
    folds: list[int] = field(default_factory=list)
    lists: list[tuple[int, str]] = field(default_factory=list)
    sections: Sections = field(default_factory=Sections)
    leads: Leads = field(default_factory=Leads)
    taken: Any = None
    password: bool = False

    @property
    def zone(self) -> Zone:
        """The zone in which the walk stands."""
        return self.zones[-1][1]

    @property
    def room(self) -> int:
        """How many links more are taken."""
        return MAX_LINKS - len(self.links)

    def enter_zone(self, zone: Zone, depth: int) -> None:
        """An element opens that says it is of a zone."""
        inside = self.zone
        # A header inside an article is the article's own; a frame's parts stay in the frame.
        is_own = zone == "header" and any(z == "main" for _, z in self.zones[1:])
        if zone == inside or (inside == "main" and not is_own) or (inside == "header" and zone in ("nav", "main")):
            self.zones.append((depth, zone))

    def head(self, zone: Zone, text: str, level: int = 7) -> None:
        """Words that name what follows them; `level` 1-6, 7 where the source says none."""
        self.heading[zone] = sys.intern(text)
        if zone == "main":
            self.sections.heading(self.heading[zone], level)

    def lead(self, element: Any, depth: int, *, tail: bool) -> None:
        """A text begins like a lead: that in an element at some depth, or behind it in an element at that depth."""
        block = element.getparent() if tail else element
        while block is not None and block.tag in INLINE:
            block, depth = block.getparent(), depth - 1
        if block is None:
            return
        row = self.rows[-1] if block.tag in ("td", "th") and self.rows else None
        is_row = row is not None and row.element is block.getparent() and fill(row, self.grids)
        text = "" if is_row and element is block else begun_by(element, tail=tail)
        if not text and not (is_row and element is block):
            return
        if row is not None and is_row:
            text, block, depth = " | ".join(filter(None, row.cells))[:MAX_ROW], row.element, row.level
        is_link = self.taken is not None and (element is self.taken or self.taken in islice(element.iterancestors(), _INSIDE))
        self.leads.open(sys.intern(text), block, depth, is_row=is_row, has_links=is_link)

    def enter_list(self, element: Any, depth: int) -> None:
        """A list opens within an item of another: the words over it name what it holds, or the year of all that it holds."""
        text = over_list(element)
        if not text:
            return
        if not self.lists and not self.leads.text and names_year_list(text):
            self.sections.list(text, depth)
        else:
            self.lists.append((depth, text))

    def found(self, kind: LinkKind, url: str, text: str, element: Any = None) -> None:
        """Take a link at the place where the walk stands; `element` where it stands in a line."""
        zone = self.zone
        row, cells = self._row(element)
        heading = self.heading.get(zone, "")
        if zone == "main":
            if url and element is not None:
                self.taken = element
            row, heading = self._named(text, row, cells, heading, element)
        self.add(kind, url, text, zone, row, cells, heading)

    def _named(self, text: str, row: str, cells: tuple[str, ...], heading: str, element: Any) -> tuple[str, str]:
        """The row and the heading of a link, with the words that name it from afar: the lead, and what stands over its list."""
        is_led = False
        if self.leads.text:
            is_led = self.leads.names(cells) and all(code_in(words) is None for words in (*cells, text, row[:_HEAD]))
            self.leads.link()
            heading = self.leads.text if is_led else heading
        if self.lists and not cells:
            bears = is_led or code_in(row[:_HEAD]) is not None
            over = [words for _, words in self.lists if not (bears and code_in(words) is not None)]
            row = sys.intern(" | ".join([*over, row])[:MAX_ROW])
        return row, heading

    def add(
        self,
        kind: LinkKind,
        url: str,
        text: str,
        zone: Zone,
        row: str = "",
        cells: tuple[str, ...] = (),
        heading: str | None = None,
    ) -> None:
        """Take a link of a zone with the words of its row and, where that is not the zone's, its heading; the file that a
        viewer's address names is one more."""
        if self.room <= 0:
            return
        target = url_key(url) if url else ""
        if url and not target:
            return
        heading = self.heading.get(zone, "") if heading is None else heading
        section = self.sections.current if zone == "main" else ""
        self.links.append(stem_of(target, url, kind, sys.intern(text[:MAX_ROW]), row, cells, heading, zone, section))
        if url and kind != "viewer" and ("=" in url or "#" in url):
            inside = viewed(url)
            if inside:
                self.add("viewer", inside, text, zone, row, cells, heading)

    def _row(self, element: Any) -> tuple[str, tuple[str, ...]]:
        """The words and cells of the row around the place where the walk stands, else the words of the line of an element."""
        if self.zone in ("nav", "header", "footer"):
            return "", ()
        chosen = next((r for r in reversed(self.rows) if r.element.tag == "tr" and fill(r, self.grids)), None)
        if chosen is None and element is not None:
            code = next((r.shared[element] for r in reversed(self.rows) if element in r.shared), "")
            if code:
                line = sys.intern(around(element)[0])
                return f"{code} | {line}", (code, line)
        chosen = chosen or next((r for r in reversed(self.rows) if r.element.tag != "tr" and fill(r, self.grids)), None)
        is_card = chosen is not None and chosen.element.tag not in ("tr", "li")
        if element is not None and (chosen is None or is_card):
            line, has_words = around(element)
            if has_words:
                return sys.intern(line), ()
            if chosen is None and is_generic(line):
                over = above(element)
                if over and not (self.leads.text and code_in(over)):
                    return sys.intern(f"{over} | {line}"), ()
        return (chosen.text or "", chosen.cells) if chosen else ("", ())
