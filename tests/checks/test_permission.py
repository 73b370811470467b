"""Files with sharing services: asking for access is the agency's to mend once seen twice, a bad night is nobody's."""

from __future__ import annotations

import pytest

from ita_rules.checks import Observation, Outcome, observe
from ita_rules.judge import judge
from tests.build import ADVICE, DAY, Site, check, context, item, rules

PERMISSION = check("permission")
DRIVE = "https://drive.google.com/file/d/1abc/view"
TEXT = "# รายงาน\nข้อความของรายงาน"


def see(site: Site, *paths: str, **more: object) -> Observation:
    """What is seen of some addresses."""
    return observe(context(site, *paths, checks=(PERMISSION,), **more), PERMISSION)  # type: ignore[arg-type]


def test_a_file_that_asks_for_access_is_a_gap_when_seen_twice() -> None:
    seen = see(Site().page("/").fail(DRIVE, "login", attempts=2), DRIVE)
    assert (seen.outcome, seen.message) == (Outcome.NOT_MET, ("check.permission.gap", {"where": DRIVE}))
    assert [e.url for e in seen.evidence] == [DRIVE]


def test_seen_once_it_is_no_gap_yet() -> None:
    seen = see(Site().page("/").fail(DRIVE, "login", attempts=1), DRIVE)
    assert (seen.outcome, seen.cause) == (Outcome.UNKNOWN, "uncertain")


def test_a_sign_in_page_in_place_of_an_answered_document_is_a_gap() -> None:
    site = Site().page("/").fail("https://accounts.google.com/signin", "login")
    assert see(site, "https://accounts.google.com/signin").outcome is Outcome.NOT_MET


def test_one_shut_file_among_open_ones_is_told() -> None:
    site = Site().page("/").file("a.pdf", TEXT).fail(DRIVE, "login")
    assert see(site, "a.pdf", DRIVE).outcome is Outcome.NOT_MET


def test_an_open_file_is_met() -> None:
    seen = see(Site().page("/").file(DRIVE, TEXT), DRIVE)
    assert (seen.outcome, seen.evidence[0].url) == (Outcome.MET, DRIVE)


@pytest.mark.parametrize("cause", ["timeout", "dns", "http_503", "http_403", "blocked", "robots", "external", "internal_error"])
def test_what_could_not_be_asked_is_unknown(cause: str) -> None:
    seen = see(Site().page("/").fail(DRIVE, cause), DRIVE)
    assert (seen.outcome, seen.cause) == (Outcome.UNKNOWN, cause)


def test_a_file_that_is_gone_says_nothing_of_permission() -> None:
    assert see(Site().page("/").fail(DRIVE, "http_404"), DRIVE).outcome is Outcome.NOT_APPLICABLE


def test_files_of_the_own_site_are_not_asked() -> None:
    seen = see(Site().page("/").file("a.pdf", TEXT), "a.pdf")
    assert (seen.outcome, seen.message[0]) == (Outcome.NOT_APPLICABLE, "check.not_applicable.shared")


def test_a_members_page_beside_the_evidence_is_not_asked() -> None:
    site = Site().page("/").page("o13", TEXT).file("a.pdf", TEXT).fail("member", "login")
    site.link("o13", "a.pdf", "รายงานผลการดำเนินงานประจำปี").link("o13", "member", "สำหรับสมาชิก").answer("O13", "o13")
    assert see(site).outcome is Outcome.NOT_APPLICABLE


def test_files_from_disk_are_not_asked() -> None:
    assert see(Site().page("/").file(DRIVE, TEXT), DRIVE, only_files=True).message[0] == "check.not_applicable.file"


@pytest.mark.parametrize("page", ["https://www.facebook.com/agency", "https://lin.ee/abc"])
def test_the_wall_of_a_social_network_says_nothing_of_permission(page: str) -> None:
    assert see(Site().page("/").fail(page, "login", attempts=2), page).outcome is Outcome.NOT_APPLICABLE


def test_beside_a_gap_of_reachability_it_still_says_how_to_open_the_file() -> None:
    ruleset = rules(item("O13", "annual-report", check("answered"), check("reachable"), check("permission", severity=ADVICE)))
    site = Site().page("/").fail(DRIVE, "login").link("/", DRIVE, "รายงาน").answer("O13", DRIVE)
    (one,) = judge(site.data, ruleset, DAY).items
    assert {c.kind: c.status for c in one.checks} == {"answered": "pass", "reachable": "gap", "permission": "gap"}
