"""One response, bounded in time, bytes and redirects; whatever goes wrong comes back as a typed cause.

`Fetcher.get` never raises for what a server does. It follows redirects itself, one guarded hop at a time, and keeps its
own clock: a socket's timeout starts anew with every byte, so a page that drips would never end.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from types import TracebackType
from urllib.parse import urlsplit

import urllib3

from crawlers import guard
from crawlers.bodies import CutError, TooLargeError, UnknownPackingError, unpack
from crawlers.breaker import LeftAloneError
from crawlers.causes import status_cause
from crawlers.client import Client
from crawlers.connect import Deadline, GuardedAdapter
from crawlers.failures import NO_CONNECTION, cause_of
from crawlers.guard import Reach
from crawlers.headers import MAX_VALUE, Known, filename, redress
from crawlers.politeness import Gate
from crawlers.readers.interface import Hints
from crawlers.readers.sniff import sniff
from crawlers.settings import CrawlSettings
from crawlers.urls import resolve, wire

_LOG = logging.getLogger(__name__)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_VAGUE = frozenset({"application/octet-stream", "text/plain", "application/zip", "application/x-ole-storage", "application/xml"})
_ERROR_BYTES = 512 * 1024
_HOP_BYTES = 64 * 1024
_CHUNK = 64 * 1024
_PROTOCOLS = {10: "HTTP/1.0", 11: "HTTP/1.1", 20: "HTTP/2"}
LEFT_ALONE = "circuit open"
"""Detail of an address that was not asked because its host does not answer."""

_FIND_SECONDS = 10.0
# What a server may say to a condition that it does not understand.
_NOT_SO = frozenset({400, 412, 416})


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of one address. `cause` is None when a usable body came (CONTRACT lists the causes).

    `url` as asked, `final_url` after the redirects in `hops` (status, address led to). `headers` and `body` are of the last
    response, the body unpacked; `hop_headers` are those of each redirect. `media_type` is told by the content, by the server
    where the content does not tell. `seconds` is wall-clock time without waiting for politeness. `insecure` is what was wrong
    with a certificate on the way, where nothing was verified. A `status` of 304 without a cause is the answer to a condition.
    `protocol` (``HTTP/1.1``) and `reason` are of the last response's first line. `packed` is the body as one gzip member, where
    the server sent it so.
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
    hop_headers: tuple[tuple[tuple[str, str], ...], ...] = ()
    insecure: str = ""
    packed: bytes = b""

    def header(self, name: str) -> str:
        """The first header of that name, ``""`` where there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")


@dataclass(slots=True)
class _Heard:
    """What was heard of an answer before anything went wrong: its status, and after how many seconds."""

    status: int | None = None
    waited: float | None = None


@dataclass(frozen=True, slots=True)
class _Ask:
    """How an address is asked: the limit of each response in seconds, what is known of it, and `Fetcher.get`'s other wishes."""

    limit: float
    known: Known | None = None
    insecure: bool = False
    last: bool = False
    patient: bool = False
    allows: Callable[[str], bool] | None = None


@functools.lru_cache(maxsize=256)
def _header(name: str, value: str) -> tuple[str, str]:
    """A line of a response's head. Most are the same in every response of a site: such a line is there once."""
    return name, value


