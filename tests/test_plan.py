"""What is mended first: points against effort, and what the points are."""

from __future__ import annotations

import pytest

from ita_rules.checks import Observation, Outcome, kinds
from ita_rules.model import ItemResult, Severity, Status, Waived
from ita_rules.plan import EFFORT, EFFORT_OF_FIX, effort, plan
from tests.build import check
from tests.reports import factory


def made(item: str, worth: float, *efforts: int, **more: object) -> ItemResult:
    """An item with a gap of each effort."""
    checks = tuple(
        factory.check(item, f"c{n}", "component", Status.GAP, "m", effort=e, fix=f"แก้ {n}", **more) for n, e in enumerate(efforts)
    )
    base = factory.realistic().items[0]
    return base.model_copy(update={"id": item, "worth": worth, "checks": checks, "status": Status.GAP})


def test_most_points_for_the_effort_come_first_then_most_points_then_the_forms_order() -> None:
    items = [made("O1", 1.0, 1), made("O2", 10.0, 3, 3), made("O3", 5.0, 1), made("O4", 5.0, 2, 1), made("O5", 5.0, 1)]
    assert [p.item for p in plan(items)] == ["O3", "O5", "O2", "O4", "O1"]


def test_an_item_gives_its_points_once_all_its_gaps_are_mended() -> None:
    (found,) = plan([made("O2", 12.5, 3, 2)])
    assert (found.points, found.total_points, found.effort) == (12.5, 5.0, 5)  # the grid's dearest item: 5 of 100
    assert found.checks == ("O2.c0", "O2.c1")
    assert found.fixes == ("แก้ 0", "แก้ 1")


def test_what_is_waived_and_what_is_advice_is_not_in_the_plan() -> None:
    waived = Waived(reason="ก", who="ข", until="2023-12-31")
    assert plan([made("O2", 5.0, 2, waived=waived), made("O3", 5.0, 2, severity=Severity.ADVICE)]) == ()
    half = made("O4", 5.0, 1, 3)
    left = (half.checks[0].model_copy(update={"waived": waived}), half.checks[1])
    (found,) = plan([half.model_copy(update={"checks": left})])
    assert (found.checks, found.effort) == (("O4.c1",), 3)


@pytest.mark.parametrize(
    ("kind", "fix", "expected"), [("linked", "", 1), ("answered", "", 3), ("answered", "check.answered.fix_hint", 1)]
)
def test_effort_is_the_fixs_own_or_its_kinds(kind: str, fix: str, expected: int) -> None:
    said = (fix, {}) if fix else None
    assert effort(Observation(check(kind), Outcome.NOT_MET, ("m", {}), fix=said)) == expected


def test_every_kind_has_an_effort_on_the_scale() -> None:
    assert set(kinds()) <= set(EFFORT)
    assert {*EFFORT.values(), *EFFORT_OF_FIX.values()} == {1, 2, 3}
