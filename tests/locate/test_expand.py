"""What an address leads to in one step."""

from __future__ import annotations

import pytest

from ita_rules.locate import SiteView, Titles
from ita_rules.locate.expand import expand, link_years, piece
from ita_rules.run.types import Link
from tests.build import ALL_ITEMS, REPORT, Site, rules

RULES = rules(*ALL_ITEMS)
ITEM = ALL_ITEMS[0]
LONG = "ข้อความยาวพอสมควรของหน้านี้ซึ่งเล่าเรื่องของตนเอง " * 20


def led(site: Site, path: str, index: frozenset[str] = frozenset()) -> list[str]:
    """The addresses that one leads to, itself first."""
    view = SiteView(site.data)
    first = piece(view, site.key(path), site.url(path))
    return [p.url for p in expand(view, first, ITEM, Titles(RULES), index)]


@pytest.mark.parametrize(
    "kind", ["a", "area", "frame", "iframe", "embed", "object", "meta-refresh", "onclick", "script", "viewer"]
)
def test_a_file_behind_any_kind_of_link(kind: str) -> None:
    site = Site().page("/").page("o13", "# รายงาน").link("o13", "a.pdf", "เปิด", kind=kind).file("a.pdf", "# ก")
    assert led(site, "o13") == [site.url("o13"), site.url("a.pdf")]


def test_the_file_of_a_viewers_address() -> None:
    site = Site().page("/").page("view?file=/a.pdf").file("a.pdf", "# ก")
    assert led(site, "view?file=/a.pdf") == [site.url("view?file=/a.pdf"), site.url("a.pdf")]


def test_the_file_of_a_viewer_in_a_frame() -> None:
    site = Site().page("/").page("o13", "# รายงาน").page("view?pdf=/a.pdf").file("a.pdf", "# ก")
    site.link("o13", "view?pdf=/a.pdf", kind="iframe")
    assert site.url("a.pdf") in led(site, "o13")


def test_what_a_framed_page_shows() -> None:
    site = Site().page("/").page("o13", "# รายงาน").page("inner").file("a.pdf", "# ก")
    site.link("o13", "inner", kind="iframe").link("inner", "a.pdf", kind="embed")
    assert led(site, "o13") == [site.url("o13"), site.url("inner"), site.url("a.pdf")]


def test_of_a_list_of_several_things_only_the_items_own() -> None:
    site = Site().page("/").page("docs", "# เอกสาร")
    site.link("docs", "1.pdf", f"{REPORT} 2565").link("docs", "2.pdf", "โครงสร้างหน่วยงาน").link("docs", "3.pdf", "แผนพัฒนาท้องถิ่น")
    assert led(site, "docs") == [site.url("docs"), site.url("1.pdf")]


def test_of_links_that_say_nothing_all_files() -> None:
    site = Site().page("/").page("o13", "# รายงาน")
    for n in range(3):
        site.link("o13", f"{n}.pdf", "ดาวน์โหลด")
    assert len(led(site, "o13")) == 4


def test_no_more_than_a_bounded_number() -> None:
    site = Site().page("/").page("o13", "# รายงาน")
    for n in range(500):
        site.link("o13", f"{n}.pdf", "ดาวน์โหลด")
    assert len(led(site, "o13")) <= 60


def test_menus_home_ita_pages_and_the_page_itself_are_not_led_to() -> None:
    site = Site().page("/").page("o13", "# รายงาน").page("ita", "# ITA")
    site.link("o13", "/", "เปิด").link("o13", "ita", "ITA").link("o13", "o13", "เปิด").link("o13", "m.pdf", "เมนู", zone="nav")
    assert led(site, "o13", frozenset({site.key("ita")})) == [site.url("o13")]


def test_a_thin_page_leads_to_the_page_behind_it_and_a_rich_one_does_not() -> None:
    thin = Site().page("/").page("o13", "# รายงาน").page("more", LONG).link("o13", "more", "อ่านต่อ")
    assert led(thin, "o13") == [thin.url("o13"), thin.url("more")]
    rich = Site().page("/").page("o13", LONG).page("more", LONG).link("o13", "more", "อ่านต่อ")
    assert led(rich, "o13") == [rich.url("o13")]


def test_a_file_is_told_by_what_came_not_by_its_name() -> None:
    site = Site().page("/").file("download?id=3", "# ก").page("page.pdf", "# หน้า")
    view = SiteView(site.data)
    assert piece(view, site.key("download?id=3"), site.url("download?id=3")).role == "file"
    assert piece(view, site.key("nothing"), site.url("nothing")).cause == "not_gathered"


