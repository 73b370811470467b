"""The process of a worker from which the children of its jobs are forked (`ita_rules.audit.warm`), kept from one job to the next.

Jobs of many agencies and nights come to a worker one by one, and each brings the rules by which it is to be judged. A worker has
one such process for the jobs that have all of that in common, and another one in its place when others come; the first ends when
the last of its jobs has. Where nothing has come for some minutes it ends as well, and so it does with the worker however that
ends, since it hangs on a socket to it.
"""

from __future__ import annotations

import contextlib
import json
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from ita_rules.audit.pool import Child
from ita_rules.audit.runner import CHILD, WARM
from ita_rules.audit.warm import Warm
from ita_rules.storage import inputs
from ita_rules.storage.places import Storage

IDLE_SECONDS = 300.0
"""How long a process waits for the next job; some 90 MB of memory are not kept for the day."""


class Shared(BaseModel):
    """What the children of an audit have in common: `words` as the module that loads it is told, by names in the driver's inputs.
    The folder of rules that they name lies in the input `archive`; ``""`` where they name none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: dict[str, Any]
    archive: str = ""


@dataclass(slots=True, eq=False)
class Lent:
    """A process that forks, for as long as a job has it. `rules` is the folder of rules that it has loaded, None for the shipped
    ones; `users` are the jobs that have it now, and once it is `replaced` there come no more."""

    key: str
    warm: Warm
    rules: Path | None
    lock: threading.Lock
    ending: ExitStack
    users: int = 0
    replaced: bool = False
    idle: threading.Timer | None = None

    def start(self, log: Path) -> Child:
        """Start a child, which says what it says in the file `log`. Raises `OSError`."""
        # A worker does its jobs in threads.
        with self.lock:
            return self.warm.start(log)


class Keeper:
    """Lends what forks to the jobs of a worker. `seconds` is how long it is kept while nobody has it."""

    def __init__(self, seconds: float = IDLE_SECONDS) -> None:
        self.seconds = seconds
        self._lock = threading.Lock()
        self._kept: Lent | None = None

    @contextlib.contextmanager
    def lent(self, shared: Shared, version: str, storage: Storage, root: str | None) -> Iterator[Lent]:
        """What forks children that judge by `shared`, in the program's `version`. Rules are laid out in a folder below `root`.

        Raises what unpacking them does (`ita_rules.storage.inputs`), and `OSError`.
        """
        found = self._borrowed(f"{version} {storage.url} {shared.model_dump_json()}", shared, storage, root)
        try:
            yield found
        finally:
            self._back(found)

    def end(self) -> None:
        """End what is kept as soon as nobody has it."""
        with self._lock:
            gone = self._replaced()
        if gone is not None:
            gone.ending.close()

    def _borrowed(self, key: str, shared: Shared, storage: Storage, root: str | None) -> Lent:
        gone: Lent | None = None
        try:
            with self._lock:
                if self._kept is None or self._kept.key != key:
                    made = _made(key, shared, storage, root)
                    gone = self._replaced()
                    self._kept = made
                found = self._kept
                found.users += 1
                if found.idle is not None:
                    found.idle.cancel()
                    found.idle = None
                return found
        finally:
            if gone is not None:
                gone.ending.close()

    def _back(self, lent: Lent) -> None:
        with self._lock:
            lent.users -= 1
            over = lent.replaced and not lent.users
            if not lent.users and not lent.replaced:
                lent.idle = threading.Timer(self.seconds, self._unused, [lent])
                lent.idle.daemon = True
                lent.idle.start()
        if over:
            lent.ending.close()

    def _unused(self, lent: Lent) -> None:
        """Nobody wanted it for a while; a job that came at the last moment has it all the same."""
        with self._lock:
            gone = self._replaced() if self._kept is lent and not lent.users else None
        if gone is not None:
            gone.ending.close()

    def _replaced(self) -> Lent | None:
        """Keep nothing from now on; what was kept, where nobody has it any more."""
        lent, self._kept = self._kept, None
        if lent is None:
            return None
        lent.replaced = True
        if lent.idle is not None:
            lent.idle.cancel()
        return None if lent.users else lent


def _made(key: str, shared: Shared, storage: Storage, root: str | None) -> Lent:
    """What forks, with its rules in place; the process itself starts with the first child."""
    with ExitStack() as stack:
        words, rules = shared.words, None
        if shared.archive:
            folder = Path(
                stack.enter_context(tempfile.TemporaryDirectory("", "ita-rules-warm-", root, ignore_cleanup_errors=True))
            )
            inputs.unpack(storage, shared.archive, folder)
            rules = folder / str(words["rules"])
            words = {**words, "rules": str(rules)}
        warm = stack.enter_context(Warm(CHILD, WARM, json.dumps(words)))
        return Lent(key, warm, rules, threading.Lock(), stack.pop_all())
