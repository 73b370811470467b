"""An application's site, crawled as any other: with a browser all its evidence is found, without one the cause says so."""

import pytest

from crawlers.browser.renderer import Chromium
from crawlers.settings import CrawlSettings
from crawlers.site import gather
from ita_rules.run.keys import url_key
from ita_rules.run.store import RunWriter, load_run
from ita_rules.run.types import RunMeta
from tests.crawlers.browser.spa import FILES, routes, shell
from tests.crawlers.test_site import Reader, causes, default_wants
from tests.sites import Site

SETTINGS = CrawlSettings(response_seconds=5.0, max_minutes=2.0, render_seconds=10.0)


def crawl(site, folder, renderer, settings=SETTINGS):
    writer = RunWriter(folder, RunMeta(site.url()))
    return gather(site.url(), writer=writer, wants=default_wants, settings=settings, reader=Reader(), renderer=renderer)


@pytest.mark.browser
def test_everything_that_an_application_shows_is_found(tmp_path):
    with Site(routes(), otherwise=shell) as site, Chromium(SETTINGS) as renderer:
        run = crawl(site, tmp_path, renderer)
    found = causes(run, site)
    assert {path: found.get(path, "not asked") for path in FILES} == dict.fromkeys(FILES)
    assert {path for path, cause in found.items() if cause} == set()
    ita = run.exchanges[url_key(site.url("/ita"))]
    assert ita.rendered.startswith("Chromium/")
    assert 'id="__next"></div>' in writer_blob(tmp_path, ita.plain_sha256)
    assert "กำลังโหลด" not in writer_blob(tmp_path, ita.sha256).partition("<script")[0]
    assert load_run(tmp_path).exchanges[ita.key] == ita
    # data that the page asked for is kept as evidence
    assert "โครงสร้าง" in writer_blob(tmp_path, run.exchanges[url_key(site.url("/api/ita?year=2566"))].sha256)
    plan = run.exchanges[url_key(site.url("/old.html#/plan"))]
    assert (plan.url, plan.headings) == (site.url("/old.html#/plan"), ("แผนพัฒนาท้องถิ่น",))


@pytest.mark.browser
def test_what_stands_in_a_tab_stands_under_its_name(tmp_path):
    with Site(routes(), otherwise=shell) as site, Chromium(SETTINGS) as renderer:
        run = crawl(site, tmp_path, renderer)
    links = {link.url.removeprefix(site.url("")): link for link in run.links[url_key(site.url("/ita"))]}
    assert links["/files/2565/O1.pdf"].section == "ปี 2565"
    assert links["/files/2565/O1.pdf"].row == "O1 ปี 2565 เปิด"
    assert links["/files/2566/O2-button.pdf"].text == "ดาวน์โหลดเอกสาร"
    assert "2565" not in links["/files/2566/O1.pdf"].section


def test_without_a_browser_the_cause_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("ITA_CHROMIUM", "")
    with Site(routes(), otherwise=shell) as site, Chromium(SETTINGS) as renderer:
        run = crawl(site, tmp_path, renderer)
    start = run.exchanges[url_key(site.url())]
    assert (start.cause, start.detail, start.rendered) == ("needs_javascript", "no_browser", "")


@pytest.mark.browser
def test_no_more_pages_are_shown_than_the_settings_allow(tmp_path):
    settings = CrawlSettings(response_seconds=5.0, max_minutes=2.0, render_seconds=10.0, max_renders=1)
    with Site(routes(), otherwise=shell) as site, Chromium(settings) as renderer:
        run = crawl(site, tmp_path, renderer, settings)
    told = {e.url.removeprefix(site.url("")): (e.cause, e.detail) for e in run.exchanges.values() if e.cause}
    assert told["/ita"] == ("needs_javascript", "max_renders")
    assert run.exchanges[url_key(site.url())].rendered


def writer_blob(folder, sha256):
    """A body of a run, as text."""
    from ita_rules.run.blobs import BlobStore

    return BlobStore(folder / "blobs").get(sha256).decode()
