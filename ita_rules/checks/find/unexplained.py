"""Headings with content that no word of the rules explains: what is missing may stand there under words that nobody listed.

No vocabulary has every agency's words. A label is explained where, but for a few letters, it is made of words that the rule set
knows of anything: of its components, its items' titles, of any paper. One that is not, and that has content below it, is a place
that a person has to read before anything is said to be missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ita_rules.checks.find.composed import JOINTS, NEUTRAL, uncovered
from ita_rules.checks.find.findings import Hit, shorten
from ita_rules.checks.find.hints import NUMBER, SMALL_NUMBER, labels
from ita_rules.checks.find.seek import GOING_ON
from ita_rules.checks.find.shapes.people import PERSON
from ita_rules.checks.find.spec import Spec, label_match, stands_in
from ita_rules.checks.find.tables import Table, filled, tables
from ita_rules.locate import Titles
from ita_rules.locate.lines import Line
from ita_rules.thai.fold import clean, key, loose
from ita_rules.thai.months import month_number

_USUAL = (
    # parts of any paper
    "บทนำ คำนำ ความนำ บทสรุป สรุป บทคัดย่อ ภาคผนวก ผนวก สารบัญ สารบาญ หลักการ เหตุผล "
    "หลักการและเหตุผล ที่มา ความเป็นมา ความสำคัญ นิยาม คำนิยาม คำจำกัดความ ความหมาย วัตถุประสงค์ "
    "ประโยชน์ คาดว่า ได้รับ ประโยชน์ที่คาดว่าจะได้รับ บทลงโทษ การเก็บข้อมูล เก็บรวบรวมข้อมูล "
    "กลุ่มตัวอย่าง ขอบเขต บรรณานุกรม เอกสารอ้างอิง อ้างอิง ตาราง แผนภูมิ แผนภาพ ภาพ รูปภาพ รูป "
    "ภาพประกอบ บทที่ ส่วนที่ ตอนที่ หมวด หมายเหตุ ลำดับ ลำดับที่ ที่ เลขที่ รหัส รวม รวมทั้งสิ้น "
    "วันที่ วัน เดือน ปี พ.ศ. เวลา ไตรมาส ข้อมูล ณ หน้า เรื่อง เรียน อ้างถึง สิ่งที่ส่งมาด้วย ประกาศ "
    "คำสั่ง ฉบับที่ ครั้งที่ จัดทำโดย ผู้จัดทำ ผู้รายงาน ผู้อนุมัติ ผู้ตรวจสอบ ลงชื่อ ลงนาม ผู้ลงนาม "
    "ชื่อ สกุล ตำแหน่ง สังกัด หน่วยงาน หน่วย ประเภท ชนิด รายการ จำนวน ร้อยละ บาท คน ราย แห่ง "
    "วิสัยทัศน์ พันธกิจ ค่านิยม อัตลักษณ์ ปรัชญา คำขวัญ ประวัติ ประวัติความเป็นมา ข้อมูลทั่วไป "
    "สภาพทั่วไป ข้อมูลพื้นฐาน สาร สารจาก ผู้บริหาร คณะผู้บริหาร โครงสร้าง อัตรากำลัง บุคลากร "
    "อำนาจหน้าที่ รางวัล เกียรติยศ ความภาคภูมิใจ ภาพกิจกรรม ที่ตั้ง อาณาเขต ประชากร การศึกษา "
    "เศรษฐกิจ สังคม สาธารณสุข คมนาคม แผนที่ นายก นายกเทศมนตรี ปลัด ผู้ว่าราชการ นายอำเภอ อธิบดี "
    "เลขาธิการ ผู้อำนวยการ อธิการบดี คณบดี ผู้ว่าการ กรรมการผู้จัดการ ประธาน กรรมการ คณะกรรมการ "
    "หัวหน้า ผลที่คาดว่า ผลที่คาดหวัง แนวทาง นโยบาย แต่งตั้งคณะกรรมการ ตรวจรับพัสดุ กรอบอัตรากำลัง "
    "ผู้ครองตำแหน่ง ตำแหน่งว่าง ว่าง "
    # parts of any page
    "หน้าแรก หน้าหลัก เมนู ค้นหา ข่าว ข่าวสาร ดาวน์โหลด ไฟล์ เอกสารแนบ เอกสาร แนบ เผยแพร่ "
    "วันที่เผยแพร่ ผู้เผยแพร่ ผู้เข้าชม อ่าน เพิ่มเติม ลิงก์ เกี่ยวกับ ติดต่อ แบ่งปัน แชร์ พิมพ์ "
    "ปรับปรุง ล่าสุด "
    # whose it is
    "องค์การบริหารส่วน ตำบล อำเภอ จังหวัด เทศบาล เทศบาลตำบล เทศบาลเมือง สำนักงาน สำนัก กรม กอง ศูนย์ "
    "โรงพยาบาล โรงเรียน มหาวิทยาลัย วิทยาลัย คณะ อบต. อบจ. กระทรวง ฝ่าย กลุ่ม งาน "
)
_OPENINGS = ("ความหมายของ", "คำนิยาม", "นิยาม", "คำจำกัดความ", "วัตถุประสงค์", "ประวัติ", "สารจาก", "ภาคผนวก", "ตารางที่", "แผนภูมิที่", "ภาพ")
"""What headings open with that say nothing of what they head but this."""

_USUAL_WORDS = NEUTRAL | {loose(word) for word in _USUAL.split()}
_OPENED = tuple(loose(word) for word in _OPENINGS)

_LEAST = 4
"""Letters of a label that no usual word covers, from which it says something."""

_SHARE = 0.3
"""The same as a share of its letters."""

_SHORT_WORD = 3
"""Letters of the shortest words that cover a part of a label: two are found in any word."""

_WHOLE = 0.95
"""How well a label bears a component, from which on it is that and nothing else, whatever it joins."""

_CLAIMED = 0.8
"""How well a label bears a component, or the title of an item, from which on it is about that."""

_NAMED = 0.86
"""The same for a component that is not asked: the label opens or ends with its words, or is made of nothing else."""

_ALIKE = 0.5
"""How much of a label a phrase must be in which the words of what is asked have another sense, from which on it is that."""

_SHORTEST, _LONGEST = 3, 45  # letters of a label
_LISTED = 3  # numbered lines in a row that make a list of things and no headings
_DIGIT = re.compile("[0-9]")
_TO_FILL = re.compile(r"(?:[.…]\s?){4,}[)\]]?\s*$|…{2,}\s*$|_{3,}\s*$")
"""How a line ends that leaves a blank to fill in."""
_WORDS = re.compile(r"[^\W\d_]{2}")


class Known:
    """What explains a label where some components are asked: those, the titles of items, the words of any paper, the agency's
    name."""

    def __init__(self, sought: Spec, asked: Iterable[Spec], others: Iterable[Spec], titles: Titles, agency: str = "") -> None:
        self._asked, self._others = tuple(asked), tuple(others)
        self._alike = tuple(a for spec in (sought, *self._asked) for a in spec.look_alikes)
        self._titles = titles
        self._words = frozenset(f for f in (loose(agency), *_USUAL_WORDS) if len(f) >= _SHORT_WORD)
        self._longest = max(map(len, self._words), default=0)

    def explains(self, label: str, *, wholly: bool = False) -> bool:
        """Whether a label is about a component that is asked, about an item, or about nothing of its own; each of the things that
        it names. Asked `wholly`, usual words have to cover its every letter: a short one that they leave may turn its sense."""
        folded = loose(label)
        if folded.startswith(_OPENED):
            return True
        if any(alike in folded and len(alike) >= _ALIKE * len(folded) for alike in self._alike):
            return True
        if month_number(clean(label).strip()) is not None or self._is_usual(label, wholly):
            return True
        if max(self._titles.scores(label).values(), default=0.0) >= _CLAIMED:
            return True
        if self._is_claimed(label, _WHOLE) or self._is_said(label):
            return True
        parts = [part for part in JOINTS.split(clean(label)) if loose(part)]
        return all(self._is_usual(part, wholly) or self._is_claimed(part, _CLAIMED) for part in parts)

    def is_asked(self, label: str) -> bool:
        """Whether a label is the name of a component that is asked, and nothing else."""
        found = (label_match(spec, label, sure=True) for spec in self._asked)
        return any(match is not None and match[1] >= _WHOLE for match in found)

    def _is_claimed(self, label: str, least: float) -> bool:
        """Whether a label is so much about a component that is asked, or as plainly about another."""
        found = (label_match(spec, label, sure=True) for spec in self._asked)
        if any(match is not None and match[1] >= least for match in found):
            return True
        found = (label_match(spec, label, sure=True) for spec in self._others)
        return any(match is not None and match[1] >= max(least, _NAMED) for match in found)

    def _is_said(self, label: str) -> bool:
        """Whether a label holds a statement of a component that is asked."""
        folded, strict = loose(label), key(label)
        return any(stands_in(said, folded, strict, spec.look_alikes) for spec in self._asked for said in spec.statements)

    def _is_usual(self, label: str, wholly: bool) -> bool:
        """Whether usual words cover a label, but for a few letters where not asked `wholly`."""
        folded = loose(label)
        if folded in NEUTRAL:
            return True
        left = uncovered(folded, self._words, self._longest)
        if wholly:
            return left == 0
        return left < min(_LEAST, len(folded)) or left < _SHARE * len(folded)


def unexplained(
    lines: Sequence[Line],
    known: Known,
    titles: frozenset[str] = frozenset(),
    *,
    subjects: bool = False,
    in_words: bool = False,
    counts: bool = False,
) -> list[Hit]:
    """The labels with content in the lines of one document that nothing explains, each once.

    `titles` are loose keys of lines that title it. The first column with words of a table tells what its rows are about, and
    counts where `subjects` may be what is sought. What is told `in_words` is in no column of numbers; small ones count something,
    and are meant only where `counts` may be sought: then the head of each such column has to be explained wholly. What stands in
    the first cells of a table with a head is data, as are labels with figures, the entries of a list, blanks to fill in, what
    stands by itself between two labels, and lines that begin in the middle of a sentence.
    """
    body = [x for x in lines if not x.toc and not x.criterion]
    made = tables(body)
    data = {id(row) for table in made if table.head_lines for row in table.rows} | _listed(body)
    others = set() if subjects else {(id(t.head_lines[0]), label) for t in made if (label := _subject(t))}
    numbers = NUMBER if in_words else None if counts else SMALL_NUMBER
    if numbers is not None:
        others |= {(id(t.head_lines[0]), head) for t in made if t.head_lines for head in _figures(t, numbers)}
    counted = {(id(t.head_lines[0]), head) for t in made if counts and t.head_lines for head in _figures(t, NUMBER)}
    below = {id(line): between for line, between in zip(body[1:], zip(body, body[2:], strict=False), strict=False)}
    # where a heading is marked below content, a line that is not marked heads nothing
    marked = any(x.block.kind == "heading" != above.block.kind for above, x in pairwise(body))
    found: dict[str, Hit] = {}
    for line, label in labels(body):
        folded = loose(label)
        if folded in found or line.loose in titles or not _SHORTEST <= len(folded) <= _LONGEST:
            continue
        if id(line) in data or (id(line), label) in others or _DIGIT.search(folded):
            continue
        bare = line.block.kind == "text" and not line.heading and label == line.bare
        if _TO_FILL.search(line.text) or (bare and (marked or label.startswith(GOING_ON))):
            continue
        if bare and id(line) in below and all(known.is_asked(x.bare) for x in below[id(line)]):
            continue
        if not PERSON.search(clean(label)) and not known.explains(label, wholly=(id(line), label) in counted):
            found[folded] = Hit("section", "", line, shorten(label), 0.5)
    return list(found.values())


def _subject(table: Table) -> str:
    """The head of the first column with words; ``""`` where a table has no heads."""
    if not table.head_lines:
        return ""
    columns = ((head, table.column(index)) for index, head in enumerate(table.heads))
    return next((head for head, cells in columns if any(_WORDS.search(cell) for _, cell in cells)), "")


def _figures(table: Table, numbers: re.Pattern[str]) -> list[str]:
    """The heads of the columns in which nothing stands but what a pattern of numbers matches."""
    columns = ((head, [c for _, c in table.column(index) if filled(c)]) for index, head in enumerate(table.heads))
    return [head for head, cells in columns if cells and all(numbers.match(clean(c)) for c in cells)]


def _listed(lines: Iterable[Line]) -> set[int]:
    """The (ids of) numbered lines that follow each other without anything between: entries of a list."""
    found, run = set[int](), list[Line]()
    for line in (*lines, None):
        if line is not None and line.numbered and line.block.kind not in ("row", "heading"):
            run.append(line)
            continue
        found.update(map(id, run) if len(run) >= _LISTED else ())
        run = []
    return found
