"""What a document says of its own period, and where it says so."""

from __future__ import annotations

import pytest

from ita_rules.checks.find.declared import content_years, cover, declared, first_half, months_named, title_block
from ita_rules.locate import Titles
from ita_rules.locate.expand import piece
from ita_rules.locate.site import SiteView
from ita_rules.rulesets.load import load_ruleset
from ita_rules.thai.months import YearMonth
from tests.build import REPORT, Site, item, lines, rules

ITEM = item("O13", "annual-report")
TITLES = Titles(rules(ITEM))


def said(text: str, name: str = "a.pdf", link: str = "") -> tuple[int, str] | None:
    """The fiscal year declared and its place."""
    site = Site().page("/").file(name, text).link("/", name, link)
    view = SiteView(site.data)
    words = next(iter(site.data.links[site.key("/")]), None)
    found = declared(view, piece(view, site.key(name), site.url(name), link=words, via=site.key("/")), ITEM, TITLES)
    return (found.mention.last.fiscal_year, found.place) if found else None


def test_the_cover_comes_first_then_the_link_then_the_name() -> None:
    assert said(f"# {REPORT} พ.ศ. 2565", "ผล2564.pdf", "รายงานปี 2563") == (2565, "cover")
    assert said(f"# {REPORT}\nซ่อมถนน", "ผล2564.pdf", "รายงานปี 2563") == (2563, "link")
    assert said(f"# {REPORT}\nซ่อมถนน", "รายงานปี2564.pdf") == (2564, "name")
    assert said(f"# {REPORT}\nซ่อมถนน") is None


def test_a_law_on_the_cover_says_no_year() -> None:
    assert said(f"# {REPORT}\nตามพระราชบัญญัติการจัดซื้อจัดจ้างภาครัฐ พ.ศ. 2560") is None


def test_the_cover_ends_at_the_first_table() -> None:
    assert [x.text for x in cover(lines("ชื่อเรื่อง\n| ปี | ผล |\n| 2564 | 3 |"))] == ["ชื่อเรื่อง"]


@pytest.mark.parametrize(
    ("body", "plain"),
    [
        ("เริ่ม 1 ต.ค. 64\nตรวจ 5 ม.ค. 65\nจบ 9 มี.ค. 65", 2565),
        ("เริ่ม 1 ต.ค. 64\nจบ 9 มี.ค. 66", None),
        ("เริ่ม 1 ต.ค. 64", None),
    ],
)
def test_a_body_speaks_plainly_of_one_year_or_not_at_all(body: str, plain: int | None) -> None:
    intro = "จัดทำเพื่อรายงานผลการดำเนินงานของหน่วยงานตามแผนปฏิบัติการที่กำหนดไว้"
    assert content_years(lines(f"# {REPORT}\n{intro}\n{body}")).plain() == plain


def test_the_title_ends_at_the_first_sentence_or_where_another_year_is_told() -> None:
    text = f"{REPORT} ประจำปีงบประมาณ พ.ศ. 2566 ขององค์การบริหารส่วนตำบลไผ่เขียว\nอบต.ไผ่เขียว\nข้อมูลปีงบประมาณ 2564\nผล"
    assert [x.text for x in title_block(lines(text))] == text.splitlines()[:2]
    undated = f"# {REPORT}\nจัดทำเพื่อรายงานผลการดำเนินงานของหน่วยงานตามแผนปฏิบัติการที่กำหนดไว้\nผล"
    assert [x.text for x in title_block(lines(undated))] == [REPORT]


def test_months_of_ranges_are_unfolded() -> None:
    assert set(first_half(2566)) == months_named(lines("ตุลาคม 2565 - มีนาคม 2566"))
    assert months_named(lines("ธ.ค. 65")) == {YearMonth(2565, 12)}


def test_an_entry_of_a_list_below_a_heading_tells_no_time_of_the_paper() -> None:
    """The first line titles it by its meaning; the heading below bears one of the listed titles of the item."""
    text = "# นำผล ITA มาปรับปรุงงาน ปี 2567\nอบต. ก\n## วิเคราะห์ผลการประเมิน ITA\n- ปี 2566 ได้คะแนนรวม 87.35 คะแนน"
    ruleset = load_ruleset("oit-2567")
    asked = ruleset.item("O34")
    assert asked is not None
    site = Site().page("/").file("a.pdf", text)
    view = SiteView(site.data)
    found = declared(view, piece(view, site.key("a.pdf"), site.url("a.pdf")), asked, Titles(ruleset))
    assert found is not None
    assert set(found.mention.years) == {2567}


def test_of_a_line_that_names_several_things_the_time_behind_the_item_s_own_counts() -> None:
    words = f"เรื่อง การวิเคราะห์ผลการประเมิน ปี 2563 และ{REPORT} ปี 2565"
    assert said(words) == (2565, "cover")
    assert said("เรื่อง การวิเคราะห์ผลการประเมิน ปี 2563 และมาตรการ ปี 2565") == (2563, "cover")
