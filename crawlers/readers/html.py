"""Web pages: headings, paragraphs, items and table rows in reading order, each in its zone; pictures, forms, embeds.

The body is decoded by `crawlers.charset` first and parsed as `str`. Hidden parts are kept, since the panels of accordions and
tabs are hidden until a click and their content counts. Links are no matter of this module.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from urllib.parse import urljoin

import bs4
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString
from lxml import etree

from crawlers.charset import decode
from crawlers.readers.assemble import page_of, sheet_parts
from crawlers.readers.html_forms import form_of, is_field
from crawlers.readers.html_tables import grid_of, is_layout, own_rows
from crawlers.readers.html_zones import zone_of
from crawlers.readers.interface import Budget, Hints, Limits
from crawlers.readers.lines import HEADING_CHARS, Line, classify, fold
from crawlers.readers.tables import Cell, row_blocks
from ita_rules.run.types import Block, BlockKind, Document, Form, Image, Page, Zone

MAX_DEPTH = 150
"""Tags nested deeper than this are read as plain text: no page needs it, and a walk must not exhaust the stack."""

SKIPPED = frozenset(("script", "style", "noscript", "template", "head", "svg", "math", "datalist", "audio", "video", "canvas"))
_BLOCK_NAMES = """
    address article aside blockquote body caption center dd details dialog div dl fieldset figcaption figure footer form header
    hgroup hr html legend main menu nav noframes ol p pre section summary table tbody td tfoot th thead tr ul
"""
BLOCKS = frozenset(_BLOCK_NAMES.split())
_HEADING_TAGS = {f"h{n}": n for n in range(1, 7)}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TITLE_TAGS = frozenset(("summary", "legend", "caption", "dt", "figcaption"))
_TITLE_CLASS = re.compile(
    r"^(?:panel-(?:title|heading)|accordion-(?:header|button|title|heading)|accordion__(?:title|header)|card-(?:title|header)|"
    r"collapsible-header|tab-title|elementor-(?:tab-title|toggle-title|accordion-title)|toggle-title|vc_tta-panel-title|"
    r"ui-accordion-header|entry-title|page-title|section-title|accordion|collapsible)$",
    re.I,
)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.I)
_PLAIN_STYLE = re.compile(r"font-weight\s*:\s*(?:normal|lighter|[1-5]00)", re.I)
_BACKGROUND = re.compile(r"background(?:-image)?\s*:[^;]*url\(\s*['\"]?([^'\")]+)", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_META_CHARSET = re.compile(rb"(?i)charset\s*=\s*[\"']?\s*([\w.-]+)")
_NUMBER = re.compile(r"\d+")


def version() -> str:
    """Name and version of this reader and of the parsers behind it."""
    return f"html/2 beautifulsoup4/{bs4.__version__} lxml/{'.'.join(map(str, etree.LXML_VERSION[:3]))}"


def read(data: bytes, hints: Hints, limits: Limits) -> Document:
    """One page with the whole body's blocks. Images have absolute addresses; embeds stand as found."""
    declared = _META_CHARSET.search(data[:4096]) or _META_CHARSET.search(hints.media_type.encode("ascii", "ignore"))
    text, charset = decode(data, declared[1].decode("ascii") if declared else None)
    soup = BeautifulSoup(_CONTROL.sub(" ", text), "lxml")
    walker = _Walker(soup, hints, limits)
    walker.walk(soup)
    blocks = walker.finish()
    broken = text.count("\ufffd")
    page = Page(
        1, tuple(blocks), method="html", trust=1.0 - min(1.0, 20 * broken / (len(text) or 1)), images=tuple(walker.images)
    )
    return Document(
        hashlib.sha256(data).hexdigest(),
        "text/html",
        title=_title(soup),
        pages=(page,),
        readers=(version(),),
        truncated=walker.budget.spent,
        forms=tuple(walker.forms),
        embeds=tuple(dict.fromkeys(walker.embeds)),
        facts={"charset": charset, "pages": "1"},
    )


def _title(soup: BeautifulSoup) -> str:
    if soup.title and (title := fold(soup.title.get_text())):
        return title
    meta = soup.find("meta", attrs={"property": "og:title"})
    if isinstance(meta, Tag) and (title := fold(str(meta.get("content") or ""))):
        return title
    return fold(soup.h1.get_text()) if soup.h1 else ""


def _is_workbook(soup: BeautifulSoup) -> bool:
    """Whether a page says that it is a workbook, saved (or written by a program) as HTML."""
    root, program = soup.html, soup.find("meta", attrs={"name": re.compile("^progid$", re.I)})
    named = root is not None and any("office:excel" in str(value) for value in root.attrs.values())
    return named or (isinstance(program, Tag) and str(program.get("content") or "").lower().startswith("excel"))


