"""Everyday words: measured over the corpus of documents, and none of them a wording of the project's own vocabulary."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from ita_rules.rulesets.everyday import EVERYDAY, SHARE, everyday
from ita_rules.rulesets.load import load_ruleset
from ita_rules.thai.fold import loose
from tests.corpora.documents.source import FOLDER

RULES = Path(__file__).resolve().parents[2] / "rules"


@cache
def papers() -> tuple[str, ...]:
    """The folded lines and cells of each written source, one text a paper."""
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        body = path.read_text(encoding="utf-8").split("\n---\n", 1)[1]
        found.append("|".join(loose(part) for part in re.split(r"[|\n]", body)))
    return tuple(found)


def share(wording: str, look_alikes: tuple[str, ...] = ()) -> float:
    """Share of papers in which a wording stands outside of its look-alikes."""
    aside = [a for a in sorted(map(loose, look_alikes), key=len, reverse=True) if a]
    texts = [re.sub("|".join(map(re.escape, aside)), "|", t) if aside else t for t in papers()]
    return sum(loose(wording) in text for text in texts) / len(texts)


@pytest.mark.parametrize("word", EVERYDAY)
def test_an_everyday_word_is_what_papers_of_all_kinds_have(word: str) -> None:
    assert len(papers()) == 62
    assert share(word) >= SHARE


def test_no_wording_of_the_vocabulary_is_found_everywhere() -> None:
    components = load_ruleset("oit-2569", RULES).components.values()
    wordings = [(c, w) for c in components for w in c.wordings if not w.startswith("=")]
    shares = {(c.id, w): share(w, c.look_alikes) for c, w in wordings}
    assert {k: s for k, s in shares.items() if s >= 0.5} == {}
    assert [w for c, w in wordings if everyday(w, c.look_alikes)] == []


def test_a_part_of_an_everyday_word_is_one() -> None:
    assert everyday("ประจำปี") == "ประจำปีงบประมาณ"
    assert everyday("ปีงบประมาณ", ["ปีงบประมาณ"]) == ""
    assert everyday("รายงานผู้สอบบัญชี") == ""
    assert everyday("…") == ""
