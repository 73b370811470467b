"""What is to be fetched next, best first, host by host: a host that is slow or full does not hold up the others."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ita_rules.run.types import Want


@lru_cache(maxsize=4096)
def lane_of(url: str) -> str:
    """The host and port of an address as they are written, in lower case."""
    return url.split("/", 3)[2].lower() if url.count("/") >= 2 else ""


class Lanes:
    """A plan of fetches. At most `room` of one host are under way at once, whatever waits for it; the rest of the hands is left
    to other hosts."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._lanes: dict[str, deque[tuple[int, Want]]] = {}
        self._running: Counter[str] = Counter()

    def __len__(self) -> int:
        return sum(map(len, self._lanes.values()))

    def __iter__(self) -> Iterator[Want]:
        return (want for lane in self._lanes.values() for _, want in lane)

    def plan(self, wants: Iterable[Want]) -> None:
        """Put these wants, best first, in the place of all that wait."""
        self._lanes = {}
        for rank, want in enumerate(wants):
            self._lanes.setdefault(lane_of(want.url), deque()).append((rank, want))

    def next(self) -> Want | None:
        """Take the best want whose host has room; None where there is none."""
        free = [(lane[0][0], host) for host, lane in self._lanes.items() if self._running[host] < self._room]
        if not free:
            return None
        _, host = min(free)
        lane = self._lanes[host]
        _, want = lane.popleft()
        if not lane:
            del self._lanes[host]
        return want

    def start(self, want: Want) -> None:
        """Take note that a want's fetch begins."""
        self._running[lane_of(want.url)] += 1

    def end(self, want: Want) -> None:
        """Take note that it is over."""
        self._running[lane_of(want.url)] -= 1
