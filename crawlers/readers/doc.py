"""Old Word files (97 to 2003): paragraphs, tables, page heads and feet, text boxes and pictures, in their order.

The text is read by the file's own table of pieces, because libraries that only return text run the cells of a table together,
and a heading over empty cells could not be told from one over filled ones. Layout after Microsoft's open specification [MS-DOC].
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from crawlers.readers.assemble import Part, page_of, sized
from crawlers.readers.doc_properties import Pages, Paragraph, Run, Styles, list_levels, paragraph_of, run_of, sprms
from crawlers.readers.flow import Flow
from crawlers.readers.interface import Budget, Hints, Limits
from crawlers.readers.lines import Line, fold
from crawlers.readers.numbering import Numbering, labelled
from crawlers.readers.ole import Compound, properties
from crawlers.readers.thai_bytes import is_garbled, is_thai, mend
from ita_rules.errors import ReaderError
from ita_rules.run.types import Document, Image, Zone

WORD_97 = "application/msword"
SAMPLE = 50_000
"""Characters by which the code page of the text is told."""

_ELSEWHERE = (0x6645, 0x6646)
_FIELDS = re.compile("([\x13\x14\x15])")
_MARKS = re.compile("[\r\x07\x0c]")
_PICTURE = re.compile("[\x01\x08]")
_SHOWN = str.maketrans({"\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": None, "\x02": None, "\x05": None})
_LEADER = " ........ "
_HEAD_STORIES: tuple[tuple[int, Zone], ...] = (
    (0, "header"),
    (1, "header"),
    (4, "header"),
    (2, "footer"),
    (3, "footer"),
    (5, "footer"),
)


def version() -> str:
    """Name and version of this reader."""
    return "doc/1"


def read(data: bytes, hints: Hints, limits: Limits) -> Document:
    """One page. Raises `ReaderError` (`encrypted`; `unreadable` for damage and for Word 95 and older)."""
    compound = Compound(data)
    facts = properties(compound)
    budget = Budget(limits)
    parts = _File(compound, budget).parts()
    page = page_of(1, sized(parts), budget, "office")
    facts["pages"] = "1"
    return Document(
        hashlib.sha256(data).hexdigest(), WORD_97, title=facts.pop("title", ""), pages=(page,), readers=(version(),),
        cause=page.cause, truncated=budget.spent, facts=facts,
    )  # fmt: skip


class _File:
    """The streams of a file and where things stand in them."""

    def __init__(self, compound: Compound, budget: Budget) -> None:
        self.stream = compound.stream("WordDocument") or b""
        self.data = compound.stream("Data") or b""
        self.budget = budget
        if len(self.stream) < 0x1AA:
            raise ReaderError("unreadable", failure="truncated")
        mark, version = struct.unpack_from("<HH", self.stream)
        (flags,) = struct.unpack_from("<H", self.stream, 10)
        if flags & 0x8100:
            raise ReaderError("encrypted", failure="password")
        if mark != 0xA5EC or version < 0xC1:
            raise ReaderError("unreadable", failure="word95")
        self.table = compound.stream("1Table" if flags & 0x200 else "0Table") or b""
        self.sizes = struct.unpack_from("<8I", self.stream, 0x4C)  # characters of text, notes, heads, … boxes
        self.pieces = self._pieces()
        self.styles = Styles(self._part(1))
        self.paragraphs = Pages(self.stream, self._part(13), True)
        self.runs = Pages(self.stream, self._part(12), False)
        start = struct.unpack_from("<I", self.stream, 0x9A + 8 * 73)[0] if self._pairs() > 74 else 0
        self.numbering = Numbering(list_levels(self.table[start:] if start else b"", self._part(74)))
        self.charset = "cp1252"
        # Pieces of one byte a character should be Western; Thai versions of Word wrote Thai there.
        sample = list(self.spans(0, SAMPLE))
        if is_thai(b"".join(text.encode("cp1252", "replace") for text, _, wide in sample if wide == 1)):
            self.charset = "cp874"
        self.garbled = is_garbled("".join(text for text, _, wide in sample if wide == 2))

    def _pairs(self) -> int:
        return int(struct.unpack_from("<H", self.stream, 0x98)[0])

    def _part(self, number: int) -> bytes:
        """A structure of the table stream, by its number in the list of places."""
        at = 0x9A + 8 * number
        if number >= self._pairs() or at + 8 > len(self.stream):
            return b""
        place, length = struct.unpack_from("<II", self.stream, at)
        return self.table[place : place + length]

    def _pieces(self) -> list[tuple[int, int, int, int]]:
        """The pieces of the text: first and last character, position, bytes a character."""
        data, at = self._part(33), 0
        while at + 5 <= len(data) and data[at] == 1:
            at += 3 + struct.unpack_from("<H", data, at + 1)[0]
        if at + 5 > len(data) or data[at] != 2:
            raise ReaderError("unreadable", failure="damaged")
        table = data[at + 5 : at + 5 + struct.unpack_from("<I", data, at + 1)[0]]
        count = (len(table) - 4) // 12
        found = []
        for i in range(max(count, 0)):
            first, last = struct.unpack_from("<II", table, 4 * i)
            (place,) = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * i + 2)
            wide = 1 if place & 0x40000000 else 2
            at = (place & 0x3FFFFFFF) // 2 if wide == 1 else place & 0x3FFFFFFF
            found.append((first, last, at, wide))
        return found

    def spans(self, first: int, last: int) -> Iterator[tuple[str, int, int]]:
        """The text between two characters: strings, with position and bytes a character."""
        left = self.budget.limits.text_chars
        for start, end, at, wide in self.pieces:
            low, high = max(first, start), min(last, end)
            if low >= high:
                continue
            if left <= 0 or self.budget.late():
                self.budget.spent = True
                return
            place = at + (low - start) * wide
            raw = self.stream[place : place + min(high - low, left) * wide]
            self.budget.spent = self.budget.spent or high - low > left
            left -= high - low
            # One character a unit, so that positions hold; whatever has none is a box.
            text = raw.decode(self.charset, "replace") if wide == 1 else raw.decode("utf-16-le", "replace")
            yield (text if len(text) * wide == len(raw) else _by_unit(raw)), place, wide

    def parts(self) -> list[Part]:
        """All of the file: heads, text, boxes, feet."""
        text, notes, heads, macros, remarks, ends, boxes, _ = self.sizes
        after = text + notes
        stories = struct.unpack_from(f"<{len(self._part(11)) // 4}I", self._part(11)) if heads else ()
        frame: dict[Zone, list[Part]] = {"header": [], "footer": []}
        seen: set[str] = set()
        for section in range(6, min(len(stories) - 1, 600), 6):
            for offset, zone in _HEAD_STORIES:
                if section + offset + 1 < len(stories):
                    for part in self.story(after + stories[section + offset], after + stories[section + offset + 1], zone):
                        if not isinstance(part, Line) or part.text not in seen:
                            frame[zone].append(part)
                        if isinstance(part, Line):
                            seen.add(part.text)
        start = after + heads + macros + remarks + ends
        main = self.story(0, text, "main")
        return [*frame["header"], *main, *self.story(start, start + boxes, "main"), *frame["footer"]]

    def story(self, first: int, last: int, zone: Zone) -> list[Part]:
        """The parts of a stretch of the text."""
        flow = Flow(self.budget)
        pieces: list[tuple[str, Run]] = []
        fields: list[bool] = []  # for each open field, whether its instruction is still being read
        for text, fc, wide in self.spans(first, last):
            at = 0
            for mark in _MARKS.finditer(text):
                pieces += self._shown(text[at : mark.start()], fc + at * wide, wide, fields)
                setting, style = self._setting(fc + mark.start() * wide)
                flow.add(self._lines(pieces, setting, style, zone), setting.depth)
                if setting.depth and setting.ends == "row":
                    flow.end_row(setting.row)
                elif setting.depth and (setting.ends == "cell" or mark[0] == "\x07"):
                    flow.end_cell()
                pieces, at = [], mark.end()
                # No instruction goes on over a paragraph: a field that is never closed must not hide what follows.
                fields[:] = [False] * len(fields)
                if self.budget.late():
                    break
            pieces += self._shown(text[at:], fc + at * wide, wide, fields)
        flow.add(self._lines(pieces, Paragraph(), Run(), zone), 0)
        return flow.finish()

    def _setting(self, fc: int) -> tuple[Paragraph, Run]:
        """The properties of the paragraph whose mark stands at a position, and the print of its style."""
        data, _ = self.paragraphs.at(fc)
        number = struct.unpack_from("<H", data)[0] if len(data) >= 2 else 0
        return paragraph_of(self._whole(data[2:]), self.styles.paragraph(number)), self.styles.run(number)

    def _whole(self, data: bytes) -> bytes:
        """A property list; one too long for its page (a row of many cells) stands in the data stream and is only named."""
        for name, operand in sprms(data):
            if name in _ELSEWHERE and len(operand) == 4:
                (at,) = struct.unpack("<I", operand)
                if at + 2 <= len(self.data):
                    return self.data[at + 2 : at + 2 + struct.unpack_from("<H", self.data, at)[0]]
        return data

    def _shown(self, text: str, fc: int, wide: int, fields: list[bool]) -> Iterator[tuple[str, Run]]:
        """The text that people see, in stretches of the same properties (not yet those of the paragraph's style)."""
        at = 0
        while at < len(text):
            data, end = self.runs.at(fc + at * wide)
            stop = min(len(text), max(at + 1, at + (end - fc - at * wide + wide - 1) // wide))
            run = run_of(data, Run(size=0.0), self.styles)
            for bit in _FIELDS.split(text[at:stop]):
                if bit == "\x13":
                    fields.append(True)
                elif bit == "\x14" and fields:
                    fields[-1] = False
                elif bit == "\x15" and fields:
                    fields.pop()
                elif bit and not any(fields) and not run.deleted:
                    yield bit if not run.symbol else " ", replace(run, picture=run.picture if not run.is_data else -1)
            at = stop

    def _lines(self, pieces: list[tuple[str, Run]], setting: Paragraph, style: Run, zone: Zone) -> list[Part]:
        """The lines and pictures of one paragraph."""
        text, bold = "", True
        sizes: Counter[float] = Counter()
        images: list[Part] = []
        for raw, run in pieces:
            images += [self._image(run, found[0]) for found in _PICTURE.finditer(raw) if found[0] == "\x08" or not run.is_data]
            words = _PICTURE.sub("", raw).translate(_SHOWN)
            text += words.replace("\t", _LEADER) if setting.contents else words
            if words.strip():
                bold = bold and (run.bold or style.bold)
                sizes[run.size or style.size] += len(words)
        text = mend(text) if self.garbled else text
        number = self.numbering.next(setting.number) if setting.number and text.strip() else ""
        lines: list[Part] = []
        for words in filter(None, map(fold, text.split("\n"))):
            whole, bullet = labelled(number, words) if not lines else (words, False)
            lines.append(
                Line(
                    whole, bold=bold, centred=setting.centred, level=0 if lines else setting.level,
                    item=bullet and not setting.level, zone=zone, size=sizes.most_common(1)[0][0] if sizes else 0.0,
                )
            )  # fmt: skip
        return [*lines, *images]

    def _image(self, run: Run, mark: str) -> Image:
        """A picture; its size in pixels (96 an inch) where its description says so."""
        if mark == "\x01" and 0 <= run.picture <= len(self.data) - 36:
            wide, high, across, down = struct.unpack_from("<hhHH", self.data, run.picture + 28)
            return Image("", "", max(wide, 0) * across // 15000, max(high, 0) * down // 15000)
        return Image("")


def _by_unit(raw: bytes) -> str:
    """UTF-16 read unit by unit, so that characters outside the first plane keep two places."""
    units = struct.unpack(f"<{len(raw) // 2}H", raw[: len(raw) // 2 * 2])
    return "".join("\ufffd" if 0xD800 <= unit < 0xE000 else chr(unit) for unit in units)
