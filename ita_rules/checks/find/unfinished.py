"""Words that stand where content is still to come: "อยู่ระหว่างปรับปรุง", "Coming soon", "Lorem ipsum", "ไม่พบข้อมูล".

A whole line has to be nothing else: what is being done ("อยู่ระหว่างจัดทำราคากลาง") tells something. "อยู่ระหว่างดำเนินการ" alone is
how far a project got, and says nothing only where nothing else stands on the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ita_rules.checks.find.printed import FormWords
from ita_rules.locate.lines import Line
from ita_rules.thai.fold import loose


def _any(words: str) -> str:
    return "(?:" + "|".join(sorted({loose(w) for w in words.split()}, key=len, reverse=True)) + ")"


_WHAT = _any(
    "ขณะนี้ ตอนนี้ ปัจจุบัน หน้านี้ ส่วนนี้ นี้ หน้าเว็บไซต์ หน้าเว็บ เว็บไซต์ เว็บไซด์ เว็บเพจ เว็บ เพจ หน้า ระบบ ข้อมูล เนื้อหา เอกสาร รายละเอียด เมนู ไฟล์ "
    "รายการ หัวข้อ ใหม่ เพิ่มเติม ให้เป็นปัจจุบัน และ ของหน่วยงาน ขออภัย ขออภัยในความไม่สะดวก ขออภัยมา ณ ที่นี้ ในความไม่สะดวก มา ณ ที่นี้ "
    "โปรดติดตาม เร็วๆนี้ เร็วนี้ ค่ะ ครับ คะ จ้า this page website site content is are sorry"
)
_BEING = f"(?:{_any('ยัง')}?{_any('กำลัง')}?{_any('อยู่')}?{_any('ใน')}?{_any('ระหว่าง กำลัง')}|{_any('รอ')})"
_DOING = f"{_any('การ')}?{_any('ดำเนินการ ดำเนินงาน')}?{_any('การ')}?"
_MAKING = _any("ปรับปรุง จัดทำ รวบรวม พัฒนา ก่อสร้าง นำเข้า แก้ไข จัดเตรียม เตรียม เพิ่ม อัปเดต อัพเดท อัพโหลด อัปโหลด update")
_COMING = rf"comingsoon|underconstruction|undermaintenance|workinprogress|{_any('เร็วๆนี้ เร็วๆนี้พบกัน')}"
_NO_DATA = "nodataavailable(?:intable)?|nodata|nodatafound|nocontent"
_NONE = f"(?:{_any('ยัง')}?{_any('ไม่มี')}|{_any('ไม่พบ')})"
_THINGS = _any("ข้อมูล เนื้อหา เอกสาร ไฟล์ รายการ บทความ ที่ค้นหา ที่ท่านต้องการ ในส่วนนี้ ในหมวดนี้ ในขณะนี้ ค่ะ ครับ")
_BUSY = re.compile(rf"{_WHAT}*+(?:{_BEING}{_DOING}(?:{_any('การ')}?{_MAKING})+|{_COMING}){_WHAT}*+")
_DOES = re.compile(rf"{_WHAT}*+{_BEING}{_DOING}{_WHAT}*+")
_EMPTY = re.compile(rf"{_WHAT}*+(?:{_NO_DATA}|{_NONE}{_THINGS}++)")
_FILLER = re.compile(r"loremipsum|dolorsitamet|consecteturadipiscing")
_LATIN = re.compile(r"[a-z0-9]+")
_MOST = 160  # letters of a line that only says that content is to come
_FEW = 12  # letters of other words that are no answer


def is_to_come(folded: str) -> bool:
    """Whether a line, by its looser key, says nothing but that its content is being made, or only fills its place."""
    return bool(_FILLER.search(folded)) or (len(folded) <= _MOST and bool(_BUSY.fullmatch(folded)))


def says_none(folded: str) -> bool:
    """Whether a line, by its looser key, is only the word of an empty list ("ไม่พบข้อมูล"), which a script may write before it has
    asked."""
    return len(folded) <= _MOST and bool(_EMPTY.fullmatch(folded))


def is_unfinished(lines: Sequence[Line], words: FormWords, agency: str) -> bool:
    """Whether lines say no more than what they are to be about, in the form's words, whose they are, and that it is to come.

    What a component takes for a stated none is an answer.
    """
    filler = any(_FILLER.search(x.loose) for x in lines)
    others = [x for x in lines if not _holds_place(x.loose, words, filler=filler)]
    if len(others) == len(lines):
        return False
    own, left = [f] if (f := loose(agency)) else [], 0
    for line in others:
        left += sum(words.foreign(text, own) for text in line.block.cells or (line.bare,))
        if left > _FEW:
            return False
    return True


def _holds_place(folded: str, words: FormWords, *, filler: bool) -> bool:
    if folded in words.zeros:
        return False
    latin = filler and bool(_LATIN.fullmatch(folded))
    return latin or is_to_come(folded) or says_none(folded) or (len(folded) <= _MOST and bool(_DOES.fullmatch(folded)))
