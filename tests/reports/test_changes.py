"""Changes in words: confirmed first, the rules' apart, open gaps counted, and what a light run rests on."""

from ita_rules.messages import messages
from ita_rules.model import Change, ChangedEvidence, Changes, Severity, Status
from reports import changes
from tests.reports import factory

SAY = messages("en")


def change(check, kind="new_gap", confirmed=False, **more):
    states = {"new_gap": ("pass", "gap"), "mended": ("gap", "pass"), "still_open": ("gap", "gap")}[kind]
    given = {"before": Status(states[0]), "after": Status(states[1]), "cause": "page", "severity": Severity.CRITERION, **more}
    return Change(id=check, item=check.split(".")[0], name="ก", kind=kind, confirmed=confirmed, **given)


def told(**more):
    return factory.realistic().model_copy(update={"changes": Changes(since="2026-03-02T02:00:00+07:00", **more)})


def test_confirmed_changes_come_first_and_open_gaps_are_counted():
    report = told(site=(change("O1.a"), change("O2.a", confirmed=True), change("O3.a", "still_open", cause=None)))
    (group,) = changes.groups(report, SAY)
    assert [line.confirmed for line in group.lines] == [True, False]
    assert "O2.a" in group.lines[0].words
    assert group.lines[1].remark == SAY.say("diff.unconfirmed")
    assert SAY.say("report.changes.still", count=1) in changes.summary(report, SAY)


def test_what_the_rules_changed_stands_apart_and_needs_no_second_look():
    report = told(rules_changed=True, rules=(change("O1.a", cause="rules"),))
    (group,) = changes.groups(report, SAY)
    assert group.title == SAY.say("diff.by_rules", count=1)
    assert group.lines[0].remark == ""
    assert SAY.say("report.changes.rules") in changes.summary(report, SAY)
    mixed = told(rules_changed=True, separated=False)
    assert SAY.say("report.changes.mixed") in changes.summary(mixed, SAY)


def test_a_night_without_changes_says_so_and_a_first_night_says_nothing():
    assert SAY.say("report.changes.none") in changes.summary(told(), SAY)
    assert changes.summary(factory.realistic(), SAY) == ()
    assert changes.groups(factory.realistic(), SAY) == ()


def test_evidence_and_lapsed_decisions_are_told_and_many_are_counted():
    evidence = tuple(ChangedEvidence(url=f"http://a/{n}", items=("O1",), added=("ใหม่",)) for n in range(changes.MOST + 2))
    report = told(evidence=evidence, lapsed=("O9",))
    lines = list(changes.told(report, SAY))
    assert any("ใหม่" in line for line in lines)
    assert lines[-1].strip() == SAY.say("report.coverage.more", more=2)
    assert any("O9" in line for line in changes.summary(report, SAY))


def test_what_a_light_run_rests_on():
    full = factory.realistic()
    assert changes.depth_words(full, SAY) == ""
    light = {"depth": "light", "rests_on": "2026-03-02T02:00:00+07:00", "full_at": "2026-03-01T02:00:00+07:00", "carried": 7}
    words = changes.depth_words(full.model_copy(update={"run": full.run.model_copy(update=light)}), SAY)
    assert "2 March 2026" in words
    assert "1 March 2026" in words
    assert " 7 " in words
