"""`component`: the evidence shows one thing that the item asks for, with content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from ita_rules.checks.find.component import find
from ita_rules.checks.find.declared import SENTENCE, cover
from ita_rules.checks.find.detect import detect
from ita_rules.checks.find.findings import Findings, Hit
from ita_rules.checks.find.hints import hinted, strange
from ita_rules.checks.find.nearly import MOST, labels_of, nearest
from ita_rules.checks.find.recognised import as_recognised, doubts, mended, unseen
from ita_rules.checks.find.shapes.services import is_listing
from ita_rules.checks.find.shapes.sight import Sight
from ita_rules.checks.find.spec import Spec, label_match, others_of, spec_of
from ita_rules.checks.find.unexplained import Known, unexplained
from ita_rules.checks.find.unfinished import is_to_come
from ita_rules.checks.interface import Context, Observation, Outcome, Said, page_of, quoted, unknown, whole
from ita_rules.locate import Piece
from ita_rules.locate.lines import Line, Lines, prepare_text
from ita_rules.model import Evidence, NearMiss
from ita_rules.rulesets.types import Check
from ita_rules.thai.periods import mentions

KIND = "component"
_MOST_WORDS = 8  # wordings that are told
_NAMED = 0.5  # how well a line near the top names the item, from which it may title the paper
_TOP = 4  # blocks of a paper among which its title stands
_MOST_FOREIGN = 3  # labels in words that nobody listed, that are told
_MOST_EMPTY = 3  # empty or merely listed places that are told


def observe(ctx: Context, check: Check) -> Observation:
    """Met by any way the vocabulary knows; not met when every source was read whole; unknown when one could not be."""
    spec = spec_of(ctx.ruleset.components, ctx.item, check)
    name = ctx.words_of(check)
    looked = tuple((p, look(ctx, p, spec)) for p in ctx.fitting)
    why = _why(spec, looked)
    against = [(p, h) for p, f in looked for h in f.against]
    met = [(p, h) for p, f in looked for h in f.met]
    if against:
        piece, hit = against[0]
        return Observation(
            check,
            Outcome.NOT_MET,
            ("check.component.contrary", {"component": name, "quote": hit.quote}),
            0.88,
            (_quote(piece, hit),),
            why,
        )
    if met:
        best = max(met, key=lambda pair: pair[1].confidence)
        evidence = tuple(_quote(p, h) for p, h in _some(best, met))
        message = "check.component.zero" if best[1].how == "zero" else "check.component.pass"
        return Observation(check, Outcome.MET, (message, {"component": name}), best[1].confidence, evidence, why)
    if not ctx.fitting and ctx.printed and ctx.unread_cause == "uncertain":
        where = {"component": name, "where": ctx.printed[0].called}
        return Observation(check, Outcome.NOT_MET, ("check.component.criterion_text", where), 0.9, whole(ctx.printed), why)
    if not ctx.fitting and ctx.unfinished and ctx.unread_cause == "uncertain":
        where = {"component": name, "where": ctx.unfinished[0].called}
        sure = not any(map(ctx.may_fill, ctx.unfinished))
        said: Said = ("check.component.unfinished", where)
        return Observation(check, Outcome.NOT_MET, said, 0.9 if sure else 0.5, whole(ctx.unfinished), why)
    if not ctx.fitting:
        return unknown(check, ctx.unread_cause or "not_gathered", "check.component.undecided", component=name)
    if ctx.unread_cause:
        return unknown(check, ctx.unread_cause, "check.component.undecided", component=name)
    return _missing(ctx, check, spec, looked, name, why)


def _missing(
    ctx: Context, check: Check, spec: Spec, looked: tuple[tuple[Piece, Findings], ...], name: str, why: tuple[Said, ...]
) -> Observation:
    pieces = tuple(p for p, _ in looked)
    where = pieces[0].called
    # A picture in which print may stand that nobody could read is not among the texts, but it was not seen to lack anything.
    trusted = (*pieces, *(p for p in ctx.pieces if p.role == "picture"))
    low_trust = min((page.trust for p in trusted if p.document for page in p.document.pages), default=1.0) < 0.6
    message, confidence = "check.component.gap", 0.9
    partly = [x for _, f in looked for x in f.partly]
    if partly:
        values = {"component": name, "found": partly[0].full, "asked": partly[0].of, "missing": partly[0].missing}
        return Observation(check, Outcome.NOT_MET, ("check.component.some", values), 0.5, whole(pieces), why)
    if any(f.empty for _, f in looked):
        message = "check.component.empty"
    elif any(f.contents for _, f in looked):
        message, confidence = "check.component.toc", 0.85
    mentioned = [h for _, f in looked for h in f.mentioned]
    if mentioned and message == "check.component.gap":
        # A title names what the paper is about; words in its text may be the thing itself under a heading that nobody listed.
        confidence = 0.7 if all(_titles(ctx, h.line) for h in mentioned) else 0.5
        why = (*why, ("why.mentioned", {"wording": mentioned[0].wording, "quote": mentioned[0].quote}))
    guesses = [h for p in pieces for h in _hinted(ctx, p, spec)] if message == "check.component.gap" else []
    if guesses:
        confidence = 0.5
        why = (*why, ("why.hinted", {"label": guesses[0].quote}))
    elif message == "check.component.gap" and (spec.wordings or spec.statements):
        foreign = [h for p in pieces for h in _strange(ctx, p, check)]
        foreign = foreign or (_unexplained(ctx, check, spec, pieces) if spec.stems else [])
        if foreign:
            confidence = 0.5
            why = (*why, *(("why.hinted", {"label": h.quote}) for h in foreign[:_MOST_FOREIGN]))
    doubtful = [h for p in pieces for h in _doubts(ctx, p, spec)]
    if doubtful:
        confidence = min(confidence, 0.5)
        why = (*why, ("why.doubted", {"label": doubtful[0].quote, "page": doubtful[0].line.page.number}))
    if "dated-activity" in spec.detect and any(_dated(ctx, p) for p in pieces):
        confidence = 0.5  # something was held on that day; what it was is told in words that nobody listed
    if "services" in spec.detect and any(is_listing(ctx.site.lines(p.document)) for p in pieces if p.document):
        confidence = 0.5  # what is listed may be called so by those who come for it
    if low_trust or any(unseen(ctx.site.lines(p.document), spec) for p in pieces if p.document):
        confidence = min(confidence, 0.5)
    return Observation(check, Outcome.NOT_MET, (message, {"component": name, "where": where}), confidence, whole(pieces), why)


def _dated(ctx: Context, piece: Piece) -> bool:
    """Whether a piece tells of a day in a sentence."""
    lines = ctx.site.lines(piece.document) if piece.document else ()
    return any(len(x.key) > SENTENCE and any(m.kind == "date" for m in mentions(x.text)) for x in lines if not x.criterion)


def _titles(ctx: Context, line: Line) -> bool:
    """Whether a line at the top of a paper names the item."""
    return line.page.number == 1 and line.at < _TOP and ctx.titles.score(line.bare, ctx.item) >= _NAMED


def _hinted(ctx: Context, piece: Piece, spec: Spec) -> list[Hit]:
    """Labels of a piece that may be the component in words that nobody listed."""
    lines = ctx.site.lines(piece.document) if piece.document else ()
    titled = frozenset(x.loose for x in _head(lines, numbered=True) if ctx.titles.listed_score(x.bare, ctx.item) >= _NAMED)
    return hinted(lines, spec, titled)


def _strange(ctx: Context, piece: Piece, check: Check) -> list[Hit]:
    """Filled columns of a piece in words that the rules do not know at all, and that may hold the component."""
    in_words = ctx.ruleset.component(check.component or check.key).in_words
    return strange(ctx.site.lines(piece.document), ctx.known_words, in_words=in_words) if piece.document else []


def _unexplained(ctx: Context, check: Check, spec: Spec, pieces: Sequence[Piece]) -> list[Hit]:
    """Labels of pieces with content that are about nothing that is asked beside a component, nor about anything usual.

    Asked for components that are told under a heading of their own, for which the vocabulary has stems: a portrait, a telephone
    number or a form is not.
    """
    known = Known(spec, *others_of(ctx.ruleset.components, ctx.item, check), ctx.titles, ctx.agency_name)
    first = next((c for c in ctx.item.checks if c.kind == KIND), check)
    in_words = ctx.ruleset.component(check.component or check.key).in_words
    found: list[Hit] = []
    for piece in pieces:
        lines = ctx.site.lines(piece.document) if piece.document else ()
        named = (x for x in _head(lines, numbered=True) if ctx.titles.score(x.bare, ctx.item) >= _NAMED)
        titled = frozenset(x.loose for x in (*lines[:1], *named))
        found += unexplained(lines, known, titled, subjects=first is check, in_words=in_words, counts=bool(spec.figures))
    return found


def _head(lines: Sequence[Line], *, numbered: bool = False) -> list[Line]:
    """The lines that may title a document: of its first four those before the first sentence, for a label that stands below one
    heads a section, however much it sounds like the title. Numbered ones head sections too, and count only where `numbered`."""
    head = list(takewhile(lambda x: x.heading or len(x.key) <= SENTENCE, cover(lines)[:4]))
    return [x for x in head if numbered or not x.numbered]


def _doubts(ctx: Context, piece: Piece, spec: Spec) -> list[Hit]:
    """What makes it doubtful on a recognised page that the component is missing."""
    return list(doubts(ctx.site.lines(piece.document), spec)) if piece.document else []


def look(ctx: Context, piece: Piece, spec: Spec) -> Findings:
    """What is seen of a component in one piece."""
    assert piece.document is not None
    ready = mended(ctx.site.lines(piece.document), spec)
    lines = ready.lines
    first = _head(lines)
    titles = () if spec.title_counts else tuple(x for x in first if ctx.titles.score(x.bare, ctx.item) >= 0.7)
    titles = tuple(x for x in titles if not _is_section(x, first[0], spec))
    # What sounds like a title by its meaning alone, and is what the component is called, heads its section; below the title it
    # may be called so in words that nobody listed.
    own = {wording.loose for wording in spec.wordings}
    titles = tuple(
        x
        for x in titles
        if ctx.titles.listed_score(x.bare, ctx.item) >= 0.7
        or (x.loose not in own and (x in first[:2] or label_match(spec, x.bare, sure=True) is None))
    )
    titled = frozenset(x.loose for x in titles)
    found = find(_without_frame(ctx, lines) if spec.title_counts else lines, spec, titled)
    if not found.met:
        found.met += _alternate(piece, spec, only_said=bool(found.empty or found.contents))
    content = Lines(x for x in lines if not x.criterion) if any(x.criterion for x in lines) else lines
    sight = Sight(content, piece.document, tuple(link for link in ctx.site.links(piece.key) if not ctx.site.is_frame_link(link)))
    for name in spec.detect:
        found.met += detect(name, sight)
    return as_recognised(found, ready.swaps)


def _without_frame(ctx: Context, lines: Lines) -> Lines:
    """The lines of a page that says that its content is to come, without what the site repeats on its pages: below such a word
    the site's foot would be taken for what the title heads. All lines of any other text."""
    to_come = any(is_to_come(x.loose) for x in lines)
    return Lines(x for x in lines if x.loose not in ctx.site.frame) if to_come else lines


