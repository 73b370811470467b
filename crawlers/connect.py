"""Connections that ask first where they lead, and that end when their time is up.

The guard sits where the socket is opened: every resolved address is checked before it is connected to and the peer before
anything is sent, on new connections of redirects as on the first.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from requests.adapters import HTTPAdapter
from urllib3 import BaseHTTPResponse, Retry, Timeout
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.poolmanager import PoolManager

from crawlers.guard import Reach, RefusedError, resolve
from crawlers.responses import BoundedResponse


class Deadline:
    """The wall-clock end of one exchange. When it comes, every connection attached is shut down, whatever it waits for.

    A socket's own timeout starts anew with every byte, so a page that drips would hold a thread for ever.
    """

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds
        self.expired = False
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []

    @property
    def left(self) -> float:
        """Seconds left, never below a hundredth."""
        return max(0.01, self.end - time.monotonic())

    def attach(self, sock: socket.socket) -> None:
        """Shut the connection of `sock` down too when the time is up."""
        # A handle of its own: the client closes its one as soon as the answer has begun, where no other will follow.
        handle = sock.dup()
        with self._lock:
            self._sockets.append(handle)
            late = self.expired
        if late:
            _shut(handle)

    def expire(self) -> None:
        """End it now."""
        with self._lock:
            self.expired = True
            for sock in self._sockets:
                _shut(sock)

    def __enter__(self) -> Deadline:
        _CURRENT.deadline = self
        _WATCHDOG.watch(self)
        return self

    def __exit__(self, *_: object) -> None:
        _WATCHDOG.leave(self)
        _CURRENT.deadline = None
        with self._lock:
            for sock in self._sockets:
                sock.close()
            self._sockets.clear()


class _Watchdog:
    """One thread that ends what is late, for all exchanges of the process: a timer for each would be a thread for each."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._watched: set[Deadline] = set()
        self._wakes: float | None = None
        self._thread: threading.Thread | None = None

    def watch(self, deadline: Deadline) -> None:
        """Expire `deadline` when its end comes."""
        with self._changed:
            self._watched.add(deadline)
            # A forked child has the object and not the thread.
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="deadlines", daemon=True)
                self._thread.start()
            elif self._wakes is None or deadline.end < self._wakes:
                self._changed.notify()

    def leave(self, deadline: Deadline) -> None:
        """Let `deadline` be: its exchange is over."""
        with self._changed:
            self._watched.discard(deadline)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._wakes = min((d.end for d in self._watched), default=None)
                # Exchanges that ended meanwhile do not wake it: it wakes for the one it last saw, and looks again.
                self._changed.wait(None if self._wakes is None else max(0.0, self._wakes - time.monotonic()))
                now = time.monotonic()
                late = [d for d in self._watched if d.end <= now]
                self._watched.difference_update(late)
            for deadline in late:
                deadline.expire()


_WATCHDOG = _Watchdog()


class _Current(threading.local):
    deadline: Deadline | None = None


_CURRENT = _Current()


