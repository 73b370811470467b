"""Lines of recognised pages: wordings with mistaken letters are found and quoted as recognised; what is unclear is doubted."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from ita_rules.checks import Observation, Outcome
from ita_rules.checks.find.recognised import doubts, mended, unseen
from ita_rules.checks.find.spec import spec_of
from tests.build import PROBLEMS, REPORT, SPENDING, SUGGESTIONS, check, component, item, lines, look

CHECKS = (check("component", "problems"), check("component", "suggestions"), check("component", "spending"))
BY_NAME = {c.key: c for c in CHECKS}
SCAN = {"method": "ocr", "trust": 0.9}
COVER = f"# {REPORT} พ.ศ. 2565\n"


def spec(name: str):  # type: ignore[no-untyped-def]
    """What the check of a component looks for."""
    return spec_of({c.id: c for c in (PROBLEMS, SUGGESTIONS, SPENDING)}, item("O13", "annual-report", *CHECKS), BY_NAME[name])


def see(name: str, text: str, page: Mapping[str, object] = SCAN) -> Observation:
    """What the check of a component sees in a scan."""
    return look(COVER + text, BY_NAME[name], checks=CHECKS, of={"page": page})


SCANNED = [
    ("suggestions", "## ข้อเสนอแบะ\nควรเร่งรัดการเบิกจ่าย", "ข้อเสนอแบะ"),
    ("suggestions", "3. ข้อเสบอแนะ\nควรเร่งรัด", "ข้อเสบอแนะ"),
    ("spending", "| โครงการ | งบประมาฌที่ใช้ |\n| ถนน | 100 |", "งบประมาฌที่ใช้"),
    ("spending", "| โครงการ | งบปรมาณที่ใช้ไป |\n| ถนน | □□,□□□ |", "งบปรมาณที่ใช้ไป"),
]


@pytest.mark.parametrize(("name", "text", "stands"), SCANNED)
def test_mistaken_letters_hide_nothing_in_a_scan(name: str, text: str, stands: str) -> None:
    seen = see(name, text)
    assert seen.outcome is Outcome.MET
    assert stands in (seen.evidence[0].quote or "")
    clean = see(name, text.replace(stands, {"suggestions": "ข้อเสนอแนะ", "spending": "งบประมาณที่ใช้"}[name]))
    assert seen.confidence < clean.confidence


@pytest.mark.parametrize(("name", "text", "stands"), SCANNED)
def test_a_text_layer_is_taken_by_the_letter(name: str, text: str, stands: str) -> None:
    assert see(name, text, {"method": "text-layer"}).outcome is Outcome.NOT_MET


def test_another_components_words_are_not_bent_into_this_one() -> None:
    assert see("spending", "| โครงการ | แผนการเบิกจ่าย |\n| ถนน | 100 |").outcome is Outcome.NOT_MET
    assert see("problems", "ภารกิจ: แก้ไขปัญหาความเดือดร้อบของประชาชน").outcome is Outcome.NOT_MET


def test_an_empty_column_of_a_scan_is_empty_but_an_unread_number_fills_it() -> None:
    assert see("spending", "| โครงการ | งบประมาณที่ใช้ |\n| ถนน |  |\n| ไฟฟ้า |  |").confidence >= 0.6
    assert see("spending", "| โครงการ | งบประมาณที่ใช้ |\n| ถนน | □□□ |\n| ไฟฟ้า | □□ |").outcome is Outcome.MET


def test_a_label_somewhat_alike_is_doubt_and_no_accusation() -> None:
    unclear = see("suggestions", "## ข้อเสบอแบะ\nควรเร่งรัด")
    assert (unclear.outcome, unclear.confidence) == (Outcome.NOT_MET, 0.5)
    assert any(said == "why.doubted" for said, _ in unclear.why)
    assert see("suggestions", "## ผลการดำเนินงาน\nซ่อมถนน 2 สาย").confidence >= 0.6


def test_a_label_read_by_the_letter_is_judged_by_what_stands_under_it() -> None:
    assert see("spending", "| โครงการ | งบประมาณที่ใช้ไป |\n| ถนน |  |\n| ไฟฟ้า |  |").confidence >= 0.6


def test_unread_figures_and_what_is_no_text_leave_doubt() -> None:
    figured = spec("spending")
    assert list(doubts(lines("เบิกแล้ว □□□ บาท", page=SCAN), figured))
    assert not list(doubts(lines("เบิกแล้ว □□□ บาท"), figured))
    photo = component("photo", "ภาพถ่าย", detect=("person-photo",))
    of_photo = spec_of({"photo": photo}, item("O13", "annual-report"), check("component", "photo"))
    assert unseen(lines("นายสมชาย ใจดี", page=SCAN), of_photo)
    assert not unseen(lines("นายสมชาย ใจดี"), of_photo)
    assert not unseen(lines("นายสมชาย ใจดี", page=SCAN), figured)


def test_numbering_is_kept_and_lines_that_need_no_mending_stay_the_same() -> None:
    before = lines("1. ข้อเสบอแนะ\nควรเร่งรัด", page=SCAN)
    after = mended(before, spec("suggestions"))
    assert after.lines[0].text.startswith("1. ข้อเสนอแนะ")
    assert after.lines[0].numbered
    assert after.lines[1] is before[1]
    assert mended(lines("1. ข้อเสบอแนะ"), spec("suggestions")).swaps == ()


def test_a_scan_that_is_hardly_legible_accuses_nobody() -> None:
    assert see("suggestions", "## ผลการดำเนินงาน\nซ่อมถนน", {"method": "ocr", "trust": 0.4}).confidence < 0.6
