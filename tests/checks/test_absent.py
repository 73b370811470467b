"""A whole act of law in place of the agency's own words."""

from __future__ import annotations

import re

from ita_rules.checks import Outcome, observe
from tests.build import Site, check, component, context, item, look, rules

ABSENT = check("absent")
OWN = "อำนาจหน้าที่ของหน่วยงานมีดังนี้ จัดให้มีและบำรุงรักษาทางน้ำและทางบก รักษาความสะอาดของถนน ป้องกันโรค " * 4
ACT = "# พระราชบัญญัติสภาตำบล พ.ศ. 2537\nพระราชบัญญัตินี้เรียกว่า พระราชบัญญัติสภาตำบล\n" + "\n".join(
    f"มาตรา {n} ให้สภาตำบลมีอำนาจหน้าที่ตามที่กำหนดในพระราชบัญญัตินี้" for n in range(1, 21)
)


def test_a_law_printed_in_full_is_a_gap_with_its_first_section() -> None:
    seen = look(ACT, ABSENT)
    assert seen.outcome is Outcome.NOT_MET
    assert (seen.evidence[0].quote or "").startswith("มาตรา 1")


def test_a_law_in_thai_digits_too() -> None:
    assert look(ACT.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")), ABSENT).outcome is Outcome.NOT_MET


def test_own_words_that_cite_some_sections_are_met() -> None:
    text = f"# อำนาจหน้าที่\n{OWN}\nตามมาตรา 66 และมาตรา 67 แห่งพระราชบัญญัติสภาตำบล พ.ศ. 2537\nมาตรา 68 ทางน้ำ"
    assert look(text, ABSENT).outcome is Outcome.MET


def test_a_law_beside_an_own_text_is_met() -> None:
    site = Site().page("/").file("law.pdf", ACT).file("own.pdf", f"# อำนาจหน้าที่\n{OWN}")
    assert observe(context(site, "law.pdf", "own.pdf", checks=(ABSENT,)), ABSENT).outcome is Outcome.MET


def test_a_law_beside_a_file_that_could_not_be_read_is_not_called_absent() -> None:
    site = Site().page("/").file("law.pdf", ACT).file("a.pdf", "# ก", of={"cause": "no_ocr", "pages": ()})
    for files in (("a.pdf",), ("law.pdf", "a.pdf")):
        assert observe(context(site, *files, checks=(ABSENT,)), ABSENT).outcome is Outcome.UNKNOWN


def test_a_law_in_a_scan_whose_numbers_could_not_be_read() -> None:
    unread = re.sub(r"มาตรา \d+", "มาตรา □□", ACT)
    assert look(unread, ABSENT, of={"page": {"method": "ocr"}}).outcome is Outcome.NOT_MET


DUTIES = component("duties", "อำนาจหน้าที่", "หน้าที่และอำนาจ", title_counts=True)
ASKED = check("component", "duties")
UNITS = "ฝ่ายประจำ ปลัด สำนักปลัด กองคลัง กองช่าง กองการศึกษา หน่วยตรวจสอบภายใน งานบริหารทั่วไป งานการเงิน งานพัสดุ " * 4
WHOLE = "# อำนาจหน้าที่\n" + ACT.removeprefix("# ")


def beside(page: str, law: str = WHOLE, *, link: str = "") -> Outcome | str:
    """What is seen of the law on one page beside another page; `uncertain` where it is too doubtful to accuse."""
    site = Site().page("/").page("a", page).page("law", law)
    if link:
        site.link("a", "law", link)
    both = rules(item("O13", "duties", ABSENT, ASKED), item("O14", "structure"), components=(DUTIES,))
    seen = observe(context(site, "a", "law", ruleset=both), ABSENT)
    return "uncertain" if seen.outcome is Outcome.NOT_MET and seen.confidence < 0.6 else seen.outcome


def test_the_structure_beside_a_law_is_no_text_of_own_duties() -> None:
    assert beside(f"# โครงสร้างหน่วยงาน\n{UNITS}") is Outcome.NOT_MET


def test_a_link_to_the_law_is_no_text_of_own_duties() -> None:
    page = f"# โครงสร้างหน่วยงาน\n{UNITS}\nอำนาจหน้าที่ : คลิกที่นี่"
    assert beside(page, link="คลิกที่นี่") is Outcome.NOT_MET
    assert beside(page) is Outcome.MET


def test_own_duties_on_the_page_of_the_structure_are_met() -> None:
    assert beside(f"# โครงสร้างหน่วยงาน\n{UNITS}\n## อำนาจหน้าที่\n{OWN}") is Outcome.MET


def test_a_page_beside_the_law_of_which_nobody_can_tell_what_it_is_leaves_it_open() -> None:
    assert beside(f"# ยินดีต้อนรับ\n{UNITS}") == "uncertain"


def test_own_duties_above_the_whole_act_on_one_page_are_met() -> None:
    structure = f"# โครงสร้างหน่วยงาน\n{UNITS}"
    assert beside(structure, f"# อำนาจหน้าที่\n{OWN}\n{ACT}") is Outcome.MET
    assert beside(structure, f"# ยินดีต้อนรับ\n{OWN.replace('อำนาจหน้าที่', '')}\n{ACT}") == "uncertain"


def test_sections_quoted_that_give_duties_are_no_whole_act() -> None:
    quoted = "\n".join(f"มาตรา {n} องค์การบริหารส่วนตำบลมีหน้าที่ต้องทำในเขตดังต่อไปนี้" for n in ("3/1", 16, 17, 66, 67, 68, 69, 71))
    opening = "พระราชบัญญัติสภาตำบล พ.ศ. 2537 ประกาศในราชกิจจานุเบกษา ให้ใช้บังคับตั้งแต่วันถัดจากวันประกาศ"
    assert look(f"# อำนาจหน้าที่\n{opening}\n{quoted}", ABSENT).outcome is Outcome.MET
    assert look(f"# อำนาจหน้าที่\n{quoted}", ABSENT).outcome is Outcome.MET


def test_a_long_act_without_its_beginning_is_an_act() -> None:
    rest = re.sub(r"มาตรา (\d+)", lambda m: f"มาตรา {int(m[1]) + 40}", ACT.split("\n", 2)[2])
    assert look(rest, ABSENT).outcome is Outcome.NOT_MET
