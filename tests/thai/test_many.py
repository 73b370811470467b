"""Folding many lines at once gives what folding each by itself gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_rules.thai.fold import clean, key, loose
from ita_rules.thai.many import clean_all, keys_of

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
    assert clean_all(texts) == [clean(text) for text in texts]


@given(TEXTS)
def test_each_key_is_as_by_itself(texts: list[str]) -> None:
    cleaned = [clean(text).strip() for text in texts]
    assert keys_of(cleaned) == [(key(text), loose(text)) for text in cleaned]


@pytest.mark.parametrize("text", ["", "ปัญหา", "ปัญหา อุปสรรค ๑๒", "ทํา\nงาน"])
def test_one_text_and_none(text: str) -> None:
    assert clean_all([]) == []
    assert keys_of([]) == []
    assert clean_all([text]) == [clean(text)]
    assert keys_of([clean(text)]) == [(key(clean(text)), loose(clean(text)))]
