"""What a hostile page tries: to reach what our fetcher would not, to keep the browser for ever, to eat the machine.

Two sockets of this machine listen beside the site, one for streams and one for packets; nobody may knock at either.
"""

import os
import socket
import threading
import time
from pathlib import Path

import pytest

from crawlers.browser import machine, memory
from crawlers.browser.gate import Bounds
from crawlers.browser.renderer import Chromium
from crawlers.fetch import Fetched, Fetcher
from crawlers.guard import Reach
from crawlers.settings import CrawlSettings
from tests.sites import Reply, Site, page

pytestmark = pytest.mark.browser
SETTINGS = CrawlSettings(response_seconds=3.0)


class Listeners:
    """A stream and a packet socket on loopback; `knocks` are those who came."""

    def __init__(self):
        self.knocks, self.over = [], threading.Event()
        self.stream = socket.create_server(("127.0.0.1", 0))
        self.port = self.stream.getsockname()[1]
        self.packets = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.packets.bind(("127.0.0.1", self.port))

    def __enter__(self):
        self.threads = [threading.Thread(target=self.watch, args=(s,)) for s in (self.stream, self.packets)]
        for thread in self.threads:
            thread.start()
        return self

    def watch(self, listening):
        listening.settimeout(0.05)
        while not self.over.is_set():
            try:
                if listening is self.stream:
                    came, who = listening.accept()
                    came.close()
                else:
                    _, who = listening.recvfrom(100)
                self.knocks.append((listening.type, who))
            except TimeoutError:
                continue

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()
        self.stream.close()
        self.packets.close()


def render(site, browser, path="/", **more):
    with Fetcher(SETTINGS, Reach.of(site.url())) as fetcher:
        return browser.render(site.url(path), fetcher.get, **more)


ATTACK = Path(__file__).with_name("attack.js").read_text(encoding="utf-8")


def test_nothing_is_reached_but_through_the_fetcher(chromium):
    with Listeners() as beside:
        routes = {
            "/": page(f"<h1>ร้าย</h1><script>{ATTACK.replace('PORT', str(beside.port))}</script>"),
            "/worker.js": Reply(f"fetch('http://127.0.0.1:{beside.port}/w')".encode(), type="application/javascript"),
            "/sw.js": Reply(b"self.addEventListener('fetch', () => 0)", type="application/javascript"),
        }
        with Site(routes) as site:
            found = render(site, chromium)
            time.sleep(0.5)
        assert beside.knocks == []
    assert found.cause is None
    assert "ยังอยู่" in found.html.decode()
    # where the page wanted to go is a link, and no more
    assert f'href="http://localhost:{beside.port}/away" data-ita="script"' in found.html.decode()
    assert not any("169.254" in line for line in site.lines)


def without_the_first_wall(monkeypatch):
    """Answer the page itself and let the browser see to everything else."""
    from crawlers.browser.gate import Gate

    async def let_by(self, route, request):
        if self.first is None:
            self.first = await self._fetch(self.url)
            await self._fulfil(route, request, self.first)
        else:
            await route.continue_()

    monkeypatch.setattr(Gate, "_answer", let_by)


def attack_alone(beside):
    """Show a page that attacks in a browser of its own; the paths that its site was asked for."""
    script = ATTACK.replace("PORT", str(beside.port))
    with (
        Site({"/": page(f"<h1>ร้าย</h1><script>{script}</script>")}) as site,
        Chromium(SETTINGS, Bounds(seconds=6)) as browser,
    ):
        render(site, browser)
        time.sleep(0.3)
        return set(site.seen)


def test_what_slips_by_the_first_wall_stands_before_the_second(monkeypatch):
    without_the_first_wall(monkeypatch)
    with Listeners() as beside:
        assert attack_alone(beside) == {"/"}
        assert beside.knocks == []


def test_without_walls_somebody_knocks(monkeypatch):
    """So that the two tests above can fail: with a proxy that there is, the attack reaches it."""
    without_the_first_wall(monkeypatch)
    monkeypatch.setattr(machine, "SWITCHES", ())
    with Listeners() as beside:
        monkeypatch.setattr(machine, "NOWHERE", f"http://127.0.0.1:{beside.port}")
        attack_alone(beside)
        assert len(beside.knocks) > 3


@pytest.mark.parametrize(
    "script",
    [
        "while (true) {}",
        "while (true) alert('x')",
        "for (let i = 0; i < 200; i++) { alert(i); confirm(i); prompt(i); }",
        "const go = () => { document.title += 'x'; setTimeout(go, 0); setInterval(() => 0, 1); }; go(); go()",
        "const go = () => fetch('/data?' + Math.random()).then(go, go); go(); go(); go()",
        "const go = () => { location.href = '/again?' + Math.random(); setTimeout(go, 10); }; go()",
        "onbeforeunload = () => 'stay'; setInterval(() => history.pushState({}, '', '/' + Math.random()), 5)",
        "let e = document.body; for (let i = 0; i < 4000; i++) e = e.appendChild(document.createElement('div'))",
        "Object.prototype.toString = Array.prototype.map = Array.from = document.querySelectorAll = () => { throw 1 }",
        "document.documentElement.remove()",
        "window.__ita_left = window.__ita = null; Object.defineProperty(window, '__ita', {value: {save: () => 5}})",
    ],
)
def test_a_page_ends_in_time_whatever_its_script_does(chromium, script):
    data = Reply(b"[1]", type="application/json")
    start = time.monotonic()
    with Site({"/": page(f"<h1>หน้า</h1><script>setTimeout(() => {{ {script} }}, 50)</script>"), "/data": data}) as site:
        found = render(site, chromium, seconds=3.0)
        assert site.seen["/"] == 1
    assert time.monotonic() - start < 16
    assert found.cause in (None, "needs_javascript")
    with Site({"/": page("<p id=p></p><script>p.textContent = 'เห็น'</script>")}) as site:
        assert "เห็น" in render(site, chromium).html.decode(), "the browser serves the next page"