class Fetcher:
    """Fetches addresses within one `Reach`. Safe for threads; close it at the end.

    `requests` counts what was sent, redirects and retries included. `gate` says when a request may start, `met` is told the
    address at which a host was reached, `certified` until when its certificate holds (`crawlers.connect`).
    """

    def __init__(
        self,
        settings: CrawlSettings,
        reach: Reach,
        user_agent: str = "",
        *,
        gate: Gate | None = None,
        met: Callable[[str, str], None] | None = None,
        certified: Callable[[str, str], None] | None = None,
    ) -> None:
        self.settings = settings
        self.reach = reach
        self.requests = 0
        self._gate = gate
        self._lock = threading.Lock()
        self._running: set[Deadline] = set()
        self._aborted = False
        self._connections, self._met, self._certified = 2 * settings.connections_per_host, met, certified
        self._headers = {
            "User-Agent": user_agent or settings.agent,
            "Accept": "text/html,application/xhtml+xml,application/pdf,*/*;q=0.8",
            "Accept-Language": "th,en;q=0.6",
            "Accept-Encoding": "gzip, deflate",
        }
        self._client = self._made()

    def get(
        self,
        url: str,
        *,
        seconds: float | None = None,
        known: Known | None = None,
        insecure: bool = False,
        last: bool = False,
        patient: bool = False,
        allows: Callable[[str], bool] | None = None,
    ) -> Fetched:
        """What comes of `url`. A reset, or a body cut short, is tried once more at once when that is cheap.

        `seconds` is the limit of each response (`settings.response_seconds` when left out). `known` asks for a body only if it
        has changed. `insecure` asks an address behind a bad certificate once more without verifying it. `last` tells that this
        is the last try of the run, so that even a host that is left alone may be asked; `patient` that such a host is worth
        some waiting. `allows` is asked before a redirect is followed: where it says no, the cause is `robots` and the address led
        to its detail.
        """
        ask = _Ask(seconds or self.settings.response_seconds, known, insecure, last, patient, allows)
        first = self._follow(url, ask)
        if first.cause == "reset" and first.seconds < ask.limit / 3 and first.detail != LEFT_ALONE and not self._aborted:
            return replace(self._follow(url, ask), attempts=2)
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
        self._client.close()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _made(self, verify: bool = True) -> Client:
        """A client whose connections are guarded; without `verify` one that checks no certificate."""
        prefer = self._gate.address_of if self._gate else None
        adapter = GuardedAdapter(
            self.reach,
            connections=self._connections if verify else 1,
            met=self._met,
            prefer=prefer,
            verify=verify,
            certified=self._certified,
        )
        return Client(adapter, self._headers)

    def _follow(self, url: str, ask: _Ask) -> Fetched:
        """Follow the redirects from `url` to their end."""
        hops: list[tuple[int, str]] = []
        headers: list[tuple[tuple[str, str], ...]] = []
        at, seen, seconds, insecure = url, [url], 0.0, ""
        while True:
            one = self._hop(at, replace(ask, limit=max(ask.limit / 2, min(ask.limit, 2 * ask.limit - seconds))))
            seconds += one.seconds
            insecure = insecure or one.insecure
            way = Fetched(url, at, hops=tuple(hops), hop_headers=tuple(headers), seconds=seconds)
            if insecure and one.cause is not None:
                # What an unverified server refuses is held against nobody.
                return replace(way, cause="tls", detail=insecure)
            one = replace(
                one, url=url, final_url=at, hops=way.hops, hop_headers=way.hop_headers, seconds=seconds, insecure=insecure
            )
            if one.cause is not None or one.status not in _REDIRECTS:
                return one
            target = resolve(at, redress(one.header("location")))
            if not target or not one.header("location"):
                return replace(one, cause=f"http_{one.status}", detail="redirect without an address")
            # A page may send a visitor to itself once, to see whether he keeps a cookie.
            if len(hops) >= self.settings.max_hops or seen.count(target) >= 2:
                return replace(one, cause="redirect_loop", detail=f"{len(hops) + 1} redirects")
            if seconds > 2 * ask.limit:
                return replace(one, cause="timeout", detail=f"{len(hops) + 1} redirects in {seconds:.0f} s")
            if ask.allows is not None and not ask.allows(target):
                return replace(one, cause="robots", detail=target[:200])
            hops.append((one.status, target))
            headers.append(one.headers)
            seen.append(target)
            at = target

    def _hop(self, url: str, ask: _Ask) -> Fetched:
        """One address and its answer; asked once more, without a condition or without verifying, where the first is none."""
        address = wire(url)
        refused = self.reach.refuses(address) if address else None
        if not address:
            return Fetched(url, cause="dns", detail="no address")
        if refused:
            return Fetched(url, cause=refused[0], detail=refused[1])
        conditions = dict(ask.known.headers) if ask.known is not None and ask.known.at == url else {}
        got = self._send(url, address, ask, conditions)
        if (got.status == 304 and not conditions) or (conditions and got.status in _NOT_SO):
            got = self._send(url, address, ask, {"Cache-Control": "no-cache"})
        if got.status == 304 and got.cause is None and not conditions:
            got = replace(got, cause="http_304", detail="not modified, although nothing was known")
        if got.cause == "tls" and ask.insecure:
            # It has no cookies but its own, and they end with it.
            with contextlib.closing(self._made(verify=False)) as client:
                again = self._send(url, address, ask, {}, client)
            if again.cause is None and again.status != 304:
                got = replace(again, seconds=got.seconds + again.seconds, insecure=got.detail or "tls")
        return got

    def _send(self, url: str, address: str, ask: _Ask, extra: dict[str, str], client: Client | None = None) -> Fetched:
        """One request and its response."""
        start = time.monotonic()
        try:
            with self._place(address, ask):
                start = time.monotonic()
                deadline, heard = Deadline(ask.limit), _Heard()
                with self._lock:
                    if self._aborted:
                        return Fetched(url, cause="budget", detail="stopped")
                    self._running.add(deadline)
                    self.requests += 1
                try:
                    with deadline:
                        got = self._exchange(url, address, deadline, heard, extra, client or self._client)
                    if deadline.expired:
                        got = Fetched(url, cause="timeout", detail=f"{ask.limit:.0f} s")
                except Exception as error:  # noqa: BLE001 - whatever the client raises is a cause, never an end of the run
                    cause, detail = ("timeout", f"{ask.limit:.0f} s") if deadline.expired else cause_of(error)
                    if cause == "internal_error":
                        _LOG.warning("fetching %s", url, exc_info=True)
                    got = Fetched(url, cause=cause, detail=detail)
                finally:
                    with self._lock:
                        self._running.discard(deadline)
                self._tell(address, got, start, heard)
        except LeftAloneError as error:
            return Fetched(url, cause=error.cause, detail=LEFT_ALONE)
        except OSError as error:
            cause, detail = cause_of(error)
            got = Fetched(url, cause=cause, detail=detail)
            self._tell(address, got, start, _Heard())
        seconds = time.monotonic() - start
        door = self._gate.knock(address) if self._gate and got.cause in NO_CONNECTION and not self._aborted else ""
        if door:
            self._send(door, door, _Ask(ask.limit), {})
        return replace(got, seconds=seconds)

    def _place(self, address: str, ask: _Ask) -> contextlib.AbstractContextManager[object]:
        """A place at the host of an address."""
        if self._gate is None:
            return contextlib.nullcontext()
        find = functools.partial(self._find, address, ask.limit)
        wait = (lambda: not self._aborted) if ask.patient or ask.last else None
        return self._gate.slot(address, last=ask.last, may_wait=wait, find=find)

    def _find(self, address: str, limit: float) -> str:
        """The network address of a host at which it may be reached, ``""`` where there is none. Raises `OSError`."""
        parts = urlsplit(address)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        found = guard.resolve(parts.hostname or "", port, min(limit, _FIND_SECONDS))
        return next((str(one[4][0]) for one in found if self.reach.refuses_address(str(one[4][0])) is None), "")

    def _tell(self, address: str, got: Fetched, start: float, heard: _Heard) -> None:
        """Let the gate know how a request went."""
        if self._gate is None or self._aborted:
            return
        status = got.status if got.status is not None else heard.status
        if status is not None:
            self._gate.told(address, status, got.header("retry-after"), since=start, waited=heard.waited)
        elif got.cause in NO_CONNECTION:
            self._gate.told(address, None, "", failed=got.cause or "", since=start)
        elif got.cause == "tls":
            self._gate.told(address, None, "")  # a bad certificate, but somebody is there

    def _exchange(
        self, url: str, address: str, deadline: Deadline, heard: _Heard, extra: dict[str, str], client: Client
    ) -> Fetched:
        start = time.monotonic()
        with client.asked(address, deadline.left, extra) as response:
            status = response.status
            heard.status, heard.waited = status, time.monotonic() - start
            headers = tuple(_header(str(k)[:200], str(v)[:MAX_VALUE]) for k, v in response.headers.items())
            told = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            protocol, reason = _PROTOCOLS.get(response.version, ""), str(response.reason or "")[:200]
            got = Fetched(url, status=status, headers=headers, media_type=told, protocol=protocol, reason=reason)
            try:
                body, packed = self._body(response, status, told)
            except TooLargeError as error:
                return replace(got, cause="too_large", detail=str(error))
        if status in _REDIRECTS or status == 304:
            return got
        name = filename(got.header("content-disposition"))
        found = sniff(body, Hints(url=url, media_type=told, filename=name)) if body.strip() else ""
        is_vague = found in _VAGUE and told and "html" not in told and told != "application/pdf"
        kind = found if found and not is_vague else told
        cause, detail = status_cause(status, headers, body if "html" in kind or status >= 300 else b"", address)
        return replace(got, body=body, packed=packed, filename=name, media_type=kind, cause=cause, detail=detail)

    def _body(self, response: urllib3.BaseHTTPResponse, status: int, told: str) -> tuple[bytes, bytes]:
        """The unpacked body, and the same as one gzip member where it came so.

        Raises `TooLargeError`, `CutError`, `UnknownPackingError`, and what the client raises.
        """
        if status in _REDIRECTS or not 200 <= status < 300:
            limit, cut = (_HOP_BYTES if status in _REDIRECTS else _ERROR_BYTES), True
        else:
            limit, cut = (self.settings.html_bytes if "html" in told else self.settings.file_bytes), False
            length = response.headers.get("Content-Length", "")
            if length.isascii() and length.isdigit() and (len(length) > 15 or int(length) > limit):
                raise TooLargeError(f"{length[:20]} bytes")
        raw = bytearray()
        try:
            for chunk in response.stream(_CHUNK, decode_content=False):
                raw += chunk
                if len(raw) > limit:
                    break
        except (urllib3.exceptions.HTTPError, OSError):
            if not cut:
                raise
        if len(raw) > limit and not cut:
            raise TooLargeError(f"more than {limit} bytes")
        try:
            body, whole, packed = unpack(bytes(raw), response.headers.get("Content-Encoding", ""), limit)
        except (TooLargeError, UnknownPackingError):
            if not cut:
                raise
            return b"", b""  # of an error its status tells enough
        if not cut and len(body) > limit:
            raise TooLargeError(f"more than {limit} bytes unpacked")
        if not (whole or cut):
            raise CutError
        return (body[:limit], b"") if cut else (body, packed)
