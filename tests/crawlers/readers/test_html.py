"""Web pages: structure, zones, forms, pictures."""

from __future__ import annotations

import pytest

from crawlers.readers.html import MAX_DEPTH
from crawlers.readers.interface import Hints, Limits, read
from ita_rules.run.types import Block, Document

HINTS = Hints(url="http://a.go.th/x/page.php", media_type="text/html")


def page(body: str, head: str = "", limits: Limits | None = None) -> Document:
    return read(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), HINTS, limits)


def blocks(body: str) -> tuple[Block, ...]:
    return page(body).pages[0].blocks


def brief(body: str) -> list[tuple[str, str]]:
    return [(b.kind, b.text) for b in blocks(body)]


def test_reading_order_and_kinds() -> None:
    assert brief("<h2>หัว</h2>ก่อน<p>ย่อหน้า</p><ul><li>หนึ่ง<ul><li>ใน</li></ul></li><li>สอง</li></ul>หลัง<br>ท้าย") == [
        ("heading", "หัว"), ("text", "ก่อน"), ("text", "ย่อหน้า"), ("item", "หนึ่ง"), ("item", "ใน"), ("item", "สอง"),
        ("text", "หลัง"), ("text", "ท้าย"),
    ]  # fmt: skip


def test_words_split_by_tags_stay_whole() -> None:
    assert brief("<p>ปั<span>ญ</span>หา<o:p></o:p>อุป<b>สรรค</b>&nbsp;มี<!-- x --> \n ดังนี้</p>") == [("text", "ปัญหาอุปสรรค มี ดังนี้")]


def test_scripts_comments_and_styles_are_no_text() -> None:
    assert brief("<script>a()</script><style>b</style><noscript>c</noscript><template>d</template><!--e--><p>ฉ</p>") == [
        ("text", "ฉ")
    ]


def test_bold_paragraph_heads() -> None:
    first, second, third = blocks(
        "<p><b>ปัญหา</b> <strong>อุปสรรค</strong></p><p>มี<b>มาก</b></p><div style='font-weight:bold'>ข้อเสนอแนะ</div>"
    )
    assert (first.kind, first.bold, first.text) == ("heading", True, "ปัญหา อุปสรรค")
    assert (second.kind, second.bold) == ("text", False)
    assert third.kind == "heading"


def test_titles_of_accordions_tabs_and_cards() -> None:
    found = brief(
        "<h2 class='accordion-header'><button class='accordion-button'>O1 โครงสร้าง</button></h2>"
        "<div class='collapse' style='display:none'>เนื้อ</div>"
        "<div class='panel-heading'><h4 class='panel-title'><a data-toggle='collapse'>O2</a></h4></div><div>สอง</div>"
        "<button class='accordion'>O3</button><details><summary>O4</summary>สี่</details>"
        "<ul class='nav nav-tabs'><li role='presentation'><a role='tab'>ปี 2566</a></li></ul><dl><dt>โทร</dt><dd>02</dd></dl>"
    )
    assert found == [
        ("heading", "O1 โครงสร้าง"), ("text", "เนื้อ"), ("heading", "O2"), ("text", "สอง"), ("heading", "O3"), ("heading", "O4"),
        ("text", "สี่"), ("heading", "ปี 2566"), ("heading", "โทร"), ("text", "02"),
    ]  # fmt: skip


def test_table_with_spans_and_marked_head() -> None:
    rows = blocks(
        "<table><caption>ผล</caption><thead><tr><th rowspan=2>ที่</th><th colspan=2>ผล</th></tr>"
        "<tr><th>ก</th><th>ข</th></tr></thead>"
        "<tr><td>1</td><td rowspan=2>รวม<br>กัน</td><td></td></tr><tr><td>2</td><td>ไม่มี</td></tr></table>"
    )
    assert (rows[0].kind, rows[0].text) == ("heading", "ผล")
    assert [(r.header, r.cells) for r in rows[1:]] == [
        (True, ("ที่", "ผล", "ผล")), (True, ("ที่", "ก", "ข")), (False, ("1", "รวม กัน", "")), (False, ("2", "รวม กัน", "ไม่มี")),
    ]  # fmt: skip


