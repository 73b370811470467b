"""What to fetch next when nobody says better: every page and file of the site that a link leads to, best first.

A pure function of the run. The rules have wants of their own and put them before these.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from crawlers.traps import Traps
from crawlers.urls import Scope
from ita_rules.run.keys import url_key
from ita_rules.run.types import Link, RunData, Want

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
_BY_PLACE = {"main": 6.0, "nav": 4.0, "header": 2.0, "footer": 0.0}


@lru_cache(maxsize=65536)
def smell(text: str) -> float:
    """How much a text (a link's words, an address) smells of evidence; higher is better, 0 is neutral."""
    return sum(weight for pattern, weight in _SMELLS if pattern.search(text))


@lru_cache(maxsize=65536)
def _place_smell(url: str) -> float:
    parts = urlsplit(url)
    return smell(unquote(f"{parts.path}?{parts.query}")) / 2


def scope_of(run: RunData) -> Scope:
    """What belongs to the run's site: its start address, where that address led to, and the agency's further hosts."""
    urls = [run.meta.start_url]
    for key in (run.meta.settings.get("main", ""), url_key(run.meta.start_url)):
        main = run.exchanges.get(key)
        if main is not None and main.final_url:
            urls.append(main.final_url)
    return Scope(urls, run.meta.settings.get("hosts", "").split())


def default_wants(run: RunData) -> list[Want]:
    """The addresses in the answers, then every one of the site that some page links; those not asked yet, best first.

    Endless parts (calendars, lists to leaf through, links that lead into themselves) are cut off after some pages.
    """
    start = url_key(run.meta.start_url)
    if not run.exchanges:
        return [Want("fetch", start, run.meta.start_url, 1000.0, "start", evidence=True)] if start else []
    done = set(run.exchanges)
    traps = Traps()
    for exchange in run.exchanges.values():
        done.add(exchange.final_key)
        is_own = exchange.final_key == exchange.key and "html" in exchange.media_type
        traps.count(exchange.url, exchange.sha256 if is_own else None)
    best: dict[str, tuple[float, Link]] = {}
    for source in sorted(run.links):
        traps.learn(link.url for link in run.links[source])
        for link in run.links[source]:
            if not link.target or link.target in done:
                continue
            worth = smell(link.text) + smell(link.row) / 2 + smell(link.heading) / 4 + _BY_PLACE[link.zone]
            known = best.get(link.target)
            if known is None or worth > known[0]:
                best[link.target] = (worth, link)
    answered = {url_key(url): url for answer in run.answers for url in answer.urls}
    wants = [
        Want("fetch", key, url, 900.0, "answered", evidence=True)
        for key, url in sorted(answered.items())
        if key and key not in done
    ]
    scope = scope_of(run)
    ranked = sorted(
        ((worth + _place_smell(link.url), key, link.url) for key, (worth, link) in best.items()), key=lambda w: (-w[0], w[1])
    )
    return wants + [
        Want("fetch", key, url, worth, "linked")
        for worth, key, url in ranked
        if key not in answered and scope.covers(url) and not _IDLE.search(urlsplit(url).path) and traps.admits(url)
    ]
