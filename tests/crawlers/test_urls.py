import pytest

from crawlers.urls import Scope, resolve, variants, wire

BASE = "http://www.a.go.th/ita/2566/index.php?id=1#top"


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("o1.html", "http://www.a.go.th/ita/2566/o1.html"),
        ("/o1.html", "http://www.a.go.th/o1.html"),
        ("?id=2", "http://www.a.go.th/ita/2566/index.php?id=2"),
        ("//b.go.th/x", "http://b.go.th/x"),
        ("\\\\b.go.th\\x", "http://b.go.th/x"),
        ("..\\files\\a b.pdf", "http://www.a.go.th/ita/files/a b.pdf"),
        (" \n/a\n.pdf\t ", "http://www.a.go.th/a.pdf"),
        ("/แผน 2566.pdf", "http://www.a.go.th/แผน 2566.pdf"),
        ("https://b.go.th/ก", "https://b.go.th/ก"),
        ("HTTP://B.go.th/ก", "http://B.go.th/ก"),
        ("http:o2.html", "http://www.a.go.th/ita/2566/o2.html"),
        ("https:/b.go.th/x", "https://b.go.th/x"),
        ("mailto:x@a.go.th", ""),
        ("javascript:void(0)", ""),
        ("tel:02", ""),
        ("data:text/html,x", ""),
        ("http://", ""),
        ("http://[::1", ""),
        ("http://a.go.th:port/", ""),
        ("/" + "x" * 5000, ""),
        ("http://b.go.th/x/../.y/./z", "http://b.go.th/.y/z"),
        ("http://b.go.th//x/../y", "http://b.go.th//x/../y"),
        ("/item/{{ id }}", ""),
        ("/item/${id}", ""),
        ("/item/<%= id %>", ""),
        ("/{3F2504E0}/x", "http://www.a.go.th/{3F2504E0}/x"),
    ],
)
def test_links_are_read_as_a_browser_does(href, url):
    assert resolve(BASE, href) == url


def test_a_query_is_encoded_as_the_page_is():
    assert resolve(BASE, "/s.php?q=กข&x=1", "cp874") == "http://www.a.go.th/s.php?q=%A1%A2&x=1"
    assert resolve(BASE, "/ก.php?q=ก", "cp874").startswith("http://www.a.go.th/ก.php")


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("http://a.go.th/แผน 1.pdf", "http://a.go.th/%E0%B9%81%E0%B8%9C%E0%B8%99%201.pdf"),
        ("http://a.go.th/%e0%b9%81.pdf?x=%20a b#c", "http://a.go.th/%e0%b9%81.pdf?x=%20a%20b"),
        ("http://a.go.th/100%.pdf", "http://a.go.th/100%25.pdf"),
        ("http://a.go.th", "http://a.go.th/"),
        ("http://u:p@a.go.th:8080/", "http://a.go.th:8080/"),
        ("http://ทดสอบ.ไทย/", "http://xn--l3cfk7dp.xn--o3cw4h/"),
        ("http://[::1]:81/", "http://[::1]:81/"),
        ("http://a go.th/", ""),
        ("ftp://a.go.th/", ""),
        ("http://a.go.th/(2)+x,y;z.pdf", "http://a.go.th/(2)+x,y;z.pdf"),
    ],
)
def test_what_goes_over_the_wire(url, sent):
    assert wire(url) == sent


def test_variants_of_a_start_address():
    assert set(variants("http://www.a.go.th/x")) == {"https://www.a.go.th/x", "http://a.go.th/x", "https://a.go.th/x"}
    assert variants("http://127.0.0.1:8000/") == []
    assert variants("http://localhost/") == []
    assert variants("http://a.go.th:8080/") == ["http://www.a.go.th:8080/"]


@pytest.mark.parametrize(
    ("url", "inside"),
    [
        ("https://a.go.th/x", True),
        ("http://www.a.go.th:8080/", True),
        ("http://ita.a.go.th/", True),
        ("http://a.go.th.evil.com/", False),
        ("http://xa.go.th/", False),
        ("http://go.th/", False),
        ("http://b.go.th/", False),
        ("http://[", False),
    ],
)
def test_scope(url, inside):
    assert Scope(["http://www.a.go.th/"]).covers(url) is inside


def test_scope_takes_further_hosts():
    scope = Scope(["http://www.a.go.th/"], ["oit.b.go.th", "www.c.or.th", "127.0.0.2:8001", "d.go.th:port", "[", ""])
    inside = ("https://oit.b.go.th/x", "http://x.oit.b.go.th/", "http://c.or.th/", "http://127.0.0.2:8001/y", "http://a.go.th/")
    assert all(map(scope.covers, inside))
    assert not any(map(scope.covers, ("http://b.go.th/", "http://127.0.0.2/", "http://d.go.th/", "http://or.th/", "http:///")))


def test_scope_of_an_address_is_its_port():
    scope = Scope(["http://127.0.0.1:18401/"])
    assert scope.covers("http://127.0.0.1:18401/x")
    assert not scope.covers("http://127.0.0.1:18402/x")
    assert not scope.covers("http://127.0.0.1/x")


def test_scope_on_a_shared_host_is_a_folder():
    scope = Scope(["https://sites.google.com/view/agency/home"])
    assert scope.covers("https://sites.google.com/view/agency")
    assert scope.covers("https://sites.google.com/view/agency/ita/o1")
    assert not scope.covers("https://sites.google.com/view/agency2/ita")
