"""Mini sites, documents and rule sets in a line or two.

A page's text is the little mark-up of cases (`ita_rules.rulesets.casepages`): headings, rows, items, pictures, forms, links.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin

from ita_rules.checks import Context, Observation, observe
from ita_rules.locate import Candidate, Located, Locator, Piece, SiteView, Titles
from ita_rules.locate.expand import piece
from ita_rules.locate.lines import Lines, prepare
from ita_rules.model import AgencyType, LocatedBy, Severity
from ita_rules.rulesets.casepages import parse_pages
from ita_rules.rulesets.types import Check, Component, Concept, Indicator, Item, RuleSet, SubIndicator, Window, Words
from ita_rules.run.keys import url_key
from ita_rules.run.types import Answer, Block, Document, Exchange, Link, Page, RunData, RunMeta

HOME = "https://www.example.go.th/"
AGENCY = "องค์การบริหารส่วนตำบลไผ่เขียว"
DAY = dt.date(2023, 4, 30)
REPORT = "รายงานผลการดำเนินงานประจำปี"


def words(text: str) -> Words:
    """The same in both languages."""
    return Words(th=text, en=text)


def document(text: str, media: str = "application/pdf", **more: Any) -> Document:
    """A document of the mark-up; `more` overrides its fields, `page` (a mapping) those of every page."""
    method = "html" if media == "text/html" else "text-layer" if media == "application/pdf" else "office"
    of_page = {"method": method, **more.pop("page", {})}
    built = parse_pages(text)
    pages = tuple(Page(n, tuple(p.blocks), images=tuple(p.images), **of_page) for n, p in enumerate(built, start=1))
    sha = hashlib.sha256(f"{media} {text}".encode()).hexdigest()
    made = Document(
        sha,
        media,
        title=built[0].title if media == "text/html" else "",
        pages=pages,
        readers=("test/1",),
        forms=tuple(f for p in built for f in p.forms),
        embeds=tuple(e for p in built for e in p.embeds),
    )
    return replace(made, **more)


def lines(text: str, media: str = "application/pdf", **more: Any) -> Lines:
    """The prepared lines of a document."""
    return prepare(document(text, media, **more))


class Site:
    """A run being built. Addresses are paths below `home`, or whole addresses."""

    def __init__(self, home: str = HOME, agency: str = AGENCY, kind: str = "local", **meta: Any) -> None:
        self.data = RunData(
            RunMeta(start_url=home, agency_name=agency, agency_type=kind, started="2023-04-30T09:00:00+07:00", **meta)
        )
        self.home = home

    def url(self, path: str) -> str:
        """The whole address."""
        return urljoin(self.home, path)

    def key(self, path: str) -> str:
        """The address's key."""
        return url_key(self.url(path))

    def page(self, path: str, text: str = "", **more: Any) -> Site:
        """An HTML page; its ``[link: words -> url]`` lines become links, `more` fields of its exchange."""
        made = parse_pages(text)[0]
        self._put(path, document(text or f"# {path}", "text/html"), headings=made.headings, **more)
        for link in made.links:
            self.link(path, link.url, link.text, heading=link.heading)
        return self

    def file(
        self, path: str, text: str, media: str = "application/pdf", of: Mapping[str, Any] | None = None, **more: Any
    ) -> Site:
        """A file that was fetched and read; `of` overrides fields of its document."""
        return self._put(path, document(text, media, **(of or {})), **more)

    def fail(self, path: str, cause: str, **more: Any) -> Site:
        """An address that gave nothing."""
        key = self.key(path)
        more = {"attempts": 2, "final_url": self.url(path), "final_key": key, **more}
        self.data.exchanges[key] = Exchange(key, self.url(path), cause=cause, **more)
        return self

    def moved(self, path: str, to: str) -> Site:
        """An address that leads to another by a redirect."""
        there = self.data.exchanges[self.key(to)]
        key = self.key(path)
        self.data.exchanges[key] = replace(there, key=key, url=self.url(path), hops=((302, there.url),))
        return self

    def link(self, source: str, target: str, text: str = "", **more: Any) -> Site:
        """A link; ``""`` and ``#`` as target lead nowhere."""
        at = self.key(source)
        url = "" if not target or target.startswith(("#", "javascript:")) else urljoin(self.url(source), target)
        before = self.data.links.get(at, ())
        made = Link(at, url_key(url) if url else "", url, text=text, order=len(before), **more)
        self.data.links[at] = (*before, made)
        return self

    def row(self, source: str, *cells: str, to: str = "", text: str = "เปิด", **more: Any) -> Site:
        """A table row of a page with a link in it."""
        return self.link(source, to, text, row=" | ".join(cells), cells=cells, **more)

    def answer(self, item: str, *urls: str, has: bool | None = True, note: str = "") -> Site:
        """One row of the agency's answers."""
        self.data.answers += (Answer(item, tuple(self.url(u) for u in urls), has, note),)
        self.data.meta = replace(self.data.meta, has_answers=True)
        return self

    def meta(self, **more: Any) -> Site:
        """Other circumstances of the run."""
        self.data.meta = replace(self.data.meta, **more)
        return self

    def _put(self, path: str, made: Document, **more: Any) -> Site:
        key = self.key(path)
        self.data.documents[made.sha256] = made
        fields: dict[str, Any] = {
            "final_url": self.url(path),
            "final_key": key,
            "status": 200,
            "media_type": made.media_type,
            "sha256": made.sha256,
            "title": made.title,
            **more,
        }
        self.data.exchanges[key] = Exchange(key, self.url(path), **fields)
        if made.media_type == "text/html":
            self.data.links.setdefault(key, ())
        return self


# -------------------------------------------------------------------------------- rules


