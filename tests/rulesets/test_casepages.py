"""The little mark-up of cases."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ita_rules.rulesets.casepages import parse_pages


def test_headings_paragraphs_items_and_title() -> None:
    page = parse_pages("# รายงาน\nย่อหน้า  สอง\n- ข้อหนึ่ง\n### ลึก\n")[0]
    assert [(b.kind, b.text, b.level) for b in page.blocks] == [
        ("heading", "รายงาน", 1),
        ("text", "ย่อหน้า สอง", 0),
        ("item", "ข้อหนึ่ง", 0),
        ("heading", "ลึก", 3),
    ]
    assert page.title == "รายงาน"
    assert page.headings == ("รายงาน", "ลึก")


def test_the_first_row_of_a_table_is_its_headings() -> None:
    page = parse_pages("| ก | ข |\n|---|---|\n| 1 |  |\nคั่น\n| ค | ง |")[0]
    rows = [(b.cells, b.table, b.header) for b in page.blocks if b.kind == "row"]
    assert rows == [(("ก", "ข"), 0, True), (("1", ""), 0, False), (("ค", "ง"), 1, True)]


def test_pictures_forms_embeds_and_links() -> None:
    page = parse_pages("# ก\n![รูปนายก](a.jpg)\n[embed: https://m.me/x]\n[form: ชื่อ, password, file -> ส่ง]\n[link: ดู -> b.pdf]")[0]
    assert [(i.alt, i.url, i.before) for i in page.images] == [("รูปนายก", "a.jpg", 1)]
    assert page.embeds == ["https://m.me/x"]
    form = page.forms[0]
    assert (form.fields, form.buttons, form.has_password, form.has_file) == (("ชื่อ", "password", "file"), ("ส่ง",), True, True)
    link = page.links[0]
    assert (link.text, link.url, link.heading) == ("ดู", "b.pdf", "ก")


def test_a_page_line_begins_the_next_page() -> None:
    assert [p.title for p in parse_pages("# ก\n=== page ===\n# ข")] == ["ก", "ข"]


@given(st.text(alphabet="#| -![](){}<>=abกข:\n", max_size=200))
def test_any_text_gives_pages(text: str) -> None:
    pages = parse_pages(text)
    assert pages
    assert all("\n" not in b.text for p in pages for b in p.blocks)
