"""PDF: page by page, headings, paragraphs and ruled tables of the text layer; pages that are pictures are named as such.

pypdfium2 opens the file (pages, producer, drawings, pictures). Where poppler's ``pdftotext`` is on the machine its text makes
the blocks and pdfium's stands by as `Page.alternate`; elsewhere pdfium's text makes them. A table that goes on over a page's
end without its column headings gets them again as header rows on the next page, so that each page can be judged by itself.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version as installed
from typing import Any

import pypdfium2

from crawlers.readers.interface import Budget, Hints, Limits, Reader, reader_of
from crawlers.readers.lines import Line, classify, fold
from crawlers.readers.pdf_lines import Column, column_of, paragraphs
from crawlers.readers.pdf_objects import Drawn, drawn_on
from crawlers.readers.pdf_quality import (
    FEW_CHARS,
    MANY_OUTLINES,
    MANY_UNMAPPED,
    SCANNED,
    is_noise,
    is_plain_text,
    repair,
    trust_of,
    undo,
)
from crawlers.readers.pdf_tables import Grid, fill, grids_of
from crawlers.readers.pdf_text import Place, TextLine, mark_bold, mend, pdfium_lines, pdfium_text, unmapped_share
from crawlers.readers.poppler import Poppler, poppler_version
from crawlers.readers.sniff import sniff
from crawlers.readers.tables import Cell, heading_rows, join_wrapped, row_blocks
from ita_rules.errors import ReaderError
from ita_rules.run.types import Block, Document, Method, Page, Zone

TORN = 0.5
"""Trust in a browser's PDF that pdfium reads alone: it repeats and moves the marks of Thai that was shaped, and finds 0.77 of the
phrases of such files (poppler all), so nothing is called missing in them."""

_SHAPED = "Skia/PDF"  # the writer of Chromium's and of Google's programs
_FEW_LINES = 6  # outside tables, from which the width of a page's print is told by them alone
_FACTS = {"producer": "Producer", "creator": "Creator", "created": "CreationDate", "modified": "ModDate"}
_ROW_NUMBER = re.compile(r"^[0-9๐-๙]{1,4}\.?$")
_PAGE_NUMBER = re.compile(r"^(?:หน้า(?:ที่)?|page)?\s*[-–(]?\s*[0-9๐-๙]{1,4}\s*[-–)]?\s*(?:(?:/|จาก|of)\s*[0-9๐-๙]{1,4})?$", re.I)


def version() -> str:
    """Name and version of this reader and of the programs behind it."""
    poppler = poppler_version()
    return f"pdf/2 pypdfium2/{installed('pypdfium2')}" + (f" poppler/{poppler}" if poppler else "")


@dataclass(slots=True)
class _Table:
    """A table of a page: its rows, its column headings, and what tells whether the next page goes on with it."""

    rows: list[list[Cell]]
    heads: set[int]
    xs: list[float]

    def head_rows(self) -> list[list[Cell]]:
        return [self.rows[i] for i in sorted(self.heads)]


@dataclass(slots=True)
class _Draft:
    """A page while it is made: lines and tables in reading order."""

    place: Place
    lines: list[TextLine]
    grids: list[Grid]
    drawn: Drawn
    other: str
    edges: list[Zone | None]
    unmapped: float
    alone: bool
    parts: list[list[Line] | _Table] = field(default_factory=list)


def read(data: bytes, hints: Hints, limits: Limits) -> Document:
    """The document. Raises `ReaderError` with `encrypted` (a password is needed to open it) or `unreadable`."""
    start = data.find(b"%PDF-", 0, 1024)
    if start < 0:
        return _what_it_is(data, hints, limits)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = re.search(r"(?i)password|security", str(error))
        raise ReaderError("encrypted" if locked else "unreadable", failure="password" if locked else "damaged") from error
    try:
        return _document(document, data, limits)
    finally:
        document.close()


def _what_it_is(data: bytes, hints: Hints, limits: Limits) -> Document:
    """A body that only says it is PDF, read by the reader it belongs to."""
    reader: Reader | None = reader_of(kind) if (kind := sniff(data, hints)) != "application/pdf" else None
    if reader is None:
        raise ReaderError("unreadable", failure="damaged")
    return reader.read(data, hints, limits)


def _document(document: Any, data: bytes, limits: Limits) -> Document:
    count = len(document)
    if not count:
        raise ReaderError("unreadable", failure="no_pages")
    budget = Budget(limits)
    last = min(count, limits.pages)
    drafts: list[_Draft | None] = []
    with Poppler(data, last, limits.seconds / 3) as poppler:
        for index in range(last):
            if budget.late():
                break
            drafts.append(_draft(document, index, poppler))
    _flow(drafts)
    pages = _pages(drafts, budget)
    facts = {name: _fact(document, key) for name, key in _FACTS.items()}
    if facts["producer"].startswith(_SHAPED):
        alone = {number for number, draft in enumerate(drafts, 1) if draft is not None and draft.alone}
        pages = [replace(page, trust=min(page.trust, TORN)) if page.number in alone else page for page in pages]
    facts |= {"pages": str(count), "image_only_pages": str(sum(p.cause == "no_ocr" for p in pages))}
    return Document(
        hashlib.sha256(data).hexdigest(),
        "application/pdf",
        title=_fact(document, "Title"),
        pages=tuple(pages),
        readers=(version(),),
        cause="no_ocr" if pages and all(p.cause == "no_ocr" for p in pages) else None,
        truncated=budget.spent or len(pages) < count,
        facts={key: value for key, value in facts.items() if value},
    )


def _fact(document: Any, key: str) -> str:
    """What the file says of itself under `key`, ``""`` where it says nothing that can be read."""
    try:
        return fold(document.get_metadata_value(key))
    except UnicodeDecodeError:
        return ""


def _draft(document: Any, index: int, poppler: Poppler) -> _Draft | None:
    """One page's lines, drawings and pictures; None where pdfium cannot open the page."""
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        poppler.next_page()
        return None
    try:
        left, bottom, right, top = page.get_mediabox()
        place = Place(left, bottom, right, top, page.get_rotation() % 360)
        drawn = drawn_on(page, place)
        textpage = page.get_textpage()
        try:
            text = pdfium_text(textpage)
            by_poppler = poppler.next_page()
            lines = mend(by_poppler if by_poppler is not None else pdfium_lines(textpage, place))
            mark_bold(lines, textpage, place)
            printed = join_lines(lines)
            unmapped = 0.0 if is_plain_text(printed) else unmapped_share(textpage)
        finally:
            textpage.close()
    finally:
        page.close()
    lines = _repaired(lines, printed)
    edges = [_edge(line, place) for line in lines]
    return _Draft(place, lines, grids_of(drawn.segments), drawn, repair(text), edges, unmapped, by_poppler is None)


