"""Folding many lines at once gives what folding each by itself gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_rules.locate.lines import strip_number
from ita_rules.thai.fold import clean, key, loose
from ita_rules.thai.many import Folded, fold_all

MARKS = "่้๊๋์ํ๎็ัิีึืฺุู"
TEXTS = st.lists(
    st.one_of(
        st.text(alphabet=f"กขสนเแโำาฯๆ๐๕๙aZ9 .:•–“/-\t{MARKS}", max_size=12),
        st.text(alphabet="กนสำา นที่ ปี 256๖", max_size=20),
        st.text(max_size=8),
        st.sampled_from(["น ้ำ", "สํานักงาน", "สานักงาน", "ทํา\nงาน", "…ก", "ﬁ", "\uf70aก", "\u200bก", "", " ", "ก:้", "เ:เ"]),
    ),
    max_size=8,
)


@given(TEXTS)
def test_each_text_is_folded_as_by_itself(texts: list[str]) -> None:
    folded = fold_all(texts)
    assert folded.clean == folded.cut == [clean(text) for text in texts]
    assert folded.keys == [key(text) for text in texts]
    assert folded.loose == [loose(text) for text in texts]


@given(TEXTS)
def test_the_keys_are_those_of_what_was_cut(texts: list[str]) -> None:
    ends = [strip_number(text) for text in texts]
    folded = fold_all(texts, strip_number)
    assert folded.clean == [clean(text) for text in texts]
    assert (folded.cut, folded.keys, folded.loose) == (ends, list(map(key, ends)), list(map(loose, ends)))


@pytest.mark.parametrize("text", ["", "ปัญหา", "ปัญหา อุปสรรค ๑๒", "ทํา\nงาน"])
def test_one_text_and_none(text: str) -> None:
    assert fold_all([]) == Folded([], [], [], [])
    assert fold_all([text]) == Folded([clean(text)], [clean(text)], [key(text)], [loose(text)])
