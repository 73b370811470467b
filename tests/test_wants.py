"""What to gather next: answers first, the form's pages before the rest, files only where an item needs them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ita_rules.run.catalog import SETTING, Catalog
from ita_rules.run.keys import url_key
from ita_rules.run.types import Exchange, Page, Want
from ita_rules.wants import wants
from tests.build import ALL_ITEMS, HOME, REPORT, TITLES, Site, check, item, rules

RULES = rules(*ALL_ITEMS)


def asked(site: Site) -> list[Want]:
    """What is wanted of a run."""
    return wants(site.data, RULES)


def fetched(site: Site) -> list[str]:
    """The addresses to fetch, best first."""
    return [w.url for w in asked(site) if w.kind == "fetch"]


def unread(site: Site, path: str, media: str = "application/pdf", **more: object) -> Site:
    """An address whose body came and was not read yet."""
    key = site.key(path)
    fields = {"final_key": key, "status": 200, "media_type": media, "sha256": f"sha {path}", **more}
    site.data.exchanges[key] = Exchange(key, site.url(path), **fields)  # type: ignore[arg-type]
    return site


def test_the_main_page_before_all() -> None:
    assert [(w.kind, w.url) for w in asked(Site().answer("O1", "a.pdf"))] == [("fetch", HOME)]


def test_answers_and_the_files_of_their_viewers_come_first_and_are_evidence() -> None:
    site = Site().page("/").link("/", "ita-2566", "ITA 2566").answer("O1", "view?file=/a.pdf")
    found = asked(site)
    assert [w.url for w in found[:2]] == [site.url("view?file=/a.pdf"), site.url("a.pdf")]
    assert found[0].evidence
    assert found[1].evidence


def test_pages_that_smell_of_the_form_come_before_others() -> None:
    site = (
        Site().page("/").link("/", "news", "ข่าว").link("/", "x", "การประเมินคุณธรรมและความโปร่งใส ITA 2566").link("/", "z", REPORT)
    )
    order = fetched(site)
    assert order.index(site.url("x")) < order.index(site.url("news"))
    assert order.index(site.url("z")) < order.index(site.url("news"))


def test_every_page_of_the_site_is_wanted_and_no_stranger() -> None:
    site = Site().page("/").link("/", "a", "ก").link("/", "https://sub.example.go.th/", "ข").link("/", "https://other.com/", "ค")
    assert set(fetched(site)) == {site.url("a"), "https://sub.example.go.th/"}


def test_a_page_whose_words_are_still_to_come_is_wanted_as_a_browser_shows_it() -> None:
    loading = "กำลังโหลดข้อมูล..."
    site = Site().page("/").page("o1", f"# โครงสร้าง\n{loading}").page("x", f"# ข่าว\n{loading}").answer("O1", "o1")
    assert [(w.kind, w.url, w.evidence) for w in asked(site) if w.kind == "render"] == [("render", site.url("o1"), True)]
    key = site.key("o1")
    site.data.exchanges[key] = replace(site.data.exchanges[key], rendered="Chromium/1")
    assert not [w for w in asked(site) if w.kind == "render"]


def test_the_viewer_of_a_file_needs_no_browser() -> None:
    loading = "# โครงสร้าง\nกำลังโหลด..."
    viewer = "view.html?file=/a.pdf"
    site = Site().page("/").page(viewer, loading).file("a.pdf", "โครงสร้าง").answer("O1", viewer)
    site = site.page("o2", loading).link("o2", "b.pdf", kind="iframe").file("b.pdf", "ผู้บริหาร").answer("O2", "o2")
    assert not [w for w in asked(site) if w.kind == "render"]


def test_a_page_that_was_not_seen_is_wanted_as_a_browser_shows_it_once() -> None:
    site = Site().page("/").answer("O1", "o1")
    key = site.key("o1")
    site.data.exchanges[key] = Exchange(key, site.url("o1"), final_key=key, cause="needs_javascript")
    assert [w.key for w in asked(site) if w.kind == "render"] == [key]
    site.data.exchanges[key] = replace(site.data.exchanges[key], attempts=2)
    assert not [w for w in asked(site) if w.kind == "render"]


def test_files_are_wanted_only_where_an_item_may_need_them() -> None:
    site = Site().page("/").link("/", "1.pdf", REPORT).link("/", "2.pdf", "ใบสมัครงาน").link("/", "3.jpg", "ภาพกิจกรรม")
    site.link("/", "a.css").link("/", "f", REPORT, kind="form").link("/", "clip.mp4", "วีดิทัศน์")
    assert fetched(site) == [site.url("1.pdf")]


def test_evidence_on_another_host_is_wanted_from_an_ita_page() -> None:
    site = Site().page("/").page("ita", "# ITA 2566").link("/", "ita", "ITA")
    for n, titles in enumerate(TITLES.values(), start=1):
        site.row("ita", f"O{n}", titles[0], to=f"https://drive.google.com/file/d/{n}/view")
    assert "https://drive.google.com/file/d/1/view" in fetched(site)


def test_located_evidence_is_read_first_and_what_nobody_claims_for_its_title_where_items_are_open() -> None:
    site = unread(unread(Site().page("/"), "a.pdf"), "b.pdf")
    site.link("/", "a.pdf", REPORT).link("/", "b.pdf", "ใบสมัครงาน")
    assert [(w.kind, w.url) for w in asked(site)] == [("read", site.url("a.pdf")), ("read", site.url("b.pdf"))]
    assert [(w.kind, w.url) for w in wants(site.data, rules(ALL_ITEMS[0]))] == [("read", site.url("a.pdf"))]


def test_what_failed_or_was_read_is_not_wanted_again() -> None:
    site = Site().page("/").fail("a.pdf", "http_404").file("b.pdf", f"# {REPORT}")
    site.link("/", "a.pdf", REPORT).link("/", "b.pdf", REPORT)
    assert asked(site) == []


def test_a_redirect_is_not_fetched_again() -> None:
    site = Site().page("/").page("new").moved("old", "new").link("/", "old", "ก").link("/", "new", "ก")
    assert fetched(site) == []


@pytest.mark.parametrize(
    "media",
    [
        "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint", "application/rtf", "application/zip",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation", "application/vnd.oasis.opendocument.text",
        "application/gzip", "application/vnd.rar", "application/x-7z-compressed", "multipart/related",
        "application/x-ole-encrypted",
    ],
)  # fmt: skip
def test_office_files_and_archives_are_read(media: str) -> None:
    """Those that no reader opens too: only the reader can say why."""
    site = unread(Site().page("/"), "a.bin", media).answer("O1", "a.bin")
    assert [w.kind for w in asked(site)] == ["read"]


def test_what_no_reader_reads_is_not_read() -> None:
    site = unread(Site().page("/"), "a.mp4", "video/mp4").answer("O1", "a.mp4")
    assert asked(site) == []


def test_the_same_run_wants_the_same_in_the_same_order() -> None:
    site = Site().page("/")
    for n in range(20):
        site.link("/", f"p{n % 7}", f"หน้า {n % 7}").link("/", f"{n}.pdf", REPORT)
    again = replace(site.data, exchanges=dict(reversed(site.data.exchanges.items())))
    assert wants(again, RULES) == asked(site)
    assert len({(w.kind, w.key) for w in asked(site)}) == len(asked(site))


def test_priorities_fall() -> None:
    site = Site().page("/").link("/", "a", "ITA 2566").link("/", "b", "ข่าว").link("/", "c.pdf", REPORT).answer("O2", "d.pdf")
    order = [w.priority for w in asked(site)]
    assert order == sorted(order, reverse=True)


def test_files_of_another_year_are_left_alone_and_so_is_the_list_of_another_year() -> None:
    dated = item("O1", "annual-report", check("period", item="O1", covers="previous_fiscal_year"))
    ruleset = rules(dated, *ALL_ITEMS[1:])
    site = (
        Site()
        .page("/")
        .link("/", "63.pdf", f"{REPORT} 2563")
        .link("/", "65.pdf", f"{REPORT} 2565")
        .page("ita-2565", "# ITA 2565")
    )
    site.link("/", "ita-2565", "ITA 2565").link("/", "waiting", "หน้าอื่น")
    for n, titles in enumerate(TITLES.values(), start=1):
        site.row("ita-2565", f"O{n}", titles[0], "ปี 2565", to=f"old/{n}.bin.pdf")
    files = [w.url for w in wants(site.data, ruleset) if w.url.endswith(".pdf")]
    assert site.url("65.pdf") in files
    assert site.url("63.pdf") not in files


def test_pictures_in_what_was_read_as_evidence_are_wanted_recognised_after_the_texts() -> None:
    site = Site().page("/").answer("O1", "a.pdf", "b.pdf").file("a.pdf", "", of={"pages": (Page(1, cause="no_ocr"),)})
    unread(site, "b.pdf")
    found = [w for w in asked(site) if w.kind in ("read", "ocr")]
    assert [(w.kind, w.url) for w in found] == [("read", site.url("b.pdf")), ("ocr", site.url("a.pdf"))]


def test_a_scan_linked_as_a_picture_is_fetched_where_its_words_name_an_item() -> None:
    site = Site().page("/").link("/", "1.jpg", REPORT).link("/", "2.jpg", "ภาพกิจกรรม").link("/", "3.jpg", "")
    assert [u for u in fetched(site) if u.endswith(".jpg")] == [site.url("1.jpg")]


DRIVE = "https://drive.google.com/file/d/1AbCdEfGhIjKlMnOp/view"


def test_the_share_link_of_a_file_is_wanted_like_the_file() -> None:
    site = Site().page("/").link("/", DRIVE, REPORT).link("/", DRIVE.replace("1A", "2B"), "ใบสมัครงาน")
    assert fetched(site) == [DRIVE]
    assert all(w.evidence for w in asked(site))


def test_a_short_link_is_wanted_where_its_words_name_an_item() -> None:
    site = Site().page("/").link("/", "https://bit.ly/o13", REPORT).link("/", "https://bit.ly/x", "แบบสอบถาม")
    assert fetched(site) == ["https://bit.ly/o13"]


def test_the_data_sets_named_for_items_that_ask_for_them_are_wanted_till_they_are_read() -> None:
    catalog = Catalog("https://catalog.example.go.th/", (("O11", "a"), ("O12", "b"), ("", "c")))
    ruleset = rules(item("O11", "procurement-monthly", check("catalog", item="O11", when={"agency_type": ["department"]})))
    site = Site(kind="department").page("/").meta(settings={SETTING: catalog.as_text()})
    a, c = catalog.address("a"), catalog.address("c")

    def of_catalog() -> list[tuple[str, str]]:
        return [(w.kind, w.url) for w in wants(site.data, ruleset) if w.url.startswith(catalog.url)]

    assert of_catalog() == [("fetch", a), ("fetch", c)]
    site.fail(a, "http_404", attempts=1).file(c, "title", "application/json")
    assert of_catalog() == [("fetch", a)]
    del site.data.documents[site.data.exchanges[url_key(c)].sha256 or ""]
    assert of_catalog() == [("read", c), ("fetch", a)]
    site.fail(a, "http_404").file(c, "<p>", "text/html")
    assert of_catalog() == []
    site.meta(agency_type="local")
    site.data.exchanges = {url_key(HOME): site.data.exchanges[url_key(HOME)]}
    assert of_catalog() == []
