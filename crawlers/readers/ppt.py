"""Old slides (PowerPoint 97 to 2003): a page for each slide that is shown, its title first, text boxes, tables and pictures.

Libraries return the words of all slides and notes as one text, without slides and cells, so the records are read here. A table is
a group of boxes that says it is one; their places make the grid. Layout after the open specifications [MS-PPT] and [MS-ODRAW].
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawlers.readers.assemble import Part, Table, page_of
from crawlers.readers.edges import Edged, grid
from crawlers.readers.interface import Budget, Hints, Limits
from crawlers.readers.lines import Line, fold
from crawlers.readers.ole import Compound, properties
from crawlers.readers.tables import Cell
from crawlers.readers.thai_bytes import is_garbled, mend
from ita_rules.errors import ReaderError
from ita_rules.run.types import Document, Image, Page

POWERPOINT_97 = "application/vnd.ms-powerpoint"
MAX_NESTING = 30
"""Records nested deeper than this are left out."""

MAX_BOXES = 2_000
"""Cells of a table that are placed; a table of more is read as lines."""

_DOCUMENT, _SLIDE, _SLIDE_INFO, _SLIDE_ENTRY, _LIST = 0x03E8, 0x03EE, 0x03F9, 0x03F3, 0x0FF0
_DRAWING, _HEADER, _CHARS, _BYTES, _OUTLINE, _MASTER_TEXT = 0x040C, 0x0F9F, 0x0FA0, 0x0FA8, 0x0F9E, 0x0FA2
_USER_EDIT, _PERSIST = 0x0FF5, 0x1772
_GROUP, _SHAPE, _SHAPE_SELF, _OPTIONS, _MORE_OPTIONS, _CHILD, _ANCHOR, _TEXT_BOX = (
    0xF003, 0xF004, 0xF00A, 0xF00B, 0xF122, 0xF00F, 0xF010, 0xF00D,
)  # fmt: skip
_PICTURE_FRAME = 75  # the kind of shape that holds a picture
_FILL_PICTURE, _IS_TABLE = 0x0186, 0x039F
_TITLES = (0, 6)  # kinds of text: title, centred title
_LOCKED = 0xF3D1C4DF
_HIDDEN = 4
_PIXEL = 6  # of the slide's units (576 an inch) in a pixel, at 96 pixels an inch


@dataclass(frozen=True, slots=True)
class _Record:
    """One record: its kind, its instance number, where its body stands."""

    kind: int
    instance: int
    start: int
    end: int
    is_container: bool


@dataclass(frozen=True, slots=True)
class _Box:
    """A shape with text or a picture, and its place: left, top, right, bottom."""

    lines: tuple[str, ...]
    place: tuple[int, int, int, int]
    title: bool = False
    picture: bool = False


def version() -> str:
    """Name and version of this reader."""
    return "ppt/1"


def read(data: bytes, hints: Hints, limits: Limits) -> Document:
    """The slides. Raises `ReaderError` (`encrypted`, `unreadable`)."""
    compound = Compound(data)
    facts = properties(compound)
    budget = Budget(limits)
    file = _File(compound.stream("PowerPoint Document") or b"", compound.stream("Current User") or b"", budget)
    found = list(file.slides())
    seen = [parts for hidden, parts in found if not hidden] or [parts for _, parts in found]
    if not seen:
        raise ReaderError("unreadable", failure="no_slides")
    text = " ".join(part.text for parts in seen for part in parts if isinstance(part, Line))
    if is_garbled(text):
        seen = [[_mended(part) for part in parts] for parts in seen]
    pages: list[Page] = []
    for parts in seen[: limits.pages]:
        pages.append(page_of(len(pages) + 1, parts, budget, "office"))
    budget.spent = budget.spent or len(pages) < len(seen)
    facts["pages"] = str(len(pages))
    return Document(
        hashlib.sha256(data).hexdigest(), POWERPOINT_97, title=facts.pop("title", ""), pages=tuple(pages), readers=(version(),),
        cause="no_ocr" if all(page.cause == "no_ocr" for page in pages) else None, truncated=budget.spent, facts=facts,
    )  # fmt: skip


class _File:
    """The records of a file. Records stand one in another, and slides are found by numbers that a table of places resolves."""

    def __init__(self, stream: bytes, user: bytes, budget: Budget) -> None:
        self.stream = stream
        self.budget = budget
        if len(user) >= 20 and struct.unpack_from("<I", user, 12)[0] == _LOCKED:
            raise ReaderError("encrypted", failure="password")
        self.places: dict[int, int] = {}
        edit = struct.unpack_from("<I", user, 16)[0] if len(user) >= 20 else 0
        visited: set[int] = set()
        while edit and edit not in visited and (record := self.record(edit)) is not None and record.kind == _USER_EDIT:
            visited.add(edit)
            if record.end - record.start >= 32:  # names the keys of a locked file
                raise ReaderError("encrypted", failure="password")
            if record.end - record.start < 16:
                break
            _, _, edit, table = struct.unpack_from("<IIII", stream, record.start)
            self._persist(table)

    def _persist(self, at: int) -> None:
        """Note the places of a table; those of later edits, noted before, hold."""
        record = self.record(at)
        if record is None or record.kind != _PERSIST:
            return
        at = record.start
        while at + 4 <= record.end:
            (head,) = struct.unpack_from("<I", self.stream, at)
            first, count = head & 0xFFFFF, min(head >> 20, (record.end - at - 4) // 4)
            for i in range(count):
                self.places.setdefault(first + i, struct.unpack_from("<I", self.stream, at + 4 + 4 * i)[0])
            at += 4 + 4 * max(count, 0)

    def record(self, at: int, end: int | None = None) -> _Record | None:
        """The record that begins at `at`."""
        if at < 0 or at + 8 > len(self.stream):
            return None
        head, kind, length = struct.unpack_from("<HHI", self.stream, at)
        stop = min(at + 8 + length, len(self.stream) if end is None else end)
        return _Record(kind, head >> 4, at + 8, stop, head & 15 == 15)

    def inside(self, record: _Record) -> Iterator[_Record]:
        """The records directly in one."""
        at = record.start
        while at + 8 <= record.end and (found := self.record(at, record.end)) is not None:
            yield found
            at = found.end

    def slides(self) -> Iterator[tuple[bool, list[Part]]]:
        """Each slide: whether it is hidden, and its parts."""
        whole = _Record(0, 0, 0, len(self.stream), True)
        documents = [record for record in self.inside(whole) if record.kind == _DOCUMENT]
        listed = [
            entry for document in documents[-1:] for part in self.inside(document) if part.kind == _LIST and part.instance == 0
            for entry in self._entries(part)
        ]  # fmt: skip
        known = [(slide, texts) for place, texts in listed if (slide := self.record(place)) is not None and slide.kind == _SLIDE]
        if not known:  # a table of places that leads nowhere: the slides as they stand
            known = [(record, []) for record in self.inside(whole) if record.kind == _SLIDE]
        for count, (slide, texts) in enumerate(known):
            if self.budget.late() or count >= 2 * self.budget.limits.pages:
                self.budget.spent = True
                return
            yield self._slide(slide, texts)

    def _entries(self, part: _Record) -> Iterator[tuple[int, list[tuple[int, str]]]]:
        """The slides in their order: place, and the texts that its shapes refer to by number, each with its kind."""
        place = -1
        texts: list[tuple[int, str]] = []
        for record in self.inside(part):
            if record.kind == _SLIDE_ENTRY and record.end - record.start >= 4:
                if place >= 0:
                    yield place, texts
                place = self.places.get(struct.unpack_from("<I", self.stream, record.start)[0], -1)
                texts = []
            elif record.kind == _HEADER:
                texts.append((self._kind(record), ""))
            elif record.kind in (_CHARS, _BYTES) and texts:
                texts[-1] = (texts[-1][0], self._words(record))
        if place >= 0:
            yield place, texts

    def _kind(self, record: _Record) -> int:
        return int(struct.unpack_from("<I", self.stream, record.start)[0]) if record.end - record.start >= 4 else 4

    def _words(self, record: _Record) -> str:
        raw = self.stream[record.start : record.end]
        return raw.decode("utf-16-le" if record.kind == _CHARS else "latin-1", "replace")

    def _slide(self, slide: _Record, texts: list[tuple[int, str]]) -> tuple[bool, list[Part]]:
        hidden = any(
            record.kind == _SLIDE_INFO and record.end - record.start >= 12 and self.stream[record.start + 10] & _HIDDEN
            for record in self.inside(slide)
        )
        parts: list[Part] = []
        titles: list[Part] = []
        for drawing in self.inside(slide):
            if drawing.kind == _DRAWING:
                for top in self.inside(drawing):
                    for group in self.inside(top):
                        for part in self._group(group, texts, 0) if group.kind == _GROUP else self._ground(group):
                            (titles if isinstance(part, Line) and part.level else parts).append(part)
        return hidden, [*titles, *parts]

    def _ground(self, shape: _Record) -> list[Part]:
        """The slide's own ground, which may be a picture."""
        return [Image("")] if shape.kind == _SHAPE and _FILL_PICTURE in self._options(shape) else []

    def _group(self, group: _Record, texts: list[tuple[int, str]], depth: int) -> list[Part]:
        """The parts of a group of shapes."""
        parts: list[Part] = []
        boxes: list[_Box] = []
        is_table = False
        for index, record in enumerate(self.inside(group)):
            if self.budget.late():
                break
            if record.kind == _GROUP and depth < MAX_NESTING:
                parts += self._group(record, texts, depth + 1)
            elif record.kind == _SHAPE:
                options = self._options(record)
                if index == 0:  # the group itself
                    is_table = bool(options.get(_IS_TABLE, 0) & 1)
                    continue
                box = self._box(record, options, texts)
                boxes.append(box)
                parts += _loose(box)
        if is_table and boxes and len(boxes) <= MAX_BOXES:
            return [Table(_placed([box for box in boxes if not box.picture])), *(p for p in parts if isinstance(p, Image))]
        return parts

    def _options(self, shape: _Record) -> dict[int, int]:
        found: dict[int, int] = {}
        for record in self.inside(shape):
            if record.kind in (_OPTIONS, _MORE_OPTIONS):
                for i in range(min(record.instance, (record.end - record.start) // 6)):
                    number, value = struct.unpack_from("<HI", self.stream, record.start + 6 * i)
                    found[number & 0x3FFF] = value
        return found

    def _box(self, shape: _Record, options: dict[int, int], texts: list[tuple[int, str]]) -> _Box:
        place = (0, 0, 0, 0)
        lines: list[str] = []
        title, picture = False, _FILL_PICTURE in options
        for record in self.inside(shape):
            length = record.end - record.start
            if record.kind == _CHILD and length >= 16:
                place = struct.unpack_from("<4i", self.stream, record.start)
            elif record.kind == _ANCHOR and length >= 8:
                top, left, right, bottom = struct.unpack_from("<4h", self.stream, record.start)
                place = (left, top, right, bottom)
            elif record.kind == _SHAPE_SELF:
                picture = picture or record.instance == _PICTURE_FRAME
            elif record.kind == _TEXT_BOX:
                for kind, words in self._said(record, texts):
                    title = title or kind in _TITLES
                    lines += [line for piece in words.replace("\x0b", "\r").split("\r") if (line := fold(piece))]
        return _Box(tuple(lines), place, title, picture)

    def _said(self, record: _Record, texts: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
        """The texts of a box: its own, or those of the slide that it refers to."""
        kind = 4
        for part in self.inside(record):
            if part.kind == _HEADER:
                kind = self._kind(part)
            elif part.kind in (_CHARS, _BYTES):
                yield kind, self._words(part)
            elif part.kind == _OUTLINE and (number := self._kind(part)) < len(texts):
                yield texts[number]


def _loose(box: _Box) -> Iterator[Part]:
    if box.picture:
        left, top, right, bottom = box.place
        yield Image("", "", max(right - left, 0) // _PIXEL, max(bottom - top, 0) // _PIXEL)
    for line in box.lines:
        yield Line(line, level=int(box.title))


def _placed(boxes: Sequence[_Box]) -> list[list[Cell]]:
    """The rows of a table, by the places of its boxes: a box that reaches over several rows stands in each."""
    cells = [box for box in boxes if box.place[2] > box.place[0] and box.place[3] > box.place[1]]
    tops = sorted({box.place[1] for box in cells})
    rows: list[list[Edged]] = []
    for top in tops:
        here = sorted((box for box in cells if box.place[1] <= top < box.place[3]), key=lambda box: box.place[0])
        rows.append(
            [
                Edged(
                    fold(" ".join(box.lines)), box.place[0], box.place[2],
                    "first" if box.place[1] == top else "on",
                )
                for box in here
            ]
        )  # fmt: skip
    return grid(rows)


def _mended(part: Part) -> Part:
    """A part with the Thai that was taken for Western letters put back."""
    if isinstance(part, Line):
        return Line(mend(part.text), level=part.level)
    if isinstance(part, Table):
        rows = [[Cell(mend(c.text), c.head, c.strong, c.across, c.down) for c in row] for row in part.rows]
        return Table(rows, part.heads)
    return part
