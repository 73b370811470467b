"""ITA pages: lists of the form's items, by codes or titles; where both disagree the title tells."""

from __future__ import annotations

import pytest

from ita_rules.locate import Locator, SiteView, Titles
from ita_rules.locate.itapage import ita_pages, links_of_item, unseen_lists
from ita_rules.rulesets.types import Item
from tests.build import ALL_ITEMS, TITLES, Site, rules

RULES = rules(*ALL_ITEMS)
NAMES = [t[0] for t in TITLES.values()]


def listed(path: str = "ita-2566", heading: str = "# ITA 2566", shift: int = 0, site: Site | None = None) -> Site:
    """A site with one page that lists every item; codes shifted by `shift`."""
    site = site or Site().page("/")
    site.page(path, heading).link("/", path, path)
    for n, name in enumerate(NAMES, start=1):
        site.row(path, f"O{n + shift}", name, "เปิด", to=f"{path}/{n}.pdf").file(f"{path}/{n}.pdf", f"# {name} {path}")
    return site


def pages(site: Site) -> list[tuple[str, set[int]]]:
    """The ITA pages of a site with their years."""
    return [(p.key, set(p.years)) for p in ita_pages(SiteView(site.data), RULES, Titles(RULES))]


def targets(site: Site, wanted: Item) -> list[tuple[str, str]]:
    """Addresses of an item's links on the first ITA page, with how each was recognised."""
    view, titles = SiteView(site.data), Titles(RULES)
    page = ita_pages(view, RULES, titles)[0]
    return [(link.url, how) for link, how in links_of_item(view, page, wanted, titles)]


@pytest.mark.parametrize(
    ("path", "words", "more", "unseen"),
    [
        ("ita", "ITA", {}, 1),
        ("ita-2566", "ITA 2566", {}, 1),
        ("x", "การประเมินคุณธรรมและความโปร่งใส", {}, 1),
        ("x", "เมนู", {"title": "การเปิดเผยข้อมูลสาธารณะ (OIT)"}, 1),
        ("ita-2563", "ITA 2563", {}, 0),
        ("digital", "Capital", {}, 0),
        ("ita", "ITA", {"cause": "http_404"}, 0),
        ("ita", "ITA", {"cause": "login"}, 0),
        ("ita", "ITA", {"cause": "timeout"}, 1),
        ("ita", "ITA", {"cause": "blocked"}, 1),
        ("ita", "ITA", {"cause": "http_503"}, 1),
        ("ita/o13.pdf", "ITA", {"cause": "timeout"}, 0),
    ],
)
def test_a_list_of_the_form_that_could_not_be_looked_at_may_hold_any_item(
    path: str, words: str, more: dict[str, str], unseen: int
) -> None:
    site = Site().page("/").fail(path, **{"cause": "needs_javascript", **more}).link("/", path, words)
    assert unseen_lists(SiteView(site.data), RULES) == unseen
    assert all(bool(Locator(SiteView(site.data), RULES).locate(item).unread) == bool(unseen) for item in RULES.items)


def test_a_list_of_codes_is_an_ita_page_of_the_year_its_heading_says() -> None:
    site = listed()
    assert pages(site) == [(site.key("ita-2566"), {2566})]


def test_three_years_side_by_side_the_asked_one_first() -> None:
    site = listed("ita-2565", "# ITA 2565")
    listed("ita-2567", "# ITA 2567", site=site)
    listed("ita-2566", "# ITA ปีงบประมาณ พ.ศ. ๒๕๖๖", site=site)
    assert [years for _, years in pages(site)] == [{2566}, {2565}, {2567}]


def test_a_title_that_names_another_year_than_the_address_tells() -> None:
    assert pages(listed("ita-2564", "# ITA 2566"))[0][1] == {2566}


def test_a_year_only_in_the_address() -> None:
    assert pages(listed("ita-2566", "# การประเมินคุณธรรม"))[0][1] == {2566}


def test_a_list_without_codes_is_known_by_its_titles() -> None:
    site = Site().page("/").page("ita", "# ITA 2566")
    for n, name in enumerate(NAMES):
        site.link("ita", f"{n}.pdf", name)
    assert len(pages(site)) == 1


def test_news_with_dates_and_telephone_lists_are_no_ita_pages() -> None:
    site = Site().page("/").page("news", "# ข่าว").page("phones", "# สมุดโทรศัพท์")
    for n in range(1, 10):
        site.row("news", f"0{n}/10/2565", f"เรื่องที่ {n}", to=f"n{n}").row("phones", f"ห้อง {n}", f"0{n}-1234-567{n}", to=f"p{n}")
    assert pages(site) == []


def test_menus_are_no_ita_page() -> None:
    site = Site().page("/")
    for n, name in enumerate(NAMES, start=1):
        site.link("/", f"o{n}", f"O{n} {name}", zone="nav")
    assert pages(site) == []


def test_an_item_is_found_by_its_code_and_title() -> None:
    site = listed()
    assert targets(site, ALL_ITEMS[0]) == [(site.url("ita-2566/1.pdf"), "code")]


def test_codes_shifted_by_one_where_the_title_tells() -> None:
    site = listed(shift=1)
    assert targets(site, ALL_ITEMS[1]) == [(site.url("ita-2566/2.pdf"), "title")]
    assert targets(site, ALL_ITEMS[0]) == [(site.url("ita-2566/1.pdf"), "title")]


