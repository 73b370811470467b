"""Slides (PPTX): a page for each slide that is shown, its title as the heading, text, tables, charts, diagrams and pictures."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from importlib.metadata import version as installed
from typing import Any

from lxml import etree

from crawlers.readers.archive import DAMAGE, open_archive, properties
from crawlers.readers.assemble import Part, Table, page_of, sized
from crawlers.readers.docx_styles import local
from crawlers.readers.interface import POWERPOINT, Budget, Hints, Limits
from crawlers.readers.lines import Line, fold
from crawlers.readers.numbering import Numbering, labelled
from crawlers.readers.tables import MAX_SPAN, Cell
from ita_rules.errors import ReaderError
from ita_rules.run.types import Document, Image, Page

MAX_NESTING = 30
"""Groups nested deeper than this are left out."""

MAX_POINTS = 500
"""Categories of a chart that are read."""

_EMU = 9525  # of a pixel, at 96 pixels an inch
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_AUTONUMBER = re.compile(r"(arabic|thaiNum|thaiAlpha|romanUc|romanLc|alphaUc|alphaLc)\w*?(Period|ParenR|ParenBoth|Plain)$")
_FORMS = {
    "arabic": "decimal", "thaiNum": "thaiNumbers", "thaiAlpha": "thaiLetters", "romanUc": "upperRoman", "romanLc": "lowerRoman",
    "alphaUc": "upperLetter", "alphaLc": "lowerLetter",
}  # fmt: skip
_PATTERNS = {"Period": "%{}.", "ParenR": "%{})", "ParenBoth": "(%{})", "Plain": "%{}"}


def version() -> str:
    """Name and version of this reader and of the library behind it."""
    return f"pptx/1 python-pptx/{installed('python-pptx')}"


def read(data: bytes, hints: Hints, limits: Limits) -> Document:
    """The slides. Raises `ReaderError` (`too_large`, `encrypted`, `unreadable`)."""
    # Only a child that reads loads the library (6 MB); the crawler asks this module for its version alone.
    from pptx.exc import PackageNotFoundError
    from pptx.package import Package

    budget = Budget(limits)
    with open_archive(data, limits) as archive:
        facts = properties(archive)
    try:
        slides = list(Package.open(io.BytesIO(data)).main_document_part.presentation.slides)
    except (PackageNotFoundError, KeyError, AttributeError, etree.XMLSyntaxError, *DAMAGE) as error:
        raise ReaderError("unreadable", failure="damaged") from error
    seen = [slide for slide in slides if slide._element.get("show") not in ("0", "false")] or slides
    pages: list[Page] = []
    for slide in seen[: limits.pages]:
        if budget.late():
            break
        pages.append(page_of(len(pages) + 1, sized(_parts(slide, budget)), budget, "office"))
    budget.spent = budget.spent or len(pages) < len(seen)
    facts["pages"] = str(len(pages))
    return Document(
        hashlib.sha256(data).hexdigest(), POWERPOINT, title=facts.pop("title", ""), pages=tuple(pages), readers=(version(),),
        cause="no_ocr" if pages and all(page.cause == "no_ocr" for page in pages) else None,
        truncated=budget.spent, facts=facts,
    )  # fmt: skip


def _parts(slide: Any, budget: Budget) -> list[Part]:
    """The parts of a slide: its title first, wherever it stands among the shapes."""
    title = slide.shapes.title
    shapes = list(slide.shapes)
    parts: list[Part] = []
    for shape in shapes:
        if title is not None and shape.shape_id == title.shape_id:
            parts[:0] = _shape(shape, slide, budget, 0, heading=True)
        elif not budget.late():
            parts += _shape(shape, slide, budget, 0)
    ground = slide._element.find(".//{*}bg")
    if ground is not None and ground.find(".//{*}blip") is not None:
        parts.append(Image(""))
    return parts


def _shape(shape: Any, slide: Any, budget: Budget, depth: int, *, heading: bool = False) -> Iterator[Part]:
    element = shape._element
    kind = local(element)
    if kind == "grpSp":
        for inner in shape.shapes if depth < MAX_NESTING else ():
            if budget.late():
                return
            yield from _shape(inner, slide, budget, depth + 1)
        return
    if kind == "graphicFrame":
        yield from _frame(shape, slide)
        return
    if element.find(".//{*}blip") is not None:
        alt = fold(str(next(element.iter("{*}cNvPr")).get("descr") or ""))
        yield Image("", alt, int(shape.width or 0) // _EMU, int(shape.height or 0) // _EMU)
    if kind == "sp" and shape.has_text_frame:
        yield from _text(shape.text_frame, heading)


def _text(frame: Any, heading: bool) -> Iterator[Part]:
    """The lines of a text frame."""
    levels: dict[int, tuple[str, str, int]] = {}
    numbering = Numbering({"": levels})
    for paragraph in frame.paragraphs:
        setting = paragraph._p.find("{*}pPr")
        auto = setting.find("{*}buAutoNum") if setting is not None else None
        label = ""
        if auto is not None and (found := _AUTONUMBER.match(auto.get("type") or "")) and paragraph.text.strip():
            depth = min(paragraph.level, 8)
            start = auto.get("startAt") or "1"
            levels[depth] = (_FORMS[found[1]], _PATTERNS[found[2]].format(depth + 1), int(start) if start.isdigit() else 1)
            label = numbering.next(("", depth))
        item = setting is not None and setting.find("{*}buChar") is not None
        runs = [run for run in paragraph.runs if run.text.strip()]
        bold = bool(runs) and all(run.font.bold for run in runs)
        size = max((run.font.size.pt for run in runs if run.font.size is not None), default=0.0)
        for order, words in enumerate(filter(None, map(fold, re.split("[\v\n]", paragraph.text)))):
            whole, _ = labelled(label, words) if order == 0 else (words, False)
            yield Line(whole, bold=bold, level=int(heading), item=item and not heading, size=size)


def _frame(shape: Any, slide: Any) -> Iterator[Part]:
    """A table, a chart's figures, or the words of a diagram."""
    if shape.has_table:
        yield _table(shape.table)
    elif shape.has_chart:
        yield from _chart(shape.chart)
    else:
        relation = shape._element.find(f".//{{{_DIAGRAM}}}relIds")
        name = relation.get(f"{_RELATIONS}dm") if relation is not None else None
        part = slide.part.rels[name].target_part if name in slide.part.rels else None
        if part is not None:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
            tree = etree.fromstring(part.blob, parser)
            for node in tree.iter("{*}p") if tree is not None else ():
                if words := fold("".join(piece.text or "" for piece in node.iter("{*}t"))):
                    yield Line(words)


