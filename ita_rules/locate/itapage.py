"""ITA pages: pages that list the form's items with links. Their words are the form's, so they prove nothing themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from ita_rules.locate.site import SiteView, looks_like_file
from ita_rules.locate.survey import LEAST_OF_PART, LEAST_TITLES
from ita_rules.locate.titles import STRONG, Titles, link_code, years_in
from ita_rules.rulesets.types import Item, RuleSet
from ita_rules.run.graph import leading_to
from ita_rules.run.links import Stem, stems_of
from ita_rules.run.types import Link
from ita_rules.thai.fold import loose

_LEAST_CODES = 5
_LEAST_WORDS = 6  # letters of an entry's words that may name an item
_WORDS = 60  # letters of a link that names a list
_LIST = re.compile(r"(?i)(?<![a-z])(?:ita|oit)(?![a-z])|คุณธรรมและความโปร่งใส|เปิดเผยข้อมูลสาธารณะ")
_PART = re.compile(r"(?i)ตัวชี้วัด(?:ย่อย)?(?:ที่)?\s*(?:9|10)|\bOIT\b|\bITA\b|เปิดเผยข้อมูล")


@dataclass(frozen=True, slots=True)
class ItaPage:
    """A page that lists items. `years` are the fiscal years (B.E.) that its title, headings or address name."""

    key: str
    years: frozenset[int]
    codes: int


def ita_pages(site: SiteView, ruleset: RuleSet, titles: Titles) -> tuple[ItaPage, ...]:
    """Every ITA page of a run, those of the rule set's year first."""
    found = []
    for page in site.memory.survey(titles).lists:
        content = [stem for stem in stems_of(site.run.links[page]) if not site.is_frame_link(stem)]
        codes = {c for link in content if (c := link_code(link)) is not None}
        exchange = site.exchange(page)
        heads = (exchange.title, *exchange.headings[:3]) if exchange else ()
        if len(codes) < _LEAST_CODES and not (len(codes) >= LEAST_OF_PART and _is_part(heads, content, titles)):
            named = set().union(*(titles.items_named(link, STRONG) for link in content))
            if len(named) < LEAST_TITLES:
                continue
        sections = {link.section for link in content if link.section}
        years = years_in(*heads) or years_in(page.replace("-", " ").replace("/", " "))
        listed = years_in(*sections)
        years = years | listed if ruleset.fiscal_year in listed else years or listed or _years_above(site, page)
        found.append(ItaPage(page, frozenset(years), len(codes)))
    year = ruleset.fiscal_year
    return tuple(sorted(found, key=lambda p: (year not in p.years, bool(p.years), -p.codes, p.key)))


def strays(site: SiteView, pages: Sequence[str], ruleset: RuleSet, titles: Titles, least: float, *, listed: bool) -> int:
    """How many entries of some pages (keys) name no item by code, or by title at least so well: an item that was not located may
    stand there in words of the agency's own.

    On lists of the form (`listed`) every entry counts, elsewhere those that bear some likeness to an item. Entries of other
    years, and what leads back to the main page, are none.
    """
    home = site.final(site.start_key)
    numbers = {int(item.id.lstrip("Oo")) for item in ruleset.items}
    near = {ruleset.fiscal_year, ruleset.fiscal_year - 1}
    found: set[str] = set()
    for page in pages:
        for link in of_year(site.content_links(page), ruleset.fiscal_year):
            target = site.final(link.target)
            if link.zone != "main" or target == home or link_code(link) in numbers or target in found:
                continue
            years = years_in(link.text, link.heading)
            if (years and not years & near) or not (looks_like_file(link.url) or site.is_page(target)):
                continue
            words = " ".join((link.text, *link.cells)) if link.cells else f"{link.text} {link.row}"
            score = max(titles.link_scores(link).values(), default=0.0)
            if len(loose(words)) >= _LEAST_WORDS and (score > 0 or listed) and score < least:
                found.add(target)
    return len(found)


_LOOKED_AT = frozenset({None, "http_404", "http_410", "soft_404", "login", "empty_link", "external"})
"""Causes after which there is nothing left to look at."""


