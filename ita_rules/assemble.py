"""Turning observations and what the rules concluded into the one report object, in the words of one language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from ita_rules import __version__
from ita_rules.across.earlier import Earlier
from ita_rules.acts import acts
from ita_rules.checks.find.names import own_names
from ita_rules.checks.interface import Context, Observation, Outcome, Said
from ita_rules.checks.named import is_named
from ita_rules.locate import Candidate, Piece, SiteView
from ita_rules.messages import Catalogue
from ita_rules.model import (
    AgencyInfo,
    AgencyType,
    Bounded,
    CheckResult,
    Evidence,
    Example,
    ItemResult,
    LocatedBy,
    Measured,
    Previous,
    Report,
    RuleSetInfo,
    RuleSource,
    RunInfo,
    Scores,
    Severity,
    SourceResult,
    Status,
    ToolInfo,
    Unreached,
    Unverified,
)
from ita_rules.narrow import narrow, to_open
from ita_rules.plan import effort, plan
from ita_rules.provenance import asked_at, fault_of, outside, source_warnings
from ita_rules.rulesets.accuracy import Accuracy
from ita_rules.rulesets.types import Check, Item, RuleSet
from ita_rules.run.catalog import catalog_of, dataset_of
from ita_rules.run.keys import host_of, url_key
from ita_rules.run.services import cause_at
from ita_rules.run.types import Bound, Exchange

_MOST_UNREACHED = 500
_MOST_SOURCES = 30
_MOST_BOUNDS = 200
_LONGEST_TITLE = 300  # letters; a page may call itself by its whole text


@dataclass(frozen=True, slots=True)
class Judged:
    """An item judged: the context of its best candidate (of its first concept's), what each check saw, every candidate that
    was looked at; the same of each concept alone (`parts`, itself where it is a concept alone)."""

    item: Item
    ctx: Context
    observations: tuple[Observation, ...]
    looked_at: tuple[Candidate, ...]
    parts: tuple[Judged, ...] = ()


@dataclass(frozen=True, slots=True)
class Concluded:
    """What the rules concluded of one check: its status, the cause of an undecided one, why (in words)."""

    status: Status
    cause: str
    because: tuple[str, ...]


def speak(say: Catalogue, said: Said) -> str:
    """A sentence with its places filled; values that begin with ``@`` are sentences themselves (``@cause.timeout``)."""
    message_id, values = said
    return say.say(message_id, **{k: _value(say, v) for k, v in values.items()})


def _value(say: Catalogue, value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_value(say, one) for one in value)
    if isinstance(value, str) and value.startswith("@cause."):
        return say.cause(value.removeprefix("@cause."))
    if isinstance(value, str) and value.startswith("@day."):
        return say.day(value.removeprefix("@day."))
    if isinstance(value, str) and value.startswith(("http://", "https://")):
        return unquote(value, errors="replace")
    return say.say(value[1:]) if isinstance(value, str) and value.startswith("@") else value


def check_result(say: Catalogue, judged: Judged, seen: Observation, concluded: Concluded) -> CheckResult:
    """One check as the report tells it."""
    check = seen.check
    kind_undecided = f"check.{check.kind}.undecided"
    message = speak(say, seen.message)
    if concluded.status is Status.UNDECIDED and seen.outcome != "unknown":
        values = {**seen.message[1], "cause": f"@cause.{concluded.cause}"}
        message = speak(say, (kind_undecided if kind_undecided in say else "check.not_checked", values))
    elif concluded.status is Status.NOT_DUE:
        message = say.say("check.not_due", due=say.day(seen.due))
    gap = concluded.status is Status.GAP
    evidence = seen.evidence if concluded.status in (Status.PASS, Status.GAP) else ()
    return CheckResult(
        id=check.id,
        component=check.component or check.kind,
        kind=check.kind,
        status=concluded.status,
        confidence=round(seen.confidence, 2),
        message=message,
        fix=_fix(say, judged, seen) if gap else None,
        severity=seen.severity or check.severity,
        verified=check.verified,
        cause=concluded.cause or None,
        asks=_asks(say, judged, seen),
        source=check.source,
        evidence=tuple(_evidence(e) for e in evidence),
        why=tuple(speak(say, w) for w in seen.why) + concluded.because,
        near=seen.near,
        narrow=narrow(seen, (p for c in judged.looked_at for p in c.pieces), concluded.status),
        effort=effort(seen) if gap else None,
        example=_example(say, judged, check) if gap else None,
    )


def _evidence(evidence: Evidence) -> Evidence:
    quote = evidence.quote.strip() if evidence.quote else None
    return evidence.model_copy(update={"quote": quote or None})


def _fix(say: Catalogue, judged: Judged, seen: Observation) -> str:
    if seen.fix is not None:
        return speak(say, seen.fix)
    if seen.check.fix is not None:
        return seen.check.fix.say(say.lang)
    return say.say(f"check.{seen.check.kind}.fix", **{k: _value(say, v) for k, v in seen.message[1].items()})


def _example(say: Catalogue, judged: Judged, check: Check) -> Example | None:
    """The component's example, where it has one."""
    found = judged.ctx.ruleset.component(check.component).example if check.component else None
    return Example(before=found.before.say(say.lang), after=found.after.say(say.lang)) if found else None


def _asks(say: Catalogue, judged: Judged, seen: Observation) -> str:
    check = seen.check
    if check.asks is not None:
        return check.asks.say(say.lang)
    values = {"component": judged.ctx.words_of(check), "agency": judged.ctx.agency_name, "what": judged.item.name.say(say.lang)}
    said = {k: _value(say, v) for k, v in seen.message[1].items()}
    return say.say(f"check.{check.kind}.asks", **{"asked": check.at_least or 1, **values, **said})


def item_result(
    say: Catalogue,
    judged: Judged,
    status: Status,
    checks: Sequence[CheckResult],
    site: SiteView,
    worth: float,
    due: str | None,
    measured: Accuracy,
) -> ItemResult:
    """One item as the report tells it."""
    score = {Status.PASS: 100, Status.GAP: 0}.get(status)
    return ItemResult(
        id=judged.item.id,
        concepts=judged.item.concepts,
        name=judged.item.name.say(say.lang),
        indicator=judged.item.indicator,
        status=status,
        score=score,
        due=due if status is Status.NOT_DUE else None,
        worth=round(worth, 4),
        measured=Measured(seen=measured.seen, right=measured.right, passes=measured.passes, accused=measured.accused)
        if measured.seen
        else None,
        sources=_sources(say, site, judged),
        checks=tuple(checks),
    )


def _sources(say: Catalogue, site: SiteView, judged: Judged) -> tuple[SourceResult, ...]:
    found: dict[str, SourceResult] = {}
    for candidate in judged.looked_at:
        for piece in candidate.pieces:
            found.setdefault(piece.key or piece.url, _source(say, site, piece, candidate))
    return (*list(found.values())[:_MOST_SOURCES], *_catalogued(say, site, judged))


def _catalogued(say: Catalogue, site: SiteView, judged: Judged) -> Iterator[SourceResult]:
    """What a data catalogue answered on the item's data sets."""
    catalog = catalog_of(site.run.meta)
    looked = any(o.check.kind == "catalog" and o.outcome is not Outcome.NOT_APPLICABLE for o in judged.observations)
    if catalog is None or not looked:
        return
    for name, _ in catalog.of_item(judged.item.id):
        url = catalog.address(name)
        exchange = site.run.exchange(url_key(url))
        document = site.run.documents.get(exchange.sha256 or "") if exchange else None
        shown = dataset_of(document)
        yield SourceResult(
            url=url,
            final_url=(exchange.final_url or None) if exchange else None,
            title=(shown.title if shown else name)[:_LONGEST_TITLE],
            media_type=(exchange.media_type or None) if exchange else None,
            http_status=exchange.status if exchange else None,
            cause=exchange.cause or ("tls" if exchange.insecure else None) if exchange else "not_gathered",
            sha256=exchange.sha256 if exchange else None,
            fetched_at=(exchange.fetched_at or None) if exchange else None,
            located_by=LocatedBy.CATALOG,
            text_from=document.method if document and document.method != "none" else None,
            read_by=document.readers if document else (),
            warnings=source_warnings(say, url, exchange) if exchange else (),
        )


def _source(say: Catalogue, site: SiteView, piece: Piece, candidate: Candidate) -> SourceResult:
    exchange, document = piece.exchange, piece.document
    way = site.click_path(piece.key) if piece.key else ()
    method = document.method if document and document.method != "none" else None
    return SourceResult(
        url=piece.url,
        final_url=(exchange.final_url or None) if exchange else None,
        title=piece.words[:_LONGEST_TITLE] or None,
        media_type=(document.media_type if document else "") or (exchange.media_type if exchange else "") or None,
        http_status=exchange.status if exchange else None,
        cause=cause_at(piece.cause, piece.url, exchange.final_url if exchange else "")
        or ("tls" if exchange and exchange.insecure else None),
        sha256=exchange.sha256 if exchange else None,
        fetched_at=(exchange.fetched_at or None) if exchange else None,
        click_path=tuple(url for url, _ in way),
        click_words=tuple(words for _, words in way),
        located_by=candidate.located_by,
        text_from=method,
        pages=len(document.pages) if document and document.media_type == "application/pdf" else None,
        read_by=(*document.readers, *([exchange.rendered] if exchange and exchange.rendered else [])) if document else (),
        warnings=source_warnings(say, piece.url, exchange) if exchange else (),
    )


def _bounded(say: Catalogue, bound: Bound) -> Bounded:
    sentence = f"bound.{bound.rule}" if f"bound.{bound.rule}" in say else "bound.other"
    values = {"family": unquote(bound.family, errors="replace"), "asked": bound.asked, "refused": bound.refused}
    return Bounded(
        rule=bound.rule, family=bound.family, asked=bound.asked, refused=bound.refused, message=say.say(sentence, **values)
    )


def _unreached(say: Catalogue, site: SiteView, exchange: Exchange) -> Unreached:
    """An address that gave nothing. What another's server fails in is told to that server's owner."""
    cause = cause_at(exchange.cause, exchange.url, exchange.final_url) or ""
    who = acts(cause, own=site.own_host(exchange.url))
    if cause == "needs_javascript" and exchange.detail == "no_browser":
        words = say.say("cause.no_browser.who")
    else:
        words = say.say("who.external.fault", host=host_of(exchange.url)) if who == "external" else say.who(cause)
    fault = fault_of(say, exchange.detail) if cause == "tls" else ""
    message = fault if fault != exchange.detail else ""  # what is not known by words is for the log
    return Unreached(url=exchange.url, cause=cause, message=message, who=words, acts=who, asked_at=asked_at(exchange))


def report(
    site: SiteView,
    ruleset: RuleSet,
    as_of: dt.date,
    say: Catalogue,
    items: Sequence[ItemResult],
    scores: Scores,
    agency: tuple[str, AgencyType],
    earlier: Earlier | None = None,
) -> Report:
    """The whole report. Times are the gathering's; no clock is read. `earlier` is the earlier check it was compared with."""
    meta = site.run.meta
    window = (ruleset.window.opens, ruleset.window.closes)
    warnings = [*meta.warnings, *outside(say, ruleset.id, window, as_of)]
    opened = any(not e.cause for e in site.run.exchanges.values())
    own = own_names(meta.agency_name)
    if meta.agency_name and opened and not is_named(meta):
        warnings.append(say.say("warn.agency_name_missing"))
    elif own and opened and not site.says(own):
        warnings.append(say.say("warn.agency_name_not_on_site", name=meta.agency_name))
    short = {s.url for item in items for s in item.sources if any(w.code == "short_link" for w in s.warnings)}
    if short:
        warnings.append(say.say("warn.short_links", count=len(short), example=min(short)))
    scans = sum(1 for d in site.run.documents.values() if "no_ocr" in d.causes)
    if scans and not meta.settings.get("ocr"):
        warnings.append(say.say("warn.no_ocr", count=scans))
    unseen = sum(1 for e in site.run.exchanges.values() if e.cause == "needs_javascript" and e.detail == "no_browser")
    if unseen:
        warnings.append(say.say("warn.no_browser", count=unseen))
    held_back = sorted(e.url for e in site.run.exchanges.values() if e.holds_back)
    if held_back:
        warnings.append(say.say("warn.held_back", count=len(held_back), example=held_back[0]))
    if meta.settings.get("sandbox") == "time":
        warnings.append(say.say("warn.sandbox"))
    asked = [e for e in site.run.exchanges.values() if not _is_probe(site, e.key)]
    unreached = sorted((e for e in asked if e.cause), key=lambda e: e.url)
    step = ruleset.answering(agency[1])
    return Report(
        lang="en" if say.lang == "en" else "th",
        tool=ToolInfo(version=__version__),
        ruleset=RuleSetInfo(
            id=ruleset.id,
            version=ruleset.version,
            fiscal_year=ruleset.fiscal_year,
            name=ruleset.name.say(say.lang),
            sources=_cited(ruleset, items),
            answers_by=step.closes.isoformat() if step and step.closes else None,
            answers_by_verified=bool(step and step.closes and step.verified),
        ),
        agency=AgencyInfo(name=agency[0], type=agency[1], url=meta.start_url),
        run=RunInfo(
            started=meta.started,
            finished=meta.finished,
            as_of=as_of.isoformat(),
            requests=meta.requests,
            pages=sum(1 for e in asked if not e.cause and "html" in e.media_type),
            documents=sum(1 for e in asked if not e.cause and e.sha256 and _is_document(e.media_type)),
            unreached=tuple(_unreached(say, site, e) for e in unreached[:_MOST_UNREACHED]),
            stopped_by=meta.stopped_by,
            complete=site.complete,
            warnings=tuple(warnings),
            bounds=tuple(_bounded(say, bound) for bound in meta.bounds[:_MOST_BOUNDS]),
            insecure=tuple(
                Unverified(url=e.url, fault=e.insecure, message=fault_of(say, e.insecure))
                for e in sorted(asked, key=lambda e: e.url)
                if e.insecure
            )[:_MOST_UNREACHED],
            rendered=sum(1 for e in asked if e.rendered),
            unchanged=sum(1 for e in asked if e.unchanged and not e.carried),
            depth=meta.depth,
            rests_on=meta.rests_on or None,
            full_at=meta.full_at or None,
            carried=sum(1 for e in asked if e.carried),
            previous=Previous(ruleset=earlier.ruleset, fiscal_year=earlier.fiscal_year, started=earlier.started)
            if earlier is not None
            else None,
        ),
        items=tuple(items),
        scores=scores,
        to_open=to_open(items, say),
        plan=plan(items),
    )


def _is_probe(site: SiteView, key: str) -> bool:
    return key in site.run.meta.settings.get("probe", "").split()


def _is_document(media_type: str) -> bool:
    return (
        bool(media_type)
        and "html" not in media_type
        and not media_type.startswith(("image/", "text/css", "application/javascript", "application/json"))
    )


def _cited(ruleset: RuleSet, items: Sequence[ItemResult]) -> tuple[RuleSource, ...]:
    cited = {c.source for i in items for c in i.checks if c.source}
    return tuple(source for key, source in sorted(ruleset.sources.items()) if key in cited)


def due_day(item: Item, ruleset: RuleSet) -> dt.date | None:
    """The day on which an item's data is due: the rule set's calendar, else the end of a first half; None for what is due now."""
    if item.id in ruleset.due:
        return ruleset.due[item.id]
    halves = [c for c in item.checks if c.kind == "coverage" or c.options.get("covers") == "first_half"]
    return dt.date(ruleset.fiscal_year - 543, 3, 31) if halves and all(c.severity is Severity.CRITERION for c in halves) else None
