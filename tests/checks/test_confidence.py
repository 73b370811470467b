"""What can be believed of what a check saw; and that no verdict depends on it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_rules.checks import Observation, Outcome, observe
from ita_rules.checks.confidence import NOT_FOUND, SURE, sure_of
from ita_rules.judge import judge
from ita_rules.messages import messages
from ita_rules.model import Evidence, Severity, Status
from tests.build import DAY, PROBLEMS, REPORT, Site, check, component, context, item, look, rules

ASKED = check("component", "problems")
FOUND = f"# {REPORT} 2565\n## ปัญหา อุปสรรค\nงบประมาณมาช้า"


def found(text: str = FOUND, **more: Any) -> Observation:
    """What is seen of problems in a file."""
    return look(text, ASKED, **more)


def test_recognised_text_is_believed_less_than_any_other() -> None:
    said = {method: found(of={"page": {"method": method}}).confidence for method in ("text-layer", "office", "ocr")}
    assert said["ocr"] < said["text-layer"] == said["office"]


def test_further_places_add_to_what_is_believed_but_never_to_all() -> None:
    one = found()
    more = found(f"{FOUND}\n## ปัญหาและอุปสรรค\nบุคลากรไม่พอ")
    assert len(more.evidence) > len(one.evidence)
    assert one.confidence < more.confidence < 1


def test_the_page_of_the_quote_counts_and_not_a_scan_behind_it() -> None:
    site = Site().page("/").file("a.pdf", f"{FOUND}\n=== page ===\nลายเซ็น")
    sha = site.data.exchanges[site.key("a.pdf")].sha256 or ""
    document = site.data.documents[sha]
    scanned = (document.pages[0], replace(document.pages[1], method="ocr"))
    site.data.documents[sha] = replace(document, pages=scanned)
    assert observe(context(site, "a.pdf", checks=(ASKED,)), ASKED).confidence == found().confidence


@pytest.mark.parametrize("message_id", sorted(NOT_FOUND))
def test_what_is_missing_is_never_said_for_sure(message_id: str) -> None:
    assert message_id in messages("th")
    seen = Observation(ASKED, Outcome.NOT_MET, (message_id, {}), 1.0, (Evidence(url="a", read="whole"),))
    assert SURE < sure_of(context(Site().page("/")), seen).confidence < 0.9


@given(
    outcome=st.sampled_from(list(Outcome)),
    said=st.floats(0, 1),
    message_id=st.sampled_from([*NOT_FOUND, "check.component.pass"]),
    places=st.integers(0, 4),
    method=st.sampled_from(["html", "ocr"]),
)
def test_no_side_of_the_threshold_is_ever_changed(
    outcome: Outcome, said: float, message_id: str, places: int, method: str
) -> None:
    site = Site().page("/").file("a.pdf", FOUND, of={"page": {"method": method}})
    evidence = tuple(Evidence(url=site.url("a.pdf"), quote=str(n)) for n in range(places))
    seen = Observation(ASKED, outcome, (message_id, {}), said, evidence)
    told = sure_of(context(site, "a.pdf"), seen)
    assert 0 <= told.confidence <= 1
    assert (told.confidence >= SURE) is (said >= SURE)
    if outcome not in (Outcome.MET, Outcome.NOT_MET):
        assert told is seen


def test_below_the_threshold_a_gap_is_undecided_and_above_it_is_one() -> None:
    problems = component("problems", *PROBLEMS.wordings, hints=("อุปสรรค",))
    ruleset = rules(item("O13", "annual-report", check("answered"), ASKED), components=(problems,))
    results = {}
    for name, label in (("plain", "ผลการดำเนินงาน"), ("hinted", "อุปสรรคที่พบ")):
        text = f"# {REPORT} 2565\n## {label}\nจัดอบรม 3 ครั้ง\n## งบประมาณ\nใช้ 10 บาท"
        site = Site().page("/").link("/", "a.pdf", REPORT).file("a.pdf", text).answer("O13", "a.pdf")
        report = judge(site.data, ruleset, DAY)
        results[name] = next(c for c in report.items[0].checks if c.component == "problems")
    assert (results["plain"].status, results["plain"].severity) == (Status.GAP, Severity.CRITERION)
    assert results["plain"].confidence >= SURE
    assert (results["hinted"].status, results["hinted"].cause) == (Status.UNDECIDED, "uncertain")
    assert results["hinted"].confidence < SURE
