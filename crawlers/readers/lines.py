"""Which lines head something: the rules that PDF, Word and plain text (and paragraphs of web pages) share.

Agencies seldom use heading styles. A heading is a numbered short line ("๓.๑ …", "ส่วนที่ ๒ …"), a short line in bold or
larger print, or a short line that ends in a colon. A numbered line may be an item of a list as well; which of the two a
series of numbers is, its company tells: headings have content under them, items follow each other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ita_rules.run.types import Block, BlockKind, Zone

HEADING_CHARS = 120
"""A longer line heads nothing."""

NUMBERED_CHARS = 100
"""A longer numbered line is an item, not a heading."""

_MUCH = 300  # letters of a document from which its share of bold print tells something
_ALL_BOLD = 0.9

_D = r"[0-9๐-๙]"
_NO_WIDTH = re.compile(r"[\u200b\ufeff]")
_TORN = re.compile(r" (?<=[ก-ฮ] )(?=[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])")
_NAMED = re.compile(
    rf"^(?:ส่วนที่|บทที่|ตอนที่|หมวดที่|หมวด|ภาคที่|ภาคผนวก|chapter|section|part)\s*(?:{_D}{{1,2}}|[IVX]{{1,5}}|[ก-ฮ])?(?=[\s.:]|$)", re.I
)
_NUMBER = re.compile(
    rf"^(?P<word>ข้อ(?:ที่)?\s*|ยุทธศาสตร์ที่\s*|ประเด็นที่\s*)?(?P<num>{_D}{{1,2}}(?:\.{_D}{{1,2}}){{0,4}})"
    rf"(?P<end>\.\)|\.|\)|(?=\s))\s*(?P<rest>(?![0-9๐-๙.,/%-])\S.*)$"
)
_PAREN = re.compile(rf"^\((?P<num>{_D}{{1,2}}(?:\.{_D}{{1,2}})*)\)\s*(?P<rest>\S.*)$")
_LETTER = re.compile(r"^(?:[ก-ฮ]|[a-zA-Z])[.)]\s+(?P<rest>\S.*)$")
_BULLET = re.compile(r"^(?:[-–—•●○◦▪■□◆❖➢➤✓✔*·\uf0b7\uf0a7\uf0fc\uf0d8]|o(?=\s))\s*(?P<rest>\S.*)$")
# Looked for from the beginning of each run of dots only, else a long run costs its square.
_LEADERS = re.compile(
    rf"(?<!\.)(?<!\.\s)(?:\.\s?){{5,}}+\s*\(?{_D}{{1,3}}\)?\s*$|(?<!…)…{{2,}}+\s*{_D}{{1,3}}\s*$|(?<!_)_{{5,}}+\s*{_D}{{1,3}}\s*$"
)
_FILL_IN = re.compile(r"(?:\.\s?){6,}|…{2,}|_{5,}")
_TAIL_NUMBER = re.compile(rf"\S\s+\(?{_D}{{1,3}}\)?\s*$")
_CONTENTS = re.compile(r"^(?:สารบัญ(?:ตาราง|ภาพ)?|สำรบัญ|(?:table of )?contents)$", re.I)
_SIGNED = re.compile(r"^(?:\(?\s*ลงชื่อ|\(|(?:ประกาศ|ให้ไว้|สั่ง|ณ)\s*ณ?\s*วันที่|นาย|นาง|ว่าที่|ตำแหน่ง|พล)")
_DATED = re.compile(r"^(?:ประกาศ|ให้ไว้|สั่ง)\s*ณ\s*วันที่")
_LABEL = re.compile(r"^[ก-๙a-zA-Z][^:.,]{2,60}\s?:(?:\s|$)")
_NOTHING = re.compile(r"^[\W\d_๐-๙]*$")
# A count or an amount after the number makes it a quantity, not the number of a section.
_UNIT = re.compile(
    r"^(?:บาท|คน|ราย|แห่ง|ครั้ง|เรื่อง|โครงการ\s*$|วัน|เดือน|ปี|ชั่วโมง|นาที|ร้อยละ|เปอร์เซ็นต์|มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|"
    r"พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม|"
    r"(?:ม\.ค|ก\.พ|มี\.ค|เม\.ย|พ\.ค|มิ\.ย|ก\.ค|ส\.ค|ก\.ย|ต\.ค|พ\.ย|ธ\.ค)\.)"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line or paragraph before it is told what it is. `large` is print larger than the page's usual.

    `level` above 0 is a heading level that the source itself states; `item` marks what the source calls a list item. `size`
    is the print's size in the source's own unit, 0 where it is not known.
    """

    text: str
    bold: bool = False
    large: bool = False
    centred: bool = False
    level: int = 0
    item: bool = False
    zone: Zone = "main"
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class Mark:
    """The number before a line. `depth` counts its parts (``3.1`` has 2), `value` is its last part, `style` its dress."""

    depth: int
    value: int
    style: str
    parents: tuple[int, ...] = ()


@lru_cache(maxsize=512)
def fold(text: str) -> str:
    """White space of any kind as single blanks, none at the ends, none between a Thai letter and its mark (PDF tears them)."""
    return _TORN.sub("", " ".join(_NO_WIDTH.sub(" ", text).split()))


