"""What the rules would like gathered next: a pure function of the run so far, asked again until nothing is wanted.

What answers name and what that leads to, pages by how they smell of the form and of its items, files only where an item may
need them, text only of what was located as evidence. The command line joins this with the crawler's own wish to see every
page of the site (a missing link is only a gap when the whole site was seen), which also knows traps.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from ita_rules.apart import papers_apart
from ita_rules.checks.interface import is_loading
from ita_rules.locate import Located, Locator, Piece, SiteView, Titles
from ita_rules.locate.expand import is_scan
from ita_rules.locate.site import FILE_SUFFIXES, PICTURE_SUFFIXES, SHOWN, viewer_target
from ita_rules.locate.titles import WEAK
from ita_rules.model import AgencyType
from ita_rules.rulesets.types import Item, RuleSet
from ita_rules.run.catalog import catalog_of
from ita_rules.run.keys import url_key
from ita_rules.run.services import is_shared_file, is_short
from ita_rules.run.types import Link, RunData, Want
from ita_rules.sisters import beside
from ita_rules.thai.codes import code_in

_NAME = "wants"
_SMELL = re.compile(r"\bita\b|ita[-_ ]?25|\boit\b|คุณธรรมและความโปร่งใส|เปิดเผยข้อมูลสาธารณะ|ประเมินคุณธรรม", re.IGNORECASE)
_OF_THE_FORM, _LISTS = 50.0, 600.0
_OF_CATALOG = 880.0
_PAPERS, _ELSEWHERE = 50.0, 60.0
_MOST_LINES = 2 * 1024**2  # bytes, about: here texts are only counted, one after the other
_MEDIA_SUFFIXES = (*PICTURE_SUFFIXES, ".css", ".js", ".mp4", ".mp3", ".avi", ".wmv", ".ico", ".svg", ".woff", ".woff2", ".exe")
_READABLE = (
    "html", "pdf", "word", "excel", "sheet", "csv", "text/plain", "octet-stream", "download", "opendocument", "ms-", "powerpoint",
    "presentation", "rtf", "multipart/related", "zip", "rar", "x-7z", "x-ole", "image/",
)  # fmt: skip
"""Parts of the media types that are worth a reader's look; of some it only says why nothing can be read."""


def wants(run: RunData, ruleset: RuleSet) -> list[Want]:
    """What to fetch and read next, best first."""
    site = SiteView(run, most_lines=_MOST_LINES)
    start = url_key(run.meta.start_url)
    if start not in run.exchanges:
        return [Want("fetch", start, run.meta.start_url, 1000.0, "main page", evidence=True)]
    locator = Locator(site, ruleset, counts_unread=False)
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
    for want in _of_catalog(run, ruleset):
        add(want)
    for want in _pending(run, locator).wants(site, locator):
        add(want)
    waiting = any(w.kind == "fetch" for w in found.values())
    is_open = False
    for parts in (ruleset.parts(whole) for whole in ruleset.items):
        looked = [(item, locator.locate(item)) for item in parts]
        for item, located in looked:
            is_open = is_open or locator.is_open(located)
            for piece, priority in _pieces(located, waiting):
                _piece(run, piece, priority, item.id, add)
                if not waiting and _is_unseen(site, piece):
                    add(Want("render", piece.key, piece.url, priority, f"evidence {item.id}", evidence=True))
        for item, piece in () if waiting else _elsewhere(site, locator, looked):
            _piece(run, piece, _ELSEWHERE, item.id, add)
    if is_open and not waiting:
        for link in locator.unclaimed:
            _paper(run, link, add)
    return sorted(found.values(), key=lambda w: (-w.priority, w.kind, w.key))


def _of_catalog(run: RunData, ruleset: RuleSet) -> Iterator[Want]:
    """What the data catalogue says of the data sets named for items of which the form asks it; each is read once it is there."""
    catalog = catalog_of(run.meta)
    asked = ruleset.catalogued(AgencyType(run.meta.agency_type)) if catalog else ()
    if catalog is None or not asked:
        return
    for name in dict.fromkeys(name for item in asked for name, _ in catalog.of_item(item)):
        url = catalog.address(name)
        key = url_key(url)
        found = run.exchanges.get(key)
        if found is None or (found.cause and found.attempts < 2):
            yield Want("fetch", key, url, _OF_CATALOG, f"data set {name}", evidence=True)
        elif not found.cause and found.sha256 and found.sha256 not in run.documents and "html" not in found.media_type:
            yield Want("read", key, url, _OF_CATALOG + 1, f"data set {name}")


