"""Our own crawls for `benchmarks.crawl`, each in a process of its own so that its time and memory can be told.

    python -m benchmarks.crawl_worker default|agenda|night FOLDER URL… [--earlier FOLDER]

gathers each site into a folder below FOLDER, several side by side under one politeness, with everything kept that a run keeps.
`agenda` asks the newest rule set what it wants, `default` every page and file; `night` has every PDF read as text too. What was
gathered is printed as JSON.
"""

from __future__ import annotations

import argparse
import json
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from crawlers.frontier import default_wants
from crawlers.politeness import Politeness
from crawlers.readers.interface import Hints
from crawlers.readers.sandbox import ReaderPool
from crawlers.settings import CrawlSettings
from crawlers.site import gather
from ita_rules.run.store import RunWriter
from ita_rules.run.types import Document, RunData, RunMeta, Want

Wants = Callable[[RunData], Sequence[Want]]


class Counting:
    """A reader that counts what it reads."""

    def __init__(self, pool: ReaderPool) -> None:
        self.pool, self.count, self._lock = pool, 0, threading.Lock()

    @property
    def ocr_version(self) -> str:
        """Nothing recognises pictures here."""
        return ""

    def read(self, data: bytes, hints: Hints) -> Document:
        """The document in `data`."""
        with self._lock:
            self.count += 1
        return self.pool.read(data, hints)

    def recognise(self, data: bytes, hints: Hints, document: Document) -> Document:
        """The document as it is."""
        return document


def with_texts(run: RunData) -> list[Want]:
    """Every page and file, and each file as text."""
    unread = (e for e in run.exchanges.values() if e.media_type == "application/pdf" and not run.document(e.key))
    return [*(Want("read", e.key, e.url) for e in unread), *default_wants(run)]


def wants_of(mode: str) -> Wants:
    """What a mode asks for."""
    if mode == "agenda":
        from ita_rules.cli.agenda import agenda
        from ita_rules.rulesets.load import forget_shared, load_ruleset

        rules = load_ruleset("oit-2569")
        forget_shared()
        return lambda run: agenda(run, rules)
    return with_texts if mode == "night" else default_wants


def main() -> None:
    """Gather and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("mode", choices=("default", "agenda", "night"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("urls", nargs="+")
    parser.add_argument("--earlier", type=Path)
    given = parser.parse_args()
    settings = CrawlSettings(max_pages=100_000, max_minutes=60)
    gate = Politeness(settings.connections_per_host, settings.interval_seconds)
    wants = wants_of(given.mode)
    with ReaderPool(settings.readers) as pool:
        reader = Counting(pool)

        def crawl(number: int) -> RunData:
            url, more = given.urls[number], dict[str, Any]()
            if given.earlier is not None:
                from ita_rules.run.reader import RunReader

                more["earlier"] = RunReader(given.earlier / str(number))
            writer = RunWriter(given.folder / str(number), RunMeta(url), blobs=given.folder.parent / "blobs")
            return gather(url, writer=writer, wants=wants, settings=settings, reader=reader, gate=gate, **more)

        with ThreadPoolExecutor(len(given.urls)) as hands:
            runs = list(hands.map(crawl, range(len(given.urls))))
    told = {
        "exchanges": sum(len(run.exchanges) for run in runs),
        "documents": sum(len(run.documents) for run in runs),
        "links": sum(len(links) for run in runs for links in run.links.values()),
        "read": reader.count,
        "stopped": sorted({run.meta.stopped_by or "" for run in runs} - {""}),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
