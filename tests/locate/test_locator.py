"""Locating: answers first, then ITA pages by code and title, menus and headings; a hint never replaces an answer."""

from __future__ import annotations

from ita_rules.locate import Located
from ita_rules.locate.types import Candidate
from ita_rules.model import LocatedBy
from ita_rules.rulesets.types import RuleSet
from tests.build import ALL_ITEMS, REPORT, TITLES, Site, check, item, locator, rules

REPORT_ITEM = item("O1", "annual-report", check("answered", item="O1"), check("period", item="O1", covers="previous_fiscal_year"))
RULES = rules(REPORT_ITEM, *ALL_ITEMS[1:])


def located(site: Site, item_id: str = "O1", ruleset: RuleSet = RULES) -> Located:
    """What is located for an item."""
    wanted = ruleset.item(item_id)
    assert wanted is not None
    return locator(site, ruleset).locate(wanted)


def urls(candidate: Candidate) -> list[str]:
    """The addresses of a candidate."""
    return [p.url for p in candidate.pieces]


def with_ita(year: int = 2566, first: str = "1.pdf") -> Site:
    """A site with an ITA page of a year."""
    path = f"ita-{year}"
    site = Site().page("/").page(path, f"# ITA {year}").link("/", path, path)
    for n, titles in enumerate(TITLES.values(), start=1):
        to = first if n == 1 else f"{n}.pdf"
        site.row(path, f"O{n}", titles[0], "เปิด", to=to).file(to, f"# {titles[0]}")
    return site


def test_an_answer_is_the_evidence_though_better_stands_elsewhere() -> None:
    site = Site().page("/").file("old.pdf", f"# {REPORT} 2560").file("new.pdf", f"# {REPORT} 2565")
    site.link("/", "new.pdf", f"{REPORT} 2565").answer("O1", "old.pdf")
    found = located(site)
    assert found.state == "given"
    assert [urls(c) for c in found.candidates] == [[site.url("old.pdf")]]
    assert found.candidates[0].located_by is LocatedBy.ANSWER


def test_several_addresses_and_rows_of_one_item_belong_together() -> None:
    site = (
        Site()
        .page("/")
        .file("1.pdf", "# ก")
        .file("2.pdf", "# ข")
        .file("3.pdf", "# ค")
        .answer("O1", "1.pdf", "2.pdf")
        .answer("O1", "3.pdf")
    )
    assert urls(located(site).candidates[0]) == [site.url("1.pdf"), site.url("2.pdf"), site.url("3.pdf")]


def test_no_answer_has_a_hint_and_keeps_its_note() -> None:
    site = Site().page("/").file("new.pdf", f"# {REPORT} 2565").link("/", "new.pdf", f"{REPORT} 2565")
    found = located(site.answer("O1", has=False, note="อยู่ระหว่างจัดทำ"))
    assert (found.state, found.said_no, found.note, found.hint) == ("no_answer", True, "อยู่ระหว่างจัดทำ", site.url("new.pdf"))


def test_an_ita_page_as_answer_stands_for_the_items_row_and_proves_nothing_itself() -> None:
    site = with_ita().answer("O1", "ita-2566")
    pieces = located(site).candidates[0].pieces
    assert [(p.url, p.index) for p in pieces] == [(site.url("ita-2566"), True), (site.url("1.pdf"), False)]


def test_an_ita_page_whose_row_leads_nowhere_gives_no_evidence() -> None:
    site = with_ita(first="#").answer("O1", "ita-2566")
    assert [(p.key, p.index) for p in located(site).candidates[0].pieces] == [(site.key("ita-2566"), True), ("", False)]


def test_a_row_that_leads_back_to_the_main_page_leads_to_no_evidence() -> None:
    site = Site().page("/").page("ita-2566", "# ITA 2566").link("/", "ita-2566", "ITA 2566")
    for n, titles in enumerate(TITLES.values(), start=1):
        site.row("ita-2566", f"O{n}", titles[0], "เปิด", to="/" if n == 1 else f"{n}.pdf").file(f"{n}.pdf", f"# {titles[0]}")
    assert located(site).state == "none"
    pieces = located(site.answer("O1", "ita-2566")).candidates[0].pieces
    assert [(p.key, p.index) for p in pieces] == [(site.key("ita-2566"), True), ("", False)]


def test_without_answers_the_ita_page_of_the_year_comes_first() -> None:
    site = with_ita()
    site.file("other.pdf", f"# {REPORT}").link("/", "other.pdf", "รายงานผลการปฏิบัติราชการประจำปี", heading="เอกสาร")
    found = located(site)
    assert found.state == "found"
    assert urls(found.candidates[0]) == [site.url("1.pdf")]
    assert found.candidates[0].located_by is LocatedBy.CODE


def test_an_ita_page_of_another_year_is_no_candidate_by_its_codes() -> None:
    found = located(with_ita(2563))
    assert all(c.located_by is not LocatedBy.CODE for c in found.candidates)


def test_of_several_titles_the_one_of_the_year_asked_comes_first() -> None:
    site = Site().page("/")
    for year in (2563, 2565, 2564):
        site.file(f"{year}.pdf", f"# {REPORT} {year}").link("/", f"{year}.pdf", f"{REPORT} {year}")
    assert urls(located(site).candidates[0]) == [site.url("2565.pdf")]


def test_a_menu_entry_is_found() -> None:
    site = Site().page("/").page("report", f"# {REPORT}").link("/", "report", REPORT, zone="nav")
    found = located(site)
    assert [(urls(c)[0], c.located_by) for c in found.candidates] == [(site.url("report"), LocatedBy.MENU)]


def test_nothing_is_found_on_a_site_that_says_nothing() -> None:
    assert located(Site().page("/").link("/", "x", "ข่าว")).state == "none"


