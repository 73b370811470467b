"""The form's own words: pages on which an item is printed as it is asked, and nothing is answered.

Agencies copy the question to the place of the answer. A line is the form's where it can be covered, but for a few letters, by
what the rule set calls its items, concepts and components, by what it asks for, and by the words in which forms ask ("แสดง …
อย่างน้อยประกอบด้วย …"). A stated none, and a figure that is no year, is an answer, whatever words stand around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from ita_rules.checks.find.composed import uncovered
from ita_rules.locate.lines import Line, Lines
from ita_rules.rulesets.types import RuleSet
from ita_rules.thai.fold import clean, loose

_ASKING = (
    "แสดง ให้แสดง อย่างน้อย ประกอบด้วย อย่างน้อยประกอบด้วย มีข้อมูลรายละเอียด มีรายละเอียด ยกตัวอย่าง ยกตัวอย่างเช่น เป็นต้น ดังนี้ "
    "ดังต่อไปนี้ จะต้อง ต้องมี ต้องระบุว่า ให้ระบุ ระบุว่า หากไม่มี ใช้บังคับ บังคับใช้ ที่มีระยะเวลา ตามกฎหมายกำหนด "
    "ผ่านเว็บไซต์ เว็บไซต์หลัก สามารถเข้าถึง เชื่อมโยง ของหน่วยงาน องค์ประกอบด้านข้อมูล หลักเกณฑ์การประเมิน เกณฑ์การประเมิน "
    "ตัวชี้วัดย่อย ตัวชี้วัด การประเมินคุณธรรมและความโปร่งใส การเปิดเผยข้อมูล เปิดเผยข้อมูลสาธารณะ ข้อมูลพื้นฐาน "
    "การป้องกันการทุจริต ประจำปีงบประมาณ ปีงบประมาณ ใช้รายงานผล รอบ 6 เดือน ผู้บริหารสูงสุด หรือหัวหน้าหน่วยงาน ยึดถือปฏิบัติ"
)
_DOORS = (
    "ดูไฟล์แนบ ไฟล์แนบ เอกสารแนบ คลิกที่นี่ คลิก ดาวน์โหลด download ดูรายละเอียด เพิ่มเติม อ่านต่อ ลิงก์ ลิงค์ link url เปิดดู เปิด ลำดับ oit ita "
    "หน้าแรก หน้าหลัก เผยแพร่เมื่อ จำนวนผู้เข้าชม ผู้เข้าชม แก้ไขล่าสุด ปรับปรุงล่าสุด พิมพ์หน้านี้ แชร์"
)
_GLUE = "และ หรือ ของ ใน ที่ เป็น การ ด้าน ตาม มี ต่อ ข้อ ปี พ.ศ. ว่า แต่ละ จาก กับ เพื่อ โดย ได้ ให้ ไม่มี แผน ผล คู่มือ"
_CODE = re.compile(r"(?i)\bO\s?\d{1,2}\b")
_SMALL = re.compile(r"(?:\(?\d{1,2}(?:\.\d{1,2})*[.)]|\b25\d\d\b|\b\d{1,2}\s*(?=เดือน|ปี|ฉบับ|คู่มือ|ช่องทาง|กิจกรรม|ประกาศ))")
_FIGURE = re.compile(r"\d")
_SEEN = re.compile("(?:เผยแพร่|ปรับปรุง|แก้ไข|โพสต์|ลง)(?:เมื่อ|ล่าสุด)|วันที่เผยแพร่|ผู้เข้าชม|เข้าชม|ยอดวิว|อ่าน[^ก-๙]*ครั้ง")
"""When a page was put there, and how often it was seen."""

_ASKED = re.compile("(?:ให้)?แสดง|(?:โดย)?มีข้อมูล|ข้อมูลรายละเอียดอย่างน้อย")
_LISTED = 4  # letters of words that are known anywhere
_LEAST = 6  # letters of a label of the form
_SENTENCE = 20  # letters from which what is asked is no mere label
_SHARE = 0.12  # of a line's letters that may be another's words
_FEW = 30  # letters in all that are no answer


class FormWords:
    """The words of a rule set's form, folded once; `asked` are the sentences by which its items ask, `zeros` the words of
    a stated none."""

    def __init__(self, ruleset: RuleSet) -> None:
        said, asks = list[str](), list[str]()
        for item in ruleset.items:
            said += (item.name.th, *(t for titles in item.titles.values() for t in titles))
            asks += (c.asks.th for check in item.checks for c in (check, *check.any_of) if c.asks)
        for component in ruleset.components.values():
            said += (component.name.th, *component.wordings)
            said += (component.asks.th,) if component.asks else ()
        self.asked = frozenset(f for a in asks if len(f := loose(a)) >= _SENTENCE)
        parts = (p for words in (*said, *asks) for p in (words, *re.split(r"[\s/,()]+|และ|หรือ", words)))
        plain = {f for words in (_ASKING, _DOORS, _GLUE) for w in words.split() if (f := loose(w))}
        self._words = frozenset({f for p in parts if len(f := loose(p)) >= _LEAST} | plain)
        self._longest = max(map(len, self._words), default=0)
        zeros = {z for c in ruleset.components.values() for z in (*c.zero, *c.zero_statements)}
        self.zeros = frozenset(f for z in zeros if (f := loose(z)))
        self._ruleset = ruleset

    @cached_property
    def listed(self) -> tuple[str, ...]:
        """The wordings and look-alikes of all components, and titles of all concepts, of four letters and more."""
        words = [w.removeprefix("=") for c in self._ruleset.components.values() for w in (*c.wordings, *c.look_alikes)]
        words += [title for concept in self._ruleset.concepts.values() for title in concept.titles]
        return tuple(sorted({k for w in words if len(k := loose(w)) >= _LISTED}))

    def foreign(self, text: str, own: Iterable[str] = ()) -> int:
        """How many letters of a text are not the form's, nor of the `own` words beside (folded); of one that answers, more than
        any page may have."""
        plain = _SMALL.sub(" ", _CODE.sub(" ", clean(text)))
        folded = loose(plain)
        if not folded or _SEEN.search(plain):
            return 0
        if _FIGURE.search(plain) or folded in self.zeros:
            return _FEW + len(folded)
        for words in own:
            folded = folded.replace(words, "")
        left = self._left(folded)
        return left if left > _SHARE * len(folded) else 0

    def _left(self, folded: str) -> int:
        """The letters that no word of the form covers, as few as can be."""
        return uncovered(folded, self._words, self._longest)


_known: list[tuple[RuleSet, FormWords]] = []


def form_words(ruleset: RuleSet) -> FormWords:
    """The words of a rule set's form, folded once for as long as the same rule set is asked for."""
    for known, words in _known:
        if known is ruleset:
            return words
    _known.insert(0, (ruleset, FormWords(ruleset)))
    del _known[2:]
    return _known[0][1]


def says_nothing(lines: Lines, words: FormWords, agency: str) -> bool:
    """Whether lines ask what the form asks, in the form's words, and say no more than the agency's name."""
    if not lines.once(_ask) and not any(line.loose in words.asked for line in lines):
        return False
    own, left = [f] if (f := loose(agency)) else [], 0
    for line in lines:
        left += 0 if line.criterion else sum(words.foreign(text, own) for text in _texts(line))
        if left > _FEW:
            return False
    return True


def _texts(line: Line) -> Sequence[str]:
    """A row's cells, or the line."""
    return line.block.cells or (line.bare,)


def _ask(lines: Lines) -> bool:
    """Whether some line, or a cell of one, asks for something to be shown."""
    if any(line.criterion for line in lines):
        return True
    some = (text for line in lines for text in _texts(line) if "แสดง" in text or "ข้อมูล" in text)
    return any(_ASKED.match(text.strip()) for text in some)
