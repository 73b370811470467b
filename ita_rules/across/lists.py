"""What a document lists in its tables: the projects of a plan or report, the measures against risks; and what another lacks.

Only tables that a program wrote are read, by the head of their column; recognised pictures and running text give no names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ita_rules.checks.find.tables import Table, tables
from ita_rules.locate.lines import Line, strip_number
from ita_rules.thai.fold import UNREAD, key, loose

_PROJECTS = re.compile("^(?:ชื่อ|รายชื่อ|รายการ|แผนงาน|งาน)*(?:โครงการ|กิจกรรม)(?:โครงการ|กิจกรรม|มาตรการ|และ|หรือ)*$")
_MEASURES = re.compile(
    "^(?:แนวทาง)?(?:และ|หรือ)?มาตรการ(?:ใน|การ|เพื่อ)*(?:ป้องกัน|ควบคุม|จัดการ|บริหารจัดการ|ลด|แนวทาง|ความเสี่ยง|การทุจริต)*$"
)
_TOTAL = re.compile("^(?:รวม|ยอดรวม|ไม่มี|หมายเหตุ|ที่มา)")
_LEAST = 10  # letters of a key below which a name says too little to be looked for
_NAMES = 60  # names of one document that are looked at
_TEXT = 100_000  # letters of a text in which names are looked for
_GRAM = 3  # letters of the pieces by which wordings are compared
_ALIKE = 0.45
"""Share of a name's pieces that one line of a document, with the line after it, has for the name to count as taken up. It is
low on purpose: plans and reports word the same thing differently ("ติดประกาศกรอบเวลา", "กำหนดกรอบเวลาและติดประกาศ" share 0.8,
different projects 0.1 to 0.3), and a finding is to be beyond doubt."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A name in a list: the line it stands in, as written, and the loose keys of what may be taken up elsewhere (the name, for
    a measure also the other cells of its row, such as the risk it answers)."""

    line: Line
    text: str
    keys: tuple[str, ...]


def projects(lines: Sequence[Line]) -> list[Listed]:
    """The projects and activities that the tables of a document list, in order, each once."""
    return _listed(lines, _PROJECTS, False)


def measures(lines: Sequence[Line]) -> list[Listed]:
    """The measures against risks that the tables of a document list, each with its row's other cells."""
    return _listed(lines, _MEASURES, True)


def _listed(lines: Sequence[Line], head: re.Pattern[str], with_row: bool) -> list[Listed]:
    found: dict[str, Listed] = {}
    for table in tables([x for x in lines if x.block.kind == "row" and x.page.method != "ocr"]):
        column = _column(table, head)
        for line, cell in table.column(column) if column is not None else ():
            name = _name(cell)
            if name and len(found) < _NAMES:
                beside = [n for c in line.block.cells if c != cell and (n := _name(c))] if with_row else []
                found.setdefault(name, Listed(line, cell.strip(), (name, *beside)))
    return list(found.values())


def _column(table: Table, head: re.Pattern[str]) -> int | None:
    """The only column whose head says that it holds such names; None where none or several do."""
    named = [i for i, words in enumerate(table.heads) if head.match(key(words))]
    return named[0] if len(named) == 1 else None


def _name(cell: str) -> str:
    """The loose key of a name, without its number and the word โครงการ before it; ``""`` for what is none."""
    folded = loose(strip_number(cell)).removeprefix("โครงการ")
    says = len(re.sub("[0-9]", "", folded)) >= _LEAST
    return folded if says and not _TOTAL.match(folded) and UNREAD not in cell else ""


def missing(names: Iterable[Listed], lines: Sequence[Line]) -> list[Listed] | None:
    """Those names of which nothing alike stands in a document; None where the document is too long to tell, or was recognised
    from pictures in part."""
    if any(x.page.method == "ocr" or x.page.cause for x in lines):
        return None
    texts = [x.loose for x in lines]
    texts += [loose(line) for page in {x.page.number: x.page for x in lines}.values() for line in page.alternate.splitlines()]
    if sum(map(len, texts)) > _TEXT:
        return None
    where: dict[str, set[int]] = {}
    for number, text in enumerate(texts):
        for gram in _grams(text):
            where.setdefault(gram, set()).add(number)
    return [one for one in names if not any(_taken_up(k, where) for k in one.keys)]


def _grams(text: str) -> set[str]:
    return {text[i : i + _GRAM] for i in range(len(text) - _GRAM + 1)}


def _taken_up(name: str, where: Mapping[str, set[int]]) -> bool:
    """Whether some line, with the line after it, has enough of a name's pieces."""
    grams = _grams(name)
    counts = Counter(number for gram in grams for number in where.get(gram, ()))
    return any(count + counts.get(number + 1, 0) >= _ALIKE * len(grams) for number, count in counts.items())
