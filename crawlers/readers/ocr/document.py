"""Which pages of a document are recognised: those that the plain readers left with the cause `no_ocr`, within bounds.

Called in the sandbox's child after the plain reader. What could not be recognised keeps a cause; what lies past the bounds of
pages and seconds has the cause `budget`. A page that was looked at and holds no text has neither text nor cause.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from crawlers.readers.digits.runs import read_runs
from crawlers.readers.interface import Budget, Hints, Limits
from crawlers.readers.ocr.decode import pages_in, pictures
from crawlers.readers.ocr.embedded import TYPES, embedded
from crawlers.readers.ocr.engine import DPI, Engine, available, engine, version
from crawlers.readers.ocr.page import Draft, draft_of, pages_of
from crawlers.readers.ocr.picture import MAX_WORK, scaled
from crawlers.readers.pdf_quality import is_noise
from ita_rules.errors import ReaderError
from ita_rules.run.types import Block, Document, Image, Page
from ita_rules.thai.fold import loose

PAGE_SECONDS = 30.0
"""Seconds that one page may take; a dense page takes one or two."""

LEAST_SIDE = 60
"""Pixels of the shorter side of a picture below which it is an icon or a rule and not looked at."""

_USUAL = (400.0, 1300.0)
"""Points of the longer side of pages whose print is of a usual size when rendered at `DPI`; A3 has 1191."""


def recognise(data: bytes, document: Document, hints: Hints, limits: Limits) -> Document:
    """`document`, read from `data` by its plain reader, with its pictures' text.

    At most `limits.ocr_pages` pages and `limits.ocr_seconds` seconds. Where nothing is to be recognised, or the machine lacks
    what it takes, the document comes back as it is. `facts["ocr_pages"]` counts the pages recognised,
    `facts["ocr_late"]` says that the seconds ran out, so that another try may do more; the other facts stay.
    """
    wanted = [page.number for page in document.pages if page.cause == "no_ocr"]
    if not wanted or available():
        return document
    if document.media_type.startswith("image/"):
        wanted = list(range(1, pages_in(data) + 1))
    job = _Job(data, document, limits)
    job.run(wanted)
    return job.result()


class _Job:
    """The recognition of one document: drafts by page, and why other pages have none."""

    def __init__(self, data: bytes, document: Document, limits: Limits) -> None:
        self.data = data
        self.document = document
        self.limits = limits
        self.until = time.monotonic() + limits.ocr_seconds
        self.drafts: dict[int, list[Draft]] = {}
        self.causes: dict[int, str] = {}
        self.images: dict[int, tuple[Image, ...]] = {page.number: page.images for page in document.pages}
        self.late = False

    def run(self, wanted: Sequence[int]) -> None:
        """Recognise the pages `wanted`, and note why those are not read that are not."""
        import cv2

        cv2.setNumThreads(1)
        tesseract = engine()
        allowed = wanted[: max(0, self.limits.ocr_pages)]
        self.causes.update(dict.fromkeys(wanted[len(allowed) :], "budget"))
        for number, made in zip(allowed, self._sources(allowed), strict=False):
            if time.monotonic() >= self.until:
                break
            self._page(number, made, tesseract)
        for number in allowed:
            if number not in self.drafts and number not in self.causes:
                self.causes[number] = "budget"
                self.late = True

    def _page(self, number: int, made: Iterator[Any], tesseract: Engine) -> None:
        import cv2

        drafts: list[Draft] = []
        try:
            for grey in made:
                if min(grey.shape) >= LEAST_SIDE:
                    until = min(self.until, time.monotonic() + PAGE_SECONDS)
                    drafts.append(draft_of(grey, tesseract, until, read_runs))
            self.drafts[number] = drafts
        except TimeoutError:
            self.causes[number] = "budget"
            self.late = True
        except ReaderError as error:
            self.causes[number] = error.message_id
        except (cv2.error, RuntimeError):
            self.causes[number] = "no_ocr"
        if drafts and number in self.causes:
            self.drafts[number] = drafts  # part of the page is better than nothing, and its cause says that it is a part

    def _sources(self, numbers: Sequence[int]) -> Iterator[Iterator[Any]]:
        """The pictures of each page."""
        if self.document.media_type == "application/pdf":
            yield from _rendered(self.data, numbers)
        elif self.document.media_type in TYPES:
            for number in numbers:
                yield self._embedded(number)
        elif self.document.media_type.startswith("image/"):
            for number in numbers:
                yield (scaled(grey) for grey in pictures(self.data, number, number))

    def _embedded(self, number: int) -> Iterator[Any]:
        for body in embedded(self.data, self.document.media_type, number, self.limits):
            try:
                found = list(pictures(body, 1, 1))
            except ReaderError as error:
                if error.message_id == "too_large":
                    raise
                continue  # drawings and other forms that hold no pixels
            yield from map(scaled, found)

    def result(self) -> Document:
        """The document with what was recognised."""
        budget = Budget(self.limits)
        old = {page.number: page for page in self.document.pages}
        drafts = [(number, draft) for number in sorted(self.drafts) for draft in self.drafts[number]]
        read: dict[int, list[Page]] = {}
        for page in pages_of(drafts, self.images, budget):
            read.setdefault(page.number, []).append(page)
        pages = []
        for number in sorted({*old, *self.drafts, *self.causes}):
            before = old.get(number, Page(number, trust=0.0))
            if number in self.drafts:
                pages.append(_joined(before, read.get(number, []), self.causes.get(number)))
            elif number in self.causes:
                pages.append(replace(before, cause=self.causes[number]))
            else:
                pages.append(before)
        causes = {page.cause for page in pages}
        count = {"pages": str(len(pages))} if self.document.media_type.startswith("image/") else {}
        if self.late:
            count["ocr_late"] = "1"
        return replace(
            self.document,
            pages=tuple(pages),
            readers=(*self.document.readers, version()),
            cause=None if None in causes else min(filter(None, causes), default=None),
            truncated=self.document.truncated or "budget" in causes or budget.spent,
            facts={**self.document.facts, **count, "ocr_pages": str(len(self.drafts))},
        )


def _rendered(data: bytes, numbers: Sequence[int]) -> Iterator[Iterator[Any]]:
    """Pages of a PDF in grey at `DPI`, coarser where they would be too large."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        for number in numbers:
            yield _one(document, number)
    finally:
        document.close()


