"""Labels made of parts: a stem that names the component, and words around it that say nothing of their own.

Agencies write one heading in a hundred ways ("ปัญหาที่พบในการดำเนินงาน", "ข้อติดขัดระหว่างปฏิบัติงาน"). A label is taken for a
component's when it can be cut, without a letter left over, into stems of the component and such words; any other word in it
("แก้ไขปัญหา", "ผลกระทบ") makes another label of it. Of a label that names several things, joined by a stroke, a comma, "และ" or
"หรือ", each part is cut by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ita_rules.thai.fold import clean, key, loose

LONGEST = 60
"""Letters of a label, by its key; a longer line is a sentence."""

_WORDS = (
    # that join
    "การ ความ ที่ ซึ่ง ใน จาก ของ ตาม เพื่อ โดย กับ แก่ ณ ถึง จน จนถึง ระหว่าง ช่วง แต่ละ ทุก ทั้ง ทั้งหมด ทั้งสิ้น และ หรือ รวมทั้ง รวมถึง "
    "ด้าน สำหรับ แบบ ตามแบบ กพร. ป.ป.ช. "
    # that a thing is there, was found, is to be
    "พบ ที่พบ เกิด เกิดขึ้น ปรากฏ เห็น มี ถ้ามี หากมี ได้ เป็น คือ แล้ว อยู่ ไว้ ให้ ว่า นี้ จริง ปัจจุบัน ผ่านมา ที่ผ่านมา ล่าสุด "
    # that weigh
    "ประสบ อย่างไร ยังไง อะไร ไหน ใด ตรงไหน แค่ไหน เพียงใด แบบไหน เท่าไร เท่าใด บ้าง เมื่อไร เมื่อใด เรา "
    "กี่ ไหม หรือเปล่า เลย ด้วย ตอนไหน ตอน คุณ ท่าน ของเรา สั้น สั้นๆ ไปแล้ว ตรงนี้ ทางไหน "
    "พึง อัน แห่ง นั้น โดยพลัน ทางราชการ ในวงราชการ ปีที่ล่วงมา ล่วงมา ต่อไปนี้ ดังนี้ ดังต่อไปนี้ บังเกิด "
    "of in the a an to by per on our your and for with from at is list total overall key current details where what how who "
    "ฉบับนี้ ว่าด้วย โดยย่อ โดยสังเขป สังเขป บัญชี "
    "สำคัญ หลัก ต่าง ต่างๆ อื่น อื่นๆ เพิ่ม เพิ่มเติม โดยสรุป สรุป รายละเอียด ข้อมูล ประเด็น ข้อ สิ่ง หัวข้อ ส่วน เรื่อง รายการ ชื่อ ตาราง "
    # of work and of those who do it
    "ดำเนิน ดำเนินงาน ดำเนินการ ดำเนินโครงการ ปฏิบัติ ปฏิบัติงาน ปฏิบัติราชการ ปฏิบัติหน้าที่ ทำ ทำงาน จัดทำ งาน โครงการ กิจกรรม "
    "หน่วยงาน ส่วนงาน ส่วนราชการ องค์กร บุคลากร เจ้าหน้าที่ ราชการ ฯ "
    # of time and measure
    "ประจำปี ปีงบประมาณ ประจำปีงบประมาณ รอบ ครั้ง คน ราย แห่ง หน่วย บาท ร้อยละ ล้านบาท พันบาท บ."
)
NEUTRAL = frozenset(loose(word) for word in _WORDS.split())
"""Words (folded) that may stand in a label of anything."""

JOINTS = re.compile(r"\s*[/,;|&+]\s*|\s*(?:และ|หรือ|ตลอดจน|รวมทั้ง|รวมถึง|(?<!กำ)กับ)\s*|\s+[-–—]\s+|(?<=[ก-๙])[-–—](?=[ก-๙])")
"""What joins the things that one label names."""

_BLANKS = re.compile(r"\s+")
_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_TRANSLATED = re.compile(r"[(\[]([^)\]]*[A-Za-z][^)\]]*)[)\]]")
"""What stands in brackets behind a label in another tongue."""

_NUMBER = re.compile("(?:ป[ีิ]|พศ)?[0-9]+(?:เดือน)?")


@dataclass(frozen=True, slots=True)
class Parts:
    """The folded stems of a component and the words that may stand beside them."""

    stems: frozenset[str]
    beside: frozenset[str]


def composed(
    label: str,
    stems: frozenset[str],
    beside: frozenset[str],
    others: frozenset[str],
    look_alikes: tuple[str, ...],
    rivals: frozenset[Parts] = frozenset(),
    folded: tuple[str, str] | None = None,
) -> bool:
    """Whether a label is made of a component's folded `stems` and of words that may stand `beside` them. `folded` is the label by
    `loose` and by `key`, where that is known.

    Of several parts one has to be the component's; the rest must be made of such words too, or name `others` of the same item:
    by a wording of theirs, or made of the parts of one of the `rivals`.
    """
    whole, strict = folded or (loose(label), key(label))
    if len(strict) > LONGEST or whole in others or not any(stem in whole for stem in stems):
        return False
    if any(alike in whole and not any(alike in stem and stem in whole for stem in stems) for alike in look_alikes):
        return False
    return _is_made(clean(label).strip(), stems, beside, others, rivals)


def is_beside(label: str, stems: frozenset[str], beside: frozenset[str]) -> bool:
    """Whether a label is made of a component's stems or of the words that may stand beside them: it measures the component."""
    return _cut(loose(label), stems | beside, frozenset())


