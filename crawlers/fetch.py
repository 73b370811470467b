"""One response, bounded in time, bytes and redirects; whatever goes wrong comes back as a typed cause.

`Fetcher.get` never raises for what a server does. It follows redirects itself, one guarded hop at a time, and keeps its
own clock: a socket's timeout starts anew with every byte, so a page that drips would never end.
"""

from __future__ import annotations

import contextlib
import errno
import http.client
import logging
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from email.message import Message
from types import TracebackType
from typing import Any, Protocol
from urllib.parse import unquote_to_bytes

import requests
import urllib3.exceptions
from requests.cookies import extract_cookies_to_jar

from crawlers.causes import status_cause
from crawlers.connect import Deadline, GuardedAdapter
from crawlers.guard import Reach, RefusedError
from crawlers.readers.interface import Hints
from crawlers.readers.sniff import sniff
from crawlers.settings import CrawlSettings
from crawlers.urls import resolve, wire

_LOG = logging.getLogger(__name__)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_VAGUE = frozenset({"application/octet-stream", "text/plain", "application/zip", "application/x-ole-storage", "application/xml"})
_ERROR_BYTES = 512 * 1024
_HOP_BYTES = 64 * 1024
_HEADER_CHARS = 4096
_MAX_COOKIES = 60
_CHUNK = 64 * 1024
_PROTOCOLS = {10: "HTTP/1.0", 11: "HTTP/1.1", 20: "HTTP/2"}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of one address. `cause` is None when a usable body came (CONTRACT lists the causes).

    `url` as asked, `final_url` after the redirects in `hops` (status, address led to). `headers` and `body` are of the last
    response, the body unpacked. `media_type` is told by the content, by the server where the content does not tell.
    `seconds` is wall-clock time without waiting for politeness. `protocol` (``HTTP/1.1``) and `reason` are of the last
    response's first line.
    """

    url: str
    final_url: str = ""
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    hops: tuple[tuple[int, str], ...] = ()
    seconds: float = 0.0
    cause: str | None = None
    detail: str = ""
    media_type: str = ""
    filename: str = ""
    attempts: int = 1
    protocol: str = ""
    reason: str = ""

    def header(self, name: str) -> str:
        """The first header of that name, ``""`` where there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")


class Gate(Protocol):
    """Who says when the next request to a host may start, and is told how it went."""

    def slot(self, url: str) -> contextlib.AbstractContextManager[object]:
        """Wait for a place at the host of `url`, and hold it."""
        ...

    def told(self, url: str, status: int | None, retry_after: str) -> None:
        """Take note of an answer."""
        ...


class _CutError(Exception):
    """A body that ended before its end."""


class _TooLargeError(Exception):
    """A body beyond the limit."""


