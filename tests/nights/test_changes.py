"""Changes of a night: new ones to be confirmed, told once more when seen twice, and never the rules' for the site's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from ita_rules.history.differences import compare
from ita_rules.history.entry import Entry, entry_of
from ita_rules.history.texts import Changed
from ita_rules.model import Change, Changes, Report
from ita_rules.nights.changes import changes_of
from tests.history.build import NIGHT, check, item, report, simple, source


def _entries(reports: Sequence[Report]) -> list[Entry]:
    return [entry_of(one, f"a/{number}") for number, one in enumerate(reports)]


def last_of(*reports: Report) -> Changes:
    """The changes that the last of some nights tells."""
    return changes_of(compare(reports[-2], reports[-1]), (), _entries(reports[:-1]), lambda run, check: ("page", ("u",)))


def nightly(*states: str, hours: float = 24) -> list[Report]:
    return [simple(state, NIGHT + dt.timedelta(hours=hours * n)) for n, state in enumerate(states)]


def only(changes: Changes) -> Change:
    (found,) = changes.site
    return found


def test_a_change_is_to_be_confirmed_then_confirmed_then_open() -> None:
    first = only(last_of(*nightly("pass", "gap")))
    assert (first.kind, first.confirmed, first.since) == ("new_gap", False, nightly("pass", "gap")[1].run.started)
    second = only(last_of(*nightly("pass", "gap", "gap")))
    assert (second.kind, second.confirmed, second.cause, second.before) == ("new_gap", True, "page", "pass")
    assert second.since == first.since
    third = only(last_of(*nightly("pass", "gap", "gap", "gap")))
    assert (third.kind, third.confirmed, third.since) == ("still_open", True, first.since)


def test_two_looks_in_one_night_confirm_nothing() -> None:
    again = only(last_of(*nightly("pass", "gap", "gap", hours=2)))
    assert (again.kind, again.confirmed) == ("still_open", False)
    # The first look hours after the change confirms it, however many were in between.
    later = only(last_of(*nightly("pass", "gap", "gap", "gap", "gap", hours=2)))
    assert (later.kind, later.confirmed) == ("new_gap", True)


def test_what_is_mended_is_confirmed_likewise_and_then_no_news() -> None:
    assert only(last_of(*nightly("gap", "pass"))).kind == "mended"
    assert only(last_of(*nightly("gap", "pass", "pass"))).confirmed
    assert last_of(*nightly("gap", "pass", "pass", "pass")).site == ()


def test_a_flicker_is_told_as_it_is_and_confirms_nothing() -> None:
    back = only(last_of(*nightly("pass", "gap", "pass")))
    assert (back.kind, back.confirmed) == ("mended", False)


def test_nights_of_other_rules_say_nothing_of_since_when() -> None:
    old = [simple("gap", NIGHT + dt.timedelta(days=n), version="1") for n in range(3)]
    new = simple("gap", NIGHT + dt.timedelta(days=3), version="2")
    changes = changes_of(compare(old[-1], new, by_newer=old[-1]), (), _entries(old), lambda run, check: (None, ()))
    assert changes.rules_changed
    assert only(changes).since is None
    mixed = changes_of(compare(simple("pass"), new), (), (), lambda run, check: (None, ()))
    assert (mixed.site, mixed.separated, [c.id for c in mixed.rules]) == ((), False, ["O1.people"])


def test_evidence_and_lapsed_decisions_go_along() -> None:
    one = report(item("O1", [check("O1.a", "pass")], source(sha="a")))
    two = report(item("O1", [check("O1.a", "pass")], source(sha="b")), started=NIGHT + dt.timedelta(days=1))
    words = tuple(f"คำ{n}" for n in range(20))
    evidence = Changed("u", ("O1",), "a", "b", True, words, ())
    changes = changes_of(compare(one, two), [evidence], _entries([one]), lambda run, check: (None, ()), ["O1"])
    assert (changes.since, changes.lapsed) == (one.run.started, ("O1",))
    assert changes.evidence[0].added == words[:10]
