"""Which addresses a run may reach. Held at the socket (`crawlers.connect`).

A check of the URL's text is not enough: ``2130711553``, ``0x7f001401``, ``127.5121``, a name that resolves to the public
first and to the machine itself next, and a redirect all pass one. So every connection asks `Reach` about the address that
was resolved, before it connects, and about the peer, before anything is sent. That holds for redirects and pooled
connections alike, as long as every `Reach` has a session of its own.
"""

from __future__ import annotations

import contextlib
import ipaddress
import queue
import socket
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, TypeAlias
from urllib.parse import urlsplit

IP: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network
Kind = Literal["public", "loopback", "private"]

WEB_PORTS = frozenset({80, 443, 8080})
"""Ports that any public host may be asked at."""

_PRIVATE = tuple(
    ipaddress.ip_network(n)
    for n in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "fc00::/7", "fe80::/10")
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")
# Machines in a cloud are told their secrets at these; no website is there.
_METADATA = frozenset(ipaddress.ip_address(a) for a in ("169.254.169.254", "169.254.170.2", "100.100.100.200", "fd00:ec2::254"))
_LOCAL_ENDINGS = (".localhost", ".local", ".localdomain", ".internal", ".intranet", ".lan", ".home.arpa", ".corp", ".test")


class RefusedError(OSError):
    """A connection that the guard did not allow. `cause` is `private_address` or `external`."""

    def __init__(self, cause: str, detail: str) -> None:
        self.cause = cause
        self.detail = detail
        super().__init__(f"{cause}: {detail}")


def unwrap(address: str) -> IP:
    """The address that a packet goes to in the end: IPv4 in IPv6 (mapped, 6to4, NAT64, compatible, Teredo) is taken out.

    Raises `ValueError` for what is no address.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
    if inner is None and (ip in _NAT64 or (ip in _COMPATIBLE and int(ip) > 1)):
        inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return inner or ip


@lru_cache(maxsize=1024)
def literal(host: str) -> IP | None:
    """The address that `host` spells in any way that a resolver takes for one; None for a name."""
    host = host.strip("[]").rstrip(".")
    with contextlib.suppress(ValueError):
        return unwrap(host)
    with contextlib.suppress(OSError, UnicodeError, ValueError):
        return ipaddress.IPv4Address(socket.inet_aton(host))
    return None


def _is_public(ip: IP) -> bool:
    site_local = isinstance(ip, ipaddress.IPv6Address) and ip.is_site_local
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback or site_local)


def resolve(host: str, port: int, seconds: float) -> list[tuple[Any, ...]]:
    """`socket.getaddrinfo` for a stream, given up after `seconds`. Raises `OSError` (`TimeoutError` when given up)."""
    answer: queue.SimpleQueue[list[tuple[Any, ...]] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answer.put(list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
        except (OSError, UnicodeError) as error:
            answer.put(error)

    if literal(host) is not None:
        ask()
    else:
        # A resolver cannot be told when to stop; the thread is left behind, and ends when the resolver does.
        threading.Thread(target=ask, name="resolve", daemon=True).start()
    try:
        found = answer.get(timeout=max(0.01, seconds))
    except queue.Empty:
        raise TimeoutError(f"no answer for {host} in {seconds:.0f} s") from None
    if isinstance(found, UnicodeError):
        raise socket.gaierror(socket.EAI_NONAME, "not a host name") from found
    if isinstance(found, Exception):
        raise found
    return found


@dataclass(frozen=True, slots=True)
class Reach:
    """What a run may reach: `public` addresses only; or `loopback` only; or the `networks` of a private start only.

    `ports` are those that may be asked, `hosts` the names that the user typed (from a private or loopback start no other
    name is resolved).
    """

    kind: Kind = "public"
    ports: frozenset[int] = WEB_PORTS
    hosts: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    @classmethod
    def of(cls, url: str, typed: Iterable[str] = (), *, seconds: float = 10.0) -> Reach:
        """The reach that follows from a start URL; `typed` are further addresses the user typed, whose ports count too.

        A name is resolved once, here. What cannot be resolved, or has any public address, gives the public reach.
        """
        host, port = _place(url)
        try:
            addresses = {unwrap(str(found[4][0])) for found in resolve(host, port, seconds)} if host else set()
        except (OSError, ValueError):
            addresses = set()
        same = {(h, p) for h, p in map(_place, typed) if h}
        if addresses and all(ip.is_loopback for ip in addresses):
            near = {(h, p) for h, p in same if h == host or _is_loopback_name(h)}
            return cls("loopback", frozenset({port, *(p for _, p in near)}), frozenset({host, *(h for h, _ in near)}))
        networks = tuple(n for n in _PRIVATE if any(ip in n for ip in addresses))
        if addresses and all(any(ip in n for n in networks) for ip in addresses):
            ports = WEB_PORTS | {port, *(p for _, p in same)}
            return cls("private", frozenset(ports), frozenset({host, *(h for h, _ in same)}), networks)
        return cls("public", WEB_PORTS | {port, *(p for _, p in same)})

    def refuses(self, url: str) -> tuple[str, str] | None:
        """Cause and detail where `url` must not be asked at all; its name is not resolved for this. None where it may."""
        host, port = _place(url)
        if not host:
            return "private_address", "no http address"
        ip = literal(host)
        if ip is not None:
            cause = self.refuses_address(str(ip))
            if cause:
                return cause, host
        elif self.kind != "public" and not self._is_near(host):
            return "external", host
        if port not in self.ports:
            return "private_address", f"port {port}"
        return None

    def refuses_address(self, address: str) -> str | None:
        """The cause where a connection to this address must not be made, None where it may."""
        try:
            ip = unwrap(address)
        except ValueError:
            return "private_address"
        if ip in _METADATA:
            return "private_address"
        if self.kind == "public":
            return None if _is_public(ip) else "private_address"
        if self.kind == "loopback" and ip.is_loopback:
            return None
        if self.kind == "private" and any(ip in n for n in self.networks):
            return None
        return "external" if _is_public(ip) else "private_address"

    def _is_near(self, host: str) -> bool:
        """Whether a name may belong to this machine or network, so that asking the resolver tells nobody outside."""
        if host in self.hosts or host == "localhost" or host.endswith(".localhost"):
            return True
        if any(host.endswith("." + known.removeprefix("www.")) for known in self.hosts if literal(known) is None):
            return True
        return self.kind == "private" and ("." not in host or host.endswith(_LOCAL_ENDINGS))


def _place(url: str) -> tuple[str, int]:
    """Host in lower case and port of an http(s) address; ``("", 0)`` for anything else."""
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme.lower(), parts.hostname or "", parts.port
    except ValueError:
        return "", 0
    if scheme not in ("http", "https") or not host:
        return "", 0
    return host.rstrip(".").lower(), port if port is not None else (443 if scheme == "https" else 80)


def _is_loopback_name(host: str) -> bool:
    ip = literal(host)
    return ip.is_loopback if ip is not None else host == "localhost" or host.endswith(".localhost")
