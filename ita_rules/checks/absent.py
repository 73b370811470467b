"""`absent`: something that must not stand in place of the agency's own text: a whole act of law."""

from __future__ import annotations

import re
from itertools import takewhile

from ita_rules.checks.component import look
from ita_rules.checks.find.component import find
from ita_rules.checks.find.declared import SENTENCE
from ita_rules.checks.find.spec import Spec, spec_of
from ita_rules.checks.interface import Context, Observation, Outcome, page_of, quoted, unknown
from ita_rules.locate import Piece
from ita_rules.locate.lines import Line, Lines
from ita_rules.locate.titles import STRONG
from ita_rules.rulesets.types import Check
from ita_rules.thai.fold import UNREAD, clean, loose

KIND = "absent"

_TITLE = re.compile(r"\s*พระราช(?:บัญญัติ|กฤษฎีกา|กำหนด)|\s*มาตรา\s*\d")
_SECTION = re.compile(rf"^\s*มาตรา\s*(\d+(?:/\d+)?|{UNREAD}+)")
_LEAST_SECTIONS = 5
_DENSE = 0.4  # the share of lines that begin a section where there is little else
_OPENING = frozenset({"1", "2"})  # sections of which one shows the beginning of an act: its name, and from when it binds
_LONG = 12  # sections that are an act though its beginning is cut off
_OWN = 200  # letters that are a text of the agency's own
_MARKS = (
    "ให้ไว้ณวันที่",
    "โดยที่เป็นการสมควร",
    "พระราชบัญญัตินี้เรียกว่า",
    "พระราชกฤษฎีกานี้เรียกว่า",
    "ประกาศในราชกิจจานุเบกษา",
    "ให้ใช้บังคับตั้งแต่วันถัดจากวันประกาศ",
    "ผู้รับสนองพระราชโองการ",
    "ผู้รับสนองพระบรมราชโองการ",
)
_FOLDED = tuple(map(loose, _MARKS))


def observe(ctx: Context, check: Check) -> Observation:
    """A gap when a source is a law in full and nothing beside it is the agency's own text of what the item asks.

    A page of another item beside the law (the structure of a merged item) is none, nor is one that only links to the law. What
    can be neither told to be the agency's own text nor that of another item leaves it open.
    """
    what = "@check.absent.whole_law"
    if not ctx.content:
        return unknown(check, ctx.unread_cause or "not_gathered", "check.absent.undecided", component=what)
    laws = [(p, line) for p in ctx.content if (line := whole_law(ctx, p))]
    beside = [p for p in ctx.content if all(p is not q for q, _ in laws) and ctx.letters(p) >= _OWN]
    specs = _asked(ctx)
    own = [p for p in beside if not laws or _shows(ctx, p, specs)]
    headed = {p.key: before for p, _ in laws if _letters(before := _before(ctx, p)) >= _OWN}
    own += [p for p, _ in laws if p.key in headed and any(find(headed[p.key], spec).met for spec in specs)]
    if laws and not own and ctx.unread_cause:
        # what could not be read may be the agency's own text
        return unknown(check, ctx.unread_cause, "check.absent.undecided", component=what)
    if laws and not own:
        piece, line = laws[0]
        evidence = (quoted(piece, page_of(piece, line.page.number), line.text[:200]),)
        unclear = headed or any(not _is_of_another(ctx, p) for p in beside)
        return Observation(
            check,
            Outcome.NOT_MET,
            ("check.absent.gap", {"component": what}),
            0.5 if unclear else 0.92,
            evidence,
            fix=("check.absent.fix", {"component": what}),
        )
    if ctx.unread_cause:
        return unknown(check, ctx.unread_cause, "check.absent.undecided", component=what)
    best = (own or list(ctx.content))[0]
    lines = ctx.site.lines(best.document) if best.document else ()
    opening = tuple(quoted(best, page_of(best, x.page.number), x.text[:160]) for x in lines[:1])
    return Observation(check, Outcome.MET, ("check.absent.pass", {"component": what}), 0.95, opening)


def _asked(ctx: Context) -> tuple[Spec, ...]:
    """The components that the item asks for."""
    return tuple(spec_of(ctx.ruleset.components, ctx.item, c) for c in ctx.item.checks if c.kind == "component" and not c.any_of)


def _shows(ctx: Context, piece: Piece, specs: tuple[Spec, ...]) -> bool:
    """Whether a piece shows what the item asks, and does not only link to it ("อำนาจหน้าที่ของหน่วยงาน คลิกที่นี่"); any piece does
    where the item asks for no component."""
    names = {folded for x in ctx.site.content_links(piece.key) if (folded := loose(x.text))}
    hits = (h for spec in specs for h in look(ctx, piece, spec).met)
    return not specs or any(len(h.line.key) > SENTENCE or not any(name in h.line.loose for name in names) for h in hits)


def _is_of_another(ctx: Context, piece: Piece) -> bool:
    """Whether what titles a piece plainly names another concept than the item's."""
    lines = ctx.site.lines(piece.document) if piece.document else ()
    said = [ctx.titles.scores(text) for text in (piece.title, *(x.bare for x in lines[:1]))]
    own = max((scores.get(c, 0.0) for scores in said for c in ctx.item.concepts), default=0.0)
    return max((score for scores in said for score in scores.values()), default=0.0) >= STRONG > own


def _before(ctx: Context, piece: Piece) -> Lines:
    """The lines of a piece before the first that is a law's."""
    lines = ctx.site.lines(piece.document) if piece.document else ()
    return Lines(takewhile(lambda x: not (_TITLE.match(x.bare) or any(m in x.loose for m in _FOLDED)), lines))


def _letters(lines: Lines) -> int:
    """The letters of some lines but for headings and contents."""
    return sum(len(x.key) for x in lines if not x.heading and not x.toc)


def whole_law(ctx: Context, piece: Piece) -> Line | None:
    """The first section of a law printed in full, None where the piece is something else.

    A whole act begins with its first section; what quotes those that give duties (66 to 68, and the like) does not.
    """
    if piece.document is None:
        return None
    lines = ctx.site.lines(piece.document)
    sections = [(x, m[1]) for x in lines if (m := _SECTION.match(clean(x.text)))]
    # numbers that could not be read in a scan are taken for different ones
    numbers = {f"{n}{at}" if n[0] == UNREAD else n for at, (_, n) in enumerate(sections)}
    begins = any(n in _OPENING or n[0] == UNREAD for _, n in sections)
    text = "".join(x.loose for x in lines)
    marks = sum(m in text for m in _FOLDED)
    dense = len(sections) / max(1, len(lines)) >= _DENSE
    enough = len(numbers) >= _LEAST_SECTIONS and (marks >= 1 or dense)
    framed = len(numbers) >= 3 and marks >= 2
    return sections[0][0] if (enough or framed) and (begins or len(numbers) >= _LONG) else None
