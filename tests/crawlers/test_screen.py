"""Which pages are handed to a browser, and what of its answer counts; the browser here is made up."""

import pytest

from crawlers.fetch import Fetched
from crawlers.interfaces import Rendered
from crawlers.settings import CrawlSettings
from crawlers.site import gather
from crawlers.visit import Visitor
from ita_rules.run.blobs import BlobStore
from ita_rules.run.keys import url_key
from ita_rules.run.store import RunWriter
from ita_rules.run.types import RunMeta, Want
from tests.crawlers.test_site import FAST, Reader, causes, default_wants
from tests.sites import Reply, Site, page

SHELL = page("<nav><a href=/menu>เมนู</a></nav><div id=root></div><script src=/app.js></script>", "หน่วยงาน")
WEAK = page("<nav><a href=/menu>เมนู</a></nav><h1>ITA 2566</h1><p>ตัวชี้วัดที่ 9 การเปิดเผยข้อมูล</p><script src=/app.js></script>", "ITA")
PLAIN = page("<h1>ประวัติ</h1>" + "<p>ความเป็นมาของตำบล</p>" * 60 + "<a href=/a.pdf>ก</a><script src=/x.js></script>", "ประวัติ")
FULL = "<html><head><title>ITA</title></head><body><h1>ITA 2566</h1><p>O1 โครงสร้าง</p><a href=/o1.pdf>เปิด</a></body></html>"


class Browser:
    """A browser that shows what it was told, and remembers what it was asked."""

    version, available = "Chromium/1", True

    def __init__(self, html=FULL, ask=(), **more):
        self.html, self.ask, self.more = html, ask, more
        self.asked, self.brought, self.closed = [], {}, False

    def render(self, url, get, *, seconds=0.0):
        self.asked.append(url)
        for part in (url, *self.ask):
            self.brought[part] = get(part)
        return Rendered(self.html.encode(), url, self.version, b"PNG", **self.more)

    def close(self):
        self.closed = True


def visit(site, folder, browser, path="/", settings=FAST, **more):
    visitor = Visitor(site.url(), settings, BlobStore(folder), renderer=browser)
    try:
        return visitor.visit(url_key(site.url(path)), site.url(path), **more)
    finally:
        visitor.close()


def test_a_shell_is_recorded_as_the_browser_shows_it(tmp_path):
    data = Fetched(
        "http://h/api", "http://h/api", 200, (("Content-Type", "application/json"),), b"[1]", media_type="application/json"
    )
    browser = Browser(beside=(data,))
    with Site({"/": SHELL}) as site:
        found = visit(site, tmp_path, browser)
    blobs, exchange = BlobStore(tmp_path), found.exchange
    assert (exchange.cause, exchange.rendered, exchange.title) == (None, "Chromium/1", "ITA")
    assert blobs.get(exchange.sha256) == FULL.encode()
    assert blobs.get(exchange.plain_sha256) == SHELL.body
    assert blobs.get(exchange.screenshot) == b"PNG"
    assert [link.text for link in found.links] == ["เปิด"]
    assert [(e.url, blobs.get(e.sha256)) for e in found.beside] == [("http://h/api", b"[1]")]


def test_the_page_itself_is_not_asked_twice_and_comes_in_utf_8(tmp_path):
    old = "<html><head><meta charset=windows-874><title>ก</title></head><body><div id=root></div><script src=/a.js></script>"
    browser = Browser()
    with Site({"/": Reply(old.encode("cp874"), type="text/html; charset=iso-8859-1")}) as site:
        visit(site, tmp_path, browser)
        got = browser.brought[site.url()]
        assert site.seen["/"] == 1
    assert (got.body.decode("utf-8"), got.header("content-type")) == (old, "text/html; charset=utf-8")


def test_a_page_that_shows_what_it_has_is_shown_by_nobody(tmp_path):
    browser = Browser()
    with Site({"/": PLAIN}) as site:
        found = visit(site, tmp_path, browser)
    assert (browser.asked, found.exchange.rendered, found.exchange.plain_sha256) == ([], "", None)


def test_but_it_is_where_that_is_asked(tmp_path):
    browser = Browser()
    with Site({"/": PLAIN}) as site:
        assert visit(site, tmp_path, browser, render=True).exchange.rendered == "Chromium/1"


@pytest.mark.parametrize(
    ("served", "browser", "cause", "detail"),
    [
        (SHELL, None, "needs_javascript", "no_browser"),
        (SHELL, Browser(cause="needs_javascript", detail="crashed"), "needs_javascript", "crashed"),
        (SHELL, Browser(SHELL.body.decode()), "needs_javascript", "empty"),
        (SHELL, Browser(SHELL.body.decode(), missed=2), "needs_javascript", "unanswered: 2"),
        # what of a list of the form was not brought may be the evidence
        (SHELL, Browser(missed=1), "needs_javascript", "unanswered: 1"),
        (SHELL, Browser(FULL.replace("ITA", "ข่าว"), missed=1), None, ""),
        (WEAK, None, None, ""),
        (WEAK, Browser(cause="needs_javascript", detail="crashed"), None, ""),
        (WEAK, Browser(WEAK.body.decode(), missed=1), "needs_javascript", "unanswered: 1"),
    ],
)
def test_what_could_not_be_seen_has_a_cause(tmp_path, served, browser, cause, detail):
    with Site({"/": served}) as site:
        found = visit(site, tmp_path, browser)
    assert (found.exchange.cause, found.exchange.detail) == (cause, detail)
    # the menu around it is there to be followed in any case
    assert found.links


