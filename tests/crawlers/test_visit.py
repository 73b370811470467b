import pytest

from crawlers import guard
from crawlers.settings import CrawlSettings
from crawlers.visit import Visitor
from ita_rules.run.blobs import BlobStore
from ita_rules.run.keys import url_key
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
