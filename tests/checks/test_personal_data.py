"""Personal data: citizens' numbers by their checksum, accounts and complainants by their words; masked, and never in doubt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_rules.checks.personal_data import Found, is_citizen, look, masked
from ita_rules.judge import judge
from ita_rules.model import Severity, Status
from tests.build import DAY, REPORT, Site, check, document, item, rules


def number(first: str = "110200123456") -> str:
    """A citizen's number that begins so, with its check digit."""
    total = sum(int(d) * weight for d, weight in zip(first, range(13, 1, -1), strict=True))
    return first + str((11 - total % 11) % 10)


GOOD = number()
GROUPS = (GOOD[0], GOOD[1:5], GOOD[5:10], GOOD[10:12], GOOD[12])
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
ACCOUNT = "123-4-56789-0"


def seen(text: str, **more: object) -> list[Found]:
    """What is found in a text."""
    return list(look(document(text), **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "-".join(GROUPS),
        " ".join(GROUPS),
        " - ".join(GROUPS),
        "-".join(GROUPS).translate(THAI),
        f"นายสมชาย ใจดี เลขประจำตัวประชาชน {GOOD} บ้านเลขที่ 1",
        f"(เลขบัตรประชาชน {' '.join(GOOD)})",
        f"เลขประจำตัว {GOOD[:3]} {GOOD[3:8]} {GOOD[8:]}".translate(THAI),
    ],
)
def test_a_citizens_number_however_it_is_written(text: str) -> None:
    (found,) = seen(text)
    assert found.what == "citizen"
    assert sum(c.isdigit() for c in found.masked) == 3


@pytest.mark.parametrize(
    "text",
    [
        GOOD[:12] + str((int(GOOD[12]) + 1) % 10),
        GOOD[:12],
        GOOD + "1",
        f"1{GOOD}",
        f"□{GOOD[1:]}",
        f"{GOOD[:6]}□{GOOD[7:]}",
        f"{GOOD} □",
        f"□ {GOOD}",
        f"https://www.example.go.th/file_{GOOD}.pdf",
        f"ไฟล์ {GOOD}.pdf",
        f"โทร {GOOD}",
        f"เลขประจำตัวผู้เสียภาษี {GOOD}",
        "1111111111111",
        "0" + number("010200123456")[1:],
        f"ปี {GOOD[:4]} {GOOD[4:8]} {GOOD[8:12]} {GOOD[12]}",
        f"| ผู้ชนะ | เลขประจำตัวผู้เสียภาษี |\n| ร้านตัวอย่าง | {GOOD} |",
    ],
)
def test_what_is_none_or_may_be_something_else(text: str) -> None:
    assert seen(text) == []


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(1, 9))
def test_one_wrong_digit_is_never_a_citizens_number(first: str, off: int) -> None:
    good = number(first)
    assert not is_citizen(good[:12] + str((int(good[12]) + off) % 10))


@given(st.text("0123456789- ", max_size=30))
def test_all_but_the_last_three_digits_are_masked(text: str) -> None:
    out = masked(text)
    digits = [c for c in text if c.isdigit()]
    assert len(out) == len(text)
    assert [c for c in out if c.isdigit()] == (digits[-3:] if len(digits) > 3 else digits)


@pytest.mark.parametrize(
    "text",
    [
        f"เลขที่บัญชี {ACCOUNT}",
        f"ธนาคารกรุงไทย เลขบัญชี {ACCOUNT.replace('-', '')} นายสมชาย ใจดี",
        f"บัญชีธนาคาร {ACCOUNT}".translate(THAI),
        f"โอนเข้าบัญชี {ACCOUNT}",
        f"| ชื่อ | เลขที่บัญชี |\n| นายสมชาย ใจดี | {ACCOUNT} |",
    ],
)
def test_an_account_beside_words_that_say_so(text: str) -> None:
    (found,) = seen(text)
    assert (found.what, found.masked.replace("-", "")) == ("account", "xxxxxxx890")


