"""OpenDocument files: texts (ODT) as one page, sheets (ODS) and slides (ODP) as a page each, with lists, tables and boxes."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree

from crawlers.readers.archive import open_archive, xml_part
from crawlers.readers.assemble import Part, Table, page_of, sheet_parts, sized
from crawlers.readers.docx_styles import local
from crawlers.readers.interface import Budget, Hints, Limits
from crawlers.readers.lines import Line, fold
from crawlers.readers.numbering import labelled
from crawlers.readers.odf_styles import OUTLINE, Style, Styles, attribute, count_of, pixels
from crawlers.readers.sniff import sniff
from crawlers.readers.tables import Cell
from crawlers.readers.values import MAX_COLUMNS, Area, laid_out, merge
from ita_rules.errors import ReaderError
from ita_rules.run.types import Document, Image, Zone

MAX_NESTING = 30
"""Tables, lists and boxes nested deeper than this are left out."""

MAX_ROWS = 1_048_576
"""Rows of a sheet; a file that says it has more is cut."""

MAX_CELLS = 1_000_000
"""Cells of a sheet that are read, repeated ones counted."""

_META = {"title": "title", "creation-date": "created", "date": "modified", "generator": "producer"}
_THROUGH = frozenset((
    "section", "table-of-content", "index-body", "index-title", "alphabetical-index", "illustration-index", "table-index",
    "user-index", "object-index", "bibliography", "text-box", "numbered-paragraph", "g", "a", "custom-shape", "rect", "ellipse",
    "list-item", "list-header", "page-anchor",
))  # fmt: skip
_UNSEEN = frozenset(("note", "annotation", "tracked-changes", "ruby-text", "script", "desc", "title", "notes", "forms"))
_SHAPES = frozenset(("frame", "g", "custom-shape", "rect", "ellipse", "image", "a"))
_LEADER = " ........ "


def version() -> str:
    """Name and version of this reader and of the parser behind it."""
    return f"odf/1 lxml/{'.'.join(map(str, etree.LXML_VERSION[:3]))}"


def read(data: bytes, hints: Hints, limits: Limits) -> Document:
    """The file's pages. Raises `ReaderError` (`too_large`, `encrypted`, `unreadable`)."""
    budget = Budget(limits)
    with open_archive(data, limits) as archive:
        manifest = xml_part(archive, "META-INF/manifest.xml")
        if manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None:
            raise ReaderError("encrypted", failure="password")
        content, styles, meta = (xml_part(archive, f"{name}.xml") for name in ("content", "styles", "meta"))
    body = next(content.iter("{*}body"), None) if content is not None else None
    if body is None:
        raise ReaderError("unreadable", failure="no_body")
    walker = _Walker(Styles((styles, content)), budget)
    pages = []
    for number, (name, parts) in enumerate(_pages(walker, body, styles), start=1):
        if number > limits.pages or (number > 1 and budget.late()):
            budget.spent = True
            break
        pages.append(page_of(number, sized(parts), budget, "office", name))
    facts = {}
    for node in meta.iter() if meta is not None else ():
        if (key := _META.get(local(node))) and node.text and node.text.strip():
            facts[key] = " ".join(node.text.split())
    facts["pages"] = str(len(pages))
    return Document(
        hashlib.sha256(data).hexdigest(), sniff(data, hints), title=facts.pop("title", ""), pages=tuple(pages),
        readers=(version(),), cause="no_ocr" if pages and all(page.cause == "no_ocr" for page in pages) else None,
        truncated=budget.spent, facts=facts,
    )  # fmt: skip


def _pages(walker: _Walker, body: Any, styles: Any) -> Iterator[tuple[str | None, list[Part]]]:
    """The parts of each page, and its name where it is a sheet."""
    main = next((node for node in body if isinstance(node.tag, str)), None)
    if main is None:
        return
    if local(main) == "spreadsheet":
        sheets = [node for node in main if local(node) == "table"]
        for sheet in walker.shown(sheets, "table"):
            yield attribute(sheet, "name") or None, [*sheet_parts(walker.sheet(sheet)), *walker.drawn_in(sheet)]
    elif local(main) in ("presentation", "drawing"):
        for slide in walker.shown([node for node in main if local(node) == "page"], "drawing-page"):
            yield None, walker.slide(slide)
    else:
        yield None, [*walker.frame(styles, "header"), *walker.parts(main, "main"), *walker.frame(styles, "footer")]


