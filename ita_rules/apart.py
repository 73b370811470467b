"""Components that agencies often publish as papers of their own (`own_paper`), beside the paper that was located.

An order sets up a working group, a leaflet holds the dos and don'ts, a news page tells of the training: nothing joins them but
the section of the site in which they stand. Before such a component is said to be missing, what names it elsewhere is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ita_rules.checks import Context, Observation, Outcome, observe
from ita_rules.checks.find.spec import Spec, label_match, spec_of, stands_in
from ita_rules.locate import Candidate, Locator, Piece
from ita_rules.locate.expand import piece
from ita_rules.locate.papers import first_lines
from ita_rules.locate.titles import WEAK
from ita_rules.rulesets.types import Check, Item
from ita_rules.run.types import Link
from ita_rules.thai.fold import key, loose

_MOST = 6
"""Papers and pages that are looked at for one component."""

_LONGEST = 160  # letters of words that name a thing
_DOUBT = 0.5  # confidence of a gap beside a paper that bears the component's name


def with_apart(ctx: Context, seen: Sequence[Observation], locator: Locator) -> tuple[Context, tuple[Observation, ...]]:
    """What was seen of a candidate, and its context, once the papers that name what it lacks were looked at.

    What such a paper shows is evidence where it plainly belongs to the item: it names the item's subject, or stands in the list
    in which the evidence stands. One that may be another's leaves the component open, and so does one that nobody could read.
    Where the agency answered, its addresses alone count.
    """
    lacking = [o for o in seen if _may_stand_apart(ctx, o)]
    if ctx.located.state != "found" or ctx.candidate is None or not lacking:
        return ctx, tuple(seen)
    changed: dict[str, Observation] = {}
    wide = ctx
    for one in lacking:
        spec = spec_of(ctx.ruleset.components, ctx.item, one.check)
        for found, is_own in _naming(locator, ctx.item, ctx.candidate, spec):
            more = _with(wide, found)
            again = observe(more, one.check)
            if again.outcome is Outcome.MET and is_own:
                changed[one.check.id] = again
                wide = more
                break
            if one.check.id not in changed:
                changed[one.check.id] = _open(one, again, found)
    return wide, tuple(changed.get(o.check.id, o) for o in seen)


def _may_stand_apart(ctx: Context, one: Observation) -> bool:
    if one.check.kind != "component" or one.check.any_of or one.outcome is not Outcome.NOT_MET:
        return False
    return ctx.ruleset.component(one.check.component or one.check.key).own_paper


def _with(ctx: Context, found: Piece) -> Context:
    """The context of a candidate with one more piece."""
    assert ctx.candidate is not None
    return replace(ctx, candidate=replace(ctx.candidate, pieces=(*ctx.candidate.pieces, found)))


def _open(one: Observation, again: Observation, found: Piece) -> Observation:
    """A gap that is no more than a guess, for a paper bears the component's name; what could not be read tells its cause."""
    if again.outcome is Outcome.UNKNOWN:
        return again
    told = ("why.apart", {"title": found.called, "url": found.url})
    return replace(one, confidence=min(one.confidence, _DOUBT), why=(*one.why, told))


def papers_apart(locator: Locator, item: Item, candidate: Candidate) -> Iterator[Piece]:
    """The papers and pages that name what an item asks for and is often a paper of its own, beside a candidate."""
    for check in item.checks:
        if check.kind == "component" and not check.any_of and _is_own_paper(locator, check):
            yield from (p for p, _ in _naming(locator, item, candidate, spec_of(locator.ruleset.components, item, check)))


def _is_own_paper(locator: Locator, check: Check) -> bool:
    return locator.ruleset.component(check.component or check.key).own_paper


def _naming(locator: Locator, item: Item, candidate: Candidate, spec: Spec) -> Iterator[tuple[Piece, bool]]:
    """The papers and pages of the site that name a component, each with whether it plainly is the item's; the surest first."""
    site = locator.site
    taken = {site.final(p.key) for p in candidate.pieces}
    lists = {site.final(p.link.source) for p in candidate.pieces if p.link is not None}
    parts = re.compile("|".join(sorted(map(re.escape, _parts(spec)))))
    found: dict[str, tuple[Piece, bool]] = {}
    foreign: set[str] = set()
    for link, words in _named(locator):
        at = site.final(link.target)
        if at in taken or at in locator.index_keys or site.is_home(at) or not parts.search(loose(words)):
            continue
        if any(s >= WEAK for c, s in locator.titles.scores(words).items() if c not in item.concepts):
            foreign.add(at)
        if at in foreign or not _names(spec, words):
            continue
        beside = site.final(link.source) in lists and not site.is_frame_link(link)
        is_own = beside or _is_of_subject(locator, item, spec, words)
        if at not in found or (is_own and not found[at][1]):
            found[at] = piece(site, link.target, link.url, link=link), is_own
    ordered = sorted((pair for at, pair in found.items() if at not in foreign), key=lambda pair: (not pair[1], pair[0].url))
    yield from ordered[:_MOST]


def _parts(spec: Spec) -> set[str]:
    """What stands in any words that name a component."""
    return {w.first for w in (*spec.wordings, *spec.statements) if w.first} | set(spec.stems)


def _is_of_subject(locator: Locator, item: Item, spec: Spec, words: str) -> bool:
    """Whether words name the item itself, or state the component as a whole sentence would."""
    if locator.titles.score(words, item) >= WEAK:
        return True
    folded, strict = loose(words), key(words)
    return any(stands_in(w, folded, strict, spec.look_alikes) for w in spec.statements)


def _names(spec: Spec, words: str) -> bool:
    if not 3 <= len(words.strip()) <= _LONGEST:
        return False
    folded, strict = loose(words), key(words)
    if any(stands_in(w, folded, strict, spec.look_alikes) for w in spec.statements):
        return True
    return label_match(spec, words, sure=True, folded=(folded, strict)) is not None


def _named(locator: Locator) -> Iterator[tuple[Link, str]]:
    """Every link of the site to a page or file of its own with the words that may name what it leads to: the link's, those of its
    row, the page's title, and the first lines of the papers that no entry claims."""
    site = locator.site
    for link in site.memory.distinct_since(0):
        if not link.target or not site.own_host(link.url) or link.kind in ("img", "form"):
            continue
        exchange = site.exchange(site.final(link.target))
        heads = (exchange.title, *exchange.headings[:1]) if exchange is not None and not site.is_frame_link(link) else ()
        for words in dict.fromkeys((link.text, *link.cells, *heads)):
            yield link, words
    for link in locator.unclaimed:
        document = site.document(link.target)
        for words in first_lines(document) if document is not None else ():
            yield link, words
