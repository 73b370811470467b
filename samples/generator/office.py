"""Word papers and workbooks whose bytes are the same each time they are made."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

from generator.agency import NAME

_DAY = datetime(2023, 4, 20, 9, 0)
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def _fixed(content: bytes) -> bytes:
    """The same archive with every clock in it set to one day."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            body = _STAMP.sub(rb"\g<1>2023-04-20T09:00:00Z\g<2>", old.read(name)) if name.endswith("core.xml") else old.read(name)
            entry = zipfile.ZipInfo(name, (2023, 4, 20, 9, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, body)
    return out.getvalue()


class Letter:
    """A Word paper, block by block."""

    def __init__(self) -> None:
        self.doc = Document()
        self.doc.styles["Normal"].font.name = "TH SarabunIT๙"
        self.doc.core_properties.author = NAME
        self.doc.core_properties.created = self.doc.core_properties.modified = _DAY

    def head(self, *lines: str) -> Letter:
        """Centred bold lines."""
        for line in lines:
            paragraph = self.doc.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.add_run(line).bold = True
        return self

    def h(self, *lines: str) -> Letter:
        """Section headings in Word's own heading style."""
        for line in lines:
            self.doc.add_heading(line, 2)
        return self

    def bold(self, *lines: str) -> Letter:
        """Section headings as most people make them: bold lines of the plain style."""
        for line in lines:
            self.doc.add_paragraph().add_run(line).bold = True
        return self

    def p(self, *texts: str) -> Letter:
        """Paragraphs."""
        for text in texts:
            self.doc.add_paragraph(text)
        return self

    def table(self, rows: Sequence[Sequence[object]]) -> Letter:
        """A ruled table; the first row is its head."""
        table = self.doc.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
        for row in rows:
            for cell, value in zip(table.add_row().cells, row, strict=True):
                cell.text = str(value)
        return self

    def leaf(self) -> Letter:
        """A new page."""
        self.doc.add_page_break()
        return self

    def bytes(self) -> bytes:
        """The finished paper."""
        out = io.BytesIO()
        self.doc.save(out)
        return _fixed(out.getvalue())


def workbook(sheets: Sequence[tuple[str, Sequence[str], Sequence[Sequence[object]], Sequence[str]]]) -> bytes:
    """A workbook: for each sheet its name, title lines, table (first row its head), lines below the table."""
    book = Workbook()
    book.remove(book.active)
    line = Side(style="thin")
    for name, titles, rows, notes in sheets:
        sheet = book.create_sheet(name)
        wide = max((len(row) for row in rows), default=6)
        for title in titles:
            sheet.append([title])
            sheet.merge_cells(start_row=sheet.max_row, start_column=1, end_row=sheet.max_row, end_column=wide)
            sheet.cell(sheet.max_row, 1).alignment = Alignment(horizontal="center")
            sheet.cell(sheet.max_row, 1).font = Font(bold=True)
        for number, row in enumerate(rows):
            sheet.append(list(row))
            for cell in sheet[sheet.max_row]:
                cell.border = Border(left=line, right=line, top=line, bottom=line)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                cell.font = Font(bold=number == 0)
        for note in notes:
            sheet.append([note])
        for column in "ABCDEFGHIJ"[:wide]:
            sheet.column_dimensions[column].width = 18
    book.properties.creator = NAME
    book.properties.created = _DAY
    out = io.BytesIO()
    book.save(out)
    return _fixed(out.getvalue())