class Fetcher:
    """Fetches addresses within one `Reach`. Safe for threads; close it at the end.

    `requests` counts what was sent, redirects and retries included. `gate` says when a request may start, `met` is told the
    address at which a host was reached.
    """

    def __init__(
        self,
        settings: CrawlSettings,
        reach: Reach,
        user_agent: str = "",
        *,
        gate: Gate | None = None,
        met: Callable[[str, str], None] | None = None,
    ) -> None:
        self.settings = settings
        self.reach = reach
        self.requests = 0
        self._gate = gate
        self._lock = threading.Lock()
        self._running: set[Deadline] = set()
        self._aborted = False
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers.clear()
        self._session.headers.update(
            {
                "User-Agent": user_agent or settings.agent,
                "Accept": "text/html,application/xhtml+xml,application/pdf,*/*;q=0.8",
                "Accept-Language": "th,en;q=0.6",
                "Accept-Encoding": "gzip, deflate",
            }
        )
        adapter = GuardedAdapter(reach, connections=2 * settings.connections_per_host, met=met)
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, adapter)

    def get(self, url: str, *, seconds: float | None = None) -> Fetched:
        """What comes of `url`. A reset, or a body cut short, is tried once more at once when that is cheap.

        `seconds` is the limit of each response (`settings.response_seconds` when left out).
        """
        limit = seconds or self.settings.response_seconds
        first = self._follow(url, limit)
        if first.cause == "reset" and first.seconds < limit / 3 and not self._aborted:
            return replace(self._follow(url, limit), attempts=2)
        return first

    def abort(self) -> None:
        """End everything under way at once; what is asked afterwards is not sent."""
        with self._lock:
            self._aborted = True
            running = list(self._running)
        for deadline in running:
            deadline.expire()

    def close(self) -> None:
        """Close every connection."""
        self._session.close()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _follow(self, url: str, limit: float) -> Fetched:
        """Follow the redirects from `url` to their end."""
        hops: list[tuple[int, str]] = []
        at, seen, seconds = url, [url], 0.0
        while True:
            one = self._hop(at, max(limit / 2, min(limit, 2 * limit - seconds)))
            seconds += one.seconds
            one = replace(one, url=url, final_url=at, hops=tuple(hops), seconds=seconds)
            if one.cause is not None or one.status not in _REDIRECTS:
                return one
            target = resolve(at, _redress(one.header("location")))
            if not target or not one.header("location"):
                return replace(one, cause=f"http_{one.status}", detail="redirect without an address")
            # A page may send a visitor to itself once, to see whether he keeps a cookie.
            if len(hops) >= self.settings.max_hops or seen.count(target) >= 2 or seconds > 2 * limit:
                return replace(one, cause="redirect_loop", detail=f"{len(hops) + 1} redirects")
            hops.append((one.status, target))
            seen.append(target)
            at = target

    def _hop(self, url: str, limit: float) -> Fetched:
        """One request and its response."""
        address = wire(url)
        refused = self.reach.refuses(address) if address else None
        if not address:
            return Fetched(url, cause="dns", detail="no address")
        if refused:
            return Fetched(url, cause=refused[0], detail=refused[1])
        with self._gate.slot(address) if self._gate else contextlib.nullcontext():
            start = time.monotonic()
            deadline = Deadline(limit)
            with self._lock:
                if self._aborted:
                    return Fetched(url, cause="budget", detail="stopped")
                self._running.add(deadline)
                self.requests += 1
            try:
                with deadline:
                    got = self._exchange(url, address, deadline)
                if deadline.expired:
                    got = Fetched(url, cause="timeout", detail=f"{limit:.0f} s")
            except Exception as error:  # noqa: BLE001 - whatever the client raises is a cause, never an end of the run
                cause, detail = ("timeout", f"{limit:.0f} s") if deadline.expired else _cause_of(error)
                if cause == "internal_error":
                    _LOG.warning("fetching %s", url, exc_info=True)
                got = Fetched(url, cause=cause, detail=detail)
            finally:
                with self._lock:
                    self._running.discard(deadline)
        if self._gate:
            self._gate.told(address, got.status, got.header("retry-after"))
        return replace(got, seconds=time.monotonic() - start)

    def _exchange(self, url: str, address: str, deadline: Deadline) -> Fetched:
        prepared = self._session.prepare_request(requests.Request("GET", address))
        prepared.url = address  # requests spells some addresses anew; servers know theirs as they wrote them
        adapter = self._session.get_adapter(address)
        response = adapter.send(prepared, stream=True, timeout=(deadline.left, deadline.left), verify=True)
        with contextlib.closing(response):
            if len(self._session.cookies) > _MAX_COOKIES:
                self._session.cookies.clear()
            extract_cookies_to_jar(self._session.cookies, prepared, response.raw)  # type: ignore[no-untyped-call]
            status = response.status_code
            headers = tuple((str(k)[:200], str(v)[:_HEADER_CHARS]) for k, v in response.raw.headers.items())
            told = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            got = Fetched(url, status=status, headers=headers, media_type=told)
            got = replace(got, protocol=_PROTOCOLS.get(response.raw.version, ""), reason=str(response.raw.reason or "")[:200])
            try:
                body = self._body(response, status, told)
            except _TooLargeError as error:
                return replace(got, cause="too_large", detail=str(error))
        if status in _REDIRECTS:
            return got
        got = replace(got, body=body, filename=_filename(got.header("content-disposition")))
        found = sniff(body, Hints(url=url, media_type=told, filename=got.filename)) if body.strip() else ""
        if found and not (found in _VAGUE and told and "html" not in told and told != "application/pdf"):
            got = replace(got, media_type=found)
        cause, detail = status_cause(status, got.headers, body)
        return replace(got, cause=cause, detail=detail)

    def _body(self, response: requests.Response, status: int, told: str) -> bytes:
        """The unpacked body. Raises `_TooLargeError`, `_CutError`, and what the client raises."""
        if status in _REDIRECTS or not 200 <= status < 300:
            limit, cut = (_HOP_BYTES if status in _REDIRECTS else _ERROR_BYTES), True
        else:
            limit, cut = (self.settings.html_bytes if "html" in told else self.settings.file_bytes), False
            length = response.headers.get("Content-Length", "")
            if length.isdigit() and int(length) > limit:
                raise _TooLargeError(f"{length} bytes")
        raw = bytearray()
        stream: Iterator[bytes] = response.raw.stream(_CHUNK, decode_content=False)
        try:
            for chunk in stream:
                raw += chunk
                if len(raw) > limit:
                    break
        except (urllib3.exceptions.HTTPError, OSError):
            if not cut:
                raise
        if len(raw) > limit and not cut:
            raise _TooLargeError(f"more than {limit} bytes")
        body, whole = _unpack(bytes(raw), response.headers.get("Content-Encoding", ""), limit)
        if not cut and len(body) > limit:
            raise _TooLargeError(f"more than {limit} bytes unpacked")
        if not (whole or cut):
            raise _CutError
        return body[:limit] if cut else body


