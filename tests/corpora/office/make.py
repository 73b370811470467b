"""Makes the old Office files of this folder from one text (`content`), with LibreOffice and xlwt:

    python -m tests.corpora.office.make

Only the files of forms that no library at hand writes are kept; the tests make the others anew with the functions here.
"""

from __future__ import annotations

import datetime
import io
import shutil
import struct
import subprocess
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from crawlers.readers.ole import Compound
from tests.corpora.office.content import AGENCY, CHANNELS, LIST, SECTIONS, TABLES, TITLE, grid
from tests.crawlers.readers.olemaker import compound

FOLDER = Path(__file__).parent
FOOT = "เอกสารเผยแพร่ของหน่วยงาน"
NOTE = "บันทึกสำหรับผู้พูด"
STEPS = ("ยื่นคำขอ", "ตรวจสอบเอกสาร", "ออกใบอนุญาต")

Table = tuple[tuple[tuple[str, int, int], ...], ...]


def placed(table: Table) -> Iterator[tuple[int, int, str, int, int]]:
    """Row, column, text, columns and rows of every cell of a table."""
    used: set[tuple[int, int]] = set()
    for row, cells in enumerate(table):
        column = 0
        for text, wide, high in cells:
            while (row, column) in used:
                column += 1
            used |= {(row + down, column + across) for down in range(high) for across in range(wide)}
            yield row, column, text, wide, high
            column += wide