def test_what_shows_no_more_than_was_served_stays_as_it_was_served(tmp_path):
    with Site({"/": WEAK}) as site:
        found = visit(site, tmp_path, Browser("<title>ITA</title><h1>ITA 2566</h1>"))
    assert (found.exchange.rendered, found.exchange.headings) == ("", ("ITA 2566",))


def test_a_browser_is_not_used_where_the_settings_say_so(tmp_path):
    browser = Browser()
    with Site({"/": SHELL}) as site:
        found = visit(site, tmp_path, browser, settings=CrawlSettings(response_seconds=1.0, render=False))
    assert (browser.asked, found.exchange.detail) == ([], "no_browser")


def test_some_pages_are_kept_for_evidence(tmp_path):
    browser, settings = Browser(), CrawlSettings(response_seconds=1.0, max_renders=4)
    with Site({}, otherwise=SHELL) as site:
        visitor = Visitor(site.url(), settings, BlobStore(tmp_path), renderer=browser)
        found = [visitor.visit(url_key(site.url(f"/{n}")), site.url(f"/{n}"), evidence=n > 4).exchange for n in range(7)]
        visitor.close()
    assert [bool(e.rendered) for e in found] == [True, True, True, False, False, True, False]
    assert found[-1].detail == "max_renders"


def test_parts_of_other_sites_are_asked_for_as_their_robots_allow(tmp_path):
    closed = Reply(b"User-agent: *\nDisallow: /", type="text/plain")
    with Site({"/robots.txt": closed, "/lib.js": page("x")}) as other, Site({"/": SHELL, "/app.js": page("x")}) as site:
        browser = Browser(ask=(other.url("/lib.js"), site.url("/app.js")))
        visitor = Visitor(site.url(), FAST, BlobStore(tmp_path), [other.url()], renderer=browser)
        visitor.visit(url_key(site.url()), site.url())
        visitor.close()
        assert other.seen["/lib.js"] == 0
    assert browser.brought[other.url("/lib.js")].cause == "robots"
    assert browser.brought[site.url("/app.js")].cause is None


def test_nothing_public_is_asked_from_a_start_on_loopback(tmp_path):
    browser = Browser(ask=("http://cdn.example.com/vue.js", "http://169.254.169.254/"))
    with Site({"/": SHELL}) as site:
        visit(site, tmp_path, browser)
    assert browser.brought["http://cdn.example.com/vue.js"].cause == "external"
    assert browser.brought["http://169.254.169.254/"].cause == "private_address"


def test_an_application_that_answers_everything_alike_says_not_found_of_nothing(tmp_path):
    class First(Browser):
        def render(self, url, get, *, seconds=0.0):
            if self.asked:
                return Rendered(b"", url, "", cause="needs_javascript", detail="crashed")
            return super().render(url, get, seconds=seconds)

    browser = First("<html><body><h1>หน้าแรก</h1><a href=/ita>ITA</a></body></html>")
    with Site({}, otherwise=SHELL) as site:
        writer = RunWriter(tmp_path, RunMeta(site.url()))
        run = gather(site.url(), writer=writer, wants=default_wants, settings=FAST, reader=Reader(), renderer=browser)
        assert causes(run, site) == {"/": None, "/ita": "needs_javascript", "/menu": "needs_javascript"}


def test_a_page_that_is_wanted_as_a_browser_shows_it_is_visited_again(tmp_path):
    def wants(run):
        return [*default_wants(run), Want("render", url_key(run.meta.start_url), run.meta.start_url)]

    for browser, rendered in ((Browser(), "Chromium/1"), (None, "")):
        folder = tmp_path / str(bool(browser))
        with Site({"/": PLAIN, "/o1.pdf": page("x"), "/a.pdf": page("x")}) as site:
            writer = RunWriter(folder, RunMeta(site.url()))
            run = gather(site.url(), writer=writer, wants=wants, settings=FAST, reader=Reader(), renderer=browser)
            found = run.exchanges[url_key(site.url())]
            assert site.seen["/"] == 1 + bool(browser)
        assert (found.rendered, found.attempts) == (rendered, 1 + bool(browser))


def test_ctrl_c_ends_the_browser(tmp_path):
    browser = Browser()
    with Site({"/": SHELL}) as site:
        visitor = Visitor(site.url(), FAST, BlobStore(tmp_path), renderer=browser)
        visitor.abort()
        visitor.close()
    assert browser.closed
