"""Locating: for each item, which pages and documents answer it.

The agency's answers first; without answers the ITA page of the year (by code, then title), menus, headings and file names.
Better evidence elsewhere does not help an answer that was given; it is named as a hint.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ita_rules.locate.expand import expand, link_years, piece
from ita_rules.locate.itapage import ItaPage, ita_pages, links_of_item, strays, unseen_lists
from ita_rules.locate.merged import of_concept
from ita_rules.locate.papers import Paper, papers, unclaimed
from ita_rules.locate.site import SiteView
from ita_rules.locate.titles import STRONG, WEAK, Titles, titles_of, years_in
from ita_rules.locate.types import Candidate, Located, Piece
from ita_rules.model import LocatedBy
from ita_rules.rulesets.types import Check, Item, RuleSet
from ita_rules.run.keys import url_key
from ita_rules.run.types import Answer, Exchange, Link
from ita_rules.thai.codes import code_in

__all__ = ["Candidate", "Located", "Locator", "Piece", "SiteView", "Titles"]

_MOST_CANDIDATES = 8
_MOST_TOGETHER = 4
_MOST_BESIDE = 8
_LIKELY, _SURE = 0.6, 0.85
"""Scores from which a page found by its title is a candidate: alone, and beside what the ITA page of the year names."""


@dataclass(frozen=True, slots=True)
class _Named:
    """An address that words name as an item's evidence: how well, what its year adds to that, and the link, if it was one."""

    score: float
    bonus: float
    key: str
    url: str
    how: LocatedBy
    words: str
    link: Link | None = None
    paper: Paper | None = None


