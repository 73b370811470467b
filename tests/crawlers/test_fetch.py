import gzip
import itertools
import socket
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from crawlers import guard
from crawlers.fetch import Fetcher
from crawlers.guard import Reach
from crawlers.headers import Known
from crawlers.politeness import Politeness
from crawlers.settings import CrawlSettings
from tests import sites
from tests.sites import Reply, Site, page, pdf, redirect
from tests.tls import SecureSite, trust

SETTINGS = CrawlSettings(response_seconds=1.0, html_bytes=200_000, file_bytes=400_000)
WALL = b"<title>Just a moment...</title><h1>Checking your browser before accessing</h1>"


def wants_cookie(handler):
    if "seen=1" in handler.headers.get("Cookie", ""):
        page("welcome")(handler)
    else:
        Reply(b"", 302, headers=(("Location", "/cookie"), ("Set-Cookie", "seen=1")))(handler)


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello"
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
NESTED = gzip.compress(gzip.compress(bytes(50_000_000), 9), 9)


def says(raw):
    """The bytes as they stand, and the end."""

    def answer(handler):
        handler.wfile.write(raw)
        handler.close_connection = True

    return answer


def pouring(start, more):
    """The bytes as they stand, and then the same again and again."""

    def answer(handler):
        handler.close_connection = True
        handler.wfile.write(start)
        while not handler.server.site.over.is_set():
            handler.wfile.write(more)

    return answer


def conditional(handler):
    if handler.headers.get("If-None-Match") == '"1"':
        Reply(b"", 304, type="")(handler)
    else:
        Reply(b"<html>new", headers=(("ETag", '"1"'), ("Last-Modified", "Mon, 01 Jan 2024 00:00:00 GMT")))(handler)


def strict(handler):
    """Knows no conditions."""
    page("there", status=412 if handler.headers.get("If-None-Match") else 200)(handler)


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
        "/fat-headers": Reply(b"x", headers=tuple((f"X-{n}", "y" * 30_000) for n in range(20))),
        "/endless-header": pouring(b"HTTP/1.1 200 OK\r\nX-Long: ", b"y" * 65536),
        "/endless-status": pouring(b"HTTP/1.1 200 ", b"y" * 65536),
        "/interim": says(b"HTTP/1.1 103 Early Hints\r\nLink: </x.css>\r\n\r\n" * 3 + OK),
        "/continue": pouring(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
        "/hints": pouring(b"", b"HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n" * 100),
        "/endless-chunk-size": pouring(CHUNKED, b"0" * 65536),
        "/endless-trailer": pouring(CHUNKED + b"1\r\nx\r\n0\r\n", b"T" * 65536),
        "/trailers": pouring(CHUNKED + b"1\r\nx\r\n0\r\n", b"T: x\r\n" * 100),
        "/endless-chunks": pouring(CHUNKED, b"1000\r\n" + b"x" * 4096 + b"\r\n"),
        "/no-chunk": says(CHUNKED + b"zz\r\n"),
        "/chunk-cut": says(CHUNKED + b"ff\r\nabc"),
        "/two-lengths": says(b"HTTP/1.1 200 OK\r\nContent-Length: 5, 7\r\n\r\nhello"),
        "/no-length": says(b"HTTP/1.1 200 OK\r\nContent-Length: \xb2\r\nContent-Type: text/html\r\n\r\nhello"),
        "/too-long": says(b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\nhello"),
        "/nonsense": says(b"\x00\x01\x02 nonsense\r\n\r\n"),
        "/longer": lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello" + b"x" * 999),
        "/bomb-nested": Reply(NESTED, headers=(("Content-Encoding", "gzip, gzip"),)),
        "/bomb-deflate": Reply(zlib.compress(bytes(5_000_000)), headers=(("Content-Encoding", "deflate"),)),
        "/bomb-members": Reply(gzip.compress(bytes(90_000)) * 20, headers=(("Content-Encoding", "gzip"),)),
        "/bomb-404": Reply(gzip.compress(bytes(5_000_000)), 404, headers=(("Content-Encoding", "gzip, gzip, gzip, gzip"),)),
        "/members": Reply(gzip.compress(b"<html>packed") + gzip.compress(b" twice"), headers=(("Content-Encoding", "gzip"),)),
        "/br": Reply(b"\x8b\x05\x80packed", headers=(("Content-Encoding", "br"),)),
        "/challenge": Reply(WALL, 202),
        "/new": lambda handler: redirect(f"/new?{time.monotonic_ns()}")(handler),
        "/304": Reply(b"", 304, type=""),
        "/304-once": sites.first(Reply(b"", 304, type=""), page("there")),
        "/etag": conditional,
        "/etag-moved": redirect("/etag"),
        "/strict": strict,
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
        ("/fat-headers", "reset"),
        ("/endless-header", "reset"),
        ("/endless-status", "reset"),
        ("/continue", "reset"),
        ("/hints", "reset"),
        ("/endless-chunk-size", "reset"),
        ("/endless-trailer", "reset"),
        ("/trailers", "timeout"),
        ("/endless-chunks", "too_large"),
        ("/no-chunk", "reset"),
        ("/chunk-cut", "reset"),
        ("/two-lengths", "reset"),
        ("/too-long", "too_large"),
        ("/nonsense", "reset"),
        ("/bomb-nested", "too_large"),
        ("/bomb-deflate", "too_large"),
        ("/bomb-members", "too_large"),
        ("/bomb-404", "http_404"),
        ("/br", "unreadable"),
        ("/challenge", "blocked"),
        ("/new", "redirect_loop"),
        ("/304", "http_304"),
    ],
)
def test_causes(site, fetcher, path, cause):
    start = time.monotonic()
    got = fetcher.get(site.url(path))
    assert (got.cause, got.status is None) == (cause, cause in ("timeout", "reset", "unreadable"))
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


