"""What an earlier year's check leaves for the next: a text of bounded size that comes back as it was, or not at all."""

from __future__ import annotations

import pytest

from ita_rules.across import SETTING, Earlier, earlier_in, earlier_of
from ita_rules.run.types import RunMeta
from tests.across.test_findings import ANNUAL, answered, told

EARLIER = Earlier(2565, "oit-2565", "2022-04-12T02:00:00+07:00", {"annual-report": frozenset({"a" * 32, "b" * 32})})


def meta(text: str) -> RunMeta:
    """The circumstances of a run that holds a text."""
    return RunMeta(start_url="https://www.example.go.th/", settings={SETTING: text})


def test_it_comes_back_from_its_text_as_it_was() -> None:
    assert earlier_in(meta(EARLIER.as_text()), 2566) == EARLIER
    assert EARLIER.holds("annual-report", "b" * 64)
    assert not EARLIER.holds("annual-report", "c" * 64)
    assert not EARLIER.holds("annual-plan", "b" * 64)


@pytest.mark.parametrize("year", [2565, 2564])
def test_it_is_no_earlier_one_for_its_own_year_and_those_before(year: int) -> None:
    assert earlier_in(meta(EARLIER.as_text()), year) is None


@pytest.mark.parametrize(
    "text", ["", "null", "{", "[]", "7", '{"fiscal_year": 2565}', EARLIER.as_text().replace("2565,", '"x",')]
)
def test_a_text_that_is_none_of_ours_is_nothing(text: str) -> None:
    assert earlier_in(meta(text), 2566) is None


def test_the_files_of_a_concept_are_bounded() -> None:
    report = told(answered(O13=ANNUAL), "O13")
    item = report.items[0]
    file = next(s for s in item.sources if s.sha256)
    many = tuple(file.model_copy(update={"sha256": f"{n:064x}"}) for n in range(1 << 128, (1 << 128) + 3))
    many += tuple(file.model_copy(update={"sha256": f"{n:032x}" + "0" * 32}) for n in range(500))
    page = file.model_copy(update={"sha256": "f" * 64, "media_type": "text/html"})
    failed = file.model_copy(update={"sha256": "e" * 64, "cause": "unreadable"})
    report = report.model_copy(update={"items": (item.model_copy(update={"sources": (page, failed, *many)}),)})
    earlier = earlier_of(report)
    assert len(earlier.files["annual-report"]) == 24
    assert not earlier.holds("annual-report", "f" * 64)
    assert not earlier.holds("annual-report", "e" * 64)
    assert len(earlier.as_text()) < 1_500
