"""What a document lists in its tables: the projects of a plan or report, the measures against risks; and what another lacks.

Only tables that a program wrote are read, by the head of their column; recognised pictures and running text give no names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import partial_ratio

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
_TEXT = 200_000  # letters of a text in which names are looked for
_ALIKE = 72.0
"""`partial_ratio` (0-100) from which a name counts as taken up. Far below what tells letters mistaken by recognition (87.5):
plans and reports word the same project differently, and a finding is to be beyond doubt."""


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
    text = "".join(x.loose for x in lines) + "".join(loose(p.alternate) for p in {x.page.number: x.page for x in lines}.values())
    if len(text) > _TEXT:
        return None
    return [one for one in names if not any(k in text or partial_ratio(k, text, score_cutoff=_ALIKE) for k in one.keys)]