def test_first_row_in_bold_or_shade_heads() -> None:
    body = "<tr {}><td>{}</td><td>{}</td></tr><tr><td>ก</td><td>ข</td></tr>"
    assert blocks(f"<table>{body.format('bgcolor=#ccc', 'มาตรการ', 'ผล')}</table>")[0].header
    assert blocks(f"<table>{body.format('', '<b>มาตรการ</b>', '<b>ผล</b>')}</table>")[0].header
    assert not blocks(f"<table>{body.format('', 'งานบริการ', 'ขออนุญาต')}</table>")[0].header


def test_row_heading_is_not_a_column_heading() -> None:
    rows = blocks("<table><tr><th>ชื่อ</th><td>ก</td></tr><tr><th>ปัญหา</th><td></td></tr></table>")
    assert [(r.header, r.cells) for r in rows] == [(False, ("ชื่อ", "ก")), (False, ("ปัญหา", ""))]


def test_layout_tables_do_not_swallow_content() -> None:
    found = blocks(
        "<table><tr><td><ul><li>เมนู</li></ul></td><td><h2>แผน</h2><table><tr><th>ที่</th><th>งาน</th></tr><tr><td>1</td><td>ถนน</td></tr></table></td></tr></table>"
        "<table><tr><td>เดี่ยว</td></tr></table><table role=presentation><tr><td>ก</td><td>ข</td></tr></table>"
    )
    assert [(b.kind, b.text) for b in found] == [
        ("item", "เมนู"), ("heading", "แผน"), ("row", "ที่ | งาน"), ("row", "1 | ถนน"),
        ("text", "เดี่ยว"), ("text", "ก"), ("text", "ข"),
    ]  # fmt: skip
    assert found[2].header


def test_headings_in_cells_do_not_make_a_layout() -> None:
    cell = "<td><h5>{}</h5></td>"
    rows = "".join(f"<tr>{cell.format(f'O{n}')}{cell.format('ข้อมูล')}</tr>" for n in range(1, 5))
    assert blocks(f"<table>{rows}</table>")[0].cells == ("O1", "ข้อมูล")


def test_zones() -> None:
    found = blocks(
        "<div id=header>ตรา</div><nav>เมนู</nav><div class='breadcrumb'>หน้าแรก</div><main><header><h1>ชื่อ</h1></header>"
        "<p>เนื้อหา ยาวพอที่จะเป็นเนื้อหาของหน้า</p></main><div class='card-footer'>ท้ายการ์ด</div><footer>สงวน</footer>"
    )
    assert [(b.text[:4], b.zone) for b in found] == [
        ("ตรา", "header"), ("เมนู", "nav"), ("หน้า", "nav"), ("ชื่อ", "main"), ("เนื้", "main"), ("ท้าย", "main"), ("สงวน", "footer"),
    ]  # fmt: skip


def test_a_part_that_is_the_page_is_no_menu() -> None:
    assert {b.zone for b in blocks(f"<div class=menu><h2>แผน</h2><p>{'ข้อความ ' * 50}</p></div><div>ท้าย</div>")} == {"main"}


def test_images_know_their_place() -> None:
    images = page("<p>ก</p><img src='i/a.jpg' alt='ผู้บริหาร' width=100 height='50px'><p>ข</p><img data-src='/b.png' src='x.gif'>"
                  "<div style=\"background:url('bg.jpg')\"></div><img width='100%'>").pages[0].images  # fmt: skip
    assert [(i.url, i.alt, i.width, i.height, i.before) for i in images] == [
        ("http://a.go.th/x/i/a.jpg", "ผู้บริหาร", 100, 50, 1),
        ("http://a.go.th/b.png", "", 0, 0, 2),
        ("http://a.go.th/x/bg.jpg", "", 0, 0, 2),
        ("", "", 0, 0, 2),
    ]


def test_base_address() -> None:
    assert page("<img src=a.jpg>", "<base href='/other/'>").pages[0].images[0].url == "http://a.go.th/other/a.jpg"


