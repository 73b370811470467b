import dataclasses

import pytest

from crawlers import guard
from crawlers import visit as visits_module
from crawlers.fetch import LEFT_ALONE, Fetched, Fetcher
from crawlers.settings import CrawlSettings
from crawlers.visit import Visitor
from ita_rules.run.blobs import BlobStore
from ita_rules.run.keys import url_key
from ita_rules.run.types import Exchange
from tests.sites import Reply, Site, page, pdf, redirect

SETTINGS = CrawlSettings(response_seconds=1.0)
OLD = "<html><head><meta charset=windows-874><title>โครงสร้าง</title></head><body><a href='/ก.php?q=ข'>อำนาจหน้าที่</a></body></html>"


@pytest.fixture
def blobs(tmp_path):
    return BlobStore(tmp_path)


def visit(visitor, url):
    return visitor.visit(url_key(url), url)


def visiting(site, blobs, typed=()):
    visitor = Visitor(site.url(), SETTINGS, blobs, typed)
    visitor.home = visit(visitor, site.url()).view
    return visitor


def test_a_page_is_recorded_whole(blobs):
    routes = {"/": page("<h1>ก</h1><a href='/o 1.pdf'>O1</a>", "เทศบาล"), "/o 1.pdf": pdf()}
    with Site(routes) as site:
        visitor = visiting(site, blobs)
        found = visit(visitor, site.url())
        file = visit(visitor, site.url("/o 1.pdf"))
        visitor.close()
    exchange = found.exchange
    assert (exchange.status, exchange.cause, exchange.title, exchange.headings) == (200, None, "เทศบาล", ("ก",))
    assert exchange.fetched_at.endswith("+07:00")
    assert b"O1" in blobs.get(str(exchange.sha256))
    assert exchange.size == len(blobs.get(str(exchange.sha256)))
    assert [link.url for link in found.links or ()] == [site.url("/o 1.pdf")]
    assert file.links is None
    assert file.exchange.media_type == "application/pdf"
    assert file.exchange.key.endswith("/o%201.pdf")


@pytest.mark.parametrize("type_", ["text/html", "text/html; charset=utf-8", "text/html; charset=iso-8859-1"])
def test_an_old_page_is_read_whatever_its_header_says(blobs, type_):
    with Site({"/": Reply(OLD.encode("cp874"), type=type_)}) as site:
        visitor = Visitor(site.url(), SETTINGS, blobs)
        found = visit(visitor, site.url())
        visitor.close()
    assert found.exchange.title == "โครงสร้าง"
    (link,) = found.links
    assert (link.text, link.url) == ("อำนาจหน้าที่", site.url("/ก.php?q=%A2"))


def test_robots_close_pages_but_not_for_long(blobs):
    rules = Reply(b"User-agent: *\nDisallow: /in", type="text/plain")
    with Site({"/": page("x"), "/in": page("y"), "/robots.txt": rules}) as site:
        visitor = visiting(site, blobs)
        assert visit(visitor, site.url("/in")).exchange.cause == "robots"
        assert visit(visitor, site.url("/out")).exchange.cause == "http_404"
        assert site.seen["/robots.txt"] == 1
        assert not site.seen["/in"]
        visitor.close()


CLOSED = Reply(b"User-agent: *\nDisallow: /in", type="text/plain")


def test_robots_close_what_a_redirect_leads_to(blobs):
    with Site({"/robots.txt": CLOSED, "/in": page("y"), "/out": page("z")}) as other:
        routes = {
            "/": page("x"),
            "/robots.txt": CLOSED,
            "/in": page("y"),
            "/here": redirect("/in"),
            "/there": redirect(other.url("/in")),
            "/on": redirect("/there"),
            "/open": redirect(other.url("/out")),
        }
        with Site(routes) as site:
            visitor = visiting(site, blobs, [other.url()])
            found = {path: visit(visitor, site.url(path)).exchange for path in ("/here", "/there", "/on", "/open")}
            visitor.close()
            assert not site.seen["/in"]
        assert not other.seen["/in"]
    assert [found[path].cause for path in ("/here", "/there", "/on", "/open")] == ["robots"] * 3 + [None]
    assert [found[path].detail for path in ("/here", "/there")] == [site.url("/in"), other.url("/in")]
    assert (found["/on"].final_url, found["/on"].hops) == (site.url("/there"), ((302, site.url("/there")),))


