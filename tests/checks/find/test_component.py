"""Where a component heads content, where its place is empty, where it is only mentioned, what contradicts it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ita_rules.checks.find.component import find
from ita_rules.checks.find.findings import Findings
from ita_rules.checks.find.spec import spec_of
from ita_rules.locate.lines import prepare
from ita_rules.rulesets.types import Component
from tests.build import PROBLEMS, SPENDING, SUGGESTIONS, check, component, document, item, lines

ITEM = item("O13", "annual-report", *(check("component", c) for c in ("problems", "suggestions", "spending")))


def seen(text: str, what: Component = PROBLEMS) -> Findings:
    """What is found of a component in a text."""
    known = {c.id: c for c in (PROBLEMS, SUGGESTIONS, SPENDING, what)}
    return find(lines(text), spec_of(known, ITEM, check("component", what.id)))


def test_each_way_has_its_name() -> None:
    ways = {
        "section": "## ปัญหา อุปสรรค\nฝนตกชุกตลอดไตรมาส",
        "field": "ปัญหา อุปสรรค : ฝนตกชุก",
        "column": "| ที่ | ปัญหา อุปสรรค |\n| 1 | ฝนตกชุก |",
        "row": "| รายการ | รายละเอียด |\n| ปัญหา อุปสรรค | ฝนตกชุก |",
        "zero": "การดำเนินงานทั้งปีไม่มีปัญหาและอุปสรรคใด ๆ",
    }
    for way, text in ways.items():
        assert way in {h.how for h in seen(text).met}, way


def test_an_empty_place_and_a_table_of_contents_are_not_content() -> None:
    assert seen("| ที่ | ปัญหา อุปสรรค |\n| 1 | |\n| 2 | |").empty
    contents = seen("สารบัญ\nปัญหา อุปสรรค ........ 3\nบทนำ ........ 1")
    assert contents.contents
    assert not contents.met


def test_a_row_s_name_says_nothing_where_the_table_has_a_blank_column_for_it() -> None:
    row = "| 1 | ปัญหา อุปสรรคของชุมชน | {} | สำนักปลัด |"
    head = "| ที่ | โครงการ | ปัญหา อุปสรรค | ผู้รับผิดชอบ |\n"
    assert not seen(head + row.format("")).met
    assert seen(head + row.format("")).empty
    assert seen(head + row.format("ฝนตกชุก")).met


def test_few_filled_cells_are_neither_content_nor_empty() -> None:
    rows = "\n".join(f"| {n} | |" for n in range(2, 9))
    found = seen(f"| ที่ | ปัญหา อุปสรรค |\n| 1 | ฝนตก |\n{rows}")
    assert (found.partly[0].full, found.partly[0].of) == (1, 8)
    assert not found.met
    assert not found.empty


def test_one_telling_cell_of_a_merged_column_is_content() -> None:
    rows = "\n".join(f"| {n} | |" for n in range(2, 9))
    assert seen(f"| ที่ | ปัญหา อุปสรรค |\n| 1 | ผู้รับจ้างส่งมอบงานล่าช้ากว่ากำหนดเพราะวัสดุก่อสร้างขาดตลาด |\n{rows}").met


def test_the_longer_wording_of_another_component_has_the_label() -> None:
    rival = component("measures", "มาตรการจัดการความเสี่ยง")
    risk = component("risk", "ความเสี่ยง")
    both = item("O34", "annual-report", check("component", "risk"), check("component", "measures"))
    spec = spec_of({"risk": risk, "measures": rival}, both, check("component", "risk"))
    assert not find(lines("| มาตรการจัดการความเสี่ยง | ผู้รับผิดชอบ |\n| ตรวจสอบ | กองคลัง |"), spec).met
    assert find(lines("| ความเสี่ยง | ผู้รับผิดชอบ |\n| เรียกรับเงิน | กองคลัง |"), spec).met


@pytest.mark.parametrize(
    ("text", "against"),
    [
        ("| ประเภท | จำนวน |\n| ไฟฟ้าสาธารณะ | 4 |", True),
        ("ไฟฟ้าสาธารณะ : 4 เรื่อง", True),
        ("ร้องเรียนการทุจริต แยกจากช่องทางแจ้งไฟฟ้าสาธารณะและเรื่องอื่น ๆ ของกองช่าง", False),
    ],
)
def test_only_a_label_contradicts(text: str, against: bool) -> None:
    officials = component("officials-only", "เฉพาะเจ้าหน้าที่", contradicted_by=("ไฟฟ้าสาธารณะ",))
    assert bool(seen(text, officials).against) is against


@pytest.mark.parametrize(("text", "met"), [("เบิกจ่ายแล้ว 85,000 บาท", True), ("เบิกจ่ายแล้ว ปีงบประมาณ พ.ศ. 2565", False)])
def test_a_year_is_no_figure(text: str, met: bool) -> None:
    assert bool(seen(text, SPENDING).met) is met


LEFT = "ตลอดปีงบประมาณที่ผ่านมาการดำเนินงานของทุกส่วนราชการเป็นไปด้วยดี ไม่มีปัญหา"


def test_a_statement_that_runs_over_two_lines_of_a_paragraph() -> None:
    (hit,) = [h for h in seen(f"{LEFT}\nและอุปสรรคแต่อย่างใดตลอดทั้งปี").met if h.how == "zero"]
    assert hit.quote.endswith("… และอุปสรรคแต่อย่างใดตลอดทั้งปี")
    apart = seen("ไม่มีปัญหา\nและอุปสรรคแต่อย่างใด")  # two short lines are no paragraph
    assert not [h for h in apart.met if h.how == "zero"]
    headed = seen(f"{LEFT}\n1. และอุปสรรคแต่อย่างใด")  # nor is a line that begins something of its own
    assert not [h for h in headed.met if h.how == "zero"]


def test_who_made_a_paper_is_no_content_of_its_last_section() -> None:
    found = seen("## ปัญหา อุปสรรค\nผู้รายงาน นายสมชาย ใจดี")
    assert found.empty
    assert not found.met


def test_a_sentence_that_tells_what_it_is_counts() -> None:
    assert seen("ปัญหา อุปสรรคคือ ฝนตกชุกตลอดไตรมาสจนผู้รับจ้างเข้าพื้นที่ไม่ได้").met


def test_a_thing_with_its_number_is_content() -> None:
    found = seen("ปัญหาที่ 1 ฝนตกชุกตลอดไตรมาส\nข้อเสนอแนะ\nเลื่อนกำหนด", PROBLEMS.model_copy(update={"wordings": ("=ปัญหา",)}))
    assert [h.how for h in found.met] == ["field"]
    assert not found.empty
    bare = seen("ปัญหาที่ 1\nข้อเสนอแนะ\nเลื่อนกำหนด", PROBLEMS.model_copy(update={"wordings": ("=ปัญหา",)}))
    assert not bare.met


@pytest.mark.parametrize("mark", ["#", "##"])
def test_a_heading_straight_over_another_of_its_level_is_empty(mark: str) -> None:
    """The title alone may stand over the first section."""
    text = f"# รายงาน\nอบต. ก\n{mark} ผลงาน\nอบรมแล้ว 2 รุ่น\n{mark} ปัญหา อุปสรรค\n{mark} ภาพกิจกรรม\nภาพการอบรม"
    found = seen(text)
    assert found.empty
    assert not found.met
    below = seen(f"# รายงาน\nอบต. ก\n{mark} ผลงาน\nอบรมแล้ว 2 รุ่น\n{mark} ปัญหา อุปสรรค\n{mark}# ด้านเวลา\nฝนตก")
    assert below.met


def bold(text: str) -> Findings:
    """What is found of problems where lines that begin with ``B`` are in bold."""
    made = document(text)
    pages = tuple(
        replace(p, blocks=tuple(replace(b, text=b.text.removeprefix("B "), bold=b.text.startswith("B ")) for b in p.blocks))
        for p in made.pages
    )
    known = {c.id: c for c in (PROBLEMS, SUGGESTIONS, SPENDING)}
    return find(prepare(replace(made, pages=pages)), spec_of(known, ITEM, check("component", "problems")))


def test_a_bold_line_straight_over_another_is_neither_met_nor_empty() -> None:
    head = "B รายงาน\nอบต. ก\nB ผลงาน\nอบรมแล้ว 2 รุ่น\nB ปัญหา อุปสรรค\n"
    twin = bold(f"{head}B ภาคผนวก\nก ข ค")
    assert (twin.met, twin.empty) == ([], [])
    assert twin.mentioned
    assert bold(f"{head}B ด้านงบประมาณ\nเงินไม่พอ").met
    assert bold(f"{head}ฝนตกชุก").met


FRAUD = component("separate-channel", "ช่องทางแจ้งทุจริต", contradicted_by=("ไฟฟ้าดับ", "ถนนพัง", "น้ำท่วม", "ขยะล้น"))


@pytest.mark.parametrize(
    ("text", "against"),
    [
        ("แจ้งได้ที่นี่ทั้งเรื่องไฟฟ้าดับ ถนนพัง น้ำท่วม และการทุจริตของเจ้าหน้าที่ ใช้แบบเดียว", True),
        ("แจ้งเรื่องถนนพังและการทุจริตของเจ้าหน้าที่ได้ที่นี่ทุกวันไม่เว้นวันหยุดราชการ", False),  # two things may be named in passing
        ("เรื่องไฟฟ้าดับ ถนนพัง น้ำท่วม โปรดแจ้งที่ศูนย์ดำรงธรรม", False),
        ("ช่องนี้ไม่รับเรื่องไฟฟ้าดับ ถนนพัง น้ำท่วม และขยะล้น", False),
    ],
)
def test_a_sentence_that_lists_what_must_not_be_there_contradicts(text: str, against: bool) -> None:
    assert bool(seen(text, FRAUD).against) is against


FEE = component("fee", "ค่าธรรมเนียม", figures=("ค่าธรรมเนียม",), stems=("ค่าธรรมเนียม",), beside=("อัตรา", "จำนวนเงิน"), zero=("ไม่มี",))


def test_a_label_left_blank_in_a_table_of_two_columns_is_an_empty_field() -> None:
    form = "| หัวข้อ | รายละเอียด |\n| ปัญหา อุปสรรค | |\n"
    assert seen(form).empty
    assert seen(f"{form}| ข้อเสนอแนะ | เพิ่มรถ |").empty
    group = seen(f"{form}| ด้านบุคลากร | ขาดคน |")  # the row may head those below it
    assert not group.empty
    assert not group.met


def test_prices_left_blank_are_no_fee_though_what_is_paid_for_is_named() -> None:
    head = "## 4. ค่าธรรมเนียม\n| รายการ | อัตรา (บาท) | หมายเหตุ |\n"
    end = "\n## 5. ติดต่อ\nกองช่าง"
    assert not seen(f"{head}| ใบอนุญาตขุดดิน | | |\n| ใบแทน | | |{end}", FEE).met
    assert seen(f"{head}| ใบอนุญาตขุดดิน | | |\n| ใบแทน | | |{end}", FEE).empty
    assert seen(f"{head}| ใบอนุญาตขุดดิน | 50 | |\n| ใบแทน | | |{end}", FEE).met
    assert seen(f"{head.replace('อัตรา (บาท)', 'ผู้ขอ')}| ใบอนุญาตขุดดิน ฉบับละ 50 บาท | | |{end}", FEE).met


def test_a_number_and_a_name_are_content_though_the_next_line_is_another_components() -> None:
    strategy = component("strategies", "ด้านที่ 1")
    assert seen("# แผน\nบทนำของแผนฉบับนี้กล่าวถึงสภาพพื้นที่โดยทั่วไปไว้พอสังเขป\n## ด้านที่ 1 น้ำถึงไร่นา\nข้อเสนอแนะ: เร่งขุดคลอง", strategy).met
    assert not seen("# แผน\n## ด้านที่ 1\nข้อเสนอแนะ: เร่งขุดคลอง", strategy).met


def test_an_entry_that_begins_with_another_components_word_is_what_the_list_tells() -> None:
    told = seen("## ปัญหา อุปสรรค\n- ข้อเสนอแนะของชาวบ้านมาช้า\n- ฝนตก")
    assert told.met
    assert not told.empty
    assert seen("## ปัญหา อุปสรรค\n- ข้อเสนอแนะ\n- เพิ่มรถ").empty
