import pytest
from lxml import etree

from crawlers.lines import above, around, begun_by, over_list


def first(body, path):
    return etree.HTML(f"<body>{body}</body>").find(f".//{path}")


@pytest.mark.parametrize(
    ("body", "line", "has_words"),
    [
        ("<p>แผน <a>คลิก</a></p>", "แผน คลิก", True),
        ("<div>ก<br><b>แผน</b> ปี 2567 <span>(<a>คลิก</a>)</span> ค<p>ง</p></div>", "แผน ปี 2567 (คลิก) ค", True),
        ("<div>ก<span>ข<br></span> <a>คลิก</a><span><br>ค</span></div>", "คลิก", False),
        ("<p><a>คลิก</a> | <a>แผน</a> <i><a>ข</a></i></p>", "คลิก | แผน ข", False),
        ("<td>1. <a>คลิก</a></td>", "1. คลิก", False),
        ("<p><img><a>คลิก</a><img> แผน</p>", "คลิก แผน", True),
    ],
)
def test_the_line_around_a_link(body, line, has_words):
    assert around(first(body, "a")) == (line, has_words)


def test_a_line_is_cut():
    line, _ = around(first(f"<p>{'ก' * 500}<a>คลิก</a></p>", "a"))
    assert len(line) == 300


@pytest.mark.parametrize(
    ("body", "path", "tail", "line"),
    [
        ("<li>O1 ก <b>ข</b> ค<ul><li>ง</li></ul></li>", "li", False, "O1 ก ข ค"),
        ("<p>• <b>O1</b> ก<br>ข</p>", "b", False, "O1 ก"),
        ("<p>ดู <b>O1</b> ก</p>", "b", False, ""),
        ("<p>ก<br>O1 ข</p>", "br", True, "O1 ข"),
        ("<p><b>1.</b> O1 ข</p>", "b", True, "O1 ข"),
        ("<p><b>ก</b> O1 ข</p>", "b", True, ""),
        ("<div>ก<p>ข</p>O1 ค</div>", "p", True, "O1 ค"),
    ],
)
def test_the_line_that_begins_with_a_text(body, path, tail, line):
    assert begun_by(first(body, path), tail=tail) == line


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("<p>แผน</p><p><a>คลิก</a></p>", "แผน"),
        ("<p>แผน</p><p>&nbsp;</p><p>- <a>คลิก</a></p>", "แผน"),
        ("<div>ก<br><b>แผน</b> ปี 2567<br><a>คลิก</a></div>", "แผน ปี 2567"),
        ("<div>แผน<p><a>คลิก</a></p></div>", "แผน"),
        ("<div><div><p>แผน</p></div></div><div><div><a>คลิก</a></div></div>", "แผน"),
        (f"<p>{'ก' * 121}</p><p><a>คลิก</a></p>", ""),
        ("<p>แผน</p><p><a>1</a></p><p><a id=x>คลิก</a></p>", ""),
        ("<p>แผน <a>1</a></p><p><a id=x>คลิก</a></p>", ""),
        ("<p>ก</p><h3>แผน</h3><p><a>คลิก</a></p>", ""),
        ("<p>ก</p><ul><li>แผน</li></ul><p><a>คลิก</a></p>", ""),
        ("<table><tr><td>แผน</td><td><p><a>คลิก</a></p></td></tr></table>", ""),
        ("<p><a>คลิก</a></p>", ""),
    ],
)
def test_the_line_above_a_link(body, line):
    page = etree.HTML(f"<body>{body}</body>")
    link = page.find(".//a[@id]")
    assert above(page.find(".//a") if link is None else link) == line


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("<ul><li>แผน<ul id=x></ul></li></ul>", "แผน"),
        ("<ul><li><a href='#'>แผน</a> <b>2567</b><div><ol id=x></ol></div></li></ul>", "แผน 2567"),
        ("<ul><li>ก<ul></ul>แผน<ul id=x></ul></li></ul>", "แผน"),
        ("<ul><li>ก<ul></ul><ul id=x></ul></li></ul>", ""),
        (f"<ul><li>{'ก' * 121}<ul id=x></ul></li></ul>", ""),
        ("<ul><li>- <ul id=x></ul></li></ul>", ""),
        ("<ul><li><table><tr><td>ก<ul id=x></ul></td></tr></table></li></ul>", ""),
    ],
)
def test_the_words_over_a_list(body, line):
    assert over_list(first(body, "*[@id='x']")) == line


@pytest.mark.parametrize(
    "note", ["เผยแพร่เมื่อ 3 มีนาคม 2565 เวลา 09.30 น.", "ขนาดไฟล์ 1.2 MB", "เปิดอ่าน 34 ครั้ง", "Updated 4 Feb 2022", "ลงวันที่ 9 ก.พ. 65"]
)
def test_a_note_on_a_file_does_not_name_it(note):
    page = etree.HTML(f"<body><div><div>แผนอัตรากำลัง</div><div>{note}</div><div><a>เปิด</a></div></div></body>")
    assert above(page.find(".//a")) == "แผนอัตรากำลัง"


@pytest.mark.parametrize("name", ["มีนาคม 2565", "ประกาศ ลงวันที่ 9 ก.พ. 65"])
def test_a_month_or_a_dated_paper_is_a_name(name):
    page = etree.HTML(f"<body><div><div>รายการ</div><div>{name}</div><div><a>เปิด</a></div></div></body>")
    assert above(page.find(".//a")) == name