def mark_of(text: str) -> Mark | None:
    """The number that leads a line, None where there is none or where it is an amount or a date."""
    if (found := _NUMBER.match(text)) is None or _UNIT.match(found["rest"]):
        return None
    parts = tuple(int(part) for part in found["num"].split("."))
    if found["end"] == "" and len(parts) == 1 and not found["word"]:
        return None  # "5 ระดับ" is more often the rest of a sentence than a number of a section
    style = f"{(found['word'] or '').strip()}{'.' if found['end'] != ')' else ')'}"
    return Mark(len(parts), parts[-1], style, parts[:-1])


@lru_cache(maxsize=512)
def is_contents_line(text: str) -> bool:
    """Whether a line is of a table of contents: leaders and a page number at its end."""
    return bool(_LEADERS.search(text))


def is_contents_title(text: str) -> bool:
    """Whether a line is the title of a table of contents."""
    return bool(_CONTENTS.match(text.replace(" ", "")) or _CONTENTS.match(text))


def ends_in_number(text: str) -> bool:
    """Whether a line ends in a number of up to three digits, as lines of a table of contents do."""
    return bool(_TAIL_NUMBER.search(text))


@lru_cache(maxsize=512)
def starts_part(text: str) -> bool:
    """Whether a line starts something of its own (number, bullet, part, "label :") and so cannot go on from the one before."""
    return bool(
        (":" in text and _LABEL.match(text))
        or _DATED.match(text)
        or _NAMED.match(text)
        or mark_of(text)
        or _PAREN.match(text)
        or _BULLET.match(text)
    )


def classify(lines: Sequence[Line]) -> list[Block]:
    """One block a line: heading, item or text. All lines of a document go in together, so that series can be told, and so
    that bold print means nothing where all of it is bold."""
    lines = _told_apart(lines)
    heads = _series_of_headings(lines)
    blocks: list[Block] = []
    contents = signed = False
    for index, line in enumerate(lines):
        if is_contents_title(line.text):
            contents = True
        elif contents and not (ends_in_number(line.text) or is_contents_line(line.text) or len(line.text) < 12):
            contents = False
        listed = contents and not is_contents_title(line.text)
        # Centred like a title, but the name and office under a signature head nothing.
        signed = line.centred and not line.bold and (signed or bool(_SIGNED.match(line.text)))
        plain: tuple[BlockKind, int] = ("text", 0)
        kind, level = plain if listed or signed else _kind(line, index in heads)
        blocks.append(Block(kind, line.text, level=level, zone=line.zone, bold=line.bold))
    return blocks


def _told_apart(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines, none bold where nearly all print is, or where the source's fonts only seem so."""
    letters = sum(len(line.text) for line in lines)
    bold = sum(len(line.text) for line in lines if line.bold)
    if letters < _MUCH or bold < _ALL_BOLD * letters:
        return lines
    return [replace(line, bold=False) for line in lines]


def _kind(line: Line, heads: bool) -> tuple[BlockKind, int]:
    text = line.text
    if line.level:
        return "heading", min(line.level, 6)
    if is_contents_line(text) or _NOTHING.match(text):
        return "text", 0
    if line.item:
        return "item", 0
    mark = mark_of(text)
    if len(text) <= HEADING_CHARS and not _FILL_IN.search(text):
        if _NAMED.match(text):
            return "heading", 1
        if mark and (heads or ((line.bold or line.large) and len(text) <= NUMBERED_CHARS)):
            return "heading", min(mark.depth + 1, 6)
        if line.bold or line.large:
            return ("item", 0) if _BULLET.match(text) and not line.large else ("heading", 0)
        if text.endswith((":", "：")) and len(text) <= 60 and not mark:
            return "heading", 0
        if line.centred and len(text) <= 80 and not mark and not _PAREN.match(text):
            return "heading", 0
    if mark or _PAREN.match(text) or _LETTER.match(text) or _BULLET.match(text):
        return "item", 0
    return "text", 0


def _series_of_headings(lines: Sequence[Line]) -> set[int]:
    """Indices of the numbered lines whose series are headings: most of a series' members have content of their own."""
    open_series: dict[tuple[int, str, tuple[int, ...]], tuple[int, list[int]]] = {}
    closed: list[list[int]] = []
    marks: dict[int, Mark] = {}
    for index, line in enumerate(lines):
        mark = None if line.item or is_contents_line(line.text) else mark_of(line.text)
        if mark is None:
            continue
        marks[index] = mark
        key = (mark.depth, mark.style, mark.parents)
        last, members = open_series.get(key, (0, []))
        if members and mark.value != last + 1:
            closed.append(members)
            members = []
        members.append(index)
        open_series[key] = (mark.value, members)
    closed.extend(members for _, members in open_series.values())
    heads: set[int] = set()
    for members in closed:
        short = [i for i in members if len(lines[i].text) <= NUMBERED_CHARS]
        rich = sum(_has_content(i, lines, marks) for i in short)
        if short and 2 * len(short) >= len(members) and 2 * rich >= len(short):
            heads.update(short)
    return heads


def _has_content(index: int, lines: Sequence[Line], marks: dict[int, Mark]) -> bool:
    if index + 1 >= len(lines):
        return False
    own, following = marks[index], marks.get(index + 1)
    if following is None:
        text = lines[index + 1].text
        return not _NAMED.match(text)
    return following.depth > own.depth
