"""The mini run that a case of a rule stands for: a main page, the agency's answer, and the evidence that it leads to."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urljoin

from pydantic import BaseModel, ConfigDict, Field

from ita_rules.model import AgencyType, Status
from ita_rules.rulesets.casepages import parse_pages
from ita_rules.rulesets.types import RuleSet
from ita_rules.run.catalog import FACT, SETTING, SHOWN, Catalog, rows
from ita_rules.run.keys import host_of, url_key
from ita_rules.run.types import Answer, Block, Document, Exchange, Image, Link, Method, Page, RunData, RunMeta

Outcome = Literal["passes", "gaps", "undecided"]
WANTED: Mapping[Outcome, Status] = {"passes": Status.PASS, "gaps": Status.GAP, "undecided": Status.UNDECIDED}

HOME = "https://www.example.go.th/"
CATALOG = "https://catalog.example.go.th/"
AGENCY = "องค์การบริหารส่วนตำบลตัวอย่าง"


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CaseAgency(_File):
    """The agency of a case."""

    name: str = AGENCY
    type: AgencyType = AgencyType.LOCAL


class CaseDataSet(_File):
    """A data set of a case, as the data catalogue of its agency shows it; `cause` is why it could not be looked at (``http_404``
    where there is none of that name). `modified` is the day of its last change, the case's own when left out."""

    title: str
    organization: str = ""
    licence: str = "cc-by"
    modified: dt.date | None = None
    resources: int = 1
    private: bool = False
    cause: str | None = None


class Case(_File):
    """One case as written. `as_of` is the last day of the rule set's window when left out.

    `media` is a web page, a file with text, or a scan: a file of pictures in which the text was recognised. `catalog` are the
    agency's data sets in a data catalogue, where the case has one.
    """

    name: str
    page: str = ""
    agency: CaseAgency = CaseAgency()
    as_of: dt.date | None = None
    link: str = ""
    linked: bool = True
    cause: str | None = None
    media: Literal["page", "document", "scan"] = "page"
    answered: bool = True
    catalog: tuple[CaseDataSet, ...] = ()
    expect: dict[str, Status] = Field(default_factory=dict)


