import time

import pytest
from lxml import html

from crawlers.leads import Leads
from crawlers.links import extract


def links(body):
    return extract(f"<html><body>{body}</body></html>", "http://a.go.th/ita").links


def headings(body):
    return {link.url.rpartition("/")[2]: link.heading for link in links(body)}


@pytest.mark.parametrize(
    "body",
    [
        "<ul><li>O21 จริยธรรม <ul><li>› <a href=/x>คลิก</a></li></ul></li></ul>",
        "<ul><li><a href='#'>O21 จริยธรรม</a><ul><li><a href=/x>คลิก</a></li></ul></li></ul>",
        "<ul><li><span>O21 จริยธรรม</span><ol><li><a href=/x>คลิก</a></li></ol></li></ul>",
        "<ul><li><strong>O21</strong> จริยธรรม<ul><li><a href=/x>คลิก</a></li></ul></li></ul>",
        "<ul><li><p>O21 จริยธรรม</p><div><ul><li><a href=/x>คลิก</a></li></ul></div></li></ul>",
        "<p>O21 จริยธรรม</p><p><a href=/x>เอกสาร</a></p>",
        "<p>O21 จริยธรรม</p><ul><li><a href=/x>เอกสาร</a></li></ul>",
        "<div>O21 จริยธรรม</div><div><a href=/x></a></div>",
        "<div>O20 ประมวล<br><a href=/y>คลิก</a><br>O21 จริยธรรม<br><a href=/x>คลิก</a><br>O22 อื่น<br></div>",
        "<div><div><p>O21 จริยธรรม</p></div></div><div><div><a class=btn href=/x>ดูเอกสาร</a></div></div>",
        "<div class=accordion-item><div class=accordion-header>O21 จริยธรรม</div>"
        "<div class=accordion-body><p><a href=/x>1</a></p></div></div>",
        "<p>O21 จริยธรรม</p><h5>เอกสาร</h5><p>O21 จริยธรรม</p><div><h5>คำสั่ง</h5><a href=/x>ดู</a></div>",
    ],
)
def test_a_line_with_a_code_names_what_comes_after_it(body):
    assert headings(f"<h2>ตัวชี้วัดย่อย 9.4</h2>{body}")["x"] == "O21 จริยธรรม"


@pytest.mark.parametrize(
    ("body", "heading"),
    [
        # The list has ended.
        ("<ul><li>O42 มาตรการ <ul><li><a href=/y>คลิก</a></li></ul></li></ul><p><a href=/x>ลิงก์</a></p>", "9.4"),
        ("<div><p>O42 มาตรการ</p><p><a href=/y>คลิก</a></p></div><div><a href=/x>ลิงก์</a></div>", "9.4"),
        # The entry has no link, and entries before it had theirs nearer than this.
        (
            "<div><ul><li>O41 แผน <a href=/y>คลิก</a></li><li>O42 มาตรการ</li></ul></div><div><a href=/x>ลิงก์</a></div>",
            "9.4",
        ),
        # No entry of the list has a link.
        ("<div><ul><li>O41 แผน</li><li>O42 มาตรการ</li></ul></div><div><a href=/x>ลิงก์</a></div>", "9.4"),
        # Far around a lead that stands alone any heading ends it.
        (
            "<div><div><p>O42 มาตรการ</p></div></div><aside><div><div><p>ก</p><h4>ข่าว</h4></div></div><a href=/x>ก</a></aside>",
            "ข่าว",
        ),
        ("<p>O42 มาตรการ</p><h3>ข่าว</h3><a href=/x>ก</a>", "ข่าว"),
        ("<div><div><div><div><p>O42 ก</p></div></div></div></div><div><div><a href=/x>ก</a></div></div>", "9.4"),
        # Pictures with their captions below: the link of the next entry is not this one's.
        (
            "<div><div><a href=/y><img></a><p>O41 แผน</p></div><div><a href=/x><img></a><p>O42 ก</p></div></div>",
            "9.4",
        ),
        # Nothing but the line's own link.
        ("<p><a href=/y>O42 มาตรการ</a></p><p><a href=/x>ติดต่อเรา</a></p>", "9.4"),
        ("<a href=/y><div><span>O42</span><p>มาตรการ</p></div></a><a href=/x><div>ติดต่อเรา</div></a>", "9.4"),
        # What stands beside the page's own matter.
        ("<article><div>O42 มาตรการ</div></article><div><a href=/x>ลิงก์</a></div>", "9.4"),
        ("<div><p>O42 มาตรการ</p><aside><a href=/x>ลิงก์</a></aside></div>", "9.4"),
        # A code within a line heads nothing.
        ("<p>ดูประกาศ <b>O42</b></p><p><a href=/x>ลิงก์</a></p>", "9.4"),
        # What has a code of its own needs no lead.
        ("<p>O42 มาตรการ</p><p><a href=/x>O43 รายงาน</a></p>", "9.4"),
        ("<p>O42 มาตรการ</p><p>(O43) รายงาน <a href=/x>คลิก</a></p>", "9.4"),
        # The site's frame names itself.
        ("<p>O42 มาตรการ</p><footer><a href=/x>ลิงก์</a></footer>", ""),
    ],
)
def test_where_a_lead_holds_no_longer(body, heading):
    assert headings(f"<h2>9.4</h2>{body}")["x"] == heading


