"""What changed in the evidence itself: the same address with another body, and the words that came and went."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ita_rules.errors import RunError
from ita_rules.history.reasons import place
from ita_rules.model import Report
from ita_rules.run.codec import unpack
from ita_rules.run.store import FILE_NAME, reading
from ita_rules.run.types import Document

MOST_WORDS = 20
"""Words shown of each side; the rest is counted."""
_WORD_LIMIT = 80
_MOST_READ = 400_000
_MOST_SOURCES = 200


@dataclass(frozen=True, slots=True)
class Changed:
    """An address whose body is another than before, and the items that it serves.

    `added` and `removed` are words (what stands between blanks) that one text has more often than the other, at most `MOST_WORDS`
    of each in the order of the text; `more_added` and `more_removed` count the others. `has_texts` tells that both texts
    were there to be compared; without them only the hashes say that something changed.
    """

    url: str
    items: tuple[str, ...]
    before: str
    after: str
    has_texts: bool = False
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    more_added: int = 0
    more_removed: int = 0


def changed_evidence(before: Report, after: Report, old: Path, new: Path) -> tuple[Changed, ...]:
    """The sources that both reports have under one address and with another body, in the order of the newer report.

    `old` and `new` are the folders of the runs; where texts of both are there and equal (a page that only counts its visitors in
    what no visitor reads), the source is left out. At most 200 sources are looked at.
    """
    was = {place(s.url, before.agency.url): s for item in before.items for s in item.sources if s.sha256}
    items: dict[str, list[str]] = {}
    pairs: dict[str, tuple[str, str, str]] = {}
    for item in after.items:
        for source in item.sources:
            key = place(source.url, after.agency.url)
            if source.sha256 and key in was and was[key].sha256 != source.sha256:
                items.setdefault(key, []).append(item.id)
                pairs.setdefault(key, (source.url, was[key].sha256 or "", source.sha256))
    chosen = dict(list(pairs.items())[:_MOST_SOURCES])
    texts = [dict(_texts(folder, {pair[n] for pair in chosen.values()})) for n, folder in ((1, old), (2, new))]
    found = []
    for key, (url, one, other) in chosen.items():
        served = tuple(dict.fromkeys(items[key]))
        if one not in texts[0] or other not in texts[1]:
            found.append(Changed(url, served, one, other))
            continue
        gone, came = _more(texts[0][one], texts[1][other]), _more(texts[1][other], texts[0][one])
        if gone or came or texts[0][one] != texts[1][other]:
            found.append(
                Changed(
                    *(url, served, one, other, True, tuple(came[:MOST_WORDS]), tuple(gone[:MOST_WORDS])),
                    more_added=max(0, len(came) - MOST_WORDS),
                    more_removed=max(0, len(gone) - MOST_WORDS),
                )
            )
    return tuple(found)


def _more(text: list[str], than: list[str]) -> list[str]:
    """The words that `text` has more often, in its order, each once."""
    surplus = Counter(text) - Counter(than)
    return [word[:_WORD_LIMIT] for word in dict.fromkeys(text) if word in surplus]


def _texts(folder: Path, wanted: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """The words of each body that the run in `folder` holds a text of; none where the run is gone or cannot be read."""
    path = folder / FILE_NAME
    if not path.is_file():
        return
    try:
        with reading(path) as db:
            for sha in sorted(wanted):
                row = db.execute("SELECT data FROM document WHERE sha256 = ?", (sha,)).fetchone()
                if row is not None:
                    document = unpack(Document, row[0])
                    yield sha, " ".join(block.text for _, _, block in document.blocks())[:_MOST_READ].split()
    except (RunError, sqlite3.Error, ValueError, TypeError, OSError):
        return
