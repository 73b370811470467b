"""``ita-rules evidence RUN`` makes the evidence package of a run, ``ita-rules evidence verify FILE`` checks one offline."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated
from urllib.parse import unquote

import typer
from pydantic import ValidationError

from crawlers.readers.interface import Hints, Limits
from crawlers.readers.sandbox import ReaderPool
from ita_rules import __version__
from ita_rules.cli import console, exits, given, options
from ita_rules.cli.pictures import pictures_of
from ita_rules.data import data_folder
from ita_rules.errors import RunError, UsageError
from ita_rules.evidence import Manifest, verify_package, write_package
from ita_rules.evidence.masking import masked_report
from ita_rules.evidence.verify import ARCHIVE, REPORT, RULES, RUN, Verified
from ita_rules.model import ItemResult, Report
from ita_rules.run.keys import url_key
from ita_rules.run.store import FILE_NAME, blobs_of, load_run
from ita_rules.run.types import Document, Exchange, RunData
from ita_rules.run.warc import write_warc
from reports import html_report, json_report
from reports.evidence_page import evidence_page

NAME = "evidence.zip"
VERIFY = "verify"
_MOST_OF_A_REPORT = 64 * 1024**2
_UNSAFE = re.compile(r"[^0-9A-Za-zก-๙._-]+")
_DRAWING_SECONDS = 20.0
_READING_HANDS = 2

Target = Annotated[str, typer.Argument(metavar="RUN|verify", help="help.evidence.target", show_default=False)]
Package = Annotated[Path | None, typer.Argument(metavar="FILE", help="help.evidence.file", show_default=False)]
OnlyItem = Annotated[list[str] | None, typer.Option("--item", metavar="O13", help="help.evidence.item", show_default=False)]
OutFile = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="help.evidence.out", show_default=False)]
Unmasked = Annotated[bool, typer.Option("--unmasked", help="help.evidence.unmasked", show_default=False)]


def evidence(
    target: Target,
    file: Package = None,
    item: OnlyItem = None,
    out: OutFile = None,
    unmasked: Unmasked = False,
    lang: options.Lang = None,
    rules: options.RulesFolder = None,
) -> int:
    """Exit status of a check: 0 where the package is sound, 12 where it is not."""
    given.lang_of(lang)
    if target == VERIFY:
        if file is None:
            raise UsageError("error.evidence.no_file")
        return _verify(file)
    if file is not None:
        raise UsageError("error.evidence.extra", file=str(file))
    return _write(Path(target), item or [], out, unmasked, rules)


def _verify(path: Path) -> int:
    with ReaderPool(_READING_HANDS, Limits(ocr_pages=0)) as pool:

        def read(data: bytes, found: Exchange) -> Document:
            return pool.read(data, Hints(found.final_url, found.media_type, found.filename, found.final_url))

        found = verify_package(path, read)
    say = console.words()
    for name, values in found.problems:
        console.result(say.say(name, **values))
    for name, told, now in found.differences:
        status = {s: say.say(f"status.{s}") if f"status.{s}" in say else s for s in (told, now)}
        console.result(say.say("cli.evidence.difference", name=name, told=status[told], found=status[now]))
    if found.reread:
        console.result(say.say("cli.evidence.reread", count=found.reread, drift=len(found.drift)))
        for url in found.drift:
            console.say("cli.evidence.drift", url=url)
    console.result(_verdict(found))
    console.result(say.say("cli.evidence.digest", digest=found.digest))
    return exits.PASSED if found.sound else exits.GAPS


def _verdict(found: Verified) -> str:
    say = console.words()
    if found.sound:
        return say.say("cli.evidence.sound", files=found.files, judged=found.judged)
    return say.say("cli.evidence.unsound", problems=len(found.problems), differences=len(found.differences))


def _write(folder: Path, wanted: list[str], out: Path | None, unmasked: bool, rules: Path | None) -> int:
    run = load_run(folder)
    report = _report(folder)
    ruleset = given.ruleset_of(report.ruleset.id, rules)
    if ruleset.version != report.ruleset.version:
        raise UsageError("error.evidence.rules", path=str(folder), told=report.ruleset.version, found=ruleset.version)
    items = _chosen(report, wanted)
    if not unmasked:
        report = masked_report(report)
        items = _chosen(report, wanted)
    blobs = blobs_of(folder)
    with ReaderPool(_READING_HANDS, Limits(seconds=_DRAWING_SECONDS)) as pool:
        pictures = pictures_of(report.model_copy(update={"items": items}), run, blobs, pool.picture, hide=not unmasked)
    places = [(p.item, f"pages/{p.item}/{number:02}-p{p.page}.webp", p) for number, p in enumerate(pictures, start=1)]
    with tempfile.TemporaryDirectory(prefix="ita-rules-") as aside:
        archived = write_warc(folder, Path(aside) / "run.warc.gz", only=_needed(items, run) if wanted else None)
        files: dict[str, bytes | Path] = {
            REPORT: json_report.dump(report).encode(),
            "report.html": html_report.page(report, pictures).encode(),
            "README.html": evidence_page(report, items, [(i, at, p.page) for i, at, p in places], masked=not unmasked).encode(),
            RUN: folder / FILE_NAME,
            ARCHIVE: archived.path,
            **{at: picture.data for _, at, picture in places},
            **_texts(items, run),
            **_rules(rules or data_folder("rules")),
        }
        target = out or folder / NAME
        whole = write_package(target, _manifest(report, run, items if wanted else (), unmasked), files)
    if archived.missing:
        console.say("cli.evidence.missing", count=archived.missing)
    say = console.words()
    console.result(say.say("cli.evidence.written", items=len(items), files=len(whole.files), path=target))
    console.result(say.say("cli.evidence.digest", digest=whole.digest()))
    return exits.PASSED


def _report(folder: Path) -> Report:
    path = folder / REPORT
    try:
        with path.open("rb") as stream:
            return Report.model_validate_json(stream.read(_MOST_OF_A_REPORT))
    except (OSError, ValidationError) as error:
        raise RunError("error.evidence.no_report", path=str(folder)) from error


def _chosen(report: Report, wanted: Sequence[str]) -> tuple[ItemResult, ...]:
    known = {item.id.upper(): item for item in report.items}
    for name in wanted:
        if name.upper() not in known:
            raise UsageError("error.evidence.item", item=name, known=", ".join(known))
    return tuple(item for item in report.items if not wanted or item.id.upper() in {name.upper() for name in wanted})


def _needed(items: Sequence[ItemResult], run: RunData) -> frozenset[str]:
    """The keys of what the items rest on: their sources, and the pages on the way to them."""
    urls = {url for item in items for source in item.sources for url in (source.url, source.final_url, *source.click_path) if url}
    keys = {url_key(url) for url in (*urls, run.meta.start_url)}
    return frozenset(keys | {found.final_key for key in keys if (found := run.exchanges.get(key))})


def _texts(items: Sequence[ItemResult], run: RunData) -> dict[str, bytes]:
    """The texts of the sources, each in a file of its own; pages are headed by their numbers."""
    made = {}
    named = {
        s.sha256: s.title or unquote(s.url).rstrip("/").rpartition("/")[2] for item in items for s in item.sources if s.sha256
    }
    for sha256, title in named.items():
        document = run.documents.get(sha256 or "")
        if document is not None and document.pages:
            name = _UNSAFE.sub("_", title)[:60].strip("._") or "text"
            pages = [f"--- {page.name or page.number} ---\n{page.text}" for page in document.pages]
            made[f"texts/{document.sha256[:12]}-{name}.txt"] = "\n\n".join(pages).encode("utf-8", "replace")
    return made


def _rules(folder: Path) -> dict[str, bytes | Path]:
    """What judging reads of the rules; their cases and schemas stay at home."""
    return {
        f"{RULES}{path.relative_to(folder).as_posix()}": path
        for path in sorted(folder.rglob("*.yaml"))
        if not path.name.endswith(".cases.yaml")
    }


def _manifest(report: Report, run: RunData, items: Sequence[ItemResult], unmasked: bool) -> Manifest:
    return Manifest(
        tool_version=__version__,
        ruleset=report.ruleset.id,
        ruleset_version=report.ruleset.version,
        agency=report.agency.name,
        url=report.agency.url,
        started=report.run.started,
        finished=report.run.finished,
        as_of=report.run.as_of,
        items=tuple(item.id for item in items),
        masked=not unmasked,
        readers=tuple(sorted({reader for document in run.documents.values() for reader in document.readers})),
    )
