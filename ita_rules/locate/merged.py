"""Of what is answered for a merged item, what belongs to each of its concepts.

An agency answers such an item once, with the address of a plan and that of the report on it. Each is judged as the evidence of
the concept that it names; what names several of them, or none, may serve any.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ita_rules.locate.site import SHOWN, SiteView
from ita_rules.locate.titles import STRONG, WEAK, Titles, file_words
from ita_rules.locate.types import Piece
from ita_rules.rulesets.types import Item

_NOTHING = frozenset({None, "http_404", "http_410", "soft_404", "login", "empty_link"})
"""Causes behind which there is nothing that could be the concept's own, and none."""
_STEP = re.compile(r"\s*(?:>|›|»|→|\|)\s*")
_HEADS = 3
"""How many headings of a page, and how many blocks at its beginning, tell what it is."""


def of_concept(site: SiteView, pieces: tuple[Piece, ...], part: Item, item: Item, titles: Titles) -> tuple[Piece, ...]:
    """The pieces that may serve a `part` of a merged `item`: all but those that plainly name another of its concepts.

    They are all kept where nothing else is left: nothing that names the part's own concept and no other, and nothing that
    could not be read and may be it.
    """
    others = [c for c in item.concepts if c not in part.concepts]
    if not others:
        return pieces
    names = {p.key or p.url: _names(site, p, titles) for p in pieces}

    def how_well(piece: Piece, concepts: Sequence[str]) -> float:
        said = names[piece.key or piece.url]
        return max(said.get(c, 0.0) for c in concepts)

    foreign = {p.key or p.url for p in pieces if how_well(p, others) >= WEAK > how_well(p, part.concepts)}
    foreign -= {p.key or p.url for p in pieces if p.role == "page" and _has_section(site, p, part, others, titles)}
    # what only stands on a foreign page, or is shown by it, is foreign too; not what it links and nobody could read, which may be
    # anything
    foreign |= {
        p.key or p.url
        for p in pieces
        if p.via and p.via in foreign and how_well(p, part.concepts) < WEAK and (p.cause in _NOTHING or not _is_linked(p))
    }
    own = [p for p in pieces if (p.key or p.url) not in foreign]
    sure = any(not p.index and (p.cause not in _NOTHING or how_well(p, part.concepts) > how_well(p, others)) for p in own)
    return tuple(own) if sure else pieces


def _has_section(site: SiteView, page: Piece, part: Item, others: Sequence[str], titles: Titles) -> bool:
    """Whether a heading anywhere on a page plainly names a part's concept, and that better than another of the item: agencies
    tell of several concepts on one page, below the title of the first."""
    for line in site.lines(page.document) if page.document else ():
        if line.heading and not line.toc:
            said = titles.scores(line.bare)
            own = max(said.get(c, 0.0) for c in part.concepts)
            if own >= STRONG and own > max(said.get(c, 0.0) for c in others):
                return True
    return False


def _is_linked(piece: Piece) -> bool:
    """Whether a link leads to a piece, that the page around it does not show (a map)."""
    return piece.link is not None and piece.link.kind not in SHOWN


def _names(site: SiteView, piece: Piece, titles: Titles) -> dict[str, float]:
    """How well each concept is named by a piece's own title, first headings and words, file name, the words of the link that
    leads to it, and what the answer says of it."""
    heads = piece.exchange.headings[:_HEADS] if piece.exchange else ()
    way = (*([piece.link] if piece.link else []), *site.way(piece.key)[:1])
    texts = (
        piece.title,
        *heads,
        *_first_words(site, piece),
        file_words(piece.url),
        *(x.text for x in way),
        *_STEP.split(piece.note),
    )
    found: dict[str, float] = {}
    for text in texts:
        for concept, score in titles.scores(text).items():
            found[concept] = max(found.get(concept, 0.0), score)
    return found


def _first_words(site: SiteView, piece: Piece) -> list[str]:
    """The first blocks of a document's own content; what only names where a page leads tells nothing of the page."""
    pages = piece.document.pages[:1] if piece.document else ()
    leading = {x.text.strip() for x in site.content_links(piece.key)} if piece.role == "page" else set()
    blocks = [b for page in pages for b in page.blocks if b.text.strip() and b.zone == "main"]
    return [b.text for b in blocks[:_HEADS] if b.kind == "heading" or b.text.strip() not in leading]
