"""The sixty-line crawler that `benchmarks.crawl` measures against: requests, lxml, four threads, every link of the host once.

It keeps nothing, judges no order, knows no traps, no robots.txt and no causes: it is the price of asking and parsing alone.
"""

from __future__ import annotations

import queue
import sys
import threading
from urllib.parse import urldefrag, urljoin, urlsplit

import requests
from lxml import html

CONNECTIONS = 4


class Crawler:
    """Fetches a site from one address on."""

    def __init__(self, start: str) -> None:
        self.host = urlsplit(start).netloc
        self.waiting: queue.Queue[str | None] = queue.Queue()
        self.seen = {start}
        self.lock = threading.Lock()
        self.fetched = 0
        self.waiting.put(start)

    def links(self, url: str, body: bytes) -> list[str]:
        """The addresses that a page links."""
        return [urldefrag(urljoin(url, href))[0] for href in html.fromstring(body).xpath("//a/@href")]

    def work(self) -> None:
        """Fetch what waits until told to stop."""
        session = requests.Session()
        while (url := self.waiting.get()) is not None:
            try:
                answer = session.get(url, timeout=10)
                with self.lock:
                    self.fetched += 1
                if answer.ok and "html" in answer.headers.get("Content-Type", ""):
                    for link in self.links(url, answer.content):
                        with self.lock:
                            is_new = link not in self.seen and urlsplit(link).netloc == self.host
                            self.seen.add(link)
                        if is_new:
                            self.waiting.put(link)
            except requests.RequestException:
                pass
            finally:
                self.waiting.task_done()

    def run(self) -> int:
        """Fetch everything; how much it was."""
        threads = [threading.Thread(target=self.work) for _ in range(CONNECTIONS)]
        for thread in threads:
            thread.start()
        self.waiting.join()
        for _ in threads:
            self.waiting.put(None)
        return self.fetched


if __name__ == "__main__":
    print(Crawler(sys.argv[1]).run())
