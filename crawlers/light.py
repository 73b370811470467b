"""A light look at a site: its main page, its lists of the form and its evidence are asked again, all else stands as it was.

What is asked goes through the same visitor as a whole gathering: the same guard, politeness, conditions and causes, and a second
try at the end for what failed. The look says itself when it will not do: the main page cannot be had, the menu or a list of the
form is another one. Then the whole site has to be gathered, and what was asked here need not be asked again.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from crawlers.interfaces import Earlier, Renderer
from crawlers.ledger import arrived
from crawlers.outlines import heads, menu, names_the_form, outline
from crawlers.politeness import Politeness
from crawlers.settings import CrawlSettings
from crawlers.site import NOT_AGAIN
from crawlers.urls import Scope
from crawlers.visit import Visit, Visitor, now
from ita_rules.acts import is_server_fault
from ita_rules.errors import OutputError
from ita_rules.run.alike import essence
from ita_rules.run.store import RunWriter
from ita_rules.run.types import Exchange, Link

_LOG = logging.getLogger(__name__)

Deeper = Literal["", "main", "menu", "list"]
"""Why a light look will not do: the main page could not be had, its menu is another one, a list of the form is (else ``""``)."""

_GONE = frozenset({"http_404", "http_410", "soft_404", "login", "empty_link"})
"""Causes by which an address leads nowhere any more; after the others its links are held to stand as they stood."""


class Base(Earlier, Protocol):
    """The finished run on which a light one rests, asked by address. Safe for threads."""

    def has_text(self, sha256: str) -> bool:
        """Whether the run holds a text of a body."""
        ...


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of a light look. `deeper` tells why the whole site is to be looked at, ``""`` where that is not so.

    `same` tells that nothing that was asked differs from the run before in anything on which a verdict may rest, `faults` that
    some server was at fault. `probes` are the keys of made-up addresses that were asked, `stopped_by` is ``budget`` or
    ``interrupt`` where something was left.
    """

    deeper: Deeper
    same: bool
    faults: bool
    requests: int
    probes: frozenset[str]
    stopped_by: str | None = None


def look(
    start_url: str,
    *,
    writer: RunWriter,
    base: Base,
    main: str,
    lists: Sequence[str],
    evidence: Iterable[str],
    settings: CrawlSettings,
    typed: Iterable[str] = (),
    renderer: Renderer | None = None,
    gate: Politeness | None = None,
) -> Looked:
    """Ask the main page (its key), the lists of the form and the evidence (keys) anew, into `writer`, which rests on `base`.

    `typed` are the addresses in the agency's answers. Keys that `base` does not know are left out. `writer` stays open. Ctrl-C
    ends the look, not the run. Raises `OutputError` where the run cannot be written.
    """
    visitor = Visitor(start_url, settings, writer.blobs, typed, earlier=base, renderer=renderer, gate=gate)
    light = _Light(visitor, writer, base, main)
    try:
        light.run(lists, list(dict.fromkeys(evidence)))
    except KeyboardInterrupt:
        light.stopped_by = "interrupt"
        visitor.abort()
    finally:
        visitor.close()
    faults = any(is_server_fault(found.cause or ("tls" if found.insecure else None)) for found in light.found.values())
    return Looked(light.deeper, not light.differing, faults, visitor.requests, frozenset(light.probes), light.stopped_by)


