"""What to fetch next when nobody says better: every page and file of the site that a link leads to, best first.

A pure function of the run. The rules have wants of their own and put them before these.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

from crawlers.shapes import shape_of
from crawlers.traps import Traps
from crawlers.urls import Scope
from ita_rules.run.keys import url_key
from ita_rules.run.links import Stem, stems_of
from ita_rules.run.types import Bound, Exchange, Link, RunData, Want

_SMELLS: tuple[tuple[re.Pattern[str], float], ...] = (
    (re.compile(r"(?i)\bita\b|\boit\b|(?<![a-z])ita[\s_-]?(?:25)?\d\d|คุณธรรมและความโปร่งใส|เปิดเผยข้อมูลสาธารณะ"), 60.0),
    (re.compile(r"(?i)(?<![a-z0-9])[o0๐][\s.-]?\d{1,2}(?!\d)"), 30.0),
    (re.compile(r"ปีงบประมาณ|พ\.?\s?ศ\.?\s*[2๒][5๕]|(?<!\d)256\d(?!\d)|๒๕๖"), 12.0),
    (re.compile(r"(?i)ทุจริต|จริยธรรม|ร้องเรียน|จัดซื้อ|จัดจ้าง|พัสดุ|งบประมาณ|แผน|รายงาน|คู่มือ|สถิติ|no gift|มีส่วนร่วม|e-?service"), 10.0),
    (re.compile(r"(?i)โครงสร้าง|ผู้บริหาร|อำนาจหน้าที่|ติดต่อ|กฎหมาย|ถาม|q&a|ข้อมูลส่วนบุคคล|บุคคล|บริการ"), 8.0),
    (re.compile(r"(?i)ดาวน์โหลด|เอกสาร|\.pdf|\.docx?|\.xlsx?|ผังเว็บ|แผนผังเว็บไซต์|site ?map"), 4.0),
    (re.compile(r"(?i)ปฏิทิน|calendar|กระดาน|webboard|forum|สมุดเยี่ยม|guestbook|แกลเลอ|gallery|album|ภาพกิจกรรม|tag/|/tags?/"), -25.0),
)
# Nothing in these is text, and films are large.
_IDLE = re.compile(r"(?i)\.(?:css|js|mjs|json|ico|svg|woff2?|ttf|eot|mp3|mp4|m4v|avi|mov|wmv|flv|webm|exe|msi|apk|iso|dmg|swf)$")
_PASSING = frozenset({"timeout", "reset", "refused", "dns", "tls", "too_large", "blocked", "budget", "internal_error"})
"""Causes beside a server's own (5xx) under which what came is not what lies there: another moment may show it."""

_NAME = "crawlers.frontier"
_MOST_KNOWN = 2048  # links known again at once, held in memory for that
_BY_PLACE = {"main": 6.0, "nav": 4.0, "header": 2.0, "footer": 0.0}


@lru_cache(maxsize=4096)
def smell(text: str) -> float:
    """How much a text (a link's words, an address) smells of evidence; higher is better, 0 is neutral."""
    return sum(weight for pattern, weight in _SMELLS if pattern.search(text))


@lru_cache(maxsize=4096)
def _place_smell(url: str) -> float:
    parts = urlsplit(url)
    return smell(unquote(f"{parts.path}?{parts.query}")) / 2


def _site_urls(run: RunData) -> tuple[str, ...]:
    """What tells what belongs to the run's site: its start address, where that address led to, and the agency's further hosts."""
    urls = [run.meta.start_url]
    for key in (run.meta.settings.get("main", ""), url_key(run.meta.start_url)):
        main = run.exchanges.get(key)
        if main is not None and main.final_url:
            urls.append(main.final_url)
    hosts = run.meta.settings.get("hosts", "").split()
    return (*urls, *(f"{scheme}://{host}/" for host in hosts for scheme in ("http", "https")))


def body_of(found: Exchange) -> str | None:
    """The body that tells what lies at an address: that of the page which it gave itself. None for a file or a redirect, and
    where a bad moment of the server or the line cut the answer short or put another in its place."""
    cause = found.cause or ""
    passing = cause in _PASSING or cause.startswith("http_5")
    return found.sha256 if found.final_key == found.key and "html" in found.media_type and not passing else None


def scope_of(run: RunData) -> Scope:
    """What belongs to the run's site."""
    return Scope(_site_urls(run))


_Entry: TypeAlias = tuple[float, str, Want]
"""What waits: its place (the best has the smallest), its key, what is wanted."""


