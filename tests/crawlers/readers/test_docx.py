"""Word files, made by python-docx and by hand where it cannot."""

from __future__ import annotations

import io
import zipfile

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.shared import Pt

from crawlers.readers.interface import Limits, read
from ita_rules.run.types import Block, Document

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def loaded(document: docx.document.Document, limits: Limits | None = None) -> Document:
    return read(saved(document), limits=limits)


def blocks(document: docx.document.Document) -> tuple[Block, ...]:
    return loaded(document).pages[0].blocks


def brief(document: docx.document.Document) -> list[tuple[str, str]]:
    return [(b.kind, b.text) for b in blocks(document)]


def body_of(*elements: str) -> docx.document.Document:
    document = docx.Document()
    for element in elements:
        document.element.body.insert(len(document.element.body) - 1, parse_xml(element))
    return document


def test_styles_outlines_and_print_make_headings() -> None:
    document = docx.Document()
    document.add_heading("รายงาน", 0)
    document.add_heading("ผลการดำเนินงาน", 2)
    document.add_paragraph().add_run("ปัญหา อุปสรรค").bold = True
    document.add_paragraph("มีปัญหาบ้าง" * 20)
    document.add_paragraph().add_run("ข้อเสนอแนะ").font.size = Pt(20)
    document.add_paragraph("ก่อน").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("รายการ", style="List Bullet")
    found = blocks(document)
    assert [(b.kind, b.level) for b in found] == [
        ("heading", 1), ("heading", 2), ("heading", 0), ("text", 0), ("heading", 0), ("heading", 0), ("item", 0),
    ]  # fmt: skip


def test_bold_of_complex_script_counts() -> None:
    assert blocks(body_of(f"<w:p {W}><w:r><w:rPr><w:bCs/></w:rPr><w:t>ปัญหา</w:t></w:r></w:p>"))[0].bold
    assert not blocks(body_of(f'<w:p {W}><w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>ปัญหา</w:t></w:r></w:p>'))[0].bold