@pytest.mark.parametrize(
    "text",
    [
        f"รหัส {ACCOUNT}",
        f"ธนาคารกรุงไทย โทร {ACCOUNT}",
        "ธนาคารกรุงไทย 081-234-5678",
        f"ชื่อบัญชี เงินรายได้เทศบาลตำบลตัวอย่าง เลขที่บัญชี {ACCOUNT}",
        f"ชื่อบัญชี กองทุนหมู่บ้าน\nเลขที่บัญชี {ACCOUNT}",
        "เลขที่บัญชี 123-□-56789-0",
        "บัญชีรายจ่าย 1,234,567,890.00 บาท",
        "บัญชีวัสดุคงคลัง 1105010105",
        "รหัสบัญชี 123-4-56789-0",
        f"| ชื่อ | เลขที่บัญชี |\n| บริษัท ตัวอย่าง จำกัด | {ACCOUNT} |",
    ],
)
def test_numbers_that_are_no_persons_account(text: str) -> None:
    assert seen(text) == []


@pytest.mark.parametrize(
    "text",
    ["ผู้ร้องเรียน: นายสมชาย มีสุข แจ้งว่าไฟดับ", "| เรื่อง | ชื่อผู้ร้องเรียน |\n| ไฟดับ | นางสาวสมหญิง มีสุข |"],
)
def test_a_complainant_is_found_in_complaint_items_alone_and_never_named(text: str) -> None:
    (found,) = seen(text, complaints=True)
    assert found.what == "complainant"
    assert "มีสุข" not in found.masked
    assert seen(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "ผู้ร้องเรียน นายกเทศมนตรี ตำบลตัวอย่าง",
        "ผู้ร้องเรียน (นาย/นาง/นางสาว) ....................",
        "ผู้รับเรื่องร้องเรียน นายสมชาย มีสุข",
        "ตัวอย่าง ผู้ร้องเรียน: นายสมชาย มีสุข",
        "ข้อมูลของผู้ร้องเรียนจะถูกเก็บเป็นความลับ นายอำเภอ ตัวอย่าง",
        "| ผู้ร้องเรียน | ผลการดำเนินงาน |\n| ปกปิดชื่อ | นายสมชาย มีสุข ตรวจสอบแล้ว |",
    ],
)
def test_who_is_no_complainant(text: str) -> None:
    assert seen(text, complaints=True) == []


RULES = rules(item("O13", "annual-report", check("answered"), check("reachable")))


def test_an_item_shows_it_once_as_advice_masked_with_its_page() -> None:
    text = f"# {REPORT}\nข้อความ\n---\nเลขประจำตัวประชาชน {GOOD}\nเลขที่บัญชี {ACCOUNT}"
    site = Site().page("/").link("/", "a.pdf", REPORT).file("a.pdf", text)
    (one,) = judge(site.data, RULES, DAY).items
    (private,) = [c for c in one.checks if c.kind == "personal_data"]
    assert (one.status, private.status, private.severity, private.id) == (
        Status.PASS,
        Status.GAP,
        Severity.ADVICE,
        "O13.personal_data",
    )
    assert GOOD not in judge(site.data, RULES, DAY).model_dump_json()
    assert GOOD[-3:] in private.message
    assert private.fix
    assert private.evidence[0].url.endswith("a.pdf")


def test_where_nothing_is_found_nothing_is_shown() -> None:
    site = Site().page("/").link("/", "a.pdf", REPORT).file("a.pdf", f"# {REPORT}")
    assert {c.kind for c in judge(site.data, RULES, DAY).items[0].checks} == {"answered", "reachable"}


def test_files_from_disk_are_looked_at_before_they_are_published() -> None:
    site = Site().file("a.pdf", f"# {REPORT}\n{GOOD}").answer("O13", "a.pdf")
    checks = judge(site.data, RULES, DAY, only_files=True).items[0].checks
    assert "personal_data" in {c.kind for c in checks}
