"""People can ask and are answered: a board with answers or a chat; a form that only takes words in is not enough."""

from __future__ import annotations

import pytest

from ita_rules.checks import Observation, Outcome, observe
from tests.build import Site, check, context

TWO_WAY = check("two_way")


def see(text: str) -> Observation:
    """What is seen on the page of questions and answers."""
    site = Site().page("/").page("qna", text).link("/", "qna", "ถาม-ตอบ")
    return observe(context(site, "qna", concept="qna", checks=(TWO_WAY,)), TWO_WAY)


def test_a_board_with_answers() -> None:
    text = "# กระดานถาม-ตอบ\n- ถาม: ต้องการขอใบอนุญาตต้องทำอย่างไร\n- ตอบ: ติดต่อกองช่างได้ในเวลาราชการค่ะ"
    assert see(text).outcome is Outcome.MET


def test_a_board_as_a_table() -> None:
    text = "# เว็บบอร์ด\n| คำถาม | คำตอบ |\n| ขอถังขยะเพิ่มได้ไหม | ดำเนินการให้แล้วเมื่อวันศุกร์ |"
    assert see(text).outcome is Outcome.MET


@pytest.mark.parametrize(
    "mark",
    [
        "[embed: https://embed.tawk.to/1/default]",
        "[embed: https://connect.facebook.net/th_TH/sdk/xfbml.customerchat.js]",
        "[link: แชท -> https://m.me/agency]",
        "[link: LINE OA -> https://lin.ee/abc]",
    ],
)
def test_a_chat_on_the_page(mark: str) -> None:
    assert see(f"# สอบถามข้อมูล\n{mark}").outcome is Outcome.MET


def test_a_contact_form_is_a_gap() -> None:
    seen = see("# ติดต่อสอบถาม\n[form: ชื่อ, อีเมล, ข้อความ -> ส่ง]")
    assert (seen.outcome, seen.message[0]) == (Outcome.NOT_MET, "check.two_way.form_only")
    assert seen.confidence >= 0.6


def test_questions_without_answers_are_not_met() -> None:
    assert see("# ติดต่อสอบถาม\n- ถาม: น้ำไม่ไหลค่ะ\n- ถาม: ไฟดับ").outcome is Outcome.NOT_MET


def test_a_page_that_says_nothing_of_it_is_a_gap() -> None:
    assert see("# ที่ตั้ง\nเลขที่ 1 หมู่ 2").message[0] == "check.two_way.gap"


def test_social_media_alone_are_unknown() -> None:
    page = "https://www.facebook.com/agency"
    site = Site().page("/").fail(page, "external")
    assert observe(context(site, page, concept="qna", checks=(TWO_WAY,)), TWO_WAY).outcome is Outcome.UNKNOWN


def test_why_social_media_were_not_seen_is_told_without_blame() -> None:
    page = "https://www.facebook.com/agency"
    for cause, told in (("login", "social_wall"), ("external", "external"), ("timeout", "timeout")):
        site = Site().page("/").fail(page, cause)
        assert observe(context(site, page, concept="qna", checks=(TWO_WAY,)), TWO_WAY).cause == told
