"""Bodies to texts: read, and their pictures recognised, or taken from the store where the same programs have done it before.

Reading comes first and costs milliseconds; recognising the pages that are pictures (OCR) costs seconds a page, so it is a
second step that is asked for by itself. Both steps' results are kept beside the bodies, keyed by the body's hash and by the
versions of what made them: an unchanged scan is recognised once, in whatever run it comes up again.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Protocol

from crawlers.readers.interface import Hints, reader_of
from crawlers.readers.sniff import sniff
from crawlers.readers.versions import versions
from ita_rules.run.blobs import BlobStore
from ita_rules.run.types import Document, Exchange

_HOLDING_OTHERS = frozenset({"application/zip", "application/gzip"})
PENDING = "no_ocr"
"""The cause of a page that is a picture nobody has recognised yet."""


class Reader(Protocol):
    """Who turns a body into text (`crawlers.readers.sandbox.ReaderPool`)."""

    @property
    def ocr_version(self) -> str:
        """What recognises pictures, with its version; ``""`` where nothing can."""
        ...

    def read(self, data: bytes, hints: Hints) -> Document:
        """The document in `data`; what cannot be read comes back as its cause."""
        ...

    def recognise(self, data: bytes, hints: Hints, document: Document) -> Document:
        """`document` with the text of its pages that are pictures; pages that could not be done keep a cause."""
        ...


def is_pending(document: Document) -> bool:
    """Whether a document has pages that are pictures and that nobody has tried to recognise."""
    tried = any(reader.startswith("ocr/") for reader in document.readers)
    return not tried and (document.cause == PENDING or PENDING in document.causes)


def given_up(document: Document) -> Document:
    """A document whose pictures there was no time for: their cause is the budget."""
    pages = tuple(replace(page, cause="budget") if page.cause == PENDING else page for page in document.pages)
    return replace(document, pages=pages, cause="budget" if document.cause == PENDING else document.cause)


class Texts:
    """The texts of bodies that lie in a store. Safe for threads."""

    def __init__(self, reader: Reader, blobs: BlobStore) -> None:
        self.reader, self.blobs = reader, blobs

    def read(self, exchange: Exchange) -> Document:
        """The text of a body, as its file holds it. Raises `RunError` where the body is gone."""
        data, hints = self._body(exchange)
        sha256 = exchange.sha256 or ""
        version = version_of(data, hints)
        known = self.blobs.get_text(sha256, version) if version else None
        if known is not None:
            return known
        document = replace(self.reader.read(data, hints), sha256=sha256)
        if version and document.cause in (None, PENDING):
            self.blobs.put_text(sha256, version, document)
        return document

    def recognise(self, exchange: Exchange, document: Document) -> Document:
        """`document` with its pictures recognised. What only a lack of time kept from being done is not remembered."""
        data, hints = self._body(exchange)
        sha256 = exchange.sha256 or ""
        version = f"{version_of(data, hints)} {self.reader.ocr_version}"
        known = self.blobs.get_text(sha256, version)
        if known is not None:
            return known
        found = replace(self.reader.recognise(data, hints, document), sha256=sha256)
        if found.cause in (None, PENDING) and "failure" not in found.facts and "ocr_late" not in found.facts:
            self.blobs.put_text(sha256, version, found)
        return found

    def whole(self, exchange: Exchange) -> Document:
        """The text of a body with its pictures recognised, where something here can do it."""
        document = self.read(exchange)
        return self.recognise(exchange, document) if self.reader.ocr_version and is_pending(document) else document

    def _body(self, exchange: Exchange) -> tuple[bytes, Hints]:
        hints = Hints(exchange.final_url, exchange.media_type, exchange.filename, exchange.final_url)
        return self.blobs.get(exchange.sha256 or ""), hints


def version_of(data: bytes, hints: Hints) -> str:
    """What the text of a body depends on besides the body: the reader, for a page its address, and for an archive the readers
    of what may be in it. ``""`` if not known."""
    media_type = sniff(data, hints)
    try:
        reader = reader_of(media_type)
        version = reader.version() if reader is not None else ""
    except ImportError:
        return ""
    if version and media_type in _HOLDING_OTHERS:
        return f"{version} {hashlib.sha256(' '.join(versions()).encode()).hexdigest()[:12]}"
    return f"{version} {hints.base_url}" if version and media_type == "text/html" else version
