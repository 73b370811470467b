"""What old Word files say of paragraphs and characters: property lists, their pages, the style sheet and the lists.

Layout after Microsoft's open specification [MS-DOC]. Positions (`fc`) are bytes of the stream ``WordDocument``.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from crawlers.readers.docx_styles import DEFAULT_SIZE
from crawlers.readers.edges import Merge, Row
from crawlers.readers.numbering import Level

_OPERAND = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_FORMS = {1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 23: "bullet", 255: "none"}
_THAI_FORMS = {53: "thaiLetters", 54: "thaiNumbers", 55: "thaiCounting"}
_ROW_CELL = 20  # bytes that describe one cell of a row
MAX_DEPTH = 20
"""Styles based on styles are followed so far."""


@dataclass(frozen=True, slots=True)
class Run:
    """What counts for characters. `size` in half points; `picture` is where its description stands in the data stream."""

    bold: bool = False
    size: float = DEFAULT_SIZE
    deleted: bool = False
    symbol: bool = False
    is_data: bool = False
    picture: int = -1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What counts for a paragraph. `depth` is how many tables it stands in; `ends` what its mark closes in the innermost."""

    level: int = 0
    centred: bool = False
    contents: bool = False
    number: tuple[str, int] | None = None
    depth: int = 0
    ends: str = ""
    row: Row = field(default_factory=Row)


