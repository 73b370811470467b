"""`named`: the document is this agency's: it names it, or at least no other agency in its place."""

from __future__ import annotations

import re

from rapidfuzz.fuzz import partial_ratio

from ita_rules.checks.find.declared import cover
from ita_rules.checks.find.names import is_plain, is_told, issuers, others_in, own_names
from ita_rules.checks.interface import Context, Observation, Outcome, page_of, quoted, unknown
from ita_rules.locate import Piece
from ita_rules.locate.lines import Line, Lines
from ita_rules.model import Severity
from ita_rules.rulesets.types import Check
from ita_rules.run.keys import host_of
from ita_rules.run.types import RunMeta
from ita_rules.thai.fold import loose
from ita_rules.thai.many import fold_all

KIND = "named"

_KIND = re.compile(
    "^(?:องคการบริหารสวน(?:ตาบล|จังหวัด)|เทศบาล(?:ตาบล|เมือง|นคร)|โรงพยาบาล(?:สงเสริมสุขภาพตาบล)?|โรงเรียน|มหาวิทยาลัย|กรม)(.{3,})$"
)
_NEARLY = 66.0  # `partial_ratio` of a name without its kind


def observe(ctx: Context, check: Check) -> Observation:
    """A gap when a cover or signature names another agency and no file names this one; advice where a document names both."""
    own = own_names(ctx.agency_name) if is_named(ctx.site.run.meta) else frozenset[str]()
    if not own or not ctx.content or not (ctx.only_files or ctx.site.says(own)):
        # a name that stands nowhere on the site was typed wrongly, or the site is another agency's: no document's fault
        return Observation(check, Outcome.NOT_APPLICABLE, ("check.not_applicable.name", {}))
    name = ctx.agency_name
    both: tuple[Piece, Line, str] | None = None
    foreign: list[tuple[Piece, Line, str]] = []
    mine = False
    for piece in ctx.fitting:
        assert piece.document is not None
        lines = ctx.site.lines(piece.document)
        scanned = ctx.recognised((piece,))
        has_own = _names(piece, lines, own, scanned)
        titled = [(x, other) for x in (*cover(lines), *lines[-4:]) for other in others_in(x.text, own) if is_told(other, lines)]
        titled += issuers(lines, own)
        if scanned:
            # a misread letter must not make another agency of this one
            titled = [(x, other) for x, other in titled if not _nearly_own(loose(other), own)]
        mine = mine or (has_own and piece.role == "file")
        if titled and not has_own and piece.role == "file":
            foreign.append((piece, *titled[0]))
        plain = [(x, other) for x, other in titled if is_plain(x, other, lines)]
        if plain and has_own and both is None:
            both = (piece, *plain[0])
    if foreign and not mine:
        if ctx.unread_cause:
            # what could not be read may be the agency's own paper
            return unknown(check, ctx.unread_cause, "check.named.undecided", agency=name)
        piece, line, other = foreign[0]
        evidence = (quoted(piece, page_of(piece, line.page.number), line.text[:200]),)
        values = {"other": other, "agency": name}
        return Observation(
            check, Outcome.NOT_MET, ("check.named.gap", values), 0.85, evidence, fix=("check.named.fix", {"agency": name})
        )
    if both is not None:
        piece, line, other = both
        evidence = (quoted(piece, page_of(piece, line.page.number), line.text[:200]),)
        values = {"other": other, "agency": name}
        fix = ("check.named.fix", {"agency": name})
        return Observation(check, Outcome.NOT_MET, ("check.named.both", values), 0.7, evidence, severity=Severity.ADVICE, fix=fix)
    return _own(ctx, check, own, name)


def _names(piece: Piece, lines: Lines, own: frozenset[str], scanned: bool) -> bool:
    """Whether a piece names the agency, in its content or in what its page repeats; in a scan, nearly."""
    assert piece.document is not None
    content = "\n".join(x.loose for x in lines)
    if any(o in content for o in own):
        return True
    text = "".join(fold_all([block.text for _, _, block in piece.document.blocks()]).loose)
    return any(o in text for o in own) or (scanned and _nearly_own(text, own))


def _own(ctx: Context, check: Check, own: frozenset[str], name: str) -> Observation:
    for piece in ctx.fitting:
        assert piece.document is not None
        scanned = ctx.recognised((piece,))
        lines = ctx.site.lines(piece.document)
        line = next((x for x in lines if any(o in x.loose for o in own) or (scanned and _nearly_own(x.loose, own))), None)
        if line:
            evidence = (quoted(piece, page_of(piece, line.page.number), line.text[:200]),)
            return Observation(check, Outcome.MET, ("check.named.pass", {"agency": name}), 0.95, evidence)
    return Observation(check, Outcome.NOT_APPLICABLE, ("check.not_applicable", {}))


def _nearly_own(text: str, own: frozenset[str]) -> bool:
    """Whether a recognised text (folded) names the agency with up to a third of its letters mistaken.

    The name without its kind counts, since neighbours of one kind share most of their letters; where no kind is known, all.
    """
    bare = [m[1] for o in own if (m := _KIND.match(o))] or [min(own, key=len)]
    return any(partial_ratio(name, text, score_cutoff=_NEARLY) > 0 for name in bare if len(text) >= len(name))


def is_named(meta: RunMeta) -> bool:
    """Whether the user said how the agency is called. A run without a name bears its site's host, which is nobody's name."""
    return meta.agency_name not in ("", host_of(meta.start_url))
