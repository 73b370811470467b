import socket

import pytest

from crawlers import guard
from crawlers.fetch import Fetcher
from crawlers.guard import Reach, literal, unwrap
from crawlers.politeness import Politeness
from crawlers.settings import CrawlSettings
from crawlers.urls import wire
from crawlers.visit import Visitor
from ita_rules.run.blobs import BlobStore
from ita_rules.run.keys import url_key
from tests.sites import Site, page, redirect
from tests.tls import SecureSite, trust

SETTINGS = CrawlSettings(response_seconds=2.0)


def resolving(monkeypatch, **names):
    """Let the resolver answer from `names`; each answer is used once, the last one stays. Returns what was asked."""
    asked, real = [], socket.getaddrinfo

    def answer(host, port, *args, **options):
        asked.append(host)
        known = names.get(host.replace(".", "_").replace("-", "_"))
        if known is None:
            assert literal(host) is not None, f"{host} was resolved"
            return real(host, port, *args, **options)
        now = known.pop(0) if len(known) > 1 else known[0]
        found = [now] if isinstance(now, str) else now
        return [(socket.AF_INET6 if ":" in a else socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in found]

    monkeypatch.setattr(guard.socket, "getaddrinfo", answer)
    return asked


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "224.0.0.1",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "198.18.0.1",
        "::1",
        "::",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:a00:1::",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "2001:db8::1",
        "nonsense",
    ],
)
def test_a_public_run_reaches_no_other_address(address):
    assert Reach().refuses_address(address) == "private_address"


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "203.150.1.1", "61.19.34.18", "2001:3c8::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_a_public_run_reaches_public_addresses(address):
    assert Reach().refuses_address(address) is None


def test_the_reach_follows_from_the_start(monkeypatch):
    resolving(
        monkeypatch,
        a_go_th=["203.150.1.1"],
        intra_local=[["10.1.2.3"]],
        mixed_go_th=[["10.1.2.3", "203.150.1.1"]],
        localhost=[["::1", "127.0.0.1"]],
    )
    assert Reach.of("http://a.go.th/").kind == "public"
    assert Reach.of("http://mixed.go.th/").kind == "public"
    assert Reach.of("http://localhost:8000/").kind == "loopback"
    assert Reach.of("http://127.1:8000/").kind == "loopback"
    assert Reach.of("http://[::1]:8000/").kind == "loopback"
    assert Reach.of("nonsense").kind == "public"
    private = Reach.of("http://intra.local/")
    assert private.kind == "private"
    assert private.refuses_address("10.200.0.1") is None
    assert private.refuses_address("192.168.0.1") == "private_address"
    assert private.refuses_address("127.0.0.1") == "private_address"
    assert private.refuses_address("8.8.8.8") == "external"


def test_metadata_addresses_are_out_of_reach_even_beside_one():
    assert Reach.of("http://169.254.1.1/").refuses_address("169.254.169.254") == "private_address"


def test_ports():
    reach = Reach.of("http://203.150.1.1:8000/", ["http://203.150.1.2:8081/x"])
    assert reach.refuses("http://203.150.1.3:8000/") is None
    assert reach.refuses("http://203.150.1.3:8081/") is None
    assert reach.refuses("https://203.150.1.3/") is None
    assert reach.refuses("http://203.150.1.3:22/") == ("private_address", "port 22")
    near = Reach.of("http://127.0.0.1:8000/", ["http://localhost:8001/", "http://203.150.1.2:8002/"])
    assert near.ports == {8000, 8001}


@pytest.mark.parametrize(
    "url", ["ftp://203.150.1.1/", "file:///etc/passwd", "gopher://x/", "//x", "http://", "http://[::1", "http://x:99999/"]
)
def test_only_http(url):
    assert Reach().refuses(url) is not None


