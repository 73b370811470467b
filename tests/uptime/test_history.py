"""What is counted against a server, and what is not."""

from __future__ import annotations

import datetime as dt

import pytest

from ita_rules.uptime import Availability, availability, expiries, outages
from ita_rules.uptime.entry import verdict
from tests.uptime.looks import BANGKOK, look

URL = "https://a.go.th/"


def days(*numbers: int) -> tuple[dt.date, ...]:
    return tuple(dt.date(2026, 4, number) for number in numbers)


def test_a_day_counts_only_when_it_was_never_up() -> None:
    looks = [look(1, "timeout"), look(1, "dns", hour=8), look(2, "http_503"), look(2, hour=9), look(5, "tls"), look(6)]
    assert outages(looks) == {URL: days(1, 5)}
    assert outages(reversed(looks)) == {URL: days(1, 5)}


@pytest.mark.parametrize("cause", ["http_404", "http_410", "login", "soft_404", "blocked", "robots", "budget", "external"])
def test_what_is_no_fault_of_the_server_is_no_outage(cause: str) -> None:
    up = verdict(cause, None)
    assert outages([look(1, cause, up=up), look(2, cause, up=up)]) == {}


@pytest.mark.parametrize("cause", ["internal_error", "private_address", "timeout", "dns"])
def test_what_we_could_not_tell_is_never_counted(cause: str) -> None:
    looks = [look(day, cause, up=None, items=("O1",)) for day in (1, 2, 3)]
    assert outages(looks) == {}
    assert availability(looks)["O1", dt.date(2026, 4, 1)] == Availability(0, 0, 1)
    assert availability(looks)["O1", dt.date(2026, 4, 1)].share is None


@pytest.mark.parametrize(
    ("cause", "status", "up"),
    [
        (None, 200, True),
        ("too_large", 200, True),
        ("too_large", None, None),
        ("http_404", 404, False),
        ("http_418", 418, False),
        ("http_503", 503, False),
        ("refused", None, False),
        ("blocked", 403, None),
        ("robots", None, None),
        ("internal_error", None, None),
        ("something_new", None, None),
    ],
)
def test_up_down_or_unknown(cause: str | None, status: int | None, up: bool | None) -> None:
    assert verdict(cause, status) is up


def test_availability_is_told_per_item_and_day() -> None:
    looks = [
        look(1, items=("O1", "O2"), main=True),
        look(1, "timeout", hour=8, items=("O1",)),
        look(1, "blocked", hour=9, items=("O1",), up=None),
        look(2, items=("O1",)),
    ]
    found = availability(looks)
    assert found["O1", dt.date(2026, 4, 1)] == Availability(looks=2, up=1, unknown=1)
    assert found["O1", dt.date(2026, 4, 1)].share == 0.5
    assert found["O2", dt.date(2026, 4, 1)].share == 1
    assert found["", dt.date(2026, 4, 1)] == Availability(1, 1)
    assert list(found) == sorted(found)


@pytest.mark.parametrize(
    ("left", "limit"), [(31, None), (30, None), (29, 30), (14, 30), (13, 14), (3, 14), (2, 3), (0, 3), (-5, 3)]
)
def test_certificates_are_warned_of_in_time(left: int, limit: int | None) -> None:
    now = dt.datetime(2026, 4, 10, 12, tzinfo=BANGKOK)
    renewed = [look(1, cert_until=now + dt.timedelta(days=-100)), look(2, cert_until=now + dt.timedelta(days=left, hours=1))]
    assert [(one.host, one.days, one.limit) for one in expiries(renewed, now)] == ([("a.go.th", left, limit)] if limit else [])


def test_the_soonest_certificate_is_named_first() -> None:
    now = dt.datetime(2026, 4, 10, tzinfo=BANGKOK)
    looks = [look(url=f"https://{n}.go.th/", cert_until=now + dt.timedelta(days=n)) for n in (9, 2, 20)]
    assert [one.host for one in expiries(looks, now)] == ["2.go.th", "9.go.th", "20.go.th"]
