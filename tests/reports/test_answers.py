"""What an agency types into ITAS: an address only where it opened, never ไม่มี because we could not look."""

from __future__ import annotations

from typing import Any

from ita_rules.model import Evidence, ItemResult, SourceResult, Status
from reports.answers import HAS, HAS_NOT, ItasAnswer, answers
from tests.reports import factory
from tests.reports.factory import check


def item(status: Status, sources: tuple[SourceResult, ...] = (), checks: tuple[Any, ...] = (), **more: Any) -> ItemResult:
    values: dict[str, Any] = {"id": "O13", "concepts": ("c",), "name": "n", "indicator": "9.2", "status": status, "score": None}
    return ItemResult(**(values | {"sources": sources, "checks": checks} | more))


def answer(one: ItemResult, **more: Any) -> ItasAnswer:
    return answers(factory.realistic(items=(one,), **more))[0]


def shown(key: str, *urls: str, page: int | None = None) -> Any:
    evidence = tuple(Evidence(url=url, page=page, quote="ก") for url in urls)
    return check("O13", key, "component", Status.PASS, "พบ", evidence=evidence)


def test_the_note_is_the_way_in_thai_whatever_the_language() -> None:
    source = factory.source(13, "รายงาน", pages=40)
    for lang in ("th", "en"):
        found = answer(item(Status.PASS, (source,), (shown("a", source.url, page=24),)), lang=lang)
        assert (found.has, found.url) == (HAS, source.url)
        assert found.note == "หน้าหลัก > การเปิดเผยข้อมูลสาธารณะ (ITA) ปี 2566 > O13 รายงาน (หน้า 24)"


def test_the_fewest_addresses_that_show_everything() -> None:
    one, two, three = (factory.source(n, f"s{n}", pages=1) for n in (1, 2, 3))
    checks = (shown("a", one.url), shown("b", one.url, two.url), shown("c", two.url), shown("d", three.url, two.url))
    found = answer(item(Status.PASS, (one, two, three), checks))
    assert found.urls == (two.url, one.url)
    assert found.note.splitlines()[0].startswith("1. หน้าหลัก > ")
    assert found.note.splitlines()[1].startswith("2. หน้าหลัก > ")


def test_nobody_is_told_to_answer_no_because_we_could_not_look() -> None:
    shut = factory.source(13, "s", cause="timeout")
    undecided = check("O13", "answered", "answered", Status.UNDECIDED, "?")
    gone = check("O13", "answered", "answered", Status.GAP, "ไม่พบ")
    dead = check("O13", "reachable", "reachable", Status.GAP, "เปิดไม่ได้")
    assert answer(item(Status.UNDECIDED, (shut,), (undecided,))).has == ""
    assert answer(item(Status.GAP, (), (gone,))).has == HAS_NOT
    assert answer(item(Status.GAP, (shut,), (dead,))).has == ""
    assert answer(item(Status.NOT_DUE)).has == ""
    assert answer(item(Status.NOT_APPLICABLE, (factory.source(13, "s"),))).has == ""


def test_an_address_is_typed_as_a_browser_sends_it_or_not_at_all() -> None:
    blank = factory.source(13, "s", url="http://www.example.go.th/files/(1) คู่มือ.pdf")
    hostile = factory.source(13, "s", url="javascript:alert(1)")
    assert answer(item(Status.GAP, (hostile, blank))).urls == ("http://www.example.go.th/files/(1)%20คู่มือ.pdf",)
    assert answer(item(Status.GAP, (hostile,))).urls == ()


def test_files_from_disk_have_no_answers() -> None:
    report = factory.realistic()
    assert len(answers(report)) == 43
    assert answers(report.model_copy(update={"agency": report.agency.model_copy(update={"url": ""})})) == ()