def png(width: int, height: int) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = (b"\x00" + b"\x80" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def bytes_of(save: Callable[[io.BytesIO], object]) -> bytes:
    """What a library saves."""
    out = io.BytesIO()
    save(out)
    return out.getvalue()


def word() -> bytes:
    """The text as DOCX: heading styles, a page foot, tables with merged cells, a list, a numbered list and a picture."""
    import docx

    made = docx.Document()
    made.core_properties.title = TITLE
    made.sections[0].footer.paragraphs[0].text = FOOT
    made.add_heading(TITLE, 1)
    made.add_paragraph(AGENCY)
    for number, (heading, sentences) in enumerate(SECTIONS):
        made.add_heading(heading, 2)
        for sentence in sentences:
            made.add_paragraph(sentence)
        for table in TABLES if number == 1 else ():
            if table is CHANNELS:
                made.add_paragraph("ช่องทางรับเรื่อง")
            shape = made.add_table(len(table), len(grid(table)[0]), "Table Grid")
            for row, column, text, wide, high in placed(table):
                cell = shape.cell(row, column)
                (cell.merge(shape.cell(row + high - 1, column + wide - 1)) if wide * high > 1 else cell).text = text
    for item in LIST:
        made.add_paragraph(item, style="List Bullet")
    made.add_paragraph().add_run("ขั้นตอนการให้บริการ").bold = True
    for step in STEPS:
        made.add_paragraph(step, style="List Number")
    made.add_picture(io.BytesIO(png(16, 8)))
    return bytes_of(made.save)


def workbook() -> bytes:
    """The text as XLSX: a sheet with the titles and tables, one with dates, a hidden one."""
    import openpyxl

    made = openpyxl.Workbook()
    made.properties.title = TITLE
    sheet: Any = made.active
    sheet.title = "ผลการดำเนินงาน"
    at = 1
    for number, text in enumerate([TITLE, AGENCY, *(x for heading, told in SECTIONS for x in (heading, *told)), *LIST], start=1):
        sheet.cell(at, 1, text)
        at += 1
        for table in TABLES if number == 6 else ():
            for row, column, words, wide, high in placed(table):
                sheet.cell(at + 1 + row, column + 1, words)
                if wide * high > 1:
                    sheet.merge_cells(None, at + 1 + row, column + 1, at + row + high, column + wide)
            at += len(table) + 2
    dates = made.create_sheet("วันที่")
    dates.append(["วันที่", "เวลา", "จำนวน", "ร้อยละ"])
    dates.append([datetime.datetime(2022, 10, 1), datetime.time(9, 5), 1234.5, 0.8664])
    for cell, form in (("A2", "[$-107041E]d mmm yy"), ("C2", "#,##0.00"), ("D2", "0.00%")):
        dates[cell].number_format = form
    hidden = made.create_sheet("ซ่อน")
    hidden["A1"] = "ไม่เผยแพร่"
    hidden.sheet_state = "hidden"
    return bytes_of(made.save)


def slides() -> bytes:
    """The text as PPTX: a slide for each section, tables, notes, a slide that is only a picture, a hidden one."""
    from pptx import Presentation
    from pptx.util import Cm

    made = Presentation()
    made.core_properties.title = TITLE
    first = made.slides.add_slide(made.slide_layouts[0])
    first.shapes.title.text, first.placeholders[1].text = TITLE, AGENCY
    for number, (heading, sentences) in enumerate(SECTIONS):
        slide = made.slides.add_slide(made.slide_layouts[5 if number == 1 else 1])
        slide.shapes.title.text = heading
        if number == 0:
            slide.notes_slide.notes_text_frame.text = NOTE
        if number != 1:
            slide.placeholders[1].text = "\n".join([*sentences, *(LIST if number == 3 else ())])
            continue
        slide.shapes.add_textbox(Cm(1), Cm(3), Cm(20), Cm(1)).text_frame.text = sentences[0]
        for top, table in zip((5, 12), TABLES, strict=True):
            shape = slide.shapes.add_table(len(table), len(grid(table)[0]), Cm(1), Cm(top), Cm(23), Cm(1)).table
            for row, column, text, wide, high in placed(table):
                if wide * high > 1:
                    shape.cell(row, column).merge(shape.cell(row + high - 1, column + wide - 1))
                shape.cell(row, column).text = text
    made.slides.add_slide(made.slide_layouts[6]).shapes.add_picture(io.BytesIO(png(96, 48)), Cm(1), Cm(1), Cm(20), Cm(15))
    hidden = made.slides.add_slide(made.slide_layouts[5])
    hidden.shapes.title.text = "สไลด์ที่ซ่อนไว้"
    hidden._element.set("show", "0")
    return bytes_of(made.save)


def page() -> str:
    """The text as HTML, as programs export it under ``.xls`` and ``.doc``."""
    told = [f"<h1>{TITLE}</h1><p>{AGENCY}</p>"]
    for number, (heading, sentences) in enumerate(SECTIONS):
        told += [f"<h2>{heading}</h2>", *(f"<p>{sentence}</p>" for sentence in sentences)]
        for table in TABLES if number == 1 else ():
            rows = ("".join(f'<td colspan="{w}" rowspan="{h}">{text}</td>' for text, w, h in row) for row in table)
            told.append("<table border=1>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    return "<html><body>" + "".join(told) + "<ul>" + "".join(f"<li>{item}</li>" for item in LIST) + "</ul></body></html>"


def sheet_with_picture() -> bytes:
    """A workbook (XLS) as old Excel writes it: merged cells, bold heads, a date of the Buddhist year, a sheet of one picture."""
    import xlwt

    made = xlwt.Workbook()
    sheet = made.add_sheet("ตุลาคม")
    bold = xlwt.easyxf("font: bold on")
    sheet.write_merge(0, 0, 0, 2, "สรุปผลการจัดซื้อจัดจ้าง ประจำเดือนตุลาคม ๒๕๖๕", bold)
    for column, text in enumerate(("วันที่", "รายการ", "จำนวนเงิน")):
        sheet.write(2, column, text, bold)
    sheet.write(3, 0, datetime.date(2022, 10, 5), xlwt.easyxf(num_format_str="[$-107041E]d/m/yyyy"))
    sheet.write(3, 1, "ซื้อหมึกพิมพ์")
    sheet.write(3, 2, 12780.5, xlwt.easyxf(num_format_str="#,##0.00"))
    scan = made.add_sheet("สแกน")
    head = struct.pack("<IHHI", 54 + 192, 0, 0, 54) + struct.pack("<IiiHHIIiiII", 40, 8, 8, 1, 24, 0, 192, 0, 0, 0, 0)
    scan.insert_bitmap_data(b"BM" + head + b"\x80" * 192, 0, 0)
    return bytes_of(made.save)


def odd_sheets() -> dict[str, bytes]:
    """Small workbooks (XLS) of one oddity each: a cell far away, a hidden sheet, Thai in Western letters, many rows."""
    import xlwt

    far, hidden, garbled, long = (xlwt.Workbook() for _ in range(4))
    sheet = far.add_sheet("ไกล")
    for row, column, text in ((0, 0, "ต้น"), (65535, 255, "ไกล"), (65535, 0, "ท้าย")):
        sheet.write(row, column, text)
    for name in "ab":
        hidden.add_sheet(name).write(0, 0, f"sheet {name}")
    hidden.get_sheet(0).visibility = 1
    hidden.set_active_sheet(1)
    sheet = garbled.add_sheet("a")
    for row, text in enumerate(("ลำดับที่", "รายการจัดซื้อจัดจ้าง", "วงเงินงบประมาณ")):
        sheet.write(row, 0, text.encode("cp874").decode("latin-1"))
        sheet.write(row, 1, 5)
    sheet = long.add_sheet("a")
    for row in range(60):
        sheet.write(row, 0, "x")
        sheet.write(row, 1, row)
    books = {"far": far, "hidden": hidden, "garbled": garbled, "long": long}
    return {name: bytes_of(book.save) for name, book in books.items()}


def converted(data: bytes, source: str, targets: tuple[str, ...]) -> dict[str, bytes]:
    """A file in other forms, by LibreOffice with a profile of its own."""
    with tempfile.TemporaryDirectory() as folder:
        start = Path(folder, f"rich.{source}")
        start.write_bytes(data)
        for target in targets:
            command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", target]
            subprocess.run([*command, "--outdir", folder, str(start)], check=True, capture_output=True, timeout=180)
        return {target: Path(folder, f"rich.{target}").read_bytes() for target in targets}


def main() -> None:
    """Write the files of the folder."""
    if shutil.which("soffice") is None:
        raise SystemExit("LibreOffice (soffice) is not on this machine")
    made = {
        **converted(word(), "docx", ("doc", "odt", "rtf")),
        **converted(workbook(), "xlsx", ("xls", "ods")),
        **converted(slides(), "pptx", ("ppt", "odp")),
    }
    # LibreOffice puts a preview of half a million bytes into the summary of slides; the words do without.
    old = Compound(made["ppt"])
    made["ppt"] = compound({name: old.stream(name) or b"" for name in ("PowerPoint Document", "Current User")})
    for target, data in made.items():
        (FOLDER / f"rich.{target}").write_bytes(data)
    for name, data in {"picture": sheet_with_picture(), **odd_sheets()}.items():
        (FOLDER / f"{name}.xls").write_bytes(data)


if __name__ == "__main__":
    main()