def _unpack(raw: bytes, encoding: str, limit: int) -> tuple[bytes, bool]:
    """The body without its transport packing, at most one byte beyond `limit`, and whether it came to its end."""
    encoding = encoding.strip().lower()
    if encoding in ("gzip", "x-gzip") and raw[:2] == b"\x1f\x8b":
        windows = [16 + zlib.MAX_WBITS]
    elif encoding == "deflate":
        windows = [zlib.MAX_WBITS, -zlib.MAX_WBITS]
    else:
        # Some servers name a packing and do not pack.
        return raw, True
    for window in windows:
        machine = zlib.decompressobj(window)
        try:
            body = machine.decompress(raw, limit + 1)
        except zlib.error:
            continue
        return body, machine.eof or len(body) > limit
    return (raw, True) if encoding == "deflate" else (b"", False)


def _redress(header: str) -> str:
    """A header value as it was meant: servers send raw UTF-8 or TIS-620, the client reads Latin-1."""
    try:
        raw = header.encode("latin-1")
    except UnicodeEncodeError:
        return header
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp874", "replace")


def _filename(disposition: str) -> str:
    """The file name in a Content-Disposition header, without folders; ``""`` where there is none."""
    if not disposition:
        return ""
    star = re.search(r"(?i)filename\*\s*=\s*([\w-]*)'[^']*'([^;\s]+)", disposition)
    if star:
        with contextlib.suppress(LookupError):
            return _last(unquote_to_bytes(star[2]).decode(star[1] or "utf-8", "replace"))
    message = Message()
    message["Content-Disposition"] = disposition.replace("\r", " ").replace("\n", " ")
    try:
        name = message.get_filename("")
    except (ValueError, LookupError, UnicodeError):
        name = ""
    name = _redress(name)
    if re.search(r"%[0-9A-Fa-f]{2}", name):
        with contextlib.suppress(UnicodeDecodeError):
            name = unquote_to_bytes(name).decode("utf-8")
    return _last(name)


def _last(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2].strip()[:255]


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error, what it was raised from, and the errors it carries inside; each once."""
    waiting: list[BaseException] = [error]
    seen: set[int] = set()
    while waiting and len(seen) < 50:
        one = waiting.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        inside: list[Any] = [*one.args, getattr(one, "reason", None), one.__cause__, one.__context__]
        waiting += [e for e in inside if isinstance(e, BaseException)]


_KINDS: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((ssl.SSLError, urllib3.exceptions.SSLError, requests.exceptions.SSLError), "tls"),
    ((socket.gaierror, urllib3.exceptions.NameResolutionError), "dns"),
    ((ConnectionRefusedError,), "refused"),
    ((TimeoutError, requests.exceptions.Timeout, urllib3.exceptions.TimeoutError), "timeout"),
    (
        (
            ConnectionError,
            _CutError,
            EOFError,
            http.client.HTTPException,
            urllib3.exceptions.ProtocolError,
            urllib3.exceptions.DecodeError,
            requests.exceptions.ChunkedEncodingError,
        ),
        "reset",
    ),
    ((urllib3.exceptions.LocationValueError, requests.exceptions.InvalidURL, UnicodeError), "dns"),
)
_UNREACHABLE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.EACCES, errno.EPERM, errno.ENETDOWN})


def _cause_of(error: BaseException) -> tuple[str, str]:
    """The cause behind an error of the client, and its words."""
    chain = list(_chain(error))
    for one in chain:
        if isinstance(one, RefusedError):
            return one.cause, one.detail
    for kinds, cause in _KINDS:
        for one in chain:
            if isinstance(one, kinds) and not (cause == "reset" and _is_unreachable(chain)):
                return cause, f"{type(one).__name__}: {one}"[:200]
    if _is_unreachable(chain):
        return "refused", f"{type(error).__name__}: {error}"[:200]
    return "internal_error", f"{type(error).__name__}: {error}"[:200]


def _is_unreachable(chain: list[BaseException]) -> bool:
    return any(isinstance(e, OSError) and e.errno in _UNREACHABLE for e in chain)