def unseen_lists(site: SiteView, ruleset: RuleSet) -> int:
    """How many pages that by address, title or links are lists of this year's form could not be looked at: any item may stand
    there, however small their share of the site. A list that the agency itself took away or closed is none of them."""
    unseen = {
        e.key: e
        for e in site.run.exchanges.values()
        if (e.cause not in _LOOKED_AT or e.holds_back) and site.own_host(e.url) and not looks_like_file(e.url)
    }
    if not unseen:
        return 0
    called: dict[str, set[str]] = {key: set() for key in unseen}
    for page in leading_to(site.run.links, unseen):
        for stem in stems_of(site.run.links[page]):
            if stem.target in unseen:
                called[stem.target].add(stem.text)
    count = 0
    for key, exchange in unseen.items():
        words = [exchange.title, *exchange.headings[:3], exchange.url, *called[key]]
        years = years_in(*words)
        count += any(_LIST.search(w) for w in words) and (not years or ruleset.fiscal_year in years)
    return count


def _is_part(heads: Sequence[str], content: Sequence[Stem], titles: Titles) -> bool:
    """Whether a page with a few codes lists a part of the form: its heads say so, and most of its links name items."""
    named = sum(link_code(link) is not None and bool(titles.link_scores(link)) for link in content)
    return any(_PART.search(h) for h in heads if h) and named >= LEAST_OF_PART and 2 * named >= len(content)


def _years_above(site: SiteView, page: str) -> set[int]:
    """The years (B.E.) that the way to a page names, nearest first: the words clicked, else what the pages passed (but for the
    main page, which speaks of everything) say of the form."""
    for link in site.way(page):
        passed = None if site.is_home(link.source) else site.exchange(link.source)
        heads = [h for h in (passed.title, *passed.headings[:2]) if _PART.search(h)] if passed else []
        years = years_in(link.text[:_WORDS], link.section) or years_in(*heads)
        if years:
            return years
    return set()


def of_year(links: Sequence[Link], fiscal_year: int) -> Sequence[Link]:
    """The links that stand under a year (B.E.) on a page that lists several years; all where it does not list that year."""
    listed = {s: years_in(s) for s in {link.section for link in links if link.section}}
    if not any(fiscal_year in years for years in listed.values()):
        return links
    return [link for link in links if not listed.get(link.section) or fiscal_year in listed[link.section]]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A link of an ITA page that may be some item's: its code, how well its own words, the heading above it and the words of its
    row name each concept, and whether its own words or the heading name any."""

    link: Link
    code: int | None
    own: Mapping[str, float]
    heading: Mapping[str, float]
    words: Mapping[str, float]
    named: bool

    def title(self, item: Item) -> float:
        """How well it names an item, 0-1."""
        said = (max(self.own.get(c, 0.0), self.heading.get(c, 0.0), 0.9 * self.words.get(c, 0.0)) for c in item.concepts)
        return max(said, default=0.0)


def _entries(site: SiteView, page: str, titles: Titles, fiscal_year: int) -> Sequence[_Entry]:
    """The links of an ITA page that may be some item's, read once for all items."""
    at = (page, fiscal_year, titles)
    known = site.entries.get(at)
    if known is not None:
        return cast(Sequence[_Entry], known)
    found: list[_Entry] = []
    for link in of_year(site.links(page), fiscal_year):
        if site.is_frame_link(link):
            continue
        row = " ".join((*link.cells, link.row, link.heading) if not link.cells else link.cells)
        own, heading, words = titles.link_scores(link), titles.scores(link.heading), titles.scores(row)
        code = link_code(link)
        if code is not None or own or heading or words:
            found.append(_Entry(link, code, own, heading, words, bool(titles.scores(link.text) or heading)))
    site.entries.put(at, found, len(found))
    return found


def links_of_item(
    site: SiteView, page: ItaPage, item: Item, titles: Titles, fiscal_year: int = 0
) -> tuple[tuple[Link, str], ...]:
    """The links of an item on an ITA page, with how each was recognised (`code` or `title`); of a page that lists several
    years those of the fiscal year (B.E.).

    Where a row bears the item's code and the title of another, the title tells; a row with the item's title counts whatever
    its code (numbers of another year or form are common).
    """
    number = int(item.id.lstrip("Oo"))
    by_title, by_code = [], []
    for entry in _entries(site, page.key, titles, fiscal_year):
        title = entry.title(item)
        if title >= STRONG:
            by_title.append((entry.link, "code" if entry.code == number else "title"))
        elif entry.code == number and (title > 0 or not entry.named):
            by_code.append((entry.link, "code"))
    exact = [pair for pair in by_title if pair[1] == "code"]
    return tuple(exact + by_code if exact else by_title or by_code)
