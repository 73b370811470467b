"""Months and years as Thai agencies write them."""

from __future__ import annotations

import re

import pytest

from ita_rules.thai.months import FULL, MONTH, SHORT, YearMonth, be_year, fiscal_months, month_name, month_number


@pytest.mark.parametrize("number", range(1, 13))
def test_full_and_short_names_of_every_month(number: int) -> None:
    assert month_number(FULL[number - 1]) == number
    assert month_number(SHORT[number - 1]) == number
    assert month_number(SHORT[number - 1].rstrip(".")) == number
    assert month_number(SHORT[number - 1].replace(".", ". ")) == number


@pytest.mark.parametrize(("name", "number"), [("กรกฏาคม", 7), ("กุมภาพันธุ์", 2), ("พฤษจิกายน", 11), ("ต. ค.", 10)])
def test_common_misspellings(name: str, number: int) -> None:
    assert month_number(name) == number


@pytest.mark.parametrize(
    ("name", "number"), [("January", 1), ("Sept.", 9), ("SEP", 9), ("May", 5), ("DEC", 12), ("December", 12)]
)
def test_english_names(name: str, number: int) -> None:
    assert month_number(name) == number


@pytest.mark.parametrize("word", ["may", "march", "Decade", "Octopus", "Marching", "", "เดือน", "ปี", "ค.ศ.", "สิงห์"])
def test_what_is_no_month(word: str) -> None:
    assert month_number(word) is None


def test_a_month_is_found_inside_a_line() -> None:
    found = re.search(MONTH, "ประจำเดือน มี.ค. 2566")
    assert found is not None
    assert month_number(found.group()) == 3


@pytest.mark.parametrize(
    ("written", "year"),
    [("2566", 2566), ("66", 2566), ("00", 2500), ("2023", 2566), ("1957", 2500), ("2057", 2600), ("2601", None), ("2499", None)],
)
def test_years_of_every_kind_are_be_years(written: str, year: int | None) -> None:
    assert be_year(written) == year


@pytest.mark.parametrize("written", ["", "x", "1900", "566", "-66", "99999"])
def test_what_is_no_year(written: str) -> None:
    assert be_year(written) is None


def test_the_fiscal_year_begins_in_october() -> None:
    assert YearMonth(2565, 9).fiscal_year == 2565
    assert YearMonth(2565, 10).fiscal_year == 2566
    assert YearMonth(2565, 12).next() == YearMonth(2566, 1)


def test_months_of_a_fiscal_year() -> None:
    year = fiscal_months(2566)
    assert (year[0], year[-1], len(year)) == (YearMonth(2565, 10), YearMonth(2566, 9), 12)
    assert fiscal_months(2566, 6)[-1] == YearMonth(2566, 3)
    assert {m.fiscal_year for m in year} == {2566}


def test_a_month_in_words_has_the_era_of_its_language() -> None:
    assert month_name(YearMonth(2565, 12)) == "ธันวาคม 2565"
    assert month_name(YearMonth(2565, 12), "en") == "December 2022"