def _is_section(line: Line, title: Line, spec: Spec) -> bool:
    """Whether a line near the top is no title but a section of the component: the source says so, in the component's own words.

    A short paper comes to its point at once, and what an item is called is often what its first section is called.
    """
    below = line.block.kind == title.block.kind == "heading" and line.block.level > title.block.level > 0
    return below and any(line.loose == wording.loose for wording in spec.wordings)


def _alternate(piece: Piece, spec: Spec, *, only_said: bool) -> list[Hit]:
    """What only the second reader of a PDF (or of one in an archive) shows. It knows no tables: where the first reader saw the
    component's place empty, or in a table of contents, only what the second reads as a sentence counts (`only_said`)."""
    assert piece.document is not None
    lines = [x for page in piece.document.pages if page.alternate for x in prepare_text(page)]
    ways = ("statement", "zero") if only_said else ("statement", "zero", "field", "section")
    return [h for h in find(lines, spec).met if h.how in ways]


def _some(best: tuple[Piece, Hit], met: list[tuple[Piece, Hit]]) -> list[tuple[Piece, Hit]]:
    """The best place and at most two others, each in another line."""
    rest = sorted((m for m in met if m[1].line is not best[1].line), key=lambda m: -m[1].confidence)
    return [best, *rest[:2]]