def test_what_a_verdict_depends_on_is_looked_at_where_it_leads(blobs):
    with Site({"/": page("x"), "/robots.txt": CLOSED, "/in": page("y"), "/here": redirect("/in")}) as site:
        visitor = visiting(site, blobs)
        assert visitor.visit(url_key(site.url("/here")), site.url("/here"), evidence=True).exchange.cause is None
        visitor.close()


def test_a_redirect_to_a_place_out_of_reach_says_so(blobs):
    with Site({"/": page("x"), "/away": redirect("http://192.0.2.1/x")}) as site:
        visitor = visiting(site, blobs)
        assert visit(visitor, site.url("/away")).exchange.cause in ("external", "private_address")
        visitor.close()


def test_a_site_that_never_says_404(blobs):
    error = page("<nav><a href=/>หน้าหลัก</a></nav><p>ขออภัยในความไม่สะดวก", "เทศบาล")
    with Site({"/": page("ยินดีต้อนรับ", "เทศบาล"), "/o1": page("โครงสร้าง", "เทศบาล")}, otherwise=error) as site:
        visitor = visiting(site, blobs)
        first = visit(visitor, site.url("/none"))
        assert first.exchange.cause == "soft_404"
        assert [p.cause for p in first.probes] == ["soft_404"]
        assert visit(visitor, site.url("/o1")).exchange.cause is None
        second = visit(visitor, site.url("/none2"))
        assert (second.exchange.cause, second.probes) == ("soft_404", ())
        visitor.close()


def test_a_site_that_shows_its_main_page_for_everything(blobs):
    with Site({"/o1": page("โครงสร้าง")}, otherwise=page("ยินดีต้อนรับ", "เทศบาล")) as site:
        visitor = visiting(site, blobs)
        assert visit(visitor, site.url("/about")).exchange.cause is None
        assert visit(visitor, site.url("/file.pdf")).exchange.cause == "soft_404"
        visitor.close()


def test_a_sign_in_page_behind_a_redirect(blobs):
    form = page("<form><input name=u><input type=password name=p></form>", "เข้าสู่ระบบ")
    with Site({"/": page("x"), "/load": redirect("/member/login.php?back=/load"), "/member/login.php": form}) as site:
        visitor = visiting(site, blobs)
        found = visit(visitor, site.url("/load"))
        assert (found.exchange.cause, found.links) == ("login", None)
        assert found.exchange.hops[0][0] == 302
        visitor.close()


def test_other_hosts_are_external_from_loopback(blobs, monkeypatch):
    with Site({"/": page("x")}) as site:
        visitor = visiting(site, blobs, ["http://www.example.com/o1.pdf", "https://drive.google.com/x"])
        monkeypatch.setattr(guard.socket, "getaddrinfo", lambda *_a, **_o: pytest.fail("resolved"))
        assert visit(visitor, "http://www.example.com/o1.pdf").exchange.cause == "external"
        before = visitor.requests
        assert visit(visitor, "http://8.8.8.8/").exchange.cause == "external"
        assert visitor.requests == before
        visitor.close()


def test_a_typed_answer_may_lie_inside_but_no_page_leads_there(blobs, monkeypatch):
    """127.0.0.1 plays the public site, 127.0.0.2 the machine of the user."""
    inside_routes = {"/answer": page("<a href=/file.pdf>O1</a>"), "/file.pdf": pdf(), "/secret": page("no")}
    with Site(inside_routes, host="127.0.0.2") as inside, Site({"/": page(f"<a href='{inside.url('/secret')}'>x</a>")}) as site:
        monkeypatch.setattr(guard, "_is_public", lambda ip: str(ip) == "127.0.0.1")
        real = guard.Reach.of

        def reach(url, typed=(), **options):
            made = real(url, typed, **options)
            return guard.Reach("public", frozenset({site.port, inside.port})) if "127.0.0.1" in url else made

        monkeypatch.setattr(guard.Reach, "of", reach)
        visitor = visiting(site, blobs, [inside.url("/answer")])
        assert visit(visitor, inside.url("/file.pdf")).exchange.cause == "private_address"
        assert visit(visitor, inside.url("/answer")).exchange.cause is None
        assert visit(visitor, inside.url("/file.pdf")).exchange.cause is None
        assert visit(visitor, inside.url("/secret")).exchange.cause == "private_address"
        assert not inside.seen["/secret"]
        visitor.close()


