"""Which item a few words speak of: codes in every spelling seen, titles, generic words, file names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_rules.locate.titles import STRONG, WEAK, Titles, file_words, titles_of, years_in
from ita_rules.rulesets.load import load_ruleset
from ita_rules.rulesets.types import Item
from ita_rules.run.types import Link
from tests.build import ALL_ITEMS, REPORT, item, rules

RULES = rules(*ALL_ITEMS)
TITLES = Titles(RULES)
REPORT_ITEM, STRUCTURE_ITEM = ALL_ITEMS[0], ALL_ITEMS[1]


@pytest.mark.parametrize(
    "text", [REPORT, f"{REPORT} พ.ศ. 2565", f"O13 {REPORT}", "รายงานผลการดาเนินงานประจาปี ๒๕๖๕", f"ดาวน์โหลด{REPORT}"]
)
def test_a_title_names_its_item(text: str) -> None:
    assert TITLES.score(text, REPORT_ITEM) >= STRONG
    assert TITLES.score(text, STRUCTURE_ITEM) == 0.0


@pytest.mark.parametrize("text", ["", " ", "กก", "หน้าแรก", "ประชาสัมพันธ์งาน"])
def test_other_words_name_no_item(text: str) -> None:
    assert TITLES.score(text, REPORT_ITEM) < WEAK


def test_a_link_without_words_is_named_by_its_file_its_row_or_its_heading() -> None:
    url = "https://www.example.go.th/a.pdf"
    named = "https://www.example.go.th/up/13.รายงานผลการดำเนินงานประจำปี_2565.pdf"
    around = [
        Link("s", "t", url, text=REPORT),
        Link("s", "t", named, text="เปิด"),
        Link("s", "t", url, text="เปิด", cells=("O13", REPORT, "เปิด")),
        Link("s", "t", url, text="เปิด", row=f"O13 {REPORT}"),
        Link("s", "t", url, text="เปิด", heading=REPORT),
    ]
    scores = [TITLES.link_score(link, REPORT_ITEM) for link in around]
    assert all(s >= WEAK for s in scores)
    assert scores[0] == max(scores)


def test_a_links_own_words_go_before_what_stands_around_it() -> None:
    link = Link("s", "t", "https://a.th/a.pdf", text="โครงสร้างหน่วยงาน", heading=REPORT)
    assert TITLES.link_score(link, REPORT_ITEM) == 0.0
    assert TITLES.link_score(link, STRUCTURE_ITEM) >= STRONG


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://a.th/up/แผน_งาน-2566.pdf", "แผน งาน 2566"),
        ("https://a.th/%E0%B9%81%E0%B8%9C%E0%B8%99.pdf", "แผน"),
        ("https://a.th/2..สขร.เดือน พฤศจิกายน 2567.pdf", "2 สขร เดือน พฤศจิกายน 2567"),
        ("https://a.th/20240123050005_77583.pdf", ""),
        ("https://a.th/.pdf", ""),
        ("https://a.th/", ""),
    ],
)
def test_words_of_file_names(url: str, words: str) -> None:
    assert file_words(url) == words


def test_years_of_words() -> None:
    assert years_in("ITA 2566", "ปี ๖๕") == {2565, 2566}
    assert years_in("แผน 2566-2568") == {2566, 2567, 2568}


@given(st.text(alphabet="รายงานผลการดำเนินประจำปี O13/(0๑) abc", max_size=60))
def test_any_words_are_scored_between_nought_and_one(text: str) -> None:
    assert all(0 <= s <= 1 for s in TITLES.scores(text).values())


def test_a_year_behind_the_words_does_not_hide_whose_title_they_are_a_part_of() -> None:
    words = "รายงานผลการปฏิบัติราชการ พ.ศ. 2565"
    assert Titles(RULES).score(words, item("O13", "annual-report")) >= WEAK


def test_a_whole_title_is_not_a_part_of_a_longer_one() -> None:
    plan = item("O36", "plan")
    longer = Item(**{**dict(item("O37", "laws")), "titles": {"laws": ("รายงานการกำกับติดตามแผนพัฒนาท้องถิ่น",)}})
    titles = Titles(rules(plan, longer))
    assert titles.score("แผนพัฒนาท้องถิ่น (พ.ศ. 2566-2570)", plan) > STRONG
    assert titles.score("แผนพัฒนาท้องถิ่น (พ.ศ. 2566-2570)", longer) == 0


def test_a_wording_very_near_to_one_title_is_a_weak_name() -> None:
    assert WEAK <= Titles(RULES).score("รายงานสรุปผลการดำเนินงานประจำปี 2565", item("O13", "annual-report")) < STRONG
    assert Titles(RULES).scores("รายงานการประชุมสภาท้องถิ่นสมัยสามัญ") == {}


def test_titles_are_folded_once_for_a_rule_set() -> None:
    assert titles_of(RULES) is titles_of(RULES)
    assert titles_of(RULES) is not titles_of(rules(*ALL_ITEMS, version="other"))


def test_what_stands_beside_a_link_tells_more_than_its_slug_or_a_heading_over_several() -> None:
    titles = titles_of(load_ruleset("oit-2566"))
    link = Link("s", "t", "https://www.example.go.th/annual-plan.pdf", text="เปิด", row="คู่มือประชาชน | เปิด", heading="รายงานประจำปี")
    assert set(titles.link_scores(link)) == {"service-manual"}


@pytest.mark.parametrize(("heading", "named"), [("สถิติ", True), ("ข่าวเด่น", False)])
def test_a_short_heading_is_read_with_what_stands_below_it(heading: str, named: bool) -> None:
    titles = titles_of(load_ruleset("oit-2566"))
    link = Link("s", "t", "https://www.example.go.th/7", text="การร้องเรียนการทุจริต 2566", heading=heading)
    assert (titles.link_scores(link).get("complaint-statistics", 0.0) >= STRONG) is named
