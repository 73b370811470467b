"""`absent`: something that must not stand in place of the agency's own text: a whole act of law."""

from __future__ import annotations

import re

from ita_rules.checks.interface import Context, Observation, Outcome, page_of, quoted, unknown
from ita_rules.locate import Piece
from ita_rules.locate.lines import Line
from ita_rules.rulesets.types import Check
from ita_rules.thai.fold import UNREAD, clean, loose

KIND = "absent"

_SECTION = re.compile(rf"^\s*มาตรา\s*(\d+|{UNREAD}+)")
_LEAST_SECTIONS = 5
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


def observe(ctx: Context, check: Check) -> Observation:
    """A gap when a source is a law in full: its sections one after another, in a law's own frame, and little else."""
    what = "@check.absent.whole_law"
    if not ctx.content:
        return unknown(check, ctx.unread_cause or "not_gathered", "check.absent.undecided", component=what)
    laws = [(p, line) for p in ctx.content if (line := whole_law(ctx, p))]
    own = [p for p in ctx.content if all(p is not q for q, _ in laws) and ctx.letters(p) >= 200]
    if laws and not own and ctx.unread_cause:
        # what could not be read may be the agency's own text
        return unknown(check, ctx.unread_cause, "check.absent.undecided", component=what)
    if laws and not own:
        piece, line = laws[0]
        evidence = (quoted(piece, page_of(piece, line.page.number), line.text[:200]),)
        return Observation(
            check,
            Outcome.NOT_MET,
            ("check.absent.gap", {"component": what}),
            0.92,
            evidence,
            fix=("check.absent.fix", {"component": what}),
        )
    if ctx.unread_cause:
        return unknown(check, ctx.unread_cause, "check.absent.undecided", component=what)
    best = (own or list(ctx.content))[0]
    lines = ctx.site.lines(best.document) if best.document else ()
    opening = tuple(quoted(best, page_of(best, x.page.number), x.text[:160]) for x in lines[:1])
    return Observation(check, Outcome.MET, ("check.absent.pass", {"component": what}), 0.95, opening)


def whole_law(ctx: Context, piece: Piece) -> Line | None:
    """The first section of a law printed in full, None where the piece is something else."""
    if piece.document is None:
        return None
    lines = ctx.site.lines(piece.document)
    sections = [(x, m) for x in lines if (m := _SECTION.match(clean(x.text)))]
    # numbers that could not be read in a scan are taken for different ones
    numbers = {m[1] if m[1].isdigit() else f"{m[1]}{at}" for at, (_, m) in enumerate(sections)}
    text = "".join(x.loose for x in lines)
    marks = sum(loose(m) in text for m in _MARKS)
    in_sections = sum(1 for x in lines if _SECTION.match(clean(x.text))) / max(1, len(lines))
    enough = len(numbers) >= _LEAST_SECTIONS and (marks >= 1 or in_sections >= 0.4)
    return sections[0][0] if enough or (len(numbers) >= 3 and marks >= 2) else None
