"""Sources as files of Word, Excel and PowerPoint, and as CSV. The older forms are made of these by LibreOffice (`convert`)."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

import openpyxl
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from openpyxl.styles import Alignment, Border, Font, Side
from pptx import Presentation
from pptx.util import Emu
from pptx.util import Pt as Points

from tests.corpora.documents.source import MERGED, Block, Source
from tests.corpora.documents.web import font_name


def settled(data: bytes) -> bytes:
    """The same ZIP based file with the times of its members set to a fixed one, so that equal content has equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(zipfile.ZipInfo(name, (2023, 4, 30, 12, 0, 0)), before.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def docx(source: Source) -> bytes:
    """A Word file. Half of the sources have heading styles, the rest bold paragraphs, as real papers do."""
    styled = sum(source.id.encode()) % 2 == 0
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Pt(595), Pt(842)
    if source.wide:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Pt(842), Pt(595)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Pt(56)
    _font(paper.styles["Normal"], font_name(source.font))

    def line(text: str, bold: bool = False, centred: bool = False, style: str | None = None) -> None:
        paragraph = paper.add_paragraph(style=style)
        paragraph.paragraph_format.space_after = Pt(3)
        run = paragraph.add_run(text)
        _bold(run, bold)
        if style:
            _font(run, font_name(source.font))
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER

    for block in source.blocks:
        if block.kind == "table":
            _docx_table(paper, block, source.font)
        elif block.kind == "page":
            paper.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        elif block.kind == "heading" and styled:
            line(block.text, style="Heading 2")
        elif block.kind == "item":
            line(block.text, style="List Bullet")
        else:
            line(block.text, block.kind in ("title", "heading"), block.kind in ("title", "centre"))
    out = io.BytesIO()
    paper.save(out)
    return settled(out.getvalue())


def _font(thing: Any, name: str) -> None:
    """Name the font of a style or run, for Thai ("complex script") letters too."""
    thing.font.name = name
    fonts = thing.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(kind), name)
    # Laksaman's letters are small as those of the fonts of official letters are
    _size(thing, 15 if name == "Laksaman" else 13)


def _size(thing: Any, points: int) -> None:
    """Set the size; Thai letters have one of their own."""
    thing.font.size = Pt(points)
    size = OxmlElement("w:szCs")
    size.set(qn("w:val"), str(2 * points))
    thing.element.get_or_add_rPr().append(size)


def _bold(run: Any, wanted: bool) -> None:
    run.bold = run.font.cs_bold = wanted or None


def _docx_table(paper: Any, block: Block, font: str) -> None:
    table = paper.add_table(len(block.rows), len(block.rows[0]), style="Table Grid")
    for (down, right), (high, wide) in block.spans().items():
        table.cell(down, right).merge(table.cell(down + high - 1, right + wide - 1))
    for down, row in enumerate(block.rows):
        for right, text in enumerate(row):
            if text not in MERGED:
                run = table.cell(down, right).paragraphs[0].add_run(text)
                _bold(run, down < block.heads)
                _size(run, 13 if font == "Laksaman" else 11)


def xlsx(source: Source) -> bytes:
    """A workbook of one sheet: titles over the merged width, paragraphs in the first column, tables ruled below one another."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "แผ่น1"
    wide = max(source.columns, 4)
    thin = Side(style="thin")
    for block in source.blocks:
        at = sheet.max_row + (1 if sheet.max_row > 1 or sheet["A1"].value else 0)
        if block.kind == "table":
            for down, row in enumerate(block.rows):
                for right, text in enumerate(row):
                    cell = sheet.cell(at + down, right + 1, text if text and text not in MERGED else None)
                    cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
                    cell.alignment = Alignment(wrap_text=True, vertical="top")
                    cell.font = Font(bold=down < block.heads)
            for (down, right), (high, across) in block.spans().items():
                sheet.merge_cells(None, at + down, right + 1, at + down + high - 1, right + across)
        elif block.kind != "page":
            cell = sheet.cell(at, 1, block.text)
            cell.font = Font(bold=block.kind in ("title", "heading"))
            if block.kind in ("title", "centre"):
                sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=wide)
                cell.alignment = Alignment(horizontal="center")
    out = io.BytesIO()
    book.save(out)
    return settled(out.getvalue())


def comma(source: Source, charset: str) -> bytes:
    """The cells of the workbook, separated by commas."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for block in source.blocks:
        rows = block.rows or ((block.text, *[""] * (source.columns - 1)),)
        rows = tuple(tuple("" if cell in MERGED else cell for cell in row) for row in rows)
        if block.kind != "page":
            writer.writerows(rows)
    return out.getvalue().encode(charset)


def pptx(source: Source) -> bytes:
    """Slides: the title on the first, a slide for each heading, tables as tables on slides of their own."""
    show = Presentation()
    show.slide_width, show.slide_height = Emu(9144000), Emu(6858000)
    first = show.slides.add_slide(show.slide_layouts[0])
    titles = [b.text for b in source.blocks if b.kind == "title"]
    first.shapes.title.text = titles[0]
    first.placeholders[1].text = "\n".join(titles[1:])
    head, lines = "", []  # type: tuple[str, list[str]]

    def text_slide() -> None:
        nonlocal lines
        if head or lines:
            slide = show.slides.add_slide(show.slide_layouts[1])
            slide.shapes.title.text = head
            slide.placeholders[1].text = "\n".join(lines)
        lines = []

    for block in source.blocks:
        if block.kind == "heading":
            text_slide()
            head = block.text
        elif block.kind == "table":
            # a heading right over a table stands on the table's slide
            over = "" if lines else head
            if lines:
                text_slide()
            _slide_table(show, over, block)
            head = ""
        elif block.kind not in ("title", "page"):
            lines.append(block.text)
    text_slide()
    out = io.BytesIO()
    show.save(out)
    return settled(out.getvalue())


def _slide_table(show: Any, head: str, block: Block) -> None:
    rows = block.rows
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = head
    shape = slide.shapes.add_table(len(rows), len(rows[0]), Emu(300000), Emu(1500000), Emu(8500000), Emu(400000 * len(rows)))
    for number, row in enumerate(rows):
        for place, text in enumerate(row):
            cell = shape.table.cell(number, place)
            if text in MERGED:
                continue
            high, wide = block.spans().get((number, place), (1, 1))
            if (high, wide) != (1, 1):
                cell.merge(shape.table.cell(number + high - 1, place + wide - 1))
            cell.text = text
            for run in cell.text_frame.paragraphs[0].runs:
                run.font.size = Points(10)
