"""How well a label bears a wording, and look-alikes that take it away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_rules.checks.find.spec import Spec, label_match, spec_of, stands_in
from ita_rules.thai.fold import key, loose
from tests.build import PROBLEMS, SPENDING, SUGGESTIONS, check, component, item

CHECKS = (check("component", "problems"), check("component", "suggestions"), check("component", "spending"))
KNOWN = {c.id: c for c in (PROBLEMS, SUGGESTIONS, SPENDING)}


def spec(name: str) -> Spec:
    """What a component of an item of three looks for."""
    return spec_of(KNOWN, item("O13", "annual-report", *CHECKS), next(c for c in CHECKS if c.key == name))


@pytest.mark.parametrize("label", ["ปัญหา อุปสรรค", "ปัญหา/อุปสรรค", "ปั ญหา  อุปสรรค", "ปัญหา และ อุปสรรค"])
def test_the_wording_itself_in_any_spelling(label: str) -> None:
    found = label_match(spec("problems"), label, sure=False)
    assert found is not None
    assert found[1] >= 0.9


@pytest.mark.parametrize("label", ["แก้ไขปัญหา", "การแก้ไขปัญหาความเดือดร้อน", "", "ผลการดำเนินงาน", "-"])
def test_another_sense_or_other_words(label: str) -> None:
    assert label_match(spec("problems"), label, sure=True) is None


@pytest.mark.parametrize("name", ["problems", "suggestions"])
@pytest.mark.parametrize("label", ["ปัญหา อุปสรรค และข้อเสนอแนะ", "ปัญหา/อุปสรรค/ข้อเสนอแนะ", "ปัญหา อุปสรรค หรือ ข้อเสนอแนะ"])
def test_a_label_that_names_several_components_is_each_ones(name: str, label: str) -> None:
    assert label_match(spec(name), label, sure=False)


def test_a_plan_is_no_spending() -> None:
    assert label_match(spec("spending"), "แผนการเบิกจ่าย", sure=True) is None
    assert label_match(spec("spending"), "ผลการเบิกจ่าย", sure=True)


def test_words_that_a_check_adds() -> None:
    more = check("component", "suggestions", wordings=["สิ่งที่ควรทำต่อ"])
    found = spec_of(KNOWN, item("O13", "annual-report", more), more)
    assert label_match(found, "สิ่งที่ควรทำต่อ", sure=False)


def test_a_statement_with_a_gap() -> None:
    gapped = component("secret", statements=("เก็บ…เป็นความลับ",))
    one = check("component", "secret")
    wording = spec_of({"secret": gapped}, item("O13", "annual-report", one), one).statements[0]

    def stands(text: str) -> bool:
        return stands_in(wording, loose(text), key(text), ())

    assert stands("จะเก็บข้อมูลของท่านไว้เป็นความลับ")
    assert not stands("เป็นความลับที่เก็บ")
    assert not stands("เก็บ" + "ข้อความอื่น" * 12 + "เป็นความลับ")


@given(st.text(alphabet="ปัญหาอุปสรคและข้อเสนแก้ไขงบที่ใช้ /-", max_size=50), st.booleans())
def test_quality_is_always_bounded(label: str, sure: bool) -> None:
    for name in KNOWN:
        found = label_match(spec(name), label, sure=sure)
        assert found is None or 0 < found[1] <= 1


@pytest.mark.parametrize(("label", "counts"), [("ผล", True), ("ผล (คน)", True), ("ผลกระทบ", False), ("เป้าหมาย/ผล", False)])
def test_a_wording_that_is_a_label_only_by_itself(label: str, counts: bool) -> None:
    whole = component("results", "=ผล")
    one = check("component", "results")
    found = spec_of({"results": whole}, item("O13", "annual-report", one), one)
    assert (label_match(found, label, sure=True) is not None) is counts
    assert found.wordings[0].text == "ผล"