def _shut(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _connect(
    reach: Reach, host: str, port: int, options: Any, met: Callable[[str, str], None], prefer: Callable[[str], str]
) -> socket.socket:
    """A connection to the first address of `host` that answers, the preferred one before the others, if `reach` allows it."""
    deadline = _CURRENT.deadline
    failure: OSError = socket.gaierror(socket.EAI_NONAME, f"no address for {host}")
    allowed = []
    for found in resolve(host, port, deadline.left if deadline else 10.0):
        cause = reach.refuses_address(str(found[4][0]))
        if cause:
            failure = RefusedError(cause, f"{host} is {found[4][0]}")
        else:
            allowed.append(found)
    # Hosts are counted by the address they were first found at: a resolver that deals them out in turn must not scatter them.
    first = prefer(host)
    allowed.sort(key=lambda found: str(found[4][0]) != first)
    for family, kind, protocol, _, place in allowed[:4]:
        sock = socket.socket(family, kind, protocol)
        try:
            for option in options or ():
                sock.setsockopt(*option)
            sock.settimeout(deadline.left if deadline else 10.0)
            sock.connect(place)
            cause = reach.refuses_address(str(sock.getpeername()[0]))
            if cause:
                raise RefusedError(cause, f"{host} is {sock.getpeername()[0]}")
            met(host, str(place[0]))
        except OSError as error:
            sock.close()
            failure = error
            if isinstance(error, RefusedError):
                break
        else:
            return sock
    raise failure


class _Guarded:
    """What both kinds of connection have in common."""

    reach: Reach
    met: Callable[[str, str], None]
    prefer: Callable[[str], str]
    certified: Callable[[str, str], None]
    response_class = BoundedResponse
    _alarm: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        me: Any = self
        sock = _connect(self.reach, me._dns_host, me.port, me.socket_options, self.met, self.prefer)
        sys.audit("http.client.connect", self, me.host, me.port)
        # TLS takes the socket over; a second handle to the same connection stays good for shutting it down.
        self._alarm = sock.dup()
        if _CURRENT.deadline is not None:
            _CURRENT.deadline.attach(self._alarm)
        return sock

    def connect(self) -> None:
        """Connect, and tell until when the certificate holds; one that was not verified tells nothing."""
        super().connect()  # type: ignore[misc]
        me: Any = self
        read = getattr(me.sock, "getpeercert", None)
        until = (read() or {}).get("notAfter", "") if read is not None else ""
        if until:
            self.certified(me.host, str(until))

    def request(self, *args: Any, **options: Any) -> None:
        """Send a request, on a new connection or a kept one; the deadline holds for either."""
        if _CURRENT.deadline is not None and self._alarm is not None:
            _CURRENT.deadline.attach(self._alarm)
        super().request(*args, **options)  # type: ignore[misc]

    def close(self) -> None:
        """Close the connection and the handle beside it."""
        super().close()  # type: ignore[misc]
        if self._alarm is not None:
            self._alarm.close()
            self._alarm = None


class _UnverifiedPool(HTTPSConnectionPool):
    """Connections that are not verified, without a warning at each: who asks for one says so in the run."""

    def _validate_conn(self, conn: Any) -> None:
        if conn.is_closed:
            conn.connect()


def _lenient() -> ssl.SSLContext:
    """A context that takes any certificate, and protocols and keys that are no longer in use."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
    with contextlib.suppress(ssl.SSLError):  # another library than OpenSSL knows no levels
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
    return context


_ONCE = Retry(False, redirect=False)
"""What urllib3 may try again by itself: nothing, and its errors come out as they are."""


class GuardedAdapter(HTTPAdapter):
    """An adapter of requests whose every connection asks `reach` first, asked itself (`ask`) or mounted on a session.

    `met` is told each host and the address it was reached at, `prefer` names the address of a host that comes before its others.
    `certified` is told each host and the last moment of its certificate, as OpenSSL writes it (``Jun  1 12:00:00 2027 GMT``).
    Without `verify` no certificate is checked; the guard holds there too.
    """

    def __init__(
        self,
        reach: Reach,
        *,
        connections: int = 8,
        met: Callable[[str, str], None] | None = None,
        prefer: Callable[[str], str] | None = None,
        verify: bool = True,
        certified: Callable[[str, str], None] | None = None,
    ) -> None:
        bound = {
            "reach": reach,
            "met": staticmethod(met or (lambda host, address: None)),
            "prefer": staticmethod(prefer or (lambda host: "")),
            "certified": staticmethod(certified or (lambda host, until: None)),
        }
        http = type("GuardedHTTP", (_Guarded, HTTPConnection), bound)
        https = type("GuardedHTTPS", (_Guarded, HTTPSConnection), bound)
        secure = HTTPSConnectionPool if verify else _UnverifiedPool
        self._verify = verify
        self._pools = {
            "http": type("GuardedHTTPPool", (HTTPConnectionPool,), {"ConnectionCls": http}),
            "https": type("GuardedHTTPSPool", (secure,), {"ConnectionCls": https}),
        }
        super().__init__(pool_connections=32, pool_maxsize=connections, max_retries=0, pool_block=False)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **options: Any) -> None:
        """Make the pools of guarded connections."""
        if not self._verify:
            options["ssl_context"] = _lenient()
        self.poolmanager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, **options)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def ask(self, address: str, headers: Mapping[str, str], seconds: float) -> BaseHTTPResponse:
        """The answer to a GET of `address` (as `crawlers.urls.wire` gives it) as urllib3 knows it; its body is not read yet.

        `seconds` limit the connecting, and each waiting for more. Raises what urllib3 raises.
        """
        parts = urlsplit(address)
        reqs = {"cert_reqs": "CERT_REQUIRED" if self._verify else "CERT_NONE"}
        pool = self.poolmanager.connection_from_host(parts.hostname, parts.port, parts.scheme, pool_kwargs=reqs)
        self.cert_verify(pool, address, self._verify, None)  # type: ignore[no-untyped-call]
        response: BaseHTTPResponse = pool.urlopen(
            "GET",
            f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/",
            headers=headers,
            retries=_ONCE,
            redirect=False,
            assert_same_host=False,
            timeout=Timeout(connect=seconds, read=seconds),
            preload_content=False,
            decode_content=False,
        )
        return response

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        """No proxy: behind one, the addresses could not be checked here."""
        raise RefusedError("private_address", f"no proxy: {proxy}")