def _quote(piece: Piece, hit: Hit) -> Evidence:
    return quoted(piece, page_of(piece, hit.line.page.number), hit.quote)


def _why(spec: Spec, looked: tuple[tuple[Piece, Findings], ...]) -> tuple[Said, ...]:
    words = [w.text for w in (*spec.wordings, *spec.statements, *spec.figures)[:_MOST_WORDS]]
    why: list[Said] = [("why.looked_for", {"wordings": words})] if words else []
    if spec.detect:
        why.append(("why.shapes", {}))
    for piece, found in looked[:6]:
        why.append(
            (
                "why.read",
                {"title": piece.called, "met": len(found.met), "empty": len(found.empty), "contents": len(found.contents)},
            )
        )
    met = [(p, h) for p, f in looked for h in f.met]
    if met:
        piece, best = max(met, key=lambda pair: pair[1].confidence)
        told = {"how": f"@why.how.{best.how}", "wording": best.wording, "page": best.line.page.number, "title": piece.called}
        why.append(("why.matched", told))
    else:
        for piece, hit in [(p, h) for p, f in looked for h in (*f.empty, *f.contents)][:_MOST_EMPTY]:
            why.append(("why.bare", {"label": hit.quote, "page": hit.line.page.number, "title": piece.called}))
    return tuple(why)


