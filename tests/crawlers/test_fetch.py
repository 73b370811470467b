import gzip
import socket
import threading
import time
import zlib

import pytest

from crawlers import guard
from crawlers.fetch import Fetcher
from crawlers.guard import Reach
from crawlers.settings import CrawlSettings
from tests import sites
from tests.sites import Reply, Site, page, pdf, redirect

SETTINGS = CrawlSettings(response_seconds=1.0, html_bytes=200_000, file_bytes=400_000)
WALL = b"<title>Just a moment...</title><h1>Checking your browser before accessing</h1>"


def wants_cookie(handler):
    if "seen=1" in handler.headers.get("Cookie", ""):
        page("welcome")(handler)
    else:
        Reply(b"", 302, headers=(("Location", "/cookie"), ("Set-Cookie", "seen=1")))(handler)


def named(disposition):
    return (("Content-Disposition", f"attachment; {disposition}".encode().decode("latin-1")),)


@pytest.fixture(scope="module")
def site():
    routes = {
        "/": page("<p>สวัสดี"),
        "/แผน 1.pdf": pdf(),
        "/hang": sites.hang,
        "/drip": sites.drip,
        "/drip-headers": sites.drip_headers,
        "/drip-end": sites.drip_to_the_end,
        "/reset": sites.reset,
        "/reset-once": sites.first(sites.reset, page("there")),
        "/cut": sites.cut,
        "/cut-once": sites.first(sites.cut, page("there")),
        "/bomb": sites.bomb,
        "/endless": sites.endless,
        "/loop": redirect("/loop"),
        "/a": redirect("/b"),
        "/b": redirect("/a"),
        "/cookie": wants_cookie,
        "/moved": redirect("/moved-again", 301),
        "/moved-again": redirect("/แผน 1.pdf"),
        "/nowhere": Reply(b"", 302),
        "/to-mail": redirect("mailto:a@b"),
        "/410": page("gone", status=410),
        "/401": page("sign in", status=401),
        "/403": page("no", status=403),
        "/500": page("sorry", status=500),
        "/503": page("sorry", status=503),
        "/wall": Reply(WALL, 403),
        "/wall-503": Reply(WALL, 503),
        "/429": Reply(b"slow down", 429, headers=(("Retry-After", "3600"),)),
        "/gzip": Reply(gzip.compress(b"<html>packed" * 100), headers=(("Content-Encoding", "gzip"),)),
        "/deflate": Reply(zlib.compress(b"<html>packed" * 100), headers=(("Content-Encoding", "deflate"),)),
        "/gzip-cut": Reply(gzip.compress(bytes(range(256)) * 100)[:-40], headers=(("Content-Encoding", "gzip"),)),
        "/gzip-not": Reply(b"<html>plain", headers=(("Content-Encoding", "gzip"),)),
        "/big.html": Reply(b"<html>" + b"x" * 300_000),
        "/big.pdf": Reply(b"%PDF-1.4" + b"x" * 300_000, type="application/pdf"),
        "/bigger.pdf": Reply(b"%PDF-1.4" + b"x" * 500_000, type="application/pdf"),
        "/lie.pdf": Reply(page("ไม่พบหน้า").body, type="application/pdf"),
        "/load": Reply(pdf().body, type="application/octet-stream", headers=named("filename*=UTF-8''%E0%B9%81.pdf")),
        "/load-raw": Reply(pdf().body, headers=named('filename="แผน 2.pdf"')),
        "/empty": Reply(b""),
        "/many-headers": Reply(b"x", headers=tuple((f"X-{n}", "y") for n in range(150))),
    }
    with Site(routes) as running:
        yield running


@pytest.fixture
def fetcher(site):
    with Fetcher(SETTINGS, Reach.of(site.url())) as made:
        yield made


def test_a_page(site, fetcher):
    got = fetcher.get(site.url())
    assert (got.status, got.cause, got.media_type, got.hops) == (200, None, "text/html", ())
    assert "สวัสดี" in got.body.decode()
    assert got.header("content-type") == sites.HTML
    assert got.final_url == site.url()


@pytest.mark.parametrize(
    ("path", "cause"),
    [
        ("/none", "http_404"),
        ("/410", "http_410"),
        ("/401", "login"),
        ("/403", "http_403"),
        ("/500", "http_500"),
        ("/503", "http_503"),
        ("/wall", "blocked"),
        ("/wall-503", "blocked"),
        ("/429", "blocked"),
        ("/hang", "timeout"),
        ("/drip", "timeout"),
        ("/drip-headers", "timeout"),
        ("/drip-end", "timeout"),
        ("/reset", "reset"),
        ("/cut", "reset"),
        ("/gzip-cut", "reset"),
        ("/many-headers", "reset"),
        ("/loop", "redirect_loop"),
        ("/a", "redirect_loop"),
        ("/nowhere", "http_302"),
        ("/to-mail", "http_302"),
        ("/bomb", "too_large"),
        ("/big.html", "too_large"),
        ("/bigger.pdf", "too_large"),
        ("/endless", "too_large"),
    ],
)
def test_causes(site, fetcher, path, cause):
    start = time.monotonic()
    got = fetcher.get(site.url(path))
    assert (got.cause, got.status is None) == (cause, cause in ("timeout", "reset"))
    assert time.monotonic() - start < 1.6


