"""Slides: groups, charts, diagrams, numbers, pictures, what is hidden."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Cm, Pt

from crawlers.readers.interface import POWERPOINT, Hints, Limits, read
from ita_rules.run.types import Document
from tests.corpora.office.make import png


def new(layout: int = 6) -> tuple[Any, Any]:
    made = Presentation()
    return made, made.slides.add_slide(made.slide_layouts[layout])


def saved(made: Any) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def seen(made: Any, limits: Limits | None = None) -> Document:
    document = read(saved(made), limits=limits)
    assert document.media_type == POWERPOINT
    return document


def box(slide: Any, text: str) -> Any:
    shape = slide.shapes.add_textbox(Cm(1), Cm(1), Cm(9), Cm(2))
    shape.text_frame.text = text
    return shape


def changed(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for entry in before.infolist():
            body = before.read(entry)
            after.writestr(entry, body.replace(old, new) if entry.filename == name else body)
    return out.getvalue()


def test_title_first_then_groups_and_lines() -> None:
    made, slide = new(5)
    group = slide.shapes.add_group_shape()
    inner = group.shapes.add_group_shape()
    inner.shapes.add_textbox(0, 0, Cm(5), Cm(1)).text_frame.text = "ในกลุ่ม"
    box(slide, "บรรทัดหนึ่ง\vบรรทัดสอง\nย่อหน้าสอง")
    slide.shapes.title.text = "ชื่อเรื่อง"
    slide.shapes._spTree.append(slide.shapes.title._element)
    blocks = seen(made).pages[0].blocks
    assert [block.text for block in blocks] == ["ชื่อเรื่อง", "ในกลุ่ม", "บรรทัดหนึ่ง", "บรรทัดสอง", "ย่อหน้าสอง"]
    assert (blocks[0].kind, blocks[0].level) == ("heading", 1)


def test_bold_and_large_lines_head() -> None:
    made, slide = new()
    frame = box(slide, "ปัญหา อุปสรรค").text_frame
    frame.paragraphs[0].runs[0].font.bold = True
    frame.add_paragraph().text = "มีฝนตกชุกตลอดปีทำให้งานล่าช้า"
    large = frame.add_paragraph()
    large.text = "ข้อเสนอแนะ"
    large.runs[0].font.size = Pt(40)
    assert [block.kind for block in seen(made).pages[0].blocks] == ["heading", "text", "text"]


def test_numbers_that_the_program_counts() -> None:
    made, slide = new()
    frame = box(slide, "ก").text_frame
    for text in ("ข", "ค"):
        frame.add_paragraph().text = text
    for paragraph, kind in zip(frame.paragraphs, ("thaiNumPeriod", "thaiNumPeriod", "arabicParenBoth"), strict=True):
        paragraph._p.get_or_add_pPr().append(parse_xml(f'<a:buAutoNum {nsdecls("a")} type="{kind}"/>'))
    frame.add_paragraph().text = "ง"
    frame.paragraphs[3]._p.get_or_add_pPr().append(parse_xml(f'<a:buChar {nsdecls("a")} char="•"/>'))
    blocks = seen(made).pages[0].blocks
    assert [block.text for block in blocks] == ["๑. ก", "๒. ข", "(3) ค", "ง"]
    assert blocks[3].kind == "item"


def test_tables_with_bold_heads_and_empty_cells() -> None:
    made, slide = new()
    table = slide.shapes.add_table(2, 2, 0, 0, Cm(9), Cm(3)).table
    for column, text in enumerate(("งาน", "ผลที่ได้")):
        table.cell(0, column).text = text
        table.cell(0, column).text_frame.paragraphs[0].runs[0].font.bold = True
    table.cell(1, 0).text = "ถนน\nสาย ๒"
    assert [(block.header, block.cells) for block in seen(made).pages[0].blocks] == [
        (True, ("งาน", "ผลที่ได้")), (False, ("ถนน สาย ๒", "")),
    ]  # fmt: skip


def test_charts_are_tables_of_their_figures() -> None:
    made, slide = new()
    data = CategoryChartData()
    data.categories = ["ไตรมาส ๑", "ไตรมาส ๒"]
    data.add_series("เบิกจ่าย", (1.5, None))
    chart = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, Cm(9), Cm(9), data).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = "ผลการเบิกจ่าย"
    blocks = seen(made).pages[0].blocks
    assert [block.cells or block.text for block in blocks] == [
        "ผลการเบิกจ่าย", ("", "เบิกจ่าย"), ("ไตรมาส ๑", "1.5"), ("ไตรมาส ๒", ""),
    ]  # fmt: skip
    assert blocks[1].header


def test_words_of_diagrams() -> None:
    from pptx.opc.package import Part
    from pptx.opc.packuri import PackURI

    made, slide = new()
    words = f'<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" {nsdecls("a")}>' + "".join(
        f"<dgm:pt><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>" for text in ("ปลัด", "สำนักปลัด")
    )
    data = Part(PackURI("/ppt/diagrams/data1.xml"), "application/xml", made.part.package, (words + "</dgm:dataModel>").encode())
    name = slide.part.relate_to(data, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData")
    slide.shapes._spTree.append(
        parse_xml(
            f"<p:graphicFrame {nsdecls('p', 'a', 'r')}><p:nvGraphicFramePr><p:cNvPr id='9' name='x'/><p:cNvGraphicFramePr/>"
            "<p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x='0' y='0'/><a:ext cx='1' cy='1'/></p:xfrm><a:graphic>"
            "<a:graphicData uri='http://schemas.openxmlformats.org/drawingml/2006/diagram'>"
            f"<dgm:relIds xmlns:dgm='http://schemas.openxmlformats.org/drawingml/2006/diagram' r:dm='{name}'/>"
            "</a:graphicData></a:graphic></p:graphicFrame>"
        )
    )
    assert [block.text for block in seen(made).pages[0].blocks] == ["ปลัด", "สำนักปลัด"]


def test_pictures_with_and_without_words() -> None:
    made, slide = new()
    slide.shapes.add_picture(io.BytesIO(png(20, 10)), 0, 0, Cm(2.54), Cm(1.27))._element.nvPicPr.cNvPr.set("descr", "ผังองค์กร")
    (page,) = seen(made).pages
    assert (page.cause, page.method) == ("no_ocr", "none")
    assert [(image.alt, image.width, image.height) for image in page.images] == [("ผังองค์กร", 96, 48)]
    box(slide, "คำบรรยายที่ยาวพอให้อ่านได้ว่าสไลด์นี้พูดถึงเรื่องอะไรและเกี่ยวข้องกับใครบ้าง")
    assert seen(made).pages[0].cause is None


def test_slide_shows_are_read_too() -> None:
    made, slide = new()
    box(slide, "words of a slide show")
    data = changed(
        saved(made), "[Content_Types].xml", b"presentationml.presentation.main+xml", b"presentationml.slideshow.main+xml"
    )
    assert read(data, Hints(filename="a.ppsx")).pages[0].text == "words of a slide show"


def test_limits_and_damage() -> None:
    made, slide = new()
    box(slide, "words")
    for _ in range(4):
        box(made.slides.add_slide(made.slide_layouts[6]), "more words")
    document = seen(made, Limits(pages=2))
    assert (len(document.pages), document.truncated) == (2, True)
    assert read(changed(saved(made), "ppt/presentation.xml", b"<p:", b"<")).cause == "unreadable"