def _table(table: Any) -> Table:
    rows: list[list[Cell]] = []
    for row in table._tbl.tr_lst:
        above = rows[-1] if rows else []
        slots: list[Cell] = []
        for cell in row.tc_lst[:MAX_SPAN]:
            at = len(slots)
            if cell.vMerge and at < len(above):
                slots.append(Cell(above[at].text, False, above[at].strong, cell.hMerge or above[at].across, True))
            elif cell.hMerge and slots:
                slots.append(Cell(slots[-1].text, False, slots[-1].strong, True))
            else:
                paragraphs = [p for p in cell.iter("{*}p") if _words(p).strip()]
                runs = [run for p in paragraphs for run in p.iter("{*}r") if _words(run).strip()]
                strong = bool(runs) and all(_is_bold(run) for run in runs)
                slots.append(Cell(fold(" ".join(map(_words, paragraphs))), False, strong))
        rows.append(slots)
    return Table(rows)


def _words(node: Any) -> str:
    return "".join(" " if local(piece) == "br" else piece.text or "" for piece in node.iter("{*}t", "{*}br"))


def _is_bold(run: Any) -> bool:
    setting = run.find("{*}rPr")
    return setting is not None and setting.get("b") in ("1", "true")


def _chart(chart: Any) -> Iterator[Part]:
    """The chart's title, and its figures as a table headed by the names of the series."""
    try:
        if chart.has_title and chart.chart_title.has_text_frame and (words := fold(chart.chart_title.text_frame.text)):
            yield Line(words, bold=True)
        plot = chart.plots[0]
        names = [fold(str(label)) for label in list(plot.categories)[:MAX_POINTS]]
        series = [(fold(str(one.name)), list(one.values)) for one in plot.series]
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return  # a chart of a kind without categories shows a picture, no words
    rows = [[Cell(""), *(Cell(name) for name, _ in series)]]
    for at, name in enumerate(names):
        values = (figures[at] if at < len(figures) else None for _, figures in series)
        rows.append([Cell(name), *(Cell("" if value is None else f"{value:.10g}") for value in values)])
    if names and series:
        yield Table(rows, {0})