def test_years_of_a_link() -> None:
    assert link_years(None) == set()
    assert link_years(Link("s", "t", "https://a.th/report-2565.pdf", text="เปิด")) == {2565}
    assert link_years(Link("s", "t", "https://a.th/report-2563.pdf", text="ปี 2565")) == {2565}


def test_steps_to_the_next_and_the_last_page_are_no_evidence() -> None:
    site = Site().page("/").page("o13", "# รายงาน").page("o12", "# อื่น").page("o14", "# อื่น").file("a.pdf", "# ก")
    site.link("o13", "o12", "« ก่อนหน้า").link("o13", "o14", "ถัดไป »").link("o13", "a.pdf", "เปิด")
    assert led(site, "o13") == [site.url("o13"), site.url("a.pdf")]


def test_breadcrumbs_lead_back_and_are_no_evidence() -> None:
    site = Site().page("/").page("ita", "# ITA").page("o13", "# รายงาน").link("/", "ita", "ITA").link("ita", "o13", "เปิด")
    site.link("o13", "ita", "หมวดก่อน").page("x").page("y").link("o13", "x", "เล่ม 1").link("o13", "y", "เล่ม 2")
    assert site.url("ita") not in led(site, "o13")
    assert site.url("x") in led(site, "o13")


def test_the_file_in_the_page_that_an_items_page_opens() -> None:
    site = Site().page("/").page("o13", "# รายงาน").page("view-9", "# เอกสาร").file("a.pdf", "# ก").page("far")
    site.link("o13", "view-9", "เปิด").link("view-9", "a.pdf", kind="object").link("view-9", "far", "หน้าอื่น")
    assert led(site, "o13") == [site.url("o13"), site.url("view-9"), site.url("a.pdf")]


def test_the_only_link_of_a_page_is_what_it_shows_whatever_it_is_called() -> None:
    site = Site().page("/").page("o13", "# รายงาน").page("go", "# ย้าย").file("a.pdf", "# ก")
    site.link("o13", "go", "โครงสร้างหน่วยงาน").link("go", "a.pdf", kind="meta-refresh")
    assert led(site, "o13") == [site.url("o13"), site.url("go"), site.url("a.pdf")]


def test_the_day_of_publishing_is_not_the_year_of_the_thing() -> None:
    row = Link("s", "t", "https://a.go.th/a", text=REPORT, row=f"{REPORT} | 8 เม.ย. 2566")
    assert link_years(row) == set()


def test_a_scanned_paper_linked_by_its_words_but_no_photo_of_a_gallery() -> None:
    site = Site().page("/").page("o13", "# รายงาน").link("o13", "scan.jpg", "ดาวน์โหลดเอกสาร").link("o13", "photo.jpg", "")
    site.link("o13", "big.jpg", "big.jpg")
    assert led(site, "o13") == [site.url("o13"), site.url("scan.jpg")]


def test_pictures_of_a_page_that_says_little_are_looked_at() -> None:
    site = Site().page("/").page("o13", "# รายงาน\n![](paper.jpg)").page("long", f"{LONG}\n![](paper.jpg)")
    assert led(site, "o13") == [site.url("o13"), site.url("paper.jpg")]
    assert led(site, "long") == [site.url("long")]


DRIVE = "https://drive.google.com/file/d/{}/view"


def test_share_links_are_files_though_nobody_has_fetched_them() -> None:
    site = Site().page("/").page("o13", f"# {REPORT}\n{LONG}")
    links = [DRIVE.format(f"{n}AbCdEfGhIjKlMnOp") for n in range(3)]
    for url in links:
        site.link("o13", url, "ดาวน์โหลด")
    assert led(site, "o13") == [site.url("o13"), *links]


def test_the_files_of_a_shared_folder() -> None:
    folder = "https://drive.google.com/drive/folders/1AbCdEfGhIjKlMnOp"
    site = Site().page("/").page(folder, "# O13")
    links = [DRIVE.format(f"{n}AbCdEfGhIjKlMnOp") for n in range(3)]
    for url in links:
        site.link(folder, url, "o13.pdf")
    assert led(site, folder) == [folder, *links]


def test_a_short_link_that_names_the_item() -> None:
    site = Site().page("/").page("o13", f"# {REPORT}\n{LONG}")
    site.link("o13", "https://bit.ly/o13", f"{REPORT} 2565").link("o13", "https://bit.ly/x", "แบบสอบถาม")
    site.link("o13", "https://www.other.example/o13", f"{REPORT} 2565")
    assert led(site, "o13") == [site.url("o13"), "https://bit.ly/o13"]