def test_no_connection(fetcher, site):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        with Fetcher(SETTINGS, Reach.of(url)) as other:
            assert other.get(url).cause == "refused"
    assert fetcher.get(site.url().replace("http:", "https:")).cause == "tls"


def test_a_handshake_that_never_ends():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"https://127.0.0.1:{silent.getsockname()[1]}/"
        with Fetcher(SETTINGS, Reach.of(url)) as fetcher:
            start = time.monotonic()
            assert fetcher.get(url).cause == "timeout"
            assert time.monotonic() - start < 1.6


def test_names_that_do_not_resolve(monkeypatch):
    def fail(*_args, **_options):
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(guard.socket, "getaddrinfo", fail)
    with Fetcher(SETTINGS, Reach()) as fetcher:
        assert fetcher.get("http://no-such-host.go.th/").cause == "dns"
        assert fetcher.get("http://" + "x" * 70 + ".go.th/").cause == "dns"
        assert fetcher.get("http://a b/").cause == "dns"


def test_a_resolver_that_never_answers(monkeypatch):
    over = threading.Event()
    monkeypatch.setattr(guard.socket, "getaddrinfo", lambda *_a, **_o: over.wait(10) and [])
    with Fetcher(SETTINGS, Reach()) as fetcher:
        assert fetcher.get("http://a.go.th/").cause == "timeout"
    over.set()


@pytest.mark.parametrize("path", ["/reset-once", "/cut-once"])
def test_a_cheap_failure_is_tried_again_at_once(site, fetcher, path):
    got = fetcher.get(site.url(path))
    assert (got.cause, got.attempts) == (None, 2)
    assert b"there" in got.body


def test_redirects_hop_by_hop(site, fetcher):
    got = fetcher.get(site.url("/moved"))
    assert got.cause is None
    assert got.media_type == "application/pdf"
    assert got.hops == ((301, site.url("/moved-again")), (302, site.url("/แผน 1.pdf")))
    assert got.final_url == site.url("/แผน 1.pdf")


def test_a_redirect_to_see_a_cookie(site, fetcher):
    assert b"welcome" in fetcher.get(site.url("/cookie")).body


@pytest.mark.parametrize(("path", "start"), [("/gzip", b"packed"), ("/deflate", b"packed"), ("/gzip-not", b"plain")])
def test_packed_bodies(site, fetcher, path, start):
    got = fetcher.get(site.url(path))
    assert got.cause is None
    assert got.body.startswith(b"<html>" + start)


def test_files_may_be_larger_than_pages(site, fetcher):
    assert len(fetcher.get(site.url("/big.pdf")).body) == 300_008


def test_content_tells_the_media_type(site, fetcher):
    assert fetcher.get(site.url("/lie.pdf")).media_type == "text/html"
    assert fetcher.get(site.url("/load")).media_type == "application/pdf"
    assert fetcher.get(site.url("/empty")).cause is None


def test_file_names(site, fetcher):
    assert fetcher.get(site.url("/load")).filename == "แ.pdf"
    assert fetcher.get(site.url("/load-raw")).filename == "แผน 2.pdf"


def test_an_address_goes_out_as_it_was_found(site, fetcher):
    assert fetcher.get(site.url("/none/%e0%b9%81(2)+a b?x=%2F&y=1&&z")).cause == "http_404"
    assert site.lines[-1].lower() == "/none/%e0%b9%81(2)+a%20b?x=%2f&y=1&&z"


def test_requests_are_counted(site):
    with Fetcher(SETTINGS, Reach.of(site.url())) as fetcher:
        fetcher.get(site.url("/moved"))
        assert fetcher.requests == 3
        fetcher.get("http://example.com/")
        assert fetcher.requests == 3


def test_abort_ends_what_is_under_way(site):
    with Fetcher(CrawlSettings(response_seconds=20), Reach.of(site.url())) as fetcher:
        start = time.monotonic()
        threading.Timer(0.2, fetcher.abort).start()
        assert fetcher.get(site.url("/hang")).cause is not None
        assert time.monotonic() - start < 2
        assert fetcher.get(site.url()).cause == "budget"


def test_no_proxy_of_the_environment(site, fetcher, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    monkeypatch.setenv("no_proxy", "")
    assert fetcher.get(site.url()).cause is None