def _repaired(lines: list[TextLine], printed: str) -> list[TextLine]:
    """The lines with the one garbling undone that can be: of the whole page, whose text is `printed`, or of a line alone."""
    if printed.isascii() or not any("\u00a1" <= char <= "\u00ff" for char in set(printed)):
        return lines
    whole = repair(printed) != printed
    return [
        TextLine([span._replace(text=undo(span.text)) for span in line.spans], line.bold, line.placed)
        if whole or repair(line.text) != line.text
        else line
        for line in lines
    ]


def _flow(drafts: Sequence[_Draft | None]) -> None:
    """Deal the lines of all pages to tables and paragraphs. Running heads and feet are told by being the same on pages."""
    running = _running([draft for draft in drafts if draft is not None])
    before: _Table | None = None
    for draft in drafts:
        if draft is None:
            before = None
            continue
        tables: dict[int, _Table] = {}
        taken: dict[int, int] = {}
        for number, grid in enumerate(draft.grids):
            rows, used = fill(grid, draft.lines)
            fresh = used - set(taken)
            if not fresh or (len(rows) == 1 and len(grid.xs) < 4 and not _continues(before, grid.xs)):
                continue
            tables[number] = _Table(rows, heading_rows(rows), grid.xs)
            taken.update(dict.fromkeys(fresh, number))
        zones = [_frame(line, edge, running) for line, edge in zip(draft.lines, draft.edges, strict=True)]
        before = _inherit(list(tables.values()), before, zones, taken)
        draft.parts = _parts(draft, tables, taken, zones)


