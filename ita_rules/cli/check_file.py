"""``ita-rules check-file ITEM FILE…``: files on disk as the evidence of one item, before they are uploaded."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import mimetypes
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import quote, unquote

import typer

from crawlers.readers.interface import Hints
from crawlers.readers.sandbox import ReaderPool
from ita_rules import __version__
from ita_rules.answers import item_code
from ita_rules.cli import given, options
from ita_rules.cli.session import deliver
from ita_rules.errors import UsageError
from ita_rules.judge import judge
from ita_rules.model import Report
from ita_rules.rulesets.load import only_items
from ita_rules.rulesets.types import RuleSet
from ita_rules.run.keys import url_key
from ita_rules.run.store import RunWriter
from ita_rules.run.types import Answer, Document, Exchange, RunData, RunMeta

Engine = Literal["durable", "plain"]
"""The engines that can be asked for by name."""

MAX_BYTES = 50_000_000
"""Bytes of one file; the crawler's own bound of a document."""

_PLACE = "http://check-file.invalid/"
"""Where the files stand while they are judged, as rules know addresses only. The report names the paths instead."""


def check_file(
    item: Annotated[str, typer.Argument(metavar="ITEM", help="help.item", show_default=False)],
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="help.files", show_default=False)],
    ruleset: options.RuleSetId = None,
    agency_name: options.AgencyName = None,
    agency_type: options.AgencyKind = None,
    as_of: options.AsOf = None,
    out: options.Out = None,
    formats: options.Formats = None,
    lang: options.Lang = None,
    config: options.ConfigFile = None,
    rules: options.RulesFolder = None,
) -> int:
    """Read the files, judge the one item by them; what asks for a site is left out as not applicable."""
    given.lang_of(lang)
    settings = given.config_of(config)
    spoken = given.lang_of(lang, settings.lang)
    asked = given.ruleset_of(ruleset or settings.ruleset, rules)
    found = asked.item(item_code(item))
    if found is None:
        known = ", ".join(i.id for i in asked.items)
        raise UsageError("error.item.unknown", item=item, ruleset=asked.id, known=known)
    started = given.now()
    day = given.day_of(as_of) or settings.as_of or started.date()
    wanted = given.formats_of(formats, settings.formats)
    bodies = [(path, _body(path)) for path in files]
    folder = given.out_folder(out, Path(settings.out), agency_name or f"check-file-{found.id}", started)
    meta = RunMeta(
        start_url=_PLACE,
        agency_name=agency_name or "",
        agency_type=given.type_of(agency_type).value,
        ruleset=asked.id,
        as_of=day.isoformat(),
        lang=spoken,
        started=started.isoformat(),
        finished=started.isoformat(),
        tool_version=__version__,
        has_answers=True,
    )
    run = _run(meta, found.id, bodies)
    with RunWriter(folder, run.meta) as writer:
        for exchange in run.exchanges.values():
            writer.put_exchange(exchange)
        for document in run.documents.values():
            writer.put_document(document)
        writer.put_answers(run.answers)
    return deliver(judge_files(run, asked, day, spoken), run, folder, wanted, spoken).code


def is_of_files(run: RunData) -> bool:
    """Whether a run holds files from disk instead of a site."""
    return run.meta.start_url == _PLACE


def judge_files(run: RunData, ruleset: RuleSet, as_of: dt.date, lang: str, engine: Engine | None = None) -> Report:
    """The report on the one item of a run of files, with paths in the place of the addresses under which they were judged."""
    only = only_items(ruleset, [answer.item for answer in run.answers])
    report = judge(run, only, as_of, lang=lang, engine=engine, only_files=True)
    text = report.model_dump_json(by_alias=True)
    for exchange in run.exchanges.values():
        # as it is, and as sentences write it
        for address in (exchange.url, unquote(exchange.url)):
            placed = json.dumps(address, ensure_ascii=False)[1:-1]
            text = text.replace(placed, json.dumps(exchange.detail, ensure_ascii=False)[1:-1])
    found = Report.model_validate_json(text)
    return found.model_copy(update={"agency": found.agency.model_copy(update={"url": ""})})


def _body(path: Path) -> bytes:
    """The bytes of a file. Raises `UsageError` where there are none to be had."""
    if path.is_dir():
        raise UsageError("error.file.folder", path=path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UsageError("error.file.too_large", path=path, limit=MAX_BYTES)
        return path.read_bytes()
    except FileNotFoundError as err:
        raise UsageError("error.file.missing", path=path) from err
    except OSError as err:
        raise UsageError("error.file.unreadable", path=path, cause=err.strerror or str(err)) from err


def _run(meta: RunMeta, item: str, bodies: Sequence[tuple[Path, bytes]]) -> RunData:
    """The run that the files make; each exchange's detail is the path as given."""
    run = RunData(meta)
    urls = []
    with ReaderPool(workers=1) as pool:
        for number, (path, body) in enumerate(bodies, start=1):
            url = f"{_PLACE}{number}/{quote(path.name, safe='.-_')}"
            media_type = mimetypes.guess_type(path.name)[0] or ""
            document = pool.read(body, Hints(url=url, media_type=media_type, filename=path.name))
            run.documents[document.sha256] = document
            run.exchanges[url_key(url)] = _exchange(url, path, body, document, meta.started)
            urls.append(url)
    run.answers = (Answer(item=item, urls=tuple(urls), has=True),)
    return run


def _exchange(url: str, path: Path, body: bytes, document: Document, time: str) -> Exchange:
    key = url_key(url)
    return Exchange(
        key,
        url,
        final_url=url,
        final_key=key,
        status=None,
        media_type=document.media_type,
        sha256=hashlib.sha256(body).hexdigest(),
        size=len(body),
        fetched_at=time,
        title=document.title,
        filename=path.name,
        detail=str(path),
    )
