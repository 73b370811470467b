from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_rules.thai.codes import code_in, leading_code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("O1", 1),
        ("o1", 1),
        ("O1.", 1),
        ("O1-", 1),
        ("O1 :", 1),
        ("O 13", 13),
        ("O-13", 13),
        ("OIT 12", 12),
        ("OIT12", 12),
        ("oit-13", 13),
        ("OIT-O13", 13),
        ("ITA O13", 13),
        ("019", 19),  # zero for O
        ("029", 29),
        ("029ประกาศหลักเกณฑ์", 29),
        ("(019-022)", 19),
        ("ข้อ o1", 1),
        ("ข้อที่ O7 ข่าวประชาสัมพันธ์", 7),
        ("01 โครงสร้างและอำนาจหน้าที่", 1),
        ("O1โครงสร้างหน่วยงาน", 1),
        ("๐๑๓ รายงานผล", 13),
        ("o๑๓", 13),
        ("รายงานผลการดำเนินงานประจำปี (O13)", 13),
    ],
)
def test_codes_in_every_spelling(text: str, code: int) -> None:
    assert code_in(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "o แสดงช่องทาง",  # a bullet before a criterion
        "O100",
        "2013",
        "10",
        "1.1",
        "EB12",
        "H2O 12",
        "02 123 4567",
        "043-123456",
        "โทร 02-123-4567",
        "01/10/2565",
        "05-10-2565",
        "ประกาศ 01/2566",
        "01 มกราคม 2566",
        "08.30 - 16.30 น.",
        "0.5 ไร่",
        "0 บาท",
        "ข้อ 13",
    ],
)
def test_what_is_no_code(text: str) -> None:
    assert code_in(text) is None


@given(st.text(alphabet="รายงานผลการดำเนินประจำปี O13/(0๑) abc", max_size=60))
def test_any_words_bear_a_code_of_two_digits_or_none(text: str) -> None:
    assert 0 <= (code_in(text) or 0) <= 99
    assert leading_code(text) is None or 1 <= (leading_code(text) or 0) <= 60


@pytest.mark.parametrize(
    "text",
    [
        "O13 รายงานผล",
        "\n  › O13 รายงานผล",
        "ข้อ O13 : รายงานผล",
        "[O13] รายงานผล",
        "📌 (O๑๓) รายงานผล",
        "4) O13 รายงานผล",
        "9.2 O13 รายงานผล",
        "OIT 13 รายงานผล",
        "ITA O13 รายงานผล",
        "013 รายงานผล",
        "๐๑๓ รายงานผล",
        "o13",
    ],
)
def test_a_code_that_comes_first(text: str) -> None:
    assert leading_code(text) == 13


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n ",
        "รายงานผล (O13)",
        "รายงานผลตาม O13",
        "ดู O13",
        "o 1. แผนงาน",
        "01 ข่าวสาร",
        "O2O",
        "O99 อื่น",
        "O100",
        "043-123456",
        "02 123 4567",
        "ข้อ 13",
        "OTOP 13",
        "1. แผนงาน",
    ],
)
def test_no_code_comes_first(text: str) -> None:
    assert leading_code(text) is None
