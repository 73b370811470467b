"""Whether two runs differ in anything on which a verdict may rest; where they do not, judging could only say the same again.

Everything that judging reads is compared, but for times, counts and marks that the report of the later run tells of itself
(`ita_rules.nights.carry`). In any doubt two runs are not the same.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from ita_rules.acts import is_server_fault
from ita_rules.errors import RunError
from ita_rules.run.alike import essence
from ita_rules.run.codec import unpack
from ita_rules.run.store import FILE_NAME, meta_of, reading
from ita_rules.run.types import Exchange, RunData, RunMeta

logger = logging.getLogger(__name__)
_Told = Mapping[str, tuple[Exchange, bool]]
_PARTS = {"link": "source", "document": "sha256", "answer": "place"}
_NOT_THERE = frozenset({"http_404", "http_410", "soft_404"})


def is_same(folder: Path, run: RunData, before: Path, *, evidence: Collection[str], besides: str) -> bool:
    """Whether the run in `folder` is in all that counts the one in the folder `before`. Both are finished.

    `evidence` are the keys of what the verdicts rest on: of other pages whose text nobody read the body itself does not count.
    `besides` is a setting that tells nothing of the site. A fault of a server is never the same: a day later it may be a gap.
    """
    if run.meta.stopped_by is not None:
        return False
    if any(is_server_fault(found.cause or ("tls" if found.insecure else None)) for found in run.exchanges.values()):
        return False
    try:
        with reading(before / FILE_NAME) as theirs, reading(folder / FILE_NAME) as ours:
            meta = meta_of(theirs)
            if _essence(run.meta, besides) != _essence(meta, besides):
                return False
            texts = {sha256 for (sha256,) in theirs.execute("SELECT sha256 FROM document")}
            asked = {key: unpack(Exchange, data) for key, data in theirs.execute("SELECT key, data FROM exchange")}
            was = _told(meta, asked)
            same = _same_exchanges(_told(run.meta, run.exchanges), was, texts.union(evidence))
            return same and all(_rows(ours, part) == _rows(theirs, part) for part in _PARTS)
    except (RunError, sqlite3.Error, OSError, ValueError, TypeError) as error:
        logger.info("the run in %s cannot be compared: %s", before, error)
        return False


def _essence(meta: RunMeta, besides: str) -> RunMeta:
    """The circumstances without what the report tells of each run by itself, and without the days, which are looked at apart."""
    settings = {name: value for name, value in meta.settings.items() if name not in (besides, "probe")}
    return replace(meta, started="", finished="", as_of="", requests=0, rests_on="", full_at="", settings=settings)


def _told(meta: RunMeta, exchanges: Mapping[str, Exchange]) -> _Told:
    """What was asked, and whether to learn how the site says "not found". An address that was made up for that, and is not
    there, is another one every night."""
    probes = frozenset(meta.settings.get("probe", "").split())
    return {
        key: (found, key in probes)
        for key, found in exchanges.items()
        if not (key in probes and found.cause in _NOT_THERE and not found.insecure)
    }


def _same_exchanges(ours: _Told, theirs: _Told, matters: Collection[str]) -> bool:
    """Whether the same was asked, and as much came of it; `matters` are addresses and bodies of which every byte counts."""
    if ours.keys() != theirs.keys():
        return False
    for key, (found, probe) in ours.items():
        was, was_probe = theirs[key]
        if key not in matters and was.sha256 not in matters:
            found = replace(found, sha256=was.sha256)
        if probe != was_probe or essence(found) != essence(was):
            return False
    return True


def _rows(db: sqlite3.Connection, part: str) -> list[tuple[object, ...]]:
    """Links, texts or answers as they lie in a file."""
    return db.execute(f"SELECT {_PARTS[part]}, data FROM {part} ORDER BY {_PARTS[part]}").fetchall()
