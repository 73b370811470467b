"""What a worker is told of earlier nights, as small files of OUT: without them its verdicts would be those of a first night.

The run before comes from the storage; only the driver's machine has the history, the log of looks at an agency's pages, what
people decided on its runs, and on which days our own line was down.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

from ita_rules.audit.cluster_job import packed
from ita_rules.audit.record import audits
from ita_rules.decisions import FILE_NAME as DECISIONS
from ita_rules.errors import ItaRulesError
from ita_rules.history import Index
from ita_rules.history.index import FILE_NAME as INDEX
from ita_rules.history.index import read

_NIGHTS = 60
_AUDITS = 40
_RUNS = 3
_MONTHS = 2
_MOST_BYTES = 5_000_000
UPTIME = "uptime"
DONE = "done.json"


def seed_of(base: Path, place: str) -> Mapping[str, str]:
    """The files below OUT (`base`) that the worker of the agency in the folder `place` needs, packed, by their names there.

    What cannot be read is left out: the night does without, as it does on a machine that has no history.
    """
    found = {INDEX: _history(base, place)}
    for folder in _newest(base / place, _RUNS):
        found[f"{place}/{folder.name}/{DECISIONS}"] = _file(folder / DECISIONS)
    for file in _newest(base / UPTIME / place, _MONTHS):
        found[f"{UPTIME}/{place}/{file.name}"] = _file(file)
    for audit in islice(audits(base), _AUDITS):
        found[f"{audit.folder.parent.name}/{audit.id}/{DONE}"] = _file(audit.folder / DONE)
    return {name: packed(data) for name, data in found.items() if data}


def _history(base: Path, place: str) -> bytes:
    """An index with the agency's last nights alone; nothing where there are none."""
    index = read(base)
    if index is None:
        return b""
    try:
        with index:
            entries = list(index.entries(place))[-_NIGHTS:]
        if not entries:
            return b""
        with tempfile.TemporaryDirectory(prefix="ita-rules-") as aside:
            with Index(Path(aside)) as excerpt:
                for entry in entries:
                    excerpt.enter(entry)
            return (Path(aside) / INDEX).read_bytes()
    except (ItaRulesError, OSError):
        return b""


def _newest(folder: Path, count: int) -> list[Path]:
    try:
        return sorted(folder.iterdir(), key=lambda path: path.name, reverse=True)[:count]
    except OSError:
        return []


def _file(path: Path) -> bytes:
    with contextlib.suppress(OSError):
        if path.is_file() and path.stat().st_size <= _MOST_BYTES:
            return path.read_bytes()
    return b""