class Night:
    """What an earlier night left: visits by address."""

    def __init__(self, *visits, **changed):
        self.exchanges = {v.exchange.key: v.exchange for v in visits}
        self.exchanges = {v.exchange.final_key: v.exchange for v in reversed(visits)} | self.exchanges
        self.by_page = {v.exchange.final_key: v.links for v in visits}
        if changed:
            self.exchanges = {k: dataclasses.replace(e, **changed) for k, e in self.exchanges.items()}

    def exchange(self, key) -> Exchange | None:
        return self.exchanges.get(key)

    def links(self, key):
        return self.by_page.get(key)


def tagged(reply, tag='"1"'):
    """An answer with a validator, and a 304 to who knows it."""
    seen = []

    def answer(handler):
        seen.append(handler.headers.get("If-None-Match"))
        if seen[-1] == tag:
            Reply(b"", 304, type="")(handler)
        else:
            dataclasses.replace(reply, headers=(("ETag", tag),))(handler)

    answer.seen = seen
    return answer


PAGE = page("<h1>ก</h1><a href=/o1.pdf>O1</a>", "ITA")


@pytest.fixture
def two_nights(blobs):
    """A site with `routes`, the visits of one night on it, and a visitor of the next."""
    made = []

    def start(site, *paths, change=None, **changed):
        first = visiting(site, blobs)
        visits = [visit(first, site.url(path)) for path in paths]
        first.close()
        if change:
            change()
        second = Visitor(site.url(), SETTINGS, blobs, earlier=Night(*visits, **changed))
        second.home = visit(second, site.url()).view
        made.append(second)
        return visits, second

    yield start
    for one in made:
        one.close()


def test_an_unchanged_page_is_not_sent_again(blobs, two_nights):
    ita, file = tagged(PAGE), tagged(pdf())
    with Site({"/": page("x"), "/ita": ita, "/o1.pdf": file, "/moved": redirect("/ita")}) as site:
        (was, _, _), visitor = two_nights(site, "/ita", "/o1.pdf", "/moved")
        found = visit(visitor, site.url("/ita"))
        assert ita.seen[-1] == '"1"'
        now, before = found.exchange, was.exchange
        assert (now.unchanged, now.status, now.cause) == (True, 200, None)
        for name in ("sha256", "size", "title", "headings", "media_type", "headers", "final_url", "final_key"):
            assert getattr(now, name) == getattr(before, name)
        assert found.links == was.links != ()
        data = visit(visitor, site.url("/o1.pdf"))
        assert (data.exchange.unchanged, data.exchange.media_type, data.links) == (True, "application/pdf", None)
        moved = visit(visitor, site.url("/moved"))
        assert (moved.exchange.unchanged, moved.exchange.hops) == (True, ((302, site.url("/ita")),))
        assert (moved.exchange.url, moved.links) == (site.url("/moved"), was.links)


def test_a_page_without_a_validator_is_asked_plainly_and_compared(two_nights, monkeypatch):
    with Site({"/": page("x"), "/ita": PAGE}) as site:
        (was,), visitor = two_nights(site, "/ita")
        monkeypatch.setattr(visits_module, "view_of", lambda *_a: pytest.fail("read again"))
        found = visit(visitor, site.url("/ita"))
        assert (found.exchange.unchanged, found.exchange.sha256) == (False, was.exchange.sha256)
        assert (found.links, found.exchange.title) == (was.links, "ITA")


def test_a_changed_page_is_read(two_nights):
    with Site({"/": page("x"), "/ita": tagged(PAGE)}) as site:
        new = tagged(page("<a href=/o2.pdf>O2</a>", "ITA 2567"), '"2"')
        (was,), visitor = two_nights(site, "/ita", change=lambda: site.routes.update({"/ita": new}))
        found = visit(visitor, site.url("/ita"))
        assert new.seen == ['"1"']
        assert (found.exchange.unchanged, found.exchange.title) == (False, "ITA 2567")
        assert found.exchange.sha256 != was.exchange.sha256
        assert [link.text for link in found.links] == ["O2"]


