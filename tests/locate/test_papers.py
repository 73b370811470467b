"""Papers found by the title that they bear themselves, where nothing else names an item's evidence."""

from __future__ import annotations

import pytest

from ita_rules.locate import Located, SiteView
from ita_rules.locate.papers import MOST, Paper, title_of, unclaimed
from ita_rules.rulesets.types import RuleSet
from ita_rules.wants import wants
from tests.build import ALL_ITEMS, REPORT, Site, check, document, item, locator, rules

ITEM = item("O1", "annual-report", check("answered", item="O1"), check("period", item="O1", covers="previous_fiscal_year"))
RULES = rules(ITEM, *ALL_ITEMS[1:])
TITLES = locator(Site().page("/"), RULES).titles


def own_words(title: str = f"# {REPORT} ประจำปีงบประมาณ พ.ศ. 2565", year: str = "") -> Site:
    """A site whose menu and links say nothing that the form says, with one paper behind them."""
    site = Site().page("/").page("compass", "# เข็มทิศของเรา").link("/", "compass", "เข็มทิศของเรา")
    return site.link("compass", "a81f.pdf", f"อ่านฉบับเต็ม {year}".strip()).file("a81f.pdf", title)


def located(site: Site, ruleset: RuleSet = RULES) -> Located:
    """What is located for the report."""
    return locator(site, ruleset).locate(ruleset.items[0])


def addresses(found: Located) -> list[str]:
    """The addresses of the best candidate."""
    return [p.url for p in found.candidates[0].pieces] if found.candidates else []


def test_a_paper_is_found_by_its_own_title_with_the_page_around_it() -> None:
    site = own_words()
    assert addresses(located(site)) == [site.url("a81f.pdf"), site.url("compass")]


def test_what_lies_beside_it_belongs_to_it_but_for_papers_of_other_items() -> None:
    site = own_words().link("compass", "b.pdf", "ส่วนที่สอง").file("b.pdf", "# เล่มสอง")
    site.link("compass", "c.pdf", "อีกเล่ม").file("c.pdf", f"# {ALL_ITEMS[1].titles[ALL_ITEMS[1].concepts[0]][0]}")
    assert set(addresses(located(site))) == {site.url(p) for p in ("a81f.pdf", "compass", "b.pdf")}


def test_the_page_around_many_papers_is_none_of_it() -> None:
    site = own_words()
    for n in range(9):
        site.link("compass", f"{n}.pdf", f"เล่ม {n}").file(f"{n}.pdf", f"# เล่ม {n}")
    assert addresses(located(site)) == [site.url("a81f.pdf")]


@pytest.mark.parametrize("title", [f"# {REPORT} ประจำปีงบประมาณ พ.ศ. 2560", f"# {REPORT}"])
def test_a_paper_that_does_not_tell_the_year_asked_is_no_sign(title: str) -> None:
    assert not located(own_words(title)).candidates


def test_a_link_that_names_the_item_goes_before() -> None:
    site = own_words().link("/", "b.pdf", f"{REPORT} 2565").file("b.pdf", "# ข")
    assert addresses(located(site))[0] == site.url("b.pdf")
    assert site.url("a81f.pdf") not in addresses(located(site))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"# {REPORT}", REPORT),
        (f"บันทึกข้อความ\n\nส่วนราชการ สำนักปลัด\n\nเรื่อง {REPORT}", f"เรื่อง {REPORT}"),
        ("รายงานผลการ\n\nดำเนินงานประจำปี\n\nองค์การบริหารส่วนตำบลไผ่เขียว", "รายงานผลการ ดำเนินงานประจำปี องค์การบริหารส่วนตำบลไผ่เขียว"),
        ("| ลำดับ | เรื่อง |\n" + f"| 1 | {REPORT} |", ""),
        ("\n\n".join([*(f"ย่อหน้าที่ {n}" for n in range(7)), REPORT]), ""),
        (f"ความ{'ยาว' * 60} {REPORT}", ""),
        (f"หน้าแรก\n=== page ===\n{REPORT}", ""),
    ],
)
def test_a_title_stands_in_the_first_lines_of_the_first_page(text: str, words: str) -> None:
    found = title_of(document(text), TITLES)
    assert found.words == words
    assert ("annual-report" in found.scores) == bool(words)


def test_a_title_that_runs_over_lines_is_what_all_of_them_say() -> None:
    # the first line alone would be the plan's
    words = "รายงานผลการดำเนินงานประจำปี"
    assert title_of(document(f"# รายงานผล\n\n{words}"), TITLES).words == f"รายงานผล {words}"
    assert title_of(document(""), TITLES) == Paper()


def test_the_papers_that_nobody_claims() -> None:
    site = own_words(year="2566").link("compass", "old.pdf", "แผน 2560").link("compass", "https://other.go.th/x.pdf", "อ่าน")
    site.link("compass", "z.pdf", "อ่านเล่มนี้").link("compass", "page2", "ต่อไป").page("list-2561").link("list-2561", "x.pdf", "อ่าน")
    site.link("list-2561", "o1", "O1 โครงสร้าง").link("list-2561", "o2", "O2 ผู้บริหาร")
    found = unclaimed(SiteView(site.data), TITLES, 2566, [site.key("list-2561")])
    assert [link.url for link in found] == [site.url("a81f.pdf"), site.url("z.pdf")]


def test_asking_while_the_run_grows_is_asking_at_the_end() -> None:
    site = own_words(year="2566").page("old").link("old", "o1", "O1 โครงสร้าง").link("old", "o2", "O2 ผู้บริหาร")
    site.link("old", "x.pdf", "อ่าน")
    assert [link.url for link in unclaimed(SiteView(site.data), TITLES, 2566, [])] == [site.url("a81f.pdf"), site.url("x.pdf")]
    site.page("later").link("later", "x.pdf", "อ่านที่นี่").link("later", "a81f.pdf", "ฉบับเต็ม")
    for old, source in (([], "old"), ([site.key("old")], "later")):
        found = unclaimed(SiteView(site.data), TITLES, 2566, old)
        assert [link.source for link in found] == [site.key("compass"), site.key(source)]


def test_their_number_is_bounded() -> None:
    site = Site().page("/")
    for n in range(MOST + 5):
        site.link("/", f"{n}.pdf", "อ่าน")
    assert len(unclaimed(SiteView(site.data), TITLES, 2566, [])) == MOST


def test_they_are_wanted_only_when_an_item_is_open_and_nothing_else_is_to_be_had() -> None:
    site = Site().page("/").link("/", "a.pdf", "อ่านฉบับเต็ม")
    assert [(w.kind, w.url, w.reason, w.evidence) for w in wants(site.data, RULES)] == [
        ("fetch", site.url("a.pdf"), "paper", False)
    ]
    site.link("/", "page", "ข่าว")
    assert site.url("a.pdf") not in {w.url for w in wants(site.data, RULES)}
    whole = Site().page("/").link("/", "a.pdf", "อ่านฉบับเต็ม").answer("O1", "/")
    assert site.url("a.pdf") not in {w.url for w in wants(whole.data, RULES)}


def test_a_paper_that_came_is_read_unless_it_is_none() -> None:
    site = own_words()
    key = site.key("a81f.pdf")
    del site.data.documents[site.data.exchanges[key].sha256]
    assert [(w.kind, w.key) for w in wants(site.data, RULES)] == [("read", key)]
    site.page("a81f.pdf", "# ไม่พบ")
    assert not [w for w in wants(site.data, RULES) if w.key == key]
    assert not [w for w in wants(own_words().fail("a81f.pdf", "http_404").data, RULES) if w.key == key]