class _Walker:
    """Goes through the tree once, gathers inline text until a block ends, and keeps the order of everything."""

    def __init__(self, soup: BeautifulSoup, hints: Hints, limits: Limits) -> None:
        base = soup.find("base", href=True)
        self.base = (
            urljoin(hints.base_url or hints.url, str(base["href"])) if isinstance(base, Tag) else hints.base_url or hints.url
        )
        self.budget = Budget(limits)
        self.blocks: list[Block] = []
        self.images: list[Image] = []
        self.forms: list[Form] = []
        self.embeds: list[str] = []
        self.tables = 0
        self.total = len(soup.get_text())
        self.workbook = _is_workbook(soup)
        self.loose: list[Tag] = []
        self._text: list[str] = []
        self._bold = True
        self._centred = False

    # -- what is gathered

    def finish(self) -> list[Block]:
        """The blocks; paragraphs that the page did not mark are told apart by `lines.classify`, series and all."""
        if len(self.loose) >= 2:
            self.forms.append(form_of(None, self.loose, "", 0, "main"))
        plain = [b for b in self.blocks if b.kind in ("text", "item")]
        told = iter(classify([Line(b.text, bold=b.bold, item=b.kind == "item", zone=b.zone) for b in plain]))
        return [next(told) if b.kind in ("text", "item") else b for b in self.blocks]

    def add(self, block: Block) -> None:
        """Keep a block as long as the limits allow."""
        if self.budget.take(block.text, row=block.kind == "row"):
            self.blocks.append(block)

    def flush(self, kind: BlockKind, zone: Zone) -> None:
        """End the block that inline text was gathered for."""
        text = fold("".join(self._text))
        bold = self._bold and bool(text)
        self._text.clear()
        self._bold = True
        if text:
            self.add(Block(kind, text, zone=zone, bold=bold))

    def heading(self, node: Tag, level: int, zone: Zone) -> None:
        """A heading by the page's own word: its whole text, pictures noted."""
        self.flush("text", zone)
        for image in node.find_all("img"):
            self.image(image)
        text = fold(inline_text(node))
        if text:
            self.add(Block("heading", text, level=level, zone=zone, bold=True))

    def image(self, node: Tag) -> None:
        """Note a picture, the lazy ones too."""
        source = next((str(node[k]) for k in ("data-src", "data-original", "data-lazy-src", "src") if node.get(k)), "")
        alt = fold(str(node.get("alt") or node.get("title") or ""))
        size = [
            int(found[0]) if (found := _NUMBER.match(str(node.get(k) or ""))) and "%" not in str(node[k]) else 0
            for k in ("width", "height")
        ]
        self.images.append(Image(self.absolute(source), alt, size[0], size[1], len(self.blocks)))

    def absolute(self, address: str) -> str:
        """An address as seen from the page; inline data is not repeated."""
        address = address.strip()
        if address.startswith("data:"):
            return "data:"
        try:
            return urljoin(self.base, address) if address else ""
        except ValueError:
            return address

    # -- the walk

    def walk(self, node: Tag, kind: BlockKind = "text", zone: Zone = "main", bold: bool = False, depth: int = 0) -> None:
        """Go through the children of `node`; text lands in a block of `kind`."""
        for child in node.children:
            if self.budget.late():
                return
            if isinstance(child, Tag):
                self.tag(child, kind, zone, bold, depth + 1)
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                self.inline(str(child), bold)

    def inline(self, text: str, bold: bool) -> None:
        """Text inside a block; words split by tags stay together."""
        self._text.append(text)
        if text.strip():
            self._bold = self._bold and bold

    def tag(self, node: Tag, kind: BlockKind, zone: Zone, bold: bool, depth: int) -> None:
        """One element."""
        name = node.name.lower()
        if name in SKIPPED:
            for script in node.find_all("script") if name == "head" else (node,):
                self.embed(script, "script")
            return
        if depth > MAX_DEPTH:
            self.inline(node.get_text(), bold)
            return
        style = str(node.get("style") or "")
        if style and (found := _BACKGROUND.search(style)):
            self.images.append(Image(self.absolute(found[1]), "", 0, 0, len(self.blocks)))
        if name == "br":
            self.flush(kind, zone)
        elif name == "img":
            self.image(node)
        elif name in ("iframe", "frame", "embed", "object"):
            self.embed(node, name)
            self.walk(node, kind, zone, bold, depth)
        elif (level := self.title_level(node, name)) is not None:
            self.heading(node, level, zone)
        elif is_field(name):
            self.field(node, bold)
        elif name == "table":
            self.table(node, zone, depth)
        elif name == "li":
            self.flush(kind, zone)
            self.walk(node, "item", zone, False, depth)
            self.flush("item", zone)
        elif name in BLOCKS:
            self.block(node, name, kind, zone, bold, depth)
        else:
            heavy = name in ("b", "strong", "th") or bool(style and _BOLD_STYLE.search(style))
            light = bool(style and _PLAIN_STYLE.search(style))
            self.walk(node, kind, zone, (bold or heavy) and not light, depth)

    def title_level(self, node: Tag, name: str) -> int | None:
        """The level of an element that heads something; None for all others."""
        level = _HEADING_TAGS.get(name)
        if level is None:
            role = str(node.get("role") or "")
            titled = name in _TITLE_TAGS or role in ("tab", "heading")
            titled = titled or "collapse" in (node.get("data-toggle"), node.get("data-bs-toggle"))
            titled = titled or any(_TITLE_CLASS.match(c) for c in node.get_attribute_list("class") if c)
            # A list item that only wraps the tab is walked into; its link is the title.
            if not titled or (name == "li" and node.select_one('[role="tab"]')):
                return None
            stated = str(node.get("aria-level") or "")
            level = int(stated) if stated in ("1", "2", "3", "4", "5", "6") else 0
        inner = node.find(_HEADINGS)
        if node.find(("table", "form", "ul", "ol", "p")) and len(node.get_text()) > HEADING_CHARS:
            return None
        if isinstance(inner, Tag) and not level:
            level = _HEADING_TAGS[inner.name]
        return level if len(fold(node.get_text())) <= 3 * HEADING_CHARS else None

    def block(self, node: Tag, name: str, kind: BlockKind, zone: Zone, bold: bool, depth: int) -> None:
        """An element that stands for itself: what is before ends, and so does what is in it."""
        self.flush(kind, zone)
        inner = zone_of(node, zone, self.total)
        style = str(node.get("style") or "")
        heavy = name == "th" or bool(style and _BOLD_STYLE.search(style))
        if name == "form":
            self.forms.append(form_of(node, node.find_all(is_field), str(node.get("action") or ""), len(self.blocks), inner))
        # Paragraphs of a list item after its first words stay of the item's kind.
        self.walk(node, kind if name in ("p", "div", "center") else "text", inner, bold or heavy, depth)
        self.flush(kind if name in ("p", "div", "center") else "text", inner)

    def table(self, node: Tag, zone: Zone, depth: int) -> None:
        """A data table as rows; a table that only arranges the page as the blocks in its cells."""
        self.flush("text", zone)
        inner = zone_of(node, zone, self.total)
        rows = own_rows(node)
        caption = node.find("caption", recursive=False)
        if isinstance(caption, Tag):
            self.heading(caption, 0, inner)
        if depth > MAX_DEPTH or is_layout(node, rows):
            for row in rows:
                for cell in row.find_all(("td", "th"), recursive=False):
                    self.walk(cell, "text", zone_of(cell, zone_of(row, inner, self.total), self.total), cell.name == "th", depth)
                    self.flush("text", inner)
            return
        for row in rows:
            for found in row.find_all(("img", "iframe", "embed", "object", "script")):
                self.image(found) if found.name == "img" else self.embed(found, found.name)
        self.loose.extend(f for f in node.find_all(is_field) if f.find_parent("form") is None)
        self.forms.extend(
            form_of(form, form.find_all(is_field), str(form.get("action") or ""), len(self.blocks), inner)
            for form in node.find_all("form")
        )
        grid = grid_of(rows, inline_text, self.budget.limits.rows)
        for block in self.sheet(grid, inner) if self.workbook else row_blocks(grid, self.tables, inner):
            self.add(block)
            self.tables = max(self.tables, block.table)
        self.tables += 1

    def sheet(self, grid: list[list[Cell]], zone: Zone) -> list[Block]:
        """The blocks of a workbook saved as a page: its titles are rows of the table, as in a sheet."""
        page = page_of(1, sheet_parts(grid), Budget(self.budget.limits), "html")
        return [replace(b, zone=zone, table=b.table + self.tables if b.kind == "row" else -1) for b in page.blocks]

    def field(self, node: Tag, bold: bool) -> None:
        """A field or button: no text of the page, but a button's words are."""
        if node.name == "button":
            self.inline(f" {inline_text(node)} ", bold)
        if node.find_parent("form") is None:
            self.loose.append(node)

    def embed(self, node: Tag, name: str) -> None:
        """Note the address of a frame, object, script or widget."""
        keys = {"object": ("data",), "script": ("src", "data-src")}.get(name, ("src", "data-src", "data-lazy-src"))
        self.embeds.extend(str(node[key]).strip() for key in keys if node.get(key))


def inline_text(node: Tag, depth: int = 0) -> str:
    """All text in `node`: inline tags join words, blocks and breaks part them. Scripts and comments are left out."""
    parts: list[str] = []
    for child in node.children:
        if isinstance(child, Tag):
            name = child.name.lower()
            if name in SKIPPED or name in ("select", "textarea"):
                continue
            inner = inline_text(child, depth + 1) if depth < MAX_DEPTH else child.get_text()
            parts.append(f" {inner} " if name in BLOCKS or name in ("br", "li", "option") or name in _HEADING_TAGS else inner)
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            parts.append(str(child))
    return "".join(parts)
