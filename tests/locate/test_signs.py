"""Concepts by what words mean, where they bear none of the listed titles."""

from __future__ import annotations

import pytest

from ita_rules.locate.signs import LONGEST, Signs
from ita_rules.rulesets.load import load_ruleset
from ita_rules.thai.fold import loose

SIGNS = Signs(load_ruleset("oit-2566").concepts)


@pytest.mark.parametrize(
    ("words", "concept"),
    [
        ("รายงานการปฏิบัติตามมาตรการลดความเสี่ยงการทุจริต", "corruption-risk-actions"),
        ("เช็กความเสี่ยงทุจริต", "corruption-risk"),
        ("แผนต้านโกง", "anticorruption-plan"),
        ("อัปเดตแผนป้องกันการทุจริต", "anticorruption-progress"),
        ("สรุปผลแผนป้องกันทุจริต", "anticorruption-report"),
        ("แผนซื้อ-จ้าง", "procurement-plan"),
        ("สรุปซื้อ-จ้างทั้งปี", "procurement-report"),
        ("รายงานความคืบหน้าด้านการบริหารงานบุคคล", "hr-progress"),
        ("ขั้นตอนร้องเรียนเจ้าหน้าที่ทุจริต", "complaint-guideline"),
        ("แจ้งเจ้าหน้าที่โกง", "complaint-channel"),
        ("ตัวเลขเคสร้องเรียนเจ้าหน้าที่ทุจริต", "complaint-statistics"),
        ("แคมเปญ No Gift", "no-gift-culture"),
        ("รายงานผลการใช้มาตรการภายในด้านคุณธรรมและความโปร่งใส", "integrity-measures-report"),
        ("แผนไม่โกงถึงไหนแล้ว", "anticorruption-progress"),
        ("รายงานการปฏิบัติตามแผนป้องกันและปราบปรามการฉ้อราษฎร์บังหลวง", "anticorruption-progress"),
        ("Fraud Risk Assessment", "corruption-risk"),
        ("แผนการซื้อและจ้าง", "procurement-plan"),
        ("มาติดต่อเราทำยังไง", "service-manual"),
        ("ทำอะไรไปแล้วบ้างเรื่องความเสี่ยงทุจริต", "corruption-risk-actions"),
        ("กฎหมายว่าด้วยถนน", ""),
        ("", ""),
    ],
)
def test_a_subject_and_what_is_said_of_it_name_a_concept(words: str, concept: str) -> None:
    assert SIGNS.named(loose(words)) == concept


def test_a_text_is_no_name() -> None:
    assert SIGNS.named(loose("แผนต้านโกง " * LONGEST)) == ""
