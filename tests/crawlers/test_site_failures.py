"""Whole gatherings where something fails: the causes that stand in the run in the end, and what they cost."""

import socket
import threading
import time

import pytest

from crawlers import guard
from crawlers.guard import Reach
from crawlers.settings import CrawlSettings
from ita_rules.run.keys import url_key
from ita_rules.run.store import load_run
from ita_rules.run.types import Want
from tests.crawlers.test_site import causes, crawl
from tests.sites import Site, page, pdf, reset
from tests.tls import SecureSite, trust

FAST = CrawlSettings(response_seconds=1.0, retry_seconds=0.1, interval_seconds=0.001, max_minutes=0.5)


def all_as_evidence(run):
    """Everything that a page links, as if a verdict depended on it."""
    start = run.meta.start_url
    links = [link for links in run.links.values() for link in links if link.target]
    found = [Want("fetch", url_key(start), start, 9.0)]
    return found + [Want("fetch", link.target, link.url, 1.0, evidence=True) for link in links]


def test_evidence_behind_a_bad_certificate_is_had_at_the_end(tmp_path, monkeypatch):
    trust(monkeypatch)
    routes = {
        "/ita": page("<a href=/deep.pdf>O2</a>", "ITA"),
        "/o1.pdf": pdf(),
        "/gone.pdf": page("no", status=404),
        "/deep.pdf": pdf(),
    }
    with SecureSite(routes, "expired") as bad:
        links = "".join(f"<a href='{bad.url(path)}'>x</a>" for path in ("/ita", "/o1.pdf", "/gone.pdf"))
        with Site({"/": page(links)}) as site:
            monkeypatch.setattr(Reach, "of", lambda *_a, **_o: Reach("loopback", frozenset({site.port, bad.port})))
            crawl(site, tmp_path, wants=all_as_evidence, settings=FAST)
    run = load_run(tmp_path)
    told = {path: run.exchanges[url_key(bad.url(path))] for path in ("/ita", "/o1.pdf", "/gone.pdf")}
    assert {path: (e.cause, e.insecure, e.attempts) for path, e in told.items()} == {
        "/ita": (None, "expired", 2),
        "/o1.pdf": (None, "expired", 2),
        "/gone.pdf": ("tls", "", 2),
    }
    assert told["/o1.pdf"].media_type == "application/pdf"
    assert url_key(bad.url("/ita")) not in run.links
    assert url_key(bad.url("/deep.pdf")) not in run.exchanges


def test_a_main_page_behind_a_bad_certificate_ends_the_run(tmp_path, monkeypatch):
    trust(monkeypatch)
    with SecureSite({"/": page("<a href=/o1.pdf>O1</a>"), "/o1.pdf": pdf()}, "expired") as site:
        run = crawl(site, tmp_path, wants=all_as_evidence, settings=FAST)
        assert not site.seen
    assert causes(run, site) == {"/": "tls"}


def playing(monkeypatch, names, *ports):
    """Public hosts by their names, played by addresses on loopback."""

    def resolve(host, port, *_args, **_options):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (names[host], port))]

    monkeypatch.setattr(guard, "_is_public", lambda ip: ip.is_loopback)
    monkeypatch.setattr(Reach, "of", lambda *_a, **_o: Reach(ports=frozenset(ports)))
    monkeypatch.setattr(guard.socket, "getaddrinfo", resolve)


class Silent:
    """A server that takes connections and never answers; `met` counts them."""

    def __init__(self):
        self.socket, self.met = socket.create_server(("127.0.0.2", 0), backlog=64), 0
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self._accept, daemon=True)
        self.thread.start()

    def _accept(self):
        kept = []
        while True:
            kept.append(self.socket.accept()[0])
            if not kept[-1].recv(1, socket.MSG_PEEK):
                break
            self.met += 1
        for one in kept:
            one.close()

    def close(self):
        with socket.socket() as last:
            last.connect(("127.0.0.2", self.port))  # a connection that says nothing ends it
        self.thread.join(5)
        self.socket.close()


@pytest.fixture
def dead():
    silent = Silent()
    yield silent
    silent.close()


def test_a_dead_host_neither_blocks_the_others_nor_costs_a_time_each(tmp_path, monkeypatch, dead):
    lost = [f"http://dead.go.th:{dead.port}/{n}.pdf" for n in range(40)]
    pages = {f"/p{n}": page(f"หน้า {n}") for n in range(20)}
    links = "".join(f"<a href='{url}'>x</a>" for url in [*lost, *pages])
    settings = CrawlSettings(response_seconds=0.4, retry_seconds=0.1, interval_seconds=0.001, max_minutes=0.5)
    with Site({"/": page(links), **pages}) as site:
        playing(monkeypatch, {"a.go.th": "127.0.0.1", "dead.go.th": "127.0.0.2"}, site.port, dead.port)
        start = time.monotonic()
        run = crawl(site, tmp_path, wants=all_as_evidence, settings=settings, start=f"http://a.go.th:{site.port}/")
        seconds = time.monotonic() - start
    found = [run.exchanges[url_key(url)] for url in lost]
    assert {e.cause for e in found} == {"timeout"}
    assert sum(e.detail == "circuit open" for e in found) >= 30
    assert dead.met < 15
    assert seconds < 8
    assert all(run.exchanges[url_key(f"http://a.go.th:{site.port}{path}")].cause is None for path in pages)


def test_a_host_that_comes_back_at_the_end_is_had_whole(tmp_path, monkeypatch):
    down = threading.Event()
    down.set()
    with Site({}, host="127.0.0.3", otherwise=lambda handler: (reset if down.is_set() else pdf())(handler)) as back:
        urls = [f"http://back.go.th:{back.port}/{n}.pdf" for n in range(30)]
        with Site({"/": page("".join(f"<a href='{url}'>x</a>" for url in urls))}) as site:
            playing(monkeypatch, {"a.go.th": "127.0.0.1", "back.go.th": "127.0.0.3"}, site.port, back.port)
            monkeypatch.setattr(time, "sleep", lambda seconds: down.clear())  # before the second try
            run = crawl(site, tmp_path, wants=all_as_evidence, settings=FAST, start=f"http://a.go.th:{site.port}/")
    found = [run.exchanges[url_key(url)] for url in urls]
    assert {e.cause for e in found} == {None}
    assert 2 in {e.attempts for e in found}
