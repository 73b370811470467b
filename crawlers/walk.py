"""Where a walk over a page stands, and the links it has met: each with the words that name it where it stands.

What names a link beside its own words is the row of its table or its card, the heading above it, and on a page of several years
the year's section. Links of the site's frame (navigation, header, footer) take along nothing of the page but the zone's heading.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

from crawlers.hidden import viewed
from crawlers.rows import MAX_ROW, Grids, Row, fill
from crawlers.sections import Sections
from ita_rules.run.keys import url_key
from ita_rules.run.links import Stem, stem_of
from ita_rules.run.types import LinkKind, Zone

MAX_LINKS = 5000
"""Links of one page that are taken."""


@dataclass(slots=True)
class Walk:
    """What is known while walking over the page `source` (its key), whose links are read from `base` in `encoding`.

    `heading` is the last one of each zone, `headings` those of the page itself; `zones`, `rows` and `folds` are the open ones,
    outermost first, by their depth.
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
    sections: Sections = field(default_factory=Sections)
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

    def found(self, kind: LinkKind, url: str, text: str) -> None:
        """Take a link at the place where the walk stands."""
        self.add(kind, url, text, self.zone, *self._row())

    def add(self, kind: LinkKind, url: str, text: str, zone: Zone, row: str = "", cells: tuple[str, ...] = ()) -> None:
        """Take a link of a zone with the words of its row; the file that a viewer's address names is one more."""
        if self.room <= 0:
            return
        target = url_key(url) if url else ""
        if url and not target:
            return
        heading, section = self.heading.get(zone, ""), self.sections.current if zone == "main" else ""
        self.links.append(stem_of(target, url, kind, sys.intern(text[:MAX_ROW]), row, cells, heading, zone, section))
        if url and kind != "viewer" and ("=" in url or "#" in url):
            inside = viewed(url)
            if inside:
                self.add("viewer", inside, text, zone, row, cells)

    def _row(self) -> tuple[str, tuple[str, ...]]:
        """The words and cells of the row around the place where the walk stands."""
        if not self.rows or self.zone in ("nav", "header", "footer"):
            return "", ()
        chosen = next((r for r in reversed(self.rows) if r.element.tag == "tr" and fill(r, self.grids)), None)
        chosen = chosen or next((r for r in reversed(self.rows) if r.element.tag != "tr" and fill(r, self.grids)), None)
        return (chosen.text or "", chosen.cells) if chosen else ("", ())