def test_candidates_by_title_that_could_not_be_read_are_counted() -> None:
    site = Site().page("/").fail("a.pdf", "timeout").link("/", "a.pdf", REPORT)
    assert located(site).unread == 1


def test_the_order_does_not_hang_on_the_order_of_pages() -> None:
    def build(names: list[str]) -> Site:
        site = Site().page("/")
        for name in names:
            site.page(name, f"# {name}").link("/", name, name).link(name, f"{name}.pdf", REPORT).file(f"{name}.pdf", f"# {name}")
        return site

    one, other = located(build(["a", "b", "c"])), located(build(["c", "b", "a"]))
    assert [urls(c) for c in one.candidates] == [urls(c) for c in other.candidates]


def test_a_page_is_found_by_its_own_title_whatever_the_link_to_it_says() -> None:
    site = Site().page("/").page("list", "# ข่าวประชาสัมพันธ์", title="ข่าวประชาสัมพันธ์ | อบต.ไผ่เขียว").link("/", "list", "ทั้งหมด")
    found = located(site, "O8")
    assert found.state == "found"
    assert urls(found.candidates[0]) == [site.url("list")]


def test_a_page_that_nothing_links_is_not_found_by_its_title() -> None:
    assert located(Site().page("/").page("list", title="ข่าวประชาสัมพันธ์"), "O8").state == "none"


def test_of_papers_of_two_years_only_the_right_ones_are_candidates() -> None:
    site = Site().page("/")
    for year in (2563, 2564, 2565):
        site.link("/", f"{year}.pdf", f"{REPORT} {year}").file(f"{year}.pdf", f"# {REPORT} {year}")
    assert [urls(c) for c in located(site).candidates] == [[site.url("2565.pdf")]]


def test_papers_of_an_item_without_a_page_that_joins_them_are_also_taken_together() -> None:
    two = item("O2", "duties", check("component", "problems", item="O2"), check("component", "suggestions", item="O2"))
    site = Site().page("/").file("a.pdf", "# ก").file("b.pdf", "# ข")
    site.link("/", "a.pdf", "อำนาจหน้าที่").link("/", "b.pdf", "อำนาจหน้าที่ (ต่อ)")
    found = located(site, "O2", rules(two))
    assert [len(c.pieces) for c in found.candidates] == [1, 1, 2]


def test_a_page_that_joins_what_names_an_item_is_its_evidence_with_what_it_leads_to() -> None:
    two = item("O2", "duties", check("component", "problems", item="O2"), check("component", "suggestions", item="O2"))
    site = Site().page("/").page("/us", "# เรื่องของเรา").file("a.pdf", "# ก").file("b.pdf", "# ข").link("/", "us", "เรื่องของเรา")
    site.link("/us", "a.pdf", "อำนาจหน้าที่").link("/us", "b.pdf", "อำนาจหน้าที่ (ต่อ)")
    joined = [site.url("us"), site.url("a.pdf"), site.url("b.pdf")]
    assert any(sorted(urls(c)) == sorted(joined) for c in located(site, "O2", rules(two)).candidates)


def test_papers_of_a_certain_year_are_not_taken_together() -> None:
    dated = item(
        "O1",
        "annual-report",
        check("period", item="O1", covers="previous_fiscal_year"),
        check("component", "problems", item="O1"),
        check("component", "suggestions", item="O1"),
    )
    site = Site().page("/").file("a.pdf", "# ก").file("b.pdf", "# ข")
    site.link("/", "a.pdf", f"{REPORT} 2565").link("/", "b.pdf", f"{REPORT} 2565 เล่ม 2")
    assert [len(c.pieces) for c in located(site, "O1", rules(dated)).candidates] == [1, 1]


def test_a_wording_that_fits_badly_is_still_looked_at_before_the_item_is_said_to_be_missing() -> None:
    site = Site().page("/").link("/", "a.pdf", "รายงานสรุปผลการดำเนินงานประจำปี 2563").file("a.pdf", "# ก")
    assert located(site).state == "found"


def test_an_answered_row_without_a_link_leads_nowhere() -> None:
    rows = "\n".join(f"| O{n} | {t[0]} | - |" for n, t in enumerate(TITLES.values(), start=1))
    site = Site().page("/").page("ita-2566", f"# ITA 2566\n{rows}").link("/", "ita-2566", "ITA")
    for n, titles in list(enumerate(TITLES.values(), start=1))[1:]:
        site.row("ita-2566", f"O{n}", titles[0], "เปิด", to=f"{n}.pdf").file(f"{n}.pdf", f"# {titles[0]}")
    found = located(site.answer("O1", "ita-2566")).candidates[0]
    assert [(p.key, p.index) for p in found.pieces] == [(site.key("ita-2566"), True), ("", False)]


def test_an_entry_that_leads_on_by_what_is_sent_was_not_seen_whatever_lies_elsewhere() -> None:
    site = Site().page("/").page("ita-2566", "# ITA 2566", detail="sent: postback").link("/", "ita-2566", "ITA 2566")
    for n, titles in enumerate(TITLES.values(), start=1):
        site.row("ita-2566", f"O{n}", titles[0], "เปิด")
    site.file("old.pdf", f"# {REPORT} 2560").link("/", "old.pdf", f"{REPORT} 2560")
    unseen = [(p.key, p.cause) for p in located(site).candidates[0].pieces]
    assert unseen == [("", "needs_javascript")]
    answered = located(site.answer("O1", "ita-2566")).candidates[0].pieces
    assert [(p.key, p.cause, p.index) for p in answered] == [
        (site.key("ita-2566"), None, True),
        ("", "needs_javascript", False),
    ]
