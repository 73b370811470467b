"""A server's fault is a gap only when it was there on two different days, with no answer in between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from ita_rules.history import Entry, entry_of, outages
from ita_rules.history.outages import is_fault
from tests.history.build import HOME, NIGHT, check, item, report, source

URL = f"{HOME}o1.pdf"


def _runs(*causes: str | None, hours: float = 24) -> Sequence[Entry]:
    return [
        entry_of(
            report(
                item("O1", [check("O1.reachable", "undecided")], source(sha=None if cause else "a", cause=cause)),
                started=NIGHT + dt.timedelta(hours=hours * number),
            ),
            f"a/{number}",
        )
        for number, cause in enumerate(causes)
    ]


@pytest.mark.parametrize(
    "cause", ["timeout", "dns", "refused", "reset", "tls", "redirect_loop", "http_503", "http_403", "http_5xx"]
)
def test_a_fault_on_two_days_is_an_outage(cause: str) -> None:
    found = outages(_runs(cause, cause))
    assert list(found) == [URL]
    assert (found[URL].cause, found[URL].days) == (cause, (dt.date(2026, 1, 5), dt.date(2026, 1, 6)))


@pytest.mark.parametrize(
    "cause", ["blocked", "robots", "budget", "too_large", "no_ocr", "internal_error", "http_404", "soft_404"]
)
def test_what_is_no_fault_of_a_server_never_is(cause: str) -> None:
    assert not is_fault(cause)
    assert outages(_runs(cause, cause, cause)) == {}


@pytest.mark.parametrize(
    "causes",
    [
        ("timeout",),
        ("timeout", None),
        ("timeout", None, "timeout"),
        ("timeout", "timeout", None),
        ("timeout", "http_404", "timeout"),
        (),
    ],
)
def test_one_day_or_an_answer_in_between_is_none(causes: tuple[str | None, ...]) -> None:
    assert outages(_runs(*causes)) == {}


def test_two_looks_on_one_thai_day_are_one_day() -> None:
    assert outages(_runs("timeout", "timeout", hours=6)) == {}
    # 23:00 and 01:00 in Thailand are two days, although they are one in Greenwich.
    assert len(outages([*_runs("timeout", "timeout", hours=23)])[URL].days) == 2


def test_a_look_that_says_nothing_neither_counts_nor_breaks_the_row() -> None:
    assert len(outages(_runs("timeout", "budget", "timeout"))[URL].days) == 2
    assert outages(_runs("timeout", "budget")) == {}


def test_a_night_on_which_our_own_line_was_down_does_not_count() -> None:
    runs = _runs("timeout", "timeout", "timeout")
    assert outages(runs[:2], not_counted=[dt.date(2026, 1, 6)]) == {}
    assert outages(runs, not_counted=[dt.date(2026, 1, 6)])[URL].days == (dt.date(2026, 1, 5), dt.date(2026, 1, 7))


def test_an_address_that_answered_for_one_item_is_up() -> None:
    both = report(
        item("O1", [check("O1.reachable", "undecided")], source(sha=None, cause="timeout")),
        item("O2", [check("O2.reachable", "pass")], source()),
    )
    assert outages([entry_of(both, "a/1"), *_runs("timeout")]) == {}


def test_the_order_of_the_runs_does_not_matter() -> None:
    runs = _runs(None, "timeout", "timeout")
    assert outages(runs[::-1]) == outages(runs)
    assert list(outages(runs)) == [URL]
