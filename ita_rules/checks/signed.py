"""`signed`: announced and signed by the agency's top executive, not by a deputy or in the executive's place."""

from __future__ import annotations

import re

from ita_rules.checks.find.shapes.people import PERSON
from ita_rules.checks.interface import Context, Observation, Outcome, page_of, quoted, unknown, whole
from ita_rules.locate import Piece
from ita_rules.locate.lines import Line
from ita_rules.model import AgencyType
from ita_rules.rulesets.types import Check
from ita_rules.thai.fold import clean, loose

KIND = "signed"

_TOP = {
    AgencyType.LOCAL: ("นายกองค์การบริหารส่วน", "นายกเทศมนตรี", "นายกเมืองพัทยา", "นายกอบต", "นายกอบจ", "ผู้ว่าราชการกรุงเทพ"),
    AgencyType.DEPARTMENT: ("อธิบดี", "เลขาธิการ", "ปลัดกระทรวง", "ผู้อำนวยการสำนัก", "อัยการสูงสุด", "ผู้บัญชาการ"),
    AgencyType.PROVINCE: ("ผู้ว่าราชการจังหวัด",),
    AgencyType.UNIVERSITY: ("อธิการบดี", "คณบดี", "ผู้อำนวยการ"),
    AgencyType.HOSPITAL: ("ผู้อำนวยการโรงพยาบาล", "ผู้อำนวยการ", "สาธารณสุขอำเภอ", "นายแพทย์สาธารณสุข"),
    AgencyType.SCHOOL: ("ผู้อำนวยการโรงเรียน", "ผู้อำนวยการ"),
    AgencyType.STATE_ENTERPRISE: ("ผู้ว่าการ", "กรรมการผู้จัดการ", "ผู้อำนวยการ", "ประธานเจ้าหน้าที่บริหาร"),
    AgencyType.OTHER: ("เลขาธิการ", "อธิบดี", "ผู้อำนวยการ", "ปลัด", "ประธาน", "ผู้ว่า", "นายก", "อธิการบดี"),
}
_EVERY_TOP = ("ผอ.", "นายแพทย์ผู้อำนวยการ", "กรรมการผู้จัดการ", "ประธานเจ้าหน้าที่บริหาร", "หัวหน้าส่วนราชการ", "ครูใหญ่", "CEO")
"""How the highest post is called, or shortened, at agencies of several types."""

_DEPUTY = re.compile("(?<!รับ)รอง(?!คการ|คกร)")
"""A deputy, folded; in "ผู้อำนวยการองค์การ" and "ผู้รับรอง" the letters stand by chance."""

_LESSER = (
    "ผู้ช่วย",
    "ปฏิบัติราชการแทน",
    "รักษาราชการแทน",
    "รักษาการ",
    "ปฏิบัติหน้าที่แทน",
    "ทำการแทน",
    "ปลัดองค์การ",
    "ปลัดเทศบาล",
    "ปลัดอบต",
)
_ANNOUNCED = re.compile(r"ประกาศ\s*ณ\s*วันที่|ให้ไว้\s*ณ\s*วันที่|สั่ง\s*ณ\s*วันที่|ประกาศ\s*วันที่|ลงชื่อ|ลงนาม")
_NO_DAY = re.compile(r"(?:ประกาศ|สั่ง|ให้ไว้)\s*ณ\s*วันที่\s*[.…_]{3,}\s*(?:เดือน\s*)?[.…_]{3,}")
_NO_HAND = re.compile(r"(?:ลงชื่อ|ลงนาม)\s*\)?\s*[.…_]{5,}\s*(?:\n|\(|$)")
_NAME_LINE = re.compile(r"^\s*\(?\s*(?:ลงชื่อ|ลงนาม)?\s*\)?\s*[.…_\s(]*" + PERSON.pattern)


