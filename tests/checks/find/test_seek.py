"""Lines that cannot bear a component's words are left out, and no line that can."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_rules.checks.find.component import find
from ita_rules.checks.find.seek import Body
from ita_rules.checks.find.spec import Spec, label_match, spec_of, stands_in
from ita_rules.locate.lines import Lines
from tests.build import PROBLEMS, SPENDING, SUGGESTIONS, check, component, item
from tests.build import lines as read

CHECKS = (check("component", "problems"), check("component", "suggestions"), check("component", "spending"))
KNOWN = {c.id: c for c in (PROBLEMS, SUGGESTIONS, SPENDING)}
SAID = component("told", "คำบอก", statements=("ได้แจ้ง…ประชาชนทราบ", "รายงานต่อผู้บริหาร"), zero_statements=("ไม่มีเรื่องร้องเรียน",))


def spec(name: str) -> Spec:
    """What a component of an item of three looks for."""
    return spec_of(KNOWN, item("O13", "annual-report", *CHECKS), next(c for c in CHECKS if c.key == name))


def told() -> Spec:
    """A component that shows itself in sentences."""
    one = check("component", "told")
    return spec_of({"told": SAID}, item("O13", "annual-report", one), one)


def body(*texts: str) -> Body:
    """Lines of text as a reader of PDF gives them."""
    return read("\n".join(texts), "application/pdf").once(Body)


@given(
    st.lists(
        st.one_of(
            st.text(alphabet="ปัญหาอุปสรคและข้อเสนแก้ไขงบที่ใช้ /-:เ", min_size=1, max_size=40),
            st.sampled_from(["ปัญหา/อุปสรรค", "ข้อเสนอแนะ: ไม่มี", "งบประมาณที่ใช้จ่าย", "1. ปัญหา อุปสรรค และข้อเสนอแนะ"]),
        ),
        max_size=6,
    ),
    st.booleans(),
)
def test_no_line_that_bears_a_word_is_missed(texts: list[str], sure: bool) -> None:
    text = body(*texts)
    for name in KNOWN:
        whole = spec(name)
        narrow, places = text.sought(whole)
        assert set(narrow.wordings) <= set(whole.wordings)
        for at, line in enumerate(text.lines):
            match = label_match(whole, line.bare, sure=sure)
            assert label_match(narrow, line.bare, sure=sure) == match
            assert at in places or match is None
            for wording in whole.wordings:
                stands = stands_in(wording, line.loose, line.key, whole.look_alikes)
                assert not stands or (at in places and wording in narrow.wordings)


def test_where_no_word_stands_nothing_is_looked_at() -> None:
    narrow, places = body("องค์การบริหารส่วนตำบล", "สภาพทั่วไป").sought(spec("problems"))
    assert (narrow.wordings, list(places)) == ((), [])


def test_only_the_lines_with_a_word_are_looked_at() -> None:
    narrow, places = body("สภาพทั่วไป", "ปัญหา/อุปสรรค", "ฝนตกหนัก", "ปัญหา/อุปสรรค").sought(spec("problems"))
    assert list(places) == [1, 3]
    assert [w.text for w in narrow.wordings]


@pytest.mark.parametrize("gap", ["", "ให้", "เรื่องนี้ให้ "])
def test_a_sentence_that_runs_over_two_lines(gap: str) -> None:
    before = "องค์การบริหารส่วนตำบลประชุมประชาคมหมู่บ้านทุกหมู่บ้านและได้แจ้ง"
    _, places = body("สภาพทั่วไป", before + gap, "ประชาชนทราบแล้ว", "สภาพทั่วไป").sought(told())
    assert 1 in places
    found = find(read("\n".join((before + gap, "ประชาชนทราบแล้ว")), "application/pdf"), told())
    assert found.met or found.mentioned or found.empty


def test_a_text_is_folded_once() -> None:
    lines = read("ปัญหา", "application/pdf")
    assert isinstance(lines, Lines)
    assert lines.once(Body) is lines.once(Body)