def component(name: str, *wordings: str, **more: Any) -> Component:
    """A component of the vocabulary."""
    return Component(id=name, name=words(name), wordings=wordings, fix=words(f"เพิ่ม {name}"), **more)


PROBLEMS = component(
    "problems",
    "ปัญหา อุปสรรค",
    "ปัญหาและอุปสรรค",
    "ปัญหา",
    look_alikes=("แก้ไขปัญหาความเดือดร้อน", "แก้ไขปัญหา"),
    zero=("ไม่มี",),
    zero_statements=("ไม่มีปัญหาและอุปสรรค",),
)
SUGGESTIONS = component("suggestions", "ข้อเสนอแนะ", zero=("ไม่มี",))
SPENDING = component("spending", "งบประมาณที่ใช้", "ผลการเบิกจ่าย", look_alikes=("แผนการเบิกจ่าย",), figures=("เบิกจ่ายแล้ว",))

TITLES: Mapping[str, tuple[str, ...]] = {
    "annual-report": (REPORT, "รายงานผลการปฏิบัติราชการประจำปี"),
    "structure": ("โครงสร้างหน่วยงาน",),
    "executives": ("ข้อมูลผู้บริหาร",),
    "duties": ("อำนาจหน้าที่",),
    "plan": ("แผนพัฒนาท้องถิ่น",),
    "contact": ("ข้อมูลการติดต่อ",),
    "laws": ("กฎหมายที่เกี่ยวข้อง",),
    "news": ("ข่าวประชาสัมพันธ์",),
    "qna": ("ถาม-ตอบ",),
    "social-network": ("เครือข่ายสังคมออนไลน์",),
    "procurement-monthly": ("สรุปผลการจัดซื้อจัดจ้างรายเดือน",),
}


def check(kind: str, key: str = "", item: str = "O13", **options: Any) -> Check:
    """A check; unknown words become options of its kind."""
    known = {n: options.pop(n) for n in list(options) if n in Check.model_fields}
    if kind == "component":
        known.setdefault("component", key)
    name = key or kind
    made = {"id": f"{item}.{name}", "key": name, "kind": kind, "concept": "annual-report", "options": options}
    return Check(**{**made, **known})


def item(item_id: str, concept: str, *checks: Check) -> Item:
    """An item of one concept."""
    return Item(
        id=item_id,
        concepts=(concept,),
        name=words(TITLES[concept][0]),
        indicator="9.1",
        titles={concept: TITLES[concept]},
        checks=checks,
    )


def rules(*items: Item, components: Iterable[Component] = (PROBLEMS, SUGGESTIONS, SPENDING), **more: Any) -> RuleSet:
    """A rule set of some items in one sub-indicator."""
    sub = SubIndicator(id="9.1", name=words("ข้อมูลพื้นฐาน"), items=tuple(i.id for i in items))
    fields: dict[str, Any] = {
        "id": "oit-2566",
        "version": "2566.test",
        "fiscal_year": 2566,
        "name": words("แบบวัด"),
        "window": Window(opens=dt.date(2023, 1, 1), closes=dt.date(2023, 12, 31)),
        "indicators": (Indicator(id="9", name=words("เก้า"), subs=(sub,)),),
        "items": items,
        "components": {c.id: c for c in components},
        "concepts": {c: Concept(id=c, name=words(t[0]), titles=t, fix=words("เผยแพร่")) for c, t in TITLES.items()},
        "sources": {},
    }
    return RuleSet(**{**fields, **more})


ALL_ITEMS = tuple(item(f"O{n}", concept, check("answered", item=f"O{n}")) for n, concept in enumerate(TITLES, start=1))
"""One item for each concept of `TITLES`, O1 the annual report."""


# -------------------------------------------------------------------------------- looking


def locator(site: Site, ruleset: RuleSet) -> Locator:
    """The locator of a site."""
    return Locator(SiteView(site.data), ruleset)


def context(
    site: Site,
    *paths: str,
    ruleset: RuleSet | None = None,
    concept: str = "annual-report",
    checks: Iterable[Check] = (),
    located: Located | None = None,
    components: Iterable[Component] = (PROBLEMS, SUGGESTIONS, SPENDING),
    **more: Any,
) -> Context:
    """The context of one item whose candidate is made of these addresses (of what the locator finds, without any)."""
    one = item("O13", concept, *checks)
    ruleset = ruleset or rules(one, components=components)
    one = ruleset.item("O13") or ruleset.items[0]
    view = SiteView(site.data)
    titles = Titles(ruleset)
    candidate: Candidate | None = None
    if paths:
        pieces: tuple[Piece, ...] = tuple(piece(view, site.key(p) if p else "", site.url(p) if p else "") for p in paths)
        candidate = Candidate(pieces, LocatedBy.ANSWER)
        located = located or Located("given", (candidate,))
    else:
        located = located or Locator(view, ruleset).locate(one)
        candidate = located.candidates[0] if located.candidates else None
    meta = site.data.meta
    fields: dict[str, Any] = {"as_of": DAY, "agency_name": meta.agency_name, "agency_type": AgencyType(meta.agency_type)}
    fields |= more
    return Context(site=view, titles=titles, ruleset=ruleset, item=one, located=located, candidate=candidate, **fields)


def look(text: str, asked: Check, *, media: str = "application/pdf", name: str = "evidence.pdf", **more: Any) -> Observation:
    """What a check sees in one file (or page) at `name`."""
    site = Site().page("/").link("/", name, REPORT)
    site = site.page(name, text) if media == "text/html" else site.file(name, text, media, of=more.pop("of", None))
    return observe(context(site, name, checks=more.pop("checks", (asked,)), **more), asked)


def block(text: str, **more: Any) -> Block:
    """A paragraph."""
    return Block("text", text, **more)


ADVICE = Severity.ADVICE
