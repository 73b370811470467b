"""The documents as they were written: text and truth of each, before any form is made of it.

A source is a file in ``sources/``: a head in YAML, a line ``---``, then the text, one block a line:

    # a line of the title        ## a section's heading        - an item of a list        ~ a centred line
    | cell | cell |              rows that follow one another are a table; its first row holds the column headings, the first
                                 two where cells are merged: ``<`` goes on from the left, ``^`` from above
    |- label | value |           a table without column headings
    === page ===                 a new page
    anything else                a paragraph

The head says the `item`, the `agency` and its `type`, the `font` it likes, `wide` for landscape, the `period` (``right`` or
``wrong`` for the item, ``absent`` where no year is said, ``none`` where the item asks for none), and for each component of the
item what the document truly has: ``present``, ``zero`` (it says that there is none), ``missing``, ``empty`` (a column or heading
over nothing) or ``toc`` (named in the table of contents only). `near` are wordings close to what an item asks that the document
does not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from ita_rules.thai.fold import key, loose

FOLDER = Path(__file__).resolve().parent / "sources"
Kind = Literal["title", "heading", "text", "item", "centre", "table", "page"]

MERGED = ("<", "^")
"""Cells that belong to the cell on their left or above."""

MET = ("present", "zero")
"""What a component's truth may say for the check to pass."""

SHORTEST, LONGEST, MOST = 8, 40, 20
"""Characters of a true phrase, and phrases of a document."""

DIGIT_SHARE = 0.25
"""Phrases with more digits than this are left out: numbers in scans are measured on their own."""

DECOYS = 12
"""Phrases of other documents that each document is searched for, besides those of its own head."""

_LEADS = "เแโใไ"
_FOLLOWS = re.compile("[ะ-ฺๅ็-๎ๆฯ]")
Table = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a source; `rows` of a table, its column headings first where it is `headed`."""

    kind: Kind
    text: str = ""
    rows: Table = ()
    headed: bool = True

    @property
    def heads(self) -> int:
        """How many rows of a table hold column headings."""
        if not self.headed:
            return 0
        return 2 if any(cell in MERGED for row in self.rows[:2] for cell in row) else 1

    @property
    def head(self) -> list[str]:
        """The column headings of a table."""
        return [cell for row in self.rows[: self.heads] for cell in row if cell and cell not in MERGED]

    def spans(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Of each merged cell, by its row and column: how many rows and columns it takes."""
        found = {}
        for down, row in enumerate(self.rows):
            for right, cell in enumerate(row):
                if cell in MERGED:
                    continue
                wide = next((n for n, c in enumerate(row[right + 1 :], 1) if c != "<"), len(row) - right)
                below = [r[right] for r in self.rows[down + 1 :]]
                high = next((n for n, c in enumerate(below, 1) if c != "^"), len(below) + 1)
                if wide > 1 or high > 1:
                    found[down, right] = high, wide
        return found


@dataclass(frozen=True, slots=True)
class Source:
    """One document as written, and what is true of it (the module says what the fields mean)."""

    id: str
    item: str
    agency: str
    type: str
    font: str
    wide: bool
    period: str
    components: dict[str, str]
    near: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """The whole text, a line for each block or row."""
        return "\n".join(text for _, text in self.texts())

    @property
    def tables(self) -> list[Block]:
        """The tables in their order."""
        return [b for b in self.blocks if b.kind == "table"]

    @property
    def columns(self) -> int:
        """Columns of its widest table, 1 without tables."""
        return max((len(b.rows[0]) for b in self.tables), default=1)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text with what it is: a block's kind, ``column`` for a column heading, ``cell``."""
        for block in self.blocks:
            if block.kind != "table":
                yield block.kind, block.text
            for number, row in enumerate(block.rows):
                kind = "cell" if number >= block.heads else "column"
                yield from ((kind, cell) for cell in row if cell and cell not in MERGED)

    def phrases(self) -> list[str]:
        """Its true phrases: those with ำ first, then in turn from titles, headings, columns, cells and paragraphs."""
        heaps: dict[str, list[str]] = {}
        seen: set[str] = set()
        for kind, text in self.texts():
            for phrase in _phrases(text):
                if key(phrase) not in seen:
                    seen.add(key(phrase))
                    heaps.setdefault("am" if "ำ" in phrase else kind, []).append(phrase)
        chosen = heaps.pop("am", [])[: MOST // 2]
        while len(chosen) < MOST and any(heaps.values()):
            chosen += [heap.pop(0) for heap in heaps.values() if heap][: MOST - len(chosen)]
        return chosen

    def lacks(self, phrase: str) -> bool:
        """Whether the text is without a phrase, by the looser key."""
        return loose(phrase) not in loose(self.text)


def load(folder: Path = FOLDER) -> list[Source]:
    """All sources by their names. Raises `ValueError` for one that is not written as the module says."""
    return [parse(path.stem, path.read_text("utf-8")) for path in sorted(folder.glob("*.txt"))]


def parse(name: str, text: str) -> Source:
    """One source of the text of its file."""
    head, mark, body = text.partition("\n---\n")
    if not mark:
        raise ValueError(f"{name}: no line of three dashes after the head")
    told: dict[str, Any] = yaml.safe_load(head)
    return Source(
        id=name,
        item=told["item"],
        agency=told["agency"],
        type=told["type"],
        font=told["font"],
        wide=told.get("wide", False),
        period=told["period"],
        components=dict(told["components"]),
        near=tuple(told["near"]),
        blocks=tuple(_blocks(body)),
    )


def _blocks(body: str) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    headed = True
    for line in [*body.splitlines(), ""]:
        if line.startswith("|"):
            headed = not line.startswith("|-")
            cells = line.strip().removeprefix("|-").removeprefix("|").removesuffix("|")
            rows.append(tuple(cell.strip() for cell in cells.split("|")))
            continue
        if rows:
            yield Block("table", rows=tuple(rows), headed=headed)
            rows = []
        kinds: dict[str, Kind] = {"## ": "heading", "# ": "title", "- ": "item", "~ ": "centre"}
        mark = next((m for m in kinds if line.startswith(m)), "")
        if line.startswith("==="):
            yield Block("page")
        elif line.strip():
            yield Block(kinds.get(mark, "text"), line.removeprefix(mark).strip())


def _phrases(text: str) -> Iterator[str]:
    """Runs of whole words between blanks, 8 to 40 characters; of a longer run its beginning, never cut within a letter."""
    run = ""
    for part in [*re.sub(r"\.{3,}.*", "", text).split(), ""]:
        if part and len(run) < SHORTEST and len(run) + len(part) < LONGEST:
            run = f"{run} {part}".strip()
            continue
        if len(run) > LONGEST:
            end = 32
            while _FOLLOWS.match(run[end]) or run[end - 1] in _LEADS:
                end -= 1
            run = run[:end]
        digits = sum(c.isdigit() for c in run)
        if len(run) >= SHORTEST and len(key(run)) >= SHORTEST - 1 and digits <= DIGIT_SHARE * len(run):
            yield run
        run = part


def decoys(source: Source, others: Sequence[Source]) -> list[str]:
    """Phrases that are not in a source: its own near ones, and phrases of the other documents in turn."""
    found = list(source.near)
    heaps = [s.phrases() for s in others if s.id != source.id]
    start = sum(source.id.encode()) % len(heaps)
    for heap in [*heaps[start:], *heaps[:start]]:
        if len(found) >= DECOYS + len(source.near):
            break
        fit = [p for p in heap if source.lacks(p) and len(loose(p)) >= SHORTEST]
        if fit:
            found.append(fit[start % len(fit)])
    return found