def test_a_page_that_eats_memory_is_ended(chromium):
    eat = "const all = []; setInterval(() => { const b = new Uint8Array(64e6); b.fill(7); all.push(b); }, 5)"
    with Chromium(SETTINGS, Bounds(seconds=10.0, memory=900 * 1024**2)) as browser:
        with Site({"/": page(f"<h1>หน้า</h1><script>{eat}</script>")}) as site:
            found = render(site, browser)
        assert (found.cause, found.detail) == ("needs_javascript", "crashed")
        assert sum(memory.children(os.getpid()).values()) < 3 * 1024**3
        with Site({"/": page("<p id=p></p><script>p.textContent = 'เห็น'</script>")}) as site:
            assert "เห็น" in render(site, browser).html.decode()


def test_a_document_without_end_is_a_cause(chromium):
    grow = "for (let i = 0; i < 3000; i++) document.body.append('x'.repeat(5000))"
    with Chromium(SETTINGS, Bounds(seconds=8.0, html=1024**2)) as browser, Site({"/": page(f"<script>{grow}</script>")}) as site:
        found = render(site, browser)
    assert (found.cause, found.html) == ("needs_javascript", b"")


def test_requests_are_counted(chromium):
    many = "for (let i = 0; i < 400; i++) fetch('/data?' + i)"
    data = Reply(b"[1]", type="application/json")
    with Site({"/": page(f"<h1>x</h1><script>{many}</script>"), "/data": data}) as site:
        found = render(site, chromium)
        assert sum(site.seen.values()) <= 151
    assert found.missed >= 249
    assert len(found.beside) == Bounds().beside


def test_only_what_shows_text_is_asked_for(chromium):
    body = """<link rel=stylesheet href=/a.css><img src=/a.png><video src=/a.mp4></video><audio src=/a.mp3></audio>
    <style>@font-face {font-family: x; src: url(/a.woff2)} p {font-family: x; background: url(/b.png)}</style><p>ก</p>
    <iframe src=/frame.html></iframe><script src=/a.js></script><object data=/a.pdf></object>
    <form action=/post method=post></form>
    <script>document.forms[0].submit(); fetch('/post', {method: 'POST', body: '1'})</script>"""
    with Site({"/": page(body), "/a.js": Reply(b"1", type="text/javascript"), "/a.css": Reply(b"p{}", type="text/css")}) as site:
        found = render(site, chromium)
        assert set(site.seen) == {"/", "/a.css", "/a.js"}
    assert found.missed == 1
    assert '<iframe src="/frame.html">' in found.html.decode()


def test_scripts_are_asked_once_for_many_pages():
    routes = {path: page("<script src=/a.js></script><p id=p></p><script>p.textContent = a</script>") for path in ("/", "/2")}
    routes["/a.js"] = Reply("var a = 'ร่วม'".encode(), type="text/javascript; charset=utf-8")
    with Site(routes) as site, Chromium(SETTINGS) as browser:
        assert all("ร่วม" in render(site, browser, path).html.decode() for path in ("/", "/2"))
        assert site.seen["/a.js"] == 1


def test_a_browser_that_was_lost_is_started_once_more():
    with Site({"/": page("<p id=p></p><script>p.textContent = 'เห็น'</script>")}) as site, Chromium(SETTINGS) as browser:
        for seen in (True, True, False):
            found = render(site, browser)
            assert (found.cause is None) is seen
            if seen:
                assert memory.end(browser._pid)
                time.sleep(0.5)
        assert (found.cause, found.detail) == ("needs_javascript", "crashed")


def test_closing_ends_what_is_under_way_and_leaves_no_process():
    browser = Chromium(SETTINGS)
    with Site({"/": page("<script>while (true) {}</script>")}) as site:
        found = []
        under_way = threading.Thread(target=lambda: found.append(render(site, browser)))
        under_way.start()
        while not browser.version:
            time.sleep(0.05)
        time.sleep(0.5)
        mark, start = browser._mark, time.monotonic()
        browser.close()
        under_way.join(10)
        assert time.monotonic() - start < 15
    assert (found[0].cause, found[0].detail) == ("needs_javascript", "stopped")
    assert not memory.marked(os.getpid(), mark)
    assert browser.render("http://127.0.0.1/", lambda url: Fetched(url)).detail == "stopped"


def test_a_browser_that_does_not_start_is_missing(tmp_path, monkeypatch):
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("ITA_CHROMIUM", str(program))
    with Chromium(SETTINGS) as browser:
        assert browser.available
        found = [browser.render("http://127.0.0.1/", lambda url: Fetched(url)) for _ in range(2)]
    assert {(f.cause, f.detail) for f in found} == {("needs_javascript", "no_browser")}
