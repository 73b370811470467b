"""Criteria of the handbook that stand in a document: what is asked, copied to the place of the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from ita_rules.run.types import Block, Page

Place = tuple[int, int]
"""A page's number and a block's index in it."""


class Placed(Protocol):
    """A block with its page and its place there, its cleaned text, and also without its number, and the key of the latter."""

    @property
    def page(self) -> Page:
        """Its page."""

    @property
    def at(self) -> int:
        """Its index in the page."""

    @property
    def block(self) -> Block:
        """The block itself."""

    @property
    def text(self) -> str:
        """Its cleaned text without blanks around it."""

    @property
    def bare(self) -> str:
        """The same without numbering."""

    @property
    def key(self) -> str:
        """The search key of `bare`."""


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
_SOME = ("อย่างน้อย", "ยกตัวอย่างเช่น", "ไม่มี")
"""What a sentence that asks has in it."""
_BULLET = re.compile(r"[oO•●▪*-]\s")


def copied_criteria(placed: Sequence[Placed]) -> set[Place]:
    """Places of blocks that copy the handbook's criterion: sentences that ask ("แสดง … อย่างน้อยประกอบด้วย …") with the list of
    what they ask for, and lists of which two entries, and a third at least, ask."""
    marks: set[Place] = set()
    group: list[Place] = []
    told = 0
    whole = "\n".join([one.bare for one in placed])
    some = [words for words in _SOME if words in whole]
    for number, one in enumerate(placed):
        if one.block.kind != "row" and some and any(words in one.bare for words in some) and _ASKS.match(one.bare):
            marks.add((one.page.number, one.at))
            marks.update(_listed(placed[number + 1 :]) if _OPEN.search(one.text) else ())
        if one.block.kind == "item" or _BULLET.match(one.text):
            group.append((one.page.number, one.at))
            told += bool(_HANDBOOK.match(one.bare))
        elif group:
            marks.update(group if told >= max(2, len(group) / 3) else ())
            group, told = [], 0
    marks.update(group if told >= max(2, len(group) / 3) else ())
    return marks


def _listed(after: Sequence[Placed]) -> Iterator[Place]:
    """The entries of the list that a sentence asks for: short ones without figures. Where words of another kind follow, the last
    entry heads them, and is the answer's."""
    found: list[Place] = []
    for one in after:
        numbered = one.bare != one.text or one.block.kind == "item"
        if not numbered or one.block.kind in ("row", "heading") or len(one.key) > _ENTRY or _FIGURE.search(one.bare):
            heads = bool(one.key) and one.block.kind != "heading"
            return iter(found[:-1] if heads else found)
        found.append((one.page.number, one.at))
    return iter(found)