def observe(ctx: Context, check: Check) -> Observation:
    """Met when a signature block bears a person and the top executive's post; a gap when another signed, or nobody did."""
    if not ctx.content:
        return unknown(check, ctx.unread_cause or "not_gathered", "check.signed.undecided")
    others: list[tuple[Piece, Line, str]] = []
    drafts: list[tuple[Piece, Line, str]] = []
    in_pictures = False
    for piece in ctx.fitting:
        for line, words in _signatures(ctx, piece):
            if _is_top(ctx, words) and _is_draft(ctx, piece):
                drafts.append((piece, line, words))
                in_pictures = in_pictures or _has_pictures(piece)
            elif _is_top(ctx, words):
                evidence = (quoted(piece, page_of(piece, line.page.number), line.text[:160]),)
                return Observation(check, Outcome.MET, ("check.signed.pass", {"who": words[:120]}), 0.92, evidence)
            if _is_lesser(words):
                others.append((piece, line, words))
    if ctx.unread_cause or in_pictures or ctx.recognised(ctx.fitting):
        # signatures and stamps lie over the names in a scan
        return unknown(check, ctx.unread_cause or "uncertain", "check.signed.undecided")
    for message, confidence, found in (("check.signed.other_person", 0.88, others), ("check.signed.draft", 0.85, drafts)):
        if found:
            piece, line, words = found[0]
            evidence = (quoted(piece, page_of(piece, line.page.number), line.text[:160]),)
            return Observation(check, Outcome.NOT_MET, (message, {"who": words[:120]}), confidence, evidence)
    if any(map(_has_pictures, ctx.fitting)) and not any(
        _ANNOUNCED.search(clean(x.text)) for p in ctx.fitting if p.document for x in ctx.site.lines(p.document)
    ):
        # a picture may be the announcement; it was not recognised only where a document says so
        cause = "no_ocr" if any(p.document and "no_ocr" in p.document.causes for p in ctx.pieces) else "uncertain"
        return unknown(check, cause, "check.signed.undecided")
    return Observation(check, Outcome.NOT_MET, ("check.signed.gap", {}), 0.8, whole(ctx.fitting))


def _signatures(ctx: Context, piece: Piece) -> list[tuple[Line, str]]:
    """Places of a signature: a line that is only a person's name (or signed so), with the post lines after it."""
    assert piece.document is not None
    lines = ctx.site.lines(piece.document)
    found = []
    for at, line in enumerate(lines):
        text = clean(line.text)
        if not (_NAME_LINE.match(text) or re.match(r"^\s*\(?\s*(?:ลงชื่อ|ลงนาม)", text)) or len(line.key) > 90:
            continue
        near = " ".join([text, *(clean(x.text) for x in lines[at + 1 : at + 4] if len(x.key) <= 90)])
        if PERSON.search(near):
            found.append((line, near))
    tail = [x for x in lines[-6:] if not x.toc]
    joined = " ".join(clean(x.text) for x in tail)
    if not found and tail and PERSON.search(joined) and _ANNOUNCED.search(joined):
        found.append((tail[0], joined))
    return found


def _is_draft(ctx: Context, piece: Piece) -> bool:
    """Whether an announcement looks like one that nobody has signed yet: the place of its day and that of the signature are dots.
    A picture on it may be the signature, or the emblem above it."""
    assert piece.document is not None
    text = "\n".join(clean(line.text) for line in ctx.site.lines(piece.document))
    return bool(_NO_DAY.search(text) and _NO_HAND.search(text))


def _has_pictures(piece: Piece) -> bool:
    return piece.document is not None and any(page.images for page in piece.document.pages)


def _is_top(ctx: Context, words: str) -> bool:
    folded = loose(words)
    return any(loose(post) in folded for post in (*_TOP[ctx.agency_type], *_EVERY_TOP)) and not _is_lesser(words)


def _is_lesser(words: str) -> bool:
    """Whether a signature block is a deputy's or in the executive's place; academic titles (รองศาสตราจารย์) are no posts."""
    folded = loose(re.sub(r"(?:รอง|ผู้ช่วย)ศาสตราจารย์", "", clean(words)))
    return bool(_DEPUTY.search(folded)) or any(loose(w) in folded for w in _LESSER)