@pytest.mark.parametrize(
    "changed", [{"cause": "timeout"}, {"rendered": "Chromium 1"}, {"insecure": "expired"}, {"status": 203}, {"sha256": "0" * 64}]
)
def test_what_was_not_good_as_it_was_sent_is_asked_plainly(two_nights, changed):
    ita = tagged(PAGE)
    with Site({"/": page("x"), "/ita": ita}) as site:
        _, visitor = two_nights(site, "/ita", **changed)
        found = visit(visitor, site.url("/ita"))
        assert ita.seen == [None, None]
        assert (found.exchange.unchanged, found.exchange.cause, len(found.links)) == (False, None, 1)


def test_a_body_that_was_lost_meanwhile_is_asked_for_again(blobs, two_nights, monkeypatch):
    ita = tagged(PAGE)
    with Site({"/": page("x"), "/ita": ita}) as site:
        _, visitor = two_nights(site, "/ita")
        there = iter([True, False])
        monkeypatch.setattr(BlobStore, "has", lambda self, sha256: next(there))
        found = visit(visitor, site.url("/ita"))
        assert ita.seen[1:] == ['"1"', None]
        assert (found.exchange.unchanged, found.exchange.cause, len(found.links)) == (False, None, 1)


def test_a_page_that_is_gone_is_not_answered_from_the_store(two_nights):
    with Site({"/": page("x"), "/ita": tagged(PAGE)}) as site:
        _, visitor = two_nights(site, "/ita", change=lambda: site.routes.pop("/ita"))
        assert visit(visitor, site.url("/ita")).exchange.cause == "http_404"


def test_a_file_that_leads_to_the_main_page_is_an_empty_link(blobs):
    home = page("<a href=/o1.pdf>O1</a>ยินดีต้อนรับ", "เทศบาล")
    with Site({"/": home, "/o1.pdf": redirect("/"), "/o2": redirect("/"), "/a.pdf": redirect("/b.pdf"), "/b.pdf": pdf()}) as site:
        visitor = visiting(site, blobs)
        assert visit(visitor, site.url("/o1.pdf")).exchange.cause == "empty_link"
        assert visit(visitor, site.url("/o2")).exchange.cause is None
        assert visit(visitor, site.url("/a.pdf")).exchange.cause is None
        visitor.close()


@pytest.mark.parametrize("end", ["/", "/404.php"])
def test_a_site_that_sends_what_it_lacks_to_one_place(blobs, end):
    pages = {f"/p{n}": page(f"<a href=/x>x</a>หน้า {n}", f"หน้า {n}") for n in range(4)}
    routes = {"/": page("ยินดีต้อนรับ <a href=/p1>x</a>", "เทศบาล"), "/404.php": page("ขออภัย", "เทศบาล"), **pages}
    with Site(routes, otherwise=redirect(end)) as site:
        visitor = visiting(site, blobs)
        # not before it is known that the host does not send everybody there
        assert visit(visitor, site.url("/ita-2566")).exchange.cause is None
        for path in pages:
            assert visit(visitor, site.url(path)).exchange.cause is None
        assert visit(visitor, site.url("/ita-2566")).exchange.cause == "soft_404"
        # the main page under its other name
        assert visit(visitor, site.url("/index.php")).exchange.cause == (None if end == "/" else "soft_404")
        visitor.close()


def test_a_site_that_sends_everybody_to_its_splash_page_lacks_nothing(blobs):
    with Site({"/intro.php": page("<a href=/main.php>เข้าสู่เว็บไซต์</a>", "เทศบาล")}, otherwise=redirect("/intro.php")) as site:
        visitor = visiting(site, blobs)
        for path in ("/main.php", "/ita", "/news", "/o1", "/o2", "/ita"):
            assert visit(visitor, site.url(path)).exchange.cause is None
        visitor.close()


def search(handler):
    """A site that takes every address for words to search."""
    words = handler.path.strip("/").replace("-", " ").replace("/", " ")
    page(f"<h1>ผลการค้นหา</h1>ไม่มีรายการสำหรับ “{words}” <a href='/?s={words}'>ค้นหาใหม่</a> พบ 0 รายการ", f"ค้นหา {words}")(handler)


