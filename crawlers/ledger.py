"""What a gathering has: kept on disk and in memory alike, each visit in one stroke."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from crawlers.visit import Visit
from ita_rules.run.graph import MOST_LINKS, LinkGraph
from ita_rules.run.links import held, stems_of
from ita_rules.run.store import RunWriter, in_order, load_run
from ita_rules.run.texts import MOST_BYTES, Documents
from ita_rules.run.types import Document, Exchange, Link, RunData

MAX_LINKS = 600_000
"""Links that a run holds whole, those not counted that a page shares with the page before it or with the main page (its menu)."""

_MOST_TEXTS = 2 * 1024**2
"""Bytes that unpacked texts may weigh while others are gathered: of most of them only a few questions are asked."""

_MOST_UNPACKED = 10_000
"""Links that stay unpacked while others are gathered: a page's are looked at when it is new, and then seldom again."""

_FAR = 1 << 30
_FEW_LINKS = 50
_SHARED_PRICE = 16
"""So many links that stand on other pages too cost as much memory as one of a page's own."""


class Ledger:
    """The run that grows. `asked` are the keys that are spoken for, `depth` the fewest clicks from the main page known for a key,
    `full` whether a page bore more links than the run may hold. Used by one thread."""

    def __init__(self, writer: RunWriter, run: RunData) -> None:
        self.writer, self.run = writer, run
        self._graph, self._texts = LinkGraph.of(run.links), Documents.of(run.documents)
        self._allow()
        run.links, run.documents = self._graph, self._texts
        self.asked: set[str] = set()
        self.depth: dict[str, int] = {}
        self.full = False
        self._links = 0
        self._near: frozenset[object] = frozenset()
        self._first: frozenset[object] = frozenset()

    def take_over(self, kept: RunData) -> None:
        """Go on with what an earlier gathering into the same file left."""
        self._graph, self._texts = LinkGraph.of(kept.links), Documents.of(kept.documents)
        self._allow()
        self.run.exchanges, self.run.links, self.run.documents = dict(kept.exchanges), self._graph, self._texts

    def _allow(self, texts: int = _MOST_TEXTS, links: int = _MOST_UNPACKED) -> None:
        """Let what is unpacked weigh no more than a gathering needs, or as much as given."""
        self._texts.allow(texts)
        self._graph.allow(links)

    def record(self, visit: Visit) -> Exchange:
        """Keep what a visit brought, and give back its exchange as the run has it now."""
        found = visit.exchange
        earlier = self.run.exchanges.get(found.key)
        if earlier is not None:
            found = replace(found, attempts=earlier.attempts + found.attempts, depth=earlier.depth)
        self.asked.add(found.key)
        beside = [*(e for e in visit.beside if e.key not in self.run.exchanges), *visit.probes]
        if found.cause is None and found.final_key and found.final_key not in self.asked:
            # The end of a redirect was asked too, and this is what it answered.
            self.asked.add(found.final_key)
            beside.append(arrived(found))
        self._store(found, None if visit.links is None else self._within_bounds(visit.links), beside)
        self.follow(found)
        if visit.probes:
            known = self.run.meta.settings.get("probe", "").split()
            self.set(probe=" ".join(sorted({*known, *(p.key for p in visit.probes)})))
        return found

    def follow(self, found: Exchange) -> None:
        """Take note of how far the links of a page are from the main page, and what lies behind them where that is nearer now.

        The best comes first, not the nearest: many a page is found on a long way before it is found on a short one.
        """
        depth, exchanges = self.depth, self.run.exchanges
        depth[found.key] = min(found.depth, depth.get(found.key, _FAR))
        waiting = deque([found])
        while waiting:
            found = waiting.popleft()
            here, page = depth[found.key], found.final_key or found.key
            depth[page] = min(here, depth.get(page, _FAR))
            for _, target in self._graph.targets(page, listed=True):
                if depth.get(target, _FAR) > here + 1:
                    depth[target] = here + 1
                    if target in exchanges:
                        waiting.append(exchanges[target])

    def keep(self, document: Document) -> None:
        """Keep a text; a recognised one takes the place of what was read first."""
        self._texts.keep(document.sha256, document, self.writer.put_document(document))

    def set(self, **settings: str) -> None:
        """Keep what was learned of the site."""
        self.run.meta = replace(self.run.meta, settings={**self.run.meta.settings, **settings})
        self.writer.put_meta(self.run.meta)

    def begin(self) -> None:
        """Keep under what circumstances the gathering begins."""
        self.writer.put_meta(self.run.meta)
        self.writer.put_answers(self.run.answers)

    def arrive(self, found: Exchange) -> None:
        """Note for the address that a redirect led to what it answered."""
        self._store(arrived(found), None, ())

    def finish(self, **told: Any) -> RunData:
        """Keep how the gathering ended (fields of `RunMeta`), close the file, and give back the run in order."""
        meta = replace(self.run.meta, **told)
        self.writer.finish(meta)
        if meta.stopped_by == "interrupt":
            # The interrupt may have fallen between the file and its picture in memory; the file is right.
            return load_run(self.writer.folder)
        self.run.meta = meta
        self._allow(MOST_BYTES, MOST_LINKS)
        return in_order(self.run)

    def settle_depths(self) -> None:
        """Give every address the fewest clicks from the main page, whatever order the answers came in."""
        depths = {self.run.meta.settings.get("main", ""): 0}
        waiting = deque(depths)
        while waiting:
            source = waiting.popleft()
            found = self.run.exchanges.get(source)
            page = found.final_key if found and found.final_key else source
            depths.setdefault(page, depths[source])
            for bearer in dict.fromkeys((source, page)):
                for _, target in self._graph.targets(bearer):
                    if target not in depths:
                        depths[target] = depths[source] + 1
                        waiting.append(target)
        for key, found in list(self.run.exchanges.items()):
            depth = depths.get(key, found.depth)
            if depth != found.depth:
                self._store(replace(found, depth=depth), None, ())

    def _store(self, exchange: Exchange, links: Sequence[Link] | None, beside: Sequence[Exchange]) -> None:
        self.writer.put_exchange(exchange, links, beside)
        for one in (exchange, *beside):
            self.run.exchanges[one.key] = one
        if links is not None:
            self._graph.keep(exchange.final_key or exchange.key, links)

    def _within_bounds(self, links: Sequence[Link]) -> Sequence[Link]:
        """Fewer links of a page where the run holds more than any honest site has."""
        links = held(links)
        here: frozenset[object] = frozenset(stems_of(links))
        price = len(here - self._near - self._first) + len(links) // _SHARED_PRICE
        if self._links + price > MAX_LINKS:
            links = links[:_FEW_LINKS]
            self.full = True
            price = len(links)
        self._links += price
        self._near, self._first = here, self._first or here
        return links


def arrived(found: Exchange) -> Exchange:
    """What the address answered that a redirect led to."""
    return replace(found, key=found.final_key, url=found.final_url, hops=(), hop_headers=())
