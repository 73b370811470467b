"""A made-up agency on several loopback addresses that has every mischief at once, with its truth.

with Agency(seed=1) as agency:
    run = gather(agency.start, ..., settings=replace(SETTINGS, hosts=agency.hosts))
    assert agency.missed(run) == {}
"""

import gzip
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from crawlers.settings import CrawlSettings
from ita_rules.run.keys import url_key
from ita_rules.run.types import Exchange, RunData
from tests.mischief import endless, failures, ways
from tests.mischief.truth import Builder, Truth
from tests.sites import GONE, Reply, Route, Site, page, redirect

SETTINGS = CrawlSettings(
    response_seconds=1.0, max_minutes=2.0, max_pages=6000, max_depth=40, html_bytes=300_000, file_bytes=400_000, max_hops=6
)
SPLASHES = (
    "<h1>ถวายพระพร</h1><a href='{0}'>เข้าสู่เว็บไซต์</a>",
    "<meta http-equiv=refresh content='3;URL=\"{0}\"'><img src=/king.jpg>",
    "<img src=/king.jpg onclick=\"location.href='{0}'\">",
    "<img src=/king.jpg usemap=#m><map name=m><area shape=default href='{0}'></map>",
    "<img src=/king.jpg><script>setTimeout(\"top.location.href='{0}'\", 5000)</script>",
    "<iframe src='{0}' width=100%></iframe>",
)


