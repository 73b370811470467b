"""What tells two exchanges apart for a verdict, and what does not."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from ita_rules.run.alike import essence
from ita_rules.run.types import Exchange

ONE = Exchange("k", "http://a.example/")
OTHERWISE: dict[str, Any] = {
    "size": 7,
    "fetched_at": "2026-03-02",
    "seconds": 1.5,
    "depth": 3,
    "headers": (("a", "b"),),
    "hop_headers": ((("a", "b"),),),
    "protocol": "HTTP/1.1",
    "reason": "OK",
    "unchanged": True,
    "screenshot": "aa",
    "plain_sha256": "aa",
    "carried": True,
    "attempts": 3,
}


@pytest.mark.parametrize("name", OTHERWISE)
def test_how_it_was_come_by_does_not(name: str) -> None:
    assert essence(replace(ONE, **{name: OTHERWISE[name]})) == essence(ONE)


@pytest.mark.parametrize("name", sorted({field.name for field in fields(Exchange)} - OTHERWISE.keys()))
def test_all_else_does(name: str) -> None:
    assert essence(replace(ONE, **{name: "other"})) != essence(ONE)


def test_a_second_try_does_where_the_first_failed() -> None:
    failed = replace(ONE, cause="http_500")
    assert essence(replace(failed, attempts=2)) != essence(failed)
    assert essence(replace(failed, attempts=2)) == essence(replace(failed, attempts=3))
