"""Lines ready for search: numbering, headings, tables of contents, printed criteria, the site's frame."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ita_rules.locate.lines import prepare, strip_number
from ita_rules.run.types import Block
from ita_rules.thai.fold import loose
from tests.build import document, lines


@pytest.mark.parametrize(
    "numbered",
    [
        "1. ปัญหา",
        "๑. ปัญหา",
        "1.1 ปัญหา",
        "3.2.1 ปัญหา",
        "1) ปัญหา",
        "(1) ปัญหา",
        "ก. ปัญหา",
        "- ปัญหา",
        "• ปัญหา",
        "➢ ปัญหา",
        "o ปัญหา",
        "ส่วนที่ 3 ปัญหา",
        "บทที่ ๔ ปัญหา",
        "ตอนที่ 1: ปัญหา",
        "ข้อ 5 ปัญหา",
        "ข้อที่ ๕ ปัญหา",
    ],
)
def test_numbering_and_bullets_are_taken_off(numbered: str) -> None:
    assert strip_number(numbered) == "ปัญหา"


@pytest.mark.parametrize("text", ["ปัญหา", "2566 เป็นต้นไป", "1.", "ออกแบบ", "ขั้นตอน"])
def test_other_words_stay(text: str) -> None:
    assert strip_number(text) == text


def test_headings_by_mark_by_weight_and_by_number() -> None:
    found = lines("# หัวเรื่อง\n1. ปัญหา\nข้อความธรรมดา\n| ก | ข |")
    assert [x.heading for x in found] == [True, True, False, False]
    bold = prepare(replace(document("ก"), pages=(replace(document("ก").pages[0], blocks=(Block("text", "ปัญหา", bold=True),)),)))
    assert bold[0].heading
    assert not lines("1. " + "ข้อความที่ยาวมาก " * 10)[0].heading


@pytest.mark.parametrize(
    "text",
    [
        "สารบัญ\nบทนำ ........ 1\nปัญหา ........ 3",
        "สารบัญ\nหน้า\nบทนำ 1\nปัญหา 3",
        "สารบัญ\nบทนำ ก\nปัญหา ๓",
        "สารบัญ\n1. บทนำ 1\n2. ปัญหา 3",
        "## สารบัญ\n| เรื่อง | หน้า |\n| บทนำ | 1 |\n| ปัญหา | 3 |",
        "บทนำ ........ 1\nปัญหา ........ 3",
        "Contents\nบทนำ … … 1\nปัญหา . . . . . 3",
    ],
)
def test_entries_of_a_table_of_contents(text: str) -> None:
    marked = [x.text for x in lines(text) if x.toc]
    assert any("ปัญหา" in t for t in marked)
    assert any("บทนำ" in t for t in marked)


def test_what_follows_a_table_of_contents_is_content_again() -> None:
    found = lines("สารบัญ\nบทนำ 1\nปัญหา 3\n=== page ===\nรายงานนี้เล่าผลงานทั้งปี\nปัญหา อุปสรรค\nฝนตก")
    assert [x.text for x in found if not x.toc] == ["รายงานนี้เล่าผลงานทั้งปี", "ปัญหา อุปสรรค", "ฝนตก"]


def test_a_dotted_blank_to_fill_in_is_no_contents() -> None:
    assert not any(x.toc for x in lines("ลงชื่อ ................ ผู้รายงาน\nปัญหา : ................"))


def test_printed_criteria_are_marked_until_the_next_heading() -> None:
    found = lines("# O13\n## องค์ประกอบด้านข้อมูล\nแสดงผลการดำเนินงาน\nปัญหา อุปสรรค\n## รายงาน\nซ่อมถนน", "text/html")
    assert [x.text for x in found if x.criterion] == ["องค์ประกอบด้านข้อมูล", "แสดงผลการดำเนินงาน", "ปัญหา อุปสรรค"]


def test_the_sites_frame_is_left_out_of_pages_only() -> None:
    frame = frozenset({loose("ติดต่อเรา")})
    assert [x.text for x in prepare(document("ติดต่อเรา\nเนื้อหา", "text/html"), frame)] == ["เนื้อหา"]
    assert [x.text for x in prepare(document("ติดต่อเรา\nเนื้อหา"), frame)] == ["ติดต่อเรา", "เนื้อหา"]


def test_menus_and_footers_are_no_content() -> None:
    page = document("ก", "text/html")
    blocks = tuple(Block("text", z, zone=z) for z in ("nav", "header", "footer", "main"))  # type: ignore[arg-type]
    made = replace(page, pages=(replace(page.pages[0], blocks=blocks),))
    assert [x.text for x in prepare(made)] == ["main"]


def test_a_list_copied_from_the_handbook_is_a_criterion() -> None:
    copied = "# รายงานผล ปี 2565\n- แสดงผลการดำเนินงานตามแผน\n- ปัญหา อุปสรรค และข้อเสนอแนะ\n- เป็นรายงานผลของปี พ.ศ. 2565\nจบ"
    assert [x.criterion for x in lines(copied)] == [False, True, True, True, False]
    own = "# รายงานผล ปี 2565\n- ซ่อมถนนสายบ้านกลาง\n- แสดงผลงานชุมชนในวันผู้สูงอายุ\n- มอบทุนการศึกษา"
    assert not any(x.criterion for x in lines(own))
    papers = "# เอกสารที่ใช้\n- แสดงบัตรประจำตัวประชาชน\n- แสดงหลักฐานการชำระเงิน\n- กรอกแบบคำขอ"
    assert not any(x.criterion for x in lines(papers))
    duties = "# หน้าที่\n" + "\n".join(f"- บำรุงรักษาถนนสายที่ {n}" for n in range(5)) + "\n- แสดงโครงการ\n- แสดงงบประมาณ"
    assert not any(x.criterion for x in lines(duties))


@pytest.mark.parametrize("asked", ["แสดงโครงการหรือกิจกรรม", "แสดงหลักเกณฑ์การสรรหา", "แสดงส่วนงานที่รับผิดชอบ", "แสดงที่อยู่ของหน่วยงาน"])
def test_whatever_the_handbook_asks_to_be_shown_is_a_criterion(asked: str) -> None:
    copied = f"# แผน ปี 2566\n- {asked}\n- แสดงระยะเวลาในการดำเนินการ\n- ใช้บังคับในปี พ.ศ. 2566\nโครงการปลูกป่า"
    assert [x.criterion for x in lines(copied)] == [False, True, True, True, False]


def test_contents_of_a_scan_whose_leaders_were_lost() -> None:
    text = "สารบัญ\nบทนำ ........ 1\nปัญหาและอุปสรรค\nข้อเสนอแนะ ........\n=== page ===\nปัญหาและอุปสรรค\nฝนตกชุก"
    scan = [line.toc for line in lines(text, page={"method": "ocr"})]
    assert scan == [True, True, True, True, False, False]
    assert [line.toc for line in lines(text)][2] is False


def test_a_table_whose_last_column_is_of_ascending_pages_is_a_table_of_contents() -> None:
    rows = "| บทนำ | 1 |\n| ผลงาน | 3 |\n| ปัญหา | 9 |"
    for above in ("สารบัญ\n| หัวข้อ | หน้า |\n", "| บท | เลขหน้า |\n"):
        assert [x.toc for x in lines(f"{above}{rows}\n# บทนำ") if x.block.kind == "row"] == [True] * 4
    assert not any(x.toc for x in lines("| เรื่อง | หน้า |\n| ก | 9 |\n| ข | 3 |\n| ค | 5 |"))
    assert not any(x.toc for x in lines("| ตำแหน่ง | หน้าที่ |\n| ปลัด | บริหาร |\n| ช่าง | ซ่อม |\n| ครู | สอน |"))