class CasesFile(_File):
    """`Onn-concept.cases.yaml` as written.

    What the item inherits brings its cases along, their years moved to this form: those of the outcomes in `inherit` but for
    those named in `drop`. `moved_by` moves their years further, for an item that asks for another year's data.
    """

    item: str
    inherit: tuple[Outcome, ...] = ("passes", "gaps", "undecided")
    drop: tuple[str, ...] = ()
    moved_by: int = 0
    passes: tuple[Case, ...] = ()
    gaps: tuple[Case, ...] = ()
    undecided: tuple[Case, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacedCase:
    """A case and where it stands. `beside` is evidence of the item's other concepts, which a merged item asks for too."""

    item: str
    outcome: Outcome
    case: Case
    file: str
    line: int
    beside: tuple[Case, ...] = ()


def mini_run(ruleset: RuleSet, placed: PlacedCase, day: dt.date) -> RunData:
    """The run that a case stands for."""
    case = placed.case
    item = ruleset.item(placed.item)
    words = item.name.th if item else placed.item
    time = f"{day.isoformat()}T09:00:00+07:00"
    run = RunData(
        RunMeta(
            start_url=HOME,
            agency_name=case.agency.name,
            agency_type=case.agency.type.value,
            ruleset=ruleset.id,
            as_of=day.isoformat(),
            started=time,
            finished=time,
            has_answers=case.answered,
        )
    )
    urls: list[str] = []
    shown: list[tuple[str, str]] = []
    for number, part in enumerate((case, *placed.beside)):
        stem = "evidence" if number == 0 else f"evidence-{'abcdefgh'[number]}"
        found = _evidence(run, part, part.link or words, time, stem)
        urls += found
        shown += [(url, part.link or words) for url in found if part.linked]
    _main_page(run, case, shown, time)
    _catalogue(run, placed.item, case, time)
    if case.answered:
        run.answers = (Answer(item=placed.item, urls=tuple(urls), has=True),)
    run.meta = replace(run.meta, requests=len(run.exchanges))
    return run


def _evidence(run: RunData, case: Case, words: str, time: str, stem: str) -> list[str]:
    """Puts the case's evidence into the run: one document of several pages, or several HTML pages. Its addresses."""
    pages = parse_pages(case.page)
    if case.cause is not None:
        url = urljoin(HOME, f"{stem}.pdf" if case.media != "page" else f"{stem}-1")
        status = int(case.cause[5:]) if case.cause.startswith("http_") and case.cause[5:].isdigit() else None
        key = url_key(url)
        run.exchanges[key] = Exchange(
            key, url, final_url=url, final_key=key, status=status, cause=case.cause, fetched_at=time, depth=1, attempts=2
        )
        return [url]
    if case.media != "page":
        url = urljoin(HOME, f"{stem}.pdf")
        method: Method = "ocr" if case.media == "scan" else "text-layer"
        built = tuple(Page(n, tuple(p.blocks), method=method, images=tuple(p.images)) for n, p in enumerate(pages, start=1))
        _put(run, url, Document(_sha(case.page), "application/pdf", title="", pages=built, readers=("case/1",)), time)
        return [url]
    urls = []
    for number, page in enumerate(pages, start=1):
        url = urljoin(HOME, f"{stem}-{number}")
        frame = Block("text", case.agency.name, zone="header")
        images = tuple(replace(i, before=i.before + 1) for i in page.images)
        forms = tuple(replace(f, before=f.before + 1) for f in page.forms)
        document = Document(
            _sha(f"{number}\n{case.page}"),
            "text/html",
            title=page.title or words,
            pages=(Page(1, (frame, *page.blocks), method="html", images=images),),
            readers=("case/1",),
            forms=forms,
            embeds=tuple(page.embeds),
        )
        _put(run, url, document, time, page.headings)
        key = url_key(url)
        links = [Link(key, url_key(HOME), HOME, text="หน้าแรก", zone="nav", order=0)]
        for order, link in enumerate(page.links, start=1):
            target = urljoin(url, link.url) if link.url and not link.url.startswith("#") else ""
            links.append(Link(key, url_key(target), target, text=link.text, heading=link.heading, order=order))
            _linked_page(run, target, link.text, time)
        for order, address in enumerate(page.embeds, start=len(links)):
            target = urljoin(url, address)
            links.append(Link(key, url_key(target), target, kind="iframe", order=order))
        run.links[key] = tuple(links)
        _photos(run, url, page.images, time)
        urls.append(url)
    return urls


def _catalogue(run: RunData, item: str, case: Case, time: str) -> None:
    """Puts what a catalogue answers on the case's data sets into the run, and that they were named for the item."""
    if not case.catalog:
        return
    catalog = Catalog(CATALOG, tuple((item, f"data-set-{n}") for n, _ in enumerate(case.catalog, start=1)))
    run.meta = replace(run.meta, settings={SETTING: catalog.as_text()})
    for (_, name), shown in zip(catalog.datasets, case.catalog, strict=True):
        url = catalog.address(name)
        key = url_key(url)
        if shown.cause is not None:
            status = int(shown.cause[5:]) if shown.cause.startswith("http_") and shown.cause[5:].isdigit() else None
            run.exchanges[key] = Exchange(
                key, url, url, key, status, "application/json", cause=shown.cause, fetched_at=time, attempts=2
            )
            continue
        answer = {
            "name": name,
            "title": shown.title,
            "state": "active",
            "private": shown.private,
            "license_id": shown.licence,
            "metadata_modified": f"{shown.modified or time[:10]}T02:00:00.000000",
            "organization": {"title": shown.organization or case.agency.name},
            "resources": [{"name": shown.title, "format": "CSV"}] * shown.resources,
        }
        told = rows({"success": True, "result": answer})
        blocks = tuple(Block("row", f"{field} | {value}", (field, value)) for field, value in told)
        page = Page(1, blocks, method="text")
        document = Document(_sha(str(told)), "application/json", pages=(page,), readers=("case/1",), facts={FACT: SHOWN})
        _put(run, url, document, time)


def _photos(run: RunData, url: str, images: Sequence[Image], time: str) -> None:
    """The pictures of a page, as photos in which no text was found; those in a folder ``scan`` are left unread."""
    for image in images:
        if image.url.startswith("scan/"):
            continue
        at = urljoin(url, image.url)
        seen = Page(1, method="ocr", images=(replace(image, width=1000, height=800),))
        _put(run, at, Document(_sha(at), "image/jpeg", pages=(seen,), readers=("case/1",)), time, depth=2)


def _linked_page(run: RunData, url: str, words: str, time: str) -> None:
    """A page of the same site that evidence links to: it exists, and says no more than its title."""
    key = url_key(url)
    if not key or key in run.exchanges or host_of(url) != host_of(HOME):
        return
    blocks = (Block("heading", words, level=1),)
    page = Page(1, blocks, method="html")
    _put(run, url, Document(_sha(url), "text/html", title=words, pages=(page,), readers=("case/1",)), time, (words,), depth=2)


def _main_page(run: RunData, case: Case, shown: list[tuple[str, str]], time: str) -> None:
    """The main page, with a link of some words to each address."""
    key = url_key(HOME)
    blocks = [Block("heading", case.agency.name, level=1)]
    links = []
    for order, (url, words) in enumerate(shown):
        blocks.append(Block("item", words))
        links.append(Link(key, url_key(url), url, text=words, row=words, order=order))
    page = Page(1, tuple(blocks), method="html")
    document = Document(_sha(HOME), "text/html", title=case.agency.name, pages=(page,), readers=("case/1",))
    _put(run, HOME, document, time, (case.agency.name,), depth=0)
    run.links[key] = tuple(links)


def _put(run: RunData, url: str, document: Document, time: str, headings: tuple[str, ...] = (), depth: int = 1) -> None:
    key = url_key(url)
    run.documents[document.sha256] = document
    run.exchanges[key] = Exchange(
        key,
        url,
        final_url=url,
        final_key=key,
        status=200,
        media_type=document.media_type,
        sha256=document.sha256,
        size=1000,
        fetched_at=time,
        depth=depth,
        title=document.title,
        headings=headings,
    )


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