SPELLINGS = [
    "127.0.0.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "127.1",
    "0x7f.1",
    "0177.0x0.1",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]",
    "[::127.0.0.1]",
    "127.0.0.1.",
    "１２７.0.0.1",
    "127。0。0。1",
    "a@127.0.0.1",
]
INSIDE = [s.replace("127.0.0.1", "127.0.0.2") for s in SPELLINGS if "127.0.0.1" in s]
INSIDE += ["2130706434", "0x7f000002", "0177.0.0.2", "127.2", "[::ffff:7f00:2]", "[64:ff9b::7f00:2]", "inside.go.th"]
SIX = [
    "[::1]",
    "[::]",
    "[fd00::1]",
    "[fe80::1]",
    "[fec0::1]",
    "[2002:7f00:1::]",
    "[::ffff:10.0.0.1]",
    "[64:ff9b::a00:1]",
    "[ff02::1]",
]
both = pytest.mark.parametrize("served", [Site, SecureSite], ids=["http", "https"])


@both
@pytest.mark.parametrize("host", SPELLINGS)
def test_no_spelling_of_loopback_gets_through_a_public_reach(host, served, monkeypatch):
    trust(monkeypatch)
    with served({"/": page("secret")}) as site, Fetcher(SETTINGS, Reach(ports=frozenset({site.port}))) as fetcher:
        for insecure in (False, True):
            got = fetcher.get(site.url().replace(site.host, host), insecure=insecure)
            assert got.cause == "private_address"
        assert not site.seen


@both
@pytest.mark.parametrize("host", SPELLINGS)
def test_the_socket_holds_where_the_text_does_not(host, served, monkeypatch):
    trust(monkeypatch)
    monkeypatch.setattr(guard.Reach, "refuses", lambda self, url: None)
    with served({"/": page("secret")}) as site, Fetcher(SETTINGS, Reach(ports=frozenset({site.port}))) as fetcher:
        for insecure in (False, True):
            assert fetcher.get(site.url().replace(site.host, host), insecure=insecure).cause in ("private_address", "dns")
        assert not site.seen


@pytest.mark.parametrize("host", SPELLINGS)
def test_every_spelling_as_the_start_is_this_machine_and_nothing_more(host):
    reach = Reach.of(wire(f"http://{host}:8000/"))
    assert (reach.kind, reach.ports) == ("loopback", {8000})
    assert reach.refuses("http://203.150.1.1/") is not None


@both
def test_a_certificate_is_no_pass(served, monkeypatch):
    """The same server is reached where its address is allowed: it is the guard that refuses above, nothing else."""
    trust(monkeypatch)
    with served({"/": page("secret")}) as site, Fetcher(SETTINGS, Reach.of(site.url())) as fetcher:
        assert fetcher.get(site.url()).cause is None


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("host", SIX)
def test_no_private_address_of_the_new_kind_is_connected_to(host, scheme, monkeypatch):
    monkeypatch.setattr(socket.socket, "connect", lambda self, place: pytest.fail(f"connected to {place}"))
    with Fetcher(SETTINGS, Reach()) as fetcher:
        assert fetcher.get(f"{scheme}://{host}/", insecure=True).cause == "private_address"
    monkeypatch.setattr(guard.Reach, "refuses", lambda self, url: None)
    resolving(monkeypatch, six_go_th=[[host.strip("[]")]])
    with Fetcher(SETTINGS, Reach()) as fetcher:
        assert fetcher.get(f"{scheme}://{host}/", insecure=True).cause == "private_address"
        assert fetcher.get(f"{scheme}://six.go.th/", insecure=True).cause == "private_address"


@both
@pytest.mark.parametrize("polite", [False, True])
def test_rebinding(served, polite, monkeypatch):
    """A name that is public when it is looked at and loopback when it is used."""
    trust(monkeypatch)
    with served({"/": page("secret")}) as site:
        resolving(monkeypatch, a_go_th=["203.150.1.1", *["203.150.1.1"] * polite, "127.0.0.1"])
        start = site.url().replace(site.host, "a.go.th")
        reach = Reach.of(start)
        assert reach.kind == "public"
        with Fetcher(SETTINGS, reach, gate=Politeness(4, 0.0) if polite else None) as fetcher:
            assert fetcher.get(start).cause == "private_address"
            assert fetcher.get(start, insecure=True).cause == "private_address"
        assert not site.seen


