"""The text layer of a PDF as lines of pieces with places, and how pdfium gives it.

Places are in points from the top left corner of the page as displayed.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

_BOLD_NAME = re.compile(rb"(?i)bold|black|heavy|demi")
_FORCE_BOLD = 1 << 18

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Span(NamedTuple):
    """A piece of a line and its box. `gap` says that a blank parts it from the piece before."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    gap: bool = False


@dataclass
class TextLine:
    """A printed line (or what the program wrote in one go). `placed` is False where only the text is known."""

    spans: list[Span] = field(default_factory=list)
    bold: bool = False
    placed: bool = True

    @cached_property
    def text(self) -> str:
        """The line's text."""
        return join(self.spans)

    @cached_property
    def box(self) -> Box:
        """Left, top, right, bottom."""
        _, lefts, tops, rights, bottoms, _ = zip(*self.spans, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)

    @property
    def size(self) -> float:
        """Height of the line's first piece: the size of its print, up to a factor of the font."""
        return self.spans[0].bottom - self.spans[0].top


def mend(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines, with pieces of one printed line that came as several put together again."""
    result: list[TextLine] = []
    for line in lines:
        if result and line.placed and result[-1].placed and follows(result[-1].spans[-1], line.spans[0]):
            last = result[-1].spans[-1]
            first = line.spans[0]._replace(gap=line.spans[0].x0 - last.x1 > 0.15 * (last.bottom - last.top))
            result[-1] = TextLine([*result[-1].spans, first, *line.spans[1:]])
        else:
            result.append(line)
    return result


def follows(before: Span, after: Span) -> bool:
    """Whether a piece stands right behind another on one line, nearer than half its height."""
    height = before.bottom - before.top
    level = abs((before.top + before.bottom) / 2 - (after.top + after.bottom) / 2) < 0.3 * height
    return level and -0.1 * height <= after.x0 - before.x1 < 0.5 * height


def join(spans: Sequence[Span]) -> str:
    """The text of pieces in order."""
    return "".join([f" {s.text}" if s.gap and i else s.text for i, s in enumerate(spans)])


@dataclass(frozen=True)
class Place:
    """How a page's own coordinates lie on the page as displayed: its media box and its turn in degrees."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int = 0

    @property
    def width(self) -> float:
        """Width as displayed, in points."""
        return self.right - self.left if self.turn % 180 == 0 else self.top - self.bottom

    @property
    def height(self) -> float:
        """Height as displayed, in points."""
        return self.top - self.bottom if self.turn % 180 == 0 else self.right - self.left

    def shown(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page's own coordinates as displayed."""
        if self.turn == 90:
            return y - self.bottom, x - self.left
        if self.turn == 180:
            return self.right - x, y - self.bottom
        if self.turn == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def own(self, x: float, y: float) -> tuple[float, float]:
        """A displayed point in the page's own coordinates."""
        if self.turn == 90:
            return y + self.left, x + self.bottom
        if self.turn == 180:
            return self.right - x, y + self.bottom
        if self.turn == 270:
            return self.right - y, self.top - x
        return x + self.left, self.top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the page's own coordinates as displayed: left, top, right, bottom."""
        (ax, ay), (bx, by) = self.shown(left, bottom), self.shown(right, top)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def pdfium_text(textpage: Any) -> str:
    """The page's text by pdfium."""
    return str(textpage.get_text_range()).replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "")


def unmapped_share(textpage: Any) -> float:
    """Share of the page's characters (of a few hundred of them) of which the file does not say what letters they are."""
    raw = textpage.raw
    count = pdfium.FPDFText_CountChars(raw)
    asked = [n for n in range(0, count, 1 + count // 300) if pdfium.FPDFText_IsGenerated(raw, n) == 0]
    lost = sum(bool(pdfium.FPDFText_HasUnicodeMapError(raw, n) == 1) for n in asked)
    return lost / max(len(asked), 1)


def pdfium_lines(textpage: Any, place: Place) -> list[TextLine]:
    """The page's lines by pdfium, with places."""
    raw = textpage.raw
    lines: list[TextLine] = []
    spans: list[Span] = []
    letters: list[str] = []
    box: list[float] = []
    gap = False

    def end_span() -> None:
        nonlocal gap
        if letters:
            spans.append(Span("".join(letters), *place.box(*box), gap))
            letters.clear()
            box.clear()
            gap = False

    for index in range(pdfium.FPDFText_CountChars(raw)):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if code in (0, 0xFFFE):
            continue
        char = chr(code)
        if char in "\r\n":
            end_span()
            if spans:
                lines.append(TextLine(list(spans)))
                spans.clear()
            gap = False
        elif char.isspace():
            end_span()
            gap = True
        else:
            left, bottom, right, top = _char_box(raw, index)
            if box:
                box[:] = [min(box[0], left), min(box[1], bottom), max(box[2], right), max(box[3], top)]
            else:
                box[:] = [left, bottom, right, top]
            letters.append(char)
    end_span()
    if spans:
        lines.append(TextLine(list(spans)))
    return lines


def _char_box(raw: Any, index: int) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of a character, as high as its print is set, not as its letter is drawn."""
    x0, x1, y0, y1 = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(raw, index, x0, x1, y0, y1)
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(raw, index, matrix)
    size = pdfium.FPDFText_GetFontSize(raw, index)
    # From a descender below the base line to a Thai tone mark above it.
    feet = x.value - 0.3 * size * matrix.c, y.value - 0.3 * size * matrix.d
    head = x.value + 1.1 * size * matrix.c, y.value + 1.1 * size * matrix.d
    return (
        min(x0.value, feet[0], head[0]), min(y0.value, feet[1], head[1]),
        max(x1.value, feet[0], head[0]), max(y1.value, feet[1], head[1]),
    )  # fmt: skip


def mark_bold(lines: Sequence[TextLine], textpage: Any, place: Place) -> None:
    """Find out which lines are in bold print: asked of pdfium at a few pieces of each."""
    name, flags = ctypes.create_string_buffer(160), ctypes.c_int()
    for line in lines:
        if not line.placed or not line.spans:
            continue
        # Marks above and below have no width; the widest pieces are letters for sure.
        widest = sorted(line.spans, key=lambda s: s.x0 - s.x1)[:3]
        found = (bold for span in widest if (bold := _bold_at(textpage, place, span, name, flags)) is not None)
        # All that are found must be bold, and one at least: asking ends at the first that is not.
        line.bold = next(found, False) and all(found)


def _bold_at(textpage: Any, place: Place, span: Span, name: Any, flags: Any) -> bool | None:
    """Whether the print at a piece is bold, None where pdfium finds no print. `name` and `flags` are what it fills in."""
    x, y = place.own((span.x0 + span.x1) / 2, (span.top + span.bottom) / 2)
    index = pdfium.FPDFText_GetCharIndexAtPos(textpage.raw, x, y, 2.0, 6.0)
    if index < 0:
        return None
    name.raw = bytes(len(name))
    flags.value = 0
    pdfium.FPDFText_GetFontInfo(textpage.raw, index, name, len(name), flags)
    # The weight that pdfium gives is a guess from the stem width; only a plain one is believed.
    return (
        bool(_BOLD_NAME.search(name.value))
        or bool(flags.value & _FORCE_BOLD)
        or pdfium.FPDFText_GetFontWeight(textpage.raw, index) >= 700
    )