def test_rows_of_a_table_below_the_one_with_the_code():
    rows = (
        "<tr><td>O8</td><td>แผน</td><td></td></tr><tr><td colspan=2>ไตรมาส</td><td><a href=/1>คลิก</a></td></tr>"
        "<tr><td>O9</td><td>รายงาน</td><td><a href=/2>คลิก</a></td></tr><tr><td></td><td></td><td><a href=/3>คลิก</a></td></tr>"
        "<tr><td>หมายเหตุ</td><td></td><td><a href=/4>คลิก</a></td></tr>"
    )
    found = headings(f"<h2>9.2</h2><table>{rows}</table><p><a href=/5>คลิก</a></p>")
    assert found == {"1": "O8 | แผน", "2": "9.2", "3": "O9 | รายงาน | คลิก", "4": "9.2", "5": "9.2"}


def test_two_entries_in_one_row_or_card():
    cells = "<td>O1</td><td><a href=/1>คลิก</a></td><td>O2</td><td><a href=/2>คลิก</a></td>"
    assert [link.cells for link in links(f"<table><tr>{cells}</tr></table>")] == [("O1", "คลิก"), ("O2", "คลิก")]
    body = "<p>O1 โครงสร้าง <a href=/1>คลิก</a></p><p>O2 ผู้บริหาร</p><p><a href=/2>คลิก</a></p>"
    one, two = links(f"<div class='panel-body'>{body}</div>")
    assert (one.row, two.row, two.heading) == ("O1 โครงสร้าง คลิก", "", "O2 ผู้บริหาร")


def test_the_heading_from_before_holds_again():
    body = "<h3>ก</h3><ul><li>O1 โครงสร้าง <ul><li><a href=/1>1</a></li></ul></li><li><a href=/2>2</a></li></ul>"
    assert headings(body) == {"1": "O1 โครงสร้าง", "2": "ก"}


def test_what_a_lead_is():
    (block,) = html.fromstring("<div><p>O1</p></div>").iterchildren()
    leads = Leads()
    assert not leads.names(())
    leads.open("O1", block, 5, is_row=False, has_links=False)
    leads.leave(block)
    assert (leads.text, leads.scope, leads.names(())) == ("O1", 4, True)
    leads.link()
    leads.leave(block)
    assert (leads.text, leads.scope) == ("", -1)


def test_hostile_pages_are_bounded():
    start = time.process_time()
    links("<div>O1 ก" * 3000 + "<a href=/x>x</a>" * 3000)
    links("<p>O1 ก<br>" * 5000 + "<a href=/x>x</a>ก" * 5000)
    links("<b>O1 ก" * 3000 + "<a href=/x>x</a>" * 3000)
    links("<ul><li>ก" * 1500 + "<a href=/x>x</a>" * 1500)
    links("<div class=card>O1 <p>O2 " * 1000 + "<a href=/x>x</a>" * 1000)
    assert time.process_time() - start < 15


def test_a_row_of_several_entries_with_a_link_for_each():
    cells = "<td>มาตรการ<br>ผลตามมาตรการ</td><td>O42<br>O43</td>"
    one, two = links(f"<table><tr>{cells}<td><a href='1.pdf'>เล่มหนึ่ง</a><br><a href='2.pdf'>เล่มสอง</a></td></tr></table>")
    assert (one.cells, two.cells) == (("O42", "เล่มหนึ่ง"), ("O43", "เล่มสอง"))
    (only,) = links(f"<table><tr>{cells}<td><a href='1.pdf'>ทั้งสองเล่ม</a></td></tr></table>")
    assert only.cells == ()
