"""Which files on disk are the evidence of which item: as named on the command line, or by the names in a folder.

``check-file O13 FILE…`` names the item; a folder among the files stands for all files in it. ``check-file FOLDER`` judges a
folder whose entries are named by their items: ``O13.pdf``, ``O13 รายงานประจำปี.docx``, ``O13/…`` with any files in it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ita_rules.answers import item_code
from ita_rules.errors import UsageError
from ita_rules.rulesets.types import RuleSet

MAX_BYTES = 50_000_000
"""Bytes of one file; the crawler's own bound of a document."""

MAX_FILES = 2_000
"""Files of one call; a folder with more is not a folder of evidence."""

MAX_NESTING = 8
"""Folders within folders that are looked into."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Files by item, in the order of the items; `aside` are the entries of a folder whose names tell no item of the form."""

    files: tuple[tuple[str, tuple[Path, ...]], ...]
    aside: tuple[Path, ...] = ()


def evidence_of(first: str, files: Sequence[Path], ruleset: RuleSet) -> Evidence:
    """What the arguments of ``check-file`` name. Raises `UsageError` for an unknown item, and where there is no file."""
    if files:
        return Evidence(((_known(first, ruleset), tuple(path for file in files for path in _within(file))),))
    folder = Path(first)
    if not folder.is_dir():
        # one word: an item without its file, or a file without its item
        raise UsageError("error.file.no_item" if folder.exists() else "error.file.none", path=first, item=first)
    return _named(folder, ruleset)


def body_of(path: Path) -> bytes:
    """The bytes of a file. Raises `UsageError` where there are none to be had."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UsageError("error.file.too_large", path=path, limit=MAX_BYTES)
        return path.read_bytes()
    except FileNotFoundError as err:
        raise UsageError("error.file.missing", path=path) from err
    except OSError as err:
        raise UsageError("error.file.unreadable", path=path, cause=err.strerror or str(err)) from err


def _known(text: str, ruleset: RuleSet) -> str:
    found = ruleset.item(item_code(text))
    if found is None:
        raise UsageError("error.item.unknown", item=text, ruleset=ruleset.id, known=", ".join(i.id for i in ruleset.items))
    return found.id


def _named(folder: Path, ruleset: RuleSet) -> Evidence:
    found: dict[str, list[Path]] = {}
    aside: list[Path] = []
    for entry in _entries(folder):
        item = ruleset.item(item_code(entry.stem if entry.is_file() else entry.name))
        if item is None:
            aside.append(entry)
        else:
            found.setdefault(item.id, []).extend(_within(entry))
    own = ruleset.item(item_code(folder.resolve().name))
    if not found and own is not None:
        return Evidence(((own.id, tuple(_within(folder))),))
    files = tuple((item.id, tuple(found[item.id])) for item in ruleset.items if found.get(item.id))
    if not files:
        raise UsageError("error.file.folder", path=folder)
    if sum(len(paths) for _, paths in files) > MAX_FILES:
        raise UsageError("error.file.too_many", path=folder, limit=MAX_FILES)
    return Evidence(files, tuple(aside))


def _within(path: Path) -> Iterable[Path]:
    """A file, or all files of a folder in the order of their names. Raises `UsageError` where there are none, or too many."""
    if not path.is_dir():
        return [path]
    found: list[Path] = []
    waiting = [(path, 0)]
    while waiting:
        folder, depth = waiting.pop(0)
        for entry in _entries(folder):
            if entry.is_dir() and not entry.is_symlink() and depth < MAX_NESTING:
                waiting.append((entry, depth + 1))
            elif entry.is_file():
                found.append(entry)
        if len(found) > MAX_FILES:
            raise UsageError("error.file.too_many", path=path, limit=MAX_FILES)
    if not found:
        raise UsageError("error.file.empty_folder", path=path)
    return found


def _entries(folder: Path) -> list[Path]:
    """What lies in a folder, by name; hidden entries and the lock files of office programs left out."""
    try:
        return [folder / name for name in sorted(os.listdir(folder)) if not name.startswith((".", "~$"))]
    except OSError as err:
        raise UsageError("error.file.unreadable", path=folder, cause=err.strerror or str(err)) from err
