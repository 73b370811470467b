"""Every form of the project against the table of what it asks (`forms.tsv`), and its own cases."""

from __future__ import annotations

import csv
import datetime as dt
import time
from pathlib import Path

import pytest

from ita_rules.judge import judge
from ita_rules.model import AgencyType, Report, Severity
from ita_rules.rulesets.cases import run_cases
from ita_rules.rulesets.lint import lint
from ita_rules.rulesets.load import available, load_ruleset
from ita_rules.rulesets.shelf import Shelf
from ita_rules.rulesets.types import Check, RuleSet
from ita_rules.run.types import RunData

RULES = Path(__file__).resolve().parents[2] / "rules"
YEARS = ["oit-2563", "oit-2564", "oit-2565", "oit-2566", "oit-2567", "oit-2568", "oit-2569"]
COUNTS = dict(zip(YEARS, (43, 43, 43, 43, 35, 28, 26), strict=True))
Row = tuple[str, str, str, str, frozenset[str]]


def table() -> dict[str, set[Row]]:
    """Rule set → item, sub-indicator, concept, period, components."""
    found: dict[str, set[Row]] = {}
    with (Path(__file__).parent / "forms.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            components = frozenset((row["components"] or "").split())
            found.setdefault(f"oit-{row['year']}", set()).add(
                (row["item"], row["indicator"], row["concept"], row["period"], components)
            )
    return found


def as_built(ruleset: RuleSet) -> set[Row]:
    """The same of a rule set: criteria that are asked of every agency."""
    found = set()
    for item in ruleset.items:
        for concept in item.concepts:
            checks = [c for c in item.checks if c.concept == concept and c.severity is Severity.CRITERION and c.when is None]
            components = frozenset(c.component for c in checks if c.component)
            found.add((item.id, item.indicator, concept, period_of(checks), components))
    return found


def period_of(checks: list[Check]) -> str:
    """The period that some checks ask for; ``-`` for none."""
    for check in checks:
        if check.kind == "coverage":
            return "months"
        if check.kind == "period":
            return str(check.options["covers"])
    return "-"


def test_every_year_is_there() -> None:
    assert available(RULES) == YEARS
    assert {i: len(load_ruleset(i, RULES).items) for i in YEARS} == COUNTS


@pytest.mark.parametrize("ruleset_id", YEARS)
def test_a_form_asks_what_the_table_says(ruleset_id: str) -> None:
    built, wanted = as_built(load_ruleset(ruleset_id, RULES)), table()[ruleset_id]
    assert (sorted(wanted - built, key=str), sorted(built - wanted, key=str)) == ([], [])


@pytest.mark.parametrize("ruleset_id", YEARS)
def test_a_form_asks_for_more_than_components_where_the_table_says_so(ruleset_id: str) -> None:
    """Two-way channels, signatures, numbers of documents and "not a whole law"; and of every item that it is answered, opens and
    is linked from the main site."""
    of_evidence, of_every_item = {"component", "period", "coverage"}, {"answered", "reachable", "linked"}
    ruleset = load_ruleset(ruleset_id, RULES)
    built = {
        (item.id, concept): {c.kind for c in item.checks if c.concept == concept and c.severity is Severity.CRITERION}
        for item in ruleset.items
        for concept in item.concepts
    }
    with (Path(__file__).parent / "forms.tsv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if f"oit-{row['year']}" == ruleset_id]
    wanted = {(row["item"], row["concept"]): {*row["kinds"].replace("-", "").split()} for row in rows}
    common = of_evidence | of_every_item | {"named", "permission"}
    assert {at: kinds - common for at, kinds in built.items()} == wanted
    assert [at for at, kinds in built.items() if not of_every_item <= kinds] == []
    news = next(c for item in ruleset.items for c in item.checks if c.concept == "news" and c.kind == "period")
    assert news.options["needs"] == "one_item"


@pytest.mark.parametrize("ruleset_id", YEARS)
def test_special_parts_by_type_of_agency(ruleset_id: str) -> None:
    ruleset = load_ruleset(ruleset_id, RULES)
    asked = {
        kind: {
            (c.concept, c.component)
            for item in ruleset.items
            for c in item.checks
            if c.when is not None and c.applies_to(kind) and c.severity is Severity.CRITERION
        }
        for kind in AgencyType
    }
    sides = {(c, s) for c in ("structure", "executives") for s in ("political-side", "permanent-side")}
    parts = ("province-governor", "province-vice-governor", "province-office", "province-regional")
    assert asked[AgencyType.LOCAL] == sides
    assert asked[AgencyType.PROVINCE] == {("structure", p) for p in parts}
    assert not asked[AgencyType.DEPARTMENT]


@pytest.mark.parametrize("ruleset_id", YEARS)
def test_texts_speak_of_the_form_s_own_years(ruleset_id: str) -> None:
    """What was inherited names the year, the one before it, or the span's; never the year of the form it came from."""
    ruleset = load_ruleset(ruleset_id, RULES)
    near = {str(y) for y in (ruleset.fiscal_year, ruleset.fiscal_year - 1)}
    others = {str(y) for y in range(2560, 2575)} - near
    for item in ruleset.items:
        texts = [item.name.th, *(t for c in item.checks for w in (c.asks, c.fix) if w for t in (w.th, w.en))]
        assert not [t for t in texts if any(y in t for y in others)], item.id


@pytest.mark.parametrize("ruleset_id", YEARS)
def test_windows_levels_and_calendars(ruleset_id: str) -> None:
    ruleset = load_ruleset(ruleset_id, RULES)
    year = ruleset.fiscal_year - 543
    assert ruleset.window.opens.year == ruleset.window.closes.year == year
    assert ruleset.levels is not None
    least = [step.least for step in ruleset.levels.steps]
    assert least == sorted(least, reverse=True)
    assert ruleset.levels.verified is (ruleset.fiscal_year <= 2565)
    assert all(d.year == year for s in ruleset.calendar for d in (s.opens, s.closes) if d)
    assert all(s.source in ruleset.sources for s in ruleset.calendar)


def test_the_calendar_of_2569() -> None:
    steps = {s.name.en.split(",")[0]: s for s in load_ruleset("oit-2569", RULES).calendar}
    answered = next(s for name, s in steps.items() if name.startswith("The form is answered"))
    assert (answered.opens, answered.closes, answered.verified) == (dt.date(2026, 3, 2), dt.date(2026, 6, 30), True)


def test_what_nobody_saw_in_a_source_of_the_year_is_not_verified() -> None:
    def verified(ruleset_id: str) -> set[str]:
        items = load_ruleset(ruleset_id, RULES).items
        common = ("answered", "reachable", "linked", "named", "machine_readable")
        return {c.id for item in items for c in item.checks if c.verified and c.key not in common}

    assert {"O1.structure.org-chart", "O1.powers-duties.absent", "O9.fee", "O13.period"} <= verified("oit-2568")
    assert not {"O7.results", "O6.annual-plan.projects", "O2.political-side", "O27.measures"} & verified("oit-2568")
    assert {"O12.period", "O1.structure.political-side"} <= verified("oit-2569")
    assert not {"O12.method", "O9.fee", "O13.hr-criteria.recruitment"} & verified("oit-2569")
    assert {"O25.topic", "O10.law"} <= verified("oit-2567")
    assert {"O20.problems", "O31.officials-only", "O12.period"} <= verified("oit-2565")


def test_all_forms_are_sound_and_quick_to_lint() -> None:
    shelf = Shelf(RULES)
    started = time.process_time()
    found = [c for ruleset_id in YEARS for c in lint(ruleset_id, RULES, shelf)]
    assert found == []
    assert time.process_time() - started < 3.0  # 0.7 s of one processor on the machine that it was measured on


def _judge(run: RunData, ruleset: RuleSet, as_of: dt.date) -> Report:
    return judge(run, ruleset, as_of, engine="plain")


@pytest.mark.slow
@pytest.mark.parametrize("ruleset_id", YEARS)
def test_the_cases_of_a_form_are_as_written(ruleset_id: str) -> None:
    results = run_cases(load_ruleset(ruleset_id, RULES), _judge, RULES)
    assert [(r.placed.item, r.placed.case.name, p.message_id) for r in results for p in r.problems] == []
    assert len(results) >= 300
