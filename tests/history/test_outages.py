"""A server's fault is a gap only when it was there on two different days, with no answer in between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from ita_rules.history import Entry, entry_of, outages
from ita_rules.history.outages import failing, is_fault
from ita_rules.uptime import Look
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


def _look(day: int, *, up: bool | None, cause: str | None = None) -> Look:
    return Look(at=NIGHT + dt.timedelta(days=day, hours=10), url=URL, up=up, cause=cause)


def test_looks_and_runs_are_one_row() -> None:
    run = _runs("timeout")
    found = outages(run, [_look(1, up=False, cause="reset")])
    assert (found[URL].cause, len(found[URL].days)) == ("reset", 2)
    assert outages(run, [_look(0, up=True), _look(1, up=False, cause="reset")]) == {}
    assert len(outages(run, [_look(1, up=None, cause="blocked"), _look(2, up=False, cause="dns")])[URL].days) == 2
    assert outages(run, [_look(1, up=False, cause="http_404"), _look(2, up=False, cause="dns")]) == {}


def test_a_day_on_which_it_answered_is_no_day_of_an_outage() -> None:
    runs = _runs(None, "timeout", "timeout", hours=8)
    assert outages(runs) == {}


def test_a_run_that_reached_nothing_counts_for_no_address() -> None:
    down = report(item("O1", [check("O1.reachable", "undecided", cause="site_down")], source(sha=None, cause="timeout")))
    assert outages([entry_of(down, "a/0"), *_runs("timeout", "timeout")[1:]]) == {}


def test_what_a_light_night_did_not_ask_is_no_look() -> None:
    warning = {"code": "carried", "message": "x"}
    old = report(item("O1", [check("O1.reachable", "undecided")], source(sha=None, cause="timeout", warnings=(warning,))))
    assert entry_of(old, "a/0").items[0].sources == ()


def test_a_run_keeps_what_is_failing_with_its_days() -> None:
    (one,) = failing(_runs("timeout", "dns"))
    assert (one.url, one.days) == (URL, (("2026-01-05", "timeout"), ("2026-01-06", "dns")))
    assert failing(_runs("timeout"))[0].days == (("2026-01-05", "timeout"),)
    assert failing(_runs("timeout", None)) == ()
