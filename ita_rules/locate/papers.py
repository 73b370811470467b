"""Papers found by the title that they bear themselves, where no link, page or entry names an item's evidence.

Agencies write menus in words of their own ("เข็มทิศ 5 ปี"), but on its first page a plan is called a plan. So before anything is
left open, the papers that no item claims are read, and their titles are compared with the form's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ita_rules.locate.expand import link_years
from ita_rules.locate.site import SiteView, looks_like_file
from ita_rules.locate.titles import Titles, years_in
from ita_rules.run.types import Document, Link
from ita_rules.thai.fold import clean, loose

_NAME = "locate.papers"
MOST = 100
"""Papers that are read for their titles at most."""

_LINES = 6  # first lines of a paper among which its title is looked for
_WRAPS = 3  # lines over which a title runs at most
_LONG = 160  # letters of a line that may be a part of a title
_PLAIN = 0.75  # how well a title has to name a concept
_LETTERHEADS = tuple(map(loose, ("บันทึกข้อความ", "ส่วนราชการ", "ครุฑ")))


@dataclass(frozen=True, slots=True)
class Paper:
    """What the first lines of a paper say: the `words` of its title, the `years` (B.E.) there, and how well (0-1) the title names
    each concept."""

    words: str = ""
    years: frozenset[int] = frozenset()
    scores: Mapping[str, float] = field(default_factory=dict)


def title_of(document: Document, titles: Titles) -> Paper:
    """The title of a paper: the first of its first lines, as many together as name something of the form."""
    lines = list(first_lines(document))
    for start in range(len(lines)):
        for end in range(min(start + _WRAPS, len(lines)), start, -1):
            words = " ".join(lines[start:end])
            scores = {c: s for c, s in titles.scores(words).items() if s >= _PLAIN}
            if scores:
                return Paper(words, frozenset(years_in(" ".join(lines))), scores)
    return Paper()


def first_lines(document: Document) -> Iterator[str]:
    """The first lines of a paper's first page that may be its title; a letterhead is none."""
    count = 0
    for page, _, block in document.blocks():
        text = clean(block.text).strip()
        told = [cell for cell in block.cells if cell.strip()]
        if page.number > 1 or count >= _LINES or len(told) > 1:
            return
        if text and not loose(text).startswith(_LETTERHEADS):
            count += 1
            if len(text) <= _LONG:
                yield text


class _Unclaimed:
    """The links to papers that may be of a fiscal year (B.E.), followed as a run grows: each link is looked at once.

    Of an address those are kept that stand on pages that may be lists of the form, up to the first one that stands elsewhere:
    which lists are of other years may change, what stands elsewhere is never left out. A link is kept by its number among the
    distinct ones, with whether it tells no year.
    """

    def __init__(self, site: SiteView, titles: Titles, fiscal_year: int) -> None:
        self.memory, self.titles, self.fiscal_year = site.memory, titles, fiscal_year
        self._taken = 0
        self._links: dict[str, list[tuple[int, bool]]] = {}
        self._settled: set[str] = set()

    def is_of(self, site: SiteView, titles: Titles, fiscal_year: int) -> bool:
        """Whether it follows this run as it is remembered, for these titles and year."""
        return self.memory is site.memory and self.titles is titles and self.fiscal_year == fiscal_year

    def chosen(self, site: SiteView, passed: Collection[str]) -> list[Link]:
        """The first link to each paper that stands on none of some pages, those that tell the year first; not too many."""
        self._take_in(site)
        found: list[tuple[bool, int]] = []
        for links in self._links.values():
            sources = ((number, is_silent, self.memory.page_of(number)) for number, is_silent in links)
            first = next(((is_silent, number) for number, is_silent, page in sources if page not in passed), None)
            found += [first] if first is not None else []
        return [self.memory.distinct_at(number) for _, number in sorted(found)[:MOST]]

    def _take_in(self, site: SiteView) -> None:
        near = {self.fiscal_year, self.fiscal_year - 1}
        lists = frozenset(self.memory.survey(self.titles).lists)
        for number, link in enumerate(self.memory.distinct_since(self._taken), self._taken):
            if link.target in self._settled or not looks_like_file(link.url) or not site.own_host(link.url):
                continue
            told = link_years(link) or years_in(link.section) or years_in(link.heading)
            if not told or told & near:
                self._links.setdefault(link.target, []).append((number, not told))
                if self.memory.page_of(number) not in lists:
                    self._settled.add(link.target)
        self._taken = self.memory.distinct


def unclaimed(site: SiteView, titles: Titles, fiscal_year: int, old: Iterable[str]) -> list[Link]:
    """A link to each paper of the site's own that may be of a fiscal year (B.E.), those that name the year first.

    What a link on one of the pages `old` (keys; lists of the form) leads to, or one that tells only other years, is left out.
    """
    known = site.run.derived.get(_NAME)
    if not isinstance(known, _Unclaimed) or not known.is_of(site, titles, fiscal_year):
        known = site.run.derived[_NAME] = _Unclaimed(site, titles, fiscal_year)
    return known.chosen(site, frozenset(old))


def papers(site: SiteView, links: Sequence[Link], titles: Titles) -> list[tuple[Link, Paper]]:
    """Those of the papers behind some links that were read and whose titles name something of the form."""
    found = []
    for link in links:
        document = site.document(link.target)
        if document is not None and document.media_type != "text/html":
            paper = title_of(document, titles)
            if paper.scores:
                found.append((link, paper))
    return found