class _Light:
    """One light look. Visits run in threads of their own; everything is recorded by the caller's."""

    def __init__(self, visitor: Visitor, writer: RunWriter, base: Base, main: str) -> None:
        self.visitor, self.writer, self.base, self.main = visitor, writer, base, main
        self.settings = visitor.settings
        self.end = time.monotonic() + 60 * self.settings.max_minutes
        self.deeper: Deeper = ""
        self.stopped_by: str | None = None
        self.differing: set[str] = set()
        self.probes: set[str] = set()
        self.found: dict[str, Exchange] = {}
        self._asked: set[str] = set()
        self._evidence: frozenset[str] = frozenset()
        self._links: dict[str, Sequence[Link]] = {}

    def run(self, lists: Sequence[str], evidence: Sequence[str]) -> None:
        was = self.base.exchange(self.main)
        if was is None:
            self.deeper = "main"
            return
        self._asked.update((self.main, *lists, *evidence))
        self._evidence = frozenset(evidence)
        home = self.visitor.visit(self.main, was.url, depth=was.depth)
        if home.exchange.cause is not None or home.exchange.final_key != was.final_key:
            self.deeper = "main"
            return
        self.visitor.home = home.view
        self.visitor.scope = Scope([self.writer.meta.start_url, home.exchange.final_url], self.settings.hosts)
        self._record(home)
        self._visit([key for key in lists if self.base.exchange(key) is not None], lists=frozenset(lists))
        if not self.deeper and self._has_other_menu(home, lists):
            self.deeper = "menu"
        if self.deeper:
            return
        self._visit([key for key in evidence if key not in self.found and self.base.exchange(key) is not None])
        again = [key for key, found in self.found.items() if found.cause and found.cause not in NOT_AGAIN]
        if again and self.stopped_by is None:
            if self.visitor.reach.kind != "loopback":
                time.sleep(min(self.settings.retry_seconds, max(0.0, self.end - time.monotonic())))
            self._visit(again, again=True)

    def _visit(self, keys: Sequence[str], *, again: bool = False, lists: frozenset[str] = frozenset()) -> None:
        """Visit these addresses, a few at once, until one of the `lists` shows that more is to be done."""
        waiting = list(reversed(keys))
        hands = self.settings.connections_per_host + 2
        with ThreadPoolExecutor(hands, thread_name_prefix="light") as pool:
            running: dict[Future[Visit], Exchange] = {}
            try:
                while (waiting or running) and not self.deeper:
                    if waiting and time.monotonic() > self.end:
                        self.stopped_by = "budget"
                        waiting.clear()
                    while waiting and len(running) < hands:
                        was = self.base.exchange(waiting.pop())
                        if was is not None:
                            running[pool.submit(self._one, was, again)] = was
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        was = running.pop(future)
                        self._take(future, was, again=again, listed=was.key in lists)
            finally:
                if running:
                    self.visitor.abort()

    def _one(self, was: Exchange, again: bool) -> Visit:
        return self.visitor.visit(was.key, was.url, depth=was.depth, slow=again, evidence=True, render=bool(was.rendered))

    def _take(self, future: Future[Visit], was: Exchange, *, again: bool, listed: bool) -> None:
        """Record a visit; a fault of ours in it is a cause like any other."""
        error = future.exception()
        if isinstance(error, OutputError):
            raise error
        if error is not None:
            _LOG.error("visiting %s", was.url, exc_info=error)
            visit = Visit(Exchange(was.key, was.url, cause="internal_error", detail=type(error).__name__, fetched_at=now()))
        else:
            visit = future.result()
        if again:
            tries = self.found[was.key].attempts + visit.exchange.attempts
            visit = replace(visit, exchange=replace(visit.exchange, attempts=tries))
        if listed and self._is_other_list(visit, was):
            self.deeper = "list"
        self._record(visit)

    def _record(self, visit: Visit) -> None:
        """Put a visit into the run, in the place of what was carried there, and compare the two."""
        found = visit.exchange
        was = self.base.exchange(found.key)
        links = visit.links
        page = found.final_key or found.key
        if links is None and found.cause in _GONE and self.base.links(page) is not None:
            links = ()
        beside = [*visit.beside, *visit.probes]
        if found.cause is None and found.final_key and found.final_key not in self._asked:
            beside.append(arrived(found))
        self.probes.update(probe.key for probe in visit.probes)
        self.writer.put_exchange(found, links, beside)
        self.found[found.key] = found
        same = self._is_same(found, was) and all(self._is_same(one, self.base.exchange(one.key)) for one in beside)
        if links is not None:
            self._links[page] = links
            same = same and (found.unchanged or tuple(self.base.links(page) or ()) == tuple(links))
        (self.differing.discard if same else self.differing.add)(found.key)

    def _is_same(self, found: Exchange, was: Exchange | None) -> bool:
        """Whether nothing that a verdict may rest on tells two exchanges apart; the body of what is no evidence counts where its
        text was read."""
        if was is None:
            return False
        matters = found.key in self._evidence or (was.sha256 and self.base.has_text(was.sha256))
        if was.sha256 != found.sha256 and not matters:
            found = replace(found, sha256=was.sha256)
        return essence(found) == essence(was)

    def _has_other_menu(self, home: Visit, lists: Sequence[str]) -> bool:
        was = self.base.links(home.exchange.final_key)
        keys = [(self.base.exchange(key) or home.exchange).final_key for key in lists]
        other = next(iter(keys), "")
        old = self.base.links(other) if other else None
        new = self._links.get(other, old) if other else None
        return menu(home.links, new) != menu(was, old) or names_the_form(home.links, was)

    def _is_other_list(self, visit: Visit, was: Exchange) -> bool:
        """Whether a list of the form says something else than it did; one that cannot be had now is another one too."""
        found = visit.exchange
        if found.cause != was.cause or found.final_key != was.final_key:
            return True
        if found.unchanged or (found.sha256 and found.sha256 == was.sha256):
            return False
        return heads(found) != heads(was) or outline(visit.links) != outline(self.base.links(was.final_key or was.key))
