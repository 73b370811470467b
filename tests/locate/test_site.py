"""A run as a site: ways from the main page, what every page repeats, files behind viewers, completeness."""

from __future__ import annotations

import pytest

from ita_rules.locate import SiteView
from ita_rules.locate.site import looks_like_file, viewer_target
from tests.build import HOME, Site

LONG = " ".join(["ซึ่งเล่าเรื่องของตนเองยาวพอสมควร"] * 6)


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://flowpaper.com/flipbook/?pdf=https://a.go.th/x.pdf", "https://a.go.th/x.pdf"),
        ("https://a.go.th/viewer.html?file=%2Fup%2Fx.pdf", "https://a.go.th/up/x.pdf"),
        ("https://a.go.th/v/?file=x.pdf#page=2", "https://a.go.th/v/x.pdf"),
        ("https://docs.google.com/viewer?url=https://a.go.th/x.docx&embedded=true", "https://a.go.th/x.docx"),
        ("https://a.go.th/page?file=3", ""),
        ("https://a.go.th/x.pdf", ""),
    ],
)
def test_the_file_that_a_viewer_carries(url: str, target: str) -> None:
    assert viewer_target(url) == target


def test_files_by_their_names() -> None:
    assert looks_like_file("https://a.th/X.PDF?v=1")
    assert looks_like_file("https://a.th/(2).pdf")
    assert all(
        looks_like_file(f"https://a.th/x.{end}") for end in ("doc", "xls", "ppt", "pptx", "odp", "rtf", "zip", "rar", "7z")
    )
    assert not looks_like_file("https://a.th/pdf")
    assert not looks_like_file("https://a.th/?f=a.pdf")


def test_the_shortest_way_with_its_words() -> None:
    site = Site().page("/").page("a").page("b").file("c.pdf", "# ก")
    site.link("/", "a", "เมนู").link("a", "b", "ต่อ").link("b", "c.pdf", "ยาว").link("a", "c.pdf", "", heading="รายงาน")
    way = SiteView(site.data).click_path(site.key("c.pdf"))
    assert way == ((HOME, ""), (site.url("a"), "เมนู"), (site.url("c.pdf"), "รายงาน"))


def test_links_in_a_circle_end() -> None:
    site = Site().page("/").page("a").link("/", "a").link("a", "/").link("a", "a")
    view = SiteView(site.data)
    assert view.is_linked(site.key("a"))
    assert not view.is_linked(site.key("b"))
    assert view.click_path(site.key("b")) == ()


def test_own_hosts() -> None:
    view = SiteView(Site().page("/").data)
    assert view.own_host("https://example.go.th/x")
    assert view.own_host("http://oit.example.go.th/x")
    assert not view.own_host("https://notexample.go.th/")
    assert not view.own_host("https://example.go.th.evil.com/")
    assert not view.own_host("")


def test_hosts_that_were_named_are_own_too() -> None:
    view = SiteView(Site().page("/").meta(settings={"hosts": "www.oit.or.th 61.19.34.18:8000"}).data)
    assert all(map(view.own_host, ("https://oit.or.th/x", "http://a.oit.or.th/", "http://61.19.34.18:8000/x", HOME)))
    assert not any(map(view.own_host, ("https://or.th/", "http://61.19.34.19/", "")))


@pytest.mark.parametrize("kind", ["sitemap", "feed"])
def test_what_is_listed_for_machines_is_not_linked(kind: str) -> None:
    site = Site().page("/").page("a").page("b").link("/", "a").link("/", "b", kind=kind).link("a", "b", kind=kind)
    view = SiteView(site.data)
    assert view.is_linked(site.key("a"))
    assert not view.is_linked(site.key("b"))
    assert view.incoming([site.key("b")]) == {site.key("b"): []}
    site.link("a", "b")
    assert SiteView(site.data).is_linked(site.key("b"))


def test_a_map_that_is_not_there_is_no_page_unseen() -> None:
    site = Site().page("/").fail("sitemap.xml", "timeout")
    assert not SiteView(site.data).complete
    assert SiteView(site.meta(settings={"probe": site.key("sitemap.xml")}).data).complete


