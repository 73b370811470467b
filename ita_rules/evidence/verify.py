"""Checking an evidence package, with no network: its files against the manifest, its verdicts against its own texts and rules.

What does not fit is a *problem* (a file that was changed, lacks or was added) or a *difference* (a verdict that the stored texts
and the packaged rules do not give). Bodies read anew by today's readers may give other texts: that is *drift*, and says nothing
against the package.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from warcio.archiveiterator import ArchiveIterator

from ita_rules.errors import ItaRulesError, RunError
from ita_rules.evidence.manifest import MANIFEST, Manifest, is_safe
from ita_rules.judge import judge
from ita_rules.model import Report
from ita_rules.rulesets.load import load_ruleset
from ita_rules.run.store import load_run
from ita_rules.run.types import Document, Exchange, RunData

RUN, RULES, REPORT, ARCHIVE = "run/run.sqlite", "rules/", "report.json", "archive/run.warc.gz"
"""Places in a package that checking rests on."""

MAX_FILES = 20_000
MAX_BYTES = 8 * 1024**3
_MAX_JSON = 64 * 1024**2
_MAX_BODY = 64 * 1024**2
_CHUNK = 1 << 20
_MOST = 50

Read = Callable[[bytes, Exchange], Document]
"""Reads a body anew (in a limited child process, `crawlers.readers.sandbox`)."""


@dataclass(slots=True)
class Verified:
    """What came of checking a package.

    `problems` are message ids of ``evidence.problem.…`` with their values. `differences` are (check or item, status in the
    package, status judged now), `drift` addresses whose text today's readers read otherwise, of `reread` that were read anew.
    """

    manifest: Manifest | None = None
    digest: str = ""
    files: int = 0
    problems: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    judged: int = 0
    differences: list[tuple[str, str, str]] = field(default_factory=list)
    reread: int = 0
    drift: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing speaks against the package."""
        return not (self.problems or self.differences)

    def problem(self, what: str, **values: object) -> None:
        """Take note of a problem; after the fiftieth only that there are more."""
        if len(self.problems) < _MOST:
            self.problems.append((f"evidence.problem.{what}", values))


def verify_package(path: Path, read: Read | None = None) -> Verified:
    """Check the package at `path`; with `read` its bodies are read anew too.

    Raises `RunError` (`evidence_missing`, `evidence_foreign`) where the file is not there or no evidence package.
    """
    if not path.is_file():
        raise RunError("evidence_missing", path=str(path))
    found = Verified()
    try:
        with zipfile.ZipFile(path) as package, tempfile.TemporaryDirectory(prefix="ita-rules-") as aside:
            raw = _small(package, MANIFEST)
            found.digest = hashlib.sha256(raw).hexdigest()
            found.manifest = Manifest.model_validate_json(raw)
            _files(package, found.manifest, found, Path(aside))
            if not found.problems:
                _verdicts(Path(aside), found.manifest, found, read)
    except (zipfile.BadZipFile, KeyError, ValidationError, EOFError, NotImplementedError, RuntimeError) as error:
        # zipfile raises RuntimeError for a file that asks for a password
        raise RunError("evidence_foreign", path=str(path), reason=str(error)[:200]) from error
    return found


def _small(package: zipfile.ZipFile, name: str) -> bytes:
    if package.getinfo(name).file_size > _MAX_JSON:
        raise zipfile.BadZipFile(f"{name} is too large")
    with package.open(name) as stream:
        return stream.read(_MAX_JSON)


