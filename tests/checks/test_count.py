"""Enough things: files, or the entries of a page that lists them."""

from __future__ import annotations

from ita_rules.checks import Outcome, observe
from tests.build import REPORT, Site, check, context, item, look, rules

ONE = check("count", at_least=1)
THREE = check("count", at_least=3)


def test_files_are_counted() -> None:
    site = Site().page("/").file("1.pdf", "# คู่มือหนึ่ง").file("2.pdf", "# คู่มือสอง").file("3.pdf", "# คู่มือสาม")
    assert observe(context(site, "1.pdf", checks=(ONE,)), ONE).outcome is Outcome.MET
    assert observe(context(site, "1.pdf", "2.pdf", "3.pdf", checks=(THREE,)), THREE).outcome is Outcome.MET
    few = observe(context(site, "1.pdf", "2.pdf", checks=(THREE,)), THREE)
    assert (few.outcome, few.message[1]["found"], few.message[1]["asked"]) == (Outcome.NOT_MET, 2, 3)


def test_entries_of_a_page_are_counted() -> None:
    page = "# ข่าว\n- ประชุมสภาสมัยสามัญครั้งที่หนึ่ง\n- อบรมอาสาสมัครสาธารณสุข\n- รณรงค์ป้องกันไข้เลือดออก"
    assert look(page, THREE, media="text/html", name="news").outcome is Outcome.MET
    assert look("# ข่าว\n- สั้น", THREE, media="text/html", name="news").outcome is Outcome.NOT_MET


def test_too_few_with_one_unread_is_unknown() -> None:
    site = Site().page("/").file("1.pdf", "# คู่มือ").file("2.pdf", "# ก", of={"cause": "encrypted", "pages": ()})
    seen = observe(context(site, "1.pdf", "2.pdf", checks=(THREE,)), THREE)
    assert (seen.outcome, seen.cause) == (Outcome.UNKNOWN, "encrypted")


def test_the_head_of_a_table_and_a_page_in_the_making_are_no_entries() -> None:
    for page in ("# กฎหมาย\n| ลำดับที่ | ชื่อกฎหมาย | ดาวน์โหลดเอกสาร |\n| 1 | | |", "# กฎหมาย\nอยู่ระหว่างปรับปรุงข้อมูลของหน่วยงาน"):
        assert look(page, ONE, media="text/html", name="laws").outcome is Outcome.NOT_MET
    assert look("# กฎหมาย\n| ลำดับ | ชื่อ |\n| 1 | พระราชบัญญัติเทศบาล |", ONE, media="text/html", name="laws").outcome is Outcome.MET


def test_a_paper_that_names_itself_another_items_is_left_to_a_person() -> None:
    report, law = ("รายงานผลการดำเนินงานประจำปี", "พระราชบัญญัติเทศบาล พ.ศ. 2496")
    site = Site().page("/").file("1.pdf", f"# {report}", of={"title": report}).file("2.pdf", f"# {law}", of={"title": law})
    form = rules(item("O13", "laws", ONE), item("O1", "annual-report"))
    seen = observe(context(site, "1.pdf", ruleset=form), ONE)
    assert (seen.outcome, seen.confidence, seen.message[1]["found"]) == (Outcome.NOT_MET, 0.5, 0)
    assert [said[0] for said in seen.why] == ["why.of_another"]
    assert observe(context(site, "1.pdf", "2.pdf", ruleset=form), ONE).outcome is Outcome.MET


def test_a_page_that_says_its_content_is_to_come_holds_nothing() -> None:
    asked = check("count", at_least=1)
    seen = look(f"# {REPORT}\nอยู่ระหว่างปรับปรุงข้อมูล", asked, media="text/html")
    assert (seen.outcome, seen.message[1]["found"]) == (Outcome.NOT_MET, 0)
    assert seen.confidence >= 0.6
    assert look(f"# {REPORT}\nไม่พบข้อมูล", asked, media="text/html").confidence < 0.6
