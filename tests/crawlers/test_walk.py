import pytest
from lxml import html

from crawlers.rows import Row
from crawlers.walk import Walk

PAGE = "http://a.go.th/ita"


def walk():
    return Walk(source=PAGE, base=PAGE, encoding="utf-8")


def row(text, tag="tr"):
    cells = "".join(f"<td>{cell}</td>" for cell in text)
    return html.fromstring(f"<table><tr>{cells}</tr></table>" if tag == "tr" else f"<ul><li>{text}</li></ul>").find(f".//{tag}")


def test_a_link_takes_the_words_around_it():
    at = walk()
    at.head("main", "ITA 2568", 2)
    at.rows += [Row(row(["O13", "รายงาน"]), 3)]
    at.found("a", "http://a.go.th/o13.pdf", "เปิด")
    (link,) = at.links
    assert (link.target, link.text, link.heading, link.section) == ("http://a.go.th/o13.pdf", "เปิด", "ITA 2568", "ITA 2568")
    assert (link.row, link.cells, link.zone) == ("O13 | รายงาน", ("O13", "รายงาน"), "main")


def test_a_row_of_a_table_comes_before_a_list_within_it():
    at = walk()
    at.rows += [Row(row(["O13"]), 3), Row(row("เปิด", "li"), 5)]
    at.found("a", "http://a.go.th/x", "")
    at.rows.pop(0)
    at.found("a", "http://a.go.th/y", "")
    assert [link.row for link in at.links] == ["O13", "เปิด"]


def test_a_link_of_the_frame_takes_its_zones_heading_and_no_row():
    at = walk()
    at.head("main", "ITA 2568")
    at.head("nav", "เมนู")
    at.rows += [Row(row(["O13"]), 3)]
    at.enter_zone("nav", 4)
    at.found("a", "http://a.go.th/x", "x")
    (link,) = at.links
    assert (link.zone, link.heading, link.row, link.section) == ("nav", "เมนู", "", "")


@pytest.mark.parametrize(
    ("zones", "stands"),
    [
        (["nav"], "nav"),
        (["nav", "main"], "nav"),
        (["header", "nav"], "nav"),
        (["main", "header"], "main"),
        (["footer", "header"], "footer"),
    ],
)
def test_a_zone_within_a_zone(zones, stands):
    at = walk()
    for depth, zone in enumerate(zones, start=1):
        at.enter_zone(zone, depth)
    assert at.zone == stands


def test_what_is_no_address_is_no_link_and_what_has_none_is_kept():
    at = walk()
    at.add("a", "http://", "x", "main")
    at.add("a", "", "รอเอกสาร", "main")
    assert [(link.url, link.text) for link in at.links] == [("", "รอเอกสาร")]


def test_the_file_in_a_viewers_address_is_one_more():
    at = walk()
    at.add("iframe", "http://a.go.th/viewer.html?file=/o1.pdf", "o1", "main", "row", ("row",))
    assert [(link.kind, link.url, link.row) for link in at.links] == [
        ("iframe", "http://a.go.th/viewer.html?file=/o1.pdf", "row"),
        ("viewer", "http://a.go.th/o1.pdf", "row"),
    ]


def test_links_have_an_end(monkeypatch):
    monkeypatch.setattr("crawlers.walk.MAX_LINKS", 3)
    at = walk()
    for number in range(5):
        at.add("a", f"http://a.go.th/{number}", "", "main")
    assert (len(at.links), at.room) == (3, 0)
