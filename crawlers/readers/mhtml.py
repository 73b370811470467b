"""Web archives (MHTML), which Word and Excel write under ``.doc`` and ``.xls``: the page inside is read as a page."""

from __future__ import annotations

import email
import email.policy
import hashlib
from dataclasses import replace
from email.errors import CloseBoundaryNotFoundDefect

from crawlers.readers import html
from crawlers.readers.interface import Hints, Limits
from ita_rules.errors import ReaderError
from ita_rules.run.types import Document, Image, Page

MHTML = "multipart/related"
MAX_PARTS = 500
"""Parts of an archive that are looked at."""


def version() -> str:
    """Name and version of this reader and of the one behind it."""
    return f"mhtml/1 {html.version()}"


def read(data: bytes, hints: Hints, limits: Limits) -> Document:
    """A page for each HTML part that says something. Raises `ReaderError` where there is none."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    pages: list[Page] = []
    title = ""
    truncated = False
    pictures = 0
    for count, part in enumerate(message.walk()):
        if count >= MAX_PARTS or len(pages) >= limits.pages:
            truncated = True
            break
        # Without its last line an archive was cut short: what it lacks, nobody left out.
        truncated = truncated or any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in part.defects)
        kind = part.get_content_type()
        pictures += kind.startswith("image/")
        if kind != "text/html":
            continue
        body = part.get_payload(decode=True)
        if not isinstance(body, bytes) or not body.strip():
            continue
        told = replace(hints, media_type=f"text/html; charset={part.get_content_charset() or ''}")
        found = html.read(body, told, limits)
        title = title or found.title
        truncated = truncated or found.truncated
        # A workbook is a page of frames for its sheets, and a page of tabs: pages without words say nothing.
        pages += [replace(page, number=len(pages) + 1, method="office") for page in found.pages if page.blocks]
    if not pages and pictures:
        pages = [Page(1, cause="no_ocr", trust=0.0, images=(Image(""),) * pictures)]
    if not pages:
        raise ReaderError("unreadable", failure="no_body")
    return Document(
        hashlib.sha256(data).hexdigest(), MHTML, title=title, pages=tuple(pages), readers=(version(),),
        cause="no_ocr" if all(page.cause == "no_ocr" for page in pages) else None, truncated=truncated,
        facts={"pages": str(len(pages))},
    )  # fmt: skip
