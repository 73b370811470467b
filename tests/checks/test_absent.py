"""A whole act of law in place of the agency's own words."""

from __future__ import annotations

import re

from ita_rules.checks import Outcome, observe
from tests.build import Site, check, context, look

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