def test_a_code_without_any_title_counts() -> None:
    site = Site().page("/").page("ita", "# ITA 2566")
    for n in range(1, 8):
        site.row("ita", f"O{n}", "เปิด", to=f"{n}.pdf")
    assert targets(site, ALL_ITEMS[2]) == [(site.url("3.pdf"), "code")]


def test_a_link_that_leads_nowhere_is_still_the_items_link() -> None:
    site = Site().page("/").page("ita", "# ITA 2566")
    for n, name in enumerate(NAMES, start=1):
        site.row("ita", f"O{n}", name, to="#")
    assert targets(site, ALL_ITEMS[0]) == [("", "code")]


def test_of_years_side_by_side_on_one_page_only_the_asked_ones() -> None:
    site = Site().page("/").page("ita", "# ITA").link("/", "ita", "ITA")
    for year in (2565, 2566):
        for n, name in enumerate(NAMES, start=1):
            site.row("ita", f"O{n}", name, to=f"{year}/{n}.pdf", section=f"ปี {year}").file(f"{year}/{n}.pdf", f"# {name} {year}")
    view, titles = SiteView(site.data), Titles(RULES)
    page = ita_pages(view, RULES, titles)[0]
    assert page.years >= {2566}
    assert [link.url for link, _ in links_of_item(view, page, ALL_ITEMS[0], titles, 2566)] == [site.url("2566/1.pdf")]


def test_a_page_of_one_year_under_another_heading_is_left_whole() -> None:
    site = Site().page("/").page("ita", "# ITA").link("/", "ita", "ITA")
    for n, name in enumerate(NAMES, start=1):
        site.row("ita", f"O{n}", name, to=f"{n}.pdf", section="ปี 2565")
    view, titles = SiteView(site.data), Titles(RULES)
    page = ita_pages(view, RULES, titles)[0]
    assert len(links_of_item(view, page, ALL_ITEMS[0], titles, 2566)) == 1


def test_the_page_of_a_sub_indicator_lists_items_and_is_of_the_year_of_the_way_to_it() -> None:
    site = Site().page("/").page("ita", "# การเปิดเผยข้อมูล ปี 2566").page("9-3", "# ตัวชี้วัดย่อยที่ 9.3")
    site.link("/", "ita", "ITA").link("ita", "9-3", "9.3")
    for n in (1, 2, 3):
        site.link("9-3", f"o{n}", f"O{n} {NAMES[n - 1]}").page(f"o{n}", f"# {NAMES[n - 1]}")
    assert pages(site) == [(site.key("9-3"), {2566})]


def test_two_codes_on_an_ordinary_page_are_no_list() -> None:
    site = Site().page("/").page("news", "# ข่าว").link("/", "news", "ข่าว")
    for n in (1, 2, 3):
        site.link("news", f"o{n}", f"O{n} {NAMES[n - 1]}")
    assert pages(site) == []


def test_a_year_in_the_headings_of_the_main_page_is_not_that_of_the_list() -> None:
    site = Site().page("/", "# ประกาศ OIT งบประมาณ พ.ศ. 2565").page("form", "# การเปิดเผยข้อมูล").link("/", "form", "ITA")
    for n, name in enumerate(NAMES, start=1):
        site.row("form", f"O{n}", name, to=f"{n}.pdf")
    assert pages(site) == [(site.key("form"), set())]


def unread(site: Site) -> int:
    """How much may hold the annual report, which is not located."""
    wanted = next(item for item in RULES.items if "annual-report" in item.concepts)
    found = Locator(SiteView(site.data), RULES).locate(wanted)
    assert found.candidates == ()
    return found.unread


def test_on_a_list_that_names_most_items_an_entry_in_other_words_leaves_doubt_of_what_is_not_located() -> None:
    site = Site().page("/").page("ita-2566", "# ITA 2566").link("/", "ita-2566", "ITA 2566").file("x.pdf", "# x")
    for n, name in enumerate(NAMES[1:], start=2):
        site.row("ita-2566", f"O{n}", name, "เปิด", to=f"{n}.pdf").file(f"{n}.pdf", f"# {name}")
    assert unread(site) == 0
    assert unread(site.row("ita-2566", "สรุปสิ่งที่ได้ทำไปแล้ว", "เปิด", to="x.pdf")) == 1


def test_without_such_a_list_only_entries_that_are_somewhat_like_an_item_leave_doubt() -> None:
    site = Site().page("/").page("news", "# ข่าว").link("/", "news", "ข่าว").page("a", "# ก").page("b", "# ข")
    assert unread(site.link("news", "a", "ภาพกิจกรรมวันเด็กแห่งชาติ")) == 0
    assert unread(site.link("news", "b", "แผนพัฒนา")) == 1


def test_entries_of_other_years_and_ways_back_leave_no_doubt() -> None:
    site = Site().page("/").page("news", "# ข่าว").link("/", "news", "ข่าว").page("b", "# ข")
    site.link("news", "b", "แผนพัฒนา 2560").link("news", "/", "แผนพัฒนา")
    assert unread(site) == 0


def test_a_list_of_the_form_that_shows_more_when_something_is_sent_may_hold_any_item() -> None:
    shown, sent = (Site().page("/").page("ita", "# ITA", detail=d).link("/", "ita", "ITA") for d in ("", "sent: form"))
    assert (unseen_lists(SiteView(shown.data), RULES), unseen_lists(SiteView(sent.data), RULES)) == (0, 1)
