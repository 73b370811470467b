"""A site built to be hard: every page that can be reached is found, every failure has its cause, every trap its bound."""

import time
from dataclasses import dataclass

import pytest

from crawlers.frontier import default_wants, scope_of
from crawlers.readers.interface import Limits, read
from crawlers.site import gather
from crawlers.traps import Traps
from ita_rules.locate.site import SiteView
from ita_rules.run.store import RunWriter, load_run
from ita_rules.run.types import Bound, RunData, RunMeta, Want
from tests.mischief.agency import SPLASHES, Agency, settings

SLACK = 8
"""Addresses more than a rule allows that may be under way when it is reached: what is being fetched is not counted yet."""


@dataclass
class Reader:
    """The real readers, in this process."""

    ocr_version: str = ""

    def read(self, data, hints):
        return read(data, hints, Limits())

    def recognise(self, data, hints, document):
        raise AssertionError("nobody asked")


def crawl(agency, folder, **changes):
    """The run of an agency, the files whose text the truth speaks of read too."""
    files = {agency.key(path) for path in agency.truth.documents}

    def wants(run):
        reads = [Want("read", key) for key in files if key in run.exchanges and not run.document(key)]
        return [*default_wants(run), *reads]

    writer = RunWriter(folder, RunMeta(agency.start))
    return gather(agency.start, writer=writer, wants=wants, settings=settings(agency, **changes), reader=Reader())


def bounds_of(run: RunData) -> tuple[Bound, ...]:
    """What the rules against traps cut off, as the run says; else as the rules say of the whole run."""
    if run.meta.bounds:
        return run.meta.bounds
    traps, scope = Traps(), scope_of(run)
    for found in run.exchanges.values():
        is_own = found.final_key == found.key and "html" in found.media_type
        traps.count(found.url, found.sha256 if is_own else None)
    known = {key for found in run.exchanges.values() for key in (found.key, found.final_key)}
    for links in run.links.values():
        traps.learn(link.url for link in links)
    for links in run.links.values():
        for link in links:
            if link.target and link.target not in known and scope.covers(link.url):
                traps.admits(link.url)
    return traps.bounds()


def check(agency: Agency, run: RunData) -> None:
    """Everything but the traps is as the truth says."""
    assert agency.missed(run) == {}
    assert agency.misjudged(run) == {}
    assert agency.accused(run) == {}
    unread = {path: found.cause for path in agency.truth.documents if (found := run.document(agency.key(path)))}
    assert unread == agency.truth.documents
    words = {link.text for links in run.links.values() for link in links if not link.url}
    assert words >= set(agency.truth.nowhere)
    assert not [path for path in agency.truth.forbidden if agency.asked(path)]
    assert not agency.stranger.lines
    assert run.meta.stopped_by is None


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_whole_of_a_mischievous_site(seed, tmp_path):
    start = time.monotonic()
    with Agency(seed) as agency:
        run = crawl(agency, tmp_path)
    check(agency, run)
    asked = {trap.prefix: agency.asked(trap.prefix) for trap in agency.truth.traps}
    assert {p: n for p, n in asked.items() if not n} == {}
    assert {t.prefix: asked[t.prefix] for t in agency.truth.traps if asked[t.prefix] > t.most + SLACK} == {}
    bounds = bounds_of(run)
    said = {(bound.rule, trap.prefix) for bound in bounds for trap in agency.truth.traps if trap.prefix in bound.family + "/"}
    assert {(t.rule, t.prefix) for t in agency.truth.traps} - said == set()
    assert all(bound.refused > 0 for bound in bounds)
    assert time.monotonic() - start < 120


def test_all_that_can_be_reached_and_all_that_fails(tmp_path):
    with Agency(4, only=("ways", "failures", "maps", "hosts")) as agency:
        run = crawl(agency, tmp_path)
    check(agency, run)
    assert len(agency.truth.pages) > 200
    assert len(set(agency.truth.failures.values())) >= 18
    assert bounds_of(load_run(tmp_path)) == bounds_of(run)


def test_a_map_proves_no_way_for_visitors(tmp_path):
    with Agency(5, only=("maps",)) as agency:
        run = crawl(agency, tmp_path)
    assert agency.missed(run) == {}
    site = SiteView(run)
    by_map = {d for d, by in agency.truth.pages.items() if "sitemap" in by or by in ("rss", "atom")}
    assert len(by_map) > 10
    for found in run.exchanges.values():
        if found.cause is None and found.media_type == "text/html":
            assert site.is_linked(found.key) == (found.sha256 not in by_map), found.url
    assert site.complete


def test_a_site_without_a_map_lacks_nothing(tmp_path):
    with Agency(6, only=()) as agency:
        run = crawl(agency, tmp_path)
    assert agency.asked("/sitemap.xml") == 1
    assert {e.url for e in run.exchanges.values() if e.cause} == {agency.main.url("/sitemap.xml")} | {
        e.url for e in run.exchanges.values() if e.url.endswith("no-such-page.html")
    }
    assert SiteView(run).complete
    assert agency.key("/sitemap.xml") in run.meta.settings["probe"].split()


@pytest.mark.parametrize("seed", range(10, 10 + len(SPLASHES)))
def test_every_splash_page_is_passed(seed, tmp_path):
    with Agency(seed, only=("hosts",)) as agency:
        run = crawl(agency, tmp_path)
    assert agency.missed(run) == {}
    assert agency.truth.pages


def test_a_host_is_the_agencys_only_when_it_was_named(tmp_path):
    with Agency(7, only=("hosts",)) as agency:
        run = crawl(agency, tmp_path, hosts=())
    # A redirect of the agency's own is followed wherever robots.txt lets it lead; what is linked there is not.
    assert agency.sister.lines[0] == "/robots.txt"
    assert len(agency.sister.lines) == 2
    assert set(agency.missed(run).values()) == {"further host"}
