"""Which time a document says it is of, read in CONTRACT's order: title and cover, running headings, the heading or row of the
page that links it, the link's words, the file name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from ita_rules.locate import Piece, SiteView, Titles
from ita_rules.locate.lines import Line, Lines
from ita_rules.locate.titles import file_words
from ita_rules.rulesets.types import Item
from ita_rules.thai.months import YearMonth, fiscal_months
from ita_rules.thai.periods import Mention, Part, asks_half, mentions, mentions_in, repair

SENTENCE = 45
"""Letters of a line, by its key, past which it is no label and no title that nothing marks as one."""

_COVER_LINES = 12
_BARE_NAME = re.compile(r"(?<!\d)25[4-9]\d(?!\d)|(?<![A-Za-z])FY")
_PAGE = re.compile(r"หนา[0-9]{1,4}|(?<![0-9])[0-9]{1,3}$")
"""The number of a page (folded) in what pages repeat."""

_PLAIN = 3  # dated mentions that make a content's year plain
_OWN_PART = 0.7  # how well a part of a title names the item, so that the time behind it is the item's


@dataclass(frozen=True, slots=True)
class Declared:
    """A period as said, the words that say it, where (`cover`, `heading`, `link`, `name`, `content`), and on which page."""

    mention: Mention
    part: Part
    place: str
    quote: str
    page: int
    in_text: bool


def _usable(found: Sequence[Mention], *, dates: bool) -> Mention | None:
    """The mention that says a text's period: what is declared first, then a bare year, then months, then (if asked) dates, and
    the number of a paper where nothing else does."""
    for wanted in (
        lambda m: m.kind in ("year", "span", "range") and m.declared,
        lambda m: m.kind in ("year", "span"),
        lambda m: m.kind == "month",
        lambda m: dates and m.kind == "date",
        lambda m: m.kind == "number",
    ):
        for mention in found:
            if wanted(mention):
                return mention
    return None


def cover(lines: Sequence[Line]) -> list[Line]:
    """The lines of a document's title and cover: the first ones, up to its first table or contents."""
    first: list[Line] = []
    for line in lines[:_COVER_LINES]:
        if line.toc or line.block.kind == "row":
            break
        first.append(line)
    return first or list(lines[:2])


def title_block(lines: Sequence[Line]) -> list[Line]:
    """The lines that title a document: of its cover those on the first page, up to the first sentence or the first line of
    another time than the title's. What stands below, or on a later page, is content, though it be among the first lines."""
    block: list[Line] = []
    sentence: int | None = None
    said: set[int] = set()
    for line in cover(lines):
        years = {y for m in mentions(line.text) if m.kind not in ("date", "number") for y in m.years}
        long = not line.heading and len(line.key) > SENTENCE
        if (said and (long or years - said)) or line.page.number != lines[0].page.number:
            break
        sentence = len(block) if long and sentence is None else sentence
        block.append(line)
        said |= years
    return block if said else block[:sentence]


def _wraps(line: Line) -> bool:
    """Whether a line may be the end of a title that wraps."""
    return line.block.kind != "item" and (line.heading or len(line.key) <= SENTENCE)


def _title_first(lines: Sequence[Line], item: Item, titles: Titles) -> list[Line]:
    """Cover lines, those that bear the item's title (and the line after them, where titles wrap) first. The very first line does
    where it says so by its meaning; what stands in a list below a heading is no title's end."""
    named = [i for i, line in enumerate(lines) if titles.listed_score(line.bare, item) >= 0.7]
    if lines and 0 not in named and titles.score(lines[0].bare, item) >= 0.7:
        named.insert(0, 0)
    order = [i for n in named for i in (n, n + 1) if i < len(lines) and (i in named or _wraps(lines[i]))]
    order += [i for i in range(len(lines)) if i not in order]
    return [lines[i] for i in dict.fromkeys(order)]


def _of_title(text: str, item: Item, titles: Titles) -> Sequence[Mention]:
    """The times that a line tells; of one that names several things, each with its own, those of the item's ("การวิเคราะห์ … ปี 2566
    และมาตรการ … ปี 2567" is the measures' title, of 2567)."""
    found = mentions(text)
    if len({m.years for m in found}) < 2:
        return found
    whole, start = repair(text), 0
    best: tuple[float, Mention] | None = None
    for mention in found:
        score = titles.listed_score(whole[start : mention.at], item)
        if score >= _OWN_PART and (best is None or score >= best[0]):
            best = (score, mention)
        start = mention.at + len(mention.text)
    return found if best is None else (best[1],)


def declared(site: SiteView, piece: Piece, item: Item, titles: Titles, *, dates: bool = False) -> Declared | None:
    """What a piece says of its own period; None where no year can be read in any of the places."""
    document = piece.document
    if document is not None:
        lines = site.lines(document)
        first = cover(lines)
        half = asks_half("\n".join(x.text for x in first))
        for line in _title_first(first, item, titles):
            mention = _usable(_of_title(line.text, item, titles), dates=dates)
            if mention:
                return Declared(mention, mention.part or half, "cover", line.text, line.page.number, True)
        joined = mentions(" ".join(x.text for x in first[:4]))
        mention = _usable(joined, dates=dates)
        if mention:
            return Declared(mention, mention.part or half, "cover", first[0].text, first[0].page.number, True)
        if piece.title and (mention := _usable(mentions(piece.title), dates=dates)):
            return Declared(mention, mention.part, "cover", piece.title, 1, False)
        for line in (x for x in lines if x.heading and not x.toc and titles.score(x.bare, item) >= 0.6):
            mention = _usable(mentions(line.text), dates=dates)
            if mention:
                return Declared(mention, mention.part or half, "heading", line.text, line.page.number, True)
        for page in document.pages:
            if page.name and (mention := _usable(mentions(page.name), dates=dates)):
                return Declared(mention, mention.part or half, "heading", page.name, page.number, False)
    for place, text in _outside(site, piece):
        mention = _usable(mentions(text), dates=dates)
        if mention:
            return Declared(mention, mention.part, place, text, 1, False)
    return None


