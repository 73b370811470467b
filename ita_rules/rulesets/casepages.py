"""The little mark-up in which authors write the pages of a case, turned into the blocks that readers make of real pages.

One construct a line: ``# `` to ``###### `` headings; ``| a | b |`` table rows, the first of a table its headings; ``- ``
list items; ``![alt](src)`` a picture; ``[embed: url]``; ``[form: field, field -> button]`` (a field named `password` or
`file` is one); ``[link: words -> url]``; ``=== page ===`` begins the next page; any other line is a paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ita_rules.run.types import Block, Form, Image

_HEADING = re.compile(r"^(#{1,6})\s+(.*\S)\s*$")
_PICTURE = re.compile(r"^!\[([^\]]*)\]\(([^)]*)\)$")
_BRACKET = re.compile(r"^\[(embed|form|link):\s*(.*?)\s*\]$")
_NEXT_PAGE = re.compile(r"^={3,}\s*page\s*={3,}$")
_RULE = re.compile(r"^\|[\s:|-]+\|$")


@dataclass(frozen=True, slots=True)
class CaseLink:
    """A link of a case's page: its words, its address as written, the nearest heading, how many blocks stand before it."""

    text: str
    url: str
    heading: str = ""
    row: str = ""
    before: int = 0


@dataclass(slots=True)
class CasePage:
    """One page of a case."""

    blocks: list[Block] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    embeds: list[str] = field(default_factory=list)
    links: list[CaseLink] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The first heading, ``""`` without one."""
        return next((b.text for b in self.blocks if b.kind == "heading"), "")

    @property
    def headings(self) -> tuple[str, ...]:
        """At most 12 headings, as an exchange records them."""
        return tuple(b.text for b in self.blocks if b.kind == "heading")[:12]


def parse_pages(text: str) -> list[CasePage]:
    """The pages of a case, at least one."""
    pages = [_Page()]
    for raw in text.splitlines():
        line = " ".join(raw.split())
        if _NEXT_PAGE.match(line):
            pages.append(_Page())
        else:
            pages[-1].take(line)
    return [p.page for p in pages]


class _Page:
    """Builds one page line by line."""

    def __init__(self) -> None:
        self.page = CasePage()
        self.tables = 0
        self.in_table = False

    def take(self, line: str) -> None:
        """Add a line. A blank line, or any line that is no row, ends a table."""
        row = len(line) > 1 and line.startswith("|") and line.endswith("|")
        if not row:
            self.in_table = False
        if not line or (row and _RULE.match(line) and "-" in line):
            return
        if row:
            self._row(line)
        elif found := _HEADING.match(line):
            self.page.blocks.append(Block("heading", found[2], level=len(found[1])))
        elif found := _PICTURE.match(line):
            self.page.images.append(Image(url=found[2].strip(), alt=found[1].strip(), before=len(self.page.blocks)))
        elif found := _BRACKET.match(line):
            self._bracket(found[1], found[2])
        elif line.startswith("- "):
            self.page.blocks.append(Block("item", line[2:].strip()))
        else:
            self.page.blocks.append(Block("text", line))

    def _row(self, line: str) -> None:
        cells = tuple(c.strip() for c in line[1:-1].split("|"))
        header = not self.in_table
        if header:
            self.tables += 1
            self.in_table = True
        self.page.blocks.append(Block("row", " | ".join(cells).strip(), cells=cells, table=self.tables - 1, header=header))

    def _bracket(self, kind: str, body: str) -> None:
        page = self.page
        before, arrow, after = (part.strip() for part in body.partition("->"))
        if kind == "embed":
            page.embeds.append(body)
        elif kind == "form":
            fields = tuple(f.strip() for f in before.split(",") if f.strip())
            buttons = tuple(b.strip() for b in after.split(",") if b.strip()) if arrow else ()
            named = {f.lower() for f in fields}
            page.forms.append(
                Form(
                    action="",
                    method="post",
                    fields=fields,
                    buttons=buttons,
                    has_file="file" in named,
                    has_password="password" in named,
                    before=len(page.blocks),
                )
            )
        else:
            heading = next((b.text for b in reversed(page.blocks) if b.kind == "heading"), "")
            page.links.append(CaseLink(text=before, url=after, heading=heading, before=len(page.blocks)))
            page.blocks.append(Block("text", before))
