"""Every change has its kind and its cause, and a change of the rules, the calendar or our own looking never looks like one of
the site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from ita_rules.history.confirm import confirmed
from ita_rules.history.differences import Change, Difference, compare, kind_of
from ita_rules.history.entry import entry_of
from ita_rules.history.reasons import CAUSES
from ita_rules.messages import messages
from ita_rules.model import CheckResult, LocatedBy, Report, SourceResult, Status
from tests.history.build import HOME, NIGHT, check, item, nights, report, simple, source

NEXT = NIGHT + dt.timedelta(days=1)
GAP, PASS, OPEN = check("O1.people", "gap"), check("O1.people", "pass"), check("O1.people", "undecided")


def _one(difference: Difference) -> Change:
    (change,) = difference.changes
    return change


def _between(
    was: CheckResult, now: CheckResult, old: Sequence[SourceResult], new: Sequence[SourceResult], **more: object
) -> Change:
    before = report(item("O1", [was], *old))
    after = report(item("O1", [now], *new), started=NEXT, **more)
    return _one(compare(before, after))


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("pass", "gap", "new_gap"),
        ("undecided", "gap", "new_gap"),
        ("not_due", "gap", "new_gap"),
        ("gap", "gap", "still_open"),
        ("gap", "pass", "mended"),
        ("pass", "undecided", "newly_undecided"),
        ("gap", "undecided", "newly_undecided"),
        ("undecided", "pass", "decided"),
        ("undecided", "not_due", "decided"),
        ("gap", "not_applicable", "other"),
        ("not_due", "pass", "other"),
        ("pass", "pass", None),
        ("undecided", "undecided", None),
    ],
)
def test_what_became_of_a_check(before: str, after: str, kind: str | None) -> None:
    assert kind_of(Status(before), Status(after)) == kind


@pytest.mark.parametrize(
    ("cause", "was", "now", "old", "new"),
    [
        ("page", PASS, GAP, [source()], [source(sha="b")]),
        ("page", GAP, PASS, [source()], [source(sha="b")]),
        ("died", PASS, GAP, [source()], [source(sha=None, cause="http_404")]),
        ("died", PASS, GAP, [source()], [source(sha=None, cause="login")]),
        ("returned", GAP, PASS, [source(sha=None, cause="soft_404")], [source()]),
        ("down", PASS, OPEN, [source()], [source(sha=None, cause="http_503")]),
        ("up", OPEN, PASS, [source(sha=None, cause="timeout")], [source()]),
        ("up", OPEN, GAP, [source(sha=None, cause="timeout")], [source(sha="b")]),
        ("looking", PASS, OPEN, [source()], [source(sha=None, cause="budget")]),
        ("looking", OPEN, GAP, [source(sha=None, cause="no_ocr")], [source()]),
        ("looking", OPEN.model_copy(update={"cause": "not_gathered"}), GAP, [source()], [source()]),
        ("reader", PASS, GAP, [source()], [source(read_by=("pdf/2",))]),
        ("moved", PASS, GAP, [source("old.pdf")], [source("new.pdf")]),
        ("elsewhere", PASS, GAP, [source("old.pdf")], [source("new.pdf", sha="b")]),
        ("answers", PASS, GAP, [source(located_by=LocatedBy.ANSWER)], [source("new.pdf", located_by=LocatedBy.ANSWER)]),
        ("other", PASS, GAP, [source()], [source()]),
    ],
)
def test_the_cause_of_a_change(
    cause: str, was: CheckResult, now: CheckResult, old: list[SourceResult], new: list[SourceResult]
) -> None:
    change = _between(was, now, old, new)
    assert change.cause == cause
    if cause not in ("other", "looking"):
        assert change.urls == (new[-1].url,)


def test_another_way_to_the_same_evidence_is_a_change_of_links() -> None:
    was, now = check("O1.linked", "pass", "linked"), check("O1.linked", "gap", "linked")
    assert _between(was, now, [source()], [source(click_path=())]).cause == "links"
    # The file changed too; what the condition asks about is the way.
    assert _between(was, now, [source()], [source(sha="b", click_path=())]).cause == "links"


def test_a_site_that_is_down_as_a_whole_is_told_as_such() -> None:
    change = _between(PASS, OPEN, [source()], [], pages=0, documents=0)
    assert (change.kind, change.cause, change.urls) == ("newly_undecided", "down", (HOME,))


def test_a_crawl_that_was_cut_short_is_our_looking() -> None:
    assert _between(PASS, OPEN, [source()], [], stopped_by="budget", complete=False).cause == "looking"


def test_a_site_that_moved_to_another_host_as_a_whole_is_the_same_site() -> None:
    before = report(item("O1", [PASS], source()))
    after = report(item("O1", [GAP], source("http://127.0.0.1:9/o1.pdf")), started=NEXT, url="http://127.0.0.1:9/")
    assert _one(compare(before, after)).cause == "other"


def test_nothing_changed() -> None:
    found = compare(*nights("pass", "pass"))
    assert (found.changes, found.by_rules, found.rules_changed) == ((), (), False)


def test_a_change_of_the_rules_is_none_of_the_site() -> None:
    before = simple("pass", version="1")
    after = simple("gap", NEXT, sha="b", version="2")
    found = compare(before, after, by_newer=simple("gap", version="2"))
    assert [(c.kind, c.cause) for c in found.by_rules] == [("new_gap", "rules")]
    assert [c.kind for c in found.changes] == ["still_open"]
    assert found.separated


def test_what_remains_after_the_rules_is_the_sites() -> None:
    before, after = simple("gap", version="1"), simple("gap", NEXT, sha="b", version="2")
    found = compare(before, after, by_newer=simple("pass", version="2"))
    assert [(c.kind, c.cause) for c in found.by_rules] == [("mended", "rules")]
    assert [(c.kind, c.cause) for c in found.changes] == [("new_gap", "page")]


@pytest.mark.parametrize("change", [{"version": "2"}, {"ruleset": "oit-2567"}, {"tool": "0.2.0"}])
def test_what_cannot_be_told_from_the_rules_is_not_laid_to_the_site(change: dict[str, str]) -> None:
    found = compare(simple("pass"), simple("gap", NEXT, sha="b", **change))
    assert (found.changes, found.separated) == ((), False)
    assert [(c.kind, c.cause) for c in found.by_rules] == [("new_gap", "rules")]


def test_a_condition_that_is_new_or_gone_is_the_rules() -> None:
    before = report(item("O1", [PASS, check("O1.old", "gap")]), version="1")
    newer = report(item("O1", [PASS, check("O1.new", "gap")]), version="2")
    after = report(item("O1", [PASS, check("O1.new", "gap")]), version="2", started=NEXT)
    found = compare(before, after, by_newer=newer)
    assert [(c.id, c.before, c.after) for c in found.by_rules] == [("O1.new", None, Status.GAP), ("O1.old", Status.GAP, None)]
    assert [c.kind for c in found.changes] == ["still_open"]


def test_a_due_day_that_passed_is_none_of_the_site() -> None:
    before, after = simple("not_due"), simple("gap", NEXT)
    assert _one(compare(before, after)).cause == "day"
    assert _one(compare(before, after, on_newer_day=simple("gap", NIGHT))).cause == "day"
    # Judged on the newer day it would still not be due: then something else made the gap.
    assert _one(compare(before, simple("gap", NEXT, sha="b"), on_newer_day=simple("not_due", NIGHT))).cause == "page"


def test_a_period_that_the_day_alone_fails_is_the_calendars() -> None:
    assert _one(compare(simple("pass"), simple("gap", NEXT, sha="b"), on_newer_day=simple("gap", NIGHT))).cause == "day"


def test_every_cause_and_kind_has_its_words() -> None:
    assert {f"diff.cause.{cause}" for cause in CAUSES} <= messages("th").ids()


def _confirmed(runs: Sequence[Report], first: int, last: int, hours: float = 6) -> list[bool]:
    entries = [entry_of(told, f"a/{number}") for number, told in enumerate(runs)]
    return [c.confirmed for c in confirmed(compare(runs[first], runs[last]), entries, hours).changes]


def test_a_change_is_confirmed_by_a_second_look_hours_away() -> None:
    runs = nights("pass", "gap", "gap", "pass", "gap")
    assert _confirmed(runs[:2], 0, 1) == [False]
    assert _confirmed(runs, 0, 1) == [True]  # by the run after it
    assert _confirmed(runs[:3], 0, 2) == [True]  # by the one in between
    assert _confirmed(runs, 3, 4) == [False]
    assert _confirmed(runs, 0, 4) == [False]  # it was mended in between
    assert _confirmed(runs, 1, 2) == [True]  # still open, a day apart


def test_a_look_a_little_later_confirms_nothing() -> None:
    assert _confirmed(nights("pass", "gap", "gap", hours=2), 0, 2) == [False]
    assert _confirmed(nights("pass", "gap", "gap", "gap", "gap", hours=2), 0, 4) == [True]
    assert _confirmed(nights("pass", "gap", "gap", hours=2), 0, 2, hours=1) == [True]
    assert _confirmed(nights("gap", "gap", hours=2), 0, 1) == [False]


def test_a_look_in_between_that_shows_another_state_breaks_the_row() -> None:
    assert _confirmed(nights("pass", "gap", "undecided", "gap"), 0, 3) == [False]