def test_forms() -> None:
    document = page(
        "<p>ร้องเรียน</p><form action='/send' method=POST><label>ชื่อ</label><input name=fullname placeholder='ระบุชื่อ'>"
        "<input type=hidden name=token>"
        "<select name=topic><option>ทุจริต</option></select><textarea name=detail></textarea>"
        "<input type=file name=doc><button>ส่ง</button></form><p>ท้าย</p>"
    )
    (form,) = document.forms
    assert (form.action, form.method, form.has_file, form.has_password, form.before) == ("/send", "post", True, False, 1)
    assert form.fields == ("ชื่อ", "ระบุชื่อ", "fullname", "topic", "ทุจริต", "detail", "doc")
    assert form.buttons == ("ส่ง",)


def test_fields_without_a_form_and_login() -> None:
    (form,) = page("<div><input name=user><input type=password name=pw><button>เข้าสู่ระบบ</button></div>").forms
    assert form.has_password
    assert form.buttons == ("เข้าสู่ระบบ",)


def test_form_in_a_table_and_around_a_table() -> None:
    (inner,) = page(
        "<table><tr><td>ค้นหา</td><td><form action=s><input name=q></form></td></tr><tr><td>1</td><td>2</td></tr></table>"
    ).forms
    assert inner.action == "s"
    (outer,) = page(
        "<form action=t><table><tr><td>ชื่อ</td><td><input name=n></td></tr>"
        "<tr><td>เรื่อง</td><td><input name=s></td></tr></table></form>"
    ).forms
    assert outer.fields == ("n", "s")


def test_embeds_and_title() -> None:
    document = page("<iframe src='https://maps.google.com/x'></iframe><object data=a.pdf></object><embed src=b.pdf>",
                    "<title> แผน \n งาน </title><script src='/chat.js'></script>")  # fmt: skip
    assert document.title == "แผน งาน"
    assert set(document.embeds) == {"https://maps.google.com/x", "a.pdf", "b.pdf", "/chat.js"}


def test_title_from_elsewhere() -> None:
    assert page("<h1>ชื่อเรื่อง</h1>").title == "ชื่อเรื่อง"


def test_deep_nesting_is_read_all_the_same() -> None:
    depth = 5 * MAX_DEPTH
    document = page("<div>" * depth + "ลึก" + "</div>" * depth)
    assert document.cause is None
    assert "ลึก" in document.pages[0].text


def test_limits_cut_and_say_so() -> None:
    cut = page("<p>กกกกก</p>" * 100, limits=Limits(text_chars=50))
    assert cut.truncated
    assert len(cut.pages[0].blocks) == 10
    many = page("<table>" + "<tr><td>1</td><td>2</td></tr>" * 50 + "</table>", limits=Limits(rows=10))
    assert many.truncated
    assert len(many.pages[0].blocks) == 10


def test_legacy_charset_under_a_lying_meta() -> None:
    body = "<html><head><meta charset=utf-8></head><body><p>องค์การบริหารส่วนตำบล</p></body></html>".encode("cp874")
    document = read(body, HINTS)
    assert document.pages[0].text == "องค์การบริหารส่วนตำบล"
    assert document.facts["charset"] == "cp874"


@pytest.mark.parametrize(
    "head",
    [
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head></head>',
        "<html><head><meta name=ProgId content=Excel.Sheet></head>",
    ],
)
def test_workbooks_saved_as_pages_have_titles_above_their_tables(head: str) -> None:
    rows = ["<td colspan=3><b>รายงานผลปี ๒๕๖๕</b>", *["<td colspan=3>คำนำของรายงาน"] * 8]
    rows += ["<td>ที่<td>งาน<td>ปัญหา", "<td>1<td>ถนน<td>ไม่มี", "<td>2<td>คลอง<td>"]
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    blocks = read(f"{head}<body><table>{body}</table><table>{body}</table></body></html>".encode()).pages[0].blocks
    assert (blocks[0].kind, blocks[0].text) == ("heading", "รายงานผลปี ๒๕๖๕")
    assert [(block.header, block.cells, block.table) for block in blocks if block.kind == "row"] == [
        (head, cells, table)
        for table in (0, 1)
        for head, cells in ((True, ("ที่", "งาน", "ปัญหา")), (False, ("1", "ถนน", "ไม่มี")), (False, ("2", "คลอง", "")))
    ]
