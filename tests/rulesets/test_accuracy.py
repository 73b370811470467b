"""The file of measured accuracy and its loader."""

from pathlib import Path

import pytest

from ita_rules.errors import ItaRulesError
from ita_rules.rulesets.accuracy import Accuracy, load_accuracy, of_item
from ita_rules.rulesets.load import available, load_ruleset

LINE = "{seen: 9, right: 8, gaps: 3, found: 2, passes: 6, accused: 0}"


def test_the_figures_of_an_item_are_those_of_its_concepts(tmp_path: Path) -> None:
    (tmp_path / "accuracy.yaml").write_text(f"annual-plan: {LINE}\nprogress-report: {LINE}\n", "utf-8")
    found = of_item(["annual-plan", "progress-report", "never-measured"], load_accuracy(tmp_path))
    assert found == Accuracy(18, 16, 6, 4, 12, 0)
    assert found.share == pytest.approx(16 / 18)


def test_what_was_not_measured_has_no_share(tmp_path: Path) -> None:
    assert load_accuracy(tmp_path) == {}
    assert of_item(["annual-plan"], {}).share is None


@pytest.mark.parametrize(
    "text", ["- 1\n", "laws: 3\n", "laws: {seen: 1}\n", f"laws: {LINE.replace('8', '-8')}\n", "laws: {a: : b\n"]
)
def test_a_file_that_is_no_map_of_counts_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "accuracy.yaml").write_text(text, "utf-8")
    with pytest.raises(ItaRulesError) as raised:
        load_accuracy(tmp_path)
    assert raised.value.values["file"] == str(tmp_path / "accuracy.yaml")


def test_the_shipped_file_measures_every_concept_of_every_year() -> None:
    measured = load_accuracy()
    assert {c for year in available() for item in load_ruleset(year).items for c in item.concepts} == set(measured)
    for counts in measured.values():
        assert counts.seen >= counts.right >= 0 < counts.seen
        assert counts.gaps >= counts.found
        assert counts.passes >= counts.accused
        assert counts.seen >= counts.gaps + counts.passes