def with_near(ctx: Context, seen: Sequence[Observation]) -> tuple[Observation, ...]:
    """The observations of a candidate; those of components that were not met also tell which labels came nearest.

    Asked only of the candidate that speaks for its item, once all its checks were observed: the labels are gathered once.
    """
    if not any(o.outcome is Outcome.NOT_MET and _sought(o.check) for o in seen):
        return tuple(seen)
    labels = labels_of((p, ctx.site.lines(p.document)) for p in ctx.fitting if p.document)
    made = []
    for one in seen:
        sought = _sought(one.check) if one.outcome is Outcome.NOT_MET else ()
        specs = [spec_of(ctx.ruleset.components, ctx.item, c) for c in sought]
        best = sorted((n for s in specs for n in nearest(labels, s)), key=lambda n: -n.likeness)[:MOST]
        near = tuple(
            NearMiss(
                label=n.label.text,
                wording=n.wording,
                likeness=round(n.likeness),
                url=n.label.piece.url,
                page=page_of(n.label.piece, n.label.line.page.number),
            )
            for n in best
        )
        told = tuple(("why.near", {"label": n.label, "wording": n.wording, "likeness": n.likeness}) for n in near)
        made.append(replace(one, near=near, why=(*one.why, *told)))
    return tuple(made)


def _sought(check: Check) -> tuple[Check, ...]:
    """The components that a check seeks: itself, or those of its branches."""
    return tuple(c for c in (check, *check.any_of) if c.kind == KIND and not c.any_of)
