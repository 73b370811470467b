"""The text layer of a PDF by poppler's ``pdftotext``: lines with places, page by page, while the program is still at work.

Poppler's content order (``-raw``) keeps wrapped words together and reads shaped Thai right. Asked for boxes as well it gives
the same characters in the same order, each word with its box but without the blanks and the ends of lines; these follow from
the boxes by poppler's own rule (measured: the same on 3,555 pages of four writers, 1.3 million words). So one run of the
program is enough, and the caller does its own work on a page while poppler reads the next.
"""

from __future__ import annotations

import html
import math
import os
import re
import shutil
import subprocess
import tempfile
import threading
from functools import lru_cache
from types import TracebackType
from typing import BinaryIO, Self, cast

from crawlers.readers.pdf_text import Span, TextLine

MAX_OUTPUT = 256 * 1024**2
"""Bytes of poppler's output that are looked at; a page has some 40,000."""

MAX_PAGE = 32 * 1024**2
"""Bytes of one page's output; a page beyond them is left to the other reader, and so are those after it."""

LINE_STEP, SPACE, OVERLAP = 0.4, 0.12, 0.1
"""Poppler's bounds in heights of a word's box (it counts in font sizes, of which a box has about 1.25): the base lines of two
words of one line differ by less than `LINE_STEP`, a blank is wider than `SPACE`, and a line does not step back by more than
`OVERLAP`."""

_PAGE_START, _PAGE_END = b"<page width=", b"</page>"
_WORD = re.compile(r'<word xMin="([^"]*)" yMin="([^"]*)" xMax="([^"]*)" yMax="([^"]*)">(.*?)</word>', re.S)
_CHUNK = 1 << 16


@lru_cache(maxsize=1)
def poppler_version() -> str:
    """Version of ``pdftotext``, ``""`` where there is none or where it does not start."""
    program = shutil.which("pdftotext")
    if program is None:
        return ""
    try:
        done = subprocess.run([program, "-v"], capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    found = re.search(rb"version (\d[\d.]*)", done.stderr + done.stdout)
    return found[1].decode().rstrip(".") if found else ""


class Poppler:
    """One run of ``pdftotext`` over the first `last` pages of the file in `data`, ended after `seconds` at the latest.

    `next_page` gives the pages in their order. Where the program is absent, fails or is ended there are no pages (left).
    """

    def __init__(self, data: bytes, last: int, seconds: float) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._left = MAX_OUTPUT
        self._rest = bytearray()
        program = shutil.which("pdftotext") if poppler_version() else None
        if program is None:
            return
        command = [program, "-raw", "-bbox", "-enc", "UTF-8", "-l", str(last), "-", "-"]
        try:
            with _file_of(data) as source:
                self._process = subprocess.Popen(
                    command, stdin=source, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, pipesize=1 << 20
                )
        except OSError:
            return
        self._clock = threading.Timer(max(1.0, seconds), self._process.kill)
        self._clock.daemon = True
        self._clock.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def next_page(self) -> list[TextLine] | None:
        """The lines of the next page, None where poppler gives none."""
        if self._process is None or (stream := self._process.stdout) is None:
            return None
        while (end := self._rest.find(_PAGE_END)) < 0:
            part = cast(BinaryIO, stream).read1(_CHUNK)  # type: ignore[attr-defined]
            self._left -= len(part)
            if not part or self._left < 0 or len(self._rest) > MAX_PAGE:
                self.close()
                return None
            self._rest += part
        start = self._rest.find(_PAGE_START, 0, end)
        page = self._rest[max(start, 0) : end].decode("utf-8", "replace")
        del self._rest[: end + len(_PAGE_END)]
        return lines_of(page)

    def close(self) -> None:
        """End the program; safe to call again."""
        process, self._process = self._process, None
        if process is None:
            return
        self._clock.cancel()
        process.kill()
        if process.stdout is not None:
            process.stdout.close()
        process.wait()


def _file_of(data: bytes) -> BinaryIO:
    """An open file with `data`, at its start: a program can read it at its own pace, and no thread has to feed it."""
    in_memory = hasattr(os, "memfd_create")
    file = cast(BinaryIO, os.fdopen(os.memfd_create("pdf"), "w+b") if in_memory else tempfile.TemporaryFile())  # noqa: SIM115
    try:
        file.write(data)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


def lines_of(page: str) -> list[TextLine]:
    """The lines of one page of poppler's output of boxes. A word without a place makes its line one without places."""
    lines: list[TextLine] = []
    spans: list[Span] = []
    gap, placed = False, True
    left = top = right = bottom = height = 0.0
    for x0, y0, x1, y1, text in _WORD.findall(page):
        ax, ay, bx, by = float(x0), float(y0), float(x1), float(y1)
        # Tops tell the step between base lines where both words are as high; bottoms are nearer to them where not.
        step = ay - top if abs(by - ay - height) <= 0.05 * height else by - bottom
        if abs(step) < LINE_STEP * height and ax - right > -OVERLAP * height:
            gap = gap or ax - right > SPACE * height
        else:
            if spans:
                lines.append(TextLine(spans, placed=placed))
            spans, gap, placed = [], False, True
        if math.isfinite(ax + ay + bx + by):
            left, top, right, bottom = ax, ay, bx, by
        else:
            left = top = right = bottom = 0.0
            placed = False
        height = bottom - top
        if "&" in text:
            text = html.unescape(text)
        pieces = text.split()
        if len(pieces) == 1 and pieces[0] == text:
            spans.append(Span(text, left, top, right, bottom, gap))
            gap = False
            continue
        # Some words are only a mark and the blank that it is printed over, or have blanks in them.
        gap = gap or text[:1].isspace()
        for piece in pieces:
            spans.append(Span(piece, left, top, right, bottom, gap))
            gap = True
        gap = text[-1:].isspace() or (gap and not pieces)
    if spans:
        lines.append(TextLine(spans, placed=placed))
    return lines
