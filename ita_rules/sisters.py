"""Parts of merged items that were not located: what was found for the item's other parts is tried for them.

A menu says "structure", and the entry below it holds the powers in words of its own; a news page that names the policy is the
activity that the next concept asks for; the contact page's form is the one way to ask. What is tried so is taken where it meets
all that the part asks, and is left alone otherwise: nobody called it the part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ita_rules.assemble import Judged
from ita_rules.checks.two_way import anywhere, has_form
from ita_rules.locate import Candidate, Locator, SiteView
from ita_rules.locate.expand import expand, piece
from ita_rules.locate.titles import WEAK
from ita_rules.model import LocatedBy
from ita_rules.rulesets.types import Item
from ita_rules.run.types import Link

_NEAR = 2
"""How many entries of a menu before and after a sister's may be a part's."""

_SCORE = 0.5


def of_sisters(site: SiteView, locator: Locator, part: Judged, sisters: Sequence[Judged]) -> Iterator[Candidate]:
    """What may serve a part that nothing was located for, the likeliest first; nothing for a part that was located or answered.

    That is what named a sister and was not chosen for her, and the entries of the menu beside hers that name nothing of the form;
    for a channel of questions her own page alone, where the channel may stand.
    """
    if part.ctx.located.state != "none" or part.ctx.only_files:
        return
    for sister in sisters:
        chosen = sister.ctx.candidate
        if chosen is None or sister.ctx.located.state != "found":
            continue
        if _asks_channel(part.item):
            yield chosen
            continue
        yield from (c for c in sister.ctx.located.candidates if not {p.key for p in c.pieces} & {p.key for p in chosen.pieces})
        yield from beside(site, locator, part.item, chosen)


def one_way(site: SiteView, part: Judged, sisters: Sequence[Judged]) -> Candidate | None:
    """The form on a sister's page, where it is the only channel of questions on a site that was seen whole; else None."""
    if part.ctx.located.state != "none" or part.ctx.only_files or not _asks_channel(part.item) or not site.complete:
        return None
    found = (s.ctx.candidate for s in sisters if s.ctx.candidate is not None and s.ctx.located.state == "found")
    form = next((c for c in found if any(map(has_form, c.readable))), None)
    return form if form is not None and not anywhere(site) else None


def beside(site: SiteView, locator: Locator, part: Item, chosen: Candidate) -> Iterator[Candidate]:
    """The pages of the menu beside the one that a sister's candidate begins with, each with what it leads to of a part's."""
    for link in _entries(site, locator, chosen):
        start = piece(site, link.target, link.url, link=link)
        pieces = expand(site, start, part, locator.titles, locator.index_keys)
        yield Candidate(pieces, LocatedBy.MENU, _SCORE, link.text)


def _asks_channel(part: Item) -> bool:
    """Whether a part asks for a two-way channel of questions."""
    return any(c.kind == "two_way" for c in part.checks)


def _entries(site: SiteView, locator: Locator, chosen: Candidate) -> Iterator[Link]:
    """The entries of the menu beside the one that leads to a candidate, the nearest first; none that names something of the form,
    and none that is of the site's other lists or leads out of it."""
    first = chosen.pieces[0]
    way = first.link
    if way is None or not site.is_frame_link(way):
        return
    menu = [x for x in site.links(way.source) if x.zone == way.zone and x.section == way.section and x.target]
    at = next((n for n, x in enumerate(menu) if site.final(x.target) == site.final(first.key)), None)
    if at is None:
        return
    for step in range(1, _NEAR + 1):
        for place in (at + step, at - step):
            link = menu[place] if 0 <= place < len(menu) else None
            if link is None or not site.is_page(link.target) or not site.own_host(link.url) or site.is_home(link.target):
                continue
            if max(locator.titles.link_scores(link).values(), default=0.0) < WEAK and link.target not in locator.index_keys:
                yield link
