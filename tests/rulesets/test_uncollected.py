"""The search for garbage rests while rule sets are built, and goes on as before."""

from __future__ import annotations

import gc
from contextlib import suppress

from ita_rules.rulesets.uncollected import uncollected


def test_it_rests_and_goes_on() -> None:
    assert gc.isenabled()
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_a_fault() -> None:
    with suppress(ValueError), uncollected():
        raise ValueError
    assert gc.isenabled()


def test_where_it_was_off_it_stays_off() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
