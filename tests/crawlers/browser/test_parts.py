"""What can be said of the browser's room without a browser."""

import asyncio
import os
import subprocess
import sys

import pytest

from crawlers.browser import machine, memory
from crawlers.browser.gate import Bounds, Gate, Shelf
from crawlers.browser.renderer import Chromium
from crawlers.fetch import Fetched
from crawlers.settings import CrawlSettings


def program(folder, name):
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.skipif(os.name == "nt", reason="programs have other names there")
def test_the_browser_that_is_named_comes_before_those_on_the_path(tmp_path, monkeypatch):
    monkeypatch.delenv("ITA_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert machine.find() == ""
    edge = program(tmp_path / "bin", "msedge")
    assert machine.find() == edge
    chromium = program(tmp_path / "bin", "chromium")
    assert machine.find() == chromium
    own = program(tmp_path / "own", "thorium")
    monkeypatch.setenv("ITA_CHROMIUM", own)
    assert machine.find() == own
    for none in ("", str(tmp_path / "gone")):
        monkeypatch.setenv("ITA_CHROMIUM", none)
        assert machine.find() == ""


def test_without_playwright_there_is_no_browser(monkeypatch):
    monkeypatch.setitem(sys.modules, "playwright.async_api", None)
    monkeypatch.setenv("ITA_CHROMIUM", sys.executable)
    with Chromium(CrawlSettings()) as browser:
        found = browser.render("http://127.0.0.1/", lambda url: Fetched(url))
        assert not browser.available
    assert (found.cause, found.detail, browser.version) == ("needs_javascript", "no_browser", "")


def test_the_oldest_part_makes_room():
    shelf = Shelf(size=100)
    for n in range(6):
        shelf.put(f"/{n}", Fetched(f"/{n}", body=b"x" * 20))
    shelf.put("/large", Fetched("/large", body=b"x" * 26))
    shelf.put("/broken", Fetched("/broken", body=b"x", cause="timeout"))
    assert [n for n in range(6) if shelf.get(f"/{n}")] == [1, 2, 3, 4, 5]
    assert shelf.get("/large") is None
    assert shelf.get("/broken") is None


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="this system does not tell")
def test_memory_is_that_of_all_below_and_the_largest_ends():
    child = subprocess.Popen(
        [sys.executable, "-c", "b = bytes(80_000_000); b = bytearray(b); input()", "--mark"], stdin=subprocess.PIPE
    )
    try:
        while memory.children(os.getpid()).get(child.pid, 0) < 80_000_000:
            assert child.poll() is None
        assert memory.marked(os.getpid(), "--mark") == child.pid
        assert memory.marked(os.getpid(), "--another") == 0
        assert not memory.end_largest(os.getpid(), 10**12)
        assert memory.end_largest(os.getpid(), 60_000_000)
        assert child.wait(10) < 0
        assert not memory.end(child.pid)
    finally:
        child.kill()
        child.stdin.close()


class Socket:
    def __init__(self, url):
        self.url, self.closed = url, False

    async def close(self):
        self.closed = True


class Asked:
    """A request of a page for data, as the gate sees it."""

    def __init__(self, url, method):
        self.url, self.method, self.resource_type, self.headers = url, method, "fetch", {}
        self.ended = ""

    def is_navigation_request(self):
        return False

    async def abort(self, word):
        self.ended = word


@pytest.mark.parametrize(
    ("url", "missed"),
    [
        ("wss://www.example.go.th/list", 1),
        ("wss://data.example.go.th/list", 1),
        ("wss://chat.example.com/", 0),
        ("wss://www.example.go.th/online", 0),
    ],
)
def test_a_websocket_of_the_pages_own_site_is_missed_and_closed(url, missed):
    gate, socket = Gate("https://www.example.go.th/ita", None, Bounds(), Shelf(), None), Socket(url)
    asyncio.run(gate.refuse(socket))
    assert (gate.missed, socket.closed) == (missed, True)


@pytest.mark.parametrize(("url", "missed"), [("https://www.example.go.th/api", 1), ("https://www.example.go.th/counter/hits", 0)])
def test_what_a_page_sends_by_post_is_not_sent_and_is_missed(url, missed):
    gate, asked = Gate("https://www.example.go.th/ita", None, Bounds(), Shelf(), None), Asked(url, "POST")
    asyncio.run(gate(asked, asked))
    assert (gate.missed, asked.ended) == (missed, "blockedbyclient")
