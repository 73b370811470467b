"""What an address leads to in one step: the file it links, frames, embeds or views, and the address itself."""

from __future__ import annotations

from urllib.parse import urlsplit

from ita_rules.locate.pictures import shown
from ita_rules.locate.site import PICTURE_SUFFIXES, SHOWN, SiteView, looks_like_file, viewer_target
from ita_rules.locate.titles import STRONG, WEAK, Titles, file_words, years_in
from ita_rules.locate.types import Piece
from ita_rules.rulesets.types import Item
from ita_rules.run.keys import url_key
from ita_rules.run.services import is_short
from ita_rules.run.types import Link
from ita_rules.thai.generic import is_generic
from ita_rules.thai.periods import mentions

_MOST = 40  # pieces of one answer; more are a list that nobody opens whole
_THIN = 400  # letters of own text below which a page is only a door to what it links


def piece(
    site: SiteView, key: str, url: str, *, link: Link | None = None, via: str = "", index: bool = False, note: str = ""
) -> Piece:
    """The piece behind an address, with what was fetched and read of it."""
    exchange = site.exchange(key)
    is_file = looks_like_file(url) or bool(exchange and exchange.media_type and "html" not in exchange.media_type)
    return Piece(key, url, "file" if is_file else "page", exchange, site.document(key), link, via, index, note)


def _leads_to_file(site: SiteView, link: Link) -> bool:
    exchange = site.exchange(link.target)
    if exchange and exchange.sha256 and not exchange.cause:
        return "html" not in exchange.media_type and (not exchange.media_type.startswith("image/") or is_scan(link))
    return looks_like_file(link.url) or is_scan(link)


def is_scan(link: Link) -> bool:
    """Whether a link leads to a picture by words of its own: a scanned paper, not the large view of a photo in a gallery."""
    words = link.text.strip()
    picture = urlsplit(link.url).path.lower().endswith(PICTURE_SUFFIXES)
    return picture and link.kind in ("a", "area") and bool(words) and not words.lower().endswith(PICTURE_SUFFIXES)


def expand(site: SiteView, first: Piece, item: Item, titles: Titles, index_keys: frozenset[str]) -> tuple[Piece, ...]:
    """An answered address and what it leads to in one step.

    Of a list that names several things, the links that name the item; of a page whose links say nothing, all files. Other
    pages of the site are taken where their words name the item, or where the page itself says next to nothing.
    """
    pieces = [first]
    seen = {first.key, site.final(first.key)}
    target = viewer_target(first.url)
    if target and url_key(target) not in seen:
        seen.add(url_key(target))
        pieces.append(piece(site, url_key(target), target, via=first.key))
    pieces += _pictures(site, first)
    if first.cause is None or site.links(first.key):
        for found in _linked(site, first, item, titles, seen, index_keys):
            pieces.append(found)
            if found.role == "page" and found.exchange is not None and site.own_host(found.url):
                pieces += _linked(site, found, item, titles, seen, index_keys, only_files=True)
                pieces += _pictures(site, found)
    return tuple(pieces[:_MOST])


def _pictures(site: SiteView, page: Piece) -> list[Piece]:
    """The pictures of a page that says little in words; an ITA page's prove nothing."""
    thin = page.document is not None and page.cause is None and site.letters(page.document) < _THIN
    return shown(site, page) if thin and not page.index else []


def _linked(
    site: SiteView,
    first: Piece,
    item: Item,
    titles: Titles,
    seen: set[str],
    index_keys: frozenset[str],
    *,
    only_files: bool = False,
) -> list[Piece]:
    """What a page leads to. `only_files` is for a page that was reached by a link: the page around a file counts for the
    file, and no further page is opened."""
    base = site.final(first.key)
    links = site.content_links(base)
    scored = [(link, titles.link_score(link, item)) for link in links]
    named_other = {id(x): _names_another(x, item, titles) for x in links}
    best = max((s for _, s in scored), default=0.0)
    bare = [(link, score) for link, score in scored if is_generic(link.text)]
    if any(score >= STRONG for _, score in bare):
        # in a list that names the item's entry by its row, the rows tell as well which entries are another's
        named_other.update({id(x): True for x, score in bare if score < WEAK and titles.link_scores(x)})
    above = site.above(base)
    own_letters = site.letters(first.document) if first.document else 0
    outward = {site.final(x.target) for x in links} - above - index_keys - {base, site.final(site.start_key)}
    is_door = own_letters < _THIN and len(outward) == 1  # what its only link leads to is what it shows, whatever the words
    found: list[Piece] = []
    for link, score in scored:
        if link.target in seen or site.final(link.target) in seen or site.is_home(link.target) or link.target in index_keys:
            continue
        is_shown = link.kind in SHOWN
        a_file = _leads_to_file(site, link)
        other = named_other[id(link)]
        near = site.own_host(link.url) or is_short(link.url)
        wanted = is_shown or (a_file and not (other and score < WEAK)) or (not a_file and near and score >= WEAK)
        if not wanted and not a_file and own_letters < _THIN and not other and site.is_page(link.target):
            wanted = site.final(link.target) not in above
        wanted = wanted or (is_door and site.final(link.target) in outward)
        if only_files and not (a_file or is_shown):
            continue
        if not wanted or (a_file and not is_shown and best >= 0.7 and score < WEAK and other):
            continue
        seen.update((link.target, site.final(link.target)))
        found.append(piece(site, link.target, link.url, link=link, via=base, index=link.target in index_keys))
        inner = viewer_target(link.url)
        if inner and url_key(inner) not in seen:
            seen.add(url_key(inner))
            found.append(piece(site, url_key(inner), inner, link=link, via=base))
        elif is_shown and not a_file:
            found += _behind(site, found[-1], seen)
    return found


def _behind(site: SiteView, frame: Piece, seen: set[str]) -> list[Piece]:
    """What a frame shows: its own file, where the frame's page is only a viewer."""
    found = []
    for link in site.links(frame.key):
        if link.kind in SHOWN and link.target and link.target not in seen:
            seen.add(link.target)
            found.append(piece(site, link.target, link.url, link=frame.link, via=frame.key))
    return found


def _names_another(link: Link, item: Item, titles: Titles) -> bool:
    """Whether a link's own words (or its file name, where it has none) name another concept and not this item's."""
    words = file_words(link.url) if is_generic(link.text) else link.text
    scores = titles.scores(words)
    return bool(scores) and not any(c in scores for c in item.concepts)


def link_years(link: Link | None) -> set[int]:
    """The fiscal years (B.E.) that a link's words, row or file name tell; a day in the row is only when it was published."""
    if link is None:
        return set()
    row = {year for m in mentions(link.row) if m.kind not in ("date", "number") for year in m.years}
    return years_in(link.text) or row or years_in(file_words(link.url))