def sprms(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The entries of a property list: number and operand. A damaged rest is left out."""
    at = 0
    while at + 3 <= len(data):
        (number,) = struct.unpack_from("<H", data, at)
        at += 2
        kind = number >> 13
        if kind != 6:
            length = _OPERAND[kind]
        elif number == 0xD608 and at + 2 <= len(data):  # a row's cells: two bytes tell the length, and one too many
            length = struct.unpack_from("<H", data, at)[0] - 1
            at += 2
        elif number == 0xC615 and data[at] == 255 and at + 2 <= len(data):  # tabs, too many for one byte
            deleted = data[at + 1]
            added = data[at + 2 + 4 * deleted] if at + 2 + 4 * deleted < len(data) else 0
            at += 1
            length = 2 + 4 * deleted + 3 * added
        else:
            length = data[at]
            at += 1
        yield number, data[at : at + length]
        at += max(length, 0)


class Pages:
    """The property lists of a stream by position, from the pages of 512 bytes that hold them."""

    def __init__(self, stream: bytes, plc: bytes, paragraphs: bool) -> None:
        count = max(len(plc) - 4, 0) // 8
        found: dict[int, tuple[int, bytes]] = {}
        for (number,) in struct.iter_unpack("<I", plc[4 * (count + 1) : 4 * (2 * count + 1)]):
            at = (number & 0x3FFFFF) * 512
            page = stream[at : at + 512]
            if len(page) == 512:
                for start, end, data in _page(page, paragraphs):
                    found[start] = (end, data)
        self._starts = sorted(found)
        self._found = found

    def at(self, fc: int) -> tuple[bytes, int]:
        """The list that holds at a position, and the position up to which it does."""
        index = bisect_right(self._starts, fc)
        following = self._starts[index] if index < len(self._starts) else 1 << 40
        end, data = self._found[self._starts[index - 1]] if index else (0, b"")
        return (data, min(end, following)) if fc < end else (b"", following)


def _page(page: bytes, paragraphs: bool) -> Iterator[tuple[int, int, bytes]]:
    count = page[511]
    width = 13 if paragraphs else 1
    if 4 * (count + 1) + width * count > 511:
        return
    places = struct.unpack_from(f"<{count + 1}I", page)
    for i in range(count):
        at = 2 * page[4 * (count + 1) + width * i]
        data = b""
        if at and at < 511:
            length, start = page[at], at + 1
            if paragraphs:
                length = 2 * length - 1
                if page[at] == 0:
                    length, start = 2 * page[at + 1], at + 2
            data = page[start : start + length]
        yield places[i], places[i + 1], data


def run_of(data: bytes, base: Run, styles: Styles) -> Run:
    """The characters' properties: those of `base`, changed by a list."""
    made = base
    heavy: dict[int, bool] = {}
    sizes: dict[int, float] = {}
    for number, operand in sprms(data):
        first = operand[0] if operand else 0
        if number in (0x0835, 0x085C):
            heavy[number] = base.bold ^ bool(first & 1) if first & 0x80 else bool(first)
        elif number in (0x4A43, 0x4A61) and len(operand) == 2:
            sizes[number] = float(struct.unpack("<H", operand)[0])
        elif number == 0x4A30 and len(operand) == 2 and styles.run(struct.unpack("<H", operand)[0]).bold:
            made = replace(made, bold=True)
        elif number == 0x0800:
            made = replace(made, deleted=bool(first))
        elif number == 0x6A09:
            made = replace(made, symbol=True)
        elif number == 0x0806:
            made = replace(made, is_data=bool(first))
        elif number == 0x6A03 and len(operand) == 4:
            made = replace(made, picture=struct.unpack("<i", operand)[0])
    # Thai is a complex script, with a weight and a size of its own.
    if heavy:
        made = replace(made, bold=any(heavy.values()))
    size = sizes.get(0x4A61) or sizes.get(0x4A43)
    return replace(made, size=size) if size else made


def paragraph_of(data: bytes, base: Paragraph) -> Paragraph:
    """The paragraph's properties: those of `base`, changed by a list."""
    made = base
    list_name, list_depth = base.number or ("", 0)
    merged: dict[int, Merge] = {}
    for number, operand in sprms(data):
        first = operand[0] if operand else 0
        if number in (0x2403, 0x2461):
            made = replace(made, centred=first == 1)
        elif number == 0x2640 and not base.contents:
            made = replace(made, level=first + 1 if first < 9 else 0)
        elif number == 0x2416:
            made = replace(made, depth=max(made.depth, 1) if first else 0)
        elif number == 0x6649 and len(operand) == 4:
            made = replace(made, depth=max(struct.unpack("<i", operand)[0], 0))
        elif number in (0x2417, 0x244C) and first:
            made = replace(made, ends="row")
        elif number == 0x244B and first and not made.ends:
            made = replace(made, ends="cell")
        elif number == 0x460B and len(operand) == 2:
            list_name = str(struct.unpack("<H", operand)[0])
        elif number == 0x260A:
            list_depth = first
        elif number == 0xD608:
            made = replace(made, row=_row(operand, made.row.head))
        elif number == 0x3404:
            made = replace(made, row=replace(made.row, head=bool(first)))
        elif number == 0xD62B and len(operand) >= 2:
            merged[operand[0]] = "first" if operand[1] == 3 else "on" if operand[1] == 1 else ""
    if merged:
        made = replace(made, row=replace(made.row, down=tuple(merged.get(i, m) for i, m in enumerate(made.row.down))))
    return replace(made, number=(list_name, list_depth) if list_name not in ("", "0") else None)


def _row(data: bytes, head: bool) -> Row:
    count = data[0] if data else 0
    if not count or len(data) < 1 + 2 * (count + 1):
        return Row(head=head)
    edges = struct.unpack_from(f"<{count + 1}h", data, 1)
    start = 1 + 2 * (count + 1)
    flags = [struct.unpack_from("<H", data, at)[0] if (at := start + _ROW_CELL * i) + 2 <= len(data) else 0 for i in range(count)]
    down: list[Merge] = ["" if not flag & 0x20 else "first" if flag & 0x40 else "on" for flag in flags]
    beside: list[Merge] = []
    opened = 0
    for flag in flags:
        # Writers differ in which of the two bits opens a merged set: the one that its first cell has.
        sideways = flag & 3
        beside.append("" if not sideways else "first" if not opened or sideways == opened else "on")
        opened = sideways if beside[-1] == "first" else opened if sideways else 0
    return Row(edges, tuple(down), tuple(beside), head)


class Styles:
    """The style sheet: what paragraphs and characters of each style are like."""

    def __init__(self, sheet: bytes) -> None:
        self._raw: list[tuple[int, int, int, str, list[bytes]]] = []
        self._paragraphs: dict[int, Paragraph] = {}
        self._runs: dict[int, Run] = {}
        if len(sheet) < 6:
            return
        length, count, base = struct.unpack_from("<HHH", sheet)
        at = 2 + length
        for _ in range(min(count, 4096)):
            if at + 2 > len(sheet):
                break
            (size,) = struct.unpack_from("<H", sheet, at)
            self._raw.append(_style(sheet[at + 2 : at + 2 + size], base))
            at += 2 + size

    def paragraph(self, number: int, depth: int = 0) -> Paragraph:
        """The paragraph properties of a style, with those that it is based on."""
        if number not in self._paragraphs:
            if number >= len(self._raw) or depth > MAX_DEPTH:
                return Paragraph()
            known, kind, based, name, lists = self._raw[number]
            made = self.paragraph(based, depth + 1) if based != number else Paragraph()
            if kind == 1 and lists:
                made = paragraph_of(lists[0][2:], made)
            if 1 <= known <= 9 or known == 62:
                made = replace(made, level=known if known <= 9 else 1)
            elif 19 <= known <= 27 or re.match(r"(?:toc|สารบัญ)\b", name, re.I):
                made = replace(made, level=0, contents=True)
            self._paragraphs[number] = made
        return self._paragraphs[number]

    def run(self, number: int, depth: int = 0) -> Run:
        """The character properties of a style, with those that it is based on."""
        if number not in self._runs:
            if number >= len(self._raw) or depth > MAX_DEPTH:
                return Run()
            _, kind, based, _, lists = self._raw[number]
            made = self.run(based, depth + 1) if based != number else Run()
            data = lists[1] if kind == 1 and len(lists) > 1 else lists[0] if kind == 2 and lists else b""
            self._runs[number] = run_of(data, made, self) if depth <= MAX_DEPTH else made
        return self._runs[number]


def _style(data: bytes, base: int) -> tuple[int, int, int, str, list[bytes]]:
    """Known number, kind (1 paragraph, 2 characters), the style it is based on, name, property lists."""
    if len(data) < base + 2 or base < 6:
        return 0xFFF, 0, 0xFFF, "", []
    first, second, third = struct.unpack_from("<HHH", data)
    (letters,) = struct.unpack_from("<H", data, base)
    name = data[base + 2 : base + 2 + 2 * letters].decode("utf-16-le", "replace")
    at = base + 4 + 2 * letters
    lists = []
    for _ in range(third & 15):
        if at + 2 > len(data):
            break
        (size,) = struct.unpack_from("<H", data, at)
        lists.append(data[at + 2 : at + 2 + size])
        at += 2 + size + size % 2
    return first & 0xFFF, second & 15, second >> 4, name, lists


def list_levels(lists: bytes, overrides: bytes) -> dict[str, dict[int, Level]]:
    """How the lists of a file are numbered, by their number in the paragraphs. `lists` runs on past its table to the levels."""
    found: dict[int, dict[int, Level]] = {}
    if len(lists) < 2 or len(overrides) < 4:
        return {}
    count = min(struct.unpack_from("<H", lists)[0], (len(lists) - 2) // 28)
    at = 2 + 28 * count
    for i in range(count):
        (identity,) = struct.unpack_from("<i", lists, 2 + 28 * i)
        levels: dict[int, Level] = {}
        for depth in range(1 if lists[2 + 28 * i + 26] & 1 else 9):
            if at + 30 > len(lists):
                break
            start, form = struct.unpack_from("<iB", lists, at)
            at += 28 + lists[at + 24] + lists[at + 25]
            letters = struct.unpack_from("<H", lists, at)[0] if at + 2 <= len(lists) else 0
            text = lists[at + 2 : at + 2 + 2 * letters].decode("utf-16-le", "replace")
            at += 2 + 2 * letters
            pattern = re.sub("[\x00-\x08]", lambda m: f"%{ord(m[0]) + 1}", text.replace("%", ""))
            levels[depth] = (_FORMS.get(form) or _THAI_FORMS.get(form, "decimal"), pattern, start)
        found[identity] = levels
    marks = min(struct.unpack_from("<I", overrides)[0], (len(overrides) - 4) // 16)
    return {str(i + 1): found.get(struct.unpack_from("<i", overrides, 4 + 16 * i)[0], {}) for i in range(marks)}
