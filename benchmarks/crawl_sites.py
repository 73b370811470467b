"""Generated sites for `benchmarks.crawl`, served on loopback by a process of their own.

A site of N addresses has a tenth of PDF files; the rest are pages of about 65 kB (packed for transport) with 138 links, 118 of
them the menu that every page repeats, and each page leads to the next, so that all can be reached. Everything follows from
numbers: the same N gives the same site, byte for byte. All bear an ETag and answer If-None-Match with 304.

    python -m benchmarks.crawl_sites --pages 1000 [--sites 50] [--latency 0.05] [--first 127.0.20.1]

serves every site at an address of its own and prints their URLs as JSON. Each further line of standard input is answered with
what was seen since: for each site requests, bytes sent, 304s, addresses asked, most requests at once, seconds from the first
request to the last answer. It ends with its input.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import hashlib
import ipaddress
import json
import random
import sys
import time
from collections.abc import Iterator

MENU, OWN, PAGE_BYTES = 118, 20, 65_000
_WORDS = (
    "รายงาน ผลการดำเนินงาน ประจำปี งบประมาณ แผน โครงการ ประกาศ จัดซื้อ จัดจ้าง องค์การ บริหาร ส่วนตำบล ประชาชน ข้อมูล ข่าวสาร กิจกรรม"
).split()


class Generated:
    """The bodies of a site of so many addresses, made when they are first asked for."""

    def __init__(self, pages: int) -> None:
        self.files = pages // 10
        self.pages = pages - self.files
        dice = random.Random(1)
        self._menu = "".join(
            f"<li><a href='/p/{dice.randrange(self.pages)}.html'>เมนู {dice.choice(_WORDS)} {n}</a></li>" for n in range(MENU)
        )
        self._made: dict[str, tuple[bytes, str, str]] = {}

    @property
    def paths(self) -> Iterator[str]:
        """Every address of the site that a link leads to."""
        yield from (f"/p/{n}.html" for n in range(self.pages))
        yield from (f"/files/{n}.pdf" for n in range(self.files))

    def body(self, path: str) -> tuple[bytes, str, str] | None:
        """Packed body, media type and ETag behind a path; None where there is nothing."""
        if path not in self._made:
            plain = self._plain("/p/0.html" if path == "/" else path)
            if plain is None:
                return None
            data, media_type = plain
            packed = gzip.compress(data, 1, mtime=0) if media_type.startswith("text") else data
            self._made[path] = (packed, media_type, f'"{hashlib.sha256(data).hexdigest()[:16]}"')
        return self._made[path]

    def _plain(self, path: str) -> tuple[bytes, str] | None:
        kind, _, number = path.strip("/").rpartition("/")
        digits = number.partition(".")[0]
        if not digits.isdigit() or f"/{kind}/{int(digits)}" != path.partition(".")[0]:
            return None
        if kind == "p" and int(digits) < self.pages:
            return self._page(int(digits)), "text/html; charset=utf-8"
        if kind == "files" and int(digits) < self.files:
            return pdf(int(digits)), "application/pdf"
        return None

    def _page(self, number: int) -> bytes:
        dice = random.Random(number)
        places = [(number + 1) % self.pages, *(dice.randrange(self.pages) for _ in range(OWN - 2))]
        links = "".join(f"<p><a href='/p/{n}.html'>{dice.choice(_WORDS)} {n}</a></p>" for n in places)
        if self.files:
            links += f"<p><a href='/files/{number % self.files}.pdf'>เอกสาร {number % self.files}</a></p>"
        head = f"<!DOCTYPE html><html><head><meta charset=utf-8><title>หน้า {number}</title></head><body>"
        head += f"<nav><ul>{self._menu}</ul></nav>"
        text: list[str] = []
        size = len(head.encode()) + len(links.encode())
        while size < PAGE_BYTES:
            text.append("<p>" + " ".join(dice.choice(_WORDS) for _ in range(30)) + "</p>")
            size += len(text[-1].encode())
        return f"{head}<h1>หัวข้อ {number}</h1>{links}{''.join(text)}</body></html>".encode()


def pdf(number: int) -> bytes:
    """A small PDF of one page with a text layer and some weight."""
    words = f"BT /F1 12 Tf 72 720 Td (Report {number}) Tj ET".encode()
    weight = random.Random(number).randbytes(40_000)
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(words), words),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(weight), weight),
    ]
    made = bytearray(b"%PDF-1.4\n")
    places = []
    for place, part in enumerate(parts, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (place, part)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, table)
    return bytes(made + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, start))


class Served:
    """One site at one address, and what was seen of those who ask it."""

    def __init__(self, site: Generated, latency: float) -> None:
        self.site, self.latency = site, latency
        self.known = set(site.paths)
        self.forget()

    def forget(self) -> None:
        """Count from nought."""
        self.requests = self.sent = self.unchanged = self.busy = self.peak = 0
        self.asked: set[str] = set()
        self.began = self.ended = 0.0

    def seen(self) -> dict[str, float]:
        """What was seen since it was last forgotten."""
        return {
            "requests": self.requests,
            "bytes": self.sent,
            "unchanged": self.unchanged,
            "covered": len(self.asked),
            "pages": len(self.known),
            "peak": self.peak,
            "seconds": round(self.ended - self.began, 3),
        }

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                self.requests += 1
                self.busy += 1
                self.began = self.began or time.monotonic()
                self.peak = max(self.peak, self.busy)
                try:
                    if self.latency:
                        await asyncio.sleep(self.latency)
                    answer = self._answer(head)
                finally:
                    self.busy -= 1
                    self.ended = time.monotonic()
                self.sent += len(answer)
                writer.write(answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.LimitOverrunError):
            writer.close()

    def _answer(self, head: str) -> bytes:
        method, path, _ = head.split(" ", 2)
        found = self.site.body(path)
        if found is None:
            return b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n"
        body, media_type, etag = found
        self.asked.update({path} & self.known)
        if f"if-none-match: {etag}" in head.lower():
            self.unchanged += 1
            return f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode()
        packed = ""
        if media_type.startswith("text"):
            if "gzip" in head.lower():
                packed = "Content-Encoding: gzip\r\n"
            else:
                body = gzip.decompress(body)
        start = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\n{packed}ETag: {etag}\r\nContent-Length: {len(body)}\r\n\r\n"
        return start.encode() + (b"" if method == "HEAD" else body)


async def serve(pages: int, sites: int, latency: float, first: str) -> None:
    """Serve until standard input ends."""
    site = Generated(pages)
    for path in site.paths:
        site.body(path)  # so that no request waits for its page to be made
    served = [Served(site, latency) for _ in range(sites)]
    urls = []
    for number, one in enumerate(served):
        host = str(ipaddress.ip_address(first) + number)
        server = await asyncio.start_server(one.handle, host, 0, limit=1 << 18)
        urls.append(f"http://{host}:{server.sockets[0].getsockname()[1]}/")
    print(json.dumps(urls), flush=True)
    loop = asyncio.get_running_loop()
    while await loop.run_in_executor(None, sys.stdin.readline):
        print(json.dumps([one.seen() for one in served]), flush=True)
        for one in served:
            one.forget()


def main() -> None:
    """Serve as the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--sites", type=int, default=1)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds")
    parser.add_argument("--first", default="127.0.20.1")
    given = parser.parse_args()
    asyncio.run(serve(given.pages, given.sites, given.latency, given.first))


if __name__ == "__main__":
    main()
