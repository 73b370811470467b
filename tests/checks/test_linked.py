"""A chain of links from the main page to the evidence, whatever kind of link; lying on the host is not enough."""

from __future__ import annotations

import pytest

from ita_rules.checks import Observation, Outcome, observe
from tests.build import REPORT, Site, check, context

LINKED = check("linked")
SOCIAL = "https://www.facebook.com/agency"


def see(site: Site, *paths: str, concept: str = "annual-report", **more: object) -> Observation:
    """What is seen of some addresses."""
    return observe(context(site, *paths, concept=concept, checks=(LINKED,), **more), LINKED)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "kind", ["a", "area", "frame", "iframe", "embed", "object", "meta-refresh", "onclick", "script", "viewer"]
)
def test_any_kind_of_link_is_a_way(kind: str) -> None:
    site = Site().page("/").page("docs").link("/", "docs", "เอกสาร").link("docs", "a.pdf", "", kind=kind).file("a.pdf", "# ก")
    seen = see(site, "a.pdf")
    assert seen.outcome is Outcome.MET
    assert seen.message[1]["clicks"] == 2


def test_the_page_or_viewer_around_a_file_counts_for_the_file() -> None:
    site = Site().page("/").page("docs").link("/", "docs").file("a.pdf", "# ก")
    site.page("view?file=/a.pdf").link("/", "view?file=/a.pdf", "เปิด")
    assert see(site, "a.pdf", "view?file=/a.pdf").outcome is Outcome.MET


def test_the_way_goes_over_redirects() -> None:
    site = Site().page("/").page("new").file("a.pdf", "# ก").moved("old", "new").link("/", "old").link("new", "a.pdf")
    assert see(site, "a.pdf").outcome is Outcome.MET


def test_a_main_page_that_moves_on_is_still_the_start() -> None:
    site = Site().page("home").moved("/", "home").link("home", "a.pdf").file("a.pdf", "# ก")
    assert see(site, "a.pdf").outcome is Outcome.MET


def test_an_orphan_is_a_gap_when_the_whole_site_was_seen() -> None:
    seen = see(Site().page("/").page("docs").link("/", "docs").file("a.pdf", "# ก"), "a.pdf")
    assert seen.outcome is Outcome.NOT_MET
    assert seen.why[0][1]["pages"] == 2


@pytest.mark.parametrize("stop", ["budget", "interrupt"])
def test_an_orphan_of_a_crawl_that_was_stopped_is_unknown(stop: str) -> None:
    seen = see(Site(stopped_by=stop).page("/").file("a.pdf", "# ก"), "a.pdf")
    assert (seen.outcome, seen.cause) == (Outcome.UNKNOWN, "incomplete_crawl")


def test_an_orphan_beside_pages_that_were_not_read_is_unknown() -> None:
    site = Site().page("/").fail("other", "timeout").link("/", "other").file("a.pdf", "# ก")
    assert see(site, "a.pdf").outcome is Outcome.UNKNOWN


def test_pages_closed_by_robots_or_a_login_do_not_count_as_unread() -> None:
    site = Site().page("/").fail("admin", "login").fail("cgi", "robots").link("/", "admin").link("/", "cgi").file("a.pdf", "# ก")
    assert see(site, "a.pdf").outcome is Outcome.NOT_MET


def test_a_link_that_leads_nowhere_is_no_way() -> None:
    site = Site().page("/").link("/", "#", REPORT).link("/", "javascript:void(0)", REPORT).file("a.pdf", "# ก")
    assert see(site, "a.pdf").outcome is Outcome.NOT_MET


def test_the_agencys_social_media_are_linked_when_the_site_links_them() -> None:
    site = Site().page("/").link("/", SOCIAL, "Facebook", zone="footer").fail(SOCIAL, "external")
    assert see(site, SOCIAL, concept="social-network").outcome is Outcome.MET
    assert see(Site().page("/").fail(SOCIAL, "external"), SOCIAL, concept="social-network").outcome is not Outcome.MET


def test_files_from_disk_have_no_way() -> None:
    assert see(Site().page("/").file("a.pdf", "# ก"), "a.pdf", only_files=True).outcome is Outcome.NOT_APPLICABLE
