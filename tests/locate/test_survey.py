"""What the pages say of the items: asked again after every page, the same as asked once at the end."""

from __future__ import annotations

from dataclasses import replace

from ita_rules.locate.memory import Memory, memory_of
from ita_rules.locate.titles import Titles
from ita_rules.run.types import RunData
from tests.build import ALL_ITEMS, REPORT, Site, rules

RULES = rules(*ALL_ITEMS)
STRUCTURE = "โครงสร้างหน่วยงาน"


def told(memory: Memory, titles: Titles) -> tuple[object, ...]:
    survey = memory.survey(titles)
    return survey.lists, survey.scored, list(survey.best), list(survey.headed())


def afresh(run: RunData) -> Memory:
    memory = Memory(run)
    memory.take_in()
    return memory


def test_links_are_scored_once_for_each_set_of_titles() -> None:
    site = Site().page("/").link("/", "a", REPORT).link("/", "b", "อื่น ๆ")
    memory, titles = memory_of(site.data), Titles(RULES)
    assert [link.text for link, _ in memory.survey(titles).scored] == [REPORT]
    site.page("a").link("a", "c", STRUCTURE)
    assert len(memory_of(site.data).survey(titles).scored) == 2
    assert len(memory.survey(Titles(rules(ALL_ITEMS[0]))).scored) == 1


def test_how_well_each_distinct_link_names_an_item_stands_in_their_order() -> None:
    site = Site().page("/").link("/", "b", "อื่น ๆ").link("/", "a", REPORT).link("/", "b", "อื่น ๆ")
    memory = memory_of(site.data)
    best = memory.survey(Titles(RULES)).best
    assert [link.text for link in memory.distinct_since(0)] == ["อื่น ๆ", REPORT]
    assert (best[0], best[1] > 0.9) == (0.0, True)


def test_a_list_of_the_form_is_known_by_its_codes_or_its_titles() -> None:
    site = Site().page("/").link("/", "x", "O1 โครงสร้าง").link("/", "y", "O2 ผู้บริหาร")
    site.page("plain").link("plain", "z", "ข่าว").page("one").link("one", "x", "O1 โครงสร้าง")
    assert memory_of(site.data).survey(Titles(RULES)).lists == [site.key("/")]


def test_pages_are_known_by_their_titles_until_they_have_another() -> None:
    site = Site().page("/", title="หน้าแรก").page("a", title=f"{STRUCTURE} | อบต.")
    memory, titles = memory_of(site.data), Titles(RULES)
    ((key, (heads, named)),) = memory.survey(titles).headed()
    assert (key, heads[0], len(named)) == (site.key("a"), STRUCTURE, 1)
    for change in ({"title": "ข่าว"}, {"cause": "timeout"}, {"media_type": "application/pdf"}, {"final_key": site.key("/")}):
        site.data.exchanges[key] = replace(site.data.exchanges[key], title=STRUCTURE, cause=None)
        assert len(list(memory.survey(titles).headed())) == 1
        kept = site.data.exchanges[key]
        site.data.exchanges[key] = replace(kept, **change)  # type: ignore[arg-type]
        assert list(memory.survey(titles).headed()) == []
        site.data.exchanges[key] = kept


def test_asking_after_each_page_is_asking_at_the_end() -> None:
    site, titles = Site(), Titles(RULES)
    for number in range(12):
        page = f"p{number}"
        site.page(page, title=STRUCTURE if number % 3 else REPORT)
        site.link(page, "menu", "เมนู").link(page, f"x{number}", REPORT if number % 2 else f"ข่าว {number}")
        if number > 8:
            site.link(page, "o1", "O1 โครงสร้าง").link(page, "o2", f"O2 ผู้บริหาร {number}")
        memory = memory_of(site.data)
        assert told(memory, titles) == told(afresh(site.data), titles)
    assert len(memory.survey(titles).lists) == 3
