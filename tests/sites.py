"""A small web server on loopback that misbehaves on request: the places where crawlers fall down, one route each.

with Site({"/": page("<a href=/x>x</a>"), "/x": reset}) as site:
    ...site.url("/x")...
"""

import socket
import struct
import threading
import time
import zlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Reply:
    """An answer as it is sent."""

    body: bytes = b""
    status: int = 200
    type: str = HTML
    headers: tuple[tuple[str, str], ...] = ()

    def __call__(self, handler: Any) -> None:
        """Send it."""
        handler.send_response(self.status)
        if self.type:
            handler.send_header("Content-Type", self.type)
        handler.send_header("Content-Length", str(len(self.body)))
        for name, value in self.headers:
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(self.body)


Route = Callable[[Any], None]
GONE = Reply(b"<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>", 404)


def page(body: str, title: str = "", *, status: int = 200, head: str = "") -> Reply:
    """A page in UTF-8."""
    return Reply(f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode(), status)


def pdf(text: str = "x") -> Reply:
    """Something that starts like a PDF."""
    return Reply(b"%PDF-1.4\n" + text.encode() + b"\n%%EOF\n", type="application/pdf")


def redirect(to: str, status: int = 302) -> Reply:
    """A redirect; `to` is sent as it stands, in UTF-8."""
    return Reply(b"", status, headers=(("Location", to.encode().decode("latin-1")),))


def hang(handler: Any) -> None:
    """Say nothing until the test is over."""
    handler.server.site.over.wait(30)
    handler.close_connection = True


def drip(handler: Any) -> None:
    """Send a byte now and then; every one renews a socket's timeout."""
    handler.send_response(200)
    handler.send_header("Content-Type", HTML)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    while not handler.server.site.over.wait(0.05):
        handler.wfile.write(b" ")


def drip_headers(handler: Any) -> None:
    """The same before the body has begun."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not handler.server.site.over.wait(0.05):
        handler.wfile.write(b"X-A: b\r\n"[:1])


def drip_to_the_end(handler: Any) -> None:
    """The same without a length, on a connection that closes."""
    handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n")
    handler.close_connection = True
    while not handler.server.site.over.wait(0.05):
        handler.wfile.write(b" ")


def reset(handler: Any) -> None:
    """Slam the door."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.close_connection = True
    handler.connection.close()


def cut(handler: Any) -> None:
    """Promise more than is sent."""
    handler.send_response(200)
    handler.send_header("Content-Type", HTML)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b"<html>half")
    handler.close_connection = True


@cache
def _packed() -> bytes:
    machine = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(machine.compress(bytes(1 << 20)) for _ in range(20)) + machine.flush()


def bomb(handler: Any) -> None:
    """Twenty kilobytes that unpack to a thousand times as much."""
    Reply(_packed(), headers=(("Content-Encoding", "gzip"),))(handler)


def endless(handler: Any) -> None:
    """A body without an end."""
    handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4\n")
    handler.close_connection = True
    while not handler.server.site.over.is_set():
        handler.wfile.write(bytes(65536))


def first(misbehave: Route, then: Route) -> Route:
    """Misbehave towards the first request of a path, answer the others."""
    seen: set[str] = set()
    lock = threading.Lock()

    def answer(handler: Any) -> None:
        with lock:
            is_first = handler.path not in seen
            seen.add(handler.path)
        (misbehave if is_first else then)(handler)

    return answer


def calendar(handler: Any) -> None:
    """Every month links the next."""
    month = int(handler.path.rpartition("=")[2])
    page(f"<a href='/calendar.php?y=2566&m={month + 1}'>เดือนถัดไป</a>")(handler)


class Site:
    """The server, as a context. `seen` counts the paths asked (decoded), `peak` the most requests at once."""

    def __init__(
        self,
        routes: Mapping[str, Route],
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        otherwise: Route = GONE,
        delay: float = 0.0,
    ) -> None:
        self.routes = dict(routes)
        self.otherwise = otherwise
        self.delay = delay
        self.seen: Counter[str] = Counter()
        self.lines: list[str] = []
        self.peak = self.busy = 0
        self.lock = threading.Lock()
        self.over = threading.Event()
        self.server = _Server((host, port), _Handler)
        self.server.site = self
        self.host, self.port = host, self.server.server_port

    def url(self, path: str = "/") -> str:
        """The address of a path."""
        return f"http://{self.host}:{self.port}{path}"

    def __enter__(self) -> "Site":
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    site: Site

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 20
    server: _Server

    def do_GET(self) -> None:
        site = self.server.site
        path = unquote(self.path)
        with site.lock:
            site.seen[path] += 1
            site.lines.append(self.path)
            site.busy += 1
            site.peak = max(site.peak, site.busy)
        try:
            if site.delay:
                time.sleep(site.delay)
            route = site.routes.get(path) or site.routes.get(path.partition("?")[0]) or site.otherwise
            route(self)
        except OSError:
            self.close_connection = True
        finally:
            with site.lock:
                site.busy -= 1

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing to say."""
