"""OpenDocument files made by hand: lists, tables, boxes, what is hidden, what repeats."""

from __future__ import annotations

import io
import zipfile

import pytest

from crawlers.readers.interface import OPEN_DOCUMENT, Limits, read
from ita_rules.run.types import Block, Document

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{place}:1.0"'
    for name, place in {
        "office": "office", "text": "text", "table": "table", "draw": "drawing", "style": "style", "svg": "svg-compatible",
        "fo": "xsl-fo-compatible", "presentation": "presentation", "manifest": "manifest",
    }.items()
)  # fmt: skip


def odf(kind: str, body: str, styles: str = "", *, page_styles: str = "", manifest: str = "", doctype: str = "") -> bytes:
    inner = {"graphics": "drawing"}.get(kind, kind)
    parts = {
        "mimetype": OPEN_DOCUMENT + kind,
        "content.xml": f"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{inner}>{body}</office:{inner}></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {SPACES}>{page_styles}</office:document-styles>",
        "META-INF/manifest.xml": f"{doctype}<manifest:manifest {SPACES}>{manifest}</manifest:manifest>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def text(body: str, styles: str = "", **more: str) -> Document:
    return read(odf("text", body, styles, **more))


def blocks(body: str, styles: str = "", **more: str) -> tuple[Block, ...]:
    document = text(body, styles, **more)
    assert document.cause is None
    return document.pages[0].blocks


def seen(body: str, styles: str = "", **more: str) -> list[object]:
    return [block.cells or block.text for block in blocks(body, styles, **more)]


def p(words: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def style(name: str, family: str, setting: str = "", more: str = "") -> str:
    inside = f"<style:{setting}/>" if setting else ""
    return f'<style:style style:name="{name}" style:family="{family}" {more}>{inside}</style:style>'


def cell(words: str, more: str = "") -> str:
    return f"<table:table-cell {more}>{p(words) if words else ''}</table:table-cell>"


def table(*rows: str, more: str = "") -> str:
    return f"<table:table {more}>" + "".join(f"<table:table-row>{row}</table:table-row>" for row in rows) + "</table:table>"


def test_words_as_they_are_seen() -> None:
    body = (
        p('ก<text:s text:c="900000000"/>ข<text:tab/>ค<text:line-break/>ง <text:span>จ<text:a>ฉ</text:a></text:span>ช')
        + p("ก่อน<text:note><text:note-body><text:p>เชิงอรรถ</text:p></text:note-body></text:note>หลัง")
        + "<text:tracked-changes><text:changed-region><text:p>ลบแล้ว</text:p></text:changed-region></text:tracked-changes>"
        + f"<text:section>{p('ในส่วน')}</text:section>"
    )
    assert seen(body) == ["ก ข ค", "ง จฉช", "ก่อนหลัง", "ในส่วน"]


def test_headings_print_and_contents() -> None:
    styles = (
        style("B", "paragraph", 'text-properties style:font-weight-complex="bold"')
        + style("C", "paragraph", more='style:parent-style-name="Contents_20_1"')
        + style("Contents_20_1", "paragraph")
        + style("S", "text", 'text-properties fo:font-weight="bold"')
        + style("M", "paragraph", 'paragraph-properties fo:text-align="center"')
    )
    heading, heavy = '<text:h text:outline-level="3">สาม</text:h>', '<text:span text:style-name="S">หนาด้วย</text:span>'
    body = heading + p("หนา", "B") + p("เนื้อความ") + p(heavy) + p("ต่อ") + p("กลาง", "M") + p("บทนำ<text:tab/>๑", "C")
    assert [(block.kind, block.level) for block in blocks(body, styles)] == [
        ("heading", 3), ("heading", 0), ("text", 0), ("heading", 0), ("text", 0), ("heading", 0), ("text", 0),
    ]  # fmt: skip
    assert seen(body, styles)[-1] == "บทนำ ........ ๑"


def test_lists_are_numbered_as_people_see_them() -> None:
    number = (
        '<text:list-level-style-number text:level="{}" style:num-format="{}" text:display-levels="{}" style:num-suffix="{}"/>'
    )
    levels = number.format(1, "๑, ๒, ๓, ...", 1, ".") + number.format(2, "1", 2, ")")
    bullets = '<text:list-level-style-bullet text:level="3" text:bullet-char="•"/>'
    styles = f'<text:list-style style:name="L">{levels}{bullets}</text:list-style>'
    item = "<text:list-item>{}</text:list-item>"
    deepest = f"<text:list>{item.format(p('จุด'))}</text:list>"
    inner = f"<text:list>{item.format(p('ก.๑') + deepest)}</text:list>"
    first = item.format(p("ก") + p("ต่อ") + inner) + item.format(p("ข"))
    body = (
        f'<text:list text:style-name="L"><text:list-header>{p("หัว")}</text:list-header>{first}</text:list>' + p("คั่น")
        + f'<text:list text:style-name="L" text:continue-numbering="true">{item.format(p("ค"))}</text:list>'
        + f'<text:list text:style-name="L">{item.format(p("ง"))}</text:list>'
    )  # fmt: skip
    assert seen(body, styles) == ["หัว", "๑. ก", "ต่อ", "๑.1) ก.๑", "จุด", "๒. ข", "คั่น", "๓. ค", "๑. ง"]
    assert blocks(body, styles)[4].kind == "item"


def test_headings_that_are_numbered() -> None:
    level = '<text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>'
    outline = f"<text:outline-style>{level}</text:outline-style>"
    body = "".join(f'<text:h text:outline-level="{depth}">{words}</text:h>' for depth, words in ((1, "ก"), (1, "ข"), (2, "ค")))
    assert seen(body, page_styles=outline) == ["1. ก", "2. ข", "ค"]


def test_tables() -> None:
    body = table(
        cell("ที่") + cell("ผล", 'table:number-columns-spanned="2"') + "<table:covered-table-cell/>",
        cell("1", 'table:number-rows-spanned="2"') + cell("ดี") + cell("มาก"),
        "<table:covered-table-cell/>" + cell("") + cell("น้อย"),
    )
    head = body.replace("<table:table-row>", "<table:table-header-rows><table:table-row>", 1)
    head = head.replace("</table:table-row>", "</table:table-row></table:table-header-rows>", 1)
    assert [(block.header, block.cells) for block in blocks(head)] == [
        (True, ("ที่", "ผล", "ผล")), (False, ("1", "ดี", "มาก")), (False, ("1", "", "น้อย")),
    ]  # fmt: skip


def test_tables_that_arrange_the_page() -> None:
    inner = table(cell("ก") + cell("ข"))
    assert seen(table(cell("กรอบ"))) == ["กรอบ"]
    assert seen(table(f"{cell('ซ้าย')}<table:table-cell>{inner}</table:table-cell>")) == ["ซ้าย", ("ก", "ข")]


def test_boxes_and_pictures() -> None:
    frame = (
        '<draw:frame svg:width="2.54cm" svg:height="0.5in"><draw:image/><svg:desc>ตรา</svg:desc></draw:frame>'
        f"<draw:frame><draw:text-box>{p('ในกล่อง')}</draw:text-box></draw:frame><draw:custom-shape>{p('ในรูปร่าง')}</draw:custom-shape>"
    )
    document = text(p(f"ก่อน{frame}หลัง"))
    (page,) = document.pages
    assert [block.text for block in page.blocks] == ["ก่อนหลัง", "ในกล่อง", "ในรูปร่าง"]
    assert [(image.alt, image.width, image.height) for image in page.images] == [("ตรา", 96, 48)]


def test_heads_and_feet() -> None:
    head, foot = p("หัว"), p("ท้าย")
    master = (
        f"<style:header>{head}</style:header><style:header-left>{head}</style:header-left><style:footer>{foot}</style:footer>"
    )
    assert [(block.text, block.zone) for block in blocks(p("ตัว"), page_styles=master)] == [
        ("หัว", "header"), ("ตัว", "main"), ("ท้าย", "footer"),
    ]  # fmt: skip


def test_sheets_repeats_and_hidden_ones() -> None:
    hidden = style("H", "table", 'table-properties table:display="false"')
    sheet = table(
        cell("ที่") + cell("งาน") + cell("ผล"),
        cell("1") + cell("x", 'table:number-columns-repeated="2"'),
        more='table:name="ต.ค."',
    )
    far = (
        '<table:table-row table:number-rows-repeated="1048000">'
        + cell("", 'table:number-columns-repeated="16384"')
        + "</table:table-row>"
    )
    sheet = sheet.replace("</table:table>", far + f"<table:table-row>{cell('2')}{cell('ท้าย')}</table:table-row></table:table>")
    document = read(odf("spreadsheet", sheet + table(cell("ลับ"), more='table:style-name="H" table:name="ซ่อน"'), hidden))
    (page,) = document.pages
    assert page.name == "ต.ค."
    assert [block.cells for block in page.blocks] == [("ที่", "งาน", "ผล"), ("1", "x", "x"), ("2", "ท้าย")]
    assert not document.truncated


def test_slides() -> None:
    hidden = style("H", "drawing-page", 'drawing-page-properties presentation:visibility="hidden"')
    frames = f"<draw:frame><draw:text-box>{p('เนื้อหา')}</draw:text-box></draw:frame>"
    title = f'<draw:frame presentation:class="title"><draw:text-box>{p("ชื่อ")}</draw:text-box></draw:frame>'
    notes = f"<presentation:notes><draw:frame><draw:text-box>{p('บันทึก')}</draw:text-box></draw:frame></presentation:notes>"
    pages = (("", title + frames + notes), ("H", frames), ("", f"<draw:g>{frames}</draw:g>"))
    body = "".join(f'<draw:page draw:style-name="{name}">{inside}</draw:page>' for name, inside in pages)
    document = read(odf("presentation", body, hidden))
    assert [[block.text for block in page.blocks] for page in document.pages] == [["ชื่อ", "เนื้อหา"], ["เนื้อหา"]]
    assert document.pages[0].blocks[0].level == 1


def test_locked_and_broken_files() -> None:
    assert text("", manifest="<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>").cause == "encrypted"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", f"{OPEN_DOCUMENT}text")
    assert read(out.getvalue()).facts["failure"] == "no_body"


def test_a_document_type_that_only_names_itself_does_no_harm() -> None:
    named = '<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd">'
    assert seen(p("คำ"), doctype=named) == ["คำ"]
    assert text(p("คำ"), doctype='<!DOCTYPE m [<!ENTITY a "b">]>').facts["failure"] == "entities"


@pytest.mark.parametrize(("limits", "most"), [(Limits(text_chars=100), 100), (Limits(rows=7), 7 * len("abcde | x"))])
def test_limits(limits: Limits, most: int) -> None:
    row = f'<table:table-row table:number-rows-repeated="900">{cell("abcde")}{cell("x")}</table:table-row>'
    document = read(odf("spreadsheet", f"<table:table>{row}</table:table>" + p("")), limits=limits)
    assert document.truncated
    assert sum(len(block.text) for block in document.pages[0].blocks) <= most
