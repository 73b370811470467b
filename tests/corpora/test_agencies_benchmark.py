"""The figures of the benchmark on made-up agencies."""

import pytest

from benchmarks.agencies import Row, accuracy, at_most, everything, figures, share_of
from tests.corpora.agencies.make import AGENCIES
from tests.corpora.agencies.pool import BUILDING, MEASURE, POOLS


def row(said: str, *accepted: str, concept: str = "laws", fits: bool = False) -> Row:
    return Row("build", "town", "O1", (concept,), "html", "", accepted, said, fits, "", (), True, ())


def test_no_accusation_among_sixty_leaves_at_most_five_in_a_hundred() -> None:
    # the rule of three: 3 / 60
    assert at_most(0, 60) == pytest.approx(0.0487, abs=0.0005)
    # a table's value for two of fifty
    assert at_most(2, 50) == pytest.approx(0.1206, abs=0.0005)
    assert at_most(4, 4) == 1.0


def test_figures_count_what_was_said_against_what_is_true() -> None:
    rows = [
        row("gap", "gap", fits=True),
        row("pass", "gap"),
        row("gap", "pass"),
        row("undecided", "pass"),
        row("undecided", "undecided"),
        row("pass", "pass"),
    ]
    found = figures(rows)
    assert found["accuracy"] == 0.5
    assert found["recall"] == found["right_check"] == 0.5
    assert found["precision"] == 0.5
    assert found["false_accusations"] == found["missed_gaps"] == 1
    assert found["undecided"] == pytest.approx(1 / 6, abs=1e-4)
    # half of five gaps in a hundred found, a quarter of the others accused
    assert found["precision_at_5"] == pytest.approx(0.025 / (0.025 + 0.95 * 0.25), abs=1e-4)


def test_a_full_run_has_every_agency_in_two_pools_and_every_one_once_in_each_three_of_the_others() -> None:
    kinds = [a.kind for a in AGENCIES]
    assert list(share_of("build")) == list(share_of(MEASURE)) == kinds
    for three in (BUILDING[1:4], BUILDING[4:7]):
        assert sorted(kind for pool in three for kind in share_of(pool)) == sorted(kinds)
    assert everything() == dict.fromkeys(POOLS, kinds)


def test_counts_are_kept_by_concept() -> None:
    found = accuracy([row("gap", "gap"), row("gap", "pass"), row("pass", "pass", concept="news")])
    assert found["laws"] == {"seen": 2, "right": 1, "gaps": 1, "found": 1, "passes": 1, "accused": 1}
    assert found["news"]["seen"] == 1