@pytest.mark.parametrize("secure", [False, True])
def test_nothing_of_the_environment_leads_elsewhere(monkeypatch, secure):
    trust(monkeypatch)
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/dev/null")
    with (SecureSite if secure else Site)({"/": page("x")}) as site, Fetcher(SETTINGS, Reach.of(site.url())) as fetcher:
        assert fetcher.get(site.url()).cause is None


@pytest.mark.parametrize(
    "url", ["ftp://127.0.0.1/x", "file:///etc/passwd", "gopher://127.0.0.1/", "javascript:alert(1)", "//x", ""]
)
def test_only_http_and_https(fetcher, url):
    before = fetcher.requests
    assert fetcher.get(url).cause in ("dns", "private_address")
    assert fetcher.requests == before


def test_only_the_ports_of_websites_and_the_start(monkeypatch):
    monkeypatch.setattr(socket.socket, "connect", lambda self, place: pytest.fail(f"connected to {place}"))
    with Fetcher(SETTINGS, Reach()) as fetcher:
        for port in (22, 25, 81, 3306, 6379, 8443):
            assert fetcher.get(f"http://203.150.1.1:{port}/").cause == "private_address"


@pytest.mark.parametrize(
    ("path", "body"), [("/interim", b"hello"), ("/no-length", b"hello"), ("/members", b"<html>packed twice")]
)
def test_what_is_odd_and_whole(site, fetcher, path, body):
    got = fetcher.get(site.url(path))
    assert (got.cause, got.status, got.body) == (None, 200, body)


def test_a_body_that_runs_over_does_not_spoil_the_next(site, fetcher):
    for _ in range(3):
        assert fetcher.get(site.url("/longer")).body == b"hello"
        got = fetcher.get(site.url())
        assert (got.status, got.cause) == (200, None)


def test_nothing_is_kept_of_a_flood(site):
    """Lines without an end are given up within a few of them, not when the time is over."""
    with Fetcher(CrawlSettings(response_seconds=15), Reach.of(site.url())) as fetcher:
        for path in ("/endless-header", "/endless-chunk-size", "/continue"):
            assert fetcher.get(site.url(path)).cause == "reset"


def test_asked_only_if_it_changed(site, fetcher):
    first = fetcher.get(site.url("/etag"))
    known = Known.of(first.final_url, first.headers)
    assert known == Known(site.url("/etag"), (("If-None-Match", '"1"'), ("If-Modified-Since", "Mon, 01 Jan 2024 00:00:00 GMT")))
    got = fetcher.get(site.url("/etag"), known=known)
    assert (got.status, got.cause, got.body) == (304, None, b"")
    # A chain is asked anew; only its end is asked with a condition.
    moved = fetcher.get(site.url("/etag-moved"), known=known)
    assert (moved.status, moved.cause, moved.hops) == (304, None, ((302, site.url("/etag")),))
    # What is known of one address says nothing of another.
    assert fetcher.get(site.url("/etag"), known=Known(site.url("/other"), known.headers)).status == 200


