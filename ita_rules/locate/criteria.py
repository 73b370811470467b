"""Criteria of the handbook that stand in a document: what is asked, copied to the place of the answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ita_rules.run.types import Block, Document
from ita_rules.thai.fold import clean, key

Place = tuple[int, int]
"""A page's number and a block's index in it."""

# What people show at a counter or stand for is no criterion.
_SHOWN = (
    r"แสดง(?!\s*(?:บัตร|ตน|ตัว|หลักฐาน|เอกสาร|ใบ|สำเนา|ทะเบียน|หนังสือ|คิว|ความ|พลัง|สัญลักษณ์|เจต|ออก|สินค้า|ดนตรี|ละคร|มุทิตา))"
    r"[ก-๙A-Z]"
)
_HANDBOOK = re.compile(
    rf"^(?:{_SHOWN}|เป็น(?:รายงาน|แผน|ข้อมูล|การดำเนิน|กิจกรรม)[^.]{{0,60}}"
    r"(?:ปี|พ\.ศ\.)|สามารถเข้าถึงหรือเชื่อมโยง|โดยมีข้อมูลรายละเอียด|จะต้องเป็น|ใช้รายงานผล)"
)
_LEAST = (
    r"(?:อย่างน้อย\s*(?:ต้อง|จะต้อง)?\s*(?:ประกอบด้วย|ประกอบไปด้วย|มี(?!\s*[0-9]))|มี(?:ข้อมูล|องค์ประกอบ|รายละเอียด|ข้อมูลรายละเอียด)[^.]{0,60}(?:อย่างน้อย|ยกตัวอย่างเช่น)"
    r"|ยกตัวอย่างเช่น.*เป็นต้น|(?:หากไม่มี|กรณีไม่มี|ถ้าไม่มี)[^.]{0,30}(?:ต้อง|ให้)(?:ระบุ|แสดง|เผยแพร่))"
)
_ASKS = re.compile(
    rf"^(?:\*+\s*)?(?:{_SHOWN}|(?:ให้|ต้อง|จะต้อง)(?:มีการ)?แสดง|(?:โดย|ที่)?มี(?:ข้อมูล|รายละเอียด|องค์ประกอบ)|ข้อมูลรายละเอียด|กรณี).*{_LEAST}|^{_LEAST}"
)
"""A sentence that asks: it says what is to be shown, and what that has to hold at the least."""

_OPEN = re.compile(r"(?:ประกอบด้วย|ประกอบไปด้วย|ดังนี้|ดังต่อไปนี้|ได้แก่|เช่น|อย่างน้อย|มี)\s*[:：]?\s*$")
"""How a sentence ends whose list follows."""

_ENTRY = 90  # letters of an entry of such a list
_FIGURE = re.compile(r"[0-9]")


def copied_criteria(document: Document, strip: Callable[[str], str]) -> set[Place]:
    """Places of blocks that copy the handbook's criterion: sentences that ask ("แสดง … อย่างน้อยประกอบด้วย …") with the list of
    what they ask for, and lists of which two entries, and a third at least, ask. `strip` takes the numbering off a text."""
    blocks = [((page.number, index), block, clean(block.text).strip()) for page, index, block in document.blocks()]
    marks: set[Place] = set()
    group: list[Place] = []
    told = 0
    for at, (place, block, text) in enumerate(blocks):
        if block.kind != "row" and _ASKS.match(strip(text)):
            marks.add(place)
            marks.update(_listed(blocks[at + 1 :], strip) if _OPEN.search(text) else ())
        if block.kind == "item" or re.match(r"^[oO•●▪*-]\s", text):
            group.append(place)
            told += bool(_HANDBOOK.match(strip(text)))
            continue
        marks.update(group if told >= max(2, len(group) / 3) else ())
        group, told = [], 0
    marks.update(group if told >= max(2, len(group) / 3) else ())
    return marks


def _listed(after: list[tuple[Place, Block, str]], strip: Callable[[str], str]) -> Iterator[Place]:
    """The entries of the list that a sentence asks for: short ones without figures. Where words of another kind follow, the last
    entry heads them, and is the answer's."""
    found: list[Place] = []
    for place, block, text in after:
        bare = strip(text)
        numbered = bare != text or block.kind == "item"
        if not numbered or block.kind in ("row", "heading") or len(key(bare)) > _ENTRY or _FIGURE.search(bare):
            heads = bool(key(text)) and block.kind != "heading"
            return iter(found[:-1] if heads else found)
        found.append(place)
    return iter(found)
