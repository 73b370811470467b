"""Word files: paragraphs, tables and text boxes of the body in their order, heads and feet of the pages, pictures.

The XML is walked as it is: content controls (tables of contents, covers), inserted text and text boxes are all read, text
boxes once though the file holds them twice. Numbers that Word counts by itself are written out, since people see them.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from lxml import etree

from crawlers.readers.archive import open_archive, properties, xml_part
from crawlers.readers.assemble import Part, Table, page_of, sized
from crawlers.readers.docx_styles import Styles, local, number_of, numbering, on, value
from crawlers.readers.interface import WORD, Budget, Hints, Limits
from crawlers.readers.lines import Line, fold
from crawlers.readers.numbering import Numbering
from crawlers.readers.tables import MAX_SPAN, Cell, spread
from ita_rules.errors import ReaderError
from ita_rules.run.types import Document, Image, Zone

MAX_NESTING = 30
"""Tables and boxes nested deeper than this are left out."""

_EMU = 9525
_THROUGH = frozenset(("ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "sdt", "sdtContent", "dir", "bdo"))
_LEADER = " ........ "


def version() -> str:
    """Name and version of this reader and of the parser behind it."""
    return f"docx/2 lxml/{'.'.join(map(str, etree.LXML_VERSION[:3]))}"


def read(data: bytes, hints: Hints, limits: Limits) -> Document:
    """One page. Raises `ReaderError` (`too_large`, `encrypted`, `unreadable`)."""
    budget = Budget(limits)
    with open_archive(data, limits) as archive:
        facts = properties(archive)
        tree = xml_part(archive, "word/document.xml")
        body = next((node for node in tree if local(node) == "body"), None) if tree is not None else None
        if body is None:
            raise ReaderError("unreadable", failure="no_body")
        walker = _Walker(Styles(xml_part(archive, "word/styles.xml")), numbering(xml_part(archive, "word/numbering.xml")), budget)
        parts = [*_frame(archive, walker, "header"), *walker.parts(body, "main"), *_frame(archive, walker, "footer")]
    page = page_of(1, sized(parts), budget, "office")
    facts["pages"] = "1"
    return Document(
        hashlib.sha256(data).hexdigest(), WORD, title=facts.pop("title", ""), pages=(page,), readers=(version(),),
        cause=page.cause, truncated=budget.spent, facts=facts,
    )  # fmt: skip


def _frame(archive: zipfile.ZipFile, walker: _Walker, zone: Zone) -> Iterator[Part]:
    """The lines of all page heads (or feet), each text once."""
    seen: set[str] = set()
    for name in sorted(archive.namelist()):
        if name.startswith(f"word/{zone}") and name.endswith(".xml") and (tree := xml_part(archive, name)) is not None:
            for part in walker.parts(tree, zone):
                if not isinstance(part, Line) or part.text not in seen:
                    yield part
                if isinstance(part, Line):
                    seen.add(part.text)


class _Walker:
    """Reads elements of the body into parts."""

    def __init__(self, styles: Styles, numbering: Numbering, budget: Budget) -> None:
        self.styles = styles
        self.numbering = numbering
        self.budget = budget
        self.drawn: list[Image] = []
        self.boxes: list[Any] = []

    def parts(self, node: Any, zone: Zone, depth: int = 0) -> Iterator[Part]:
        """Lines, tables and pictures below `node`."""
        for child in node:
            kind = local(child)
            if depth > MAX_NESTING or self.budget.late():
                return
            if kind == "p":
                yield from self.paragraph(child, zone, depth)
            elif kind == "tbl":
                yield from self.table(child, zone, depth + 1)
            elif kind in _THROUGH:
                yield from self.parts(child, zone, depth + 1)

    def paragraph(self, node: Any, zone: Zone, depth: int) -> Iterator[Part]:
        """The lines of a paragraph (a line break starts a new one), its pictures and the boxes anchored in it."""
        style = self.styles.of(node)
        drawn, self.drawn, boxes, self.boxes = self.drawn, [], self.boxes, []
        text, bold, size = self.words(node, style.contents)
        number = self.numbering.next(style.number) if style.number and text.strip() else ""
        for order, words in enumerate(filter(None, map(fold, text.split("\n")))):
            first = order == 0
            label = number if first else ""
            bullet = bool(label) and not any(c.isalnum() for c in label)
            yield Line(
                f"{label} {words}".strip() if not bullet else words,
                bold=bold,
                centred=style.centred,
                level=style.level if first else 0,
                item=bullet and not style.level,
                zone=zone,
                size=size,
            )
        yield from self.drawn
        inner = self.boxes
        self.drawn, self.boxes = drawn, boxes
        for box in inner:
            yield from self.parts(box, zone, depth + 1)

    def words(self, node: Any, contents: bool = False) -> tuple[str, bool, float]:
        """The text of a paragraph, whether all of it is bold, and the size of its print in half points."""
        style = self.styles.of(node)
        pieces: list[str] = []
        bold = True
        sizes: Counter[float] = Counter()
        for run in self.runs(node, 0):
            text = self.run_text(run, contents)
            pieces.append(text)
            if text.strip():
                heavy, size = self.styles.of_run(run, style)
                bold = bold and heavy
                sizes[size] += len(text)
        text = "".join(pieces)
        return text, bold and bool(text.strip()), sizes.most_common(1)[0][0] if sizes else 0.0

    def runs(self, node: Any, depth: int) -> Iterator[Any]:
        """The runs of a paragraph, those in links, fields and insertions too; deleted text is not read."""
        for child in node:
            kind = local(child)
            if kind == "r":
                yield child
            elif kind in _THROUGH and depth < MAX_NESTING:
                yield from self.runs(child, depth + 1)

    def run_text(self, run: Any, contents: bool) -> str:
        """The text of a run. Pictures and boxes are put aside in passing."""
        text = ""
        for child in run:
            kind = local(child)
            if kind == "t":
                text += child.text or ""
            elif kind in ("tab", "ptab"):
                text += _LEADER if contents else "\t"
            elif kind in ("br", "cr"):
                text += "\n"
            elif kind == "noBreakHyphen":
                text += "-"
            elif kind in ("drawing", "pict", "object"):
                self.drawing(child)
            elif kind == "AlternateContent":
                choice = next((c for c in child if local(c) == "Choice"), None)
                for inner in choice if choice is not None else ():
                    self.drawing(inner)
        return text

    def drawing(self, node: Any) -> None:
        """Put a picture or the text boxes of a drawing aside."""
        boxes = [box for box in node.iter("{*}txbxContent") if not _boxed(box, node)]
        self.boxes.extend(boxes)
        if next(node.iter("{*}blip", "{*}imagedata"), None) is not None:
            extent = next(node.iter("{*}extent"), None)
            wide, high = (number_of(extent.get(k)) // _EMU for k in ("cx", "cy")) if extent is not None else (0, 0)
            describe = next(node.iter("{*}docPr"), None)
            alt = fold(describe.get("descr") or "") if describe is not None else ""
            self.drawn.append(Image("", alt, wide, high))

    def table(self, node: Any, zone: Zone, depth: int) -> Iterator[Part]:
        """A table; one of a single column, or with tables in its cells, only arranges the page and is read as lines."""
        rows = list(_children(node, "tr"))
        cells = [list(_children(row, "tc")) for row in rows]
        nested = any(next(cell.iter("{*}tbl"), None) is not None for row in cells for cell in row)
        if depth > MAX_NESTING or nested or max((len(row) for row in cells), default=0) <= 1:
            for row in cells:
                for cell in row:
                    yield from self.parts(cell, zone, depth + 1)
            return
        drawn, self.drawn, boxes, self.boxes = self.drawn, [], self.boxes, []
        grid: list[list[Cell]] = []
        above: dict[int, Cell] = {}
        for row, found in zip(rows, cells, strict=True):
            if len(grid) > self.budget.limits.rows or self.budget.late():
                break
            grid.append(self.row(row, found, above))
        yield from self.drawn
        inner = self.boxes
        self.drawn, self.boxes = drawn, boxes
        yield Table(grid, zone=zone)
        for box in inner:
            yield from self.parts(box, zone, depth + 1)

    def row(self, node: Any, cells: list[Any], above: dict[int, Cell]) -> list[Cell]:
        """The slots of one row; `above` holds the cells that merge downwards, by column."""
        setting = next((c for c in node if local(c) == "trPr"), None)
        head = setting is not None and on(setting, "tblHeader")
        before = number_of(value(setting, "gridBefore")) if setting is not None else 0
        slots: list[Cell] = [Cell("")] * min(before, MAX_SPAN)
        for cell in cells:
            own = next((c for c in cell if local(c) == "tcPr"), None)
            across = min(max(number_of(value(own, "gridSpan"), 1), 1), MAX_SPAN) if own is not None else 1
            merge = next((c for c in own if local(c) == "vMerge"), None) if own is not None else None
            at = len(slots)
            going_on = merge is not None and (merge.get(_val(merge)) or "continue") == "continue"
            if going_on and at in above:
                slots.extend(Cell(above[at].text, head, above[at].strong, i > 0, True) for i in range(across))
                continue
            new = self.cell(cell, own, across, head)
            slots.extend(new)
            for offset in range(across):
                above.pop(at + offset, None)
            if merge is not None:
                above[at] = new[0]
        return slots

    def cell(self, node: Any, own: Any, across: int, head: bool) -> list[Cell]:
        """The slots of one cell, its paragraphs joined by blanks."""
        texts: list[str] = []
        bold = True
        for paragraph in node.iter("{*}p"):
            # Boxes anchored in a cell are put aside by the run that holds them.
            if _boxed(paragraph, node):
                continue
            text, heavy, _ = self.words(paragraph)
            number = self.numbering.next(style.number) if (style := self.styles.of(paragraph)).number else ""
            if text.strip() or (number and any(c.isalnum() for c in number)):
                texts.append(f"{number} {text}" if any(c.isalnum() for c in number) else text)
                bold = bold and heavy
        shade = next((c for c in own if local(c) == "shd"), None) if own is not None else None
        fill = next((v for k, v in shade.attrib.items() if k.endswith("}fill")), "auto") if shade is not None else "auto"
        strong = bool(texts) and (bold or fill.lower() not in ("auto", "ffffff", ""))
        return spread(fold(" ".join(texts)), across, head=head, strong=strong)


def _children(node: Any, kind: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, those in content controls too."""
    for child in node:
        name = local(child)
        if name == kind:
            yield child
        elif name in _THROUGH:
            yield from _children(child, kind)


def _boxed(node: Any, top: Any) -> bool:
    """Whether a text box stands between `node` and the element `top` that holds it."""
    return any(local(outer) == "txbxContent" for outer in takewhile(lambda outer: outer is not top, node.iterancestors()))


def _val(node: Any) -> str:
    return next((key for key in node.attrib if key.endswith("}val")), "val")
