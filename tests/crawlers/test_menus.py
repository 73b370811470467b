import pytest

from crawlers import links
from crawlers.links import extract
from crawlers.menus import Menus, key_of

ITEMS = "".join(
    f"<li><a href='{href}'>เมนู {n}</a></li>" for n, href in enumerate(["/a.html", "b.html", "../c.pdf", "//x.go.th/d"])
)


@pytest.fixture(autouse=True)
def menus(monkeypatch):
    """A memory of menus that no other test filled, and what was taken from it."""
    made = Counted()
    monkeypatch.setattr(links, "_MENUS", made)
    return made


class Counted(Menus):
    def __init__(self):
        super().__init__()
        self.taken = 0

    def get(self, key):
        known, menu = super().get(key)
        self.taken += menu is not None
        return known, menu


def page(menu, *, body="", url="http://a.go.th/ita/index.php"):
    return extract(f"<html><body>{body}<nav>{menu}</nav><p>ข่าว <a href=/own.html>อ่าน</a></p></body></html>", url)


def told(view):
    return [(x.target, x.url, x.kind, x.text, x.heading, x.zone, x.section, x.order) for x in view.links]


def fresh(monkeypatch, *args, **options):
    """A page as it is taken apart by who has seen no other."""
    with monkeypatch.context() as patch:
        patch.setattr(links, "_MENUS", Menus())
        return page(*args, **options)


def test_a_menu_is_taken_apart_once(menus, monkeypatch):
    one, two = page(f"<ul>{ITEMS}</ul>"), page(f"<ul>{ITEMS}</ul>", url="http://a.go.th/ita/second.php")
    assert menus.taken == 1
    assert told(one) == told(two) == told(fresh(monkeypatch, f"<ul>{ITEMS}</ul>"))
    assert [x.source for x in two.links] == ["http://a.go.th/ita/second.php"] * 5
    assert one.content == two.content == "ข่าว อ่าน"


@pytest.mark.parametrize(
    "url",
    ["http://a.go.th/ita/2/index.php", "http://a.go.th/", "http://b.go.th/ita/index.php", "http://a.go.th", "http://b.go.th"],
)
def test_a_page_elsewhere_has_links_of_its_own(url, menus, monkeypatch):
    menu = f"<ul>{ITEMS}</ul>"
    page(menu)
    page(menu, url="http://c.go.th")
    assert told(page(menu, url=url)) == told(fresh(monkeypatch, menu, url=url))


@pytest.mark.parametrize(
    "one",
    [
        "<li><a href='?year=2566'>x</a></li>",
        "<li><a href='#o1.html'>x</a></li>",
        "<li><a href=\"javascript:window.open('?o=1')\">x</a></li>",
        "<li onclick=\"location='?o=1'\">x</li>",
        "<li><form action='?'><input type=hidden name=o value=1><button>x</button></form></li>",
        "<li><iframe src='?o=1'></iframe></li>",
        "<li><iframe srcdoc='<a href=&quot;?o=1&quot;>x</a>'></iframe></li>",
        "<li><link rel=next href='?page=2'></li>",
        "<li><meta http-equiv=refresh content='0;url=second.php'></li>",
        "<li><select><option value='?o=1.php'>x</option></select></li>",
    ],
)
def test_what_looks_at_the_page_around_is_walked_through_on_each(one, menus, monkeypatch):
    menu = f"<ul>{ITEMS}{one}</ul>"
    page(menu)
    for url in ("http://a.go.th/ita/second.php", "http://a.go.th/ita/third.php?x=1"):
        assert told(page(menu, url=url)) == told(fresh(monkeypatch, menu, url=url))
    assert menus.taken == 0


def test_a_heading_goes_on_behind_a_menu(menus, monkeypatch):
    menu = f"<div><ul>{ITEMS}</ul><h3>ภารกิจ</h3><ul>{ITEMS}<li><a href=/e.html>จ</a></li></ul></div><a href=/f.html>ฉ</a>"
    page(menu)
    assert told(page(menu)) == told(fresh(monkeypatch, menu))
    assert page(menu).links[-2].heading == "ภารกิจ"
    assert menus.taken == 4  # both lists, on either page that came after the first


def test_the_heading_before_a_menu_counts(menus, monkeypatch):
    first, second = (f"<h3>{words}</h3><ul>{ITEMS}</ul>" for words in ("หนึ่ง", "สอง"))
    page(first)
    assert {x.heading for x in page(second).links if x.zone == "nav"} == {"สอง"}


def test_of_a_menu_that_marks_its_page_the_rest_is_known(menus, monkeypatch):
    longer = f"{ITEMS}<li><a href=/e>จ</a></li>"
    menus_of = [
        f"<ul><li class='{a}'>ก<ul>{ITEMS}</ul></li><li class='{b}'>ข<ul>{longer}</ul></li><li>ค</li><li>ง</li></ul>"
        for a, b in (("current", ""), ("", "current"))
    ]
    page(menus_of[0])
    assert told(page(menus_of[1])) == told(fresh(monkeypatch, menus_of[1]))
    assert menus.taken >= 2


def test_tabs_of_years_are_seen_in_and_before_a_menu(menus, monkeypatch):
    tabs = f"<ul>{ITEMS}<li><a href='#y2566'>ITA 2566</a></li></ul>"
    body = "<div id=y2566><a href=/o1.pdf>โครงสร้าง</a></div>"

    def view():
        return extract(f"<html><body><nav>{tabs}</nav>{body}</body></html>", "http://a.go.th/")

    first = view()
    assert told(first) == told(view())
    assert first.links[-1].section == "ITA 2566"
    before = "<a href='#n'>ITA 2567</a>"
    menu = f"<ul id=n>{ITEMS}</ul>"
    page(menu)
    assert told(page(menu, body=before)) == told(fresh(monkeypatch, menu, body=before))


def test_parts_within_parts_are_looked_up_only_so_deep(menus, monkeypatch):
    asked = []
    monkeypatch.setattr(links, "key_of", lambda element, *more: asked.append(element) or key_of(element, *more))
    menu = "<div><p>1</p><p>2</p><p>3</p>" * 50 + "<a href='?x=1'>x</a>"
    for _ in range(2):
        page(menu)
        assert len(asked) == 4
        asked.clear()


def test_no_page_has_more_links_for_what_is_known(menus, monkeypatch):
    monkeypatch.setattr("crawlers.walk.MAX_LINKS", 6)
    menu = f"<ul>{ITEMS}</ul>"
    assert len(page(menu).links) == 5
    assert len(page(menu, body=f"<nav><ul>{ITEMS}</ul></nav>").links) == 6


def test_what_was_not_asked_for_longest_is_dropped(monkeypatch):
    monkeypatch.setattr("crawlers.menus._KEPT", 2)
    menus = Menus()
    keys = [(bytes([n]), "", "", "nav", "", False) for n in range(3)]
    menus.put(keys[0], None)
    menus.put(keys[1], None)
    assert menus.get(keys[0]) == (True, None)
    menus.put(keys[2], None)
    assert [menus.get(key)[0] for key in keys] == [True, False, True]