def test_a_site_that_searches_for_what_it_lacks(blobs):
    pages = {"/": page("ยินดีต้อนรับ", "เทศบาล"), "/o1": page("โครงสร้าง", "ค้นหา o1")}
    with Site(pages, otherwise=search) as site:
        visitor = visiting(site, blobs)
        assert visit(visitor, site.url("/ita-2566")).exchange.cause == "soft_404"
        assert visit(visitor, site.url("/o1")).exchange.cause is None
        visitor.close()


def test_pages_that_show_only_a_picture_or_a_file_are_not_alike(blobs):
    """Where the answer to a made-up address says nothing, what a page links tells it apart."""
    shows = {f"/o{n}": page(f"<iframe src='/view/{n}.pdf'></iframe>", "เทศบาล") for n in range(3)}
    links = {"/list": page("<a href=/o1>1</a>", "เทศบาล")}
    with Site({"/": page("ยินดีต้อนรับ", "หน้าแรก"), **shows, **links}, otherwise=page("", "เทศบาล")) as site:
        visitor = visiting(site, blobs)
        for path in (*shows, *links):
            assert visit(visitor, site.url(path)).exchange.cause is None
        assert visit(visitor, site.url("/none")).exchange.cause == "soft_404"
        visitor.close()


def test_robots_are_asked_again_where_they_were_not_asked_at_all(blobs, monkeypatch):
    rules = Reply(b"User-agent: ita-rules\nDisallow: /in\n\nUser-agent: *\nDisallow:", type="text/plain")
    with Site({"/": page("x"), "/in": page("y"), "/robots.txt": rules}) as site:
        shut = [True]
        real = Fetcher.get

        def get(self, url, **more):
            return Fetched(url, cause="dns", detail=LEFT_ALONE) if shut[0] else real(self, url, **more)

        monkeypatch.setattr(Fetcher, "get", get)
        visitor = Visitor(site.url(), CrawlSettings(user_agent="ita-rules/9.9", response_seconds=1.0), blobs)
        assert visit(visitor, site.url("/in")).exchange.detail == "circuit open"
        shut[0] = False
        assert visit(visitor, site.url("/in")).exchange.cause == "robots"
        visitor.close()


def test_the_headers_of_redirects_are_in_the_run(blobs):
    with Site({"/": page("x"), "/a": redirect("/b"), "/b": page("y")}) as site:
        visitor = visiting(site, blobs)
        found = visit(visitor, site.url("/a")).exchange
        assert [dict(headers)["Location"] for headers in found.hop_headers] == ["/b"]
        visitor.close()


def test_a_page_that_holds_back_a_list_is_marked_and_the_files_it_shows_are_links(blobs):
    sent = "<form method=post><select name=y><option>2565<option>2566</select><button>ค้นหา</button></form>"
    with Site({"/": page("<h1>ก</h1>"), "/list": page(f"{sent}<a href=/o1.pdf>O1</a>"), "/plain": page("<p>post</p>")}) as site:
        visitor = visiting(site, blobs)
        found, plain = (visit(visitor, site.url(path)) for path in ("/list", "/plain"))
        visitor.close()
    assert (found.exchange.cause, found.exchange.detail, found.exchange.holds_back) == (None, "sent: form", True)
    assert [link.url for link in found.links or ()] == [site.url("/o1.pdf")]
    assert (plain.exchange.detail, plain.exchange.holds_back) == ("", False)


def test_the_choices_of_the_main_page_are_known_again_when_a_run_goes_on(blobs):
    sent = "<form method=post action=/search><select name=y><option>2565<option>2566</select><button>ค้นหา</button></form>"
    with Site({"/": page(sent), "/list": page(f"{sent}<a href=/o1.pdf>O1</a>")}) as site:
        before = visiting(site, blobs)
        main = visit(before, site.url()).exchange
        before.close()
        visitor = Visitor(site.url(), SETTINGS, blobs)
        lone = visit(visitor, site.url("/list")).exchange
        visitor.resume(main, ())
        known = visit(visitor, site.url("/list")).exchange
        visitor.close()
    assert [lone.detail, known.detail] == ["sent: form", ""]
