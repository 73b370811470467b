"""Documents as lines that can be searched: keys folded once, tables of contents, headings and printed criteria marked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ita_rules.locate.criteria import copied_criteria
from ita_rules.run.types import Block, Document, Page
from ita_rules.thai.fold import clean, key, loose

_NUMBERING = re.compile(
    r"^\s*(?:[•●▪◦·*>✓➢oO]\s+|[-–—]\s+|"
    r"(?:ส่วน|บท|ตอน|ข้อ|หมวด|ภาค|ตาราง|กิจกรรม)\s*ที่\s*[0-9]+(?:\.[0-9]+)*\s*[:.)]?\s*|(?:ข้อ|บท|ตอน)\s*[0-9]+(?:\.[0-9]+)*\s*[:.)]?\s*|"
    r"[(\[]?[0-9]{1,3}(?:\s*\.\s*[0-9]{1,3})*\s*[.)\]]+\s*|[0-9]{1,2}(?:\.[0-9]{1,2})+\s+|[0-9]{1,2}\s+(?=[ก-๙])|[(]?[ก-ฮ][.)]\s+)"
)
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|_{4,}|(?:\s\.){3,}")
_PAGE_NUMBER_END = re.compile(r"(?:^|[\s.…_])(?:หน้า\s*)?(?:[0-9]{1,3}|[ก-ฮ])\s*$")
_CONTENTS = ("สารบัญ", "สารบาญ", "contents", "tableofcontents")
_ENTRY = 60  # letters of an entry of a table of contents
_CRITERION = ("องค์ประกอบด้านข้อมูล", "รายละเอียดเกณฑ์", "เกณฑ์การประเมิน")


def strip_number(text: str) -> str:
    """A line without its numbering or bullet (cleaned: Arabic digits)."""
    text = clean(text).strip()
    for _ in range(2):
        shorter = _NUMBERING.sub("", text, count=1)
        if shorter == text or not shorter.strip():
            break
        text = shorter
    return text.strip()


@dataclass(frozen=True, slots=True)
class Line:
    """A block ready for search. `bare` is its text without numbering, cleaned; `loose` and `key` fold `bare`."""

    page: Page
    index: int
    block: Block
    bare: str
    key: str
    loose: str
    toc: bool = False
    criterion: bool = False

    @property
    def text(self) -> str:
        """As it stands in the source."""
        return self.block.text

    @property
    def numbered(self) -> bool:
        """Whether numbering or a bullet stands before the words."""
        return clean(self.block.text).strip() != self.bare

    @property
    def heading(self) -> bool:
        """Whether the line looks like a heading: said so by the source, bold and short, or numbered and short."""
        if self.block.kind == "heading":
            return True
        if self.block.kind == "row" or len(self.key) > 70:
            return False
        return self.block.bold or self.numbered


def _toc_marks(document: Document) -> set[tuple[int, int]]:
    """Places (page number, block index) that belong to a table of contents: entries that end in a page number, by dot leaders
    anywhere, by the number alone under a heading "สารบัญ"."""
    marks: set[tuple[int, int]] = set()
    inside = False
    since = 0
    for page, index, block in document.blocks():
        text = clean(block.text).strip()
        folded = key(text)
        numbered = bool(_PAGE_NUMBER_END.search(text))
        led = bool(_LEADERS.search(text))
        entry = (led and (numbered or inside)) or (inside and numbered and len(folded) <= 90)
        # Of a recognised page the leaders and the numbers at their ends may be lost.
        entry = entry or (inside and page.method == "ocr" and page.number == since and len(folded) <= _ENTRY)
        if block.kind == "row" and len(block.cells) >= 2 and inside:
            entry = entry or bool(re.fullmatch(r"[0-9]{1,3}|[ก-ฮ]", clean(block.cells[-1]).strip()))
        if folded in _CONTENTS or (len(folded) <= 20 and folded.startswith("สารบัญ")):
            inside, since = True, page.number
            marks.add((page.number, index))
        elif entry:
            marks.add((page.number, index))
        elif inside and folded and folded not in ("หน้า", "เรื่อง", "เรื่องหน้า", "เนื้อหา", "รายการ", "ลำดับ"):
            inside = False
    return marks


def prepare(document: Document, frame: frozenset[str] = frozenset()) -> tuple[Line, ...]:
    """The lines of a document's content. `frame` holds loose keys of blocks that the whole site repeats; they are left out."""
    toc = _toc_marks(document)
    copied = copied_criteria(document, strip_number)
    lines: list[Line] = []
    criterion = False
    for page, index, block in document.blocks():
        if block.zone != "main" or not block.text.strip():
            continue
        bare = strip_number(block.text)
        # Most lines bear no number: then they are their block's own text, held once.
        bare = block.text if bare == block.text else bare
        folded = loose(bare)
        if document.media_type == "text/html" and folded in frame:
            continue
        is_heading = block.kind == "heading"
        if any(folded.startswith(loose(c)) for c in _CRITERION) and len(folded) <= 40:
            criterion = True
        elif is_heading:
            criterion = False
        lines.append(
            Line(
                page,
                index,
                block,
                bare,
                key(bare),
                folded,
                (page.number, index) in toc,
                criterion or (page.number, index) in copied,
            )
        )
    return tuple(lines)


def prepare_text(page: Page) -> tuple[Line, ...]:
    """The lines of a page's alternate text (the second reader's)."""
    lines = []
    for index, text in enumerate(page.alternate.splitlines()):
        if text.strip():
            bare = strip_number(text)
            lines.append(
                Line(page, index, Block("text", text.strip()), bare, key(bare), loose(bare), bool(_LEADERS.search(text)))
            )
    return tuple(lines)
