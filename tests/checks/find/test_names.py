"""Names of agencies in text: where one ends, what is none, and who issued a paper."""

from __future__ import annotations

import pytest

from ita_rules.checks.find.names import is_plain, is_told, issuers, others_in, own_names
from tests.build import AGENCY, lines

OWN = own_names(AGENCY)


def test_names_by_which_an_agency_goes() -> None:
    assert others_in("อบต.ไผ่เขียว และเทศบาลตำบลหนองแวง", OWN) == ["เทศบาลตำบลหนองแวง"]
    assert own_names("") == own_names("ก") == frozenset()
    assert own_names("สถาบันน้ำไทย (องค์การมหาชน)") == own_names("สถาบันน้ำไทย") | own_names("สถาบันน้ำไทย องค์การมหาชน")


@pytest.mark.parametrize(
    "posts", ["นายก อบต. รองนายก อบต. 2 คน เลขานุการนายก อบต.", "ปลัด อบต. รองปลัด อบต.", "สภา อบต. ประธานสภา 1 คน"]
)
def test_a_list_of_posts_names_no_other_agency(posts: str) -> None:
    assert others_in(posts, OWN) == []


@pytest.mark.parametrize(
    "text",
    [
        "ให้องค์การบริหารส่วนตำบลพิจารณาคำขอภายในเจ็ดวัน",
        "อบต. ภายในสิ้นเดือน",
        "เทศบาลตำบลดำเนินการจัดเก็บขยะ",
        "อบต.ออนไลน์",
        "องค์การบริหารส่วนตำบลมีหน้าที่บำรุงรักษาทางน้ำและทางบก",
        "เทศบาลตำบลซึ่งตั้งอยู่ริมน้ำ",
    ],
)
def test_what_an_agency_does_is_no_name(text: str) -> None:
    assert others_in(text, OWN) == []


@pytest.mark.parametrize("place", ["ในเมือง", "ขอนแดง", "สร้างค้อ", "หลังสวน", "รับร่อ"])
def test_places_that_sound_like_deeds_are_names(place: str) -> None:
    assert others_in(f"เทศบาลตำบล{place}", OWN) == [f"เทศบาลตำบล{place}"]


def test_a_name_ends_where_the_sentence_goes_on() -> None:
    assert others_in("เทศบาลตำบลหนองแวงขอเชิญร่วมงาน", OWN) == ["เทศบาลตำบลหนองแวง"]


def test_behind_a_blank_a_name_has_to_be_told_as_a_place() -> None:
    assert not is_told("อบต. ตอบคำถาม", lines("อบต. ตอบคำถาม\nซ่อมถนน\nอบต. ตอบคำถาม"))
    assert not is_told("องค์การบริหารส่วนตำบล คนแรก", lines("รองนายกองค์การบริหารส่วนตำบล คนแรก"))
    assert is_told("อบต. หนองแวง", lines("อบต. หนองแวง\nตำบลหนองแวง"))
    assert is_told("อบต. หนองแวง", lines("อบต. หนองแวง อำเภอชนบท"))
    assert is_told("อบต.หนองแวง", lines("อบต.หนองแวง"))


def test_a_neighbour_in_one_sentence_is_not_plain() -> None:
    sentence = "การประชุมครั้งนี้มีผู้แทนเทศบาลตำบลหนองแวงและผู้แทนส่วนราชการอื่นเข้าร่วมรับฟังด้วยหลายสิบคน"
    once, twice = lines(sentence), lines(f"{sentence}\nเทศบาลตำบลหนองแวง")
    assert not is_plain(once[0], "เทศบาลตำบลหนองแวง", once)
    assert is_plain(twice[0], "เทศบาลตำบลหนองแวง", twice)
    assert is_plain(twice[1], "เทศบาลตำบลหนองแวง", once)


@pytest.mark.parametrize(
    ("agency", "text", "other"),
    [
        ("องค์การสวนไม้ดอก", "# รายงาน\nองค์การตลาดน้ำ\nองค์การตลาดน้ำ รายงานว่า", "องค์การตลาดน้ำ"),
        ("องค์การสวนไม้ดอก", "# รายงาน\nองค์การตลาดน้ำ\nซ่อมถนน", ""),
        ("องค์การสวนไม้ดอก", "# รายงาน\nองค์การสวนไม้ดอก\nองค์การสวนไม้ดอก รายงานว่า", ""),
        ("สถาบันวิจัยข้าวหอม", "# รายงาน\nสถาบันวิจัยยางพารา\nสถาบันวิจัยยางพารา รายงานว่า", ""),
        ("สถาบันวิจัยข้าวหอม", "# รายงาน\nสถาบันวิจัยยางพารา\nซ่อมถนน\nผู้อำนวยการสถาบันวิจัยยางพารา", "สถาบันวิจัยยางพารา"),
        ("การรถรางเมืองเหนือ", "# การรับของขวัญ\nการรับของขวัญ\nผู้ว่าการการเรือเมืองใต้\nการเรือเมืองใต้", "การเรือเมืองใต้"),
        ("สำนักงานพัฒนาเมือง", "# ประมวล\nสำนักงานคณะกรรมการคุณธรรม\nเลขาธิการสำนักงานคณะกรรมการคุณธรรม", ""),
        ("กรมน้ำพุ", "# รายงาน\nองค์การตลาดน้ำ\nองค์การตลาดน้ำ รายงานว่า", ""),
    ],
)
def test_who_issued_a_paper_of_the_same_kind(agency: str, text: str, other: str) -> None:
    found = {name for _, name in issuers(lines(text), own_names(agency))}
    assert found == ({other} if other else set())