class _Frontier:
    """What the pages seen so far lead to and nobody has asked yet. It only follows the run: a page's links are weighed once."""

    def __init__(self, urls: tuple[str, ...]) -> None:
        self.urls = urls
        self.traps = Traps()
        self._scope = Scope(urls)
        self._asked: dict[str, Exchange] = {}
        self.done: set[str] = set()
        self._pages: dict[str, Sequence[Link]] = {}
        self._seen: set[Stem] = set()
        self._unmarked: set[Stem] = set()
        self._waiting: dict[str, _Entry] = {}
        self._ranked: list[_Entry] = []

    def follow(self, run: RunData) -> bool:
        """Take in what is new in the run; false where something taken in before has changed."""
        for key, exchange in run.exchanges.items():
            known = self._asked.get(key)
            if known is exchange:
                continue
            if known is None:
                self.traps.count(exchange.url, body_of(exchange))
                self.done.update((key, exchange.final_key))
                self._waiting.pop(key, None)
                self._waiting.pop(exchange.final_key, None)
            elif (known.url, known.final_key, known.sha256) != (exchange.url, exchange.final_key, exchange.sha256):
                return False
            self._asked[key] = exchange
        for page, links in run.links.items():
            before = self._pages.get(page)
            if before is None:
                self._pages[page] = links
                self._weigh(links)
            elif before is not links:
                return False
        return len(self._asked) == len(run.exchanges) and len(self._pages) == len(run.links)

    def _weigh(self, links: Sequence[Link]) -> None:
        """Let each address that is new, or named better than before, wait in its place."""
        stems = stems_of(links)
        if len(self._unmarked) > _MOST_KNOWN:  # what is forgotten here is only weighed again, with the same end
            self._seen.clear()
            self._unmarked.clear()
        self.traps.learn(stem.url for stem in stems if stem not in self._unmarked)
        for stem in stems:
            key = stem.target
            if stem in self._seen:
                continue
            if stem not in self._unmarked and not shape_of(stem.url).marks:
                self._unmarked.add(stem)
            if not key or key in self.done:
                continue
            self._seen.add(stem)
            worth = (
                smell(stem.text) + smell(stem.row) / 2 + smell(stem.heading) / 4 + _BY_PLACE[stem.zone] + _place_smell(stem.url)
            )
            known = self._waiting.get(key)
            # Of two spellings named equally well always the same one is asked, whichever page came first.
            if known is not None and (known[0], known[2].url) <= (-worth, stem.url):
                continue
            if known is not None or (self._scope.covers(stem.url) and not _IDLE.search(urlsplit(stem.url).path)):
                entry = self._waiting[key] = (-worth, key, Want("fetch", key, stem.url, worth, "linked"))
                self._ranked.append(entry)

    def wants(self, answered: Collection[str]) -> tuple[list[Want], Traps]:
        """What waits, best first, but for what was answered; and the traps as they stand when all of it has been asked."""
        traps = self.traps.ahead()
        waiting = self._waiting
        ranked = self._ranked = [entry for entry in self._ranked if waiting.get(entry[1]) is entry]
        ranked.sort()  # what is new stands at the end of what was sorted before
        return [want for _, key, want in ranked if key not in answered and traps.admits(want.url)], traps


def _frontier_of(run: RunData) -> _Frontier:
    urls = _site_urls(run)
    frontier = run.derived.get(_NAME)
    if not isinstance(frontier, _Frontier) or frontier.urls != urls or not frontier.follow(run):
        frontier = run.derived[_NAME] = _Frontier(urls)
        frontier.follow(run)
    return frontier


def _answered(run: RunData) -> dict[str, str]:
    return {url_key(url): url for answer in run.answers for url in answer.urls}


def default_wants(run: RunData) -> list[Want]:
    """The addresses in the answers, then every one of the site that some page links; those not asked yet, best first.

    Endless parts (calendars, lists to leaf through, links that lead into themselves) are cut off after some pages. What follows
    from the pages is remembered with the run, so that asking again costs what is new.
    """
    start = url_key(run.meta.start_url)
    if not run.exchanges:
        return [Want("fetch", start, run.meta.start_url, 1000.0, "start", evidence=True)] if start else []
    answered, frontier = _answered(run), _frontier_of(run)
    wants = [
        Want("fetch", key, url, 900.0, "answered", evidence=True)
        for key, url in sorted(answered.items())
        if key and key not in frontier.done
    ]
    return wants + frontier.wants(answered)[0]


def bounds_of(run: RunData) -> tuple[Bound, ...]:
    """What of the site was cut off by the rules against traps."""
    return _frontier_of(run).wants(_answered(run))[1].bounds() if run.exchanges else ()