def test_what_most_pages_repeat_is_the_frame() -> None:
    site = Site().page("/")
    for n in range(10):
        site.page(f"p{n}", f"สำนักงานเปิด 8.30 น.\nเรื่องที่ {n} {LONG}").link(f"p{n}", "menu", "เมนู").link(f"p{n}", f"x{n}", "เอกสาร")
    view = SiteView(site.data)
    links = site.data.links[site.key("p3")]
    assert [view.is_frame_link(x) for x in links] == [True, False]
    document = view.document(site.key("p3"))
    assert document is not None
    assert [x.text for x in view.lines(document)] == [f"เรื่องที่ 3 {LONG}"]


def test_a_page_that_would_be_empty_without_the_frame_keeps_it() -> None:
    site = Site().page("/")
    for n in range(10):
        site.page(f"p{n}", "ข่าวล่าสุด\nประชุมสภา")
    view = SiteView(site.data)
    document = view.document(site.key("p3"))
    assert document is not None
    assert [x.text for x in view.lines(document)] == ["ข่าวล่าสุด", "ประชุมสภา"]


def test_few_pages_have_no_frame() -> None:
    site = Site().page("/", "เหมือนกัน").page("a", "เหมือนกัน").link("/", "menu", "เมนู").link("a", "menu", "เมนู")
    view = SiteView(site.data)
    assert view.frame == frozenset()
    assert not view.is_frame_link(site.data.links[site.key("a")][0])


def _site(pages: int) -> Site:
    site = Site().page("/")
    for n in range(pages - 1):
        site.page(f"p{n}").link("/", f"p{n}")
    return site


@pytest.mark.parametrize("cause", ["timeout", "http_500", "blocked", "budget", "dns", "internal_error"])
def test_more_than_two_in_a_hundred_unread_pages_make_a_crawl_incomplete(cause: str) -> None:
    assert SiteView(_site(100).fail("x", cause).data).complete
    assert not SiteView(_site(100).fail("x", cause).fail("y", cause).fail("z", cause).data).complete


@pytest.mark.parametrize("cause", ["robots", "login", "http_404", "http_410", "soft_404"])
def test_closed_and_missing_pages_leave_it_complete(cause: str) -> None:
    assert SiteView(_site(3).fail("x", cause).fail("y", cause).data).complete


def test_files_pictures_and_strangers_that_nobody_wanted_leave_it_complete() -> None:
    site = _site(3).link("/", "a.pdf").link("/", "b.jpg").link("/", "https://other.go.th/").link("/", "c", kind="img")
    assert SiteView(site.fail("https://other.go.th/", "timeout").data).complete


def test_a_stopped_crawl_and_an_empty_one_are_incomplete() -> None:
    assert not SiteView(_site(3).meta(stopped_by="budget").data).complete
    assert not SiteView(Site().data).complete


def test_the_file_of_a_viewer_on_a_page_in_the_old_thai_code_page() -> None:
    assert viewer_target("https://a.go.th/v?file=/%E1%BC%B9.pdf") == "https://a.go.th/แผน.pdf"


def test_breadcrumbs_are_no_content() -> None:
    site = (
        Site()
        .page("/")
        .page("ita", "# ITA")
        .link("/", "ita", "ITA 2566")
        .page("o1", "# รายงาน\nITA 2566 > รายงาน\nตามแผน ITA 2566")
    )
    site.link("ita", "o1", "เปิด").link("o1", "ita", "ITA 2566").link("o1", "o2", "ถัดไป").page("o2")
    view = SiteView(site.data)
    read = view.document(site.key("o1"))
    assert read is not None
    assert [line.text for line in view.lines(read)] == ["รายงาน", "ตามแผน ITA 2566"]


def test_a_line_that_stands_twice_counts_once() -> None:
    site = Site().page("/").page("a", "กขค\nกขค\nงจ")
    view = SiteView(site.data)
    read = view.document(site.key("a"))
    assert read is not None
    assert view.letters(read) == 5


def test_the_pages_above_one_are_those_on_the_way_to_it() -> None:
    site = Site().page("/").page("a").page("b").link("/", "a").link("a", "b").link("b", "a", "กลับ")
    assert SiteView(site.data).above(site.key("b")) == {site.key("/"), site.key("a")}


def test_the_links_that_lead_to_an_address_in_the_order_of_their_pages() -> None:
    site = Site().page("/").page("a").link("/", "b", "หนึ่ง").link("/", "a").link("a", "b", "สอง").link("a", "b", "สาม")
    found = SiteView(site.data).incoming({site.key("b"), site.key("c")})
    assert [link.text for link in found[site.key("b")]] == ["หนึ่ง", "สอง", "สาม"]
    assert found[site.key("c")] == []
