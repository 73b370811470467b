"""Who shares a server with whom. Many agencies lie on one machine, and manners count per network address.

Each child keeps to four connections per address, but knows nothing of its brothers. So agencies that share an address (or a
host, or a folder of runs) take turns: a *lane* is what only one agency at a time may use. Addresses of this machine are nobody's
server; there a lane is a port.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import urlsplit

_THREADS = 16

Resolve = Callable[[str], Iterable[str]]
"""From a host's name to its addresses; raises `OSError` where there are none."""


def resolve(host: str) -> Iterable[str]:
    """The network addresses of a host, as the system says."""
    return {str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}


def addresses_of(hosts: Iterable[str], seconds: float, ask: Resolve = resolve) -> dict[str, tuple[str, ...]]:
    """The addresses of hosts, asked side by side. What is not answered within `seconds` altogether is left out."""
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    answers: queue.SimpleQueue[tuple[str, tuple[str, ...]]] = queue.SimpleQueue()
    wanted = sorted({host for host in hosts if host})
    for host in wanted:
        waiting.put(host)

    def work() -> None:
        while True:
            try:
                host = waiting.get_nowait()
            except queue.Empty:
                return
            try:
                answers.put((host, tuple(sorted(ask(host)))))
            except (OSError, UnicodeError):
                answers.put((host, ()))

    # The system's resolver cannot be given a limit: threads that may be left behind, waiting.
    for _ in range(min(_THREADS, len(wanted))):
        threading.Thread(target=work, daemon=True).start()
    found: dict[str, tuple[str, ...]] = {}
    end = time.monotonic() + seconds
    for _ in wanted:
        try:
            host, addresses = answers.get(timeout=max(0.0, end - time.monotonic()))
        except queue.Empty:
            break
        if addresses:
            found[host] = addresses
    return found


def hosts_of(url: str, further: Sequence[str] = ()) -> tuple[str, ...]:
    """The hosts of an agency with their ports where they name one: of its main page first, then the others."""
    try:
        parts = urlsplit(url)
        main = parts.netloc.rpartition("@")[2].lower() if parts.hostname else ""
    except ValueError:
        main = ""
    return tuple(dict.fromkeys(host for host in (main, *further) if host))


def name_of(host: str) -> str:
    """A host's name without its port."""
    try:
        return urlsplit(f"//{host}").hostname or host
    except ValueError:
        return host


def lanes(hosts: Sequence[str], known: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """What an agency with these hosts must have for itself: their addresses, and their names while those are not known."""
    found: set[str] = set()
    for host in hosts:
        name = name_of(host)
        for address in known.get(name) or (name,):
            found.add(host if _is_here(address) else address)
    return frozenset(found)


def folder_lane(name: str) -> str:
    """The lane of a folder of runs. No network address begins as it does."""
    return f"/{name}"


def busiest(each: Iterable[frozenset[str]]) -> tuple[str, int]:
    """The server that most agencies lie on, and how many do; ``("", 0)`` without any."""
    counts = Counter(lane for lanes_of_one in each for lane in lanes_of_one if not lane.startswith("/"))
    return min(counts.items(), key=lambda one: (-one[1], one[0])) if counts else ("", 0)


def _is_here(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
