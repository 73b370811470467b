"""Words of one meaning: a stem stands for itself with each of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ita_rules.errors import RuleSetError
from ita_rules.rulesets.load import load_ruleset
from ita_rules.rulesets.synonyms import MOST, expanded, groups_of, of_component, of_concept
from ita_rules.rulesets.types import Concept
from tests.build import PROBLEMS, words
from tests.rulesets.folder import write_rules

SYNONYMS = groups_of({"งบประมาณ": ["งบ", "งปม."], "ทุจริต": ["โกง"]})


def test_a_stem_stands_for_itself_with_other_words_of_its_meaning() -> None:
    assert expanded(["ใช้งบประมาณ"], SYNONYMS) == ("ใช้งบประมาณ", "ใช้งบ", "ใช้งปม.")
    assert expanded(["ผล"], SYNONYMS) == ("ผล",)


def test_a_word_within_a_longer_one_is_not_the_word() -> None:
    """ "งบ" stands within "งบประมาณ", and is not changed there."""
    assert not any("ประมาณประมาณ" in stem for stem in expanded(["ใช้งบประมาณ"], SYNONYMS))


def test_two_words_of_a_stem_are_changed_each_for_itself_and_together() -> None:
    assert set(expanded(["งบทุจริต"], SYNONYMS)) >= {"งบทุจริต", "งบประมาณทุจริต", "งบโกง", "งบประมาณโกง"}


def test_a_stem_stands_for_no_more_than_so_many() -> None:
    many = groups_of({f"ก{n}ข": [f"ค{n}ง", f"จ{n}ฉ"] for n in range(6)})
    assert len(expanded(["".join(f"ก{n}ข" for n in range(6))], many)) <= MOST


def test_components_without_stems_and_concepts_without_signs_stay_as_they_are() -> None:
    assert of_component(PROBLEMS, SYNONYMS) is PROBLEMS
    concept = Concept(name=words("ก"), titles=("ก",), fix=words("ก"))
    assert of_concept(concept, SYNONYMS) is concept


def test_what_may_not_stand_in_a_title_is_known_in_all_its_words() -> None:
    concept = Concept(name=words("ก"), titles=("ก",), fix=words("ก"), signs=(("แผน", "!ทุจริต|ร้องเรียน"),))
    assert of_concept(concept, SYNONYMS).signs == (("แผน", "!ทุจริต|โกง|ร้องเรียน"),)


def test_wordings_are_taken_as_they_are_written() -> None:
    component = PROBLEMS.model_copy(update={"stems": ("ทุจริต",), "wordings": ("เรื่องทุจริต",)})
    made = of_component(component, SYNONYMS)
    assert made.wordings == ("เรื่องทุจริต",)
    assert made.stems == ("ทุจริต", "โกง")


@pytest.mark.parametrize("written", ["งบประมาณ: งบ", "งบประมาณ: [1, 2]"])
def test_a_group_that_is_no_list_of_words_is_refused_with_its_line(tmp_path: Path, written: str) -> None:
    rules = write_rules(tmp_path)
    (rules / "vocabulary" / "synonyms.yaml").write_text(f"ทุจริต: [โกง]\n{written}\n", "utf-8")
    with pytest.raises(RuleSetError) as raised:
        load_ruleset("oit-2566", rules)
    assert raised.value.message_id == "error.want_words"
    assert raised.value.values["line"] == 2


def test_the_projects_own_words_reach_its_stems() -> None:
    spending = load_ruleset("oit-2566").components["spending"]
    assert {"ใช้งบ", "ใช้งบประมาณ"} <= set(spending.stems)
