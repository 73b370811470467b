"""``ita-rules check-file``: files on disk, or a folder named by items, as the evidence of items before they are uploaded."""

from __future__ import annotations

import datetime as dt
import json
import mimetypes
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import quote, unquote

import typer

from crawlers.site import Progress
from crawlers.texts import Texts
from ita_rules import __version__
from ita_rules.cli import console, extras, given, options, session
from ita_rules.cli.crawling import settings_of
from ita_rules.cli.delivery import deliver
from ita_rules.cli.evidence_files import body_of, evidence_of
from ita_rules.judge import judge
from ita_rules.model import Report
from ita_rules.rulesets.load import only_items
from ita_rules.rulesets.types import RuleSet
from ita_rules.run.keys import url_key
from ita_rules.run.store import RunWriter
from ita_rules.run.types import Answer, Exchange, RunData, RunMeta

Engine = Literal["durable", "plain"]
"""The engines that can be asked for by name."""

_PLACE = "http://check-file.invalid/"
"""Where the files stand while they are judged, as rules know addresses only. The report names the paths instead."""


def check_file(
    item: Annotated[str, typer.Argument(metavar="ITEM", help="help.item", show_default=False)],
    files: Annotated[list[Path] | None, typer.Argument(metavar="[FILE]...", help="help.files", show_default=False)] = None,
    ruleset: options.RuleSetId = None,
    agency_name: options.AgencyName = None,
    agency_type: options.AgencyKind = None,
    as_of: options.AsOf = None,
    out: options.Out = None,
    formats: options.Formats = None,
    persona: extras.PersonaName = None,
    lang: options.Lang = None,
    config: options.ConfigFile = None,
    rules: options.RulesFolder = None,
) -> int:
    """Read the files, judge their items by them; what asks for a site is left out as not applicable."""
    given.lang_of(lang)
    settings = given.config_of(config)
    spoken = given.lang_of(lang, settings.lang)
    asked = given.ruleset_of(ruleset or settings.ruleset, rules)
    more = extras.Extras(extras.persona_of(persona, settings))
    evidence = evidence_of(item, files or [], asked)
    for path in evidence.aside:
        console.say("cli.check_file.aside", path=path)
    started = given.now()
    day = given.day_of(as_of) or settings.as_of or started.date()
    wanted = given.formats_of(formats, settings.formats)
    bodies = [(code, path, body_of(path)) for code, paths in evidence.files for path in paths]
    codes = [code for code, _ in evidence.files]
    named = agency_name or "-".join(["check-file", *(codes if len(codes) < 4 else [codes[0], codes[-1]])])
    folder = given.out_folder(out, Path(settings.out), named, started)
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
    crawl = settings_of(settings.crawl, settings.agent)
    blobs = Path(settings.out) / given.BLOBS if out is None else None
    with (
        RunWriter(folder, meta, blobs=blobs) as writer,
        session.reader_pool(crawl) as pool,
        session.progress_bar(len(bodies)) as tell,
    ):
        run = _gathered(meta, bodies, Texts(pool, writer.blobs), pool.workers, tell)
        writer.put_meta(run.meta)
        for exchange in run.exchanges.values():
            writer.put_exchange(exchange)
        for document in run.documents.values():
            writer.put_document(document)
        writer.put_answers(run.answers)
    report = extras.told(judge_files(run, asked, day, spoken), asked, day, more)
    return deliver(report, run, folder, wanted, spoken, blobs=writer.blobs).code


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


def _gathered(
    meta: RunMeta, bodies: Sequence[tuple[str, Path, bytes]], texts: Texts, hands: int, tell: Callable[[Progress], None]
) -> RunData:
    """The run that the files make; each exchange's detail is the path as given."""
    run = RunData(replace(meta, settings={"ocr": texts.reader.ocr_version, "sandbox": session.sandbox()}))
    urls: dict[str, list[str]] = {}
    exchanges = []
    for number, (item, path, body) in enumerate(bodies, start=1):
        url = f"{_PLACE}{number}/{quote(path.name, safe='.-_')}"
        exchanges.append(_exchange(url, path, texts.blobs.put(body), len(body), meta.started))
        urls.setdefault(item, []).append(url)
    with ThreadPoolExecutor(hands, thread_name_prefix="read") as threads:
        for done, (exchange, document) in enumerate(zip(exchanges, threads.map(texts.whole, exchanges), strict=True), start=1):
            run.documents[document.sha256] = document
            run.exchanges[exchange.key] = replace(exchange, media_type=document.media_type, title=document.title)
            tell(Progress(done, len(exchanges) - done, done, exchange.detail))
    run.answers = tuple(Answer(item=item, urls=tuple(of), has=True) for item, of in urls.items())
    return run


def _exchange(url: str, path: Path, sha256: str, size: int, time: str) -> Exchange:
    key = url_key(url)
    return Exchange(
        key,
        url,
        final_url=url,
        final_key=key,
        status=None,
        media_type=mimetypes.guess_type(path.name)[0] or "",
        sha256=sha256,
        size=size,
        fetched_at=time,
        filename=path.name,
        detail=str(path),
    )
