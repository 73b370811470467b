"""Who is phoned about what, in which order, and what is nobody's call."""

from __future__ import annotations

import datetime as dt

import pytest

from ita_rules.digest import Subject, digest, news_of, to_mend
from ita_rules.messages import messages
from ita_rules.model import Change, Changes, Decision, Status, Waived
from reports.digest import text
from tests.digests import gap, item, report

DAY = dt.date(2026, 4, 10)


def test_calls_go_by_points_then_by_days_left_and_closed_forms_last() -> None:
    subjects = [
        Subject("little", newest=report(item("O1", "gap", 2.5))),
        Subject("much, late", newest=report(item("O1", "gap"), item("O2", "gap"), closes="2026-06-30")),
        Subject("much, soon", "02 123", report(item("O1", "gap", 8), item("O2", "gap", 12))),
        Subject("closed", newest=report(item("O1", "gap", 50), closes="2026-04-01")),
        Subject("unknown", newest=report(item("O1", "gap", 20), closes=None)),
        Subject("fine", newest=report(item("O1", "pass"))),
        Subject("unseen"),
    ]
    found = digest(subjects, DAY)
    assert [call.agency for call in found.calls] == ["much, soon", "much, late", "unknown", "little", "closed"]
    assert [call.days_left for call in found.calls] == [20, 81, None, 20, -9]
    assert (found.calls[0].contact, found.calls[0].points) == ("02 123", 20)
    assert [point.item for point in found.calls[0].items] == ["O2", "O1"]
    assert (found.agencies, found.fine, found.missing) == (6, 1, ("unseen",))
    assert digest(list(reversed(subjects)), DAY).calls == found.calls


@pytest.mark.parametrize(
    "one",
    [
        item("O1", "undecided"),
        item("O1", "not_due"),
        item("O1", "gap", checks=(gap(waived=Waived(reason="r", who="w", until="2027-01-01")),)),
        item("O1", "gap", decision=Decision(decision="pass", on=Status.GAP, who="ก", when="2026-04-01")),
        item("O1", "pass", checks=(gap(severity="advice"),)),
    ],
)
def test_what_is_nobodys_call(one: object) -> None:
    found = digest([Subject("ก", newest=report(one))], DAY)  # type: ignore[arg-type]
    assert found.calls == ()
    assert found.fine == 1


def test_a_decision_on_another_verdict_excuses_nothing() -> None:
    old = Decision(decision="pass", on=Status.UNDECIDED, who="ก", when="2026-04-01")
    agreed = Decision(decision="gap", on=Status.GAP, who="ก", when="2026-04-01")
    assert [len(to_mend(report(item("O1", "gap", decision=one)))) for one in (old, agreed)] == [1, 1]


def test_a_gap_by_unverified_conditions_alone_is_marked() -> None:
    both = item("O2", "gap", checks=(gap(verified=False), gap()))
    found = to_mend(report(item("O1", "gap", checks=(gap(verified=False),)), both))
    assert [(point.item, point.verified) for point in found] == [("O1", False), ("O2", True)]


def test_news_are_what_changed_since_the_run_before() -> None:
    before = report(item("O1", "pass"), item("O2", "gap"), item("O3", "pass"), item("O4", "gap"), item("O5", "undecided"))
    newest = report(item("O1", "gap"), item("O2", "pass"), item("O3", "undecided"), item("O4", "gap"), item("O6", "gap"))
    subject = Subject("ก", newest=newest, before=before)
    news = news_of(subject)
    assert (news.gaps, news.mended, news.undecided) == (("O1",), ("O2",), ("O3",))
    found = digest([subject], DAY)
    assert found.news == (news,)
    assert [point.item for point in found.calls[0].items if point.new] == ["O1"]
    assert digest([Subject("ก", newest=newest)], DAY).news == ()


def test_other_rules_are_no_news_of_the_site() -> None:
    subject = Subject("ก", newest=report(item("O1", "gap"), version="2"), before=report(item("O1", "pass")))
    found = digest([subject], DAY)
    assert (found.news, found.judged_anew) == ((), ("ก",))
    assert [(call.agency, call.items[0].new) for call in found.calls] == [("ก", False)]


@pytest.mark.parametrize(("started", "stale"), [("2026-04-03", ()), ("2026-04-02", ("ก",)), ("soon", ())])
def test_an_old_run_is_told(started: str, stale: tuple[str, ...]) -> None:
    assert digest([Subject("ก", newest=report(item("O1", "pass"), started=started))], DAY).stale == stale


def _changed(name: str, kind: str, *, confirmed: bool, severity: str = "criterion") -> Change:
    states = {"new_gap": ("pass", "gap"), "mended": ("gap", "pass"), "newly_undecided": ("pass", "undecided")}[kind]
    given = {"id": f"{name}.x", "item": name, "name": "ก", "kind": kind, "severity": severity, "cause": "page"}
    return Change.model_validate({**given, "before": states[0], "after": states[1], "confirmed": confirmed})


def test_a_report_tells_its_changes_itself_and_confirmed_ones_come_first() -> None:
    items = (item("O1", "gap"), item("O2", "gap"), item("O3", "pass"), item("O4", "pass"))
    site = (
        _changed("O1", "new_gap", confirmed=False),
        _changed("O2", "new_gap", confirmed=True),
        _changed("O3", "mended", confirmed=False),
        # The condition is new, and the item passes all the same.
        _changed("O4", "new_gap", confirmed=True),
        _changed("O3", "mended", confirmed=True, severity="advice"),
    )
    newest = report(*items).model_copy(update={"changes": Changes(since="2026-04-09T02:00:00+07:00", site=site)})
    found = news_of(Subject("ก", newest=newest))
    assert (found.gaps, found.mended, found.confirmed) == (("O2", "O1"), ("O3",), frozenset({"O2"}))
    other = report(item("O1", "gap")).model_copy(
        update={"changes": Changes(since="x", site=(_changed("O1", "new_gap", confirmed=False),))}
    )
    both = digest([Subject("ข", newest=other), Subject("ก", newest=newest)], DAY)
    assert [one.agency for one in both.news] == ["ก", "ข"]
    words = text(both, messages("en"))
    assert "O2, O1 (to be confirmed)" in words


def test_what_cannot_be_told_from_a_change_of_rules_is_no_news() -> None:
    mixed = Changes(since="x", rules_changed=True, separated=False, site=(_changed("O1", "new_gap", confirmed=True),))
    newest = report(item("O1", "gap")).model_copy(update={"changes": mixed})
    assert news_of(Subject("ก", newest=newest)).gaps == ()
