"""`named`: the document is this agency's: it names it, or at least no other agency in its place."""

from __future__ import annotations

import re
from itertools import takewhile

from rapidfuzz.fuzz import partial_ratio

from ita_rules.checks.find.declared import cover
from ita_rules.checks.interface import Context, Observation, Outcome, page_of, quoted, unknown
from ita_rules.locate import Piece
from ita_rules.locate.lines import Line, Lines
from ita_rules.model import Severity
from ita_rules.rulesets.types import Check
from ita_rules.run.keys import host_of
from ita_rules.run.types import RunMeta
from ita_rules.thai.fold import clean, loose
from ita_rules.thai.many import fold_all

KIND = "named"

_LOCAL = re.compile(
    r"(?<!ก\.)(องค์การบริหารส่วนต\s?[ำา]\s?บล|องค์การบริหารส่วนจังหวัด|เทศบาลต\s?[ำา]\s?บล|เทศบาลเมือง|เทศบาลนคร|"
    r"อบต\.|อบจ\.|ทต\.|ทม\.|ทน\.)\s?([ก-๙]{2,})"
)  # text layers lose ำ, or part it
_SHORT = {
    "อบต.": "องค์การบริหารส่วนตำบล",
    "อบจ.": "องค์การบริหารส่วนจังหวัด",
    "ทต.": "เทศบาลตำบล",
    "ทม.": "เทศบาลเมือง",
    "ทน.": "เทศบาลนคร",
}
_OTHERS = re.compile(r"^(?:ประกาศ|โดย|จัดทำโดย)?\s*((?:กรม|มหาวิทยาลัย|โรงพยาบาล|โรงเรียน|วิทยาลัย)[ก-๙]{2,30})(?=\s|$)")
_KIND = re.compile(
    "^(?:องคการบริหารสวน(?:ตาบล|จังหวัด)|เทศบาล(?:ตาบล|เมือง|นคร)|โรงพยาบาล(?:สงเสริมสุขภาพตาบล)?|โรงเรียน|มหาวิทยาลัย|กรม)(.{3,})$"
)
_NEARLY = 66.0  # `partial_ratio` of a name without its kind
_ENTERPRISE = ("การ", "องคการ", "ธนาคาร", "สถาบัน", "บริษัท")
_COMPANY = re.compile(r"^(?:ประกาศ|โดย|จัดทำโดย)?\s*(บริษัท\s?[ก-๙\s]{3,50}\s?จำกัด(?:\s?\(มหาชน\))?)$")
_SISTER = 8  # letters that the names of two state enterprises end in alike
_TITLE_LINE = 60  # letters of a line that may be nothing but an agency's name and place
_VERBS = ("แต่งตั้ง", "จัด", "กำหนด", "ขอ", "ดำเนินการ", "เผยแพร่", "ประกาศ", "ออก", "ทำ", "รับ", "ส่ง", "เปิด", "ต้อง", "สามารถ")
_NOT_NAMES = tuple(
    # the last ones are posts: "นายก อบต. รองนายก อบต." is a list of them
    "และ หรือ หรื อื่น ทุก ใด นี้ ที่ ต่าง เป็น ได้ ให้ ส่งเสริม สามัญ ใกล้เคียง ดังกล่าว เรื่อง จังหวัด ของ โดย ตาม จะ มี ไม่ ว่า พนักงาน แห่ง กับ "
    "รองนายก รองปลัด ปลัด นายก เลขานุการ ที่ปรึกษา สมาชิก ประธาน".split()
)


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
        titled = [(x, other) for x in (*cover(lines), *lines[-4:]) for other in others_in(x.text, own)]
        if scanned:
            # a misread letter must not make another agency of this one
            titled = [(x, other) for x, other in titled if not _nearly_own(loose(other), own)]
        mine = mine or (has_own and piece.role == "file")
        if titled and not has_own and piece.role == "file":
            foreign.append((piece, *titled[0]))
        if titled and has_own and both is None:
            both = (piece, *titled[0])
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


def own_names(agency: str) -> frozenset[str]:
    """The loose keys by which an agency may be named: in full, with its kind's abbreviation, and its bare name."""
    folded = loose(agency)
    if len(folded) < 4:
        return frozenset()
    names = {folded}
    found = _LOCAL.search(clean(agency))
    if found:
        place = found[2]
        kind = _SHORT.get(found[1], found[1])
        short = next((s for s, k in _SHORT.items() if k == kind), "")
        names |= {loose(kind + place), loose(short + place), loose("ตำบล" + place)}
    return frozenset(n for n in names if len(n) >= 5)


def others_in(text: str, own: frozenset[str]) -> list[str]:
    """Other agencies of a local kind, named in full in a text (for agencies of other kinds: names of their kinds)."""
    cleaned = clean(text)
    found = []
    for match in _LOCAL.finditer(cleaned):
        place = match[2]
        full = loose(match[0])
        if place.startswith(_NOT_NAMES) or any(full in o or o in full or o.startswith(full) for o in own):
            continue
        kind = _SHORT.get(match[1], match[1])
        if any(loose(kind + place).startswith(o) or o.startswith(loose(kind + place)) for o in own):
            continue
        found.append(match[0].strip())
    if not any("องคการบริหารสวน" in o or "เทศบาล" in o for o in own):
        for match in _OTHERS.finditer(cleaned.strip()) if len(cleaned) <= _TITLE_LINE else ():
            full = loose(match[1])
            rest = re.sub(r"^(?:กรม|มหาวิทยาลัย|โรงพยาบาล|โรงเรียน|วิทยาลัย)", "", match[1])
            whole = match[1].startswith("กรม") and match[0].strip() == cleaned.strip()  # กรมส่งเสริม…, กรมจัดหา… by itself
            if rest.startswith((*_NOT_NAMES, *_VERBS)) and not whole:
                continue
            kinds = ("กรม", "มหาวิทยาลัย", "โรงพยาบาล", "โรงเรียน", "วิทยาลัย")
            same_kind = any(o.startswith(k) and full.startswith(k) for o in own for k in kinds)
            if same_kind and len(full) >= 8 and not any(full in o or o in full for o in own):
                found.append(match[1])
        found += _sister(cleaned, own)
    return found


def _sister(text: str, own: frozenset[str]) -> list[str]:
    """A line, or the last words of one, that is the name of another state enterprise: it opens as such names do and ends as this
    agency's own name does (การประปา…ภาคเหนือ, การไฟฟ้า…ภาคเหนือ); of a company, a line that is another company's name."""
    company = _COMPANY.match(text.strip())
    if company and any(name.startswith("บริษัท") for name in own):
        full = loose(company[1])
        return [] if any(full in name or name in full for name in own) else [company[1]]
    last = text.split()[-1] if text.split() else ""
    folded = loose(last)
    for name in own:
        end = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(reversed(folded), reversed(name), strict=False)))
        alike = name.startswith(_ENTERPRISE) and folded.startswith(_ENTERPRISE) and end >= _SISTER
        if alike and folded not in name and name not in folded and len(folded) <= 1.5 * len(name):
            return [last]
    return []