@lru_cache(maxsize=20_000)
def claimed(label: str, stems: frozenset[str], beside: frozenset[str], rivals: frozenset[Parts]) -> bool:
    """Whether a whole label is a rival's, made of the rival's stems, though it holds words of this component too: no part of
    it is this component's own ("เป้าหมายของแต่ละยุทธศาสตร์" heads goals and no strategies)."""
    folded = loose(label)
    if not any(any(stem in folded for stem in r.stems) and _cut(folded, r.stems, r.beside) for r in rivals):
        return False
    first = _BLANKS.split(clean(label).strip())[0]
    parts = (loose(part) for part in (label, first, *JOINTS.split(clean(label))))
    return not any(part and _cut(part, stems, beside) for part in parts)


@lru_cache(maxsize=20_000)
def _is_made(label: str, stems: frozenset[str], beside: frozenset[str], others: frozenset[str], rivals: frozenset[Parts]) -> bool:
    without = _BRACKETS.sub(" ", label)
    if loose(without) and without != label and _is_made(without, stems, beside, others, rivals):
        return True
    if any(_cut(loose(inner), stems, beside) for inner in _TRANSLATED.findall(label)):
        return True
    if _cut(loose(label), stems, beside):
        return True
    joined = [part for part in JOINTS.split(label) if loose(part)]
    # what no word joins may be joined by blanks alone ("ใช้เงินเท่าไร ทำเมื่อไร")
    apart = [part for one in joined for part in _BLANKS.split(one) if loose(part)]
    return any(_are_made(tuple(map(loose, parts)), stems, beside, others, rivals) for parts in (joined, apart))


def _are_made(
    parts: tuple[str, ...], stems: frozenset[str], beside: frozenset[str], others: frozenset[str], rivals: frozenset[Parts]
) -> bool:
    """Whether one of some folded parts at least is the component's, and the rest are words beside it or name others."""
    own = [_cut(p, stems, beside) for p in parts]
    if not any(own):
        return False
    rest = [p for p, mine in zip(parts, own, strict=True) if not mine and p not in others]
    return all(_cut(p, others, beside) or any(_cut(p, r.stems, r.beside) for r in rivals) for p in rest)


def _cut(folded: str, stems: frozenset[str], beside: frozenset[str]) -> bool:
    """Whether a folded text can be cut into stems (one at least) and other words."""
    longest = max(map(len, (*stems, *beside, *NEUTRAL)), default=0)
    # for each place: whether it can be reached without a stem, and with one
    bare, named = {0}, set[int]()
    for at in range(len(folded)):
        if at not in bare and at not in named:
            continue
        number = _NUMBER.match(folded, at)
        ends = {number.end()} if number else set()
        for end in range(at + 1, min(len(folded), at + longest) + 1):
            word = folded[at:end]
            if word in stems:
                named.add(end)
            if word in beside or word in NEUTRAL:
                ends.add(end)
        bare |= ends if at in bare else set()
        named |= ends if at in named else set()
    return len(folded) in named


def uncovered(folded: str, words: frozenset[str], longest: int) -> int:
    """The letters of a folded label that no word covers, as few as can be; `longest` is the length of the longest word."""
    least = [0]
    for end in range(1, len(folded) + 1):
        best = least[-1] + 1
        for start in range(max(0, end - longest), end):
            if least[start] < best and folded[start:end] in words:
                best = least[start]
        least.append(best)
    return least[-1]