def _one(document: Any, number: int) -> Iterator[Any]:
    import numpy

    page = document[number - 1]
    try:
        width, height = page.get_size()
        scale = min(DPI / 72, (MAX_WORK / max(width * height, 1.0)) ** 0.5)
        picture = page.render(scale=scale, grayscale=True).to_numpy()
        grey = numpy.array(picture if picture.ndim == 2 else picture[:, :, 0])
    finally:
        page.close()
    yield grey if _USUAL[0] <= max(width, height) <= _USUAL[1] else scaled(grey)


def _joined(before: Page, read: Sequence[Page], cause: str | None) -> Page:
    """One page of what its pictures say and what stood on it as text: a true text stays, noise goes to `alternate`."""
    text = before.text
    true = bool(text.strip()) and before.method == "none" and not is_noise(text, scanned=False)
    blocks: list[Block] = list(before.blocks) if true else []
    seen = {loose(block.text) for block in blocks}
    for page in read:
        tables = 1 + max((block.table for block in blocks), default=-1)
        blocks += [
            replace(block, table=block.table + tables) if block.table >= 0 else block
            for block in page.blocks
            if not block.text or loose(block.text) not in seen or not loose(block.text)
        ]
    letters = [max(1, len(page.text)) for page in read]
    trust = sum(page.trust * n for page, n in zip(read, letters, strict=True)) / sum(letters) if read else before.trust
    other = before.alternate if true else "\n".join(filter(None, (text, before.alternate)))
    return replace(before, blocks=tuple(blocks), method="ocr", trust=round(trust, 3), cause=cause, alternate=other)
