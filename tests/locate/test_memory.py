"""What is remembered of a run: the same as looking afresh, whatever was added or changed in between."""

from __future__ import annotations

from dataclasses import replace

from ita_rules.locate.lines import Line
from ita_rules.locate.memory import memory_of
from ita_rules.run.types import Document
from ita_rules.thai.fold import key, loose
from tests.build import REPORT, Site


def test_new_pages_are_added_to_what_is_known() -> None:
    site = Site().page("/").link("/", "a", REPORT)
    first = memory_of(site.data)
    site.page("a").link("a", "b", REPORT).link("a", "a", REPORT)
    assert memory_of(site.data) is first
    assert [link.target for link in first.distinct_since(0)] == [site.key("a"), site.key("b")]
    assert [link.target for link in first.distinct_since(1)] == [site.key("b")]
    assert first.pages_with(site.data.links[site.key("/")][0]) == 2
    assert first.pages_with(site.data.links[site.key("a")][0]) == 0, "on one page only"


def test_a_page_that_changed_is_looked_at_afresh() -> None:
    site = Site().page("/").link("/", "a", "ก")
    first = memory_of(site.data)
    site.link("/", "b", "ข")
    assert memory_of(site.data) is not first
    assert memory_of(site.data).distinct == 2


def test_another_run_has_its_own_memory() -> None:
    one, two = Site().page("/").link("/", "a", "ก"), Site().page("/").link("/", "b", "ข")
    memory_of(one.data)
    assert [link.text for link in memory_of(two.data).distinct_since(0)] == ["ข"]


def test_blocks_are_counted_once_for_each_page_and_afresh_where_a_text_changed() -> None:
    site = Site()
    for name in ("/", "a", "b"):
        site.page(name, f"เมนูหลักของเว็บไซต์\nเนื้อหาของ {name}\nเมนูหลักของเว็บไซต์")
    memory = memory_of(site.data)
    assert memory.blocks_on(2) == {loose("เมนูหลักของเว็บไซต์")}
    assert memory.blocks_on(3) == frozenset()
    sha256 = next(iter(site.data.documents))
    site.data.documents[sha256] = replace(site.data.documents[sha256], pages=())
    assert memory.blocks_on(2) == frozenset()
    assert memory.blocks_on(1) == {loose("เมนูหลักของเว็บไซต์")}


def test_letters_are_counted_again_only_where_something_they_depend_on_is_another() -> None:
    site = Site().page("/", "เมนูหลัก\nเมนูหลัก\nเนื้อหา")
    memory, counted = memory_of(site.data), []
    (document,) = site.data.documents.values()

    def lines(given: Document) -> tuple[Line, ...]:
        counted.append(given)
        return memory.lines(given)

    once = sum(len(key(words)) for words in ("เมนูหลัก", "เนื้อหา"))
    assert [memory.letters(document, left_out, lines) for left_out in ((), (), frozenset("ก"), frozenset("ก"))] == 4 * [once]
    assert len(counted) == 2
    other = replace(document, pages=())
    assert memory.letters(other, frozenset("ก"), lines) == 0
