"""What the rules would like gathered next: a pure function of the run so far, asked again until nothing is wanted.

What answers name and what that leads to, pages by how they smell of the form and of its items, files only where an item may
need them, text only of what was located as evidence. The command line joins this with the crawler's own wish to see every
page of the site (a missing link is only a gap when the whole site was seen), which also knows traps.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from ita_rules.locate import Located, Locator, Piece, SiteView
from ita_rules.locate.expand import is_scan
from ita_rules.locate.site import FILE_SUFFIXES, PICTURE_SUFFIXES, viewer_target
from ita_rules.locate.titles import WEAK, code_in
from ita_rules.rulesets.types import RuleSet
from ita_rules.run.keys import url_key
from ita_rules.run.services import is_shared_file, is_short
from ita_rules.run.types import Link, RunData, Want

_SMELL = re.compile(r"\bita\b|ita[-_ ]?25|\boit\b|คุณธรรมและความโปร่งใส|เปิดเผยข้อมูลสาธารณะ|ประเมินคุณธรรม", re.IGNORECASE)
_MEDIA_SUFFIXES = (*PICTURE_SUFFIXES, ".css", ".js", ".mp4", ".mp3", ".avi", ".wmv", ".ico", ".svg", ".woff", ".woff2", ".exe")
_READABLE = (
    "html", "pdf", "word", "excel", "sheet", "csv", "text/plain", "octet-stream", "download", "opendocument", "ms-", "powerpoint",
    "presentation", "rtf", "multipart/related", "zip", "rar", "x-7z", "x-ole", "image/",
)  # fmt: skip
"""Parts of the media types that are worth a reader's look; of some it only says why nothing can be read."""


def wants(run: RunData, ruleset: RuleSet) -> list[Want]:
    """What to fetch and read next, best first."""
    site = SiteView(run)
    start = url_key(run.meta.start_url)
    if start not in run.exchanges:
        return [Want("fetch", start, run.meta.start_url, 1000.0, "main page", evidence=True)]
    locator = Locator(site, ruleset)
    found: dict[tuple[str, str], Want] = {}

    def add(want: Want) -> None:
        at = (want.kind, want.key)
        if at not in found or want.priority > found[at].priority:
            found[at] = want

    for answer in run.answers:
        for url in answer.urls:
            key = url_key(url)
            if key and key not in run.exchanges:
                add(Want("fetch", key, url, 900.0, f"answer {answer.item}", evidence=True))
            target = viewer_target(url)
            if target and url_key(target) not in run.exchanges:
                add(Want("fetch", url_key(target), target, 890.0, f"viewer {answer.item}", evidence=True))
    for link in locator.distinct_links:
        if link.target not in run.exchanges:
            _link(site, locator, link, ruleset, add)
    waiting = any(w.kind == "fetch" for w in found.values())
    for item in (part for whole in ruleset.items for part in ruleset.parts(whole)):
        located = locator.locate(item)
        for piece, priority in _pieces(located, waiting):
            _piece(run, piece, priority, item.id, add)
    return sorted(found.values(), key=lambda w: (-w.priority, w.kind, w.key))


def _link(site: SiteView, locator: Locator, link: Link, ruleset: RuleSet, add: Callable[[Want], None]) -> None:
    path = urlsplit(link.url).path.lower()
    if link.kind in ("img", "form") or (path.endswith(_MEDIA_SUFFIXES) and not is_scan(link)):
        return
    scores = locator.titles.link_scores(link)
    score = max(scores.values(), default=0.0)
    words = f"{link.text} {link.heading} {link.url}"
    smell = 50.0 if _SMELL.search(words) else 0.0
    if str(ruleset.fiscal_year) in words or str(ruleset.fiscal_year - 543) in words:
        smell += 10.0
    coded = any(code_in(c) is not None for c in (link.text, *link.cells))
    from_ita = locator.lists_year(link) and not site.is_frame_link(link)
    if path.endswith((*FILE_SUFFIXES, *PICTURE_SUFFIXES)) or is_shared_file(link.url):
        if from_ita or ((score >= WEAK or coded) and not locator.of_other_year(link)):
            add(Want("fetch", link.target, link.url, 300 + 100 * score + smell, "file", evidence=score >= WEAK or from_ita))
    elif site.own_host(link.url):
        add(Want("fetch", link.target, link.url, 100 + 100 * score + smell + 20 * coded, "page", evidence=from_ita))
    elif (from_ita and coded) or (is_short(link.url) and (score >= WEAK or coded)):
        add(Want("fetch", link.target, link.url, 250.0, "external evidence", evidence=True))


def _pieces(located: Located, waiting: bool) -> list[tuple[Piece, float]]:
    """The pieces worth having now: while the crawl goes on only those of answers and of ITA pages."""
    found = []
    for rank, candidate in enumerate(located.candidates):
        sure = located.state == "given" or candidate.score >= 1.0
        if sure or not waiting:
            found += [(p, 700.0 - 10 * rank) for p in candidate.pieces]
    return found


def _piece(run: RunData, piece: Piece, priority: float, item: str, add: Callable[[Want], None]) -> None:
    exchange = run.exchanges.get(piece.key)
    if exchange is None or (exchange.cause and exchange.attempts < 2):
        if piece.key:  # what failed is named again, so that it is seen a second time before anything is held against anyone
            add(Want("fetch", piece.key, piece.url, priority, f"evidence {item}", evidence=True))
    elif exchange.sha256 and not exchange.cause:
        document = run.documents.get(exchange.sha256)
        media = exchange.media_type.lower()
        if document is None and (not media or any(m in media for m in _READABLE)):
            add(Want("read", piece.key, piece.url, priority + 1, f"evidence {item}"))
        elif document is not None and any(page.cause == "no_ocr" for page in document.pages):
            add(Want("ocr", piece.key, piece.url, priority, f"pictures {item}", evidence=True))