def test_a_server_that_knows_no_conditions_is_asked_plainly(site, fetcher):
    got = fetcher.get(site.url("/strict"), known=Known(site.url("/strict"), (("If-None-Match", '"1"'),)))
    assert (got.status, got.cause) == (200, None)
    got = fetcher.get(site.url("/304-once"))
    assert (got.status, got.cause) == (200, None)


@pytest.mark.parametrize("value", ["", "x\r\nHost: evil", "é", "x" * 600])
def test_a_validator_that_would_spoil_the_request_is_not_sent(value):
    assert Known.of("http://a.go.th/", (("ETag", value),)) is None


def test_the_headers_of_each_redirect_are_kept(site, fetcher):
    got = fetcher.get(site.url("/moved"))
    assert [dict(headers)["Location"] for headers in got.hop_headers] == ["/moved-again", "/à¹\x81à¸\x9cà¸\x99 1.pdf"]
    lost = fetcher.get(site.url("/a"))
    assert len(lost.hop_headers) == len(lost.hops) > 1


class Named:
    """A public host with a name, played by loopback: for what loopback is spared."""

    def __init__(self, monkeypatch, site):
        self.asked = []
        monkeypatch.setattr(guard, "_is_public", lambda ip: str(ip) == "127.0.0.1")
        monkeypatch.setattr(guard.socket, "getaddrinfo", self.resolve)
        self.reach = Reach(ports=frozenset({site.port}))
        self.url = f"http://a.go.th:{site.port}"

    def resolve(self, host, port, *_args, **_options):
        self.asked.append(host)
        if host == "dead.go.th":
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]


def test_a_dead_host_costs_a_few_tries_and_not_one_each(monkeypatch):
    with Site({"/": page("x")}) as site:
        named, gate = Named(monkeypatch, site), Politeness(4, 0.0)
        with Fetcher(SETTINGS, named.reach, gate=gate) as fetcher:
            dead = [fetcher.get(f"http://dead.go.th:{site.port}/{n}") for n in range(20)]
            assert {got.cause for got in dead} == {"dns"}
            assert [got.detail == "circuit open" for got in dead] == [False] * 5 + [True] * 15
            assert len(named.asked) == 5
            assert fetcher.get(named.url).cause is None
            # the last try of the run asks once more
            assert fetcher.get(f"http://dead.go.th:{site.port}/0", last=True).detail != "circuit open"
            assert fetcher.get(f"http://dead.go.th:{site.port}/1", last=True).detail == "circuit open"


def test_a_host_that_comes_back_is_asked_again(monkeypatch):
    down = threading.Event()
    down.set()
    with Site({"/": lambda handler: (sites.reset if down.is_set() else page("x"))(handler)}) as site:
        named, gate = Named(monkeypatch, site), Politeness(4, 0.0)
        with Fetcher(SETTINGS, named.reach, gate=gate) as fetcher:
            while fetcher.get(named.url).detail != "circuit open":
                assert sum(site.seen.values()) < 20
            down.clear()
            assert fetcher.get(named.url).cause == "reset"
            assert fetcher.get(named.url, last=True).cause is None
            assert fetcher.get(named.url).cause is None


@pytest.mark.parametrize("fault", [sites.reset, sites.hang])
def test_a_firewall_that_cuts_off_some_addresses_does_not_make_a_dead_host(monkeypatch, fault):
    """The first address that ever answered is asked before the host is given up."""
    with Site({"/": page("x"), **{f"/{n}.pdf": fault for n in range(7)}}) as site:
        named, gate = Named(monkeypatch, site), Politeness(4, 0.0)
        with Fetcher(CrawlSettings(response_seconds=0.4), named.reach, gate=gate) as fetcher:
            assert fetcher.get(f"{named.url}/").cause is None
            got = [fetcher.get(f"{named.url}/{n}.pdf") for n in range(7)]
            assert "circuit open" not in {one.detail for one in got}
            assert 2 <= site.seen["/"] <= 6
            assert fetcher.get(f"{named.url}/").cause is None


