"""Answered: an address given or found; not located is a gap only when the whole site was seen and read."""

from __future__ import annotations

from ita_rules.checks import Observation, Outcome, observe
from tests.build import PROBLEMS, REPORT, Site, check, context

ANSWERED = check("answered")
ZERO = check("component", "problems")


def see(site: Site, **more: object) -> Observation:
    """What is seen of item O13."""
    return observe(context(site, checks=(ANSWERED, ZERO), **more), ANSWERED)  # type: ignore[arg-type]


def test_an_address_given_is_met() -> None:
    assert see(Site().page("/").file("a.pdf", "# ก").answer("O13", "a.pdf")).outcome is Outcome.MET


def test_an_item_missing_from_the_answers_is_a_gap_with_a_hint() -> None:
    site = Site().page("/").file("a.pdf", f"# {REPORT} 2565").link("/", "a.pdf", f"{REPORT} 2565").answer("O1", "/")
    seen = see(site)
    assert (seen.outcome, seen.message[0]) == (Outcome.NOT_MET, "check.answered.no_answer")
    assert seen.fix is not None
    assert seen.fix[1]["hint"] == site.url("a.pdf")


def test_an_item_answered_no_is_a_gap() -> None:
    seen = see(Site().page("/").answer("O13", has=False))
    assert (seen.outcome, seen.message[0]) == (Outcome.NOT_MET, "check.answered.said_no")


def test_an_address_of_an_answer_that_says_no_is_not_evidence() -> None:
    assert see(Site().page("/").file("a.pdf", "# ก").answer("O13", "a.pdf", has=False)).outcome is Outcome.NOT_MET


def test_a_note_that_states_a_permitted_zero_is_evidence() -> None:
    assert see(Site().page("/").answer("O13", has=False, note="ปีนี้ไม่มีปัญหาและอุปสรรค")).message[0] == "check.answered.zero"
    assert PROBLEMS.zero_statements


def test_found_on_the_site_is_met() -> None:
    site = Site().page("/").file("a.pdf", f"# {REPORT}").link("/", "a.pdf", REPORT)
    assert see(site).outcome is Outcome.MET


def test_not_located_on_a_site_seen_whole_is_a_gap() -> None:
    seen = see(Site().page("/").page("news").link("/", "news", "ข่าว"))
    assert (seen.outcome, seen.message[0]) == (Outcome.NOT_MET, "check.answered.not_located")


def test_not_located_by_a_crawl_that_was_stopped_is_unknown() -> None:
    seen = see(Site(stopped_by="budget").page("/"))
    assert (seen.outcome, seen.cause) == (Outcome.UNKNOWN, "incomplete_crawl")
    assert see(Site().page("/").fail("a", "timeout").link("/", "a", "ข่าว")).outcome is Outcome.UNKNOWN


def test_files_from_disk_are_not_asked() -> None:
    assert see(Site().page("/"), only_files=True).outcome is Outcome.NOT_APPLICABLE