class _Walker:
    """Reads elements into parts."""

    def __init__(self, styles: Styles, budget: Budget) -> None:
        self.styles = styles
        self.budget = budget
        self.lists: dict[str, str] = {}
        self.numbering = styles.numbering(self.lists)
        self.drawn: list[Any] = []
        self.current = ""

    def shown(self, nodes: list[Any], family: str) -> list[Any]:
        """The sheets or slides that are not hidden; all of them where all are."""
        return [node for node in nodes if not self.styles.of(family, attribute(node, "style-name")).hidden] or nodes

    def frame(self, styles: Any | None, zone: Zone) -> Iterator[Part]:
        """The lines of page heads or feet, each text once."""
        seen: set[str] = set()
        names = (f"{{*}}{zone}{which}" for which in ("", "-left", "-first"))
        for node in styles.iter(*names) if styles is not None else ():
            for part in self.parts(node, zone):
                if not isinstance(part, Line) or part.text not in seen:
                    yield part
                if isinstance(part, Line):
                    seen.add(part.text)

    def slide(self, node: Any) -> list[Part]:
        """The parts of a slide, its title first."""
        parts: list[Part] = []
        for child in node:
            found = list(self.parts([child], "main"))
            if attribute(child, "class") == "title" and not parts:
                found = [Line(part.text, bold=part.bold, level=1) if isinstance(part, Line) else part for part in found]
            parts += found
        return parts

    def parts(self, node: Any, zone: Zone, depth: int = 0) -> Iterator[Part]:
        """Lines, tables and pictures below `node`."""
        for child in node:
            kind = local(child)
            if depth > MAX_NESTING or self.budget.late():
                return
            if kind in ("p", "h"):
                yield from self.paragraph(child, zone, depth)
            elif kind == "list":
                yield from self.listed(child, zone, depth + 1, 0)
            elif kind == "table":
                yield from self.table(child, zone, depth + 1)
            elif kind == "frame":
                yield from self.box(child, zone, depth + 1)
            elif kind in _THROUGH:
                yield from self.parts(child, zone, depth + 1)

    def box(self, node: Any, zone: Zone, depth: int) -> Iterator[Part]:
        """A frame: its text, its table, or its picture (of the versions that it may hold, the first with words)."""
        parts = [part for child in node if local(child) in ("text-box", "table") for part in self.parts([child], zone, depth)]
        yield from parts
        if not parts and next(node.iter("{*}image"), None) is not None:
            alt = next((fold("".join(child.itertext())) for child in node if local(child) in ("desc", "title")), "")
            yield Image("", alt, pixels(attribute(node, "width")), pixels(attribute(node, "height")))

    def listed(self, node: Any, zone: Zone, depth: int, level: int, number: str = "") -> Iterator[Part]:
        """The items of a list, with the numbers that people see before them."""
        if not number:
            style = attribute(node, "style-name") or self.current
            number = f"{style}#{len(self.lists)}"
            if attribute(node, "continue-numbering") == "true" or attribute(node, "continue-list"):
                number = next((name for name, own in reversed(self.lists.items()) if own == style), number)
            self.lists[number] = style
        for item in node:
            labelled_yet = local(item) != "list-item"
            for child in item if local(item) in ("list-item", "list-header") and depth < MAX_NESTING else ():
                kind = local(child)
                if kind == "list":
                    yield from self.listed(child, zone, depth + 1, level + 1, number)
                elif kind in ("p", "h"):
                    yield from self.paragraph(child, zone, depth, None if labelled_yet else (number, level))
                    labelled_yet = True
                else:
                    yield from self.parts([child], zone, depth + 1)

    def paragraph(self, node: Any, zone: Zone, depth: int, number: tuple[str, int] | None = None) -> Iterator[Part]:
        """The lines of a paragraph and what is anchored in it."""
        style = self.styles.of("paragraph", attribute(node, "style-name"))
        self.current = style.list_name or self.current
        drawn, self.drawn = self.drawn, []
        text, bold, size = self.words(node, style)
        level = style.level
        if local(node) == "h":
            level = count_of(node, "outline-level", 10)
            number = number or (OUTLINE, level - 1)
        label = self.numbering.next(number) if number is not None and text.strip() else ""
        for order, words in enumerate(filter(None, map(fold, text.split("\n")))):
            whole, bullet = labelled(label, words) if order == 0 else (words, False)
            yield Line(
                whole, bold=bold, centred=style.centred, level=level if order == 0 else 0, item=bullet and not level, zone=zone,
                size=size,
            )  # fmt: skip
        inner, self.drawn = self.drawn, drawn
        for shape in inner:
            yield from self.parts([shape], zone, depth + 1)

    def words(self, node: Any, style: Style) -> tuple[str, bool, float]:
        """The text of a paragraph, whether all of it is bold, and the size of its print in points."""
        pieces: list[str] = []
        bold = True
        sizes: Counter[float] = Counter()
        for text, print_ in self.runs(node, style, 0):
            pieces.append(text)
            if text.strip():
                bold = bold and print_.bold
                sizes[print_.size] += len(text)
        whole = "".join(pieces)
        return whole, bold and bool(whole.strip()), sizes.most_common(1)[0][0] if sizes else 0.0

    def runs(self, node: Any, style: Style, depth: int) -> Iterator[tuple[str, Style]]:
        """The stretches of text of a paragraph with their style; shapes are put aside in passing."""
        if node.text:
            yield _spaced(node.text), style
        for child in node:
            kind = local(child)
            if kind == "tab":
                yield _LEADER if style.contents else "\t", style
            elif kind == "s":
                yield " ", style
            elif kind == "line-break":
                yield "\n", style
            elif kind in _SHAPES and not (kind == "a" and "text" in str(child.tag)):
                self.drawn.append(child)
            elif kind and kind not in _UNSEEN and depth < MAX_NESTING:
                own = style
                if kind == "span":
                    named = self.styles.of("text", attribute(child, "style-name"))
                    own = Style(named.bold or style.bold, named.size or style.size, contents=style.contents)
                yield from self.runs(child, own, depth + 1)
            if child.tail:
                yield _spaced(child.tail), style

    def table(self, node: Any, zone: Zone, depth: int) -> Iterator[Part]:
        """A table; one of a single column, or with tables in its cells, only arranges the page and is read as lines."""
        rows = list(_rows(node))
        cells = [[cell for cell in row if local(cell) == "table-cell"] for row, _ in rows]
        nested = any(next(cell.iter("{*}table"), None) is not None for row in cells for cell in row)
        if nested or max((len(row) for row in cells), default=0) <= 1 or depth > MAX_NESTING:
            for row in cells:
                for cell in row:
                    yield from self.parts(cell, zone, depth + 1)
            return
        drawn, self.drawn = self.drawn, []
        grid = [row for row in self.sheet(node) if row]
        yield Table(grid, zone=zone)
        inner, self.drawn = self.drawn, drawn
        for shape in inner:
            yield from self.parts([shape], zone, depth + 1)

    def drawn_in(self, node: Any) -> Iterator[Part]:
        """What is anchored in a sheet or in its cells."""
        for holder in node.iter("{*}table-cell", "{*}shapes"):
            for child in holder:
                if local(child) in _SHAPES:
                    yield from self.parts([child], "main", 1)

    def sheet(self, node: Any) -> list[list[Cell]]:
        """The rows of a table or sheet that hold something. Repeated empty rows and cells cost nothing."""
        values: dict[int, dict[int, Cell]] = {}
        areas: list[Area] = []
        at = slots = 0
        for row, head in _rows(node):
            if self.budget.late() or len(values) > self.budget.limits.rows:
                self.budget.spent = True
                break
            repeated = count_of(row, "number-rows-repeated", MAX_ROWS)
            found: dict[int, Cell] = {}
            column = 0
            for cell in row:
                kind = local(cell)
                if kind not in ("table-cell", "covered-table-cell") or column >= MAX_COLUMNS:
                    continue
                wide = count_of(cell, "number-columns-repeated", MAX_COLUMNS)
                made = self.cell(cell, head) if kind == "table-cell" else None
                if made is not None and made.text:
                    for offset in range(min(wide, MAX_COLUMNS - column)):
                        found[column + offset] = made
                    right = column + count_of(cell, "number-columns-spanned", MAX_COLUMNS) - 1
                    bottom = at + count_of(cell, "number-rows-spanned", MAX_ROWS) - 1
                    if right > column or bottom > at:
                        areas.append((at, bottom, column, right))
                column += wide
            if found:
                fitting = min(repeated, self.budget.limits.rows + 1 - len(values), max(MAX_CELLS - slots, 0) // len(found))
                self.budget.spent = self.budget.spent or fitting < repeated
                slots += fitting * len(found)
                for offset in range(fitting):
                    values[at + offset] = dict(found)
            at += repeated
        merge(areas, values)
        return laid_out(values, 0, self.budget)

    def cell(self, node: Any, head: bool) -> Cell:
        """A cell, its paragraphs joined by blanks."""
        texts: list[str] = []
        bold = True
        own = self.styles.of("table-cell", attribute(node, "style-name"))
        for paragraph in _paragraphs(node, 0):
            style = self.styles.of("paragraph", attribute(paragraph, "style-name"))
            text, heavy, _ = self.words(paragraph, style)
            if text.strip():
                texts.append(text)
                bold = bold and heavy
        strong = bool(texts) and (bold or own.bold or own.shaded)
        return Cell(fold(" ".join(texts)), head, strong)


def _paragraphs(node: Any, depth: int) -> Iterator[Any]:
    """The paragraphs of a cell, those in lists too; not those of boxes anchored in it."""
    for child in node:
        kind = local(child)
        if kind in ("p", "h"):
            yield child
        elif kind in ("list", "list-item", "list-header", "section") and depth < MAX_NESTING:
            yield from _paragraphs(child, depth + 1)


def _rows(node: Any, head: bool = False, depth: int = 0) -> Iterator[tuple[Any, bool]]:
    """The rows of a table, those in groups too, and whether the file marks each as heading."""
    for child in node:
        kind = local(child)
        if kind == "table-row" and attribute(child, "visibility") not in ("collapse", "filter"):
            yield child, head
        elif kind in ("table-header-rows", "table-rows", "table-row-group") and depth < MAX_NESTING:
            yield from _rows(child, head or kind == "table-header-rows", depth + 1)


def _spaced(text: str) -> str:
    """Characters as they are shown: line ends of the file are blanks."""
    return " ".join(text.split("\n")) if "\n" in text else text