def test_a_host_that_dies_is_left_alone_when_its_door_is_shut_too(monkeypatch):
    dead = threading.Event()
    with Site({}, otherwise=lambda handler: (sites.reset if dead.is_set() else page("x"))(handler)) as site:
        named, gate = Named(monkeypatch, site), Politeness(4, 0.0)
        with Fetcher(SETTINGS, named.reach, gate=gate) as fetcher:
            assert fetcher.get(f"{named.url}/").cause is None
            dead.set()
            got = [fetcher.get(f"{named.url}/{n}") for n in range(10)]
            assert {one.cause for one in got} == {"reset"}
            assert got[-1].detail == "circuit open"
            assert site.seen["/"] == 2
            dead.clear()
            assert fetcher.get(f"{named.url}/9", last=True).cause is None


def test_an_abort_ends_the_waiting_for_a_host(monkeypatch):
    with Site({"/": page("x")}) as site:
        named, gate = Named(monkeypatch, site), Politeness(4, 0.0)
        with Fetcher(SETTINGS, named.reach, gate=gate) as fetcher:
            url = f"http://dead.go.th:{site.port}/"
            while fetcher.get(url).detail != "circuit open":
                pass
            threading.Timer(0.2, fetcher.abort).start()
            start = time.monotonic()
            assert fetcher.get(url, patient=True).detail == "circuit open"
            assert 0.1 < time.monotonic() - start < 2


def test_pages_that_break_off_do_not_make_a_dead_host(monkeypatch):
    with Site({"/cut": sites.cut, "/drip": sites.drip}) as site:
        named, gate = Named(monkeypatch, site), Politeness(4, 0.0)
        with Fetcher(CrawlSettings(response_seconds=0.4), named.reach, gate=gate) as fetcher:
            got = [fetcher.get(f"{named.url}/{name}") for name in ["cut"] * 8 + ["drip"] * 6]
        assert "circuit open" not in {one.detail for one in got}


def test_two_names_of_one_address_share_its_places(monkeypatch):
    with Site({}, otherwise=page("x"), delay=0.03) as site:
        named = Named(monkeypatch, site)
        with Fetcher(SETTINGS, named.reach, gate=Politeness(4, 0.0)) as fetcher:
            urls = [f"http://{name}.go.th:{site.port}/{n}" for n in range(3) for name in "abcdef"]
            with ThreadPoolExecutor(18) as pool:
                assert {got.cause for got in pool.map(fetcher.get, urls)} == {None}
        assert site.peak == 4


def test_the_address_found_first_is_the_one_that_is_asked(monkeypatch):
    """A resolver that deals out addresses in turn does not scatter a host over more places than it was counted at."""
    with Site({"/": page("x")}) as one, Site({"/": page("x")}, host="127.0.0.2") as other:
        monkeypatch.setattr(guard, "_is_public", lambda ip: True)
        turns = itertools.cycle([("127.0.0.1", "127.0.0.2"), ("127.0.0.2", "127.0.0.1")])

        def answer(host, port, *_args, **_options):
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, one.port)) for a in next(turns)]

        monkeypatch.setattr(guard.socket, "getaddrinfo", answer)
        with Fetcher(SETTINGS, Reach(ports=frozenset({one.port})), gate=Politeness(4, 0.0)) as fetcher:
            for n in range(4):
                assert fetcher.get(f"http://a.go.th:{one.port}/{n}").status == 404
                fetcher._client.close()  # a new connection each time
        assert sum(one.seen.values()) == 4
        assert not other.seen


def test_who_comes_and_why(site):
    with Fetcher(CrawlSettings(contact="ผู้ดูแล webmaster@a.go.th (x)\r\nX: y"), Reach.of(site.url())) as fetcher:
        agent = str(fetcher._client.headers["User-Agent"])
        assert agent == "ita-rules/0.1 (OIT disclosure check of Thai public agencies; +webmaster@a.go.th xX: y)"
        assert fetcher.get(site.url()).cause is None
    assert "no contact" in CrawlSettings().agent
    assert CrawlSettings(user_agent="ita-rules/1.2.3").robot == "ita-rules"
