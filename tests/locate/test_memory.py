"""What is remembered of a run: the same as looking afresh, whatever was added or changed in between."""

from __future__ import annotations

from ita_rules.locate.memory import memory_of
from ita_rules.locate.titles import Titles
from tests.build import ALL_ITEMS, REPORT, Site, rules

RULES = rules(*ALL_ITEMS)


def test_new_pages_are_added_to_what_is_known() -> None:
    site = Site().page("/").link("/", "a", REPORT)
    first = memory_of(site.data)
    site.page("a").link("a", "b", REPORT).link("a", "a", REPORT)
    assert memory_of(site.data) is first
    assert [link.target for link in first.distinct] == [site.key("a"), site.key("b")]
    assert first.link_pages[(site.key("a"), REPORT, "")] == 2


def test_a_page_that_changed_is_looked_at_afresh() -> None:
    site = Site().page("/").link("/", "a", "ก")
    first = memory_of(site.data)
    site.link("/", "b", "ข")
    assert memory_of(site.data) is not first
    assert len(memory_of(site.data).distinct) == 2


def test_another_run_has_its_own_memory() -> None:
    one, two = Site().page("/").link("/", "a", "ก"), Site().page("/").link("/", "b", "ข")
    memory_of(one.data)
    assert [link.text for link in memory_of(two.data).distinct] == ["ข"]


def test_links_are_scored_once_for_each_set_of_titles() -> None:
    site = Site().page("/").link("/", "a", REPORT).link("/", "b", "อื่น ๆ")
    memory, titles = memory_of(site.data), Titles(RULES)
    assert [link.text for link, _ in memory.scored(titles)] == [REPORT]
    site.page("a").link("a", "c", "โครงสร้างหน่วยงาน")
    assert len(memory_of(site.data).scored(titles)) == 2
    assert len(memory.scored(Titles(rules(ALL_ITEMS[0])))) == 1