def _running(drafts: Sequence[_Draft]) -> dict[str, Zone]:
    """Texts that stand at the top or foot of at least two pages and half of them; page numbers count as one text."""
    seen: dict[Zone, Counter[str]] = {"header": Counter(), "footer": Counter()}
    for draft in drafts:
        for zone, text in {(z, _bare(line)) for line, z in zip(draft.lines, draft.edges, strict=True) if z}:
            seen[zone][text] += 1
    least = max(2, (len(drafts) + 1) // 2)
    return {text: zone for zone, texts in seen.items() for text, count in texts.items() if count >= least or text == "#"}


def _bare(line: TextLine) -> str:
    text = fold(line.text)
    return "#" if _PAGE_NUMBER.match(text) else text


def _edge(line: TextLine, place: Place) -> Zone | None:
    if not line.placed:
        return None
    _, top, _, bottom = line.box
    return "header" if bottom < 0.1 * place.height else "footer" if top > 0.92 * place.height else None


def _continues(before: _Table | None, xs: Sequence[float]) -> bool:
    """Whether columns at `xs` are those of the last table before."""
    return before is not None and len(before.xs) == len(xs) and all(abs(a - b) < 8 for a, b in zip(before.xs, xs, strict=True))


def _frame(line: TextLine, edge: Zone | None, running: dict[str, Zone]) -> Zone:
    """The zone of a line that stands at `edge`: a running head or foot, or content."""
    return edge if edge is not None and running.get(_bare(line)) == edge else "main"


def _inherit(tables: Sequence[_Table], before: _Table | None, zones: Sequence[Zone], taken: dict[int, int]) -> _Table | None:
    """Give a table at the top of a page the column headings of the one that ended the page before; return the page's last.

    `zones` are those of the page's lines: what stands above or below the table counts only where it is content.
    """
    if tables and before is not None and before.heads and _continues(before, tables[0].xs):
        above = "main" in zones[: min(taken)]
        repeated = [c.text for row in tables[0].head_rows() for c in row] == [c.text for row in before.head_rows() for c in row]
        if not above and not repeated:
            _finish_row(before, tables[0])
            heads = before.head_rows()
            tables[0].rows[:0] = heads
            tables[0].heads = set(range(len(heads)))
    if not tables:
        return None
    return None if "main" in zones[max(taken) + 1 :] else tables[-1]


def _finish_row(before: _Table, table: _Table) -> None:
    """Put the rest of a row that the page's end cut to where it began: no number of its own in a numbered table."""
    body = [row for i, row in enumerate(before.rows) if i not in before.heads]
    if not body or not table.rows or table.rows[0][0].text:
        return
    if not all(_ROW_NUMBER.match(row[0].text) for row in body):
        return
    rest = table.rows.pop(0)
    last = body[-1]
    last[:] = [
        replace(cell, text=join_wrapped([(cell.text, True), (more.text, True)])) for cell, more in zip(last, rest, strict=True)
    ]


def _parts(draft: _Draft, tables: dict[int, _Table], taken: dict[int, int], zones: Sequence[Zone]) -> list[list[Line] | _Table]:
    """Paragraphs and tables of a page in the order of their first lines."""
    outside = [line for i, line in enumerate(draft.lines) if i not in taken]
    column: Column = column_of(outside or draft.lines, draft.place.width)
    if len(outside) < _FEW_LINES:
        # A title of a few lines above a table does not tell how wide the page's print is.
        whole = column_of(draft.lines, draft.place.width)
        column = replace(column, left=min(column.left, whole.left), right=max(column.right, whole.right))
    parts: list[list[Line] | _Table] = []
    loose: list[tuple[TextLine, Zone]] = []
    done: set[int] = set()
    for index, line in enumerate(draft.lines):
        number = taken.get(index)
        if number is None:
            loose.append((line, zones[index]))
        elif number not in done:
            done.add(number)
            parts.append(paragraphs(loose, column))
            loose = []
            parts.append(tables[number])
    parts.append(paragraphs(loose, column))
    return parts


def _pages(drafts: Sequence[_Draft | None], budget: Budget) -> list[Page]:
    """The pages; all lines of the document are told apart together, since series of headings run over pages."""
    told = iter(classify([line for draft in drafts if draft for part in draft.parts if isinstance(part, list) for line in part]))
    pages: list[Page] = []
    for number, draft in enumerate(drafts, 1):
        if draft is None:
            pages.append(Page(number, cause="unreadable", trust=0.0))
            continue
        blocks: list[Block] = []
        tables = 0
        for part in draft.parts:
            if isinstance(part, list):
                made = [next(told) for _ in part]
            else:
                made = row_blocks(part.rows, tables, headings=part.heads)
                tables += 1
            blocks.extend(block for block in made if budget.take(block.text, row=block.kind == "row"))
        pages.append(_page(number, draft, blocks))
        if budget.full:
            break
    return pages


def _page(number: int, draft: _Draft, blocks: list[Block]) -> Page:
    text = "\n".join(block.text for block in blocks)
    letters = len("".join(text.split()))
    drawn = draft.drawn
    picture = letters < FEW_CHARS and (bool(drawn.images) or drawn.outlines >= MANY_OUTLINES)
    noise = letters >= FEW_CHARS and is_noise(text, scanned=drawn.covered > SCANNED, hidden=drawn.hidden)
    noise = noise or draft.unmapped > MANY_UNMAPPED
    method: Method = "none" if picture or not letters else "text-layer"
    same = "".join(draft.other.split()) == "".join(join_lines(draft.lines).split())
    return Page(
        number,
        tuple(blocks),
        method=method,
        trust=0.0 if picture else min(trust_of(text), 0.2 if noise else 1.0),
        cause="no_ocr" if picture or noise else None,
        alternate="" if same else draft.other.strip(),
        images=tuple(drawn.images),
    )


def join_lines(lines: Sequence[TextLine]) -> str:
    """The text of lines, one below the other."""
    return "\n".join(line.text for line in lines)
