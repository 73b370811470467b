"""Leaving a dead host alone: after several connections in a row that came to nothing it is not asked for a while.

A firewall that cuts off certain addresses, or a handful of pages that hang, look the same for a moment. So the first address
that the host ever answered, its *door*, is asked before it is given up.

Then one request tries (half open). What was not asked meanwhile bears the cause of the last failure; it is tried again at the
end of the run, where the first of those tries may ask although the while is not over. For the site itself it is waited some
time: when it is gone for a minute, its pages are not all to be given up in that minute.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

FAILURES = 5
"""Failures in a row by which a host is left alone: one more than there are connections, so that four slow pages asked at once
do not look like a dead server."""

PAUSE = 30.0
MAX_PAUSE = 300.0
"""Seconds for which a host is left alone, at first and after more and more tries that failed."""

PATIENCE = 100.0
"""Seconds since a host was found dead for which a request waits that may: two tries."""


class LeftAloneError(Exception):
    """A host that is not asked now. `cause` is that of its last failure."""

    def __init__(self, cause: str) -> None:
        self.cause = cause
        super().__init__(cause)


@dataclass(slots=True)
class Breaker:
    """The state of one host. Safe for threads; times are those of `clock`, in seconds."""

    clock: Callable[[], float]
    changed: threading.Condition = field(default_factory=threading.Condition)
    cause: str = ""
    door: str = ""
    _doubted: bool = False
    _knocking: bool = False
    _failures: int = 0
    _opened: float | None = None
    _dead_since: float = 0.0
    _pause: float = PAUSE
    _last_good: float = float("-inf")
    _trying: bool = False
    _spared: bool = False

    def left(self) -> float:
        """Seconds for which the host is still left alone; 0 where it may be asked."""
        with self.changed:
            return self._left()

    def enter(self, url: str, last: bool, may_wait: Callable[[], bool]) -> bool:
        """Whether the request that asks now is the one that tries; raises `LeftAloneError` where it must not be sent.

        `last` marks a request that will not be made again: it waits for a try that is under way, and makes one itself where
        none was made so since the host fell silent. Any other waits as long as it may, and as there is patience.
        """
        with self.changed:
            while True:
                if self._opened is None:
                    return False
                knocks = self._knocking and url == self.door
                if not self._trying and (self._left() <= 0 or knocks or (last and not self._spared)):
                    self._spared = self._spared or last
                    self._trying = True
                    return True
                has_patience = self.clock() - self._dead_since < PATIENCE
                if not may_wait() or not (self._trying if last else has_patience):
                    raise LeftAloneError(self.cause)
                self.changed.wait(0.2)

    def leave(self) -> None:
        """The try is over, however it ended; `good` or `bad` said how before."""
        with self.changed:
            self._trying = False
            self.changed.notify_all()

    def good(self, url: str) -> None:
        """An answer came from `url`, whatever it said."""
        with self.changed:
            self.door = self.door or url
            self._doubted = self._knocking = False
            self._failures, self._opened, self._pause, self._spared = 0, None, PAUSE, False
            self._last_good = self.clock()
            self.changed.notify_all()

    def bad(self, url: str, cause: str, since: float) -> None:
        """A request to `url` that was sent at `since` got no answer."""
        with self.changed:
            if self._last_good > since:
                # The host answered others meanwhile: it is this page that hangs.
                return
            self.cause = cause
            if self._opened is None:
                self._failures += 1
                if self._failures < FAILURES:
                    return
            elif since < self._opened:
                return
            if self.door and url != self.door:
                self._doubted = True
                return
            self._doubted = self._knocking = False
            if self._opened is None:
                self._dead_since = self.clock()
            else:
                self._pause = min(MAX_PAUSE, 2 * self._pause)
            self._opened = self.clock()
            self.changed.notify_all()

    def knock(self) -> str:
        """The door, where it is to be asked now, by the one who asked this; ``""`` where it is not."""
        with self.changed:
            if not self._doubted or self._knocking:
                return ""
            self._knocking = True
            return self.door

    def _left(self) -> float:
        return 0.0 if self._opened is None else max(0.0, self._opened + self._pause - self.clock())