class _Pending:
    """The links that lead to what was not asked yet and may be worth it, with what can be said of them whatever else is found.

    Of a link on a page that may be a list of the form (its number among the distinct links, the link, what is wanted of it as it
    stands, and what is where that is an ITA page of the year) all is kept; of the others only the best of each address.
    """

    def __init__(self, site: SiteView, titles: Titles) -> None:
        self.memory, self.titles = site.memory, titles
        self._taken = 0
        self._on_lists: list[tuple[int, Link, Want | None, Want | None]] = []
        self._best: dict[str, tuple[int, Want]] = {}

    def wants(self, site: SiteView, locator: Locator) -> Iterator[Want]:
        """What is wanted of the links, in their order."""
        self._take_in(site, locator)
        chosen = list(self._best.values())
        for number, link, plain, listed in self._on_lists:
            want = listed if listed and locator.lists_year(link) and not site.is_frame_link(link) else plain
            if want is not None:
                chosen.append((number, want))
        chosen.sort(key=lambda pair: pair[0])
        return (want for _, want in chosen)

    def _take_in(self, site: SiteView, locator: Locator) -> None:
        """Rate the links that are new, and let go of those whose address was asked."""
        asked = site.run.exchanges
        survey = self.memory.survey(self.titles)
        lists = frozenset(survey.lists)
        self._on_lists = [entry for entry in self._on_lists if entry[1].target not in asked]
        self._best = {key: found for key, found in self._best.items() if key not in asked}
        new = zip(self.memory.distinct_since(self._taken), survey.best[self._taken :], strict=True)
        for number, (link, score) in enumerate(new, self._taken):
            if link.target in asked:
                continue
            plain, listed = _rate(site, locator, link, score)
            if link.source in lists:
                if plain or listed:
                    self._on_lists.append((number, link, plain, listed))
            elif plain and (link.target not in self._best or plain.priority > self._best[link.target][1].priority):
                self._best[link.target] = number, plain
        self._taken = self.memory.distinct


def _pending(run: RunData, locator: Locator) -> _Pending:
    pending = run.derived.get(_NAME)
    if not isinstance(pending, _Pending) or pending.memory is not locator.site.memory or pending.titles is not locator.titles:
        pending = run.derived[_NAME] = _Pending(locator.site, locator.titles)
    return pending


def _rate(site: SiteView, locator: Locator, link: Link, score: float) -> tuple[Want | None, Want | None]:
    """What is wanted of a link that names an item so well (0-1): as it stands, and where it stands on an ITA page of the year."""
    path = urlsplit(link.url).path.lower()
    if link.kind in ("img", "form") or (path.endswith(_MEDIA_SUFFIXES) and not is_scan(link)):
        return None, None
    year = locator.ruleset.fiscal_year
    words = f"{link.text} {link.heading} {link.url}"
    smell = _OF_THE_FORM if _SMELL.search(words) else 0.0
    if str(year) in words or str(year - 543) in words:
        smell += 10.0
    coded = any(code_in(c) is not None for c in (link.text, *link.cells))
    if path.endswith((*FILE_SUFFIXES, *PICTURE_SUFFIXES)) or is_shared_file(link.url):
        listed = Want("fetch", link.target, link.url, 300 + 100 * score + smell, "file", evidence=True)
        named = (score >= WEAK or coded) and not locator.of_other_year(link)
        return replace(listed, evidence=score >= WEAK) if named else None, listed
    if site.own_host(link.url):
        # A list of the form leads to the evidence of every item: it comes before what a title alone may mean.
        first = _LISTS if smell >= _OF_THE_FORM else 0.0
        plain = Want("fetch", link.target, link.url, first + 100 + 100 * score + smell + 20 * coded, "page")
        return plain, replace(plain, evidence=True)
    elsewhere = Want("fetch", link.target, link.url, 250.0, "external evidence", evidence=True)
    short = is_short(link.url) and (score >= WEAK or coded)
    return elsewhere if short else None, elsewhere if short or coded else None


def _pieces(located: Located, waiting: bool) -> list[tuple[Piece, float]]:
    """The pieces worth having now: while the crawl goes on only those of answers and of ITA pages."""
    found = []
    for rank, candidate in enumerate(located.candidates):
        sure = located.state == "given" or candidate.score >= 1.0
        if sure or not waiting:
            found += [(p, 700.0 - 10 * rank) for p in candidate.pieces]
    return found


def _elsewhere(site: SiteView, locator: Locator, looked: Sequence[tuple[Item, Located]]) -> Iterator[tuple[Item, Piece]]:
    """What stands elsewhere and may be an item's: papers that name what it asks for, and for a part of a merged item that was not
    located what lies in the menu beside the evidence of the others. `looked` are the parts of one item."""
    found = [(item, located.candidates[0]) for item, located in looked if located.state == "found" and located.candidates]
    for item, chosen in found:
        yield from ((item, piece) for piece in papers_apart(locator, item, chosen))
    for item, located in looked:
        if located.state == "none":
            yield from ((item, p) for _, chosen in found for c in beside(site, locator, item, chosen) for p in c.pieces)


def _is_unseen(site: SiteView, piece: Piece) -> bool:
    """Whether a page shows what it has in a browser only, and none has shown it yet; the viewer of a file shows the file."""
    exchange = site.exchange(piece.key)
    if exchange is None or exchange.rendered or (exchange.cause and exchange.attempts > 1):
        return False
    if viewer_target(piece.url) or any(link.kind in SHOWN for link in site.content_links(piece.key)):
        return False
    document = site.document(piece.key)
    return exchange.cause == "needs_javascript" or bool(not exchange.cause and document and is_loading(site, document))


def _paper(run: RunData, link: Link, add: Callable[[Want], None]) -> None:
    """What is wanted of a paper that no item claims: to be had once, and its text."""
    exchange = run.exchanges.get(link.target)
    if exchange is None:
        add(Want("fetch", link.target, link.url, _PAPERS, "paper"))
        return
    media = exchange.media_type.lower()
    is_paper = bool(exchange.sha256) and not exchange.cause and "html" not in media and any(m in media for m in _READABLE)
    if is_paper and exchange.sha256 not in run.documents:
        add(Want("read", link.target, link.url, _PAPERS, "paper"))


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
        elif document is not None and "no_ocr" in document.causes:
            add(Want("ocr", piece.key, piece.url, priority, f"pictures {item}", evidence=True))
