"""The order of the queue: doubt times worth, and what need not be decided at all."""

from __future__ import annotations

from typing import Any

import pytest

from ita_rules.doubt import NEAR, THIN, UNVERIFIED, of_check, of_item, queue
from ita_rules.model import CheckResult, Decision, ItemResult, NearMiss, Report, Severity, Status
from tests.reports import factory


def check(status: Status, **more: Any) -> CheckResult:
    return factory.check("O1", "k", "component", status, "m", **more)


def item(status: Status, *checks: CheckResult, **more: Any) -> ItemResult:
    values: dict[str, Any] = {"id": "O1", "concepts": ("c",), "name": "n", "indicator": "9.1", "score": None, "worth": 1.0}
    return ItemResult(status=status, checks=checks, **(values | more))


def report(*items: ItemResult) -> Report:
    return factory.realistic(items=items, plan=())


NEAREST = (NearMiss(label="ก", wording="ข", likeness=80, url="u"),)


@pytest.mark.parametrize(
    ("found", "doubt"),
    [
        (check(Status.UNDECIDED), 1),
        (check(Status.GAP), 0.03),
        (check(Status.GAP, verified=False), UNVERIFIED),
        (check(Status.GAP, verified=False, near=NEAREST), NEAR),
        (check(Status.GAP, confidence=0.2, near=NEAREST), 0.8),
        (check(Status.PASS), 0.03),
        (check(Status.PASS, narrow=("one_wording",)), UNVERIFIED),
        (check(Status.PASS, narrow=("ocr", "unverified")), THIN),
        (check(Status.NOT_DUE), 0),
    ],
)
def test_the_doubt_of_a_check(found: CheckResult, doubt: float) -> None:
    assert of_check(found) == pytest.approx(doubt)


def test_one_sure_gap_makes_an_item_sure_and_one_thin_pass_makes_it_doubtful() -> None:
    unsure = check(Status.GAP, verified=False)
    assert of_item(item(Status.GAP, unsure, check(Status.GAP), check(Status.PASS))) == pytest.approx(0.03)
    assert of_item(item(Status.GAP, unsure, check(Status.GAP, severity=Severity.ADVICE))) == UNVERIFIED
    assert of_item(item(Status.PASS, check(Status.PASS), check(Status.PASS, narrow=("ocr",)))) == THIN
    assert of_item(item(Status.UNDECIDED)) == 1
    assert of_item(item(Status.GAP)) == 0


def test_doubt_times_worth_orders_the_queue_over_all_runs() -> None:
    heavy = item(Status.GAP, check(Status.GAP, verified=False), id="O2", worth=5.0)
    light = item(Status.UNDECIDED, check(Status.UNDECIDED), id="O3", worth=1.0)
    sure = item(Status.GAP, check(Status.GAP), id="O4", worth=5.0)
    same = item(Status.UNDECIDED, check(Status.UNDECIDED), id="O5", worth=1.0)
    found = queue([report(sure, light), report(same, heavy)])
    assert [(one.place, one.item.id) for one in found] == [(1, "O2"), (0, "O3"), (1, "O5"), (0, "O4")]
    assert found[0].weight == pytest.approx(1.5)


def test_what_is_plain_or_decided_is_not_asked() -> None:
    plain = item(Status.PASS, check(Status.PASS, confidence=0.5))
    not_due = item(Status.NOT_DUE, check(Status.NOT_DUE))
    gap = item(Status.GAP, check(Status.GAP))

    def decided(decision: str, on: Status) -> ItemResult:
        made = Decision.model_validate({"decision": decision, "on": on, "who": "ก", "when": "2026-11-21"})
        return gap.model_copy(update={"decision": made})

    assert queue([report(plain, not_due, decided("confirm", Status.GAP))]) == ()
    assert len(queue([report(decided("more", Status.GAP))])) == 1
    assert len(queue([report(decided("confirm", Status.UNDECIDED))])) == 1


def test_files_without_a_grid_are_ordered_by_doubt() -> None:
    found = queue([report(item(Status.GAP, check(Status.GAP), worth=0.0), item(Status.UNDECIDED, id="O2", worth=0.0))])
    assert [one.item.id for one in found] == ["O2", "O1"]
