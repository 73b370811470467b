"""Documents as lines that can be searched: keys folded once, tables of contents, headings and printed criteria marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from ita_rules.locate.criteria import copied_criteria
from ita_rules.run.types import Block, Document, Page
from ita_rules.thai.fold import clean, key, loose
from ita_rules.thai.many import fold_all

_NUMBERING = re.compile(
    r"^\s*(?:[•●▪◦·*>✓➢oO]\s+|[-–—]\s+|"
    r"(?:ส่วน|บท|ตอน|ข้อ|หมวด|ภาค|ตาราง|กิจกรรม)\s*ที่\s*[0-9]+(?:\.[0-9]+)*\s*[:.)]?\s*|(?:ข้อ|บท|ตอน)\s*[0-9]+(?:\.[0-9]+)*\s*[:.)]?\s*|"
    r"[(\[]?[0-9]{1,3}(?:\s*\.\s*[0-9]{1,3})*\s*[.)\]]+\s*|[0-9]{1,2}(?:\.[0-9]{1,2})+\s+|[0-9]{1,2}\s+(?=[ก-๙])|[(]?[ก-ฮ][.)]\s+)"
)
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|_{4,}|(?:\s\.){3,}")
_PAGE_NUMBER_END = re.compile(r"(?:^|[\s.…_])(?:หน้า\s*)?(?:[0-9]{1,3}|[ก-ฮ])\s*$")
_CONTENTS = ("สารบัญ", "สารบาญ", "contents", "tableofcontents")
_ENTRY = 60  # letters of an entry of a table of contents
_IN_CONTENTS = ("หน้า", "เรื่อง", "เรื่องหน้า", "เนื้อหา", "รายการ", "ลำดับ")
_PAGE_COLUMN = ("หน้า", "หน้าที่", "เลขหน้า", "page", "pages")
"""Heads of the column of a table of contents that tells the pages."""

_HEAD = 24  # letters of the line of heads of a table of contents
_LISTED = 3  # entries that make a table of contents
_PAGES = re.compile(r"(?:หน้า\s*)?(?:[0-9]{1,3}(?:\s*[-–]\s*[0-9]{1,3})?|[ก-ฮ])")
_A_LEADER = re.compile(r"\.\s\.")
_CRITERION = tuple(loose(words) for words in ("องค์ประกอบด้านข้อมูล", "รายละเอียดเกณฑ์", "เกณฑ์การประเมิน"))


T = TypeVar("T")


def strip_number(text: str) -> str:
    """A line without its numbering or bullet (cleaned: Arabic digits)."""
    return _bare(clean(text))


def _bare(text: str) -> str:
    """The same of a cleaned text."""
    text = text.strip()
    for _ in range(2):
        number = _NUMBERING.match(text)
        if number is None or not text[number.end() :].strip():
            break
        text = text[number.end() :]
    return text.strip()


class Line(NamedTuple):
    """A block ready for search. `clean` is its text cleaned, `bare` the same without numbering; `loose` and `key` fold `bare`."""

    page: Page
    at: int
    block: Block
    clean: str
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
        return self.clean is not self.bare and self.clean.strip() != self.bare

    @property
    def heading(self) -> bool:
        """Whether the line looks like a heading: said so by the source, bold and short, or numbered and short."""
        if self.block.kind == "heading":
            return True
        if self.block.kind == "row" or len(self.key) > 70:
            return False
        return self.block.bold or self.numbered


class Lines(tuple[Line, ...]):
    """The lines of one text, with what is asked of them again and again found out once."""

    @cached_property
    def _known(self) -> dict[Callable[..., Any], Any]:
        return {}

    def once(self, make: Callable[[Lines], T]) -> T:
        """What `make` gives for these lines, made once for as long as they are held."""
        if make not in self._known:
            self._known[make] = make(self)
        known: T = self._known[make]
        return known

    @cached_property
    def recognised(self) -> bool:
        """Whether some of them stand on pages that were recognised from pictures."""
        return any(line.page.method == "ocr" for line in self)


class _Placed(NamedTuple):
    """A block with its page and its place there, its text cleaned, and also without its number, and the keys of the latter."""

    page: Page
    at: int
    block: Block
    clean: str
    bare: str
    key: str
    loose: str

    @property
    def text(self) -> str:
        """The cleaned text without blanks around it."""
        return self.clean.strip()


def _placed(document: Document) -> list[_Placed]:
    blocks = list(document.blocks())
    folded = fold_all([block.text for _, _, block in blocks], _bare)
    found = zip(blocks, folded.clean, folded.cut, folded.keys, folded.loose, strict=True)
    return [_Placed(*block, *words) for block, *words in found]


def _has_contents(placed: Sequence[_Placed]) -> bool:
    """Whether there may be a table of contents: its heading or the leaders of its entries."""
    whole = "\n".join(one.text for one in placed)
    if ".." in whole or "…" in whole or "__" in whole or _A_LEADER.search(whole):
        return True
    keys = "\n".join(one.key for one in placed)
    return "สารบ" in keys or "contents" in keys


def _paged(placed: Sequence[_Placed]) -> set[tuple[int, int]]:
    """Places of the rows of tables whose last column is of pages that only ascend: tables of contents, whatever stands above."""
    marks: set[tuple[int, int]] = set()
    head: _Placed | None = None
    rows: list[_Placed] = []
    for one in (*placed, None):
        within = head is not None and one is not None and one.block.kind == "row" and one.page is head.page
        if head is not None and not (within and one is not None and one.block.table == head.block.table):
            if len(rows) >= _LISTED and _ascend([row.block.cells[-1] for row in rows]):
                marks.update((row.page.number, row.at) for row in (head, *rows))
            head, rows = None, []
        if head is not None and one is not None:
            rows.append(one)
        elif one is not None and one.block.kind == "row" and len(one.block.cells) >= 2:
            head = one if key(one.block.cells[-1]) in _PAGE_COLUMN else None
    return marks


def _ascend(cells: Sequence[str]) -> bool:
    """Whether cells are numbers of pages, none smaller than the one before it; some may be blank, at headings of parts."""
    texts = [text for cell in cells if (text := clean(cell).strip())]
    if len(texts) < _LISTED or not all(map(_PAGES.fullmatch, texts)):
        return False
    numbers = [int(found[0]) for text in texts if (found := re.search("[0-9]+", text))]
    return numbers == sorted(numbers)


def _toc_marks(placed: Sequence[_Placed]) -> set[tuple[int, int]]:
    """Places (page number, block index) that belong to a table of contents: entries that end in a page number, by dot leaders
    anywhere, by the number alone under a heading "สารบัญ"."""
    marks = _paged(placed)
    if not _has_contents(placed):
        return marks
    inside = False
    since = 0
    for one in placed:
        page, index, block, text = one.page, one.at, one.block, one.text
        folded = key(text)
        numbered = bool(_PAGE_NUMBER_END.search(text))
        led = bool(_LEADERS.search(text))
        entry = (led and (numbered or inside)) or (inside and numbered and len(folded) <= 90)
        # Of a recognised page the leaders and the numbers at their ends may be lost.
        entry = entry or (inside and page.method == "ocr" and page.number == since and len(folded) <= _ENTRY)
        if block.kind == "row" and len(block.cells) >= 2 and inside:
            last = clean(block.cells[-1]).strip()
            entry = entry or _PAGES.fullmatch(last) is not None or key(last) in _PAGE_COLUMN
        if folded in _CONTENTS or (len(folded) <= 20 and folded.startswith("สารบัญ")):
            inside, since = True, page.number
            marks.add((page.number, index))
        elif entry:
            marks.add((page.number, index))
        elif inside and folded and folded not in _IN_CONTENTS and not (len(folded) <= _HEAD and folded.endswith(_PAGE_COLUMN)):
            inside = False
    return marks


def prepare(document: Document, frame: frozenset[str] = frozenset()) -> Lines:
    """The lines of a document's content. `frame` holds loose keys of blocks that the whole site repeats; they are left out."""
    placed = _placed(document)
    toc = _toc_marks(placed)
    copied = copied_criteria(placed)
    html = document.media_type == "text/html"
    lines: list[Line] = []
    criterion = False
    for one in placed:
        block = one.block
        if block.zone != "main" or not block.text.strip() or (html and one.loose in frame):
            continue
        if len(one.loose) <= 40 and one.loose.startswith(_CRITERION):
            criterion = True
        elif block.kind == "heading":
            criterion = False
        place = (one.page.number, one.at)
        # Most lines need no mending and bear no number: then they are their block's own text, held once.
        cleaned = block.text if one.clean == block.text else one.clean
        bare = cleaned if one.bare == cleaned else one.bare
        listed, told = place in toc, criterion or place in copied
        lines.append(Line(one.page, one.at, block, cleaned, bare, one.key, one.loose, listed, told))
    return Lines(lines)


def prepare_text(page: Page) -> Lines:
    """The lines of a page's alternate text (the second reader's)."""
    texts = [(index, text) for index, text in enumerate(page.alternate.splitlines()) if text.strip()]
    folded = fold_all([text for _, text in texts], _bare)
    found = zip(texts, folded.clean, folded.cut, folded.keys, folded.loose, strict=True)
    return Lines(
        Line(page, index, Block("text", text.strip()), cleaned, bare, strict, loosely, bool(_LEADERS.search(text)))
        for (index, text), cleaned, bare, strict, loosely in found
    )