@both
def test_a_redirect_does_not_lead_inside(served, monkeypatch):
    """127.0.0.1 plays the public site, 127.0.0.2 the machine behind the door."""
    trust(monkeypatch)
    with served({"/": page("secret")}, host="127.0.0.2") as inside:
        targets = {f"/{n}": inside.url().replace("127.0.0.2", host) for n, host in enumerate(INSIDE)}
        with served({path: redirect(url) for path, url in targets.items()}) as site:
            monkeypatch.setattr(guard, "_is_public", lambda ip: str(ip) == "127.0.0.1")
            resolving(monkeypatch, inside_go_th=["127.0.0.2"])
            with Fetcher(SETTINGS, Reach(ports=frozenset({site.port, inside.port}))) as fetcher:
                for path, url in targets.items():
                    got = fetcher.get(site.url(path), insecure=True)
                    assert (got.cause, got.final_url) == ("private_address", url)
                    assert [status for status, _ in got.hops] == [302]
            assert sum(site.seen.values()) == len(targets)
            assert not inside.seen


@both
def test_a_link_does_not_lead_inside(served, monkeypatch, tmp_path):
    trust(monkeypatch)
    with served({"/": page("secret")}, host="127.0.0.2") as inside:
        links = [inside.url().replace("127.0.0.2", host) for host in INSIDE]
        with served({"/": page("".join(f"<a href='{url}'>x</a>" for url in links))}) as site:
            monkeypatch.setattr(guard, "_is_public", lambda ip: str(ip) == "127.0.0.1")
            monkeypatch.setattr(Reach, "of", lambda *_a, **_o: Reach(ports=frozenset({site.port, inside.port})))
            resolving(monkeypatch, inside_go_th=["127.0.0.2"])
            visitor = Visitor(site.url(), SETTINGS, BlobStore(tmp_path))
            first = visitor.visit(url_key(site.url()), site.url())
            visitor.home = first.view
            assert len(first.links) >= len(links) - 1
            for link in first.links:
                found = visitor.visit(link.target, link.url, slow=True, evidence=True).exchange
                assert found.cause == "private_address"
            visitor.close()
            assert not inside.seen


def test_from_loopback_nothing_else_is_asked_or_even_resolved(monkeypatch):
    routes = {
        "/out": redirect("http://www.example.com/"),
        "/metadata": redirect("http://169.254.169.254/latest/"),
        "/lan": redirect("http://192.168.1.1/"),
        "/port": redirect("http://127.0.0.1:9/"),
    }
    with Site(routes) as site, Fetcher(SETTINGS, Reach.of(site.url())) as fetcher:
        asked = resolving(monkeypatch)
        causes = {path: fetcher.get(site.url(path)).cause for path in routes}
        assert causes == {
            "/out": "external",
            "/metadata": "private_address",
            "/lan": "private_address",
            "/port": "private_address",
        }
        assert fetcher.get("https://drive.google.com/file/d/1/view").cause == "external"
        assert fetcher.get("http://8.8.8.8/").cause == "external"
        assert set(asked) == {"127.0.0.1"}


def test_unwrapping():
    assert str(unwrap("2002:a00:1::")) == "10.0.0.1"
    assert str(unwrap("::ffff:1.2.3.4")) == "1.2.3.4"
    assert str(unwrap("64:ff9b::102:304")) == "1.2.3.4"
    assert str(unwrap("::1")) == "::1"


def test_an_address_is_chosen_that_may_be_reached(monkeypatch):
    """A host with a broken second address is still reached at its good one."""
    with Site({"/": page("there")}) as site:
        monkeypatch.setattr(guard, "_is_public", lambda ip: str(ip) == "127.0.0.1")
        resolving(monkeypatch, a_go_th=[["10.0.0.1", "127.0.0.1"]])
        met = []
        with Fetcher(
            SETTINGS, Reach(ports=frozenset({site.port})), met=lambda host, address: met.append((host, address))
        ) as fetcher:
            assert fetcher.get(f"http://a.go.th:{site.port}/").cause is None
        assert met == [("a.go.th", "127.0.0.1")]