class _Tangled(threading.Thread):
    """Somebody who answers every connection with words that are no TLS."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(daemon=True)
        self.socket = socket.create_server((host, port))

    def run(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection:
                connection.sendall(b"HTTP/1.0 400 Bad Request\r\n\r\n")


class Agency:
    """The servers, as a context. `start` is the address to begin at, `hosts` the agency's further hosts for the settings.

    `only` leaves everything out but the ways (`ways`), the `failures`, the `traps` or the `maps`.
    """

    def __init__(self, seed: int, only: tuple[str, ...] = ("ways", "failures", "traps", "maps", "hosts")) -> None:
        self.seed, self.only = seed, only
        self.truth = Truth()

    def __enter__(self) -> "Agency":
        self.main, self.sister, self.stranger, self.tangled = self._servers()
        builder = self.builder = Builder(self.seed, f"{self.main.host}:{self.main.port}")
        self.truth = builder.truth
        dead = f"http://{self._host(9)}:{self.main.port}"
        tangled = f"https://{self._host(4)}:{self.main.port}"
        links = list(self._links(dead, tangled))
        builder.random.shuffle(links)
        builder.count += 1
        front = f"/{builder.name()}.php"
        rows = "".join(text for text in links if text.startswith("<tr"))
        rest = "".join(f"<div>{text}</div>" for text in links if not text.startswith("<tr"))
        body = f"<h1>องค์การบริหารส่วนตำบลทดสอบ</h1><p>{builder.text()}</p><table>{rows}</table>{rest}"
        builder.put(front, page(body, "อบต.ทดสอบ"), "splash")
        builder.put("/", page(SPLASHES[self.seed % len(SPLASHES)].format(front), "ถวายพระพร"), "start")
        self.main.routes.update(builder.routes)
        self.main.otherwise = self._main_otherwise(GONE)
        self.start = self.main.url("/")
        self.hosts = tuple(f"{self._host(n)}:{self.main.port}" for n in (2, 4, 9))
        for site in (self.main, self.sister, self.stranger):
            site.__enter__()
        self.tangled.start()
        return self

    def __exit__(self, *_: object) -> None:
        for site in (self.main, self.sister, self.stranger):
            site.__exit__()
        self.tangled.socket.close()

    def _host(self, number: int) -> str:
        return f"127.{10 + self.seed % 200}.7.{number}"

    def _servers(self) -> tuple[Site, Site, Site, _Tangled]:
        """Servers at one port, for one port is what a run on loopback may reach."""
        for _ in range(20):
            made: list[Any] = [Site({}, host=self._host(1))]
            try:
                made += [Site({}, host=self._host(n), port=made[0].port) for n in (2, 3)]
                made.append(_Tangled(self._host(4), made[0].port))
            except OSError:
                for site in made:
                    site.server.server_close()
            else:
                return made[0], made[1], made[2], made[3]
        raise RuntimeError("no port is free on all addresses")

    def _main_otherwise(self, gone: Route) -> Route:
        """Addresses that cannot be told by their decoded path, then the endless parts."""
        raw = {path: route for path, route in self.builder.routes.items() if "%" in path}
        rest = endless.route(gone) if "traps" in self.only else gone

        def answer(handler: Any) -> None:
            (raw.get(handler.path) or rest)(handler)

        return answer

    def _links(self, dead: str, tangled: str) -> Iterator[str]:
        builder = self.builder
        if "ways" in self.only:
            yield from ways.build(builder)
        if "failures" in self.only:
            yield from failures.build(builder, dead, tangled)
        if "traps" in self.only:
            yield from endless.build(builder)
        if "hosts" in self.only:
            yield from self._sister()
        if "maps" in self.only:
            yield from self._maps()

    def _sister(self) -> Iterator[str]:
        """A further host of the agency, whose server answers 200 to everything; and a stranger that is none of it."""
        host = f"http://{self._host(2)}:{self.main.port}"
        sister = Builder(self.seed + 1000, host.removeprefix("http://"))
        deep = sister.leaf("further host")
        front = sister.hub("further host", [f"<a href='{deep}'>x</a>", "<a href='/nothing-there.html'>y</a>"])
        sister.put("/", page(f"<h1>กองคลัง</h1><a href='{front}'>หน้าแรก</a>", "กองคลัง"), "further host")
        self.sister.routes.update(sister.routes)
        self.sister.otherwise = page("<h2>กรุณาตรวจสอบที่อยู่อีกครั้ง</h2><p>หรือกลับหน้าหลัก</p>", "กองคลัง")
        self.truth.pages.update(sister.truth.pages)
        self.truth.failures[f"{host}/nothing-there.html"] = "soft_404"
        yield f"<a href='{host}/'>กองคลัง</a>"
        yield f"<a href='http://{self._host(3)}:{self.main.port}/'>หน่วยงานอื่น</a>"
        hop = f"/{self.builder.name()}"
        self.builder.routes[hop] = redirect(f"{host}{deep}")
        yield f"<a href='{hop}'>ย้ายแล้ว</a>"

    def _maps(self) -> Iterator[str]:
        """Maps of the site of every form, and feeds, each naming pages that no link leads to."""
        builder, place = self.builder, f"http://{self.builder.place}"

        def url(by: str) -> str:
            return place + builder.leaf(by, suffix=".html")

        def urlset(by: str) -> bytes:
            locs = "".join(f"<url><loc>\n {url(by)} </loc><lastmod>2023-01-01</lastmod></url>" for _ in range(3))
            return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{locs}</urlset>'.encode()

        names = [builder.name() for _ in range(6)]
        nested = f"<sitemapindex><sitemap><loc>{place}/{names[2]}.xml</loc></sitemap></sitemapindex>"
        index = "".join(
            f"<sitemap><loc>{place}/{name}</loc></sitemap>"
            for name in (f"{names[0]}.xml", f"{names[1]}.xml.gz", "inner.xml", f"{names[3]}.txt", "gone-map.xml")
        )
        xml = "application/xml"
        builder.routes |= {
            "/robots.txt": failures.robots(f"{place}/maps/index.xml"),
            "/maps/index.xml": Reply(
                f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{index}</sitemapindex>".encode(), type=xml
            ),
            f"/{names[0]}.xml": Reply(urlset("sitemap"), type="text/xml"),
            f"/{names[1]}.xml.gz": Reply(gzip.compress(urlset("sitemap gz")), type="application/x-gzip"),
            "/inner.xml": Reply(nested.encode(), type="text/html"),
            f"/{names[2]}.xml": Reply(urlset("sitemap in an index in an index"), type=xml),
            f"/{names[3]}.txt": Reply("\n".join(url("text sitemap") for _ in range(2)).encode(), type="text/plain"),
            "/sitemap.xml": Reply(urlset("sitemap at its usual place"), type=xml),
        }
        item = f"<item><title>ก</title><link>{url('rss')}</link></item>"
        rss = f"<rss version='2.0'><channel><link>{place}/</link>{item}</channel></rss>"
        atom = f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><link rel='alternate' href='{url('atom')}'/></entry></feed>"
        builder.routes["/feed/"] = Reply(rss.encode(), type="application/rss+xml")
        builder.routes["/atom.xml"] = Reply(atom.encode(), type="application/atom+xml")
        head = "<link rel=alternate type='application/rss+xml' title=ข่าว href='/feed/'>"
        yield f"<a href='{builder.hub('link', ['x'], head=head)}'>ข่าว</a>"
        yield "<a href='/atom.xml'>Atom</a>"

    # ---------------------------------------------------------------- what came of it

    def missed(self, run: RunData) -> dict[str, str]:
        """The pages that a run did not find: hash → the way that leads there."""
        found = {e.sha256 for e in run.exchanges.values() if e.cause is None}
        return {digest: by for digest, by in self.truth.pages.items() if digest not in found}

    def key(self, path: str) -> str:
        """The key of a path of the main host, or of a whole address."""
        return url_key(path if path.startswith("http") else self.main.url(path))

    def misjudged(self, run: RunData) -> dict[str, tuple[str, str | None]]:
        """Failures with another cause than theirs: path → (cause that it has, cause in the run)."""
        wrong = {}
        for path, cause in self.truth.failures.items():
            found = run.exchanges.get(self.key(path))
            if found is None or found.cause != cause:
                wrong[path] = (cause, found.cause if found else "not asked")
        return wrong

    def accused(self, run: RunData) -> dict[str, str]:
        """Addresses that failed in the run and are no failures of the site: invented links, pages taken for missing."""
        known = {self.key(path) for path in self.truth.failures} | set(run.meta.settings.get("probe", "").split())
        return {
            e.url: e.cause
            for e in run.exchanges.values()
            if e.cause and not {e.key, e.final_key} & known and not self._follows(e)
        }

    def _follows(self, found: Exchange) -> bool:
        """Whether an address is a step behind one of the failures."""
        return url_key(found.url).removeprefix(f"http://{self.builder.place}").startswith(("/circle", "/chain-", "/slow-end"))

    def asked(self, prefix: str) -> int:
        """How many different addresses were asked below a prefix."""
        return len({line for line in self.main.lines if unquote(line).lower().startswith(prefix)})


def settings(agency: Agency, **changes: Any) -> CrawlSettings:
    """The settings under which such an agency is crawled quickly."""
    return replace(SETTINGS, **{"hosts": agency.hosts, **changes})
