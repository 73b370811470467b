"""The shape that every reader has, and the one door to all of them.

A reader is a module with a function ``read(data, hints, limits) -> Document`` and a function ``version() -> str``. Adding
one means writing such a module and naming it in `READERS` beside the media types it takes.
"""

from __future__ import annotations

import hashlib
import importlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol, cast

from crawlers.readers.sniff import sniff
from ita_rules.errors import ReaderError
from ita_rules.run.types import Document


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a body besides its bytes; none of it is believed against the content.

    `media_type` as the server said it (parameters too), `filename` of Content-Disposition or the path, `base_url` the
    address that relative addresses start from (`url` where it is empty).
    """

    url: str = ""
    media_type: str = ""
    filename: str = ""
    base_url: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one reading. What lies past `pages`, `text_chars` and `rows` is left out and the document `truncated`.

    `seconds` is wall-clock time and `memory_bytes` address space; the sandbox holds both. `unpacked_bytes` and `entries`
    bound what a ZIP based file may unpack to, `nesting` how many archives may stand one in another. `ocr_pages` and
    `ocr_seconds` bound the recognition of one document's pictures; what lies past them has the cause `budget`.
    """

    pages: int = 300
    seconds: float = 60.0
    memory_bytes: int = 2 * 1024**3
    text_chars: int = 5_000_000
    rows: int = 50_000
    unpacked_bytes: int = 400 * 1024**2
    entries: int = 10_000
    nesting: int = 2
    ocr_pages: int = 40
    ocr_seconds: float = 240.0


@dataclass(slots=True)
class Budget:
    """What is left of `Limits` while one body is read.

    `full` turns true, and stays so, when no block more fits; `spent` when anything was left out, by whatever limit.
    """

    limits: Limits
    chars: int = 0
    rows: int = 0
    full: bool = False
    spent: bool = False
    _end: float = field(init=False)

    def __post_init__(self) -> None:
        # Leave the sandbox's clock a margin, so that a long document comes back cut rather than not at all.
        self._end = time.monotonic() + 0.8 * self.limits.seconds

    def take(self, text: str, *, row: bool = False) -> bool:
        """Count one block; False when it no longer fits."""
        self.chars += len(text)
        self.rows += row
        self.full = self.full or self.chars > self.limits.text_chars or self.rows > self.limits.rows
        self.spent = self.spent or self.full
        return not self.full

    def late(self) -> bool:
        """Whether the time is up, or nothing more fits."""
        self.full = self.full or time.monotonic() > self._end
        self.spent = self.spent or self.full
        return self.full


class Reader(Protocol):
    """A module that reads some media types."""

    def read(self, data: bytes, hints: Hints, limits: Limits) -> Document:
        """The document in `data`. Raises `ReaderError` with a cause where there is none to be had."""
        ...

    def version(self) -> str:
        """Name and version of the reader and of the programs behind it, e.g. ``pdf/1 pypdfium2/5.15.2``."""
        ...


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."

READERS: Mapping[str, str] = {
    "text/html": "crawlers.readers.html",
    "application/pdf": "crawlers.readers.pdf",
    WORD: "crawlers.readers.docx",
    EXCEL: "crawlers.readers.xlsx",
    POWERPOINT: "crawlers.readers.pptx",
    f"{OPEN_DOCUMENT}text": "crawlers.readers.odf",
    f"{OPEN_DOCUMENT}text-template": "crawlers.readers.odf",
    f"{OPEN_DOCUMENT}spreadsheet": "crawlers.readers.odf",
    f"{OPEN_DOCUMENT}presentation": "crawlers.readers.odf",
    f"{OPEN_DOCUMENT}graphics": "crawlers.readers.odf",
    "application/msword": "crawlers.readers.doc",
    "application/rtf": "crawlers.readers.rtf",
    "application/vnd.ms-excel": "crawlers.readers.xls",
    "application/vnd.ms-powerpoint": "crawlers.readers.ppt",
    "application/zip": "crawlers.readers.zipped",
    "application/gzip": "crawlers.readers.gzipped",
    "multipart/related": "crawlers.readers.mhtml",
    "application/vnd.rar": "crawlers.readers.closed",
    "application/x-7z-compressed": "crawlers.readers.closed",
    "application/x-ole-encrypted": "crawlers.readers.closed",
    "text/csv": "crawlers.readers.text",
    "text/plain": "crawlers.readers.text",
    "application/json": "crawlers.readers.text",
    "image/jpeg": "crawlers.readers.image",
    "image/png": "crawlers.readers.image",
    "image/gif": "crawlers.readers.image",
    "image/webp": "crawlers.readers.image",
    "image/bmp": "crawlers.readers.image",
    "image/tiff": "crawlers.readers.image",
}
"""Module of the reader of each media type."""


def reader_of(media_type: str) -> Reader | None:
    """The reader that takes `media_type`, None where none does."""
    name = READERS.get(media_type)
    return cast(Reader, importlib.import_module(name)) if name else None


def failed(data: bytes, media_type: str, cause: str, failure: str = "") -> Document:
    """A document of which nothing could be read. `failure` says more in one word, for logs and the reviewer."""
    facts = {"failure": failure} if failure else {}
    return Document(hashlib.sha256(data).hexdigest(), media_type, cause=cause, facts=facts)


def unrecognised(document: Document, failure: str) -> Document:
    """`document` after its recognition failed: its pictures are `unreadable`, what was read before stays."""
    pages = tuple(replace(page, cause="unreadable") if page.cause == "no_ocr" else page for page in document.pages)
    cause = "unreadable" if document.cause == "no_ocr" else document.cause
    return replace(document, pages=pages, cause=cause, facts={**document.facts, "failure": failure})


def read(data: bytes, hints: Hints | None = None, limits: Limits | None = None) -> Document:
    """The document in `data`, in this process. What a person must not see as a crash comes back as `Document.cause`.

    Only `MemoryError` and what ends a process pass through: the sandbox is there for them.
    """
    hints, limits = hints or Hints(), limits or Limits()
    media_type = sniff(data, hints)
    try:
        reader = reader_of(media_type)
        if reader is None:
            return failed(data, media_type, "unreadable", "no_reader" if data.strip() else "empty")
        return reader.read(data, hints, limits)
    except ReaderError as error:
        return failed(data, media_type, error.message_id, str(error.values.get("failure", "")))
    except RecursionError:
        return failed(data, media_type, "unreadable", "nesting")
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - a parser may raise anything on foreign bytes; it becomes a cause
        return failed(data, media_type, "unreadable", place_of(error))


def place_of(error: Exception) -> str:
    """The error's kind and the last line of this package that it passed, so that a fault of ours can be found."""
    place, step = "", error.__traceback__
    while step is not None:
        name = str(step.tb_frame.f_globals.get("__name__", ""))
        if name.startswith("crawlers."):
            place = f"@{name.rpartition('.')[2]}:{step.tb_lineno}"
        step = step.tb_next
    return type(error).__name__ + place
