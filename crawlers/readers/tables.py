"""Rows and their column headings: what the readers of tables share, whatever file they stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crawlers.readers.lines import fold
from ita_rules.run.types import Block, Zone

_D = "[0-9๐-๙]"
_FIGURE = re.compile(rf"^[\s(]*(?:{_D}[{_D[1:-1]},./:%\s-]*|[-–—xX✓/]+|n/a)[)\s.]*(?:บาท|%|คน|ครั้ง|ราย|แห่ง|เรื่อง)?$", re.I)
_COLUMN_NUMBER = re.compile(rf"^\(?{_D}{{1,2}}\)?$")
_PERSON = re.compile(r"^(?:นาย|นางสาว|นาง|น\.ส\.|ว่าที่|ดร\.|พ\.ต|พล|ร\.ต)\s?\S")
_HEAD_WORDS = re.compile(
    r"^(?:ที่|ลำดับ(?:ที่)?|ลําดับ(?:ที่)?|ลาดับ(?:ที่)?|ข้อ(?:ที่)?|no\.?|#|รายการ|รายละเอียด|หัวข้อ|ประเด็น.{0,20}|วัน(?:ที่)?|เดือน|ปี(?:งบประมาณ)?|วัน\s?เดือน\s?ปี.{0,10}|"
    r"ไตรมาส(?:ที่)?|ประเภท.{0,20}|ชื่อ.{0,30}|โครงการ.{0,20}|กิจกรรม.{0,10}|แผนงาน.{0,20}|ขั้นตอน.{0,20}|หน่วยงาน.{0,20}|ตำแหน่ง.{0,10}|ตัวชี้วัด.{0,10}|"
    r"เรื่อง.{0,20}|จำนวน.{0,20}|หมวด.{0,20}|ช่องทาง.{0,20}|วิธี.{0,25}|ข้อมูล|องค์ประกอบ.{0,20}|item|title|name|date)$",
    re.I,
)

HEAD_CHARS = 90
"""A longer cell heads no column."""

MAX_SPAN = 200
"""A cell that says it spans more columns or rows than this is cut."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A slot of the grid. A cell that spans several slots stands in each; `across` and `down` mark the repeats.

    `head` says that the source itself marks the cell as a heading (``th``), `strong` that it is bold or shaded.
    """

    text: str
    head: bool = False
    strong: bool = False
    across: bool = False
    down: bool = False


def spread(text: str, columns: int, *, head: bool = False, strong: bool = False) -> list[Cell]:
    """The slots of one cell that spans `columns` columns."""
    first = Cell(text, head, strong)
    return [first, *(replace(first, across=True) for _ in range(min(columns, MAX_SPAN) - 1))]


def square(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """The rows filled up with empty cells to the same length; columns that are empty all through are kept."""
    width = max((len(row) for row in rows), default=0)
    return [[*row, *(Cell("") for _ in range(width - len(row)))] for row in rows]


def heading_rows(rows: Sequence[Sequence[Cell]]) -> set[int]:
    """Indices of the rows that head the columns.

    Rows that the source marks; else the first row of two or more short worded cells, with the rows that split its merged
    cells, and a row of column numbers below. Two columns are often label and value: they need a bold or shaded row or a
    usual column title.
    """
    marked = {
        i for i, row in enumerate(rows)
        if len(_own(row)) >= 2 and all(cell.head or not cell.text for cell in row) and any(cell.head for cell in row)
    }  # fmt: skip
    if marked:
        return marked
    start = next((i for i, row in enumerate(rows[:6]) if len(_own(row)) >= 2 and not _whole(row)), None)
    if start is None or not _heads(rows, start):
        return set()
    found = {start}
    at = start
    while at + 1 < len(rows) and at - start < 3:
        row, below = rows[at], rows[at + 1]
        split = any(cell.across for cell in row) and any(not cell.across and cell.text for cell in below)
        carried = any(cell.down and cell.text for cell in below)
        # Merged headings come out of CSV as one filled cell and empty ones, their parts in the row below, under them.
        spilt = not below[0].text and bool(row[0].text) and any(not cell.text for cell in row)
        numbers = sum(bool(_COLUMN_NUMBER.match(cell.text)) for cell in below if cell.text) == len(_own(below)) >= 3
        plain = all(
            not _FIGURE.match(cell.text) and len(cell.text) <= HEAD_CHARS for cell in below if cell.text and not cell.down
        )
        if not (((split or carried or spilt) and plain and len(_own(below)) >= 2) or (numbers and _all_numbers_from_one(below))):
            break
        at += 1
        found.add(at)
    return found


def is_usual_head(text: str) -> bool:
    """Whether a cell is what columns are usually headed by (ลำดับที่, โครงการ, จำนวน …)."""
    return bool(_HEAD_WORDS.match(text))


def row_blocks(rows: Sequence[Sequence[Cell]], table: int, zone: Zone = "main", headings: set[int] | None = None) -> list[Block]:
    """The rows of one table as blocks; rows without any word are left out, empty cells of others stay.

    `cells` has one entry a column, a spanning cell repeated in each column and row it covers, so that a column can be
    read down; `text` has each cell once, where it begins. A row that is one cell across the whole width has one entry.
    """
    grid = square(rows)
    heads = heading_rows(grid) if headings is None else headings
    blocks = []
    for index, row in enumerate(grid):
        own = [cell for cell in row if not cell.across and not cell.down]
        if not any(cell.text for cell in own):
            continue
        cells = (row[0].text,) if _whole(row) else tuple(cell.text for cell in row)
        text = " | ".join(cell.text for cell in own)
        bold = all(cell.strong or cell.head for cell in own if cell.text)
        blocks.append(Block("row", text, cells, table, header=index in heads, zone=zone, bold=bold))
    return blocks


def join_wrapped(parts: Sequence[tuple[str, bool]]) -> str:
    """The printed lines of one cell as one text; each comes with whether it fills the cell's width, so that it wraps.

    Thai runs on without a blank where a line wraps; so do a cut amount and a cut year.
    """
    text, full = "", False
    figures = "".join(fold(raw) for raw, _ in parts)
    if len(parts) > 1 and _AMOUNT.match(figures):
        return figures  # one amount in a column too narrow for it
    for raw, fills in parts:
        part = fold(raw)
        if not part:
            continue
        text = part if not text else text + part if _runs_on(text, part, full) else f"{text} {part}"
        full = fills
    return text


_CUT_AMOUNT = re.compile(rf"(?:^|\s)({_D}{{1,3}}(?:,{_D}{{3}})*(?:,{_D}{{0,3}}|\.{_D}?)?)$")
_AMOUNT = re.compile(rf"^{_D}{{1,3}}(?:,{_D}{{3}})*\.{_D}{{2}}$|^{_D}{{1,3}}(?:,{_D}{{3}})+$")
_CUT_YEAR = re.compile(r"(?:พ\.?\s?ศ\.?|ปี|ประมาณ)\s?[2๒][5๕][0-9๐-๙]?$")


def _runs_on(before: str, after: str, full: bool) -> bool:
    first = after.split(" ", 1)[0]
    if _CUT_YEAR.search(before) and re.match(rf"^{_D}{{1,2}}(?:\D|$)", after):
        return True
    if (cut := _CUT_AMOUNT.search(before)) and not _AMOUNT.match(cut[1]):
        return bool(_AMOUNT.match(cut[1] + first)) and ("," in cut[1] or "." in cut[1])
    return full and bool(re.search(r"[ก-\u0e4e]$", before) and re.match(r"^[ก-\u0e4e]", after))


def _own(row: Sequence[Cell]) -> list[Cell]:
    """The cells of a row with words, each once."""
    return [cell for cell in row if cell.text and not cell.across]


def _whole(row: Sequence[Cell]) -> bool:
    """Whether a row is one cell across the whole width."""
    return len(row) > 1 and not row[0].across and all(cell.across for cell in row[1:])


def _all_numbers_from_one(row: Sequence[Cell]) -> bool:
    texts = [cell.text.strip("()") for cell in row if cell.text and not cell.across]
    return [int(text) for text in texts if text.isdecimal()] == list(range(1, len(texts) + 1))


def _heads(rows: Sequence[Sequence[Cell]], start: int) -> bool:
    own = _own(rows[start])
    texts = [cell.text for cell in own]
    if any(_FIGURE.match(text) or len(text) > HEAD_CHARS for text in texts) or start + 1 > len(rows):
        return False
    rest = [cell for row in rows[start + 1 :] for cell in _own(row)]
    if all(cell.strong or cell.head for cell in own) and not all(cell.strong or cell.head for cell in rest):
        return True
    usual = sum(bool(_HEAD_WORDS.match(text)) for text in texts)
    if len(rows[start]) == 2 or len(own) == 2:
        return bool(_HEAD_WORDS.match(texts[0])) and len(rows) > start + 1 and (usual == 2 or len(rows) > start + 2)
    return usual > 0 or not any(_PERSON.match(text) for text in texts)