class Locator:
    """Locates the items of a rule set in one run.

    `counts_unread` is False for who only wants the candidates: counting what else may be an item's, where none was found, looks
    at every link of the site.
    """

    def __init__(self, site: SiteView, ruleset: RuleSet, *, counts_unread: bool = True) -> None:
        self.site = site
        self.ruleset = ruleset
        self._counts_unread = counts_unread
        self.titles = titles_of(ruleset)
        self._answers: dict[str, list[Answer]] = {}
        self._years: dict[tuple[str, ...], set[int]] = {}
        for answer in site.run.answers:
            self._answers.setdefault(answer.item, []).append(answer)

    @cached_property
    def ita(self) -> tuple[ItaPage, ...]:
        """The site's ITA pages, those of the rule set's year first."""
        return ita_pages(self.site, self.ruleset, self.titles)

    @cached_property
    def index_keys(self) -> frozenset[str]:
        """Keys of the ITA pages."""
        return frozenset(p.key for p in self.ita)

    def locate(self, item: Item) -> Located:
        """The candidates of an item, best first."""
        if self.site.run.meta.has_answers or self.site.run.answers:
            return self._from_answers(item)
        return self._from_site(item)

    # ---------------------------------------------------------------- with answers

    def _from_answers(self, item: Item) -> Located:
        rows = self._answers.get(item.id, [])
        note = " ".join(r.note for r in rows if r.note)
        urls = [u for r in rows for u in r.urls if r.has is not False]
        said_no = any(r.has is False for r in rows) and not urls
        if not urls:
            return Located("no_answer", hint=self._hint(item), note=note, said_no=said_no)
        pieces: dict[tuple[str, str], Piece] = {}
        for url, said in (pair for r in rows if r.has is not False for pair in _told(r)):
            for found in self._answered(url, item, said):
                at = found.key, "" if found.key else found.url
                if at not in pieces or not (found.link or found.via):
                    pieces[at] = found  # what the answer names itself is not only a part of what another address leads to
        own = of_concept(self.site, tuple(pieces.values()), item, self._whole(item), self.titles)
        return Located("given", (Candidate(own, LocatedBy.ANSWER, 1.0, note),), hint="", note=note)

    def _whole(self, part: Item) -> Item:
        """The item that a part of a merged item belongs to; an item of one concept itself."""
        return self.ruleset.item(part.id) or part

    def _answered(self, url: str, item: Item, note: str) -> tuple[Piece, ...]:
        key = url_key(url)
        first = piece(self.site, key, url, note=note, index=self.site.final(key) in self.index_keys)
        if self.site.is_home(key):
            return (first,)  # the main page leads everywhere: as an answer it names nothing (CONTRACT: empty_link)
        if not first.index:
            return expand(self.site, first, item, self.titles, self.index_keys)
        page = next(p for p in self.ita if p.key == self.site.final(key))
        found: list[Piece] = [first]
        links = links_of_item(self.site, page, item, self.titles, self.ruleset.fiscal_year)
        for link, _ in links:
            found += self._step(link, item, page.key)
        if len(found) == 1 and (links or self._is_listed(first, item)):
            # Its row leads nowhere (CONTRACT: empty_link), unless it leads on by what is sent: nobody looked there.
            found.append(self._behind(page.key) or Piece("", url, "page"))
        return tuple({p.key: p for p in found}.values())

    def _behind(self, page: str) -> Piece | None:
        """What stands behind the entries of a page that lead on by what is sent, which nobody saw; None for other pages."""
        shown = self.site.exchange(page)
        if shown is None or not shown.holds_back:
            return None
        return Piece("", shown.url, "page", Exchange("", shown.url, cause="needs_javascript"))

    def _is_listed(self, page: Piece, item: Item) -> bool:
        """Whether an ITA page names an item, so that a row without a link is seen to have none."""
        number = int(item.id.lstrip("Oo"))
        return any(
            number in {code_in(t) for t in (line.text, *line.block.cells)}
            and max(self.titles.score(t, item) for t in (line.text, *line.block.cells)) >= WEAK
            for line in (self.site.lines(page.document) if page.document else ())
        )

    def _step(self, link: Link, item: Item, via: str) -> tuple[Piece, ...]:
        if not link.target or self.site.is_home(link.target):
            return ()  # a row that leads back to the main page leads to no evidence (CONTRACT: empty_link)
        start = piece(self.site, link.target, link.url, link=link, via=via, index=link.target in self.index_keys)
        return expand(self.site, start, item, self.titles, self.index_keys)

    def _hint(self, item: Item) -> str:
        """An address that may serve the item, for a fix; ``""`` where none is seen."""
        found = self._from_site(item).candidates
        return next((p.url for c in found for p in c.readable if not p.index), "")

    # ---------------------------------------------------------------- without answers

    def _from_site(self, item: Item) -> Located:
        candidates = self._by_ita_page(item)
        taken = {p.key for c in candidates for p in c.pieces}
        least = _SURE if candidates else _LIKELY
        named = self._named(item)
        likely = [n for n in named if n.score >= least]
        if not candidates and all(n.score < STRONG for n in likely):
            # an unlikely page is better looked at than said to be missing
            likely = (self._by_papers(item) if not likely else []) or named
        titled = self._opened(likely, item, taken)
        candidates += titled
        candidates += self._together(titled, item)
        candidates += self._joining(likely, item)
        unread = sum(1 for c in candidates if not c.readable and c.score >= STRONG)
        unread += self._unseen_lists + self._strays if self._counts_unread and not candidates else 0
        ordered = tuple(sorted(candidates, key=lambda c: (-c.score, c.pieces[0].url)))[:_MOST_CANDIDATES]
        return Located("found" if ordered else "none", ordered, unread=unread)

    @cached_property
    def _strays(self) -> int:
        """Entries in words that nobody listed: on the lists of the form where they name most of its items, else anywhere."""
        year = self.ruleset.fiscal_year
        lists = [page for page in self.ita if not page.years or year in page.years]
        listed = [i for i in self.ruleset.items if any(links_of_item(self.site, p, i, self.titles, year) for p in lists)]
        whole = 2 * len(listed) >= len(self.ruleset.items)
        pages = [page.key for page in lists] if whole else list(self.site.run.links)
        return strays(self.site, pages, self.ruleset, self.titles, WEAK if whole else STRONG, listed=whole)

    @cached_property
    def _unseen_lists(self) -> int:
        return unseen_lists(self.site, self.ruleset)

    def _opened(self, named: list[_Named], item: Item, taken: set[str]) -> list[Candidate]:
        """The best of what names an item with what each leads to; what adds nothing to the addresses taken is left out."""
        found: list[Candidate] = []
        for one in named:
            if one.link is not None:
                pieces = self._step(one.link, item, one.link.source)
                pieces += self._beside(one.link, item) if one.paper is not None else ()
                pieces = tuple({p.key: p for p in pieces}.values())
            else:
                pieces = expand(self.site, piece(self.site, one.key, one.url), item, self.titles, self.index_keys)
            if not {p.key for p in pieces} <= taken:
                found.append(Candidate(pieces, one.how, one.score, one.words))
            if len(found) >= _MOST_CANDIDATES:
                break
        return found

    def _by_ita_page(self, item: Item) -> list[Candidate]:
        found = []
        for rank, page in enumerate(self.ita):
            right_year = self.ruleset.fiscal_year in page.years
            if page.years and not right_year:
                continue
            pairs = links_of_item(self.site, page, item, self.titles, self.ruleset.fiscal_year)
            pieces = {p.key: p for link, _ in pairs for p in self._step(link, item, page.key)}
            if not pieces and pairs and (unseen := self._behind(page.key)) is not None:
                pieces = {"": unseen}
            if pieces:
                how = LocatedBy.CODE if any(h == "code" for _, h in pairs) else LocatedBy.TITLE
                words = " ".join(link.text for link, _ in pairs)
                own = of_concept(self.site, tuple(pieces.values()), item, self._whole(item), self.titles)
                found.append(Candidate(own, how, (1.5 if right_year else 1.0) - 0.01 * rank, words))
        return found

    def _named(self, item: Item) -> list[_Named]:
        """What names an item by a link's words or by its own title, best first; nothing of another year where something is of
        the right one."""
        best: dict[str, tuple[float, Link]] = {}
        for link, score in self.scored_links(item):
            if score >= WEAK and score > best.get(link.target, (0.0, link))[0]:
                best[link.target] = (score, link)
        found = []
        taken = set()
        for target, (score, link) in best.items():
            if target in self.index_keys or self.site.is_home(target):
                continue
            taken.add(self.site.final(target))
            how = LocatedBy.MENU if self.site.is_frame_link(link) else LocatedBy.TITLE
            bonus = self._year_bonus(self._told(link), item)
            found.append(_Named(round(score + bonus, 3), bonus, target, link.url, how, link.text or link.row, link))
        for key, (score, heads) in self._headed(item).items():
            if score >= _LIKELY and key not in self.index_keys and key not in taken:
                bonus = self._year_bonus(years_in(*heads), item)
                url = self.site.run.exchanges[key].url
                found.append(_Named(round(score + bonus, 3), bonus, key, url, LocatedBy.TITLE, heads[0]))
        right = any(n.bonus > 0 and n.score >= _LIKELY for n in found)
        return sorted((n for n in found if n.bonus >= 0 or not right), key=lambda n: (-n.score, n.url))

    def is_open(self, located: Located) -> bool:
        """Whether nothing that is likely was found for an item, so that papers that no item claims are worth reading."""
        return located.state in ("found", "none") and all(c.score < _LIKELY for c in located.candidates)

    @cached_property
    def unclaimed(self) -> list[Link]:
        """A link to each paper that may be an item's by its own title; of those on lists of other years none."""
        year = self.ruleset.fiscal_year
        return unclaimed(self.site, self.titles, year, [page.key for page in self.ita if page.years and year not in page.years])

    @cached_property
    def _papers(self) -> list[tuple[Link, Paper]]:
        return papers(self.site, self.unclaimed, self.titles)

    def _by_papers(self, item: Item) -> list[_Named]:
        """The papers whose own title names an item; where the item asks a year, only those whose first lines tell it: an old
        paper is no sign that there is no new one."""
        wanted = self._wanted(item)
        found = []
        for link, paper in self._papers:
            score = 0.9 * max((paper.scores.get(c, 0.0) for c in item.concepts), default=0.0)
            if score >= _LIKELY and (not wanted or paper.years & wanted):
                found.append(_Named(round(score, 3), 0.0, link.target, link.url, LocatedBy.TITLE, paper.words, link, paper))
        return sorted(found, key=lambda n: (-n.score, n.url))

    def _beside(self, link: Link, item: Item) -> tuple[Piece, ...]:
        """The page around a paper that its own title named, with what else lies there and names no other item: what belongs to
        one item often stands side by side."""
        page = self.site.final(link.source)
        exchange = self.site.exchange(page)
        if exchange is None or page in self.index_keys or self.site.is_home(page) or self.site.is_frame_link(link):
            return ()
        of_others = {x.target for x, paper in self._papers if not any(c in paper.scores for c in item.concepts)}
        found = expand(self.site, piece(self.site, page, exchange.url), item, self.titles, self.index_keys)
        return tuple(p for p in found if p.key not in of_others) if len(found) <= _MOST_BESIDE else ()

    def _headed(self, item: Item) -> dict[str, tuple[float, tuple[str, ...]]]:
        """The pages whose own title or heading names an item, with how well."""
        found: dict[str, tuple[float, tuple[str, ...]]] = {}
        for concept in item.concepts:
            for key, score, heads in self._heads_by_concept.get(concept, ()):
                found[key] = max(found.get(key, (0.0, heads)), (score, heads))
        return found

    @cached_property
    def _heads_by_concept(self) -> dict[str, list[tuple[str, float, tuple[str, ...]]]]:
        """The pages of the site that a link leads to and whose title or heading names a concept."""
        found: dict[str, list[tuple[str, float, tuple[str, ...]]]] = {}
        site = self.site
        for key, (heads, named) in site.memory.survey(self.titles).headed():
            if not site.is_home(key) and site.own_host(site.run.exchanges[key].final_url) and site.is_linked(key):
                for concept, score in named:
                    found.setdefault(concept, []).append((key, score, heads))
        return found

    def _together(self, titled: list[Candidate], item: Item) -> list[Candidate]:
        """Of an item that asks several things of no certain year, all that its titles name, taken together: the papers of such
        an item (an order, a list of dos and don'ts, a training) often lie side by side without a page that joins them."""
        several = sum(c.kind == "component" for c in item.checks) > 1
        sure = [c for c in titled if c.score >= STRONG]
        if not several or len(sure) < 2 or self._wanted(item):
            return []
        ordered = sorted(sure, key=lambda c: (-c.score, c.pieces[0].url))[:_MOST_TOGETHER]
        pieces = {p.key: p for c in ordered for p in c.pieces}
        return [Candidate(tuple(pieces.values()), ordered[0].located_by, ordered[-1].score - 0.01, ordered[0].words)]

    def _joining(self, named: list[_Named], item: Item) -> list[Candidate]:
        """Of an item that asks several things of no certain year, the pages that join what names it: most of what such a page
        leads to is the item's, and what is not led to stands on the page itself."""
        if sum(c.kind == "component" for c in item.checks) < 2 or self._wanted(item):
            return []
        on: dict[str, dict[str, _Named]] = {}
        for one in named:
            if one.link is not None and not self.site.is_frame_link(one.link):
                for link in self._links_to(one.key):
                    on.setdefault(self.site.final(link.source), {})[one.key] = one
        found = []
        for page, ones in sorted(on.items()):
            exchange = self.site.exchange(page)
            leading = {self.site.final(x.target) for x in self.site.content_links(page)}
            if exchange is None or len(ones) < 2 or 2 * len(ones) < len(leading) or len(leading) > _MOST_BESIDE:
                continue
            if page in self.index_keys or self.site.is_home(page):
                continue
            best = max(ones.values(), key=lambda n: n.score)
            pieces = expand(self.site, piece(self.site, page, exchange.url), item, self.titles, self.index_keys)
            pieces = tuple(p for p in pieces if p.link is None or not self._is_of_another(p.link, item))
            pieces += tuple(p for one in ones.values() if one.link is not None for p in self._step(one.link, item, page))
            pieces = tuple({p.key: p for p in reversed(pieces)}.values())[::-1]
            found.append(Candidate(pieces, best.how, round(best.score - 0.01, 3), best.words))
        return found[:_MOST_TOGETHER]

    def _is_of_another(self, link: Link, item: Item) -> bool:
        """Whether a link names another item better than this one."""
        scores = self.titles.link_scores(link)
        return max(scores.values(), default=0.0) > max((scores.get(c, 0.0) for c in item.concepts), default=0.0)

    def _links_to(self, key: str) -> list[Link]:
        """The links of the pages' own content that lead to an address."""
        return [link for link in self.site.incoming([key])[key] if not self.site.is_frame_link(link)]

    def scored_links(self, item: Item) -> list[tuple[Link, float]]:
        """Every distinct link of the site that names an item, with how well."""
        return [pair for concept in item.concepts for pair in self._by_concept.get(concept, ())]

    @cached_property
    def _by_concept(self) -> dict[str, list[tuple[Link, float]]]:
        found: dict[str, list[tuple[Link, float]]] = {}
        for link, scores in self.site.memory.survey(self.titles).scored:
            for concept, score in scores.items():
                found.setdefault(concept, []).append((link, score))
        return found

    def lists_year(self, link: Link) -> bool:
        """Whether a link stands in the list of an ITA page that is of the rule set's year or names no year."""
        years = self._index_years.get(link.source)
        if years is None or (years and self.ruleset.fiscal_year not in years):
            return False
        told = years_in(link.section)
        return not told or self.ruleset.fiscal_year in told or len(years) < 2

    @cached_property
    def _index_years(self) -> dict[str, frozenset[int]]:
        return {page.key: page.years for page in self.ita}

    def of_other_year(self, link: Link) -> bool:
        """Whether a link's words tell a year of which no item that they name may be."""
        told = self._told(link)
        if not told:
            return False
        scores = self.titles.link_scores(link)
        named = [i for i in self.ruleset.items if any(c in scores for c in i.concepts)]
        wanted = [self._wanted(i) for i in named]
        return bool(wanted) and all(years and not told & years for years in wanted)

    def _wanted(self, item: Item) -> set[int]:
        """The years (B.E.) of which an item's evidence may be, of the one concept where it is a part of a merged item."""
        at = (item.id, *item.concepts)
        if at not in self._years:
            self._years[at] = wanted_years(item, self.ruleset.fiscal_year)
        return self._years[at]

    def _told(self, link: Link) -> set[int]:
        """The years (B.E.) that a link tells; those of the heading above it where that names the thing itself."""
        return link_years(link) or (years_in(link.heading) if self.titles.scores(link.heading) else set())

    def _year_bonus(self, told: set[int], item: Item) -> float:
        wanted = self._wanted(item)
        if not wanted or not told:
            return 0.0
        return 0.2 if told & wanted else -0.3


def _told(answer: Answer) -> list[tuple[str, str]]:
    """Each address of an answer with the line of the explanation that speaks of it, ``""`` where that cannot be told."""
    lines = answer.note.splitlines()
    return list(zip(answer.urls, lines if len(lines) == len(answer.urls) else [""] * len(answer.urls), strict=True))


def wanted_years(item: Item, fiscal_year: int) -> set[int]:
    """The fiscal years (B.E.) of which an item's evidence may be; empty where no year is asked."""
    years: set[int] = set()
    for check in item.checks:
        years |= check_years(check, fiscal_year)
    return years


def check_years(check: Check, fiscal_year: int) -> set[int]:
    """The fiscal years (B.E.) that a period or coverage check accepts."""
    if check.kind == "coverage":
        return {fiscal_year}
    if check.kind != "period":
        return set()
    covers = check.options.get("covers", "fiscal_year")
    if covers == "previous_fiscal_year":
        return {fiscal_year - 1}
    return {fiscal_year, fiscal_year - 1} if covers == "fiscal_year_or_previous" else {fiscal_year}
