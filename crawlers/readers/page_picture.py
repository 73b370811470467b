"""A page of a PDF as a small picture, with the words of a quote marked and personal numbers painted over.

Runs in a limited child process like every reader (`crawlers.readers.sandbox.ReaderPool.picture`). The words are found in
pdfium's own text layer by their search keys; on a scan nothing is marked, and the picture is of the whole page.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ita_rules.thai.fold import loose

MAX_WIDTH = 1600
_LEAST_KEY = 4
_MOST_CHARACTERS = 60_000
_MOST_MARKS = 40
_MARK = (255, 233, 120)
_MARGIN = 0.09  # of the page's height, above and below the marks
_LEAST_SHARE = 0.28  # of the page's height
_QUALITY = 52

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels, from the top left corner."""


@dataclass(frozen=True, slots=True)
class PictureAsk:
    """What is to be drawn: page `page` (1-based), `width` pixels wide, with the words of `marks` marked and those of `hide`
    painted over. `crop` cuts the picture to the surroundings of the marks where there are any."""

    page: int
    marks: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    width: int = 680
    crop: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    """A WebP picture of `width` x `height` pixels; `marked` and `hidden` count the places. Empty with a `cause` where none
    could be made."""

    data: bytes = b""
    width: int = 0
    height: int = 0
    marked: int = 0
    hidden: int = 0
    cause: str = ""


def draw(data: bytes, ask: PictureAsk) -> Picture:
    """The picture of a page of the PDF in `data`. Raises what pdfium raises; only a child process should call it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        if not 1 <= ask.page <= len(document):
            return Picture(cause="unreadable")
        return _draw(document[ask.page - 1], ask)
    finally:
        document.close()


def _draw(page: Any, ask: PictureAsk) -> Picture:
    from PIL import Image, ImageChops, ImageDraw

    scale = min(ask.width, MAX_WIDTH) / max(1.0, page.get_width())
    # A page of a plan may be a metre high: no picture gets taller than four times its width.
    scale = min(scale, 4 * ask.width / max(1.0, page.get_height()))
    image = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    marks, hides = _places(page, ask, scale, image.height)
    if marks:
        over = Image.new("RGB", image.size, (255, 255, 255))
        pen = ImageDraw.Draw(over)
        for left, top, right, bottom in marks:
            pen.rectangle((left - 1, top - 1, right + 1, bottom + 1), fill=_MARK)
        image = ImageChops.multiply(image, over)
    pen = ImageDraw.Draw(image)
    for left, top, right, bottom in hides:
        pen.rectangle((left - 2, top - 2, right + 2, bottom + 2), fill=(40, 40, 40))
    if marks and ask.crop:
        image = image.crop(_around(marks, image.width, image.height))
    out = io.BytesIO()
    image.save(out, "WEBP", quality=_QUALITY, method=4)
    return Picture(out.getvalue(), image.width, image.height, len(marks), len(hides))


def _around(marks: Sequence[Box], width: int, height: int) -> tuple[int, int, int, int]:
    """The band of the page in which the marks stand, in whole pixels."""
    top = min(m[1] for m in marks) - _MARGIN * height
    bottom = max(m[3] for m in marks) + _MARGIN * height
    lacking = max(0.0, _LEAST_SHARE * height - (bottom - top))
    return 0, int(max(0, top - lacking / 2)), width, int(min(height, bottom + lacking / 2))


def _places(page: Any, ask: PictureAsk, scale: float, height: int) -> tuple[list[Box], list[Box]]:
    """Where the words to mark and to paint over stand."""
    text_page = page.get_textpage()
    count = min(text_page.count_chars(), _MOST_CHARACTERS)
    text = text_page.get_text_range(0, count) if count else ""
    keys: list[str] = []
    owners: list[int] = []
    for index, letter in enumerate(text):
        for folded in loose(letter):
            keys.append(folded)
            owners.append(index)
    line = "".join(keys)

    def boxes(texts: Sequence[str], least: int) -> list[Box]:
        found: list[Box] = []
        for wanted in texts:
            for start, end in _find(line, wanted, least):
                found += _boxes(text_page, sorted(set(owners[start:end])), scale, height)
        return found[:_MOST_MARKS]

    return boxes(ask.marks, _LEAST_KEY), boxes(ask.hide, 1)


def _find(line: str, wanted: str, least: int) -> Iterator[tuple[int, int]]:
    """Where a text stands in the folded line: whole, else by its pieces (a quote is cut at … and between cells)."""
    for piece in wanted.replace("…", "|").split("|"):
        folded = "".join(loose(letter) for letter in piece)
        if len(folded) < least:
            continue
        start = line.find(folded)
        if start >= 0:
            yield start, start + len(folded)
            continue
        for word in piece.split():
            part = "".join(loose(letter) for letter in word)
            start = line.find(part) if len(part) >= max(least, 6) else -1
            if start >= 0:
                yield start, start + len(part)


def _boxes(text_page: Any, places: Sequence[int], scale: float, height: int) -> list[Box]:
    """The boxes of some characters, those of one line of print as one."""
    lines: list[Box] = []
    for index in places:
        left, bottom, right, top = text_page.get_charbox(index, loose=True)
        if right <= left or top <= bottom:
            continue
        box = (left * scale, height - top * scale, right * scale, height - bottom * scale)
        if lines and abs((lines[-1][1] + lines[-1][3]) - (box[1] + box[3])) < box[3] - box[1]:
            last = lines[-1]
            lines[-1] = (min(last[0], box[0]), min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3]))
        else:
            lines.append(box)
    return lines