def test_tables_in_their_place() -> None:
    document = docx.Document()
    document.add_paragraph("ก่อนตาราง")
    table = document.add_table(3, 3)
    for row, texts in zip(table.rows, [("ที่", "โครงการ", "ปัญหา"), ("1", "ถนน", ""), ("2", "ประปา", "ไม่มี")], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("หลังตาราง")
    found = blocks(document)
    assert [b.kind for b in found] == ["text", "row", "row", "row", "text"]
    assert [(b.header, b.cells) for b in found[1:4]] == [
        (True, ("ที่", "โครงการ", "ปัญหา")), (False, ("1", "ถนน", "")), (False, ("2", "ประปา", "ไม่มี")),
    ]  # fmt: skip


def test_merged_cells_stand_in_each_slot() -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    table.cell(0, 1).merge(table.cell(0, 2)).text = "ผล"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "ที่"
    for column, text in ((1, "เป้า"), (2, "ทำได้")):
        table.cell(1, column).text = text
    for column, text in enumerate(("1", "ก", "ข")):
        table.cell(2, column).text = text
    assert [(b.header, b.cells) for b in blocks(document)] == [
        (True, ("ที่", "ผล", "ผล")), (True, ("ที่", "เป้า", "ทำได้")), (False, ("1", "ก", "ข")),
    ]  # fmt: skip


def test_nested_and_single_column_tables_are_layout() -> None:
    document = docx.Document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "ซ้าย"
    inner = outer.cell(0, 1).add_table(2, 2)
    for i, text in enumerate(("รายการ", "จำนวน", "รถ", "2")):
        inner.cell(i // 2, i % 2).text = text
    document.add_table(1, 1).cell(0, 0).text = "กรอบ"
    assert brief(document) == [("text", "ซ้าย"), ("row", "รายการ | จำนวน"), ("row", "รถ | 2"), ("text", "กรอบ")]


def test_head_and_foot_have_their_zone() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "องค์การบริหารส่วนตำบล"
    document.sections[0].footer.paragraphs[0].text = "หน้า"
    document.add_paragraph("เนื้อหา")
    assert [(b.text, b.zone) for b in blocks(document)] == [
        ("องค์การบริหารส่วนตำบล", "header"), ("เนื้อหา", "main"), ("หน้า", "footer"),
    ]  # fmt: skip


def test_content_controls_insertions_and_breaks() -> None:
    document = body_of(
        f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>ในกล่อง</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        f"<w:p {W}><w:r><w:t>คง</w:t></w:r><w:ins><w:r><w:t>ใส่</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>ลบ</w:delText></w:r></w:del>"
        "<w:r><w:br/><w:t>บรรทัดใหม่</w:t></w:r></w:p>",
    )
    assert brief(document) == [("text", "ในกล่อง"), ("text", "คงใส่"), ("text", "บรรทัดใหม่")]


def test_text_box_comes_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>ในกรอบข้อความ</w:t></w:r></w:p></w:txbxContent>"
    document = body_of(
        f'<w:p {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml">'
        "<w:r><w:t>หลัก</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert brief(document) == [("text", "หลัก"), ("text", "ในกรอบข้อความ")]


def test_table_in_a_text_box() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = "".join(f"<w:tr>{cell.format(a)}{cell.format(b)}</w:tr>" for a, b in (("รายการ", "จำนวน"), ("รถ", "2")))
    document = body_of(
        f'<w:p {W} xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict><v:textbox><w:txbxContent><w:tbl>{rows}</w:tbl>'
        "</w:txbxContent></v:textbox></w:pict></w:r></w:p>"
    )
    assert brief(document) == [("row", "รายการ | จำนวน"), ("row", "รถ | 2")]


def test_contents_lines_get_their_leaders() -> None:
    document = docx.Document()
    style = document.styles.add_style("toc 1", 1)
    document.add_paragraph("ปัญหาอุปสรรค\t3", style=style)
    (block,) = blocks(document)
    assert block.kind == "text"
    assert ".....  3".replace("  ", " ") in block.text


def test_numbers_that_word_counts_are_written_out() -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(
        f'<w:abstractNum {W} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="thaiNumbers"/><w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
    ))  # fmt: skip
    numbering.append(parse_xml(f'<w:num {W} w:numId="78"><w:abstractNumId w:val="77"/></w:num>'))
    for depth, text in ((0, "บทนำ"), (1, "ที่มา"), (0, "ผล")):
        paragraph = document.add_paragraph(text)
        paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="{depth}"/><w:numId w:val="78"/></w:numPr>'))
        document.add_paragraph("เนื้อหา")
    texts = [b.text for b in blocks(document) if b.text != "เนื้อหา"]
    assert texts == ["๑. บทนำ", "๑.1 ที่มา", "๒. ผล"]


def test_pictures_are_counted_in_place() -> None:
    from tests.crawlers.readers.test_image import PNG

    document = docx.Document()
    document.add_paragraph("ก่อน " * 20)
    document.add_picture(io.BytesIO(PNG))
    document.add_paragraph("หลัง")
    page = loaded(document).pages[0]
    assert [i.before for i in page.images] == [1]
    assert page.cause is None
    only = docx.Document()
    only.add_picture(io.BytesIO(PNG))
    assert loaded(only).cause == "no_ocr"


def test_bombs_and_entities_are_refused() -> None:
    data = saved(docx.Document())
    assert read(data, limits=Limits(unpacked_bytes=1000)).cause == "too_large"
    assert read(data, limits=Limits(entries=3)).cause == "too_large"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, b"x" * 120_000_000 if entry.filename == "word/styles.xml" else old.read(entry))
    assert read(out.getvalue()).facts["failure"] == "unpacked"
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document ' + W + "><w:body/></w:document>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        new.writestr("word/document.xml", bomb)
    assert read(out.getvalue()).facts["failure"] == "entities"


def test_damage() -> None:
    data = saved(docx.Document())
    assert read(data[: len(data) // 2]).cause == "unreadable"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        new.writestr("word/document.xml", "<x/>")
    assert read(out.getvalue()).facts["failure"] == "no_body"


def test_row_limit() -> None:
    document = docx.Document()
    table = document.add_table(30, 2)
    for row in table.rows:
        row.cells[0].text = row.cells[1].text = "ก"
    found = loaded(document, Limits(rows=10))
    assert found.truncated
    assert len(found.pages[0].blocks) == 10