def _outside(site: SiteView, piece: Piece) -> Iterable[tuple[str, str]]:
    """What stands around a document: the linking page's heading and row, the link's words, the file's name."""
    around = site.exchange(piece.via)
    if piece.link is not None:
        yield "link", piece.link.text
        yield "link", piece.link.row
        yield "heading", piece.link.heading
    else:
        yield "link", _linked_as(site, piece)
    if around is not None:
        for heading in (*around.headings[:2], around.title):
            yield "heading", heading
    own = piece.exchange
    if own is not None:
        for heading in (*own.headings[:2], own.title):
            yield "heading", heading
    for text in _names(piece):
        yield "name", text


def _linked_as(site: SiteView, piece: Piece) -> str:
    """The words of a link of the site to what the agency gave by its address; ``""`` where such links say different periods."""
    links = [x for found in site.incoming({piece.key, site.final(piece.key)}).values() for x in found]
    said = [(x.text, m) for x in links if (m := _usable(mentions(x.text), dates=False))]
    return said[0][0] if len({(m.first, m.last) for _, m in said}) == 1 else ""


def _names(piece: Piece) -> tuple[str, ...]:
    """The file's name as the server tells it, and as the address does. A name of numbers alone is taken for one that says a year
    only where that is one of the Buddhist era, or a fiscal year by its letters: most such names are times of uploading."""
    told = piece.exchange.filename.replace("_", " ").replace("-", " ") if piece.exchange is not None else ""
    bare = re.sub(r"[_+.\-]+", " ", unquote(urlsplit(piece.url).path.rsplit("/", 1)[-1]))
    return told, file_words(piece.url) or (bare if _BARE_NAME.search(bare) else "")


def name_says(piece: Piece) -> Mention | None:
    """The period that a file's name says, whatever stands in the document; a name is a weak sign, since it is seldom renewed."""
    return next((m for text in _names(piece) if (m := _usable(mentions(text), dates=False))), None)


@dataclass(frozen=True, slots=True)
class ContentYears:
    """The fiscal years (B.E.) that a document's body dates, with one line for each. `told` are those that more tells than days
    among the document's first lines, where letters and announcements are dated; `named` those that more tells than days."""

    count: Counter[int]
    lines: dict[int, Line]
    told: frozenset[int] = frozenset()
    named: frozenset[int] = frozenset()

    def plain(self) -> int | None:
        """The one year that the body plainly speaks of, None where it is not plain."""
        if not self.count:
            return None
        year, n = max(self.count.items(), key=lambda p: (p[1], -p[0]))
        return year if n >= _PLAIN and n >= 0.8 * sum(self.count.values()) else None


def timed(lines: Lines) -> tuple[tuple[Line, tuple[Mention, ...]], ...]:
    """The lines that name a time, with what they name."""
    return tuple([(x, found) for x in lines if (found := mentions_in(x.clean))])


def content_years(lines: Lines) -> ContentYears:
    """The years that the body of a document dates: months, dates and ranges, and years declared in headings of columns. What the
    pages repeat above or below them says it once."""
    heads: dict[str, int] = {}
    skip = {x.loose for x in title_block(lines)}
    first = {x.loose for x in cover(lines)}
    count: Counter[int] = Counter()
    seen: dict[int, Line] = {}
    told: set[int] = set()
    named: set[int] = set()
    for line, said in lines.once(timed):
        bare = _PAGE.sub("", line.loose)
        again = heads.setdefault(bare, line.page.number) != line.page.number and line.block.kind != "row"
        if line.loose in skip or line.toc or again:
            continue
        for mention in said:
            if mention.kind in ("month", "date", "range") or (mention.kind == "year" and mention.declared):
                named.update(() if mention.kind == "date" else mention.years)
                told.update(() if mention.kind == "date" and line.loose in first else mention.years)
                for year in mention.years:
                    count[year] += 1
                    seen.setdefault(year, line)
    return ContentYears(count, seen, frozenset(told), frozenset(named))


def months_named(lines: Lines) -> set[YearMonth]:
    """Every month (with its year) that some lines name, ranges unfolded."""
    found: set[YearMonth] = set()
    for _, said in lines.once(timed):
        for mention in said:
            if mention.kind in ("month", "date"):
                found.add(mention.first)
            elif mention.kind == "range":
                month = mention.first
                while month <= mention.last and len(found) < 600:
                    found.add(month)
                    month = month.next()
    return found


def first_half(fiscal_year: int) -> tuple[YearMonth, ...]:
    """October to March of a fiscal year (B.E.)."""
    return fiscal_months(fiscal_year, 6)
