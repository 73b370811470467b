"""A light look on a site that misbehaves: second tries, redirects, what died, and that nothing else is asked."""

from dataclasses import replace

import pytest

from crawlers.frontier import default_wants
from crawlers.light import look
from crawlers.settings import CrawlSettings
from crawlers.site import gather
from ita_rules.run.keys import url_key
from ita_rules.run.reader import RunReader
from ita_rules.run.store import RunWriter, load_run
from ita_rules.run.types import RunMeta
from tests.crawlers.test_site import Reader
from tests.sites import Reply, Site, hang, page, pdf, redirect

FAST = CrawlSettings(response_seconds=1.0, max_minutes=0.5)
ETAG = (("ETag", '"1"'),)


def conditional(handler):
    """A file that says that it is the same."""
    known = handler.headers.get("If-None-Match") == '"1"'
    Reply(b"" if known else b"%PDF-1.4\nx", 304 if known else 200, "application/pdf", ETAG)(handler)


def routes():
    """A site with two pages of evidence, a file, and much that nobody needs tonight."""
    news = "".join(f"<a href='/news/{n}'>ข่าว {n}</a>" for n in range(4))
    menu = "<nav><a href='/list'>ITA</a><a href='/doc'>เอกสาร</a></nav>"
    return {
        "/": redirect("/home"),
        "/home": page(f"{menu}{news}<a href='/file.pdf'>ไฟล์</a><a href='/moved'>ย้าย</a>", "อบต."),
        "/list": page(f"{menu}<li><a href='/doc'>O1 เอกสาร</a>", "ITA 2566"),
        "/doc": page(f"{menu}<a href='/inner.pdf'>ใน</a> ยาว", "เอกสาร"),
        "/moved": redirect("/there"),
        "/there": page("ที่นี่", "ที่นี่"),
        "/inner.pdf": pdf("in"),
        "/file.pdf": conditional,
        **{f"/news/{n}": page(f"ข่าว {n}") for n in range(4)},
    }


@pytest.fixture
def site(tmp_path):
    with Site(routes()) as served:
        writer = RunWriter(tmp_path / "one", RunMeta(served.url(), started="x"), blobs=tmp_path / "blobs")
        gather(served.url(), writer=writer, wants=default_wants, settings=FAST, reader=Reader())
        served.seen.clear()
        yield served


def again(site, tmp_path, *evidence, main="/", lists=("/list",), settings=FAST):
    """A light look, what came of it, and the run."""
    meta = replace(load_run(tmp_path / "one").meta, finished="", rests_on="x")
    with (
        RunReader(tmp_path / "one") as base,
        RunWriter(tmp_path / "two", meta, blobs=tmp_path / "blobs") as writer,
    ):
        writer.rest_on(tmp_path / "one")
        keys = [[url_key(site.url(path)) for path in some] for some in ((main,), lists, evidence)]
        looked = look(site.url(), writer=writer, base=base, main=keys[0][0], lists=keys[1], evidence=keys[2], settings=settings)
        writer.finish()
    return looked, load_run(tmp_path / "two")


def test_only_what_is_named_is_asked_and_nothing_is_different(site, tmp_path):
    looked, run = again(site, tmp_path, "/doc", "/file.pdf", "/moved", "/nobody-knows")
    assert (looked.deeper, looked.same, looked.faults, looked.stopped_by) == ("", True, False, None)
    asked = {path for path in site.seen if "no-such-page" not in path and path != "/robots.txt"}
    assert asked == {"/", "/home", "/list", "/doc", "/file.pdf", "/moved", "/there"}
    assert looked.requests == sum(site.seen.values())
    carried = {key for key, found in run.exchanges.items() if found.carried}
    assert carried >= {url_key(site.url(f"/news/{n}")) for n in range(4)}
    # What a redirect led to was asked as well.
    assert not carried & {url_key(site.url(path)) for path in asked}
    assert run.exchanges[url_key(site.url("/file.pdf"))].unchanged


def test_what_differs_is_seen_and_what_only_counts_is_not(site, tmp_path):
    site.routes["/doc"] = page("<a href='/inner.pdf'>ใน</a> อื่น", "เอกสารใหม่")
    looked, run = again(site, tmp_path, "/doc")
    assert (looked.deeper, looked.same) == ("", False)
    assert run.exchanges[url_key(site.url("/doc"))].title == "เอกสารใหม่"


def test_a_fault_is_seen_a_second_time_and_its_links_stand(site, tmp_path):
    site.routes["/doc"] = page("x", status=503)
    looked, run = again(site, tmp_path, "/doc")
    found = run.exchanges[url_key(site.url("/doc"))]
    assert (found.cause, found.attempts, site.seen["/doc"]) == ("http_503", 2, 2)
    assert (looked.same, looked.faults) == (False, True)
    assert run.links[found.final_key]


def test_a_page_that_is_gone_leads_nowhere_any_more(site, tmp_path):
    del site.routes["/doc"]
    looked, run = again(site, tmp_path, "/doc")
    assert not looked.same
    assert run.links[url_key(site.url("/doc"))] == ()


def test_a_bad_moment_leaves_no_trace(site, tmp_path):
    good, count = site.routes["/doc"], []

    def once(handler):
        count.append(1)
        (page("x", status=500) if len(count) == 1 else good)(handler)

    site.routes["/doc"] = once
    looked, run = again(site, tmp_path, "/doc")
    assert (looked.same, looked.faults) == (True, False)
    assert run.exchanges[url_key(site.url("/doc"))].attempts == 2


@pytest.mark.parametrize("route", [hang, page("x", status=500), redirect("/news/1")])
def test_a_main_page_that_is_another_asks_for_the_whole_site(site, tmp_path, route):
    site.routes["/"] = route
    looked, _ = again(site, tmp_path, "/doc")
    assert looked.deeper == "main"
    assert site.seen["/doc"] == 0


@pytest.mark.parametrize("route", [page("x", status=404), page("<a href='/doc'>O1 เอกสาร</a><a href='/z'>O2</a>", "ITA 2566")])
def test_a_list_that_is_another_asks_for_the_whole_site(site, tmp_path, route):
    site.routes["/list"] = route
    assert again(site, tmp_path, "/doc")[0].deeper == "list"
    assert site.seen["/doc"] == 0


def test_a_look_without_time_says_what_it_left(site, tmp_path):
    looked, run = again(site, tmp_path, "/doc", settings=replace(FAST, max_minutes=1e-9))
    assert looked.stopped_by == "budget"
    assert run.exchanges[url_key(site.url("/doc"))].carried


def test_a_main_page_that_nobody_knows_asks_for_the_whole_site(site, tmp_path):
    assert again(site, tmp_path, "/doc", main="/unknown")[0].deeper == "main"
