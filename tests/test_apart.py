"""Components that stand in a paper of their own, beside the one that bears the item's title."""

from __future__ import annotations

import pytest

from ita_rules.model import CheckResult, Status
from ita_rules.rulesets.types import RuleSet
from tests.build import REPORT, SUGGESTIONS, Site, check, component, item, rules
from tests.test_judge import told

LESSONS = component("lessons", "บทเรียนจากการดำเนินงาน", statements=("ถอดบทเรียน…ประจำปี",), own_paper=True)
SHOWN = "# บทเรียนจากการดำเนินงาน\n## บทเรียนจากการดำเนินงาน\nควรเริ่มให้เร็วขึ้นและแบ่งงานให้ชัด"


def asked(*, own_paper: bool = True) -> RuleSet:
    """An item that asks for two things, one of them often a paper of its own."""
    lessons = LESSONS.model_copy(update={"own_paper": own_paper})
    checks = (check("answered"), check("component", "suggestions"), check("component", "lessons"))
    return rules(item("O13", "annual-report", *checks), components=(SUGGESTIONS, lessons))


def site() -> Site:
    """A list with a report that holds one of the two."""
    made = Site().page("/").page("list", "# เอกสาร").link("/", "list", "เอกสาร")
    return made.link("list", "a.pdf", REPORT).file("a.pdf", f"# {REPORT}\n## ข้อเสนอแนะ\nควรเร่งรัด")


def lessons(made: Site, ruleset: RuleSet | None = None) -> CheckResult:
    """What is told of the one with a paper of its own."""
    (one,) = told(made, ruleset or asked()).items
    return next(c for c in one.checks if c.component == "lessons")


def test_a_paper_beside_the_evidence_is_evidence_and_a_source() -> None:
    made = site().link("list", "b.pdf", "บทเรียนจากการดำเนินงาน").file("b.pdf", SHOWN)
    (one,) = told(made, asked()).items
    assert one.status is Status.PASS
    assert made.url("b.pdf") in {s.url for s in one.sources}


def test_without_such_a_paper_it_is_missing() -> None:
    assert lessons(site()).status is Status.GAP


def test_a_component_that_is_no_paper_of_its_own_is_looked_for_in_the_evidence_alone() -> None:
    made = site().link("/", "b.pdf", "บทเรียนจากการดำเนินงาน").file("b.pdf", SHOWN)
    assert lessons(made, asked(own_paper=False)).status is Status.GAP


@pytest.mark.parametrize(
    ("words", "status"), [("บทเรียนจากการดำเนินงาน", Status.UNDECIDED), ("ถอดบทเรียนการทำงานประจำปี", Status.PASS)]
)
def test_elsewhere_on_the_site_only_words_that_say_it_all_make_it_evidence(words: str, status: Status) -> None:
    made = site().page("other", "# อื่น ๆ").link("/", "other", "อื่น ๆ").link("other", "b.pdf", words).file("b.pdf", SHOWN)
    assert lessons(made).status is status


def test_a_paper_that_nobody_could_read_leaves_it_open_with_the_cause() -> None:
    made = site().link("list", "b.pdf", "บทเรียนจากการดำเนินงาน").fail("b.pdf", "timeout")
    found = lessons(made)
    assert (found.status, found.cause) == (Status.UNDECIDED, "timeout")


def test_a_paper_that_names_another_item_is_not_looked_at() -> None:
    ruleset = asked()
    other = rules(*ruleset.items, item("O2", "plan", check("answered", item="O2")), components=ruleset.components.values())
    made = site().link("list", "b.pdf", "แผนพัฒนาท้องถิ่น บทเรียนจากการดำเนินงาน").file("b.pdf", SHOWN)
    one = next(i for i in told(made, other).items if i.id == "O13")
    assert next(c for c in one.checks if c.component == "lessons").status is Status.GAP


def test_answers_alone_count_where_the_agency_answered() -> None:
    made = site().link("list", "b.pdf", "บทเรียนจากการดำเนินงาน").file("b.pdf", SHOWN).answer("O13", "a.pdf")
    assert lessons(made).status is Status.GAP
