"""From printed lines to paragraphs: a line that plainly wraps is joined with the next; headings, items and lines of a
table of contents stay alone. Thai has no blanks between words, so only the place of the lines can tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from crawlers.readers.lines import HEADING_CHARS, Line, fold, is_contents_line, starts_part
from crawlers.readers.pdf_text import TextLine
from crawlers.readers.tables import join_wrapped
from ita_rules.run.types import Zone

LARGE = 1.12
"""Print is large from this many times the page's usual size on."""


@dataclass(frozen=True, slots=True)
class Column:
    """Where the print of a document stands: left and right edge of most lines, the usual size, width of the page."""

    left: float
    right: float
    size: float
    page: float

    @property
    def width(self) -> float:
        """Width of the print."""
        return max(self.right - self.left, 1.0)


_MARGIN = 0.04  # of the page's width, by which the right margin may be wider than the left


def column_of(lines: Sequence[TextLine], page_width: float) -> Column:
    """The column that `lines` stand in: the outermost tenth of the lines does not count.

    Where the lines take up most of the page, but none comes near the margin opposite, none is full: the column goes on to
    where a margin as wide as the left one would begin.
    """
    placed = [line for line in lines if line.placed]
    if not placed:
        return Column(0.0, page_width, 0.0, page_width)
    lefts = sorted(line.box[0] for line in placed)
    rights = sorted(line.box[2] for line in placed)
    sizes: Counter[float] = Counter()
    for line in placed:
        sizes[round(line.size * 2) / 2] += len(line.text)
    left, right = lefts[len(lefts) // 20], rights[-1 - len(rights) // 20]
    if right - left > 0.6 * page_width:
        right = max(right, page_width - left - _MARGIN * page_width)
    return Column(left, right, sizes.most_common(1)[0][0], page_width)


def paragraphs(lines: Sequence[tuple[TextLine, Zone]], column: Column) -> list[Line]:
    """The lines of one stretch of a page (between tables) as paragraphs."""
    result: list[Line] = []
    group: list[TextLine] = []
    zone: Zone = "main"

    def end() -> None:
        if group:
            text = join_wrapped([(line.text, True) for line in group])
            first = group[0]
            large = first.placed and column.size > 0 and all(line.size >= LARGE * column.size for line in group)
            bold = all(line.bold for line in group)
            if text:
                result.append(Line(text, bold=bold, large=large, centred=_centred(first, column), zone=zone))
            group.clear()

    for line, its_zone in lines:
        if not (group and its_zone == zone == "main" and _goes_on(group, line, column)):
            end()
        zone = its_zone
        group.append(line)
    end()
    return result


def _centred(line: TextLine, column: Column) -> bool:
    if not line.placed:
        return False
    left, _, right, _ = line.box
    return abs((left + right) / 2 - column.page / 2) < 0.025 * column.page and left > column.left + 0.1 * column.width


def _goes_on(group: Sequence[TextLine], line: TextLine, column: Column) -> bool:
    before, first = group[-1], group[0]
    if (
        not (before.placed and line.placed)
        or before.bold != line.bold
        or is_contents_line(before.text)
        or is_contents_line(line.text)
    ):
        return False
    if starts_part(fold(line.text)) or abs(before.size - line.size) > 0.1 * before.size:
        return False
    left, top, right, _ = before.box
    step = line.box[1] - top
    if not 0.3 * before.size < step < 2.0 * before.size:
        return False
    middle = (line.box[0] + line.box[2]) / 2
    if abs((left + right) / 2 - middle) < 0.02 * column.page and line.box[0] > column.left + 0.1 * column.width:
        return right - left > 0.7 * column.width and len(before.text) + len(line.text) <= 2 * HEADING_CHARS
    # Under an indented first line the rest stands further left; another line with the same indent is a new paragraph.
    if first.box[0] > column.left + 15 and line.box[0] > first.box[0] - 3 and not starts_part(fold(first.text)):
        return False
    hanging = starts_part(fold(first.text)) and line.box[0] <= first.box[0] + 0.15 * column.width
    return right >= column.right - 0.12 * column.width and (line.box[0] <= left + 3 or hanging)
