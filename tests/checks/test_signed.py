"""Who signed: the top executive; not a deputy, nor one who acts in the executive's place."""

from __future__ import annotations

import pytest

from ita_rules.checks import Observation, Outcome, observe
from tests.build import Site, check, context

SIGNED = check("signed")
HEAD = "# ประกาศเจตนารมณ์\nข้าพเจ้าจะบริหารงานด้วยความสุจริต\nประกาศ ณ วันที่ 5 มกราคม พ.ศ. 2566\n"


def see(block: str, kind: str = "local", head: str = HEAD) -> Observation:
    """What is seen of a signature block."""
    site = Site(kind=kind).page("/").file("a.pdf", head + block)
    return observe(context(site, "a.pdf", checks=(SIGNED,)), SIGNED)


@pytest.mark.parametrize(
    ("kind", "block"),
    [
        ("local", "(นายสมชาย ใจดี)\nนายกองค์การบริหารส่วนตำบลไผ่เขียว"),
        ("local", "(ลงชื่อ) ................\n(นางสาวสมศรี มีสุข)\nนายกเทศมนตรีตำบลไผ่เขียว"),
        ("department", "(นายสมชาย ใจดี)\nอธิบดีกรมตัวอย่าง"),
        ("province", "(นายสมชาย ใจดี)\nผู้ว่าราชการจังหวัดตัวอย่าง"),
        ("hospital", "(นายสมชาย ใจดี)\nผู้อำนวยการโรงพยาบาลตัวอย่าง"),
        ("state-enterprise", "(นายสมชาย ใจดี)\nผู้อำนวยการองค์การตัวอย่าง"),  # "รอง" stands in it by chance
        ("university", "(ศ.ดร.สมชาย ใจดี)\nอธิการบดี"),
    ],
)
def test_the_top_executive_of_each_kind(kind: str, block: str) -> None:
    seen = see(block, kind)
    assert seen.outcome is Outcome.MET
    assert seen.evidence[0].page == 1


@pytest.mark.parametrize(
    "block",
    [
        "(นายสมชาย ใจดี)\nรองนายกองค์การบริหารส่วนตำบลไผ่เขียว",
        "(นายสมชาย ใจดี)\nปลัดองค์การบริหารส่วนตำบลไผ่เขียว",
        "(นายสมชาย ใจดี)\nรองนายกองค์การบริหารส่วนตำบล ปฏิบัติราชการแทน\nนายกองค์การบริหารส่วนตำบลไผ่เขียว",
        "(นายสมชาย ใจดี)\nปลัดเทศบาล ปฏิบัติหน้าที่\nนายกเทศมนตรีตำบลไผ่เขียว",
    ],
)
def test_a_deputy_or_one_in_the_executives_place_is_a_gap(block: str) -> None:
    seen = see(block)
    assert (seen.outcome, seen.message[0]) == (Outcome.NOT_MET, "check.signed.other_person")
    assert seen.evidence[0].quote


def test_nobody_signed() -> None:
    assert see("").message[0] == "check.signed.gap"


def test_the_post_alone_without_a_person_is_no_signature() -> None:
    assert see("นายกองค์การบริหารส่วนตำบลไผ่เขียว").outcome is Outcome.NOT_MET


def test_a_scanned_page_that_could_bear_it_is_unknown() -> None:
    site = Site().page("/").file("a.pdf", "# ก", of={"cause": "no_ocr", "pages": ()})
    seen = observe(context(site, "a.pdf", checks=(SIGNED,)), SIGNED)
    assert (seen.outcome, seen.cause) == (Outcome.UNKNOWN, "no_ocr")


def test_a_signature_that_a_scan_does_not_show_is_no_accusation() -> None:
    scan = {"page": {"method": "ocr"}}
    for block, outcome in (
        ("(นายสมชาย ใจดี)\nนายกองค์การบริหารส่วนตำบลไผ่เขียว", Outcome.MET),
        ("(นายสมชาย ใจดี)\nปลัดองค์การบริหารส่วนตำบลไผ่เขียว", Outcome.UNKNOWN),
        ("", Outcome.UNKNOWN),
    ):
        site = Site().page("/").file("a.pdf", HEAD + block, of=scan)
        assert observe(context(site, "a.pdf", checks=(SIGNED,)), SIGNED).outcome is outcome


DRAFT = "# ประกาศเจตนารมณ์\nข้าพเจ้าจะบริหารงานด้วยความสุจริต\nประกาศ ณ วันที่ ...... เดือน ............ พ.ศ. 2566\n"
DOTS = "(ลงชื่อ) ........................\n(นายสมชาย ใจดี)\nนายกองค์การบริหารส่วนตำบลไผ่เขียว"


def test_a_draft_without_day_and_signature_is_a_gap() -> None:
    seen = see(DOTS, head=DRAFT)
    assert (seen.outcome, seen.message[0]) == (Outcome.NOT_MET, "check.signed.draft")


def test_a_draft_with_a_picture_is_left_open() -> None:
    assert see(f"![ตราครุฑ](s.png)\n{DOTS}", head=DRAFT).outcome is Outcome.UNKNOWN


def test_a_deputy_whose_name_ends_like_a_post_is_a_deputy() -> None:
    seen = see("(ลงชื่อ) สมพงษ์\n(นายสมพงษ์ แก้วลังกา)\nรองนายกองค์การบริหารส่วนตำบลไผ่เขียว")
    assert (seen.outcome, seen.message[0]) == (Outcome.NOT_MET, "check.signed.other_person")


@pytest.mark.parametrize(
    ("head", "block"),
    [
        (HEAD, DOTS),
        (DRAFT, DOTS.replace("........................", "สมชาย")),
    ],
)
def test_dots_alone_are_no_draft(head: str, block: str) -> None:
    assert see(block, head=head).outcome is Outcome.MET


def test_a_picture_beside_words_was_not_left_unread_for_want_of_a_program() -> None:
    site = (
        Site().page("/").page("/news", "# ประชุมเรื่องของขวัญ\n![ภาพการประชุม](photo.jpg)\n" + "มีผู้เข้าร่วมประชุมเรื่องของขวัญจากทุกกอง " * 9)
    )
    seen = observe(context(site, "/news", checks=(SIGNED,)), SIGNED)
    assert (seen.outcome, seen.cause) == (Outcome.UNKNOWN, "uncertain")