def _files(package: zipfile.ZipFile, manifest: Manifest, found: Verified, aside: Path) -> None:
    """Compare every file with the manifest; what judging needs is put into the folder `aside`."""
    names = [entry.filename for entry in package.infolist()]
    if len(names) > MAX_FILES or sum(held.size for held in manifest.files) > MAX_BYTES:
        found.problem("too_large")
        return
    if len(set(names)) != len(names):
        found.problem("twice")
        return
    for name in sorted(set(names) - {held.path for held in manifest.files} - {MANIFEST}):
        found.problem("added", path=name)
    for held in manifest.files:
        if held.path not in names or not is_safe(held.path):
            found.problem("lacks", path=held.path)
            continue
        needed = held.path in (RUN, REPORT, ARCHIVE) or held.path.startswith(RULES)
        if _digest(package, held.path, held.size, aside / held.path if needed else None) == held.sha256:
            found.files += 1
        else:
            found.problem("changed", path=held.path)


def _digest(package: zipfile.ZipFile, name: str, size: int, copy: Path | None) -> str:
    """The SHA-256 of a file of the package, ``""`` where it is not `size` bytes long or cannot be unpacked."""
    digest, left = hashlib.sha256(), size
    if copy is not None:
        copy.parent.mkdir(parents=True, exist_ok=True)
    try:
        with package.open(name) as stream, copy.open("wb") if copy is not None else _Nowhere() as out:
            while chunk := stream.read(min(_CHUNK, left + 1)):
                left -= len(chunk)
                if left < 0:
                    return ""
                digest.update(chunk)
                out.write(chunk)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError):
        return ""
    return digest.hexdigest() if left == 0 else ""


class _Nowhere:
    """A file that keeps nothing."""

    def write(self, data: bytes) -> int:
        """Forget `data`."""
        return len(data)

    def __enter__(self) -> _Nowhere:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""


def _verdicts(aside: Path, manifest: Manifest, found: Verified, read: Read | None) -> None:
    """Judge the stored texts by the packaged rules and compare with the packaged report."""
    try:
        report = Report.model_validate_json((aside / REPORT).read_bytes())
        run = load_run((aside / RUN).parent)
        ruleset = load_ruleset(manifest.ruleset, aside / RULES.rstrip("/"))
    except (OSError, ValidationError, ItaRulesError) as error:
        found.problem("unusable", reason=str(error)[:200])
        return
    if ruleset.version != manifest.ruleset_version or report.ruleset.version != manifest.ruleset_version:
        found.problem("rules", told=manifest.ruleset_version, found=ruleset.version)
        return
    again = judge(run, ruleset, dt.date.fromisoformat(manifest.as_of), lang=report.lang)
    told, now = dict(_statuses(report)), dict(_statuses(again))
    found.judged = len(told)
    found.differences = [
        (name, told.get(name, "-"), now.get(name, "-"))
        for name in dict.fromkeys([*told, *now])
        if told.get(name) != now.get(name)
    ][:_MOST]
    if read is not None and (aside / ARCHIVE).is_file():
        _read_anew(aside / ARCHIVE, run, found, read)


def _statuses(report: Report) -> Iterator[tuple[str, str]]:
    for item in report.items:
        yield item.id, item.status.value
        for check in item.checks:
            yield check.id, check.status.value


def _read_anew(archive: Path, run: RunData, found: Verified, read: Read) -> None:
    """Read the archived bodies by today's readers. Recognised texts are left out: they take minutes."""
    waiting: dict[str, Exchange] = {}
    for exchange in run.exchanges.values():
        document = run.documents.get(exchange.sha256 or "")
        if document is not None and not any(reader.startswith("ocr/") for reader in document.readers):
            waiting.setdefault(document.sha256, exchange)
    for data in _bodies(archive):
        exchange_of = waiting.pop(hashlib.sha256(data).hexdigest(), None)
        if exchange_of is not None:
            found.reread += 1
            if _text(read(data, exchange_of)) != _text(run.documents[exchange_of.sha256 or ""]):
                found.drift.append(exchange_of.url)


def _bodies(archive: Path) -> Iterator[bytes]:
    """The bodies of the responses and of rendered pages in an archive."""
    with archive.open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type in ("response", "conversion"):
                body: Any = record.content_stream().read(_MAX_BODY)
                yield bytes(body)


def _text(document: Document) -> list[str]:
    return [block.text for _, _, block in document.blocks()]
