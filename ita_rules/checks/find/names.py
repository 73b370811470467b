"""Names of agencies in text: those of this agency, and those that are plainly of another.

A name ends where what follows is no part of it. "อบต." and "องค์การบริหารส่วนตำบล" often stand for the agency itself, and the
words behind them tell what it does; where it is not plain that a name stands there, none does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from ita_rules.checks.find.declared import cover
from ita_rules.locate.lines import Line
from ita_rules.thai.fold import clean, loose

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
_ENTERPRISE = ("การ", "องคการ", "ธนาคาร", "สถาบัน", "บริษัท")
_COMPANY = re.compile(r"^(?:ประกาศ|โดย|จัดทำโดย)?\s*(บริษัท\s?[ก-๙\s]{3,50}\s?จำกัด(?:\s?\(มหาชน\))?)$")
_SISTER = 8  # letters that the names of two state enterprises end in alike
_TITLE_LINE = 60  # letters of a line that may be nothing but an agency's name and place
_PLACE = 22  # letters of the longest names of places
_VERBS = ("แต่งตั้ง", "จัด", "กำหนด", "ขอ", "ดำเนินการ", "เผยแพร่", "ประกาศ", "ออก", "ทำ", "รับ", "ส่ง", "เปิด", "ต้อง", "สามารถ")
_NOT_NAMES = tuple(
    # the last ones are posts: "นายก อบต. รองนายก อบต." is a list of them
    "และ หรือ หรื อื่น ทุก ใด นี้ ที่ ต่าง เป็น ได้ ให้ ส่งเสริม สามัญ ใกล้เคียง ดังกล่าว เรื่อง จังหวัด ของ โดย ตาม จะ มี ไม่ ว่า พนักงาน แห่ง กับ "
    "รองนายก รองปลัด ปลัด นายก เลขานุการ ที่ปรึกษา สมาชิก ประธาน".split()
)
_NO_PLACES = tuple(
    # what an agency does: only words with which no name of a place begins (ในเมือง, สร้างคอม, รับร่อ and ขอนแก่น are places)
    "แต่งตั้ง จัด กำหนด ดำเนิน เผยแพร่ ประกาศ ต้อง สามารถ นำ ทราบ พิจารณา ตรวจ แจ้ง มอบ ขอรับ ขอให้ ขอเชิญ ขอประกาศ ขอรายงาน ขอความ ขอแจ้ง "
    "ขอประชา ขอแสดง ขอขอบ ร่วมกับ ร่วมกัน สนับสนุน ปรับปรุง บริหาร บริการ ควบคุม กำกับ ดูแล ติดตาม เสนอ เห็น ใช้ อาจ เคย ควร พึง ห้าม งด "
    "เปิดเวที เปิดโอกาส เปิดรับ เปิดให้ เปิดเผย เปิดบริการ รับฟัง รับเรื่อง รับคำ รับผิด รับแจ้ง รับชำระ รับสมัคร รับทราบ ส่งเรื่อง ส่งหนังสือ ส่งให้ ส่งต่อ "
    "ออกประกาศ ออกคำสั่ง ออกหนังสือ ออกใบ ออกแบบ ทำการ ทำหน้าที่ ทำความ ปฏิบัติ ประชุม ประเมิน ประสาน รวบรวม รายงาน สรุป ศึกษา อนุมัติ อนุญาต "
    "อำนวย เชิญ เรียก เลือก เริ่ม เบิก ซื้อ จ้าง โอนเงิน ตั้งคณะ ตั้งงบ หมายถึง ไป "
    # when, where, how and whose
    "ผ่าน อย่าง ภายใน ในปี ในการ ในฐานะ ในเขต ในพื้นที่ เพื่อ ด้วย จึง ยังไม่ ยังคง หลังจาก ก่อน เมื่อ ถ้า หาก เพราะ แล้ว เท่านั้น ซึ่ง แต่ละ ทั้ง จาก ถึง "
    "ประจำปี ปีงบ จำนวน ครั้ง วันที่ เดือน เวลา ประชาชน คณะ ผู้ ฝ่าย กองคลัง กองช่าง กองการ กองสา กองส่ง กองสวัสดิการ กองยุทธ สำนักปลัด หน่วย งาน "
    "ชั้น ชื่อ เลขที่ ถนน อำเภอ แบบ ระดับ ขนาด ประเภท "
    "ออนไลน์ อิเล็กทรอนิกส์ สมาร์ท ดิจิทัล โมบาย แอป ไลน์ เว็บ เฟซบุ๊ก เฟสบุ๊ก เคลื่อนที่".split()
)
_ENDS = re.compile(
    "(?:ได้|ให้|โดย|และ|ร่วมกับ|จึง|ซึ่ง|ตาม|เพื่อ|ว่าด้วย|เรื่อง|ประจำปี|ปีงบประมาณ|อำเภอ|จังหวัด|ทางทิศ|สำหรับ|จำนวน|ดำเนินการ|ดำเนินงาน|ขอเชิญ|ขอประกาศ|ขอรายงาน|"
    "ขอความ|มีหน้าที่|มีอำนาจ|มีมติ|เป็นหน่วย|เป็นองค์กร|ต้อง|สามารถ|กำหนด|แต่งตั้ง|จัดทำ|จัดให้|ประกาศ)"
)
"""Words that follow a name without a blank between."""

_SHORTEST = 3  # letters of a name that stand before such a word
_BODY = "(?:องค์การ(?!บริหารส่วน)|ธนาคาร|สถาบัน|สำนักงาน|การ)[ก-๙]{4,45}"
_ALONE = re.compile(rf"^(?:ประกาศ|โดย|จัดทำโดย|เสนอ)?\s*({_BODY})(?:\s*\([^)]*\))*$")
_POST = re.compile(
    rf"^(?:ตำแหน่ง\s*)?(?:รักษาการ(?:แทน|ใน)?\s*)?(?:รอง)?(?:ผู้อำนวยการ|ผู้ว่าการ|เลขาธิการ|กรรมการผู้จัดการ(?:ใหญ่)?|ผู้จัดการ(?:ใหญ่)?|ประธานกรรมการ|ประธาน)\s*({_BODY})"
    r"(?:\s*\([^)]*\))*$"
)
_BODIES = ("องคการ", "ธนาคาร", "สถาบัน", "สานักงาน", "การ")
_BY_POST = ("สถาบัน", "สานักงาน", "การ")
"""Kinds (folded) that inner units and common words begin with too: only the post of who signed tells that one is an agency."""

_ABOVE = tuple(
    map(loose, ("สำนักงานคณะกรรมการ", "สำนักงานปลัด", "สำนักงานเลขาธิการ", "สำนักงานการตรวจเงิน", "สำนักงานตำรวจ", "สำนักงานศาล"))
)
"""How the names of those begin whose papers others publish as their own duty."""

_LAST = 8  # lines at the end of a paper among which who signed it stands
_SIGNS = 2  # lines of a paper that bear the name of whose it is


def own_names(agency: str) -> frozenset[str]:
    """The loose keys by which an agency may be named: in full, without what stands in brackets behind it, with its kind's
    abbreviation, and its bare name."""
    folded = loose(agency)
    if len(folded) < 4:
        return frozenset()
    names = {folded, loose(re.sub(r"\s*\([^)]*\)\s*$", "", agency))}
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
        place = _place(match[2])
        full = loose(match[1] + place)
        if not place or any(full in o or o in full for o in own):
            continue
        kind = _SHORT.get(match[1], match[1])
        if any(loose(kind + place).startswith(o) or o.startswith(loose(kind + place)) for o in own):
            continue
        found.append(cleaned[match.start() : match.start(2) + len(place)].strip())
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


def _place(words: str) -> str:
    """The name of a place at the head of some words without blanks, ``""`` where none plainly stands there."""
    end = _ENDS.search(words, _SHORTEST)
    name = words[: end.start()] if end else words
    return "" if len(name) > _PLACE or words.startswith((*_NOT_NAMES, *_NO_PLACES)) else name


def is_told(other: str, lines: Sequence[Line]) -> bool:
    """Whether it is plain that a name stands there. Behind a blank another word of the sentence may stand ("อบต. ตอบภายใน …"):
    then the place has to be told as one elsewhere in the paper, or with what it lies in."""
    apart = _LOCAL.match(other)
    if apart is None or apart.end(1) == apart.start(2):
        return True
    place = re.escape(loose(apart[2]))
    told = re.compile(f"(?<!สวน)(?<!เทศบาล)(?:ตาบล|อาเภอ|จังหวัด){place}|{place}(?:อาเภอ|จังหวัด)")
    return any(told.search(x.loose) for x in lines)


def is_plain(line: Line, other: str, lines: Sequence[Line]) -> bool:
    """Whether another agency's name does more than stand in one sentence of a paper: a line has little beside it, or it stands
    there again."""
    return len(line.key) <= _TITLE_LINE or sum(loose(other) in x.loose for x in lines) >= _SIGNS


def issuers(lines: Sequence[Line], own: frozenset[str]) -> list[tuple[Line, str]]:
    """Who plainly issued a paper, of the kind of this agency but not it: a name that stands alone on its cover, or behind the
    post of who signed it, and somewhere else in it again."""
    kinds = {kind for kind in _BODIES for name in own if name.startswith(kind)}
    found: list[tuple[Line, str]] = []
    if not kinds:
        return found
    posts = [(x, m[1]) for x in lines[-_LAST:] if (m := _POST.match(clean(x.text).strip()))]
    alone = [(x, m[1]) for x in cover(lines) if (m := _ALONE.match(clean(x.text).strip()))]
    signed = {loose(name) for _, name in posts}
    for line, name in (*alone, *posts):
        folded = loose(name)
        kind = next((k for k in _BODIES if folded.startswith(k)), "")
        told = folded in signed or kind not in _BY_POST
        again = sum(folded in x.loose for x in lines) >= _SIGNS
        if (
            kind in kinds
            and told
            and again
            and not folded.startswith(_ABOVE)
            and not any(folded in o or o in folded for o in own)
        ):
            found.append((line, name))
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
